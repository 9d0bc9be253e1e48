"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, decode


def parse(name: str, stream: BinaryIO) -> Iterator[RawDocument]:
    decoded = decode(stream.read(MAX_BYTES + 1))
    yield RawDocument(decoded.text, source_path=name, encoding=decoded.encoding, repairs=decoded.repairs)
