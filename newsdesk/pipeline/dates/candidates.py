"""The dates of a page that may be its day of publication, each with what speaks for and against it.

A candidate stands in a line that is not prose, or at the edge of one, or beside a label. What it is judged by are
named features; how much each of them counts is data (see scoring.py).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from newsdesk.pipeline.dates.grammar import (
    CLOCK_LINE,
    LETTER,
    SPACE,
    Mention,
    find_relative,
    walk_dates,
    with_clock,
    with_clock_and_weekday,
)
from newsdesk.pipeline.dates.layout import Layout, see_layout
from newsdesk.pipeline.dates.prose import Told, days_between, read_prose, weekdays_said
from newsdesk.pipeline.dates.stated import day_in_url, month_in_url
from newsdesk.pipeline.dates.words import (
    FOREIGN_PREPOSITIONS,
    FOREIGN_WORDS,
    LIST_HEADINGS,
    PUBLISHED_LABELS,
    UPDATED_LABELS,
    WEEKDAYS,
)
from newsdesk.pipeline.dates.years import FROM_PAGE, OLDEST, Year, YearEvidence, find_year, gather_years
from newsdesk.pipeline.document import Document

MOST_DATES = 1000  # of a page that has more, the rest is a list
LABEL_REACH = 40
FOREIGN_REACH = 150
WORDY = 30  # characters that are more than an author and a section
JUST_BELOW = 3  # lines below the body in which its own date may stand
BODY_LINES = 2  # lines of prose by which the body has begun for certain: one may be a summary or a caption
TITLE_LENGTHS, TITLE_WORDS = range(20, 160), 4
HEADED_LINES = 30  # lines that a list of other articles may take below its heading
NEARBY_LINES = 8  # dates of other days within so many lines make a list
SHORT_LINE = 60  # "2 hours ago" in a longer line tells something else
LIST_LENGTH = 3  # days below the body that make a list
LEAP_YEAR = 2000
MOST_TOLD = 40  # dates of the prose that a candidate is held against
SPEAKING = frozenset({"dateline", "pointed", "weekday", "told"})  # forms of told dates that are candidates
AGREEING = frozenset({"dateline", "pointed", "weekday"})
RELATIVE_REACH = 4  # lines around headline and body in which relative dates are looked for

LABEL_END = rf"(?:{SPACE}(?:on|at|в))?[\s:—–|,(>/-]*$"
PUBLISHED = re.compile(
    rf"(?<!{LETTER})(?:first |originally |last |new )?(?:{PUBLISHED_LABELS}){LABEL_END}", re.IGNORECASE
)
UPDATED = re.compile(rf"(?<!{LETTER})(?:last )?(?:{UPDATED_LABELS}){LABEL_END}", re.IGNORECASE)
FOREIGN = re.compile(FOREIGN_WORDS, re.IGNORECASE)
PREPOSITION = re.compile(rf"(?<!{LETTER})(?:{FOREIGN_PREPOSITIONS}){SPACE}+(?:the )?$", re.IGNORECASE)
DASH_AND_WORDS = re.compile(rf"{SPACE}*(?:г(?:ода|\.)?|года)?{SPACE}*[—–:-]{SPACE}*(?:{LETTER}+[,]?{SPACE}+){{2}}{LETTER}")
NO_TITLE = re.compile(r"://|www\.|[|•·@/>]|:\s|,.*,|^by\s", re.IGNORECASE | re.MULTILINE)  # address, links, label, tags, author
HEADING = re.compile(rf"^\W{{0,3}}(?:{LIST_HEADINGS})(?:[^\n.:]{{0,30}}:?$|{SPACE}?\w{{0,10}}:)", re.IGNORECASE | re.MULTILINE)
MONTH_BEFORE_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])([/-])(?:1[3-9]|2\d|3[01])\1(?:\d{4}|\d\d)(?!\d)")
DAY_BEFORE_MONTH = re.compile(r"(?<!\d)(?:1[3-9]|2\d|3[01])([/-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?!\d)")
BRITISH = re.compile(r"\.(?:co|org|gov|com)\.(?:uk|nz|au|in)\b|\.(?:uk|ie|eu|in|au)\b|£|€|\b(?:GMT|BST|IST|CET)\b")
AMERICAN = re.compile(r"\b(?:[ECP][SD]?T|U\.S\.|ZIP)\b|\.(?:gov|us)\b")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LETTERS = re.compile(rf"{LETTER}+")
FILLERS = frozenset("г года год at on в о от the of updated published posted date дата опубликовано обновлено мск".split())

# Reasons of cuts that a date of the article's own lies in, and of those that hold the dates of others.
OWN_CUTS = frozenset({"date line", "section line"})
FOREIGN_CUTS = frozenset({"teaser", "related links", "comments", "photo credit", "copyright", "advertisement", "cookie"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """``key`` is what it would claim: a day, a month, or ``--02-22`` where the year cannot be found."""

    mention: Mention
    line: int
    key: str
    day: dt.date | None
    features: Mapping[str, float]
    year: Year | None = None


class Page:
    """A document with its lines, its prose and its dates, each read once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.raw.text
        self.layout: Layout = see_layout(document)
        self.mentions: list[Mention] = list(islice(walk_dates(self.text), MOST_DATES))
        self.told: list[Told] = read_prose(self.text, self.layout, self.mentions)
        self.collected: dt.date | None = document.raw.collected.date() if document.raw.collected else None
        self.newest = self.collected + dt.timedelta(days=1) if self.collected else dt.date(2100, 1, 1)

    @cached_property
    def weekdays(self) -> set[int]:
        return weekdays_said(self.text, self.layout)

    @cached_property
    def prose(self) -> list[int]:
        """The lines of prose, by number."""
        return [number for number, line in enumerate(self.layout.lines) if line.prose]

    def prose_before(self, line: int) -> int:
        """How many lines of the body's prose stand above a line."""
        return bisect_left(self.prose, line) - bisect_left(self.prose, self.layout.first)

    @cached_property
    def headings(self) -> list[int]:
        """The lines below the headline that head lists of other articles."""
        start = self.layout.body[0]
        return [self.layout.line_at(match.start()) for match in HEADING.finditer(self.text, start)]

    @cached_property
    def cyrillic(self) -> bool:
        sample = self.text[slice(*self.layout.body)][:2000] or self.text[:2000]
        return len(CYRILLIC.findall(sample)) > 0.3 * len(sample)

    @cached_property
    def orders(self) -> tuple[bool, ...]:
        """Whether the month stands first in two numbers: one answer where the page shows it, else the likelier first.

        Russian knows one order. In English other dates of the page tell, else the words of one side of the ocean.
        """
        day_first, month_first = DAY_BEFORE_MONTH.search(self.text), MONTH_BEFORE_DAY.search(self.text)
        if self.cyrillic or (day_first and not month_first):
            return (False,)
        if month_first and not day_first:
            return (True,)
        return (False, True) if BRITISH.search(self.text) and not AMERICAN.search(self.text) else (True, False)

    @cached_property
    def years(self) -> YearEvidence:
        """What can tell the year of a date without one."""
        lines = self.layout.lines
        calendar = [
            (one.year, one.month)
            for one in self.mentions
            if one.shape == "month" and one.year and one.month and not lines[self.layout.line_at(one.start)].prose
        ]
        in_url = month_in_url(self.document.raw.url)
        if in_url:
            calendar = [in_url]
        return gather_years(self.text, self.layout.body, self.told, calendar, self.collected)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with the form of its place and its label; ``shift``: what "yesterday" beside it adds."""

    mention: Mention
    line: int
    form: str
    label: str = ""
    shift: dt.timedelta = dt.timedelta()
    wordy: str = ""


def find_candidates(page: Page) -> list[Candidate]:
    """All candidates of a page, in the order of the text."""
    placed = [*_written(page)]
    taken = {one.mention.start for one in placed}
    placed += [one for one in _told(page) if one.mention.start not in taken]
    dated = [candidate for one in placed for candidate in _with_days(page, one)]
    dated += _relative(page, {one.line for one in placed}, dated)
    dated.sort(key=lambda candidate: candidate.mention.start)
    return _with_context(page, _complete_from_page(dated))


def _complete_from_page(dated: Sequence[Candidate]) -> list[Candidate]:
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


def _written(page: Page) -> Iterator[Placed]:
    """The dates written out in lines of their own kind, with clock, weekday and label."""
    previous = 0
    for mention in page.mentions:
        number = page.layout.line_at(mention.start)
        line = page.layout.lines[number]
        left = max(line.start, previous)
        mention = with_clock_and_weekday(page.text, mention, left, line.end)
        label = _label(page, mention, number, left)
        form = _form(page.text, mention, line.start, line.end, line.prose, label)
        if form and _believable(mention, form):
            if form == "alone" and not mention.clock:
                mention = _with_neighbours(page, mention, number)
            wordy = _wordy(page.text, mention, line.start, line.end) if form != "alone" else ""
            yield Placed(mention, number, form, label, wordy=wordy)
        previous = mention.end


def _told(page: Page) -> Iterator[Placed]:
    """The dates by which the prose says its own day."""
    for told in page.told:
        if told.form in SPEAKING:
            line = page.layout.line_at(told.mention.start)
            yield Placed(told.mention, line, told.form, shift=dt.timedelta(days=told.days))


def _believable(mention: Mention, form: str) -> bool:
    """A bare month, a year of two digits or none at all count only where nothing else is said."""
    if mention.shape == "month":
        return form == "alone" or form == "labelled"
    if mention.year is None or mention.short:
        return form in {"alone", "short"} or bool(mention.clock)
    return mention.year >= OLDEST


def _form(text: str, mention: Mention, start: int, end: int, prose: bool, label: str) -> str:
    """How the line is made in which the mention stands; empty for the inside of prose."""
    before, after = text[start : mention.start], text[mention.end : end]
    if len(before) + len(after) < 200:
        words = LETTERS.findall(f"{before} {after}")
        letters = sum(len(word) for word in words if word.lower() not in FILLERS)
        if letters <= 2:
            return "alone"
        if letters <= 30 or not prose:
            return "short"
    if label in {"published", "updated"}:
        return "labelled"
    if not before.strip(" \t\xa0\"«([—–-"):
        return "start"
    spelt = mention.shape == "words" and not mention.clock  # at the end of a sentence, a date is told
    return "" if spelt or after.strip(" \t\xa0.)]»\"") else "end"


def _wordy(text: str, mention: Mention, start: int, end: int) -> str:
    """What the rest of the line is: an event told after a dash, or as much as a headline, before the date or after."""
    if mention.shape == "words" and not mention.clock and DASH_AND_WORDS.match(text, mention.end, end):
        return "event_line"
    if len(text[start : mention.start].strip()) >= WORDY:
        return "words_before"
    return "words_after" if len(text[mention.end : end].strip()) >= WORDY else ""


def _label(page: Page, mention: Mention, number: int, left: int) -> str:
    """What the words before the mention, or the line above it, say that it is."""
    line = page.layout.lines[number]
    before = page.text[max(left, mention.start - LABEL_REACH) : mention.start]
    if not before.strip() and number and left == line.start:
        above = page.layout.lines[number - 1]
        before = page.text[above.start : above.end] if above.end - above.start <= LABEL_REACH else ""
    if UPDATED.search(before):
        return "updated"
    if PUBLISHED.search(before):
        return "published"
    if FOREIGN.search(before) or PREPOSITION.search(before):
        return "foreign"
    around = max(line.start, mention.start - FOREIGN_REACH), min(line.end, mention.end + FOREIGN_REACH)
    return "foreign_line" if FOREIGN.search(page.text, *around) else ""


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
                    return replace(mention, weekday=weekday)
    return mention


def _with_days(page: Page, one: Placed) -> Iterator[Candidate]:
    """One candidate a reading of the mention: with its year, in either order of its numbers, not after collection."""
    mention = one.mention
    features = {one.form: 1.0, one.label: 1.0} if one.label else {one.form: 1.0}
    if mention.clock:
        features["clock"] = 1.0
    if mention.weekday is not None and one.form not in SPEAKING:
        features["day_name"] = 1.0
    if one.wordy:
        features[one.wordy] = 1.0
    if mention.seconds:
        features["seconds"] = 1.0
    if mention.short:
        features["short_year"] = 1.0
    if mention.year and one.form in {"told", "weekday"}:
        features["told_year"] = 1.0
    if mention.day is None:
        key = f"{mention.year}-{mention.month:02}"
        if f"{page.newest}" >= key:
            yield Candidate(mention, one.line, key, None, {**features, "month_only": 1.0})
    elif mention.year is None:
        yield _with_year(page, one, features)
    else:
        orders = page.orders if mention.either else (False,)
        for month_first in orders:
            read = replace(mention, month=mention.day, day=mention.month) if month_first else mention
            day = read.date
            if day and day + one.shift <= page.newest:
                unlikely = {} if month_first == orders[0] else {"unlikely_order": 1.0}
                day += one.shift
                yield Candidate(read, one.line, day.isoformat(), day, {**features, **unlikely})


def _with_year(page: Page, one: Placed, features: Mapping[str, float]) -> Candidate:
    month, day = one.mention.month or 0, one.mention.day or 0
    year = find_year(month, day, one.mention.weekday, page.years)
    if year is None:
        shifted = dt.date(LEAP_YEAR, month, day) + one.shift
        key = f"--{shifted.month:02}-{shifted.day:02}"
        return Candidate(one.mention, one.line, key, None, {**features, "no_year": 1.0})
    date = dt.date(year.value, month, day) + one.shift
    return Candidate(one.mention, one.line, date.isoformat(), date, {**features, "found_year": 1.0}, year)


def _relative(page: Page, taken: set[int], dated: Sequence[Candidate]) -> list[Candidate]:
    """"Today, 16:14" and the like around headline and body, against the day of collection or the latest on the page."""
    anchor = page.collected or max((one.day for one in dated if one.day), default=None)
    guessed = {} if page.collected else {"guessed_anchor": 1.0}
    if anchor is None:
        return []
    found = []
    layout = page.layout
    above = layout.headline if layout.headline >= 0 else layout.first
    near = {*range(above - RELATIVE_REACH, layout.first + RELATIVE_REACH), *range(layout.last, layout.last + RELATIVE_REACH)}
    for number in sorted(near - taken):
        if not 0 <= number < len(layout.lines):
            continue
        line = layout.lines[number]
        if line.end - line.start > SHORT_LINE:
            continue
        mention = find_relative(page.text, line.start, line.end)
        if mention:
            mention = with_clock_and_weekday(page.text, mention, line.start, line.end)
            form = _form(page.text, mention, line.start, line.end, True, "")
            if form != "alone" and not (mention.clock or mention.counted):
                continue
            day = anchor + dt.timedelta(days=mention.days or 0)
            features = {"relative": 1.0, **guessed, **({"clock": 1.0} if mention.clock else {})}
            found.append(Candidate(mention, number, day.isoformat(), day, features))
    return found


def _with_context(page: Page, dated: Sequence[Candidate]) -> list[Candidate]:
    """Each candidate with the features that depend on the others, on the prose and on its place."""
    counts = Counter(one.key for one in dated)
    days = [one.day for one in dated if one.day]
    latest, earliest = max(days, default=None), min(days, default=None)
    lines = [one.line for one in dated]
    cuts = _cut_features(page, dated)
    url_day = day_in_url(page.document.raw.url)
    complete = []
    rank = 0
    near = _near(page.layout, dated)
    below = {one.key for one in dated if one.line > page.layout.last}
    for index, one in enumerate(dated):
        features = dict(one.features)
        features.update(_place(page.layout, one.line))
        if "above" in features:
            if "day_name" in features:
                features["day_name_above"] = 1.0
            if near - {one.key}:
                features["rival"] = 1.0
        if "updated" in features and _is_update(dated, index):
            del features["updated"]
            features["update"] = 1.0
        if one.line > page.layout.comments:
            features["comment"] = 1.0
        if one.line > page.layout.first:
            if page.prose_before(one.line) < BODY_LINES:
                features["early"] = 1.0
            elif _is_under_title(page, one.line):
                features["under_title"] = 1.0
        if one.line >= page.layout.headline:
            features["rank"] = math.log1p(rank)
            rank += 1
        headed = one.line > page.layout.first and _is_headed(page.headings, one.line)
        if headed:
            features["headed"] = 1.0
        if "below" in features and len(below) >= LIST_LENGTH and (headed or "just_below" not in features):
            features["below_list"] = 1.0
        others = _others(dated, lines, index)
        if others:
            features["crowded"] = min(others, 4) / 4
        if counts[one.key] > 1:
            features["repeated"] = min(math.log2(counts[one.key]), 3)
        if one.day and latest != earliest:
            if one.day == latest:
                features["latest"] = 1.0
                if "above" in features:
                    features["latest_above"] = 1.0
            elif one.day == earliest:
                features["earliest"] = 1.0
        if one.day:
            features.update(_against_prose(page, one.day))
        if url_day and one.day:
            features["url_agrees" if abs((one.day - url_day).days) <= 1 else "url_differs"] = 1.0
        if cuts[index]:
            features[cuts[index]] = 1.0
        complete.append(replace(one, features=features))
    return complete


def _is_under_title(page: Page, line: int) -> bool:
    """Whether the line above reads like the headline of another article."""
    above = page.layout.lines[line - 1]
    if above.prose or above.end - above.start not in TITLE_LENGTHS:
        return False
    if NO_TITLE.search(page.text, above.start, above.end):
        return False
    return len(LETTERS.findall(page.text, above.start, above.end)) >= TITLE_WORDS


def _is_headed(headings: Sequence[int], line: int) -> bool:
    """Whether a list of other articles begins not far above."""
    index = bisect_left(headings, line) - 1
    return index >= 0 and line - headings[index] <= HEADED_LINES


def _near(layout: Layout, dated: Sequence[Candidate]) -> set[str]:
    """The days that stand between headline and body, or with a clock and alone in the body or directly below it."""
    top = layout.headline if layout.headline >= 0 else layout.first
    near = set()
    for one in dated:
        alone = "clock" in one.features and ("alone" in one.features or "labelled" in one.features)
        if top <= one.line <= (min(layout.last + JUST_BELOW, layout.comments) if alone else layout.first):
            near.add(one.key)
    return near


def _is_update(dated: Sequence[Candidate], index: int) -> bool:
    """Whether an earlier day stands beside a date of an update."""
    one = dated[index]
    near = dated[max(0, index - 2) : index + 3]
    return any(
        abs(other.line - one.line) <= 2 and other.key < one.key and "updated" not in other.features for other in near
    )


def _place(layout: Layout, line: int) -> dict[str, float]:
    top = layout.headline if layout.headline >= 0 else layout.first
    if line < top:
        return {"above": 1.0, "above_by": math.log(top - line), **({"top": 1.0} if line < 3 else {})}
    if line < layout.first:
        return {"between": 1.0, **({"between_sure": 1.0} if layout.sure else {})}
    if line == layout.first:
        return {"first_line": 1.0}
    if line <= layout.last:
        return {"inside": 1.0, "inside_by": math.log(line - layout.first)}
    just = {"just_below": 1.0} if line - layout.last <= JUST_BELOW else {}
    return {"below": 1.0, "below_by": math.log(line - layout.last), **just}


def _others(dated: Sequence[Candidate], lines: Sequence[int], index: int) -> int:
    """How many other days are named in the lines around."""
    low = max(bisect_left(lines, lines[index] - NEARBY_LINES), index - 6)
    high = min(bisect_right(lines, lines[index] + NEARBY_LINES), index + 7)
    return len({one.key for one in dated[low:high]} - {dated[index].key})


def _against_prose(page: Page, day: dt.date) -> dict[str, float]:
    """Whether the prose speaks as if it were this day: by dateline, by "on Tuesday, Feb. 22", by what it tells."""
    features = {}
    for told in page.told[:MOST_TOLD]:
        gap = days_between(told.mention, day)
        if gap is None:
            continue
        gap += told.days
        if told.form in AGREEING:
            features[f"{told.form}_agrees" if 0 <= gap <= 1 else f"{told.form}_differs"] = 1.0
        if 0 <= gap <= 4:
            features["told_just_before"] = 1.0
        elif gap < 0 and told.form != "future" and told.mention.year:
            features["told_after"] = 1.0
    if page.weekdays:
        fits = day.weekday() in page.weekdays or (day.weekday() - 1) % 7 in page.weekdays
        features["weekday_fits" if fits else "weekday_differs"] = 1.0
    return features


def _cut_features(page: Page, dated: Sequence[Candidate]) -> list[str]:
    """For each candidate, what the cut says in which it lies. Both are in order, so each is passed once."""
    cuts, at = page.document.cuts, 0
    said = []
    for one in dated:
        while at < len(cuts) and cuts[at].end <= one.mention.start:
            at += 1
        inside = at < len(cuts) and cuts[at].start <= one.mention.start
        reason = cuts[at].reason if inside else ""
        said.append("cut_own" if reason in OWN_CUTS else "cut_foreign" if reason in FOREIGN_CUTS else "")
    return said
