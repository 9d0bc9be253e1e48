"""Timelines, laid out in Python and drawn by the templates as SVG.

One unit across is one bar, one unit down is one pixel: the drawing stretches with the page. What is lettered stands in
a drawing of its own, placed by per cent, so that the letters do not stretch.

A timeline shows the whole months that hold the chosen dates, or all the time that there are articles of. The shorter
that is, the shorter the time that a bar stands for, down to a day. Dates do not narrow the counts but mark bars.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from pyroaring import BitMap

from newsdesk.reader.filters import DATES, ArticleFilter
from newsdesk.reader.spans import end_of, span_of_days
from newsdesk.search import index

HEIGHT = 64  # of the tallest bar
WIDTH = 0.78  # of its unit that a bar fills
WIDEST = 0.024  # of the drawing that it fills at most
DAYS, WEEKS = 93, 400  # days that are shown by the day, by the week
BARS = 132  # more than these, and a bar stands for a longer time
STEPS = (1, 3, 12, 120)  # months
TICKS = 12  # lettered at most
ROOMY = 8  # more of them, and every other one is minor
LEAST_NAMED = 4  # days that a week has left behind its first, so that its name has room
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, week, month, quarter, year or decade. ``url`` narrows the list to it, or widens it again where it is
    chosen; ``place`` is all that can be clicked, ``column`` what is seen. ``parts`` are the counts by layer."""

    label: str
    count: int
    url: str
    chosen: bool
    place: str
    column: str
    parts: list[int]


@dataclass(frozen=True, slots=True)
class Tick:
    """``minor`` ones have no letters where the drawing is narrow."""

    label: str
    left: str
    url: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of each column, from the bottom up; ``path`` draws all of them."""

    label: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """First days of the bars, and of the one that would follow. ``step`` is months, or 0 for days and weeks; ``whole``
    is all the time that there are articles of."""

    starts: list[dt.date]
    step: int
    whole: bool = False

    @property
    def units(self) -> int:
        return max(0, len(self.starts) - 1)

    @property
    def first(self) -> dt.date:
        return self.starts[0]

    @property
    def last(self) -> dt.date:
        return self.starts[-1] - DAY

    def count(self, ids: BitMap) -> list[int]:
        """The articles of each bar."""
        counts: Counter[int] = Counter()
        if self.starts:
            counted = index.months(ids) if self.step else index.days(ids, self.first, self.last)
            for day, count in counted:
                if self.first <= day <= self.last:
                    counts[bisect_right(self.starts, day) - 1] += count
        return [counts[at] for at in range(self.units)]

    def labels(self) -> list[str]:
        return [_label(start, end - DAY, self.step) for start, end in pairwise(self.starts)]


@dataclass(frozen=True, slots=True)
class Timeline:
    """``reach`` marks the chosen dates under the bars. ``overview`` is the whole time, where less is shown. A
    ``brush`` sets other dates in ``any_time_url``."""

    bars: list[Bar]
    ticks: list[Tick]
    units: int
    reach: str
    undated: int
    undated_url: str
    undated_chosen: bool
    layers: list[Layer]
    overview: Overview | None
    starts: list[dt.date]
    any_time_url: str
    narrowed: bool


@dataclass(frozen=True, slots=True)
class Overview:
    bars: list[Bar]
    units: int
    reach: str


Layers = Sequence[tuple[str, BitMap, str]]  # what it is called, its articles, the address of the list with it


def make_timeline(articles: ArticleFilter, layers: Layers = ()) -> Timeline | None:
    """Counted under every filter but the dates. None where no article at all is left."""
    within = articles.ids_without(*DATES)
    months, undated = [month for month, _ in index.months(within)], index.undated(within)
    if not months and not undated:
        return None
    frame = frame_of(articles, months)
    undated_chosen = articles.values.get("dated") == "no"
    counts = frame.count(within)
    shares = [(label, frame.count(within & ids), url) for label, ids, url in layers]
    parts = [list(of_one) for of_one in zip(*(share for _, share, _ in shares), strict=True)]
    return Timeline(
        bars=_make_bars(articles, frame, counts, parts),
        ticks=_make_ticks(articles, frame),
        units=frame.units,
        reach=_reach(articles, frame.starts, thick=3),
        undated=undated,
        undated_url=articles.address.url_with(
            published_after=None, published_before=None, dated=None if undated_chosen else "no"
        ),
        undated_chosen=undated_chosen,
        layers=_make_layers(frame, shares, max(counts, default=0)),
        overview=None if frame.whole else _make_overview(articles, _whole_frame(months), within),
        starts=frame.starts,
        any_time_url=articles.address.url_with(published_after=None, published_before=None, dated=None),
        narrowed=any(_chosen_days(articles)),
    )


def frame_of(articles: ArticleFilter, months: Sequence[dt.date]) -> Frame:
    """What is shown of the ``months`` that have articles: all, or those that the chosen dates touch."""
    if not months:
        return Frame([], 1, whole=True)
    after, before = _chosen_days(articles)
    first = max(months[0], after.replace(day=1)) if after else months[0]
    last = min(end_of(months[-1]), end_of(before)) if before else end_of(months[-1])
    whole = first >= last or (first, last) == (months[0], end_of(months[-1]))
    return _whole_frame(months) if whole else _make_frame(first, last)


def _whole_frame(months: Sequence[dt.date]) -> Frame:
    return replace(_make_frame(months[0], end_of(months[-1])), whole=True)


def _make_frame(first: dt.date, last: dt.date) -> Frame:
    """Of days and weeks as they are, of longer bars in whole years."""
    days = (last - first).days + 1
    if days <= DAYS:
        return Frame([first + at * DAY for at in range(days)] + [_after(last)], 0)
    if days <= WEEKS:
        monday = first + (-first.weekday() % 7) * DAY
        later = [monday + at * DAY for at in range(0, (last - monday).days + 1, 7)]
        return Frame([*([first] if monday != first else []), *later, _after(last)], 0)
    months = (last.year - first.year + 1) * 12
    step = next((step for step in STEPS if months <= BARS * step), STEPS[-1])
    starts = [_first(first.year + at // 12, at % 12 + 1) for at in range(0, months + step, step)]
    return Frame(starts, step)


def _first(year: int, month: int) -> dt.date:
    return dt.date(year, month, 1) if year <= dt.MAXYEAR else dt.date.max


def _after(day: dt.date) -> dt.date:
    return day + min(DAY, dt.date.max - day)


def _make_bars(articles: ArticleFilter, frame: Frame, counts: list[int], parts: list[list[int]]) -> list[Bar]:
    """Those that are not empty."""
    most = max(counts, default=0)
    spans, labels = list(pairwise(frame.starts)), frame.labels()
    return [
        Bar(
            label=labels[at],
            count=count,
            url=_narrow(articles, spans[at][0], spans[at][1] - DAY, frame),
            chosen=_is_chosen(articles, spans[at][0], spans[at][1] - DAY),
            place=f"M{at} 0h1v{HEIGHT}h-1z",
            column=_column(at, frame.units, HEIGHT, max(2, round(HEIGHT * count / most))),
            parts=parts[at] if parts else [],
        )
        for at, count in enumerate(counts)
        if count
    ]


def _column(at: int, units: int, bottom: float, height: float) -> str:
    width = min(WIDTH, WIDEST * units)
    return f"M{at + (1 - width) / 2:.4g} {bottom - height:.4g}h{width:.3g}v{height:.4g}h-{width:.3g}z"


def _make_layers(frame: Frame, shares: Sequence[tuple[str, list[int], str]], most: int) -> list[Layer]:
    """Each stands on those before it."""
    bottoms = [float(HEIGHT)] * frame.units
    layers = []
    for label, counts, url in shares:
        path = ""
        for at, count in enumerate(counts):
            if count:
                height = HEIGHT * count / most
                path += _column(at, frame.units, bottoms[at], height)
                bottoms[at] -= height
        layers.append(Layer(label, path, url))
    return layers


def _make_overview(articles: ArticleFilter, frame: Frame, within: BitMap) -> Overview:
    return Overview(
        bars=_make_bars(articles, frame, frame.count(within), []),
        units=frame.units,
        reach=_reach(articles, frame.starts, thick=8),
    )


def _make_ticks(articles: ArticleFilter, frame: Frame) -> list[Tick]:
    """Years, or months where a bar is a week, or days; all, or every so many that there is room for their names. The
    first January is among them, since it says the year."""
    if not frame.starts:
        return []
    marks = _marks(frame)
    every = -(-len(marks) // TICKS)
    january = next((at for at, (_label, first, _last) in enumerate(marks) if (first.month, first.day) == (1, 1)), 0)
    shown = marks[january % every :: every]
    return [
        Tick(
            label,
            f"{100 * _units(frame.starts, first) / frame.units:.4g}%",
            _narrow(articles, first, last, frame),
            minor=len(shown) > ROOMY and (at - january // every) % 2 == 1,
        )
        for at, (label, first, last) in enumerate(shown)
    ]


def _marks(frame: Frame) -> list[tuple[str, dt.date, dt.date]]:
    first, last = frame.first, frame.last
    if frame.step:
        years = range(first.year, last.year + 1)
        return [(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years]
    months = list(_months(first, last))
    if len(months) > 1:
        years_too = first.year != last.year
        return [
            (date_format(month, "Y" if years_too and month.month == 1 else "M"), month, end_of(month))
            for month in months
        ]
    weeks = [day for day in frame.starts[:-1:7] if day == first or (last - day).days >= LEAST_NAMED]
    return [(date_format(day, "j M"), day, min(day + 6 * DAY, last)) for day in weeks]


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _after(end_of(month))


def _reach(articles: ArticleFilter, starts: list[dt.date], *, thick: int) -> str:
    """A line from the first chosen day to the last."""
    after, before = _chosen_days(articles)
    if not starts or not (after or before):
        return ""
    left = _units(starts, after) if after else 0
    right = _units(starts, _after(before)) if before else len(starts) - 1
    return f"M{left:.4g} {HEIGHT}h{max(0, right - left):.4g}v{thick}h-{max(0, right - left):.4g}z"


def _units(starts: list[dt.date], day: dt.date) -> float:
    """How far across a day lies."""
    at = bisect_right(starts, day) - 1
    if at < 0 or at >= len(starts) - 1:
        return min(max(at, 0), len(starts) - 1)
    return at + (day - starts[at]).days / (starts[at + 1] - starts[at]).days


def _narrow(articles: ArticleFilter, first: dt.date, last: dt.date, frame: Frame) -> str:
    """The address of the list between two days. If it is there already, of what is shown around them; and if that is
    as much or all, without dates."""
    chosen = _chosen_days(articles) == (first, last)
    if chosen and not frame.whole and (first, last) != (frame.first, frame.last):
        chosen, first, last = False, frame.first, frame.last
    return articles.address.url_with(
        published_after=None if chosen else first.isoformat(),
        published_before=None if chosen else last.isoformat(),
        dated=None,
    )


def _chosen_days(articles: ArticleFilter) -> tuple[dt.date | None, dt.date | None]:
    return articles.values.get("published_after"), articles.values.get("published_before")


def _is_chosen(articles: ArticleFilter, start: dt.date, last: dt.date) -> bool:
    """Whether any day of the bar lies in the chosen dates."""
    after, before = _chosen_days(articles)
    return bool(after or before) and not (after and last < after) and not (before and start > before)


def _label(start: dt.date, last: dt.date, step: int) -> str:
    return _label_in(get_language(), start, last, step)


@lru_cache(1000)
def _label_in(language: str | None, start: dt.date, last: dt.date, step: int) -> str:  # noqa: ARG001  (what is remembered differs by it)
    """In ``language``, which is the current one."""
    if start == last:
        return date_format(start, "j E Y")
    if not step:
        return span_of_days(start, last)
    days = (last - start).days
    if days <= 31:
        return date_format(start, "F Y")
    if days <= 92:
        return gettext("quarter %(quarter)s of %(year)s") % {"quarter": (start.month + 2) // 3, "year": start.year}
    return str(start.year) if days <= 366 else f"{start.year}–{last.year}"
