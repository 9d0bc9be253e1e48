"""The one door to search and facets: full text and bitmaps, in step with each other.

The articles app writes through `put` and `remove`, inside its own transaction; the reader asks the rest. All that is
asked during one web request is answered from one state of the index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.db import transaction
from pyroaring import BitMap

from newsdesk.query.tree import Facet, Node, Query, walk
from newsdesk.search import bitmaps, folding, fulltext, vocabulary
from newsdesk.search import check as checking
from newsdesk.search.check import Report
from newsdesk.search.engine import Engine
from newsdesk.search.entry import Entry as Entry  # part of this door
from newsdesk.search.folding import Folded as Folded
from newsdesk.search.folding import Grouped as Grouped
from newsdesk.search.fulltext import Noted as Noted
from newsdesk.search.fulltext import Search
from newsdesk.search.fulltext import nobody as nobody


class Answer(NamedTuple):
    """``found`` surely match; of ``undecided`` it was not known when the time was over."""

    found: BitMap
    undecided: BitMap


def put(entries: Iterable[Entry]) -> None:
    """Add or replace, in the caller's transaction. What is there already costs next to nothing.

    Writers wait here for each other until their transactions end, so let it be the last thing that one does.
    """
    with transaction.atomic(savepoint=False):
        bitmaps.lock()
        for some in fulltext.batches(entries):
            changed = fulltext.write(some)
            if bitmaps.file({entry.id: entry.place for entry in some}) or changed:
                bitmaps.revise()
        bitmaps.announce()


def announce() -> None:
    """Articles show something else, though they stay where they are in the index."""
    with transaction.atomic(savepoint=False):
        bitmaps.lock()
        bitmaps.announce()


def remove(ids: Iterable[int]) -> None:
    with transaction.atomic(savepoint=False):
        bitmaps.lock()
        for some in fulltext.batches(ids):
            changed = fulltext.remove(some)
            if bitmaps.unfile(some) or changed:
                bitmaps.revise()


def refile(facet: str, value: str, *, gained: Iterable[int] = (), lost: Iterable[int] = ()) -> None:
    """Add a value of a facet to articles that are there, and take it off others; all else of them stays as it is."""
    gained, lost = set(gained), set(lost)
    with transaction.atomic(savepoint=False):
        bitmaps.lock()
        for some in fulltext.batches(sorted(gained | lost)):
            places = bitmaps.stored_places(some)
            changed = {id_: _refiled(place, facet, value, id_ in gained) for id_, place in places.items()}
            if bitmaps.file(changed):
                bitmaps.revise()
        bitmaps.announce()


def replace(facet: str, values: Mapping[int, Sequence[str]]) -> None:
    """Give articles that are there other values of a facet; all else of them stays as it is."""
    with transaction.atomic(savepoint=False):
        bitmaps.lock()
        for some in fulltext.batches(values):
            places = bitmaps.stored_places(some)
            changed = {id_: _with(place, facet, values[id_]) for id_, place in places.items()}
            if bitmaps.file(changed):
                bitmaps.revise()


def _refiled(place: bitmaps.Place, facet: str, value: str, has: bool) -> bitmaps.Place:
    values = {*place.facets.get(facet, ())} - {value} | ({value} if has else set())
    return _with(place, facet, values)


def _with(place: bitmaps.Place, facet: str, values: Iterable[str]) -> bitmaps.Place:
    facets = {**place.facets, facet: sorted(values)}
    return place._replace(facets={name: facets[name] for name in sorted(facets) if facets[name]})


def engine() -> Engine:
    """What the database writes of words, for those who prepare them."""
    return fulltext.engine()


def optimize() -> None:
    """Searches are faster after it, if much has been written since the last time. It takes its time."""
    fulltext.engine().optimize()


def check(entries: Iterable[Entry], *, mend: bool = False) -> Report:
    """Compare the index with all that it should hold, and set right what differs. Ingest nothing meanwhile."""
    return checking.check(entries, mend=mend)


def search(query: Query, within: BitMap | None = None, *, noted: Noted = nobody) -> BitMap:
    """Ids of the articles that a parsed query matches; ``within`` saves work where a filter has left only some.
    ``noted`` says which articles are annotated for whoever asks."""
    snapshot = bitmaps.current()
    root = query.root
    if root is None:
        return snapshot.everything.copy() if within is None else within & snapshot.everything
    if within is not None or _is_personal(root):
        kept = snapshot.everything if within is None else within & snapshot.everything
        return Search(snapshot, noted=noted).search(root, kept).copy()
    return snapshot.remember(("search", root), lambda: Search(snapshot).search(root, snapshot.everything)).copy()


def _is_personal(root: Node) -> bool:
    """Whether the answer is one person's."""
    return any(isinstance(node, Facet) and node.name == "annotated" for node in walk(root))


def search_for(query: Query, seconds: float) -> Answer:
    """Like `search`, and back when the time is over, or one question to the database later."""
    snapshot = bitmaps.current()
    if query.root is None:
        return Answer(snapshot.everything.copy(), BitMap())
    search = Search(snapshot, seconds)
    found = search.search(query.root, snapshot.everything)
    return Answer(found - search.undecided, search.undecided)


def suggest(form: str) -> str:
    """The word of the corpus that a mistyped one most likely meant; empty where none is near."""
    return vocabulary.suggest(form, lambda near: len(fulltext.engine().find_form(near, "any")))


def value(facet: str, value: str) -> BitMap:
    """Ids of the articles that have this value of this facet; empty for one that is not known."""
    return bitmaps.current().value(facet, value).copy()


def everything() -> BitMap:
    return bitmaps.current().everything.copy()


def between(first: dt.date | None, last: dt.date | None) -> BitMap:
    """Ids published from ``first`` to ``last``, both included; either may be open. Undated ones are in no range."""
    return bitmaps.current().between(first, last).copy()


def counts(facet: str, within: BitMap) -> dict[str, int]:
    """Every value that some article has of the facet, with the number of articles of ``within`` under it: zeros too."""
    return bitmaps.current().counts(facet, within)


def months(within: BitMap) -> list[tuple[dt.date, int]]:
    """First day of each month that has articles of ``within``, with their number, oldest first."""
    return bitmaps.current().count_months(within)


def days(within: BitMap, first: dt.date, last: dt.date) -> list[tuple[dt.date, int]]:
    """Each day from ``first`` to ``last`` that has articles of ``within``, with their number, oldest first. Meant for some months: what
    they hold is read when they are first asked for."""
    return bitmaps.current().count_days(within, first, last)


def without_any(facet: str, within: BitMap) -> int:
    """How many of ``within`` have no value of the facet at all."""
    return bitmaps.current().count_none(facet, within)


def undated(within: BitMap) -> int:
    return bitmaps.current().undated.intersection_cardinality(within)


def page(within: BitMap, *, offset: int, size: int, newest_first: bool = True) -> list[int]:
    """Ids of one page by published date and time, then by id; undated ones come last either way."""
    return bitmaps.current().page(within, offset, size, newest_first=newest_first)


def page_by_rank(query: Query, within: BitMap, *, offset: int, size: int, noted: Noted = nobody) -> list[int]:
    """Ids of one page of those ``within`` that match, best first, a word of the title weighing more than one of the
    body. What has no rank, since the query asks for no words, follows by date, newest first.

    BM25 on SQLite, on PostgreSQL the nearest that it has (see `tsvector.TsVector.rank`). Where many match, the newest
    months with ``Engine.ranked_at_most`` of them are ranked, and the rest follows by date.
    """
    snapshot = bitmaps.current()
    ids = search(query, within, noted=noted)
    ranked = snapshot.newest(ids, fulltext.engine().ranked_at_most)
    best = Search(snapshot).rank(query.root, ranked, offset + size) if query.root else []
    found = best[offset:]
    if len(found) < size:
        rest = ids - BitMap(best)
        found += snapshot.page(rest, max(0, offset - len(best)), size - len(found), newest_first=True)
    return found


def fold(within: BitMap, *, newest_first: bool = True) -> Folded:
    """The first article of each story by published date, in the order of `page`."""
    return folding.plan_of(bitmaps.current()).fold(within, newest_first=newest_first)


def group(within: BitMap) -> Grouped:
    """The stories that have several articles of ``within``, each by the last of these, newest first."""
    return folding.plan_of(bitmaps.current()).group(within)


def fold_by_rank(query: Query, within: BitMap, *, noted: Noted = nobody) -> Folded:
    """The best article of each story of those ``within`` that match, in the order of `page_by_rank`."""
    snapshot = bitmaps.current()
    plan = folding.plan_of(snapshot)
    ids = search(query, within, noted=noted)
    ranked = snapshot.newest(ids, fulltext.engine().ranked_at_most)
    best = Search(snapshot).rank(query.root, ranked, len(ranked)) if query.root else []
    rest = plan.order(ids - BitMap(best), newest_first=True)
    return plan.fold_in_order(np.concatenate([np.asarray(best, np.uint32), rest]))
