"""Texts and JSON as the tables of articles keep them: most of what they hold."""

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


def pack_text(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpack_text(packed: bytes | memoryview) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


class PackedField(models.BinaryField):  # type: ignore[type-arg]  # no generic class when Django runs it
    """Compressed by zlib to less than half. The database cannot look into it; in fixtures it stands as it is."""

    _pyi_private_get_type: Any  # what Python has, for the stubs
    _pyi_private_set_type: Any

    def pack(self, value: Any) -> bytes:
        raise NotImplementedError

    def unpack(self, packed: bytes | memoryview) -> Any:
        raise NotImplementedError

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Any:
        return None if value is None else self.unpack(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):  # bytes: another process has packed it
            value = self.pack(value)
        return super().get_db_prep_value(value, connection, prepared)


class PackedJSONField(PackedField):
    """JSON that is only read whole."""

    def pack(self, value: Any) -> bytes:
        return pack(value)

    def unpack(self, packed: bytes | memoryview) -> Any:
        return json.loads(zlib.decompress(packed))


class PackedTextField(PackedField):
    """A text that is only read whole, to the character: also with half of a surrogate pair."""

    def pack(self, value: str) -> bytes:
        return pack_text(value)

    def unpack(self, packed: bytes | memoryview) -> str:
        return unpack_text(packed)
