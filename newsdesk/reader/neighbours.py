"""The articles before and after one, in the list that its reader came from."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.articles.models import Article
from newsdesk.reader.filters import ArticleFilter
from newsdesk.search import index

RANKED = 1000  # how far down a list by relevance is looked


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``position`` counts from 1; 0 means that the article is not in the list."""

    previous: int | None = None
    next: int | None = None
    position: int = 0


def find_neighbours(articles: ArticleFilter, article: Article) -> Neighbours:
    if article.pk not in articles.ids:
        return Neighbours()
    if articles.folds:
        return _among_stories(articles, article)
    offset, nearby = _by_rank(articles) if articles.order == "relevance" else _by_date(articles, article)
    if article.pk not in nearby:
        return Neighbours()
    at = nearby.index(article.pk)
    return Neighbours(
        previous=nearby[at - 1] if at else None,
        next=nearby[at + 1] if at + 1 < len(nearby) else None,
        position=offset + at + 1,
    )


def _among_stories(articles: ArticleFilter, article: Article) -> Neighbours:
    """Beside the row of the article's story."""
    at = articles.folded.find(article.pk)
    if at is None:
        return Neighbours()
    beside = articles.folded.page(max(0, at - 1), 3 if at else 2)
    after = 2 if at else 1
    return Neighbours(
        previous=beside[0] if at else None,
        next=beside[after] if after < len(beside) else None,
        position=at + 1,
    )


def _by_rank(articles: ArticleFilter) -> tuple[int, list[int]]:
    assert articles.query
    return 0, index.page_by_rank(articles.query, articles.ids, offset=0, size=RANKED, noted=articles.noted)


def _by_date(articles: ArticleFilter, article: Article) -> tuple[int, list[int]]:
    """All of the article's day, and one more on either side: how many lie before that day, the index counts."""
    ids, newest_first = articles.ids, articles.order == "newest"
    if article.published is None:
        same = index.undated(ids)
        before = len(ids) - same
    else:
        same = len(ids & index.between(article.published, article.published))
        newer = len(ids & index.between(article.published, None)) - same
        before = newer if newest_first else len(ids) - index.undated(ids) - newer - same
    offset = max(0, before - 1)
    return offset, index.page(ids, offset=offset, size=before - offset + same + 1, newest_first=newest_first)
