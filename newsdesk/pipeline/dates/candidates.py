"""The dates of a page that may be its day of publication, each with what its own line says for and against it.

A candidate stands in a line that is not prose, or at the edge of one, or after a label; or the prose tells by it when
it was written. What it is judged by are named features. Those that depend on its place and on the other candidates are
added in context.py; how much each counts is data (see scoring.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdesk.pipeline.dates.grammar import (
    CLOCK_LINE,
    LEAP_YEAR,
    Mention,
    find_relative,
    is_of_range,
    with_clock,
    with_clock_and_weekday,
)
from newsdesk.pipeline.dates.lines import OWN_LABELS, LineOfDate, is_in_header, is_inside, read_label, read_line
from newsdesk.pipeline.dates.page import Page
from newsdesk.pipeline.dates.words import WEEKDAYS
from newsdesk.pipeline.dates.years import FROM_PAGE, OLDEST, Year, find_year

SPEAKING = frozenset({"dateline", "pointed", "weekday", "told"})  # forms in which prose tells its own day
SHORT_LINE = 60  # "2 hours ago" in a longer line tells something else
RELATIVE_REACH = 4  # lines around headline and body in which relative dates are looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """``key`` is what it would claim: a day, a month, or ``--02-22`` where the year cannot be found.

    ``year`` says where a year came from that is not written.
    """

    mention: Mention
    line: int
    key: str
    day: dt.date | None
    features: Mapping[str, float]
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention in its line, with the features of both; ``shift``: what "yesterday" beside it adds."""

    mention: Mention
    line: int
    features: Mapping[str, float]
    shift: dt.timedelta = dt.timedelta()


def list_candidates(page: Page) -> list[Candidate]:
    """All candidates of a page, in the order of the text."""
    placed = [*_written(page)]
    taken = {one.mention.start for one in placed}
    placed += [one for one in _told(page) if one.mention.start not in taken]
    dated = [candidate for one in placed for candidate in _readings(page, one)]
    dated += _relative(page, {one.line for one in placed}, dated)
    dated.sort(key=lambda candidate: candidate.mention.start)
    return _complete_years(dated)


def _written(page: Page) -> Iterator[Placed]:
    """The dates written out in lines of their own kind, with clock, weekday and label."""
    previous = 0
    for bare in page.mentions:
        if is_of_range(page.text, bare):
            previous = bare.end
            continue
        number = page.layout.line_at(bare.start)
        line = page.layout.lines[number]
        left, previous = max(line.start, previous), bare.end
        mention = with_clock_and_weekday(page.text, bare, left, line.end)
        inside = is_inside(bare, line.start, line.end) and not is_in_header(page.text, mention, number, line)
        if inside and read_label(page.text, page.layout, bare, number, left) not in OWN_LABELS:
            continue
        said = read_line(page.text, page.layout, mention, number, left)
        previous = mention.end
        if _is_believable(mention, said):
            if said.form == "alone" and not mention.clock:
                mention = _with_neighbours(page, mention, number)
            yield Placed(mention, number, _features(mention, said))


def _is_believable(mention: Mention, said: LineOfDate) -> bool:
    """A bare month, a year of two digits or none at all count only where little else is said."""
    if said.form == "inside":
        return False
    if mention.shape == "month":
        return said.form in {"alone", "labelled"}
    if mention.year is None or mention.short:
        return said.form in {"alone", "short"} or bool(mention.clock)
    return mention.year >= OLDEST


def _features(mention: Mention, said: LineOfDate) -> dict[str, float]:
    present = {
        said.form: True,
        said.label: bool(said.label),
        said.rest: bool(said.rest),
        "clock": bool(mention.clock),
        "seconds": mention.seconds,
        "day_name": mention.weekday is not None,
        "short_year": mention.short,
    }
    return {name: 1.0 for name, true in present.items() if true}


def _with_neighbours(page: Page, mention: Mention, number: int) -> Mention:
    """The clock in the line below or above, where that line has nothing else, or else the day of the week."""
    for other in (number + 1, number - 1):
        if 0 <= other < len(page.layout.lines):
            line = page.layout.lines[other]
            if line.end - line.start <= SHORT_LINE:
                clock = CLOCK_LINE.fullmatch(page.text, line.start, line.end)
                if clock:
                    return with_clock(mention, clock)
                weekday = WEEKDAYS.get(page.text[line.start : line.end].strip(" ,.").lower())
                if weekday is not None and mention.weekday is None:
                    return mention._replace(weekday=weekday)
    return mention


def _told(page: Page) -> Iterator[Placed]:
    """The dates by which the prose tells its own day."""
    for told in page.told:
        if told.form in SPEAKING:
            features: dict[str, float] = {told.form: 1.0}
            if told.mention.year and told.form in {"told", "weekday"}:
                features["told_year"] = 1.0  # of its own day, prose seldom says the year
            line = page.layout.line_at(told.mention.start)
            yield Placed(told.mention, line, features, dt.timedelta(days=told.days))


def _readings(page: Page, one: Placed) -> Iterator[Candidate]:
    """One candidate a reading of the mention: in either order of its numbers, but not after collection."""
    mention = one.mention
    if mention.day is None:
        key = f"{mention.year}-{mention.month:02}"
        own = one.line <= page.layout.first or not OWN_LABELS.isdisjoint(one.features)  # below: archives, calendars
        if own and key <= page.newest.isoformat():
            yield Candidate(mention, one.line, key, None, {**one.features, "month_only": 1.0})
    elif mention.year is None:
        yield _with_year(page, one)
    else:
        orders = page.orders if mention.either else (False,)
        for month_first in orders:
            read = mention.swapped() if month_first else mention
            day = read.date + one.shift if read.date else None
            if day and day <= page.newest:
                unlikely = {} if month_first == orders[0] else {"unlikely_order": 1.0}
                yield Candidate(read, one.line, day.isoformat(), day, {**one.features, **unlikely})


def _with_year(page: Page, one: Placed) -> Candidate:
    month, day = one.mention.month or 0, one.mention.day or 0
    year = find_year(month, day, one.mention.weekday, page.years)
    if year is None:
        shifted = dt.date(LEAP_YEAR, month, day) + one.shift
        key = f"--{shifted.month:02}-{shifted.day:02}"
        return Candidate(one.mention, one.line, key, None, {**one.features, "no_year": 1.0})
    date = dt.date(year.value, month, day) + one.shift
    return Candidate(one.mention, one.line, date.isoformat(), date, {**one.features, "found_year": 1.0}, year)


def _relative(page: Page, taken: set[int], dated: Sequence[Candidate]) -> list[Candidate]:
    """ "Today, 16:14" and the like around headline and body, by the day of collection or the one in the page's head."""
    top = page.layout.top
    anchor = page.collected or max((one.day for one in dated if one.day and one.line < top), default=None)
    if anchor is None:
        return []
    found = []
    for number in _lines_near(page):
        line = page.layout.lines[number]
        mention = find_relative(page.text, line.start, line.end) if number not in taken else None
        if mention and mention.days is not None:
            mention = with_clock_and_weekday(page.text, mention, line.start, line.end)
            said = read_line(page.text, page.layout, mention, number, line.start)
            if said.form == "alone" or mention.clock or mention.counted:
                day = anchor + dt.timedelta(days=mention.days or 0)
                features = {"relative": 1.0, "clock" if mention.clock else "relative": 1.0}
                found.append(Candidate(mention, number, day.isoformat(), day, features))
    return found


def _lines_near(page: Page) -> list[int]:
    """The short lines around headline and body, by number."""
    layout = page.layout
    near = {
        *range(layout.top - RELATIVE_REACH, layout.first + RELATIVE_REACH),
        *range(layout.last, layout.last + RELATIVE_REACH),
    }
    lines = layout.lines
    return [n for n in sorted(near) if 0 <= n < len(lines) and lines[n].end - lines[n].start <= SHORT_LINE]


def _complete_years(dated: Sequence[Candidate]) -> list[Candidate]:
    """A day without a year is the one day written out on the page with that month and day, if there is one."""
    full: dict[str, set[dt.date]] = {}
    for one in dated:
        if one.day and one.mention.year:
            full.setdefault(one.key[4:], set()).add(one.day)
    return [_completed(one, full.get(one.key[-6:], set())) for one in dated]


def _completed(one: Candidate, days: set[dt.date]) -> Candidate:
    if one.mention.year or not one.mention.day or len(days) != 1:
        return one
    day = next(iter(days))
    features = {name: value for name, value in one.features.items() if name != "no_year"} | {"found_year": 1.0}
    return replace(one, key=day.isoformat(), day=day, features=features, year=Year(day.year, FROM_PAGE, 0.95))
