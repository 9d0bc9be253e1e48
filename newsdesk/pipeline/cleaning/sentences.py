"""Where the first sentence of a text ends."""

from __future__ import annotations

import re

from newsdesk.pipeline.cleaning.cues import words_in
from newsdesk.pipeline.cleaning.lines import split_lines

# Words before a full stop that ends no sentence.
ABBREVIATIONS = words_in("abbreviations")
BEGINNING = 5000  # characters of a text among which its first paragraph is sought
LONGEST = 160  # characters of a sentence that stands in for a headline

_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s+[«“\"'(—–-]?\s*[^\W_a-zа-яё]|\s*$)")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_SPACE = re.compile(r"\s+")


def first_sentence(text: str, longest: int = LONGEST) -> str:
    """The first sentence of the first paragraph, cut at a word where it is too long, without its full stop."""
    paragraph = next((line.text for line in split_lines(text[:BEGINNING])), "")
    for match in _END.finditer(paragraph):
        if not _is_abbreviation(paragraph, match):
            paragraph = paragraph[: match.end()]
            break
    return _shorten(_SPACE.sub(" ", paragraph), longest)


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    """A single letter ("А. Петров", "U.S."), a known short form, or a number ("5. Глава") before the full stop."""
    if match.group() != "." or match.end() == len(text):
        return False
    before = text[max(0, match.start() - 20) : match.start()]
    word = _LAST_WORD.search(before)
    if not word:
        return before.strip().isdigit()
    return len(word.group()) == 1 or word.group().lower() in ABBREVIATIONS


def _shorten(text: str, longest: int) -> str:
    if len(text) > longest:
        text = text[: longest + 1]
        text = text[: text.rfind(" ")] if " " in text else text[:longest]
        return text.rstrip(" ,;:—–-(«“\"'")
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
