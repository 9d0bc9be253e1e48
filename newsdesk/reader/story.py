"""The page of one story: who told it when, what each version has alone, and why they are one story."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from newsdesk.articles.history import Move, moves_of
from newsdesk.articles.models import Article, ArticleText, Claims, Correction, Story
from newsdesk.people import access
from newsdesk.pipeline.document import Fingerprint
from newsdesk.pipeline.stories import StoryItem
from newsdesk.pipeline.stories.comparison import Own, Reading, Version, compare, read
from newsdesk.pipeline.stories.scoring import WINDOW, Weights, explain, features_of
from newsdesk.reader.addresses import Address, comparison_url
from newsdesk.reader.claims import is_inferred
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.freshness import fresh
from newsdesk.reader.names import Names, language_name
from newsdesk.reader.spans import span_of_days

PER_PAGE = 40  # versions
COMPARED = 200  # versions nearest in time, with which those shown are compared
EXPLAINED_BY = 8  # versions, the first and the last before it, of which the nearest explains why another is here
MOST = 8  # names, numbers and outlets that are listed; the others are counted
MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """The first of many; ``more`` are counted, and told on demand."""

    shown: Sequence[str]
    more: Sequence[str]

    @classmethod
    def of(cls, values: Sequence[str], most: int = MOST) -> Listed:
        return cls(values[:most], values[most:])


@dataclass(frozen=True, slots=True)
class Link:
    """What an article shares with ``other``, in its own words. ``days`` lie between the two."""

    other: Article
    names: Listed
    numbers: Listed
    quotes: int
    terms: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: an article that is no copy, with its copies. ``pin`` is set where an editor put it here."""

    article: Article
    country: str
    first: bool
    inferred: bool
    own: Own
    reprints: Sequence[Article]
    pin: Correction | None
    link: Link | None

    @property
    def names(self) -> Listed:
        return Listed.of(self.own.names)

    @property
    def numbers(self) -> Listed:
        return Listed.of(self.own.numbers)

    @property
    def quotes(self) -> Listed:
        return Listed.of(self.own.quotes, MOST_QUOTES)

    @property
    def comparison_url(self) -> str:
        """This one beside the one that explains why it is here."""
        return comparison_url(self.article.pk, self.link.other.pk) if self.link else ""

    @property
    def outlets(self) -> int:
        """That have nothing but a copy."""
        return len({copy.source_id for copy in self.reprints} - {self.article.source_id, None})


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    entries: list[Entry]


class StoryPage:
    """``number`` of the page, from 1; the last where there are fewer."""

    def __init__(self, story: Story, number: str | None = None) -> None:
        self.story = story
        self.number = number
        self.names = Names()

    @cached_property
    def articles(self) -> list[Article]:
        """All, those without an exact date of their own last."""
        return list(self.story.articles.select_related("source").in_time())

    @cached_property
    def versions(self) -> list[list[Article]]:
        """Articles with their copies, each first."""
        copied = dict(Claims.objects.filter(article__story=self.story).values_list("pk", "claims__reprint_of"))
        versions: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            versions[str(copied.get(article.pk) or article.pk)].append(article)  # an id in JSON may come as a number
        return list(versions.values())

    @property
    def compared(self) -> int:
        """With how many versions each is compared, where those are not all."""
        return COMPARED if len(self.versions) > COMPARED else 0

    # What there is of it

    @property
    def title(self) -> str:
        return self.titled_by.title if self.titled_by else str(self.story)

    @property
    def titled_by(self) -> Article | None:
        """The article whose title stands in."""
        return None if self.story.title else next((article for article in self.articles if article.title), None)

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        days = [article.published for article in self.articles if article.published]
        return (min(days), max(days)) if days else None

    @property
    def span_text(self) -> str:
        return span_of_days(*self.span) if self.span else ""

    @property
    def outlets(self) -> int:
        return len({article.source_id for article in self.articles} - {None})

    @property
    def languages(self) -> list[str]:
        counted = Counter(article.language for article in self.articles)
        return [language_name(code) for code, _ in counted.most_common()]

    @cached_property
    def moves(self) -> list[Move]:
        """What people did to it."""
        return moves_of(self.story)

    # Addresses

    @property
    def list_url(self) -> str:
        scheme = ArticleFilter.scheme()
        return Address(scheme, scheme.canonical({"story": [str(self.story.pk)]})).url

    @property
    def take_away_url(self) -> str:
        return f"{reverse('take-away')}?story={self.story.pk}"

    @property
    def edit_url(self) -> str:
        return reverse("admin:articles_story_change", args=[self.story.pk])

    @property
    def split_url(self) -> str:
        """Its articles, to be split off, pinned or let go."""
        return f"{reverse('admin:articles_article_changelist')}?story__id__exact={self.story.pk}"

    @property
    def merge_url(self) -> str:
        """The stories of the same time, to be merged with it."""
        query = ""
        if self.span:
            margin = dt.timedelta(days=WINDOW)
            query = f"?last__gte={self.span[0] - margin}&first__lte={self.span[1] + margin}"
        return reverse("admin:articles_story_changelist") + query

    # The timeline

    @cached_property
    def page(self) -> Page[list[Article]]:
        return Paginator(self.versions, PER_PAGE).get_page(self.number)

    @cached_property
    def entries(self) -> list[Entry]:
        shown = list(self.page.object_list)
        start = self.page.start_index() - 1 if shown else 0
        near = self.versions[max(0, start - (COMPARED - PER_PAGE) // 2) :][:COMPARED]
        readings = _read([version[0] for version in near])
        own = compare(list(readings.values()), [str(version[0].pk) for version in shown])
        links = self._explain(shown, start, readings)
        pinned = Correction.objects.filter(article__in=[version[0].pk for version in shown], field="story")
        pins = {pin.article_id: pin for pin in pinned.select_related("author")}
        return [self._entry(version, own[str(version[0].pk)], links, pins) for version in shown]

    def _entry(self, version: list[Article], own: Own, links: dict[int, Link], pins: dict[int, Correction]) -> Entry:
        article, *reprints = version
        source = article.source
        return Entry(
            article=article,
            country=self.names.countries.get(source.country_id or "", "") if source else "",
            first=self.firsts == [article],
            inferred=is_inferred(article),
            own=own,
            reprints=reprints,
            pin=pins.get(article.pk),
            link=links.get(article.pk),
        )

    @property
    def days(self) -> list[Day]:
        dated = (entry for entry in self.entries if is_dated(entry.article))
        return [
            Day(date, list(entries))
            for date, entries in groupby(dated, key=lambda entry: entry.article.published)
            if date is not None
        ]

    @property
    def undated(self) -> list[Entry]:
        """Those that the timeline cannot place for sure."""
        return [entry for entry in self.entries if not is_dated(entry.article)]

    @cached_property
    def firsts(self) -> list[Article]:
        return find_first([version[0] for version in self.versions])

    @property
    def unclear(self) -> dt.date | None:
        """The first day, where nobody can tell which of its articles came first."""
        return self.firsts[0].published if len(self.firsts) > 1 else None

    def _explain(self, shown: Iterable[list[Article]], start: int, readings: dict[int, Reading]) -> dict[int, Link]:
        """For each of ``shown`` but the very first what it shares with the nearest of those before it."""
        heads = [version[0] for version in self.versions[: start + PER_PAGE]]
        begin = heads[: EXPLAINED_BY // 2]
        nearby = heads[max(0, start - EXPLAINED_BY // 2) :]
        items = _make_items({article.pk: article for article in (*begin, *nearby)})
        weights, features = Weights(), {}
        for pk, item in items.items():
            features[pk] = features_of(item)
            weights.count(item.language, features[pk])
        links = {}
        for at, (article, *_) in enumerate(shown, start):
            before = {one.pk: one for one in (*begin[:at], *heads[max(0, at - EXPLAINED_BY // 2) : at])}
            known = [pk for pk in before if pk in items]
            if known and article.pk in items:
                mine = {feature for feature in features[article.pk] if feature[0] in "n#dq"}
                nearest = max(known, key=lambda pk: len(mine & features[pk].keys()))
                because = explain(items[article.pk], items[nearest], weights)
                reading = readings.get(article.pk)
                names = [reading.show_name(name) if reading else name for name in because.names]
                numbers = [reading.show_number(number) if reading else number for number in because.numbers]
                links[article.pk] = Link(
                    other=before[nearest],
                    names=Listed.of([name for name in names if name]),
                    numbers=Listed.of([number for number in numbers if number]),
                    quotes=because.quotes,
                    terms=len(because.terms),
                    days=because.days_apart,
                )
        return links


def is_dated(article: Article) -> bool:
    """Whether it has a date of its own, to the day at least."""
    precise = article.published_precision in (Article.Precision.DAY, Article.Precision.MINUTE)
    return article.published is not None and precise and article.published_provenance != Article.Provenance.STORY


def find_first(articles: Iterable[Article]) -> list[Article]:
    """The one that was first; all of the first day where their times do not tell, or do not compare. None of one."""
    dated = [article for article in articles if is_dated(article)]
    if len(dated) < 2:
        return []
    day = min(article.published for article in dated if article.published)
    candidates = [article for article in dated if article.published == day]
    moments = [_moment(article) for article in candidates]
    known = [moment for moment in moments if moment]
    if len(known) < len(candidates) or len({moment.tzinfo is None for moment in known}) > 1:
        return candidates
    earliest = [article for article, moment in zip(candidates, moments, strict=True) if moment == min(known)]
    return earliest if len(earliest) == 1 else candidates


def _moment(article: Article) -> dt.datetime | None:
    if article.published_precision != Article.Precision.MINUTE:
        return None
    return dt.datetime.fromisoformat(article.published_value)


def _read(articles: Iterable[Article]) -> dict[int, Reading]:
    rows = {article.pk: article for article in articles}
    texts = ArticleText.objects.filter(pk__in=list(rows)).only("raw_text", "cuts")
    bodies = {text.pk: text.body for text in texts}
    return {
        pk: read(Version(str(pk), row.language, row.title, bodies.get(pk, ""), str(row.source or "")))
        for pk, row in rows.items()
    }


def _make_items(articles: dict[int, Article]) -> dict[int, StoryItem]:
    """Of those that have been through the pipeline."""
    return dict(_items(articles))


def _items(articles: dict[int, Article]) -> Iterator[tuple[int, StoryItem]]:
    for pk, fingerprint in Claims.objects.filter(pk__in=list(articles)).values_list("pk", "fingerprint"):
        row = articles[pk]
        yield pk, StoryItem(str(pk), Fingerprint.from_dict(fingerprint), row.language, row.published, row.title)


@require_safe
@fresh
@vary_on_cookie
def story(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story, pk=pk)
    page = StoryPage(found, request.GET.get("page"))
    editor = access.may_enter_admin(request.user) and request.user.has_perms(
        ["articles.change_story", "articles.change_article"]
    )
    return render(request, "reader/story.html", {"page": page, "story": found, "editor": editor})
