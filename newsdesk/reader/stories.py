"""Stories of a list, largest or newest first: for the desk, and for a page of their own."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from newsdesk.articles.models import Article, Story
from newsdesk.people.access import User
from newsdesk.reader.filters import ArticleFilter, Order, make_orders
from newsdesk.reader.listing import Coverage
from newsdesk.reader.names import language_name_within
from newsdesk.reader.spans import span_of_days
from newsdesk.search import index

PER_PAGE = 30
ORDER = "order"
ORDERS = {"largest": _("Largest"), "newest": _("Newest")}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """``coverage`` and ``span`` are of those of its articles that pass the filters."""

    title: str
    language: str
    url: str
    coverage: Coverage
    span: str


class StoryList:
    """The stories that have several articles under the filters of ``data``."""

    def __init__(self, data: QueryDict, user: User | None = None) -> None:
        self.articles = ArticleFilter(data, user, scheme=ArticleFilter.scheme("stories", (ORDER,)))
        asked = self.articles.requested.values(ORDER)
        self.order = asked[0] if asked and asked[0] in ORDERS else "largest"

    @cached_property
    def grouped(self) -> index.Grouped:
        grouped = index.group(self.articles.ids)
        return grouped.largest_first if self.order == "largest" else grouped

    @cached_property
    def page(self) -> Page[int]:
        return Paginator(range(len(self.grouped)), PER_PAGE).get_page(self.articles.page)

    @cached_property
    def rows(self) -> list[StoryRow]:
        return read_stories(self.articles, self.grouped.page(max(0, self.page.start_index() - 1), PER_PAGE))

    @property
    def orders(self) -> list[Order]:
        return make_orders(self.articles.address, ORDER, ORDERS, self.order)

    @property
    def previous_url(self) -> str:
        return self.articles.address.url_with(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.articles.address.url_with(page=self.page.number + 1) if self.page.has_next() else ""


def read_stories(articles: ArticleFilter, counts: Mapping[int, int]) -> list[StoryRow]:
    """In the order of ``counts``, which has an article of each. Three queries, and no text."""
    story_of = dict(Article.objects.filter(pk__in=list(counts)).values_list("pk", "story"))
    keys = [key for pk in counts if (key := story_of.get(pk))]
    stories = Story.objects.with_first_title().in_bulk(keys)
    members: dict[int, list[tuple[str | None, str, dt.date | None]]] = defaultdict(list)
    rows = Article.objects.filter(story__in=keys).values_list("story", "pk", "source", "language", "published")
    for key, pk, source, language, published in rows.order_by("pk"):
        if key and pk in articles.ids:
            members[key].append((source, language, published))
    return [_make_row(stories[key], members[key]) for key in keys if key in stories]


def _make_row(story: Story, members: list[tuple[str | None, str, dt.date | None]]) -> StoryRow:
    days = [day for _, _, day in members if day]
    languages = Counter(language for _, language, _ in members)
    return StoryRow(
        title=str(story),
        language="" if story.title else getattr(story, "first_language", "") or "",
        url=story.get_absolute_url(),
        coverage=Coverage(
            count=len(members),
            of=max(len(members), story.size),
            outlets=len({source for source, _, _ in members if source}),
            languages=[language_name_within(code) for code, _ in languages.most_common()],
        ),
        span=span_of_days(min(days), max(days)) if days else "",
    )
