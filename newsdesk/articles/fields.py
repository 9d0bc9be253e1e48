"""JSON as the tables of articles keep it: most of what they hold beside the texts."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models

LEVEL = 4  # of zlib, as for the words of the index


class PlainEncoder(json.JSONEncoder):
    """Letters as they are, where Django would write six bytes for a Cyrillic one, and no spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})


def pack(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, cls=PlainEncoder).encode(), LEVEL)


class PackedJSONField(models.BinaryField):  # type: ignore[type-arg]  # no generic class when Django runs it
    """JSON that is only read whole, compressed to less than half. The database cannot look into it."""

    _pyi_private_get_type: Any  # what Python has, for the stubs
    _pyi_private_set_type: Any

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))

    def value_to_string(self, obj: models.Model) -> Any:
        """For fixtures: as it is, like any JSON."""
        return self.value_from_object(obj)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(None if value is None else pack(value), connection, prepared)
