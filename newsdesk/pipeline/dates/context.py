"""What speaks for and against a candidate by its place, by the other candidates, and by what the prose tells."""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from newsdesk.pipeline.dates.candidates import SPEAKING, Candidate, list_candidates
from newsdesk.pipeline.dates.layout import Layout
from newsdesk.pipeline.dates.lines import LETTERS, OWN_LABELS
from newsdesk.pipeline.dates.page import FOREIGN_CUTS, OWN_CUTS, Page
from newsdesk.pipeline.dates.prose import Told, days_between

TOP_LINES = 3
JUST_ABOVE = 3  # lines above the headline in which the date of the article may stand
JUST_BELOW = 3  # lines below the body in which its own date may stand
BODY_LINES = 2  # lines of prose by which the body has begun for certain: one may be a summary or a caption
HEAD_LINES, MENU_LINES, MENU_WORDS = 5, 4, 3  # of a page: where it says what day it is, and the menu below that
OVER_TITLE_WORDS = 3
TURN = 3  # lines at most from one entry of a list to the next
NEARBY_LINES, NEARBY_DATES = 8, 6  # within which the dates of other days make a list
MOST_OTHERS = 4
FAR_ABOVE = 20  # lines above the headline: there, even a date without a rival is the day of the visit
# What a menu has, and the boxes between a date and the headline below it have not.
MENU = re.compile(
    r"^\W*(?:главная|меню|поиск|вход|войти|о нас|контакты|реклама|home|menu|search|sign in|log ?in|about(?: us)?|contacts?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
# Beside a labelled date, these begin the lines of a box that tells of the article itself.
FACTS = re.compile(
    r"(?:authors?|keywords|related subjects|permalink|автор|ключевые слова|источник)(?!\w)", re.IGNORECASE
)
LIST_LENGTH = 3  # days below the body that make a list
UPDATE_LINES = 2  # between a date and that of its update
MOST_TOLD = 40  # dates of the prose that a candidate is held against
JUST_BEFORE = 4  # days from what is told to the day of telling
# Beside the date of an update on the same day, none of these is that of publication.
NOT_OF_PUBLICATION = SPEAKING | {"another", "foreign", "foreign_line", "relative"}
NOT_BEFORE_UPDATE = NOT_OF_PUBLICATION | {"updated"}
AGREEING = frozenset({"dateline", "pointed", "weekday"})
TITLE_LENGTHS, TITLE_WORDS = range(20, 160), 4
# What looks like the headline of another article, but is an address, a row of links, a label, key words, an author.
NO_TITLE = re.compile(r"://|www\.|[|•·@/>]|:\s|,.*,|^by\s", re.IGNORECASE | re.MULTILINE)


def find_candidates(page: Page) -> list[Candidate]:
    """The candidates of a page with all their features."""
    dated = list_candidates(page)
    place = _Place(page, dated)
    return [
        replace(place.published(n), features={**one.features, **dict(place.features(n))}) for n, one in enumerate(dated)
    ]


class _Place:
    """Answers for one candidate after the other, in the order of the text."""

    def __init__(self, page: Page, dated: Sequence[Candidate]) -> None:
        self.page = page
        self.dated = dated
        self.lines = [one.line for one in dated]
        self.counts = Counter(one.key for one in dated)
        days = [one.day for one in dated if one.day and "updated" not in one.features]
        self.latest, self.earliest = max(days, default=None), min(days, default=None)
        self.published_labels = sum("published" in one.features for one in dated)
        self.told = _told_of_events(page.told[:MOST_TOLD], dated)
        self.near = _days_near(page.layout, dated)
        self.below = {one.key for one in dated if one.line > page.layout.last}
        self.headed_days = {
            one.key
            for one in dated
            if one.day and NOT_BEFORE_UPDATE.isdisjoint(one.features) and self._is_at_headline(one.line)
        }
        self.over_titles = {one.line for one in dated if self._is_over_title(one.line)}
        self.after_headline = bisect_left(self.lines, page.layout.headline)

    def features(self, number: int) -> Iterator[tuple[str, float]]:
        one = self.dated[number]
        layout = self.page.layout
        yield from place_of(layout, one.line).items()
        yield from self._against_others(number)
        if layout.first > layout.last:
            yield "no_body", 1.0
        if one.line >= layout.headline:
            yield "rank", math.log1p(number - self.after_headline)
        if one.line > layout.first:
            yield from self._after_body(one)
        if one.day:
            yield from against_prose(self.told, self.page.weekdays, one.day).items()
            if self.page.url_day:
                yield "url_agrees" if abs((one.day - self.page.url_day).days) <= 1 else "url_differs", 1.0
        yield from self._against_cuts(one)

    def _against_cuts(self, one: Candidate) -> Iterator[tuple[str, float]]:
        """Cleaning also calls the clock in the head of a page a date line, and lets lists begin right below the body."""
        layout, reason = self.page.layout, self.page.cut_at(one.mention.start)
        if reason in OWN_CUTS and layout.top - JUST_ABOVE <= one.line <= layout.first:
            yield "cut_own", 1.0
        elif reason in FOREIGN_CUTS and (
            self.page.is_headed(one.line) or not layout.last < one.line <= layout.last + JUST_BELOW
        ):
            yield "cut_foreign", 1.0

    def _against_others(self, number: int) -> Iterator[tuple[str, float]]:
        one = self.dated[number]
        above = one.line < self.page.layout.top
        if above and self._is_in_head(one):
            yield "in_head", 1.0
        if self._is_listed(one.line):
            yield "over_title", 1.0
        if above and "day_name" in one.features:
            yield "day_name_above", 1.0
        if above and self.near - {one.key}:
            yield "rival", 1.0
        if "updated" in one.features:
            if self._is_update(number):
                yield "updated", 0.0
                yield "update", 1.0
        elif self._has_update(number):
            yield "updated_beside", 1.0
        if others := self._others(number):
            yield "crowded", min(others, MOST_OTHERS) / MOST_OTHERS
        if self.counts[one.key] > 1:
            yield "repeated", min(math.log2(self.counts[one.key]), 3.0)
        if one.day and self.latest != self.earliest:
            if one.day == self.latest:
                yield "latest", 1.0
                if above:
                    yield "latest_above", 1.0
            elif one.day == self.earliest:
                yield "earliest", 1.0

    def _after_body(self, one: Candidate) -> Iterator[tuple[str, float]]:
        """Below the first line of the body the dates of others begin."""
        layout, line = self.page.layout, one.line
        if self._is_of_facts(one):
            return
        if self.page.prose_before(line) < BODY_LINES:
            yield "early", 1.0
        elif self._is_under_title(line):
            yield "under_title", 1.0
        if line > layout.comments:
            yield "comment", 1.0
            yield "in_comments", 1.0  # the training pages have hardly any
        headed = self.page.is_headed(line)
        if headed:
            yield "headed", 1.0
        if line > layout.last and len(self.below) >= LIST_LENGTH and (headed or line > layout.last + JUST_BELOW):
            yield "below_list", 1.0

    def _is_at_headline(self, line: int) -> bool:
        return self.page.layout.top - JUST_ABOVE <= line <= self.page.layout.first

    def _is_of_facts(self, one: Candidate) -> bool:
        """Whether it is the only labelled date, in a box that names the author, key words and the like of the article."""
        lines = self.page.layout.lines
        return (
            self.published_labels == 1
            and "published" in one.features
            and any(
                FACTS.match(self.page.text, lines[number].start, lines[number].end)
                for number in (one.line - 1, one.line + 1)
                if number < len(lines)
            )
        )

    def _is_under_title(self, line: int) -> bool:
        """Whether the line above reads like the headline of another article."""
        return not self.page.layout.lines[line - 1].prose and self._is_title(line - 1, TITLE_WORDS)

    def _is_listed(self, line: int) -> bool:
        """Whether dates and headlines take turns there, above the headline: a list of other articles."""
        beside = {line - TURN, line - TURN + 1, line + TURN - 1, line + TURN}
        listed = self.over_titles
        return len(listed) >= LIST_LENGTH and line in listed and not beside.isdisjoint(listed)

    def _is_over_title(self, line: int) -> bool:
        """Whether the line below, above the headline, reads like the headline of another article."""
        return line + 1 < self.page.layout.top and self._is_title(line + 1, OVER_TITLE_WORDS)

    def _is_title(self, number: int, words: int) -> bool:
        text, line = self.page.text, self.page.layout.lines[number]
        if line.end - line.start not in TITLE_LENGTHS:
            return False
        if NO_TITLE.search(text, line.start, line.end):
            return False
        return len(LETTERS.findall(text, line.start, line.end)) >= words

    def _is_in_head(self, one: Candidate) -> bool:
        """Whether it stands at the top of the page above a menu: the day of the visit. What may as well be sections and
        authors is a menu where one of its words says so, or where the article has another date."""
        layout = self.page.layout
        if one.line >= HEAD_LINES or not OWN_LABELS.isdisjoint(one.features):
            return False
        between = layout.lines[one.line + 1 : layout.top]
        words = [len(LETTERS.findall(self.page.text, line.start, line.end)) for line in between]
        if not between or sum(0 < count <= MENU_WORDS for count in words) < MENU_LINES:
            return False
        live = one.mention.seconds or len(between) > FAR_ABOVE or bool(self.near - {one.key})
        return live or MENU.search(self.page.text, between[0].start, between[-1].end) is not None

    def _is_update(self, number: int) -> bool:
        """Whether an earlier day stands beside the date of an update, or around the headline far above it."""
        key = self.dated[number].key
        return any(other.key < key for other in self._beside(number)) or any(day < key for day in self.headed_days)

    def _has_update(self, number: int) -> bool:
        """Whether the date of an update on a later day stands beside it."""
        key = self.dated[number].key
        return any(other.key > key and "updated" in other.features for other in self._near(number))

    def published(self, number: int) -> Candidate:
        """The candidate; beside the date of an update, that of publication on the same day gives its clock."""
        one = self.dated[number]
        if "updated" in one.features:
            for other in self._beside(number):
                if other.key == one.key and NOT_OF_PUBLICATION.isdisjoint(other.features):
                    return replace(one, mention=other.mention)
        return one

    def _beside(self, number: int) -> Iterator[Candidate]:
        """The dates near that of an update that are not those of updates."""
        return (other for other in self._near(number) if "updated" not in other.features)

    def _near(self, number: int) -> Iterator[Candidate]:
        line = self.lines[number]
        return (
            other for other in self.dated[max(0, number - 2) : number + 3] if abs(other.line - line) <= UPDATE_LINES
        )

    def _others(self, number: int) -> int:
        """How many other days are named in the lines around."""
        line = self.lines[number]
        low = max(bisect_left(self.lines, line - NEARBY_LINES), number - NEARBY_DATES)
        high = min(bisect_right(self.lines, line + NEARBY_LINES), number + NEARBY_DATES + 1)
        return len({one.key for one in self.dated[low:high]} - {self.dated[number].key})


def place_of(layout: Layout, line: int) -> Mapping[str, float]:
    """Where a line stands to headline and body, and how far away."""
    if line < layout.top:
        return {"above": 1.0, "above_by": math.log(layout.top - line), **({"top": 1.0} if line < TOP_LINES else {})}
    if line < layout.first:
        return {"between": 1.0, **({"between_sure": 1.0} if layout.sure else {})}
    if line == layout.first:
        return {"first_line": 1.0}
    if line <= layout.last:
        return {"inside": 1.0, "inside_by": math.log(line - layout.first)}
    by = line - layout.last
    return {"below": 1.0, "below_by": math.log(by), **({"just_below": 1.0} if by <= JUST_BELOW else {})}


def against_prose(prose: Iterable[Told], weekdays: Set[int], day: dt.date) -> Mapping[str, float]:
    """Whether the prose speaks as if it were this day: by dateline, by "on Tuesday, Feb. 22", by what it tells."""
    features = {}
    for told in prose:
        gap = days_between(told.mention, day)
        if gap is None:
            continue
        gap -= told.days
        if told.form in AGREEING:
            features[f"{told.form}_agrees" if 0 <= gap <= 1 else f"{told.form}_differs"] = 1.0
        if 0 <= gap <= JUST_BEFORE:
            features["told_just_before"] = 1.0
        elif gap < 0 and told.form != "future" and told.mention.year:
            features["told_after"] = 1.0
    if weekdays:
        fits = day.weekday() in weekdays or (day.weekday() - 1) % 7 in weekdays
        features["weekday_fits" if fits else "weekday_differs"] = 1.0
    return features


def _told_of_events(told: Sequence[Told], dated: Sequence[Candidate]) -> list[Told]:
    """What prose tells, but for the notes of when it was changed."""
    notes = [one.mention for one in dated if "updated" in one.features]
    return [one for one in told if not any(note.start <= one.mention.start < note.end for note in notes)]


def _days_near(layout: Layout, dated: Sequence[Candidate]) -> set[str]:
    """The days, but for those of updates, that stand between headline and body, or with a clock and alone in the body or
    directly below it."""
    near = set()
    for one in dated:
        alone = "clock" in one.features and ("alone" in one.features or "labelled" in one.features)
        last = min(layout.last + JUST_BELOW, layout.comments) if alone else layout.first
        if layout.top <= one.line <= last and "updated" not in one.features:
            near.add(one.key)
    return near
