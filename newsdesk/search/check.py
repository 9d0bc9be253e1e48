"""Whether the index agrees with the articles and with itself; and the mending of it."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from pyroaring import BitMap

from newsdesk.search import bitmaps, fulltext, words
from newsdesk.search.bitmaps import Key
from newsdesk.search.entry import Entry
from newsdesk.search.models import Bitmap, Filing, Words

UNREADABLE = (ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Report:
    """What was wrong.

    ``misfiled``: articles whose day or values the index has otherwise, or not at all. ``misread``: articles whose
    words it has otherwise, or not at all. ``surplus``: articles that are no more. ``bitmaps``: facet and value of
    bitmaps that hold other articles. ``postings``: the full text does not answer from the words that are stored.
    """

    articles: int
    misfiled: BitMap
    misread: BitMap
    surplus: BitMap
    bitmaps: tuple[Key, ...]
    postings: bool
    mended: bool

    @property
    def sound(self) -> bool:
        return not (self.misfiled or self.misread or self.surplus or self.bitmaps or self.postings)


def check(entries: Iterable[Entry], *, mend: bool) -> Report:
    """Compare the index with ``entries``, which are all that it should hold.

    Mending is one transaction, under the lock of the writers: entries and index must not change in between.
    """
    if not mend:
        return _check(entries, mend=False)
    with transaction.atomic():
        bitmaps.lock()
        report = _check(entries, mend=True)
        if not report.sound:
            bitmaps.revise()
        return report


def _check(entries: Iterable[Entry], *, mend: bool) -> Report:
    seen, misfiled, misread = BitMap(), BitMap(), BitMap()
    expected: dict[Key, BitMap] = defaultdict(BitMap)
    for some in fulltext.batches(entries):
        seen.update(entry.id for entry in some)
        for entry in some:
            for key in entry.place.keys:
                expected[key].add(entry.id)
        misfiled |= _check_places(some, mend=mend)
        misread |= _check_words(some, mend=mend)
    surplus = _check_surplus(seen, mend=mend)
    return Report(
        articles=len(seen),
        misfiled=misfiled,
        misread=misread,
        surplus=surplus,
        bitmaps=_check_bitmaps(expected, mend=mend),
        postings=_check_postings(mend=mend),
        mended=mend,
    )


def _check_places(entries: Iterable[Entry], *, mend: bool) -> BitMap:
    expected = {entry.id: entry.place for entry in entries}
    stored = bitmaps.stored_places(expected)
    wrong = {article: place for article, place in expected.items() if stored.get(article) != place}
    if mend:
        bitmaps.write_filings(wrong)
    return BitMap(wrong)


def _check_words(entries: Iterable[Entry], *, mend: bool) -> BitMap:
    expected = {entry.id: entry for entry in entries}
    rows = Words.objects.filter(article__in=list(expected)).values_list("article", "digest", "words")
    stored = {article: (bytes(digest), bytes(packed)) for article, digest, packed in rows}
    unreadable = [article for article, (_, packed) in stored.items() if _unpack(packed) is None]
    wrong: dict[int, words.Prepared] = {}
    for article, entry in expected.items():
        text, right = words.read(entry.title, entry.body), words.digest_of(entry.title, entry.body)
        digest, packed = stored.get(article, (b"", b""))
        if digest != right or _unpack(packed) != text:
            wrong[article] = fulltext.engine().prepare(entry.title, entry.body)
    if mend and wrong:
        Words.objects.filter(article__in=unreadable).delete()
        fulltext.replace(wrong)
    return BitMap(wrong)


def _check_surplus(seen: BitMap, *, mend: bool) -> BitMap:
    filed = BitMap(Filing.objects.values_list("article", flat=True)) - seen
    with_words = BitMap(Words.objects.values_list("article", flat=True)) - seen
    if mend:
        for some in fulltext.batches(filed):
            Filing.objects.filter(article__in=some).delete()
        for some in fulltext.batches(with_words):
            fulltext.remove(some)
    return filed | with_words


def _check_bitmaps(expected: dict[Key, BitMap], *, mend: bool) -> tuple[Key, ...]:
    rows = Bitmap.objects.values_list("facet", "value", "ids", "count")
    stored = {(facet, value): (bytes(ids), count) for facet, value, ids, count in rows}
    wrong = [
        key
        for key in sorted(expected.keys() | stored.keys())
        if key not in expected or key not in stored or not _is(expected[key], *stored[key])
    ]
    if mend:
        bitmaps.write_bitmaps({key: expected.get(key, BitMap()) for key in wrong})
    return tuple(wrong)


def _check_postings(*, mend: bool) -> bool:
    """Whether the full text is wrong. It does not say for which articles, so all of it is made anew."""
    ids = Words.objects.order_by("article").values_list("article", flat=True)
    try:
        wrong = not fulltext.engine().agrees(fulltext.stored_texts(ids.iterator()))
    except UNREADABLE:
        wrong = True
    if mend and wrong:
        fulltext.rebuild()
    return wrong


def _unpack(packed: bytes) -> words.Text | None:
    try:
        return words.unpack(packed)
    except UNREADABLE:
        return None


def _is(expected: BitMap, ids: bytes, count: int) -> bool:
    try:
        return BitMap.deserialize(ids) == expected and len(expected) == count
    except (ValueError, IndexError):
        return False
