"""What the prose of an article says about its own day.

A date told in prose is the date of an event. Only three forms tie it to the day of writing: a dateline ("БАКУ,
22 февраля —"), a word that points ("сегодня, 22 февраля", "on Tuesday, Feb. 22"), and a verb of news beside it in
the first paragraphs ("заявил 22 февраля").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from newsdesk.pipeline.dates.grammar import LETTER, Mention, with_clock_and_weekday
from newsdesk.pipeline.dates.layout import Layout
from newsdesk.pipeline.dates.words import (
    EARLIER_PREPOSITIONS,
    EARLIER_WORDS,
    FUTURE_PREPOSITIONS,
    FUTURE_WORDS,
    RELATIVE_DAYS,
    TOLD_WORDS,
    alternation,
    read_words,
)

Form = Literal["dateline", "pointed", "weekday", "told", "event", "future"]

FIRST_LINES = 5  # lines of prose in which an article says when it speaks
DATELINE_PLACE = 90  # a dateline stands this near to the beginning of its line

REACH = 60  # characters beside a date in which words say how it is told
FUTURE_REACH = 5  # words
TOLD, FUTURE, EARLIER = read_words(TOLD_WORDS), read_words(FUTURE_WORDS), read_words(EARLIER_WORDS)
PAST_ENDINGS = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")  # of what the lead tells, any verb will do
TO_COME = frozenset(FUTURE_PREPOSITIONS.split())
LONG_BEFORE = frozenset(EARLIER_PREPOSITIONS.split())
WORD = re.compile(r"\w+")
POINTING = re.compile(
    rf"(?<!{LETTER})({alternation(RELATIVE_DAYS)}|завтра|tomorrow)\s?[,(—–-]?\s?(?:\w+,?\s)?(?:on\s|the\s)?[(]?$",
    re.IGNORECASE,
)
POINTING_DAYS = {**RELATIVE_DAYS, "завтра": 1, "tomorrow": 1}
# Before the date of a dateline stand a place, a country, an agency: words with a capital, and few.
DATELINE_WORDS = 8
SMALL_WORDS = frozenset(["и", "на", "де", "der", "de", "la", "al", "of", "the", "по", "в"])
NOT_PLACES = frozenset(
    ["on", "in", "since", "by", "at", "after", "from", "until", "в", "на", "с", "к", "до", "по", "от"]
)
# A place with its full stop, as the first word of the article, before a day with its year: "Баку. 5 марта 2021 г. …".
PLACE_ALONE = re.compile(r"[A-ZА-ЯЁƏİÖÜÇŞĞ][\w’'-]{2,30}\.\s+")
DATELINE_TAIL = re.compile(r"[\s,.]{0,3}(?:[—–/(:-]|[A-ZА-ЯЁƏ\"«])")
# How a day of the week is said in prose, Monday first; looked for as written.
WEEKDAYS_SAID = (
    ("в понедельник", " Monday"), ("во вторник", " Tuesday"), ("в среду", " Wednesday"), ("в четверг", " Thursday"),
    ("в пятницу", " Friday"), ("в субботу", " Saturday"), ("в воскресенье", " Sunday"),
)  # fmt: skip  # several to a line
SAID_WITHIN = 2000  # characters from the beginning of the body


@dataclass(frozen=True, slots=True)
class Told:
    """A date in the prose, and in which form it is told. ``days``: what "yesterday" beside it adds."""

    mention: Mention
    form: Form
    days: int = 0


def read_prose(text: str, layout: Layout, mentions: Sequence[Mention]) -> list[Told]:
    """The dates in the prose of the body, each with its form; mentions come in order."""
    start, end = layout.body
    told = []
    for mention in mentions:
        if mention.start >= end:
            break
        if mention.start < start:
            continue
        number = layout.line_at(mention.start)
        line = layout.lines[number]
        if line.prose:
            told.append(_read(text, mention, line.start, line.end, number - layout.first))
    return told


def _read(text: str, mention: Mention, start: int, end: int, number: int) -> Told:
    """``number``: of the line, from the first of the body on."""
    early = number < FIRST_LINES
    before = text[max(start, mention.start - REACH) : mention.start]
    if early and mention.day:
        stopped = number == 0 and mention.year and PLACE_ALONE.fullmatch(text, start, mention.start)
        if mention.start - start < DATELINE_PLACE and _is_dateline(text, mention, start, end, bool(stopped)):
            return Told(mention, "dateline")
        pointing = POINTING.search(before)
        if pointing:
            return Told(mention, "pointed", -POINTING_DAYS[pointing[1].lower()])
    earlier = WORD.findall(before.lower())
    last = earlier[-1] if earlier else ""
    if last in TO_COME or FUTURE.are_in(earlier[-FUTURE_REACH:]):
        return Told(mention, "future")
    if not early or not mention.day or last in LONG_BEFORE or EARLIER.are_in(earlier):
        return Told(mention, "event")
    dated = with_clock_and_weekday(text, mention, start, end)
    if dated.weekday is not None:
        return Told(dated, "weekday")
    beside = earlier + WORD.findall(text[mention.end : min(end, mention.end + REACH)].lower())
    lead = number == 0 and not mention.year
    if TOLD.are_in(beside) or (lead and any(len(word) > 4 and word.endswith(PAST_ENDINGS) for word in beside)):
        return Told(mention, "told")
    return Told(mention, "event")


def _is_dateline(text: str, mention: Mention, start: int, end: int, stopped: bool) -> bool:
    """``stopped``: the full stop behind the place is that of a dateline."""
    words = WORD.findall(text, start, mention.start)
    if not 1 <= len(words) <= DATELINE_WORDS or words[0].lower() in NOT_PLACES:
        return False
    if not stopped and text[start : mention.start].rstrip()[-1] not in ",(/" and not words[-1].isupper():
        return False
    if not all(word[0].isupper() or word in SMALL_WORDS for word in words):
        return False
    return bool(DATELINE_TAIL.match(text, mention.end, end))


def weekdays_said(text: str, layout: Layout) -> set[int]:
    """The days of the week on which the first paragraphs say that things happened."""
    start, end = layout.body
    beginning = text[start : min(end, start + SAID_WITHIN)]
    return {number for number, said in enumerate(WEEKDAYS_SAID) if any(words in beginning for words in said)}


def days_between(earlier: Mention, later: dt.date) -> int | None:
    """Days from a told date to ``later``; of a date without a year, in the year that brings it nearest."""
    if not earlier.day or not earlier.month:
        return None
    years = [earlier.year] if earlier.year else [later.year, later.year - 1, later.year + 1]
    gaps = []
    for year in years:
        try:
            gaps.append((later - dt.date(year, earlier.month, earlier.day)).days)
        except ValueError:
            continue
    return min(gaps, key=abs) if gaps else None
