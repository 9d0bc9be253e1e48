"""Whether a query matches one text, and by which words. No database: topic rules, highlights and checks use it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, Literal, NamedTuple

from newsdesk.language.tokens import Token, find_stemmed, tokenize
from newsdesk.query.tree import (
    After,
    And,
    Before,
    Exact,
    Facet,
    Has,
    Near,
    Node,
    Not,
    Often,
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Text,
    Word,
)

Field = Literal["title", "body"]
Places = list[tuple[int, int]]  # first and last position of each stretch of tokens

GAP = Token(0, 0, "", "")  # between title and body: no query asks for an empty stem, so no phrase gets across


class Found(NamedTuple):
    """``start`` to ``end`` of the title or the body, in code points. They sort as they are read."""

    is_body: bool
    start: int
    end: int

    @property
    def field(self) -> Field:
        return "body" if self.is_body else "title"


class IndexedText:
    """What `match` reads of one article, made once for all the queries that are asked of it.

    ``facets`` maps the names of `Facet` to the values that the article has.
    """

    def __init__(
        self,
        title: Sequence[Token] = (),
        body: Sequence[Token] = (),
        facets: Mapping[str, frozenset[str]] | None = None,
        published: dt.date | None = None,
    ) -> None:
        self.tokens = (*title, GAP, *body)
        self.body_start = len(title) + 1
        self.facets = facets or {}
        self.published = published
        positions: dict[str, list[int]] = defaultdict(list)
        for position, (_, _, _, stem) in enumerate(self.tokens):
            positions[stem].append(position)
        del positions[GAP.stem]
        self._positions = dict(positions)

    @property
    def stems(self) -> Set[str]:
        return self._positions.keys()

    def find(self, stem: str, scope: Scope) -> Sequence[int]:
        """Where a stem stands."""
        positions = self._positions.get(stem, ())
        if scope == "any" or not positions:
            return positions
        first = bisect_left(positions, self.body_start)
        return positions[:first] if scope == "title" else positions[first:]

    def find_stems(self, beginning: str) -> Iterator[str]:
        """The stems that begin so."""
        stems = self._sorted_stems
        for at in range(bisect_left(stems, beginning), len(stems)):
            if not stems[at].startswith(beginning):
                return
            yield stems[at]

    @cached_property
    def _sorted_stems(self) -> Sequence[str]:
        return sorted(self._positions)

    def name(self, places: Iterable[tuple[int, int]]) -> list[Found]:
        """Places by title or body and code points, in the order of reading."""
        return [
            Found(first >= self.body_start, self.tokens[first].start, self.tokens[last].end)
            for first, last in sorted(set(places))
        ]


def match(root: Node | None, text: IndexedText) -> list[Found] | None:
    """The words by which ``root`` matches, in the order of reading; None if it does not match.

    The list is empty where a match rests on no words: on facets or dates, or on the absence of something.
    """
    if root is None:
        return []
    places = _match(root, text)
    return None if places is None else text.name(places)


def find_words(query: Query | None, text: str, field: Field = "body") -> list[tuple[int, int]]:
    """Start and end of all that a query asks for in a title or body, whether or not it matches: to be highlighted.

    What it asks to be absent is not looked for.
    """
    if query is None or query.root is None:
        return []
    wanted = list(_wanted(query.root))
    words = [leaf for leaf in wanted if isinstance(leaf, Word)]
    if len(words) == len(wanted):
        return find_stemmed(text, {word.stem for word in words if word.scope in ("any", field)})
    tokens = tokenize(text)
    indexed = IndexedText(title=tokens) if field == "title" else IndexedText(body=tokens)
    places = [place for leaf in wanted for place in _match(leaf, indexed) or ()]
    return [(start, end) for _, start, end in indexed.name(places)]


def _wanted(node: Node) -> Iterator[Text]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
        case Often(part):
            yield from _wanted(part)
        case Word() | Phrase() | Near() | Exact() | Prefix():
            yield node
        case _:
            return


def _match(node: Node, text: IndexedText) -> Places | None:
    return _MATCHERS[type(node)](node, text)


def _match_word(node: Word, text: IndexedText) -> Places | None:
    positions = text.find(node.stem, node.scope)
    return list(zip(positions, positions, strict=True)) or None


def _match_phrase(node: Phrase, text: IndexedText) -> Places | None:
    """Looked for where the rarest of its stems stands."""
    found = _find_all(node, text)
    if not found:
        return None
    at, positions = min(enumerate(found), key=lambda numbered: len(numbered[1]))
    return _rows((position - at for position in positions), node.stems, text) or None


def _find_all(node: Phrase | Near, text: IndexedText) -> list[Sequence[int]]:
    """Where each of its stems stands; empty where one is missing."""
    found = []
    for stem in node.stems:
        positions = text.find(stem, node.scope)
        if not positions:
            return []
        found.append(positions)
    return found


def _rows(firsts: Iterable[int], stems: Sequence[str], text: IndexedText) -> Places:
    """The stretches that begin at ``firsts`` and have these stems."""
    rows = ((first, first + len(stems) - 1) for first in firsts if first >= 0)
    return [(first, last) for first, last in rows if _stems_of(text, first, last) == stems]


def _stems_of(text: IndexedText, first: int, last: int) -> tuple[str, ...]:
    return tuple(token.stem for token in text.tokens[first : last + 1])


def _match_near(node: Near, text: IndexedText) -> Places | None:
    """The shortest stretches with all of the stems, from left to right, none overlapping another."""
    found = _find_all(node, text)
    if not found:
        return None
    places: Places = []
    latest: dict[str, int] = {}
    for position in sorted(position for positions in found for position in positions):
        latest[text.tokens[position].stem] = position
        first = min(latest.values())
        together = len(latest) == len(node.stems) and position - first <= node.distance
        in_one_field = first >= text.body_start or position < text.body_start
        if together and in_one_field and not (places and first <= places[-1][1]):
            places.append((first, position))
    return places or None


def _match_exact(node: Exact, text: IndexedText) -> Places | None:
    firsts = (position for stem in node.stems[0] for position in text.find(stem, node.scope))
    rows = ((first, first + len(node.forms) - 1) for first in firsts)
    forms = ((first, last, tuple(token.form for token in text.tokens[first : last + 1])) for first, last in rows)
    return [(first, last) for first, last, these in forms if these == node.forms] or None


def _match_prefix(node: Prefix, text: IndexedText) -> Places | None:
    before = len(node.before)
    places: Places = []
    for stem in {*node.stems, *text.find_stems(node.prefix)}:
        firsts = (position - before for position in text.find(stem, node.scope))
        places += _rows(firsts, (*node.before, stem), text)
    return places or None


def _match_often(node: Often, text: IndexedText) -> Places | None:
    places = _match(node.part, text) or []
    return places if _count_apart(places) >= node.times else None


def _count_apart(places: Places) -> int:
    """How many there are when those that overlap are one."""
    count, end = 0, -1
    for first, last in sorted(places):
        count += first > end
        end = max(end, last)
    return count


def _match_facet(node: Facet, text: IndexedText) -> Places | None:
    return [] if node.value in text.facets.get(node.name, ()) else None


def _match_after(node: After, text: IndexedText) -> Places | None:
    return [] if text.published is not None and text.published >= node.day else None


def _match_before(node: Before, text: IndexedText) -> Places | None:
    return [] if text.published is not None and text.published <= node.day else None


def _match_has(node: Has, text: IndexedText) -> Places | None:
    match node.what:
        case "date":
            return None if text.published is None else []
        case name:
            return [] if text.facets.get(name) else None


def _match_and(node: And, text: IndexedText) -> Places | None:
    places: Places = []
    for part in node.parts:
        found = _match(part, text)
        if found is None:
            return None
        places += found
    return places


def _match_or(node: Or, text: IndexedText) -> Places | None:
    matches = [found for part in node.parts if (found := _match(part, text)) is not None]
    return [place for found in matches for place in found] if matches else None


def _match_not(node: Not, text: IndexedText) -> Places | None:
    return [] if _match(node.part, text) is None else None


_MATCHERS: Mapping[type, Callable[[Any, IndexedText], Places | None]] = {
    Word: _match_word,
    Phrase: _match_phrase,
    Near: _match_near,
    Exact: _match_exact,
    Prefix: _match_prefix,
    Often: _match_often,
    Facet: _match_facet,
    After: _match_after,
    Before: _match_before,
    Has: _match_has,
    And: _match_and,
    Or: _match_or,
    Not: _match_not,
}
