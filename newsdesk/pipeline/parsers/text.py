"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, decode
from newsdesk.pipeline.repair import original_of, repair


def parse(name: str, stream: BinaryIO) -> Iterator[RawDocument]:
    data = stream.read(MAX_BYTES + 1)
    decoded = decode(data)
    text, repairs = repair(decoded.text)
    yield RawDocument(
        text,
        source_path=name,
        encoding=decoded.encoding,
        repairs=decoded.repairs + repairs,
        original=original_of(data, text),
    )
