"""The one door to search and facets: full text and bitmaps, in step with each other.

The articles app writes through `put` and `remove`, inside its own transaction; the reader asks the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from newsdesk.query.tree import Query


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of one article. ``facets`` maps a facet (country, about, topic, language, source, story,
    annotated) to the values that the article has; ``day`` is the published day or None."""

    id: int
    title: str
    body: str
    day: dt.date | None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


def put(entries: Iterable[Entry]) -> None:
    """Add or replace, in the caller's transaction."""
    raise NotImplementedError


def remove(ids: Iterable[int]) -> None:
    raise NotImplementedError


def search(query: Query) -> BitMap:
    """Ids of the articles that a parsed query matches."""
    raise NotImplementedError


def value(facet: str, value: str) -> BitMap:
    """Ids of the articles that have this value of this facet; empty for one that is not known."""
    raise NotImplementedError


def everything() -> BitMap:
    raise NotImplementedError


def between(first: dt.date | None, last: dt.date | None) -> BitMap:
    """Ids published from ``first`` to ``last``, both included; either may be open."""
    raise NotImplementedError


def counts(facet: str, within: BitMap) -> dict[str, int]:
    """Every value of the facet, zeros too, with the number of articles of ``within`` under it."""
    raise NotImplementedError


def months(within: BitMap) -> list[tuple[dt.date, int]]:
    """First day of each month that has articles of ``within``, with their number, oldest first."""
    raise NotImplementedError


def undated(within: BitMap) -> int:
    raise NotImplementedError


def page(within: BitMap, *, offset: int, size: int, newest_first: bool = True) -> list[int]:
    """Ids of one page by published date; undated ones come last either way."""
    raise NotImplementedError


def page_by_rank(query: Query, within: BitMap, *, offset: int, size: int) -> list[int]:
    """Ids of one page by BM25, best first, title weighing more than body."""
    raise NotImplementedError
