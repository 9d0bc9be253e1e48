"""Topics in time: a line of the same time axis for each, and in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from newsdesk.reader.charts import frame_of
from newsdesk.reader.facets import Choice
from newsdesk.reader.filters import ArticleFilter
from newsdesk.search import index

POINTS = 36  # across at most
HEIGHT = 20
RECENT = 4  # the last so many parts of the time are "lately"
MORE_BY = 1.5  # times as many a day as before


@dataclass(frozen=True, slots=True)
class Sparkline:
    """``path`` in a drawing ``units`` wide; ``peak`` the most that one point stands for, and when; ``trend`` in words."""

    path: str
    units: int
    peak: int
    when: str
    trend: str


def make_sparklines(articles: ArticleFilter, choices: Sequence[Choice]) -> list[Sparkline]:
    """Of topics, under every filter but the topic."""
    within = articles.ids_without("topic")
    frame = frame_of(articles, [month for month, _ in index.months(within)])
    every = max(1, -(-frame.units // POINTS))
    labels = _join(frame.labels(), every)
    ended = _length(frame.count(within))
    counts = (frame.count(within & index.value("topic", choice.value))[:ended] for choice in choices)
    return [_make([sum(some[at : at + every]) for at in range(0, ended, every)], labels) for some in counts]


def _join(labels: Sequence[str], every: int) -> list[str]:
    """Of as many points as can be told apart."""
    groups = (labels[at : at + every] for at in range(0, len(labels), every))
    return [group[0] if len(group) == 1 else f"{group[0]} – {group[-1]}" for group in groups]


def _length(counts: Sequence[int]) -> int:
    """Up to the last that is not empty."""
    return max((at + 1 for at, count in enumerate(counts) if count), default=0)


def _make(counts: Sequence[int], labels: Sequence[str]) -> Sparkline:
    peak = max(counts, default=0)
    heights = [round(HEIGHT * (1 - count / peak), 1) if peak else HEIGHT for count in counts]
    points = "".join(f"{'L' if at else 'M'}{at} {height:g}" for at, height in enumerate(heights))
    when = labels[counts.index(peak)] if peak else ""
    return Sparkline(points, max(1, len(counts) - 1), peak, when, _trend(counts))


def _trend(counts: Sequence[int]) -> str:
    recent = max(1, len(counts) // RECENT)
    late, early = counts[-recent:], counts[:-recent]
    if not early or not any(counts):
        return ""
    now, before = sum(late) / len(late), sum(early) / len(early)
    if now > before * MORE_BY:
        return gettext("more of it lately")
    return gettext("less of it lately") if now * MORE_BY < before else gettext("about as much lately as before")
