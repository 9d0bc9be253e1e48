"""Tables (CSV, TSV) are known so that they can be turned down: which column holds what, only their owner knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsdesk.pipeline.encoding import Rejected
from newsdesk.pipeline.parsers.jsonlines import METADATA

COLUMNS = ("id", "raw_text", "html", "source", "url", "collected", *METADATA)


def parse(name: str, _: BinaryIO) -> Iterator[Rejected]:
    remedy = f"Convert it to JSON Lines, one object a row; these columns are understood: {', '.join(COLUMNS)}"
    yield Rejected("this is a table, not an article", remedy, name)


def recognise(_: bytes) -> bool:
    """A table is one by its name alone: what begins with words and commas may be an article."""
    return False
