"""The timeline above the list, laid out in Python and drawn by the template as SVG.

One unit across is one bar, one unit down is one pixel: the drawing stretches with the page. The years are lettered in
a drawing of their own, placed by per cent, so that the letters do not stretch.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from newsdesk.reader.filters import DATES, ArticleFilter
from newsdesk.search import index

HEIGHT = 64  # of the tallest bar
WIDTH = 0.78  # of its unit that a bar fills
WIDEST = 0.024  # of the drawing that it fills at most
BARS = 132  # more than these, and a bar stands for a longer time
STEPS = (1, 3, 12, 120)  # months
YEARS = 12  # lettered at most
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, quarter, year or decade. ``url`` narrows the list to it, or widens it again where it is chosen;
    ``place`` is all that can be clicked, ``column`` what is seen."""

    label: str
    count: int
    url: str
    chosen: bool
    place: str
    column: str


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    left: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """``reach`` marks the chosen dates under the bars."""

    bars: list[Bar]
    years: list[Year]
    units: int
    reach: str
    undated: int
    undated_url: str
    undated_chosen: bool


def make_timeline(articles: ArticleFilter) -> Timeline | None:
    """Counted under every filter but the dates. None where no article at all is left."""
    within = articles.ids_without(*DATES)
    months, undated = index.months(within), index.undated(within)
    if not months and not undated:
        return None
    undated_chosen = articles.values.get("dated") == "no"
    starts = _starts(months[0][0].year, months[-1][0].year) if months else []
    return Timeline(
        bars=_make_bars(articles, months, starts),
        years=_make_years(articles, starts),
        units=max(0, len(starts) - 1),
        reach=_reach(articles, starts),
        undated=undated,
        undated_url=articles.address.url_with(
            published_after=None, published_before=None, dated=None if undated_chosen else "no"
        ),
        undated_chosen=undated_chosen,
    )


def _starts(first_year: int, last_year: int) -> list[dt.date]:
    """First days of the bars, in whole years, and of the one that would follow."""
    months = (last_year - first_year + 1) * 12
    step = next((step for step in STEPS if months <= BARS * step), STEPS[-1])
    return [_first(first_year + at // 12, at % 12 + 1) for at in range(0, months + step, step)]


def _first(year: int, month: int) -> dt.date:
    return dt.date(year, month, 1) if year <= dt.MAXYEAR else dt.date.max


def _make_bars(articles: ArticleFilter, months: list[tuple[dt.date, int]], starts: list[dt.date]) -> list[Bar]:
    """Those that are not empty."""
    counts: Counter[int] = Counter()
    for month, count in months:
        counts[bisect_right(starts, month) - 1] += count
    most = max(counts.values(), default=0)
    width = min(WIDTH, WIDEST * (len(starts) - 1))
    return [
        _make_bar(articles, at, pair, counts[at], max(2, round(HEIGHT * counts[at] / most)), width)
        for at, pair in enumerate(pairwise(starts))
        if counts[at]
    ]


def _make_bar(
    articles: ArticleFilter, at: int, span: tuple[dt.date, dt.date], count: int, height: int, width: float
) -> Bar:
    start, end = span
    last = end - DAY
    return Bar(
        label=_label(start, last, get_language()),
        count=count,
        url=_narrow(articles, start, last),
        chosen=_is_chosen(articles, start, last),
        place=f"M{at} 0h1v{HEIGHT}h-1z",
        column=f"M{at + (1 - width) / 2:.4g} {HEIGHT - height}h{width:.3g}v{height}h-{width:.3g}z",
    )


def _make_years(articles: ArticleFilter, starts: list[dt.date]) -> list[Year]:
    """All, or every so many that there is room for their names."""
    if not starts:
        return []
    first, after = starts[0].year, starts[-1].year
    return [
        Year(
            label=str(year),
            left=f"{100 * (year - first) / (after - first):.4g}%",
            url=_narrow(articles, dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
        for year in range(first, after, -(-(after - first) // YEARS))
    ]


def _reach(articles: ArticleFilter, starts: list[dt.date]) -> str:
    """A line from the first chosen day to the last."""
    after, before = _chosen_days(articles)
    if not starts or not (after or before):
        return ""
    left = _units(starts, after) if after else 0
    right = _units(starts, before + min(DAY, dt.date.max - before)) if before else len(starts) - 1
    return f"M{left:.4g} {HEIGHT}h{max(0, right - left):.4g}v3h-{max(0, right - left):.4g}z"


def _units(starts: list[dt.date], day: dt.date) -> float:
    """How far across a day lies."""
    at = bisect_right(starts, day) - 1
    if at < 0 or at >= len(starts) - 1:
        return min(max(at, 0), len(starts) - 1)
    return at + (day - starts[at]).days / (starts[at + 1] - starts[at]).days


def _narrow(articles: ArticleFilter, first: dt.date, last: dt.date) -> str:
    """The address of the list between two days, or without them if it is there already."""
    chosen = _chosen_days(articles) == (first, last)
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


@lru_cache(1000)
def _label(start: dt.date, last: dt.date, language: str | None) -> str:  # noqa: ARG001  (what is remembered differs by it)
    """In ``language``, which is the current one."""
    days = (last - start).days
    if days <= 31:
        return date_format(start, "F Y")
    if days <= 92:
        return gettext("quarter %(quarter)s of %(year)s") % {"quarter": (start.month + 2) // 3, "year": start.year}
    return str(start.year) if days <= 366 else f"{start.year}–{last.year}"
