"""JSON Lines: one record a line, read line by line, so that a file may be larger than the memory."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, Rejected, check, decode, too_large
from newsdesk.pipeline.parsers.html import read_page
from newsdesk.pipeline.repair import original_of, repair

MAX_LINE = 2 * MAX_BYTES  # a text with its escapes
REMEDY = r"Write each record as one line of JSON, with \n for a line break in its text"
METADATA = ("title", "author", "section", "language", "published", "modified", "site")

# What is wrong, where Python says it in half a sentence.
FAULTS = {
    "Unterminated string starting at": "a string is cut off: the quotation mark that closes it is missing",
    "Invalid control character at": "a control character, such as a tab, stands in a string as it is",
    "Extra data": "something stands behind the end of the record",
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "the name of a field is missing or has no double quotes",
}

_FIRST_KEY = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"[^"]*"\s*:')
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def recognise(head: bytes) -> bool:
    return _FIRST_KEY.match(head) is not None


def parse(name: str, stream: BinaryIO) -> Iterator[RawDocument | Rejected]:
    """A bad line is rejected by its number; the lines after it are read all the same."""
    number = read = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        read += 1
        place = f"{name}, line {number}"
        try:
            if len(line) > MAX_LINE:
                _skip_line(stream)
                raise too_large()
            document = from_record(_load(line))
            yield replace(document, id=document.id or place, source_path=document.source_path or name)
        except Rejected as rejected:
            yield rejected.at(f"{place}, {rejected.place}" if rejected.place else place)
    if not read:
        raise Rejected("the file is empty", "Leave it out")


def from_record(record: Mapping[str, Any]) -> RawDocument:
    """The document of one record: ``raw_text`` or ``html``, and what is known beside it."""
    if not isinstance(record, Mapping):
        raise Rejected("the line is no JSON object", 'Write one object a line: {"id": …, "raw_text": …}')
    text, page = record.get("raw_text"), record.get("html")
    if isinstance(text, str) and text.strip():
        document = _from_text(text)
    elif isinstance(page, str) and page.strip():
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
        repairs=document.repairs + repairs,
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


def _load(line: bytes) -> Any:
    try:
        return json.loads(line.rstrip(b"\r\n"))
    except UnicodeDecodeError:
        return _load(decode(line).text.encode())
    except RecursionError:
        raise Rejected("the JSON is nested too deeply", "Write one flat object a line") from None
    except json.JSONDecodeError as error:
        fault, place = FAULTS.get(error.msg, error.msg), f"column {error.colno}"
        raise Rejected(f"this is no JSON: {fault}", REMEDY, place) from None
    except ValueError as error:  # a number of thousands of digits
        raise Rejected(f"this is no JSON: {error}", REMEDY) from None


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


def _string(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return _UNSTORABLE.sub("\ufffd", str(value)).strip() if isinstance(value, str | int) else ""


def _read_collected(value: object) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """A date alone means its midnight; a time without a zone is UTC."""
    if value in (None, ""):
        return None, ()
    try:
        time = dt.datetime.fromisoformat(str(value).strip())
        return (time if time.tzinfo else time.replace(tzinfo=dt.UTC)), ()
    except ValueError:
        return None, (f'"collected" is no ISO 8601 date and was left out: {str(value)[:40]!r}',)
