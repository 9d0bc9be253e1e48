"""Stories of stored articles: an article joins or opens one when it is stored, `regroup` does it all anew.

In the grouping a story that is stored goes by ``story:ID``, one that is being opened by the id of its first article.
What an editor pinned (a correction of the field ``story``) holds in both.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from newsdesk.articles import store
from newsdesk.articles.alike import find_alike
from newsdesk.articles.models import Article, ArticleCountry, Claims, Correction, Story
from newsdesk.articles.queries import among
from newsdesk.pipeline.dates.story import assume_day, complete_from_story
from newsdesk.pipeline.document import DateClaim, Fingerprint
from newsdesk.pipeline.stories import StoryIndex, StoryItem, group
from newsdesk.pipeline.stories.scoring import WINDOW
from newsdesk.search import index

STORED = "story:"
SEARCHED = 200  # arrivals for which articles alike are searched one by one
READ_MEANWHILE = 30  # grouped articles that are read in the time of one such search
SAMPLE = 1000  # articles, the least by which words are weighed


@dataclass(frozen=True, slots=True)
class Regrouped:
    """How many articles there are, in how many stories of two or more, and how many changed their story."""

    articles: int
    stories: int
    moved: int
    dated: int


class _Dating(NamedTuple):
    pk: int
    day: dt.date | None
    provenance: str
    claim: dict[str, Any]


@transaction.atomic
def join(ids: Iterable[int]) -> Regrouped:
    """Put articles that are newly stored into stories; those already there stay where they are."""
    new = set(ids)
    if not new:
        return Regrouped(0, 0, 0, 0)
    arrivals = Article.objects.filter(pk__in=among(new))
    index = StoryIndex(pinned=_pins())
    near, alike = _around(arrivals)
    for item, story in _items(near):
        if int(item.id) not in new:
            index.restore(item, f"{STORED}{story}")
    index.weigh(item for item, _ in _items(_spread(SAMPLE - near.count())))
    for item, story in _items(alike):
        if int(item.id) not in new:
            index.restore(item, f"{STORED}{story}", weigh=False)
    arriving = sorted(
        (item for item, _ in _items(arrivals)),
        key=lambda item: (item.published or dt.date.max, int(item.id)),
    )
    index.weigh(arriving)
    for item in arriving:
        index.add(item, settle=False)
    index.settle()
    grouping = index.grouping()
    touched = {key for pk, key in grouping.story_of.items() if int(pk) in new}
    return _assign(
        {pk: key for pk, key in grouping.story_of.items() if key in touched},
        {pk: of for pk, of in grouping.reprint_of.items() if int(pk) in new},
        new,
    )


@transaction.atomic
def regroup() -> Regrouped:
    """Group the whole corpus anew. A story that keeps most of its articles keeps its row, and so its address."""
    items = [item for item, _ in _items(Article.objects.exclude(processed=None))]
    grouping = group(items, _pins())
    before = {
        str(pk): f"{STORED}{story}" for pk, story in Article.objects.exclude(story=None).values_list("pk", "story")
    }
    names = _keep_names(grouping.story_of, before)
    return _assign(
        {pk: names[key] for pk, key in grouping.story_of.items()},
        grouping.reprint_of,
        {int(item.id) for item in items},
    )


def merge(stories: Iterable[Story], into: Story, author_id: int | None, note: str = "") -> int:
    """Pin every article of ``stories`` to ``into``, which survives any regrouping. Gives the number of articles."""
    ids = list(Article.objects.filter(story__in=list(stories)).values_list("pk", flat=True))
    pin(ids, into.pk, author_id, note)
    return len(ids)


def refresh(stories: Iterable[int]) -> None:
    """Bring sizes and inferred dates up to date after articles have left."""
    touched = set(stories)
    dated = _date_from_stories(touched)
    _measure(touched)
    store.hold(dated)
    store.hold_stories({*Article.objects.filter(story__in=among(touched)).values_list("pk", flat=True)} - {*dated})


@transaction.atomic
def split(ids: Iterable[int], author_id: int | None, note: str = "") -> Story:
    """Pin articles together to a story of their own, and those that they leave to theirs, so that neither part is drawn
    to the other when stories are grouped again."""
    ids = list(ids)
    left = Article.objects.filter(story__articles__in=ids).exclude(pk__in=ids).exclude(corrections__field="story")
    stayed = defaultdict(set)
    for of, pk in left.values_list("story", "pk"):
        stayed[of].add(pk)
    for of, together in stayed.items():
        pin(sorted(together), of, author_id, note)
    story = Story.objects.create()
    pin(ids, story.pk, author_id, note)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def pin(ids: Iterable[int], story: int | None, author_id: int | None, note: str = "") -> None:
    """Pin articles to a story, or with None each to one of its own; recorded as corrections, whose history says as its
    reason from which story each came."""
    ids = list(ids)
    locked = Article.objects.select_for_update().order_by("pk")  # who pins the same articles waits
    before = dict(locked.filter(pk__in=among(ids)).values_list("pk", "story"))
    known = {pin.article_id: pin for pin in Correction.objects.filter(article__in=among(ids), field="story")}
    for pk in ids:
        pinned = known.get(pk) or Correction(article_id=pk, field="story")
        pinned.value, pinned.author_id, pinned.note = story, author_id, note
        pinned._change_reason = str(before[pk] or "")  # type: ignore[attr-defined]  # what simple_history reads
        pinned.save()
    _assign({str(pk): f"{STORED}{story}" if story else str(pk) for pk in ids}, {}, set())


def _around(arrivals: QuerySet[Article]) -> tuple[QuerySet[Article], QuerySet[Article]]:
    """Grouped articles that one of ``arrivals`` could share a story with: those near in time, and others alike.

    Time says nothing of an undated article. The search index finds those with the same rare words, which may miss a
    translation that shares none; where very many have no date it is quicker, and surer, to read the whole corpus.
    """
    ends = arrivals.aggregate(
        first=Min("published"), last=Max("published"), count=Count("pk"), dated=Count("published")
    )
    grouped = Article.objects.exclude(story=None)
    undated = ends["count"] - ends["dated"]
    if undated > max(SEARCHED, grouped.count() // READ_MEANWHILE):
        return grouped, grouped.none()
    near, asking = Q(pk__in=[]), arrivals
    if ends["first"]:
        margin = dt.timedelta(days=2 * WINDOW)
        near = Q(published__range=(ends["first"] - margin, ends["last"] + margin))
    if ends["count"] > SEARCHED:  # the undated ones that are there are few beside so many
        near |= Q(published=None)
        asking = arrivals.filter(published=None)
    alike = set(grouped.filter(pk__in=among(find_alike(asking))).values_list("story", flat=True))
    return grouped.filter(near), grouped.exclude(near).filter(story__in=among(alike))


def _spread(count: int) -> QuerySet[Article]:
    """So many grouped articles from all over the corpus, to weigh words by."""
    ids = list(Article.objects.exclude(story=None).order_by("pk").values_list("pk", flat=True)) if count > 0 else []
    return Article.objects.filter(pk__in=among(ids[:: max(1, len(ids) // max(1, count))]))


def _items(articles: QuerySet[Article]) -> Iterator[tuple[StoryItem, int | None]]:
    rows = (
        articles.exclude(claims=None)
        .order_by("pk")
        .values_list(
            "pk",
            "language",
            "published",
            "title",
            "story",
            "claims__fingerprint",
            "published_provenance",
            "claims__claims__published__month_day",
        )
    )
    days = [day for day in Article.objects.values_list("published", flat=True).distinct() if day]
    countries = defaultdict(list)
    for pk, code in ArticleCountry.objects.filter(article__in=articles.values("pk")).values_list("article", "country"):
        countries[pk].append(code)
    for pk, language, published, title, story, fingerprint, provenance, month_day in rows.iterator(chunk_size=1000):
        day = None if provenance == "story" else published  # a date that came from a story must not hold it together
        if day is None and month_day:
            day = assume_day(month_day, days)
        item = StoryItem(str(pk), Fingerprint.from_dict(fingerprint), language, day, title, tuple(countries[pk]))
        yield item, story


def _pins() -> dict[str, str | None]:
    return {
        str(pk): None if story is None else f"{STORED}{story}"
        for pk, story in Correction.objects.filter(field="story").values_list("article", "value")
    }


def _keep_names(story_of: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """For each new story the stored one with which it shares most articles; each stored one is given once."""
    shared = Counter((key, before[pk]) for pk, key in story_of.items() if pk in before)
    names = {key: key for key in story_of.values()}
    taken = {key for key in names if key.startswith(STORED)}
    for (key, old), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if names[key] == key and not key.startswith(STORED) and old not in taken:
            names[key] = old
            taken.add(old)
    return names


def _assign(story_of: Mapping[str, str], reprint_of: Mapping[str, str], judged: set[int]) -> Regrouped:
    """Write stories down: rows opened for new keys, columns of articles, sizes, empty stories gone, dates inferred."""
    before = dict(Article.objects.filter(pk__in=among(map(int, story_of))).values_list("pk", "story"))
    rows = {key: int(key.removeprefix(STORED)) for key in set(story_of.values()) if key.startswith(STORED)}
    opened = sorted({key for key in story_of.values() if key not in rows}, key=int)
    for key, story in zip(opened, Story.objects.bulk_create(Story() for _ in opened), strict=True):
        rows[key] = story.pk
    moved = [pk for pk in before if before[pk] != rows[story_of[str(pk)]]]
    articles = [Article(pk=pk, story_id=rows[story_of[str(pk)]]) for pk in moved]
    store.write_columns(articles, ["story"])
    _write_reprints(reprint_of, judged)
    touched = set(rows.values()) | {story for story in before.values() if story}
    dated = _date_from_stories(touched)
    large_before = _large(touched)
    _measure(touched)
    large = _large(touched)
    changed = Article.objects.filter(story__in=among(large_before | large)).values_list("pk", flat=True)
    store.hold(dated)
    store.hold_stories({*changed, *moved} - {*dated})
    index.announce()  # copies are shown too
    return Regrouped(len(story_of), len(large), len(moved), len(dated))


def _large(stories: Iterable[int]) -> set[int]:
    """Those of two articles or more, which the index has as a facet."""
    return set(Story.objects.filter(pk__in=among(stories), size__gt=1).values_list("pk", flat=True))


def _write_reprints(reprint_of: Mapping[str, str], judged: Iterable[int]) -> None:
    judged_rows = Claims.objects.filter(pk__in=among(judged)).values_list("pk", "claims__reprint_of")
    before = {pk: None if of is None else str(of) for pk, of in judged_rows}
    now = {pk: reprint_of.get(str(pk)) for pk in before}
    _amend("reprint_of", {pk: of for pk, of in now.items() if of != before[pk]})


def _date_from_stories(stories: Iterable[int]) -> list[int]:
    """Give undated articles the date of their story, or take it back. The ids of those that changed."""
    members: dict[int, list[_Dating]] = defaultdict(list)
    rows = Claims.objects.filter(article__story__in=_with_undated(stories)).values_list(
        "article__story", "pk", "article__published", "article__published_provenance", "claims__published"
    )
    for story, *dating in rows:
        members[story].append(_Dating(*dating))
    changed = {}
    for of_story in members.values():
        dated = [(str(one.pk), one.day) for one in of_story if one.day and one.provenance != "story"]
        for one in of_story:
            own = DateClaim.from_dict(one.claim)
            if own.value is None:
                completed = complete_from_story(own, dated)
                changed[one.pk] = _plain(asdict(completed)) if completed.value else None
    before = dict(Claims.objects.filter(pk__in=among(changed)).values_list("pk", "claims__published_story"))
    changed = {pk: claim for pk, claim in changed.items() if claim != before[pk]}
    _amend("published_story", changed)
    store.find_topics(changed)  # whose rules may have limits of date
    return list(changed)


def _amend(name: str, values: Mapping[int, Any]) -> None:
    """Set one of the claims of many articles, a batch of them in memory at a time."""
    for batch in store.batches(values, store.BATCH):
        rows = list(Claims.objects.filter(pk__in=batch))
        for row in rows:
            row.claims[name] = values[row.pk]
        store.write_columns(rows, ["claims"])


def _with_undated(stories: Iterable[int]) -> QuerySet[Article, Any]:
    undated = Article.objects.filter(Q(published=None) | Q(published_provenance="story"), story__in=among(stories))
    return undated.values("story")


def _plain(claim: dict[str, object] | None) -> dict[str, object] | None:
    """As JSON gives it back: lists for tuples."""
    return claim and {key: list(value) if isinstance(value, tuple) else value for key, value in claim.items()}


def _measure(stories: Iterable[int]) -> None:
    """Size, first and last day of each story; a story without articles goes."""
    measured = Story.objects.filter(pk__in=among(stories)).annotate(
        now=Count("articles"), since=Min("articles__published"), until=Max("articles__published")
    )
    kept = []
    for story in measured:
        if story.now == 0:
            story.delete()
            continue
        story.size, story.first, story.last = story.now, story.since, story.until
        kept.append(story)
    store.write_columns(kept, ["size", "first", "last"])
