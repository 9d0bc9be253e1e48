"""Pages that neither double nor lose a row when articles come in meanwhile: a cursor is the last row that was given."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple, Self

from ninja.errors import HttpError

from newsdesk.articles.models import Article
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.neighbours import find_neighbours

PER_PAGE = 50
MOST = 200
NOT_OURS = "This cursor is none of ours: take `next` of the page before, as it is."


class Cursor(NamedTuple):
    """``after``: the article that the page before ended with; ``offset``: how many were given, should that one be gone."""

    after: int
    offset: int

    @classmethod
    def read(cls, text: str) -> Self:
        try:
            after, offset = urlsafe_b64decode(text.encode("ascii")).decode("ascii").split(".")
            cursor = cls(int(after), int(offset))
        except ValueError as error:
            raise HttpError(422, NOT_OURS) from error
        if not (0 <= cursor.after < 2**63 and 0 <= cursor.offset < 2**31):
            raise HttpError(422, NOT_OURS)
        return cursor

    def __str__(self) -> str:
        return urlsafe_b64encode(f"{self.after}.{self.offset}".encode()).decode()


class Page(NamedTuple):
    """``next`` is None on the last page."""

    ids: list[int]
    next: str | None


def page_of(articles: ArticleFilter, cursor: str | None, size: int) -> Page:
    start = _start(articles, Cursor.read(cursor)) if cursor else 0
    ids = articles.page_of_ids(start, size + 1)
    more = len(ids) > size
    return Page(ids[:size], str(Cursor(ids[size - 1], start + size)) if more else None)


def _start(articles: ArticleFilter, cursor: Cursor) -> int:
    """By rank, articles that come in move the rest about in any case: there the offset counts."""
    if articles.order == "relevance":
        return cursor.offset
    last = Article.objects.only("published").filter(pk=cursor.after).first()
    return (find_neighbours(articles, last).position if last else 0) or cursor.offset


def read_number(cursor: str) -> int:
    """The cursor of a list that is in the order of its ids."""
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 18:
        raise HttpError(422, NOT_OURS)
    return int(cursor)
