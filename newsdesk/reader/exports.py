"""What a reader can take away. `EXPORTS` is the only list of formats; an export streams, whatever its size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from newsdesk.articles import store


def write_json_lines(ids: Iterable[int]) -> Iterator[str]:
    """One record a line (docs/record.md)."""
    for record in store.records(ids):
        yield json.dumps(record, ensure_ascii=False) + "\n"


EXPORTS: dict[str, Callable[[Iterable[int]], Iterator[str]]] = {"jsonl": write_json_lines}
