"""Ways out of an empty list."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.language.tokens import tokenize
from newsdesk.query import Query, parse
from newsdesk.query.tree import Near, Phrase, Word, walk
from newsdesk.reader.filters import ArticleFilter
from newsdesk.search import index


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter without which there would be ``count`` articles, or which ``alone`` finds so many."""

    label: str
    texts: list[str]
    count: int
    url: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A search that was perhaps meant, and what it finds under the other filters."""

    text: str
    count: int
    url: str


def find_suggestion(articles: ArticleFilter) -> Suggestion | None:
    """The search with the nearest words of the corpus in place of those that stand in no article at all."""
    if articles.query is None:
        return None
    text = _replace_unknown(articles.query)
    if text == articles.query.text:
        return None
    count = len(index.search(parse(text), noted=articles.noted) & articles.ids_without("q"))
    return Suggestion(text, count, articles.address.url_with(q=text)) if count else None


def _replace_unknown(query: Query) -> str:
    asked = _asked_stems(query)
    text = query.text
    for token in reversed(tokenize(text)):
        if token.stem in asked and not index.search(Query("", Word(token.stem))):
            meant = index.suggest(token.form)
            text = text[: token.start] + meant + text[token.end :] if meant else text
    return text


def _asked_stems(query: Query) -> set[str]:
    """Not those of values and of beginnings."""
    stems: set[str] = set()
    for node in walk(query.root) if query.root else ():
        match node:
            case Word(stem):
                stems.add(stem)
            case Phrase(some) | Near(some):
                stems.update(some)
    return stems


def find_ways_out(articles: ArticleFilter) -> list[WayOut]:
    """Each filter that is set and may be dropped, the most rewarding first. Where to drop one does not help, each by
    itself: so one sees which of them finds nothing at all."""
    names = list(articles.sets)
    ways = [_way_out(articles, name, without=[name]) for name in names]
    if not any(way.count for way in ways):
        ways = [_way_out(articles, name, without=[one for one in names if one != name]) for name in names]
    return sorted(ways, key=lambda way: -way.count)


def _way_out(articles: ArticleFilter, name: str, *, without: list[str]) -> WayOut:
    return WayOut(
        label=str(articles.filters[name].label),
        texts=[chip.text for chip in articles.chips if chip.name == name],
        count=len(articles.ids_without(*without)),
        url=articles.address.url_with(**dict.fromkeys(without)),
        alone=name not in without,
    )
