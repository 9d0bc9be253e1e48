"""JSON Lines: one record a line, read line by line, so that a file may be larger than the memory.

A file that need not be JSON Lines by its name may also be one JSON document, a record or a list of records, and is then
read whole.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, Rejected, check, decode, too_large
from newsdesk.pipeline.parsers.html import read_page
from newsdesk.pipeline.repair import original_of, repair

MAX_LINE = 2 * MAX_BYTES  # a text with its escapes; also a file that is one JSON document
LINES_ONLY = (".jsonl", ".ndjson")
SHAPE = 'Write one object a line: {"id": …, "raw_text": …}'
REMEDY = r"Write each record as one line of JSON, with \n for a line break in its text"
METADATA = ("title", "author", "section", "language", "published", "modified", "site")
FIELDS = ("id", "source", "source_path", "url", *METADATA)

# What is wrong, where Python says it in half a sentence.
FAULTS = {
    "Unterminated string starting at": "a string is cut off: the quotation mark that closes it is missing",
    "Invalid control character at": "a control character, such as a line break or a tab, stands in a string as it is",
    "Extra data": "something stands behind the end of the record",
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "the name of a field is missing or has no double quotes",
}

_BLANK = b" \t\r\n\xef\xbb\xbf"
_FIRST_KEY = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"]*"\s*:')
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def recognise(head: bytes) -> bool:
    return _FIRST_KEY.match(head) is not None


def parse(name: str, stream: BinaryIO) -> Iterator[RawDocument | Rejected]:
    """A bad line is rejected by its number; the lines after it are read all the same."""
    begun = b"" if name.lower().endswith(LINES_ONLY) else _read_beginning(stream)
    if _is_document(begun):
        begun += stream.read(MAX_LINE + 1 - len(begun))
        try:
            document = _load_document(begun)
        except Rejected as rejected:
            yield rejected.at(f"{name}, {rejected.place}" if rejected.place else name)
            return
        if document is not None:
            yield from _read_document(name, document)
            return
    yield from _read_lines(name, begun, stream)


def _read_lines(name: str, begun: bytes, stream: BinaryIO) -> Iterator[RawDocument | Rejected]:
    number = read = 0
    for line in _lines(begun, stream):
        number += 1
        if not line.strip(_BLANK):
            continue
        read += 1
        place = f"{name}, line {number}"
        try:
            if len(line) > MAX_LINE:
                _skip_line(stream)
                raise too_large()
            document = from_record(_load(line, number))
            yield replace(document, id=document.id or place, source_path=document.source_path or name)
        except Rejected as rejected:
            yield rejected.at(f"{name}, {rejected.place}" if rejected.place else place)
    if not read:
        raise Rejected("the file is empty", "Leave it out")


def _lines(begun: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of what has been read already, and those that follow."""
    held = io.BytesIO(begun)
    while line := held.readline():
        yield line if line.endswith(b"\n") else line + stream.readline(MAX_LINE + 1 - len(line))
    while line := stream.readline(MAX_LINE + 1):
        yield line


# ---- One JSON document ---------------------------------------------------------------------------------------------


def _read_beginning(stream: BinaryIO) -> bytes:
    """The first line with something in it; also the next if that is no record, but may be the beginning of one."""
    begun, filled = b"", 0
    while filled < 2 and (line := stream.readline(MAX_LINE + 1 - len(begun))):
        begun += line
        filled += bool(line.strip(_BLANK))
        if filled == 1 and _is_record(line):
            break
    return begun


def _is_document(begun: bytes) -> bool:
    """Whether a file that begins so may be one JSON document: its first line is no record and the second begins none."""
    lines = [line for line in begun.split(b"\n") if line.strip(_BLANK)]
    if not lines or _is_record(lines[0]):
        return False
    if len(lines) == 1:
        return len(begun) <= MAX_LINE or begun.strip(_BLANK).startswith(b"[")
    if lines[0].strip(_BLANK).startswith(b"["):
        return _try(lines[0]) is None
    return lines[0].rstrip().endswith((b"[", b",")) or not lines[1].startswith(b"{")


def _load_document(data: bytes) -> Any:
    """What the whole file holds; None if it is no document, but a line of it is a record. One fault is said for all."""
    try:
        if len(data) > MAX_LINE:
            raise Rejected(f"this is one JSON document of more than {MAX_LINE // 1_000_000} MB", REMEDY)
        return _load(data)
    except Rejected:
        if not data.strip(_BLANK).startswith(b"[") and any(map(_is_record, data.split(b"\n"))):
            return None
        raise


def _read_document(name: str, document: Any) -> Iterator[RawDocument | Rejected]:
    records = document if isinstance(document, list) else [document]
    if not any(isinstance(record, dict) and (_text(record, "raw_text") or _text(record, "html")) for record in records):
        raise Rejected("this is JSON, but there is no record with a text in it", SHAPE)
    for number, record in enumerate(records, 1):
        place = f"{name}, record {number}" if document is records else name
        try:
            read = from_record(record)
            yield replace(read, id=read.id or place, source_path=read.source_path or name)
        except Rejected as rejected:
            yield rejected.at(place)


def _is_record(line: bytes) -> bool:
    line = line.strip(_BLANK)
    return line.startswith(b"{") and line.endswith(b"}") and isinstance(_try(line), dict)


def _try(line: bytes) -> Any:
    try:
        return _load(line)
    except Rejected:
        return None


# ---- Records -------------------------------------------------------------------------------------------------------


def from_record(record: Mapping[str, Any]) -> RawDocument:
    """The document of one record: ``raw_text`` or ``html``, and what is known beside it."""
    if not isinstance(record, Mapping):
        raise Rejected("this is no JSON object", 'Write an object for each record: {"id": …, "raw_text": …}')
    text, page = _text(record, "raw_text"), _text(record, "html")
    if text:
        document = _from_text(text)
    elif page:
        document = replace(read_page(page), original=page.encode("utf-8", "surrogatepass"))
    else:
        raise Rejected('there is no text: neither "raw_text" nor "html" holds any', "Fill one of them or leave it out")
    collected, repairs = _read_collected(record.get("collected"))
    known = {key: repair(_string(record, key)).text for key in METADATA if _string(record, key)}
    return replace(
        document,
        id=_string(record, "id"),
        source=_string(record, "source"),
        source_path=_string(record, "source_path"),
        url=_string(record, "url") or document.url,
        collected=collected,
        repairs=document.repairs + repairs + _name_unreadable(record),
        metadata={**_without_origins(document.metadata, known), **known},
    )


def _without_origins(metadata: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """What the page states, but not what in it says the values that the record states instead."""
    return {key: value for key, value in metadata.items() if key.removesuffix("_from") not in known}


def _from_text(text: str) -> RawDocument:
    storable, count = _UNSTORABLE.subn("\ufffd", text)
    check(storable)
    repaired, repairs = repair(storable)
    invalid = (f"{count} invalid characters replaced",) if count else ()
    original = original_of(text.encode("utf-8", "surrogatepass"), repaired)
    return RawDocument(repaired, repairs=invalid + repairs, original=original)


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else ""


def _load(data: bytes, line: int = 1) -> Any:
    """``line`` is the number of the first line of ``data``."""
    try:
        return json.loads(data.rstrip(b"\r\n"))
    except UnicodeDecodeError:
        return _load(decode(data).text.encode(), line)
    except RecursionError:
        raise Rejected("the JSON is nested too deeply", "Write one flat object a line") from None
    except json.JSONDecodeError as error:
        place = f"line {line + error.lineno - 1}, column {error.colno}"
        raise Rejected(f"this is no JSON: {FAULTS.get(error.msg, error.msg)}", REMEDY, place) from None
    except ValueError as error:  # a number of thousands of digits
        raise Rejected(f"this is no JSON: {error}", REMEDY) from None


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


def _string(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return _UNSTORABLE.sub("\ufffd", str(value)).strip() if isinstance(value, str | int) else ""


def _name_unreadable(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that hold a list or an object where words belong."""
    unread = (key for key in FIELDS if not isinstance(record.get(key), str | int | None))
    return tuple(f'a field is no text and was left out ("{key}")' for key in unread)


def _read_collected(value: object) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """A date alone means its midnight; a time without a zone is UTC."""
    if value in (None, ""):
        return None, ()
    try:
        time = dt.datetime.fromisoformat(str(value).strip())
        return (time if time.tzinfo else time.replace(tzinfo=dt.UTC)), ()
    except ValueError:
        return None, (f'"collected" is no ISO 8601 date and was left out: {str(value)[:40]!r}',)
