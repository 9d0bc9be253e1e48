"""Entries for tests, and the same questions answered by plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from newsdesk.search.index import Entry


def make_entry(
    id_: int,
    body: str = "",
    *,
    title: str = "",
    day: str | None = None,
    time: str | None = None,
    **facets: Sequence[str],
) -> Entry:
    return Entry(
        id=id_,
        title=title,
        body=body,
        day=dt.date.fromisoformat(day) if day else None,
        time=dt.time.fromisoformat(time) if time else None,
        facets=facets,
    )


def count_plainly(entries: Iterable[Entry], facet: str) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for entry in entries:
        for value in set(entry.facets.get(facet, ())):
            counted[value] = counted.get(value, 0) + 1
    return counted


def order_plainly(entries: Iterable[Entry], *, newest_first: bool) -> list[int]:
    entries = list(entries)
    dated = sorted(
        (entry for entry in entries if entry.day),
        key=lambda entry: (entry.day, entry.time is not None, entry.time or dt.time(), entry.id),
        reverse=newest_first,
    )
    undated = sorted((entry.id for entry in entries if not entry.day), reverse=newest_first)
    return [entry.id for entry in dated] + undated
