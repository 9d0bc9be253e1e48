"""The front page: a dossier, or a part of it, at a glance. It takes the filters of the list, and all that it shows is
counted under them. Numbers come from the index; rows are read only of what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from newsdesk.articles.models import Article
from newsdesk.people.access import User
from newsdesk.reader.addresses import PAGE
from newsdesk.reader.charts import Layers, Timeline, make_timeline
from newsdesk.reader.facets import ALL, Choice, Facet, make_facet
from newsdesk.reader.filters import DATES, ArticleFilter, Order, make_orders
from newsdesk.reader.recovery import WayOut, find_ways_out
from newsdesk.reader.spans import end_of, span_of_days
from newsdesk.reader.sparklines import Sparkline, make_sparklines
from newsdesk.reader.stories import StoryRow, read_stories
from newsdesk.reader.world import WorldMap, make_map
from newsdesk.search import index

STACK = "stack"
STACKS = {"": _("Together"), "topic": _("By topic"), "language": _("By language")}
LAYERS = 5  # and the others together
COUNTRIES = TOPICS = 12
STORIES = NEWEST = 8

# Of the list alone: the desk has an order of its own.
NOT_HERE = ("sort", "fold", PAGE)


@dataclass(frozen=True, slots=True)
class TopicLine:
    choice: Choice
    sparkline: Sparkline
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    article: Article
    source: str


class Desk:
    def __init__(self, data: QueryDict, user: User | None = None) -> None:
        kept = data.copy()
        for name in NOT_HERE:
            kept.pop(name, None)
        self.articles = ArticleFilter(kept, user, scheme=ArticleFilter.scheme("front", (STACK,)))
        asked = self.articles.requested.values(STACK)
        self.stack = asked[0] if asked and asked[0] in STACKS else ""

    @cached_property
    def ids(self) -> BitMap:
        return self.articles.ids

    @cached_property
    def count(self) -> int:
        return len(self.ids)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, whatever the filters."""
        return not index.everything()

    @cached_property
    def ways_out(self) -> list[WayOut]:
        return find_ways_out(self.articles) if self.articles.is_valid() and not self.count else []

    # Addresses and forms

    @property
    def list_url(self) -> str:
        return self.articles.list_address.url

    @property
    def stories_url(self) -> str:
        return reverse("stories") + self.articles.list_address.query

    @property
    def search_inputs(self) -> list[tuple[str, str]]:
        """What the search box takes along to the list."""
        return self.articles.list_address.without("q")

    @property
    def date_inputs(self) -> list[tuple[str, str]]:
        return self.articles.address.without("published_after", "published_before")

    # What there is of it

    @cached_property
    def grouped(self) -> index.Grouped:
        return index.group(self.ids)

    @property
    def span(self) -> str:
        """From the day of the first dated article to that of the last."""
        months = [month for month, _ in index.months(self.ids)]
        if not months:
            return ""
        first, *_others = index.days(self.ids, months[0], end_of(months[0]))
        *_others, last = index.days(self.ids, months[-1], end_of(months[-1]))
        return span_of_days(first[0], last[0])

    @cached_property
    def sources(self) -> int:
        return _known(index.counts("source", self.ids))

    @cached_property
    def languages(self) -> int:
        return _known(index.counts("language", self.ids))

    @property
    def undated(self) -> int:
        return index.undated(self.ids)

    @property
    def undated_url(self) -> str:
        return self.articles.list_address.url_with(dated="no", published_after=None, published_before=None)

    @property
    def without_topic(self) -> int:
        return index.without_any("topic", self.ids)

    @property
    def without_country(self) -> int:
        return index.without_any("country", self.ids)

    @property
    def without_topic_url(self) -> str:
        return self._url_without("topic")

    @property
    def without_country_url(self) -> str:
        return self._url_without("country")

    def _url_without(self, what: str) -> str:
        """The list of those that lack it, under the search that is asked already."""
        query = self.articles.query
        asked = f"({query.text}) -has:{what}" if query else f"-has:{what}"
        return self.articles.list_address.url_with(q=asked)

    @cached_property
    def last_collected(self) -> dt.datetime | None:
        """When the one that was stored last was collected."""
        last = Article.objects.filter(pk=self.ids.max()) if self.ids else Article.objects.none()
        return last.values_list("collected", flat=True).first()

    # Time

    @cached_property
    def timeline(self) -> Timeline | None:
        return make_timeline(self.articles, _make_layers(self.articles, self.stack) if self.stack else ())

    @property
    def stacks(self) -> list[Order]:
        return make_orders(self.articles.address, STACK, STACKS, self.stack)

    # Countries, topics, stories, articles

    @cached_property
    def countries(self) -> Facet:
        return make_facet(self.articles, "about", COUNTRIES)

    @property
    def most_about(self) -> int:
        return max((choice.count for choice in self.countries.choices), default=0)

    @cached_property
    def map(self) -> WorldMap:
        return make_map(self.articles, make_facet(self.articles, "about", ALL).choices)

    @cached_property
    def topics(self) -> list[TopicLine]:
        facet = make_facet(self.articles, "topic", TOPICS)
        choices = [choice for choice in facet.choices if choice.count or choice.state]
        lines = make_sparklines(self.articles, choices)
        return [
            TopicLine(choice, line, reverse("topic", args=[choice.value]))
            for choice, line in zip(choices, lines, strict=True)
        ]

    @cached_property
    def stories(self) -> list[StoryRow]:
        return read_stories(self.articles, self.grouped.largest_first.page(0, STORIES))

    @cached_property
    def newest(self) -> list[Entry]:
        ids = index.page(self.ids, offset=0, size=NEWEST)
        found, sources = Article.objects.in_bulk(ids), self.articles.names.sources
        return [Entry(found[pk], sources.get(found[pk].source_id or "", "")) for pk in ids if pk in found]


def _known(counts: Mapping[str, int]) -> int:
    return sum(bool(count) for count in counts.values())


def _make_layers(articles: ArticleFilter, facet: str) -> Layers:
    """The largest values and the rest. An article counts once: of several topics under the smallest, which says most."""
    within = articles.ids_without(*DATES)
    counts, names = index.counts(facet, within), articles.filters[facet].names
    largest = sorted((value for value in names if counts.get(value)), key=lambda value: -counts[value])[:LAYERS]
    found, left = {}, within
    for value in reversed(largest):
        found[value] = left & index.value(facet, value)
        left = left - found[value]
    rest = gettext("Other topics or none") if facet == "topic" else gettext("Other languages")
    layers = [(names[value], found[value], articles.address.url_with(**{facet: value})) for value in largest]
    return [*layers, (rest, left, "")] if left else layers
