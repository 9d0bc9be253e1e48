"""The headline: the one above the body, what the format states, what a text of one line begins with, or the first
sentence in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from newsdesk.pipeline.cleaning.cues import find_cue, is_section, words_in, words_of
from newsdesk.pipeline.cleaning.headline import rewords
from newsdesk.pipeline.cleaning.inline import CLOCK, DAY, LABEL
from newsdesk.pipeline.cleaning.sentences import first_sentence
from newsdesk.pipeline.document import Document, TitleClaim

LONGEST = 300  # characters; a longer line is no headline
AGREED, STATED = 0.98, 0.95  # how sure what the format states is, with a line that says it and without
TWICE, DATED = 0.9, 0.7  # how sure the beginning of a text of one line is that is said twice, or that the date ends
LEAST_WORDS, MOST_WORDS = 3, 30  # of such a headline
LEAST_TWICE, BETWEEN = 4, 15  # words that are said twice; words between
BEGINNING = 800  # characters in which they stand
AFTER_SECTION = 3  # words between a section and the date: "Экономика Материалы 30 мая 2024 17:20"
TITLE_CASE = 0.7  # share of words with a capital from which a headline does not show where it ends

_NAME = r"[A-ZА-ЯЁ][\w.'’-]+(?:\s+[A-ZА-ЯЁ][\w.'’-]+){1,3}"
_BYLINE = rf"(?:By|BY|Автор:?)\s+{_NAME}"
_DATE = re.compile(
    rf"(?:{_BYLINE}[\s,|—–-]*(?i:(?:{LABEL}\s*:?\s*)?{DAY}(?:[\s,|—–-]*{CLOCK})?)"
    rf"|(?i:(?:{LABEL}\s*:?\s*)?(?:{DAY}[\s,|—–-]*{CLOCK}|{CLOCK}[\s,|—–-]*{DAY})))(?=\W*[^\W_a-zа-яё])"
)
_TRAIL = re.compile(r"^(?:\S+\s+){0,2}\S+\s+[»›>]\s+")  # "Home » News » "
_SITE = re.compile(r"\s+(?:[|•·–—-]\s+)?[\w-]+\.[a-z]{2,4}$")  # "Oldport.example"
_EDGE = " \t\xa0|•·–—-,:"
_SEPARATOR = re.compile(r"\s*(?:[|•·»›]|[–—-]\s|\d)")
_WORD = re.compile(r"[^\W_]+")
_CLOSING = re.compile(r"[?!…»”\"')\]]*(?=\s|$)")
_STOP = words_in("stop")
_SPACE = re.compile(r"\s+")


def find_title(document: Document) -> Document:
    return replace(document, title=_find(document))


def _find(document: Document) -> TitleClaim:
    """A record that states its title knows it; of a page, whose templates have short titles for lists and the same
    ones for every article, the line above the body comes first."""
    metadata = document.raw.metadata
    stated = _fold(metadata.get("title", ""))[:LONGEST]
    by_markup = "title_from" in metadata
    for cut in document.cuts:
        if cut.reason == "title":
            line = _fold(document.raw.text[cut.start : cut.end])
            if stated and rewords(line, stated):
                return TitleClaim(line, "header", AGREED)
            if not stated or by_markup:
                return TitleClaim(line, "header", cut.score)
    if stated:
        return TitleClaim(stated, "metadata", STATED)
    if claim := _find_in_one_line(document.raw.text):
        return claim
    if sentence := first_sentence(document.body):
        return TitleClaim(sentence, "first sentence", 0.5)
    return TitleClaim("", "none", 0.0)


def _find_in_one_line(text: str) -> TitleClaim | None:
    """Of a text that is one long line, header and all: the words that it begins with and soon says again, else what
    stands before the date with its clock time, or before author and date."""
    text = text.strip()
    if len(text) <= LONGEST or len(text.splitlines()) != 1:
        return None
    beginning = _fold(text[:BEGINNING])
    if title := _said_twice(beginning):
        return TitleClaim(title, "header", TWICE)
    date = _DATE.search(beginning, 0, LONGEST)
    title = _without_header(beginning[: date.start()]) if date else ""
    return TitleClaim(title, "header", DATED) if _could_be(title) else None


def _said_twice(text: str) -> str:
    """The first words up to a dash, a bar or a date, where they stand again at once or soon after."""
    found = list(_WORD.finditer(text))
    words = [match.group().lower() for match in found]
    for start in range(LEAST_TWICE, min(len(words), MOST_WORDS + BETWEEN)):
        pairs = zip(words[:start], words[start:], strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if LEAST_TWICE <= length <= MOST_WORDS and start - length <= BETWEEN:
            closing = _CLOSING.match(text, found[length - 1].end())
            end = closing.end() if closing else found[length - 1].end()
            if (length == start and text[end] != ".") or _SEPARATOR.match(text, end):
                return text[:end]
    return ""


def _without_header(text: str) -> str:
    """Without the trail above it, the section and the name of the site behind it."""
    while match := _TRAIL.match(text):
        text = text[match.end() :]
    text = _SITE.sub("", text.strip(_EDGE)).strip(_EDGE)
    parts = text.split()
    if sum(part[0].isupper() for part in parts) > TITLE_CASE * len(parts):
        return text
    for at in range(max(LEAST_WORDS, len(parts) - AFTER_SECTION), len(parts)):
        if (
            _is_section(parts[at])
            and parts[at - 1].lower() not in _STOP
            and all(one[0].isupper() for one in parts[at:])
        ):
            return " ".join(parts[:at]).strip(_EDGE)
    return text


def _is_section(word: str) -> bool:
    """Not a country, which may end a headline."""
    words = words_of(word)
    cue = find_cue(words)
    return is_section(words) and cue is not None and cue.reason == "navigation"


def _could_be(title: str) -> bool:
    return LEAST_WORDS <= len(words_of(title)) <= MOST_WORDS and not title[0].islower() and title[-1] not in ".;,"


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
