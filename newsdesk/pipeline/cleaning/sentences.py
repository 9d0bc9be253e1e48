"""Where sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.pipeline.cleaning.cues import words_in
from newsdesk.pipeline.cleaning.lines import split_lines

# Words before a full stop that ends no sentence.
ABBREVIATIONS = words_in("abbreviations")
BEGINNING = 5000  # characters of a text among which its first paragraph is sought
CLOSING = "»”\"')]"  # what may stand behind the mark that ends a sentence
ENDS, PAUSES = frozenset(".!?…"), frozenset(".!?…;,:")
LONGEST = 160  # characters of a sentence that stands in for a headline

_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s+[«“\"'(—–-]?\s*[^\W_a-zа-яё]|\s*$)")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_SPACE = re.compile(r"\s+")

# The line of place, day and agency: «БАКУ, 12 марта. /ТАСС/.», «BAKU, Azerbaijan, March 12.», «PARIS (AP) —».
_CAPITAL, _MONTH = r"[^\W\d_a-zа-яё]", "|".join(sorted(words_in("months"), key=len, reverse=True))
_PLACE = rf"{_CAPITAL}[\w'’-]*(?:[ ,]{{1,2}}{_CAPITAL}[\w'’-]*){{0,4}}"
_DAY = rf"(?i:\d{{1,2}}\s+(?:{_MONTH})|(?:{_MONTH})\.?\s+\d{{1,2}})(?:,?\s+\d{{4}}(?:\s?г(?:ода)?)?)?\.?"
_AGENCY = rf"(?:/[^/\n]{{2,30}}/|\([^()\n]{{2,40}}\)|{_CAPITAL}[\w.-]*(?:\s{_CAPITAL}[\w.-]*){{0,2}})"
_DATELINE = re.compile(
    rf"{_PLACE}(?:\s*[.,]\s*{_DAY}(?:\s*[,–—-]?\s*{_AGENCY}\s*[.:–—-]+|\s*[.:–—-]+|(?<=\.))|\s+\((?:[A-ZА-ЯЁ]{{2,8}}|Reuters)\)\s*[–—-]+)\s+"
)


def ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSING)[-1:] in ENDS


def ends_clause(text: str) -> bool:
    """Whether a sentence ends with it, or pauses."""
    return text.rstrip(CLOSING)[-1:] in PAUSES


def first_sentence(text: str, longest: int = LONGEST) -> str:
    """The first sentence of the first paragraph, cut at a word, with "…", where it is too long, without its full stop.
    The line of place, day and agency before it is passed over."""
    paragraph = next((line.text for line in split_lines(text[:BEGINNING])), "")
    paragraph = paragraph[skip_dateline(paragraph) :]
    for match in _END.finditer(paragraph):
        if not _is_abbreviation(paragraph, match):
            paragraph = paragraph[: match.end()]
            break
    return _shorten(_SPACE.sub(" ", paragraph), longest)


def skip_dateline(text: str) -> int:
    """Where the line of place, day and agency ends that ``text`` begins with and goes on behind; 0 if there is none."""
    dateline = _DATELINE.match(text)
    return dateline.end() if dateline and dateline.end() < len(text) else 0


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it. No sentence reaches over the end of a line."""
    for line in split_lines(text):
        start = 0
        ends = [match.end() for match in _END.finditer(line.text) if not _is_abbreviation(line.text, match)]
        for end in dict.fromkeys((*ends, len(line.text))):
            sentence = line.text[start:end]
            if sentence.strip():
                begin = line.start + start + len(sentence) - len(sentence.lstrip())
                yield begin, begin + len(sentence.strip())
            start = end


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
        text = text[:longest]
        text = text[: text.rfind(" ")] if " " in text else text[: longest - 1]
        return text.rstrip(" ,;:—–-(«“\"'") + "…"
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
