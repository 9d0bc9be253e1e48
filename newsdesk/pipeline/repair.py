"""What a text is mended of before anything else reads it; each mending is said in words. Healthy text comes back itself.

In order: letters that were read in a wrong encoding (mojibake.py); entities of HTML in plain text, also escaped twice;
letters in two parts (и and ˘ for й); characters that cannot be seen and part words; line ends other than those of
Unix and Windows. Spaces that do not break are left: they are good typography, and all that reads text knows them.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from html.entities import html5
from typing import NamedTuple

from newsdesk.pipeline.mojibake import find_mojibake

MOST_ESCAPES = 3

# &nbsp; or, of those that no address holds, also without the semicolon.
_ENTITY = re.compile(
    r"&(?:#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};|(?:nbsp|laquo|raquo|quot|mdash|ndash|hellip)(?![a-z0-9=;]))",
    re.IGNORECASE,
)
# Soft hyphen, zero-width space, joiners, marks of direction, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_ALWAYS_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Where joiners and marks of direction have a meaning: Hebrew to Arabic, the scripts of India, pictures.
_NEEDS_JOINERS = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufefc\u2600-\u27bf\U0001f000-\U0001faff]")
_LINE_END = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")


class Repaired(NamedTuple):
    text: str
    repairs: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    mojibake = repair_encoding(text)
    rest = tidy(mojibake.text)
    return Repaired(rest.text, mojibake.repairs + rest.repairs)


def original_of(data: bytes, text: str) -> bytes | None:
    """``data`` where it is worth keeping beside the text that was read from it."""
    return None if data == text.encode("utf-8", "surrogatepass") else data


def repair_encoding(text: str) -> Repaired:
    text, found = find_mojibake(text)
    return Repaired(
        text, tuple(f"{count} passages read again in their own encoding ({kind})" for kind, count in found.items())
    )


def tidy(text: str) -> Repaired:
    """All but the encoding. It looks at no line beside the one that it is in."""
    text, entities = _unescape(text)
    text, composed = _compose(text)
    text, invisible = (_INVISIBLE if not _NEEDS_JOINERS.search(text) else _ALWAYS_INVISIBLE).subn("", text)
    text, ends = _LINE_END.subn("\n", text)
    counts = {
        "HTML entities decoded": entities,
        "letters put together": composed,
        "invisible characters removed": invisible,
        "unusual line ends replaced": ends,
    }
    return Repaired(text, tuple(f"{count} {what}" for what, count in counts.items() if count))


def _unescape(text: str) -> tuple[str, int]:
    total = 0
    for _ in range(MOST_ESCAPES):
        decoded = {entity: _character(entity) for entity in set(_ENTITY.findall(text))} if "&" in text else {}
        found = {entity for entity, character in decoded.items() if character != entity}
        if not found:
            break
        total += sum(text.count(entity) for entity in found)
        text = _ENTITY.sub(lambda match: decoded[match.group()], text)  # noqa: B023  (called at once)
    return text, total


def _character(entity: str) -> str:
    """What it stands for; itself where it stands for nothing that can be shown."""
    name = entity.strip("&;")
    if name[0] != "#":
        return html5.get(f"{name};") or html5.get(f"{name.lower()};", entity)  # &NBSP; is &nbsp;
    character = unescape(entity)
    return entity if character in {"\ufffd", ""} else character


def _compose(text: str) -> tuple[str, int]:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, 0
    composed = unicodedata.normalize("NFC", text)
    return composed, abs(len(text) - len(composed)) or 1
