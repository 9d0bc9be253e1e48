"""The page of two articles side by side: what both tell, and what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from newsdesk.articles.marks import Mark, Segment, segments
from newsdesk.articles.models import Article, Story
from newsdesk.pipeline.stories.alignment import Difference, Fate, Row, Sentence, align
from newsdesk.pipeline.stories.comparison import Version, read
from newsdesk.reader.addresses import comparison_url
from newsdesk.reader.article import LONG
from newsdesk.reader.claims import is_inferred
from newsdesk.reader.freshness import fresh

CHOICES = 40  # other versions that are offered in place of one


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it is shown. ``pieces`` are its words with how they differ, or nothing."""

    sentence: Sentence
    pieces: list[tuple[str, str]]

    @property
    def alone(self) -> bool:
        return self.sentence.fate is Fate.ALONE

    @property
    def elsewhere(self) -> int:
        return self.sentence.elsewhere if self.sentence.fate is Fate.ELSEWHERE else 0


class Side:
    """One of the two, and the versions that may stand in its place beside ``other``."""

    def __init__(self, name: str, article: Article, other: Article, choices: Sequence[Article]) -> None:
        self.name = name
        self.article = article
        self.outlet = str(article.source or gettext("Unknown source"))
        self.inferred = is_inferred(article)
        self.choices = [(choice, comparison_url(other.pk, choice.pk)) for choice in choices]

    @property
    def version(self) -> Version:
        article = self.article
        return Version(str(article.pk), article.language, article.title, article.text.body, str(article.source or ""))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one of the two says in a row. ``other`` is the other."""

    side: Side
    other: Side
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class Line:
    """``cells`` is one where the other side has nothing."""

    row: Row
    cells: list[Cell]


class ComparisonPage:
    """The earlier one is on the left."""

    def __init__(self, articles: Sequence[Article]) -> None:
        one, other = self.articles = articles
        self.url = comparison_url(one.pk, other.pk)
        self.left, self.right = Side("left", one, other, self.choices), Side("right", other, one, self.choices)
        self.sides = self.left, self.right

    @cached_property
    def choices(self) -> list[Article]:
        """The other articles of the stories of both."""
        stories = {article.story_id for article in self.articles} - {None}
        others = Article.objects.filter(story__in=stories).exclude(pk__in=[article.pk for article in self.articles])
        return list(others.select_related("source").in_time()[:CHOICES]) if stories else []

    @property
    def story(self) -> Story | None:
        """The story, if they are of one."""
        one, other = self.articles
        return one.story if one.story_id == other.story_id else None

    @property
    def across(self) -> bool:
        return self.left.article.language != self.right.article.language

    @property
    def long(self) -> bool:
        return max(article.words for article in self.articles) >= LONG

    @cached_property
    def lines(self) -> list[Line]:
        left, right = self.left.version, self.right.version
        return [self._line(row, left.body, right.body) for row in align(read(left), read(right))]

    def _line(self, row: Row, left: str, right: str) -> Line:
        cells = [
            Cell(self.left, self.right, [*_show(left, row.left)]),
            Cell(self.right, self.left, [*_show(right, row.right)]),
        ]
        return Line(row, [cell for cell in cells if cell.passages])

    @property
    def same(self) -> bool:
        """Whether they say the same from first to last."""
        return bool(self.lines) and all(line.row.same for line in self.lines)


def _show(body: str, sentences: Sequence[Sentence]) -> Iterator[Passage]:
    for one in sentences:
        marks = [Mark(mark.start - one.start, mark.end - one.start, mark.difference) for mark in one.marks]
        text = body[one.start : one.end]
        yield Passage(one, [(segment.text, _difference(segment)) for segment in segments(text, marks)])


def _difference(segment: Segment) -> str:
    """Of words that differ in both ways the one that says more."""
    kinds = {mark.kind for mark in segment.marks}
    return next((kind for kind in (Difference.OWN, Difference.WORDS) if kind in kinds), "")


@require_safe
@fresh
@vary_on_cookie
def comparison(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """An article is not compared with itself: it is shown."""
    if pk == other:
        return redirect(get_object_or_404(Article, pk=pk))
    both = Q(pk=pk) | Q(pk=other)  # not pk__in: the database would refuse a number that is too large for it
    articles = list(Article.objects.filter(both).select_related("source", "story", "text").in_time())
    if len(articles) < 2:
        raise Http404
    if pk > other:
        return redirect(comparison_url(pk, other), permanent=True)
    return render(request, "reader/comparison.html", {"page": ComparisonPage(articles)})
