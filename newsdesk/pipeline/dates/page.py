"""A document as the date is looked for in it: its lines, its prose and its dates, each read once."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice

from newsdesk.pipeline.dates.grammar import SPACE, Mention, walk_dates
from newsdesk.pipeline.dates.layout import Layout, see_layout
from newsdesk.pipeline.dates.prose import Told, read_prose, weekdays_said
from newsdesk.pipeline.dates.stated import day_in_url, month_in_url
from newsdesk.pipeline.dates.words import LIST_HEADINGS
from newsdesk.pipeline.dates.years import NEWEST, YearEvidence, gather_years
from newsdesk.pipeline.document import Document

MOST_DATES = 1000  # of a text that has more, the rest is a list
SAMPLE = 2000  # characters that show the alphabet, and the side of the ocean
CYRILLIC_SHARE = 0.3
HEADED_LINES = 30  # that a list of other articles may take below its heading

# Reasons of cuts that a date of the article's own lies in, and of those that hold the dates of others.
OWN_CUTS = frozenset({"date line", "section line"})
FOREIGN_CUTS = frozenset({"teaser", "related links", "comments", "photo credit", "advertisement", "cookie"})

HEADING = re.compile(
    rf"^\W{{0,3}}(?:{LIST_HEADINGS})(?:[^\n.:]{{0,30}}:?$|{SPACE}?\w{{0,10}}:)", re.IGNORECASE | re.MULTILINE
)
MONTH_FIRST = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])([/-])(?:1[3-9]|2\d|3[01])\1(?:\d{4}|\d\d)(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(?:1[3-9]|2\d|3[01])([/-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?!\d)")
BRITISH = re.compile(r"\.(?:co|org|gov|com)\.(?:uk|nz|au|in)\b|\.(?:uk|ie|eu|in|au)\b|£|€|\b(?:GMT|BST|IST|CET)\b")
AMERICAN = re.compile(r"\b(?:[ECP][SD]?T|U\.S\.|ZIP)\b|\.(?:gov|us)\b")
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇї]")


class Page:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.raw.text
        self.layout: Layout = see_layout(document)
        self.mentions: list[Mention] = list(islice(walk_dates(self.text), MOST_DATES))
        own = [one for one in self.mentions if self.cut_at(one.start) not in FOREIGN_CUTS]
        self.told: list[Told] = read_prose(self.text, self.layout, own)
        self.url_day: dt.date | None = day_in_url(document.raw.url)
        self.collected: dt.date | None = document.raw.collected.date() if document.raw.collected else None
        # A page collected in the west may have been published in the east, a day later.
        self.newest: dt.date = self.collected + dt.timedelta(days=1) if self.collected else NEWEST

    def cut_at(self, offset: int) -> str:
        """The reason of the cut in which an offset lies, or nothing."""
        cuts = self.document.cuts
        number = bisect_right(cuts, offset, key=lambda cut: cut.start) - 1
        return cuts[number].reason if number >= 0 and offset < cuts[number].end else ""

    @cached_property
    def weekdays(self) -> set[int]:
        """The days of the week that the first paragraphs speak of."""
        return weekdays_said(self.text, self.layout)

    @cached_property
    def prose_lines(self) -> list[int]:
        return [number for number, line in enumerate(self.layout.lines) if line.prose]

    def prose_before(self, line: int) -> int:
        """How many lines of the body's prose stand above a line."""
        return bisect_left(self.prose_lines, line) - bisect_left(self.prose_lines, self.layout.first)

    @cached_property
    def headings(self) -> list[int]:
        """The lines from the body on that head lists of other articles."""
        start = self.layout.body[0]
        return [self.layout.line_at(match.start()) for match in HEADING.finditer(self.text, start)]

    def is_headed(self, line: int) -> bool:
        """Whether a list of other articles begins not far above."""
        index = bisect_left(self.headings, line) - 1
        return index >= 0 and line - self.headings[index] <= HEADED_LINES

    @cached_property
    def orders(self) -> tuple[bool, ...]:
        """Whether the month stands first in two numbers: one answer where it is known, else the likelier first.

        Russian knows one order. In English the other dates of the page tell, those of numbers before the same day in
        words, else the words of one side of the ocean.
        """
        sample = self.text[slice(*self.layout.body)][:SAMPLE] or self.text[:SAMPLE]
        if len(CYRILLIC.findall(sample)) > CYRILLIC_SHARE * len(sample):
            return (False,)
        day_first, month_first = bool(DAY_FIRST.search(self.text)), bool(MONTH_FIRST.search(self.text))
        if day_first != month_first:
            return (month_first,)
        certain = {one.date for one in self.mentions if not one.either}
        either = [one for one in self.mentions if one.either]
        day_first = any(one.date in certain for one in either)
        month_first = any(one.swapped().date in certain for one in either)
        if day_first != month_first:
            return (month_first,)
        return (False, True) if BRITISH.search(self.text) and not AMERICAN.search(self.text) else (True, False)

    @cached_property
    def years(self) -> YearEvidence:
        """What can tell the year of a date without one."""
        in_url = month_in_url(self.document.raw.url)
        lines = self.layout.lines
        calendar = (
            [in_url]
            if in_url
            else [
                (one.year, one.month)
                for one in self.mentions
                if one.shape == "month" and one.year and one.month and not lines[self.layout.line_at(one.start)].prose
            ]
        )
        start, end = self.layout.body
        if self.layout.headline >= 0:
            start = min(start, lines[self.layout.headline].start)
        return gather_years(self.text, (start, end), self.told, calendar, self.collected)
