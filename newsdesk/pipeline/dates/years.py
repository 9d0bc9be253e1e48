"""The year of a date that is written without one. Never the current year by default.

In order: a year that the article calls the present one; the day of the week beside it; a day of collection that leaves
one year; the dates that the article tells as past, of which the latest is not younger than it and seldom much older.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdesk.pipeline.dates.prose import Told

OLDEST, NEWEST = 1990, dt.date(2060, 1, 1)
# How old the latest event told may be, and how sure the year is then: where several are told, and where one is. An event
# alone is often one of those that are told for years.
GAPS = ((45, 0.95), (100, 0.85), (200, 0.7))
GAPS_OF_ONE = ((45, 0.8), (100, 0.65))
FROM_PRESENT = 0.9
FROM_WEEKDAY, FROM_TEXT, FROM_CALENDAR, FROM_PAGE = "weekday", "text", "calendar", "page"

BARE_YEAR = re.compile(r"(?<![\d.,/№-])(20[0-4]\d)(?![\d%]|[.,/-]\d)")
# A year that is called the present one: «в наступившем 2021 году», "this year, 2021".
PRESENT_YEAR = re.compile(
    r"(?:наступивш|нынешн|текущ)[а-яё]+ (20[0-4]\d)(?!\d)|\bthis year, (20[0-4]\d)(?!\d)", re.IGNORECASE
)
MOST_BARE_YEARS = 200


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """``events``: first days of months and days told as past; ``bare``: the latest year named alone; ``present``: the year
    that is called the present one; ``calendar``: months with their year in a line of their own, as above a calendar;
    ``collected`` bounds them all."""

    events: tuple[dt.date, ...] = ()
    bare: int | None = None
    present: int | None = None
    calendar: tuple[tuple[int, int], ...] = ()
    collected: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    value: int
    source: str
    confidence: float


def gather_years(
    text: str,
    body: tuple[int, int],
    told: Iterable[Told],
    calendar: Sequence[tuple[int, int]],
    collected: dt.date | None,
) -> YearEvidence:
    events = []
    for one in told:
        mention = one.mention
        if one.form == "future" or mention.short or not mention.month or (mention.year or 0) < OLDEST:
            continue
        day = dt.date(mention.year or 0, mention.month, mention.day or 1)
        if collected is None or day <= collected:
            events.append(day)
    bare = None
    for count, match in enumerate(BARE_YEAR.finditer(text, *body)):
        year = int(match[1])
        if count < MOST_BARE_YEARS and (collected is None or year <= collected.year):
            bare = max(bare or year, year)
    present = {int(match[1] or match[2]) for match in PRESENT_YEAR.finditer(text, *body)}
    return YearEvidence(tuple(events), bare, present.pop() if len(present) == 1 else None, tuple(calendar), collected)


def find_year(month: int, day: int, weekday: int | None, evidence: YearEvidence) -> Year | None:
    """The year of a month and day, or None where it cannot be decided."""
    latest = max(evidence.events, default=None)
    oldest = latest or dt.date(OLDEST, 1, 1)
    newest = evidence.collected
    possible = _years(month, day, oldest, newest, weekday)
    if not possible:
        return None
    if any(one.year == evidence.present for one in possible):
        return Year(evidence.present or 0, FROM_TEXT, FROM_PRESENT)
    first = possible[0]
    if latest is not None:
        gap = (first - latest).days
        if newest is not None and len(possible) == 1:
            return Year(first.year, FROM_TEXT, 0.95)
        if weekday is not None and gap < 366:
            return Year(first.year, FROM_WEEKDAY, 0.95)
        near = {one for one in evidence.events if (first - one).days <= GAPS[-1][0]}
        for most, confidence in GAPS if len(near) > 1 else GAPS_OF_ONE:
            if gap <= most and (evidence.bare or 0) <= first.year:
                return Year(first.year, FROM_TEXT, confidence)
    elif weekday is not None and newest is not None:
        return Year(possible[-1].year, FROM_WEEKDAY, 0.85)
    elif weekday is not None and evidence.bare:
        following = [one for one in possible if evidence.bare <= one.year <= evidence.bare + 2]
        if following:
            return Year(following[0].year, FROM_WEEKDAY, 0.8)
    return _from_calendar(month, day, evidence)


def _years(month: int, day: int, oldest: dt.date, newest: dt.date | None, weekday: int | None) -> list[dt.date]:
    """The days with this month and day from ``oldest``'s month on, in order."""
    days = []
    until = newest + dt.timedelta(days=1) if newest else NEWEST
    for year in range(oldest.year, until.year + 1):
        if day <= monthrange(year, month)[1]:
            one = dt.date(year, month, day)
            if oldest <= one <= until and weekday in {None, one.weekday()}:
                days.append(one)
    return days


def _from_calendar(month: int, day: int, evidence: YearEvidence) -> Year | None:
    years = {year for year, of_month in evidence.calendar if of_month == month}
    if len(years) != 1:
        return None
    year = years.pop()
    return Year(year, FROM_CALENDAR, 0.8) if day <= monthrange(year, month)[1] else None
