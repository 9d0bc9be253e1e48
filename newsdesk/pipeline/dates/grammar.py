"""Every date that a text mentions, as it is written: nothing is filled in, nothing is judged.

A date has a number in it. So the text is walked from number to number, and only there the dearer expressions are
tried; that keeps the walk linear and quick. Words without a number ("yesterday", "2 часа назад") are looked for
only in the lines where they can matter.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Literal, NamedTuple

from newsdesk.pipeline.dates.words import (
    AGO_DAYS,
    MONTHS,
    MOSCOW_ZONES,
    NOT_ALONE,
    RELATIVE_DAYS,
    WEEKDAYS,
    ZONE_MINUTES,
    alternation,
    lower,
)

Shape = Literal["iso", "numbers", "words", "month", "relative"]


class Mention(NamedTuple):
    """A date as written; ``year``, ``month`` and ``day`` are None where they are not said.

    ``either``: two numbers that may be day and month in either order; they stand here as day first.
    ``short``: the year has two digits. ``days`` is what a relative date adds to the day of the anchor, ``counted`` that
    it says how many ("2 hours ago"). ``seconds``: the clock has them.
    """

    start: int
    end: int
    shape: Shape
    year: int | None = None
    month: int | None = None
    day: int | None = None
    either: bool = False
    short: bool = False
    weekday: int | None = None
    clock: str = ""
    zone: str = ""
    days: int | None = None
    counted: bool = False
    seconds: bool = False

    @property
    def date(self) -> dt.date | None:
        return dt.date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def swapped(self) -> Mention:
        """With day and month in the other order."""
        return self._replace(month=self.day, day=self.month)


SPACE = r"[^\S\n]"
LETTER = r"[^\W\d_]"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
CLOCK_NEXT = r"(?=[012]?\d:\d\d)"  # pages lose the space between year and clock: "November 9, 20235:01 AM"

# A number that may belong to a date: after a word, before a mark and a digit, or before a word. Each run of digits is
# tried once, from its first (hence the look behind it): a file of nothing but numbers must not take minutes.
NUMBER = re.compile(
    r"""[0-9](?<![0-9].)
    (?: (?<=[^\W\d_][\ \xa0\u2009\u202f/.-].)[0-9]*+ | (?<=[.,][\ \xa0\u2009\u202f].)[0-9]*+
      | [0-9]*+(?: (?=[./-]\ ?[0-9]|\ [./-]\ [0-9]) | (?=(?:st|nd|rd|th|-?го|-?е|-?й)?[\ \xa0\u2009\u202f./-]{0,2}(?:of\ |the\ )?[^\W\d_]{3}) ) )""",
    re.VERBOSE,
)
ISO = re.compile(rf"(?<![\d.,/-])({YEAR})([-./])(\d\d?)\2(\d\d?)(?!\d|[-./]\d)")
NUMBERS = re.compile(r"(?<![.,-])(\d\d?)(\.\ ?|/|-|\ [./-]\ )(\d\d?)\2(\d+)(?![-/]\d|\.\d)")
CLOCK_THEN_SLASH = re.compile(r"\d:\d\d ?/$")  # "[16:30/28.11.2011]"
DAY_MONTH = re.compile(
    rf"(?<![.,:/№#$€£-])(\d\d?)(?:st|nd|rd|th|-?го|-?е|-?й)?(?:{SPACE}{{1,2}}|[-./]|\.{SPACE})?(?:of |the )?"
    rf"({LETTER}{{3,10}})(?!{LETTER})\.?"
)
MONTH_BEFORE = re.compile(rf"(?<!{LETTER})({LETTER}{{3,10}})(?:\.?,?{SPACE}{{1,2}}|[-/.])$")
YEAR_BEFORE = re.compile(rf"(?<!\d)({YEAR}),?{SPACE}{{1,2}}$")
DAY = re.compile(rf"(\d\d?)(?![\d:%]|[.,]\d)(?:st|nd|rd|th)?(?!{LETTER})")
YEAR_AFTER = re.compile(
    rf"(?:[,.]?{SPACE}{{0,2}}|[-/]|,? of |,? в )({YEAR})(?:(?!\d)|{CLOCK_NEXT})(?:{SPACE}?[гр](?:ода|оду|од|оку)?\b\.?"
    rf"|-c[iıuü]{SPACE}il(?:də|in)?\b)?"
)
SHORT_YEAR_AFTER = re.compile(
    rf"(?:,?{SPACE}?['’]|{SPACE}|-)(\d\d)(?={SPACE}*(?:$|[|)/—–\n]|г\b|-{SPACE}|в{SPACE}|at{SPACE}|[012]?\d:\d\d))",
    re.MULTILINE,
)
YEAR_ALONE = re.compile(rf"({YEAR})(?!\d)")
RELATIVE = re.compile(
    rf"(?<!{LETTER})(?:(?P<word>{alternation(RELATIVE_DAYS)})(?!{LETTER})"
    rf"|(?:(?P<count>\d{{1,3}}|an?|one|один|одну){SPACE})?(?P<unit>{alternation(AGO_DAYS)})\.?"
    rf"{SPACE}(?:ago|назад|тому)(?!{LETTER}))",
    re.IGNORECASE,
)

RELATIVE_SIGNS = (*RELATIVE_DAYS, "ago", "назад", "тому")  # quicker to look for than the expression

WORD_BEFORE = re.compile(rf"({LETTER}+)[^\w\n]{{0,4}}(?:the )?$")
WORD_AFTER = re.compile(rf"[^\w\n]{{0,3}}({LETTER}+)")

ZONE = (
    r"(?:(?P<offset>(?:\(?(?:GMT|UTC))?[ ]?[+-]\d\d?(?::?[0-5]\d)?(?![\d:.]))"
    rf"|\(?(?P<name>{alternation(ZONE_MINUTES)})(?!{LETTER})(?:[ ]?(?P<shift>[+-]\d\d?)\b)?\)?)"
)
CLOCK = (
    r"(?P<hour>[01]?[0-9]|2[0-3])(?P<mark>[:.])(?P<minute>[0-5][0-9])(?P<seconds>:[0-5]\d(?:[.,]\d+)?)?"
    rf"(?:{SPACE}?(?P<half>[ap])\.?m\b\.?)?(?:{SPACE}?{ZONE})?"
)
GAP = r"[^\w\n]{0,6}"
CLOCK_AFTER = re.compile(rf"{GAP}(?:(?:at|в|о|saat){SPACE}|T)?{CLOCK}(?!\d|[%.:/]\d)", re.IGNORECASE)
CLOCK_BEFORE = re.compile(rf"(?<![\d.,:/-]){CLOCK}{GAP}(?:on(?!{LETTER}))?(?:{SPACE}|[,.])*$", re.IGNORECASE)
CLOCK_LINE = re.compile(rf"\s*(?:(?:at|в){SPACE})?{CLOCK}\s*", re.IGNORECASE)
# "19–21 August", "19.08 – 21.08.2024", "Aug. 19 – Aug. 21": days of an event; but not "18:45 – 21 August".
RANGE_BEFORE = re.compile(
    rf"(?<![\d:.])\d\d?(?:(?:\.(?:0\d|1[0-2]))?(?:\.20\d\d)?|{SPACE}(?P<month>{LETTER}{{3,10}})\.?)\s?[–—-]\s?$"
)
RANGE_AFTER = re.compile(
    rf"\s?[–—-]\s?(?:\d\d?(?:,|\.\d\d\.|{SPACE}(?P<second>{LETTER}{{3,10}}))"
    rf"|(?P<month>{LETTER}{{3,10}})\.? \d\d?(?![\d:]))"
)
LONGEST_RANGE = 20  # characters before a date in which the other end of a range is looked for
REACH = 28  # characters beside a date in which its clock and its weekday are looked for
LEAP_YEAR = 2000  # any
MOSCOW_SINCE = dt.date(2014, 10, 26)  # from then on Moscow has been three hours ahead without a change


def walk_dates(text: str) -> Iterator[Mention]:
    """All that is written out at least as day and month, or as month and year; in order, not overlapping."""
    done = 0
    for number in NUMBER.finditer(text):
        start, end = number.span()
        if start < done:
            continue
        mention = _date_at(text, start, end, done)
        if mention:
            done = mention.end
            yield mention


def _date_at(text: str, start: int, end: int, done: int) -> Mention | None:
    """The date that the number from ``start`` to ``end`` begins, or that it ends after the name of a month."""
    length = end - start
    if length <= 2:
        after = text[end : end + 2]
        mention = None
        if after in (". ", " .", " /", " -") or (after[:1] in (".", "/", "-") and after[1:].isdigit()):
            mention = _numbers(text, start)
        if not mention and (after == ". " or after[:1].isalpha() or after[1:].isalpha()):
            mention = _day_month(text, start)
        return mention or _month_day(text, start, done)
    if length == 4:
        return _iso(text, start) or _run_on_clock(text, start) or _month_year(text, start, done)
    return _run_on_clock(text, start) if length == 3 else None


def _iso(text: str, start: int) -> Mention | None:
    match = ISO.match(text, start)
    if not match:
        return None
    return _checked(start, match.end(), "iso", int(match[1]), int(match[3]), int(match[4]))


def _run_on_clock(text: str, start: int) -> Mention | None:
    """In ``12:1704.01.2012`` the date begins two digits after the colon."""
    return _numbers(text, start + 2) if start and text[start - 1] == ":" else None


def _numbers(text: str, start: int) -> Mention | None:
    match = NUMBERS.match(text, start)
    if not match or (text[start - 1 : start] == "/" and not CLOCK_THEN_SLASH.search(text, max(0, start - 7), start)):
        return None
    first, second, digits = int(match[1]), int(match[3]), match[4]
    end = match.end()
    if len(digits) == 2 and match[2][0] != " ":  # "4 / 5 / 10" are other numbers
        year = _long_year(digits)
    elif digits[:2] in {"19", "20"} and (len(digits) == 4 or (len(digits) > 4 and len(match[1] + match[3]) == 4)):
        year = int(digits[:4])  # what else runs into it is a clock or a counter
        end = match.start(4) + 4
    else:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    either = first <= 12 and second <= 12 and first != second and "." not in match[2]
    return _checked(start, end, "numbers", year, month, day, either=either, short=len(digits) == 2)


def _long_year(digits: str) -> int:
    """Of two digits. Those that would lie far ahead are no year of the past century either, and give none (0)."""
    year = int(digits)
    return 1900 + year if year >= 70 else 2000 + year if year < 40 else 0


def _day_month(text: str, start: int) -> Mention | None:
    match = DAY_MONTH.match(text, start)
    if not match:
        return None
    month = MONTHS.get(lower(match[2]))
    return _with_year(text, start, match.end(), month, int(match[1]), match[2]) if month else None


def _month_day(text: str, start: int, done: int) -> Mention | None:
    match = MONTH_BEFORE.search(text, max(done, start - 13), start)
    month = MONTHS.get(lower(match[1])) if match else None
    day = DAY.match(text, start) if month else None
    if not match or not day:
        return None
    year = YEAR_BEFORE.search(text, max(done, match.start() - 7), match.start())
    if year and not YEAR_AFTER.match(text, day.end()):
        return _checked(year.start(), day.end(), "words", int(year[1]), month, int(day[1]))
    return _with_year(text, match.start(), day.end(), month, int(day[1]), match[1])


def _with_year(text: str, start: int, end: int, month: int | None, day: int, word: str) -> Mention | None:
    year = YEAR_AFTER.match(text, end)
    if year:
        return _checked(start, year.end(), "words", int(year[1]), month, day)
    short = SHORT_YEAR_AFTER.match(text, end)
    if short:
        return _checked(start, short.end(), "words", _long_year(short[1]), month, day, short=True)
    if word in NOT_ALONE:
        return None
    return _checked(start, end, "words", None, month, day)


def _month_year(text: str, start: int, done: int) -> Mention | None:
    match = MONTH_BEFORE.search(text, max(done, start - 13), start)
    month = MONTHS.get(lower(match[1])) if match else None
    year = YEAR_ALONE.match(text, start) if month else None
    if not match or not year:
        return None
    return Mention(match.start(), year.end(), "month", int(year[1]), month)


def _checked(
    start: int,
    end: int,
    shape: Shape,
    year: int | None,
    month: int | None,
    day: int,
    either: bool = False,
    short: bool = False,
) -> Mention | None:
    """A mention, if there is such a day. The 29th of February is possible where the year is not said."""
    if year == 0 or not month or month > 12 or not 1 <= day <= monthrange(year or LEAP_YEAR, month)[1]:
        return None
    return Mention(start, end, shape, year, month, day, either, short)


def is_of_range(text: str, mention: Mention) -> bool:
    """Whether it is one end of a range of days."""
    before = RANGE_BEFORE.search(text, max(0, mention.start - LONGEST_RANGE), mention.start)
    if before and _may_be_month(before["month"]):
        return True
    after = RANGE_AFTER.match(text, mention.end)
    return after is not None and _may_be_month(after["month"] or after["second"])


def _may_be_month(word: str | None) -> bool:
    return word is None or lower(word) in MONTHS


def find_relative(text: str, start: int, end: int) -> Mention | None:
    """``вчера в 14:19``, ``2 hours ago`` and the like between two offsets."""
    lowered = text[start:end].lower()
    match = RELATIVE.search(text, start, end) if any(sign in lowered for sign in RELATIVE_SIGNS) else None
    if not match:
        return None
    if match["word"]:
        days = RELATIVE_DAYS[match["word"].lower()]
    else:
        count = int(match["count"]) if (match["count"] or "").isdigit() else 1
        days = -count * AGO_DAYS[match["unit"].lower()]
    return Mention(match.start(), match.end(), "relative", days=days, counted=not match["word"])


def with_clock_and_weekday(text: str, mention: Mention, start: int, end: int) -> Mention:
    """The mention with what stands beside it between two offsets, usually those of its line."""
    left, right = max(start, mention.start - REACH), min(end, mention.end + REACH)
    for beside in (WORD_BEFORE.search(text, left, mention.start), WORD_AFTER.match(text, mention.end, right)):
        weekday = WEEKDAYS.get(beside[1].lower()) if beside else None
        if beside and weekday is not None:
            first, last = min(mention.start, beside.start(1)), max(mention.end, beside.end(1))
            mention = mention._replace(weekday=weekday, start=first, end=last)
            break
    clock = CLOCK_AFTER.match(text, mention.end, right) or CLOCK_BEFORE.search(text, left, mention.start)
    return with_clock(mention, clock) if clock else mention


def with_clock(mention: Mention, clock: re.Match[str]) -> Mention:
    if clock["mark"] == "." and mention.shape == "relative" and not clock["half"]:
        return mention
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            return mention
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return mention._replace(
        clock=f"{hour:02}:{clock['minute']}",
        zone=_offset(clock, mention),
        seconds=bool(clock["seconds"]),
        start=min(mention.start, clock.start("hour")),
        end=max(mention.end, clock.end()),
    )


def _offset(clock: re.Match[str], mention: Mention) -> str:
    """``+04:00`` for GMT+4; empty where the zone's name leaves it open, or where a number may be the end of a range."""
    if clock["offset"]:
        if mention.shape != "iso" and not clock["offset"].lstrip(" (").lower().startswith(("gmt", "utc")):
            return ""
        digits = re.sub(r"[^\d]", "", clock["offset"])
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        sign = "-" if "-" in clock["offset"] else "+"
        return f"{sign}{int(hours):02}:{minutes}" if int(hours) <= 14 else ""
    if not clock["name"]:
        return ""
    name = clock["name"].lower()
    minutes_ahead = ZONE_MINUTES[name]
    if name in MOSCOW_ZONES and mention.date and mention.date >= MOSCOW_SINCE:
        minutes_ahead = 180
    if clock["shift"] and minutes_ahead == 0:
        minutes_ahead = int(clock["shift"]) * 60
    if minutes_ahead is None:
        return ""
    sign = "-" if minutes_ahead < 0 else "+"
    return f"{sign}{abs(minutes_ahead) // 60:02}:{abs(minutes_ahead) % 60:02}"
