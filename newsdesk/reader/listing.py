"""One page of the list, ready to show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core.paginator import Paginator
from django.urls import reverse

from newsdesk.articles.marks import Segment
from newsdesk.articles.models import Article, ArticleCountry, ArticleText, ArticleTopic
from newsdesk.articles.snippets import make_snippet, mark_words
from newsdesk.query import find_words
from newsdesk.reader.addresses import article_url
from newsdesk.reader.claims import PROVENANCE, is_inferred
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.names import language_name, language_name_within
from newsdesk.workspace import reading
from newsdesk.workspace.reading import UNREAD, State

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Coverage:
    """Those articles of a story that pass the filters: how many ``of`` all, of how many outlets, in which languages,
    the most frequent first."""

    count: int
    of: int
    outlets: int
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """``coverage`` is None where the row stands for its article alone."""

    article: Article
    source: str
    language: str
    about: list[str]
    mentioned: list[str]
    topics: list[str]
    provenance: str
    inferred: bool
    url: str
    story_url: str
    title: list[Segment]
    snippet: list[Segment]
    coverage: Coverage | None
    state: State = UNREAD


@dataclass(frozen=True, slots=True)
class PageLink:
    """``number`` is None for a gap between numbers."""

    number: int | None
    url: str = ""
    current: bool = False


class Listing:
    """The page of ``articles`` that was asked for, or the last one where there are fewer."""

    def __init__(self, articles: ArticleFilter) -> None:
        self.articles = articles
        self.count = len(articles.ids)
        self.stories = len(articles.folded) if articles.folds else None
        self.paginator = Paginator(range(self.count if self.stories is None else self.stories), PER_PAGE)
        self.number = min(articles.page, self.paginator.num_pages)
        self.start = (self.number - 1) * PER_PAGE + 1

    @cached_property
    def rows(self) -> list[Row]:
        """Queries: articles, their countries, their topics; what the reader did with them; in a search, the texts of those
        shown; where stories are folded, their articles."""
        ids = self.articles.page_of_ids(self.start - 1, PER_PAGE)
        found = Article.objects.select_related("story").in_bulk(ids)
        labels = _label(ids)
        bodies = _bodies(ids) if self.articles.query else {}
        shown = [found[pk] for pk in ids if pk in found]
        carried = self.articles.address.carried
        coverage = _cover(self.articles, shown) if self.articles.folds else {}
        states = reading.states(self.articles.reader, ids)
        return [
            _make_row(
                article,
                labels[article.pk],
                self.articles,
                carried,
                bodies.get(article.pk, ""),
                coverage.get(article.pk),
                states.get(article.pk, UNREAD),
            )
            for article in shown
        ]

    @property
    def last(self) -> int:
        """The article of the last row."""
        return self.rows[-1].article.pk

    @property
    def query(self) -> str:
        """What names this page, without the question mark."""
        return self.articles.address.query.removeprefix("?")

    def ids_to_here(self) -> list[int]:
        """Of all rows from the first of the list to the last of this page."""
        return self.articles.page_of_ids(0, self.start - 1 + PER_PAGE)

    @cached_property
    def links(self) -> list[PageLink]:
        """Numbered pages, with gaps; none where there is but one page."""
        if self.paginator.num_pages < 2:
            return []
        return list(self._links())

    def _links(self) -> Iterator[PageLink]:
        for number in self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1):
            if isinstance(number, int):
                yield PageLink(number, self.articles.address.url_with(page=number), number == self.number)
            else:
                yield PageLink(None)

    @property
    def previous_url(self) -> str:
        return self.articles.address.url_with(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        more = self.number < self.paginator.num_pages
        return self.articles.address.url_with(page=self.number + 1) if more else ""


class Labels(NamedTuple):
    """Codes of countries and slugs of topics."""

    about: list[str]
    mentioned: list[str]
    topics: list[str]


def _label(ids: list[int]) -> dict[int, Labels]:
    """Of the articles named. Their rows are a hundred on a page: as plain values they take a third of the time."""
    labels = {pk: Labels([], [], []) for pk in ids}
    countries = ArticleCountry.objects.filter(article__in=ids).order_by("pk")
    for pk, code, role in countries.values_list("article", "country", "role"):
        (labels[pk].about if role == ArticleCountry.Role.ABOUT else labels[pk].mentioned).append(code)
    for pk, slug in ArticleTopic.objects.filter(article__in=ids).order_by("pk").values_list("article", "topic"):
        labels[pk].topics.append(slug)
    return labels


def _bodies(ids: list[int]) -> dict[int, str]:
    return {text.pk: text.body for text in ArticleText.objects.filter(pk__in=ids).only("raw_text", "cuts")}


def _cover(articles: ArticleFilter, shown: Iterable[Article]) -> dict[int, Coverage]:
    """By the id of the article that stands for its story."""
    large = {story.pk: (story, article.pk) for article in shown if (story := article.story) and story.size > 1}
    members = defaultdict(list)
    rows = Article.objects.filter(story__in=list(large)).order_by("pk").values_list("story", "pk", "source", "language")
    for key, pk, source, language in rows:
        if pk in articles.ids:
            members[key].append((source, language))
    return {
        large[key][1]: Coverage(
            count=len(covering),
            of=max(len(covering), large[key][0].size),
            outlets=len({source for source, _ in covering if source}),
            languages=[language_name_within(code) for code, _ in Counter(code for _, code in covering).most_common()],
        )
        for key, covering in members.items()
    }


def _make_row(
    article: Article,
    labels: Labels,
    articles: ArticleFilter,
    carried: str,
    body: str,
    coverage: Coverage | None,
    state: State,
) -> Row:
    names = articles.names
    title = str(article)
    return Row(
        article=article,
        source=names.sources.get(article.source_id or "", ""),
        language=language_name(article.language),
        about=[names.countries[code] for code in labels.about],
        mentioned=[names.countries[code] for code in labels.mentioned],
        topics=[names.topics[slug] for slug in labels.topics],
        provenance=str(PROVENANCE[article.published_provenance]),
        inferred=is_inferred(article),
        url=article_url(article, carried),
        story_url=reverse("story", args=[article.story_id]) if article.story_id else "",
        title=mark_words(title, find_words(articles.query, title, "title")),
        snippet=make_snippet(body, find_words(articles.query, body)) if articles.query else [],
        coverage=coverage,
        state=state,
    )
