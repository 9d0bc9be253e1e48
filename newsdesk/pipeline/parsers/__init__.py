"""From bytes of one format to raw documents. `PARSERS` is the only list of formats.

A parser reads an open binary file and yields, in order, a `RawDocument` or a `Rejected` for each text in it.
It never reads a stream whole that may hold many texts, asks no network and knows no database.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, Rejected
from newsdesk.pipeline.parsers import html, jsonlines, table, text
from newsdesk.pipeline.parsers.jsonlines import from_record

__all__ = ["MAX_BYTES", "PARSERS", "Format", "Parsed", "Rejected", "choose", "from_record", "parse"]

Parsed = RawDocument | Rejected
HEAD = 4096  # bytes by which a format is told where the name does not


@dataclass(frozen=True, slots=True)
class Format:
    """``recognise`` tells by the first bytes of a file whether it is in this format."""

    name: str
    suffixes: tuple[str, ...]
    parse: Callable[[str, BinaryIO], Iterator[Parsed]]
    recognise: Callable[[bytes], bool]


PARSERS = (
    Format("JSON Lines", (".jsonl", ".ndjson", ".json"), jsonlines.parse, jsonlines.recognise),
    Format("HTML", (".html", ".htm", ".xhtml"), html.parse, html.recognise),
    Format("table", (".csv", ".tsv"), table.parse, table.recognise),
    Format("text", (".txt", ".text", ".md"), text.parse, lambda _: True),
)


def parse(name: str, data: bytes | BinaryIO) -> Iterator[Parsed]:
    """All texts of a file, each a `RawDocument` or the `Rejected` that says why it is none.

    ``name`` is the path as it shall be shown; ``data`` the bytes or the open file (it need not be seekable).
    """
    stream = _peekable(io.BytesIO(data) if isinstance(data, bytes) else data)
    try:
        yield from choose(name, stream.peek(HEAD)[:HEAD]).parse(name, stream)
    except Rejected as rejected:
        yield rejected if rejected.place else rejected.at(name)


def choose(name: str, head: bytes) -> Format:
    """By the suffix and, where that says nothing, by the content."""
    suffix = PurePath(name).suffix.lower()
    by_suffix = (one for one in PARSERS if suffix in one.suffixes)
    by_content = (one for one in PARSERS if one.recognise(head))
    return next(by_suffix, None) or next(by_content)


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]  # BinaryIO does not say that it is raw
