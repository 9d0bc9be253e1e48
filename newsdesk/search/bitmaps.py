"""Facets as sets of article ids: one roaring bitmap for each value of each facet, and one for each month.

They are rows of the database, written in the transaction of the articles. Each process keeps a copy and compares one
token to know that it is up to date. Filters, counts, the histogram and paging all read the same sets, so a count
never disagrees with the list.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import secrets
import threading
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from asgiref.local import Local
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import connection
from django.dispatch import receiver
from pyroaring import BitMap

from newsdesk.search.ids import select_groups, select_ids, select_in_order
from newsdesk.search.models import Bitmap, Filing, Revision
from newsdesk.search.rows import insert

MONTH = "month"  # the facet of our own: "2024-04", or "" for the undated
UNDATED = ""
ON_DEMAND = {"story"}  # facets with too many values for every process to hold them all
ANSWERS_KEPT = (
    128  # last answers of full text, date ranges, the order of months and their days; 128 KB each a million articles
)
SPARSE = 0.01  # share of all articles; below, a set is so small that its form does not matter
KEPT_AS_BITS = 1 / 16  # share above which a roaring bitmap keeps bits
INDEX, SHOWN = 1, 2  # rows of revisions: of the index, and of all that is shown of articles
WRITERS = 0x6E657773  # PostgreSQL's advisory lock: those who change the index wait for each other

Key = tuple[str, str]  # facet and value
Answer = TypeVar("Answer")
Days = list[tuple[dt.date, BitMap]]

_MINUTES = 24 * 60 + 1  # steps of a day: nought for "no time stated", then one a minute
_FILED = "SELECT article AS id FROM search_filing"


class Place(NamedTuple):
    """Where one article is filed. ``facets`` has sorted values and no empty facet."""

    moment: int | None
    facets: dict[str, list[str]]

    @property
    def keys(self) -> set[Key]:
        keys = {(facet, value) for facet, values in self.facets.items() for value in values}
        return keys | {(MONTH, month_of(self.moment))}


def place(day: dt.date | None, time: dt.time | None, facets: Mapping[str, Sequence[str]]) -> Place:
    filed = {facet: sorted(set(values)) for facet, values in sorted(facets.items()) if values}
    return Place(moment_of(day, time), filed)


def moment_of(day: dt.date | None, time: dt.time | None = None) -> int | None:
    """One number for day and minute; a day without a time comes before its first minute."""
    if day is None:
        return None
    return day.toordinal() * _MINUTES + (time.hour * 60 + time.minute + 1 if time else 0)


def day_of(moment: int) -> dt.date:
    return dt.date.fromordinal(moment // _MINUTES)


def month_of(moment: int | None) -> str:
    return UNDATED if moment is None else day_of(moment).isoformat()[:7]


# Reading


class Snapshot:
    """The bitmaps of one revision. Threads share it: nothing in it changes after loading but the answers kept."""

    def __init__(self, token: int, rows: Iterable[tuple[str, str, bytes | memoryview]]) -> None:
        self.token = token
        self.facets: dict[str, dict[str, BitMap]] = defaultdict(dict)
        for facet, value, ids in rows:
            self.facets[facet][value] = BitMap.deserialize(bytes(ids))
        months = self.facets.pop(MONTH, {})
        self.undated = months.pop(UNDATED, BitMap())
        self.months = [(dt.date.fromisoformat(f"{month}-01"), months[month]) for month in sorted(months)]
        self.dated = BitMap.union(BitMap(), *months.values())
        self.everything = self.dated | self.undated
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer, found once for this revision. Who receives it does not change it."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                found: Answer = self._answers[question]
                return found
        found = answer()
        with self._lock:
            self._answers[question] = found
            while len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return found

    def facet(self, name: str) -> Mapping[str, BitMap]:
        if name in ON_DEMAND:
            return self.remember(("facet", name), lambda: _load(Bitmap.objects.filter(facet=name)))
        return self.facets.get(name, {})

    def value(self, facet: str, value: str) -> BitMap:
        if facet in ON_DEMAND:
            one = Bitmap.objects.filter(facet=facet, value=value)
            return self.remember(("value", facet, value), lambda: _load(one).get(value, BitMap()))
        return self.facets.get(facet, {}).get(value, BitMap())

    def between(self, first: dt.date | None, last: dt.date | None) -> BitMap:
        if first is None and last is None:
            return self.dated
        return self.remember(("between", first, last), lambda: self._between(first, last))

    def _between(self, first: dt.date | None, last: dt.date | None) -> BitMap:
        found = BitMap()
        for start, ids in self.months:
            end = _end_of(start)
            since, until = max(first or start, start), min(last or end, end)
            if (since, until) == (start, end):
                found |= ids
            elif since <= until:
                found |= ids & _filed_between(since, until)
        return found

    def counts(self, facet: str, within: BitMap) -> dict[str, int]:
        values = self.facet(facet)
        return dict(zip(values, self._count(values.values(), within), strict=True))

    def count_months(self, within: BitMap) -> list[tuple[dt.date, int]]:
        counted = self._count([ids for _, ids in self.months], within)
        return [(start, count) for (start, _), count in zip(self.months, counted, strict=True) if count]

    def count_days(self, within: BitMap, first: dt.date, last: dt.date) -> list[tuple[dt.date, int]]:
        days = [day for month in self._days(first, last) for day in month if first <= day[0] <= last]
        counted = self._count([ids for _, ids in days], within)
        return [(day, count) for (day, _), count in zip(days, counted, strict=True) if count]

    def _days(self, first: dt.date, last: dt.date) -> list[Days]:
        """Of each month from the one day to the other its days. One question for all that are not remembered."""
        starts = [start for start, _ in self.months if start <= last and _end_of(start) >= first]
        found = {start: self._recall(("days", start)) for start in starts}
        missing = [start for start, days in found.items() if days is None]
        if missing:
            read = _days_of(missing[0], _end_of(missing[-1]))
            found |= {start: self.remember(("days", start), partial(read.get, start, [])) for start in missing}
        return list(found.values())

    def _recall(self, question: Hashable) -> Any:
        with self._lock:
            return self._answers.get(question)

    def count_none(self, facet: str, within: BitMap) -> int:
        """How many have no value of a facet."""
        return within.difference_cardinality(self.having(facet))

    def having(self, facet: str) -> BitMap:
        """Those that have a value of a facet at least."""
        return self.remember(("having", facet), lambda: BitMap.union(BitMap(), *self.facet(facet).values()))

    def _count(self, sets: Iterable[BitMap], within: BitMap) -> list[int]:
        """How many of each set are ``within``.

        CRoaring counts a set against bits in a fraction of the time that it takes against a sorted array or runs, and
        keeps as bits what is neither sparse nor dense. So a sparse ``within`` is asked for what lies outside of it, and
        a dense one is turned over twice, which makes bits of its runs.
        """
        end = self.everything.max() + 1 if self.everything else 0
        share = len(within) / end if end else 0.0
        if SPARSE < share < KEPT_AS_BITS:
            outside = within.flip(0, end)
            return [ids.difference_cardinality(outside) for ids in sets]
        if share > 1 - KEPT_AS_BITS:
            within = within.flip(0, end).flip(0, end)
        return [ids.intersection_cardinality(within) for ids in sets]

    def newest(self, within: BitMap, at_least: int) -> BitMap:
        """Those of the newest months that together have so many; all if there are not."""
        found = BitMap()
        for _, ids in reversed(self.months):
            found |= within & ids
            if len(found) >= at_least:
                return found
        return within

    def page(self, within: BitMap, offset: int, size: int, *, newest_first: bool) -> list[int]:
        """Walks the months from the wanted end, so that nothing is sorted but the months that are shown."""
        found: list[int] = []
        for start, ids in reversed(self.months) if newest_first else self.months:
            here = within & ids
            if offset < len(here):
                order = self.remember(("order", start), partial(_order_of, start))
                in_order = (id_ for id_ in (reversed(order) if newest_first else order) if id_ in here)
                found += islice(in_order, offset, offset + size - len(found))
            offset = max(0, offset - len(here))
            if len(found) == size:
                return found
        rest = list(within & self.undated)
        return found + (rest[::-1] if newest_first else rest)[offset : offset + size - len(found)]


def _filed_between(first: dt.date, last: dt.date) -> BitMap:
    return select_ids(f"{_FILED} WHERE moment BETWEEN %s AND %s", _moments(first, last))


def _order_of(month: dt.date) -> array[int]:
    """All articles of a month by moment, then by id."""
    days = _moments(month, _end_of(month))
    return select_in_order(f"{_FILED} WHERE moment BETWEEN %s AND %s ORDER BY moment, article", days)


def _days_of(first: dt.date, last: dt.date) -> dict[dt.date, Days]:
    """By the first of their month, all days that articles were published on, with these."""
    found: dict[dt.date, Days] = defaultdict(list)
    rows = select_groups(
        f"moment / {_MINUTES}", "article", "search_filing WHERE moment BETWEEN %s AND %s", _moments(first, last)
    )
    for number, ids in rows:
        day = dt.date.fromordinal(number)
        found[day.replace(day=1)].append((day, ids))
    return found


def _moments(first: dt.date, last: dt.date) -> tuple[int, int]:
    """The first moment of the one day and the last of the other."""
    return first.toordinal() * _MINUTES, last.toordinal() * _MINUTES + _MINUTES - 1


def _end_of(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


# The copy of each process

_shared = Snapshot(0, ())
_loading = threading.Lock()
_request = Local()  # open: a web request is being answered; wrote: it changed the index; snapshot: its copy


def current() -> Snapshot:
    """The bitmaps as the database has them; throughout one web request, as it had them at the first question."""
    global _shared  # noqa: PLW0603  (one copy a process is the purpose)
    pinned: Snapshot | None = getattr(_request, "snapshot", None)
    if pinned:
        return pinned
    found = _shared
    if found.token != _token():
        with _loading:
            found = _shared
            token = _token()
            if found.token != token:
                found = _shared = _read(token)
    if getattr(_request, "open", False) and not getattr(_request, "wrote", False):
        _request.snapshot = found
    return found


def _token() -> int:
    with connection.cursor() as cursor:  # by hand: every request asks this
        cursor.execute("SELECT token FROM search_revision WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def _read(token: int) -> Snapshot:
    """All bitmaps, in one statement. Should they be newer than the token, then the next question reads them again."""
    rows = Bitmap.objects.exclude(facet__in=ON_DEMAND).values_list("facet", "value", "ids")
    return Snapshot(token, rows.iterator(chunk_size=1000))


@receiver(request_started)
def _open_request(**_: object) -> None:
    _request.open, _request.wrote, _request.snapshot = True, False, None


@receiver([request_finished, got_request_exception])
def _close_request(**_: object) -> None:
    _request.open, _request.wrote, _request.snapshot = False, False, None


# Writing


def lock() -> None:
    """Others who would write wait until this transaction ends. SQLite has locked itself at BEGIN IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])


def revise() -> None:
    """Every process reads anew once this transaction is through."""
    Revision.objects.update_or_create(pk=INDEX, defaults={"token": secrets.randbits(63)})
    _request.wrote, _request.snapshot = True, None


def announce() -> None:
    """What pages show has changed, be it in the index or not: those that are kept are made anew. Under the lock."""
    row = Revision(pk=SHOWN, token=secrets.randbits(63))
    Revision.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["token"])


def stored_places(ids: Iterable[int]) -> dict[int, Place]:
    rows = Filing.objects.filter(article__in=list(ids)).values_list("article", "moment", "facets")
    return {article: Place(moment, facets) for article, moment, facets in rows}


def file(places: Mapping[int, Place]) -> bool:
    """Put articles in their places, and out of those that they had. False if all were there. Under the lock."""
    before = stored_places(places)
    changed = {article: new for article, new in places.items() if before.get(article) != new}
    _move((before.get(article), new, article) for article, new in changed.items())
    write_filings(changed)
    return bool(changed)


def unfile(ids: Iterable[int]) -> bool:
    before = stored_places(ids)
    _move((old, None, article) for article, old in before.items())
    Filing.objects.filter(article__in=list(before)).delete()
    return bool(before)


def write_filings(places: Mapping[int, Place]) -> None:
    insert(
        Filing,
        ["article", "moment", "facets"],
        [(article, new.moment, json.dumps(new.facets)) for article, new in places.items()],
        over=["article"],
    )


def _move(moves: Iterable[tuple[Place | None, Place | None, int]]) -> None:
    """Read and write each bitmap that is touched once, however many articles it gains and loses."""
    gained: dict[Key, BitMap] = defaultdict(BitMap)
    lost: dict[Key, BitMap] = defaultdict(BitMap)
    for old, new, article in moves:
        old_keys, new_keys = (old.keys if old else set()), (new.keys if new else set())
        for key in new_keys - old_keys:
            gained[key].add(article)
        for key in old_keys - new_keys:
            lost[key].add(article)
    touched = gained.keys() | lost.keys()
    stored = _stored_bitmaps(touched)
    write_bitmaps(
        {key: (stored.get(key, BitMap()) | gained.get(key, BitMap())) - lost.get(key, BitMap()) for key in touched}
    )


def _stored_bitmaps(keys: Iterable[Key]) -> dict[Key, BitMap]:
    values: dict[str, list[str]] = defaultdict(list)
    for facet, value in keys:
        values[facet].append(value)
    return {
        (facet, value): ids
        for facet, some in values.items()
        for value, ids in _load(Bitmap.objects.filter(facet=facet, value__in=some)).items()
    }


def write_bitmaps(bitmaps: Mapping[Key, BitMap]) -> None:
    """A value that no article has any more goes."""
    for facet, value in [key for key, ids in bitmaps.items() if not ids]:
        Bitmap.objects.filter(facet=facet, value=value).delete()
    insert(
        Bitmap,
        ["facet", "value", "ids", "count"],
        [(facet, value, ids.serialize(), len(ids)) for (facet, value), ids in sorted(bitmaps.items()) if ids],
        over=["facet", "value"],
    )


def _load(rows: Any) -> dict[str, BitMap]:
    return {value: BitMap.deserialize(bytes(ids)) for value, ids in rows.values_list("value", "ids")}
