"""Whether a query matches one text, and by which words. No database: topic rules, highlights and checks use it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from newsdesk.language.tokens import Token, tokenize
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
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Text,
    Word,
)

Field = Literal["title", "body"]


class Found(NamedTuple):
    """``start`` to ``end`` of the title or the body, in code points. They sort as they are read."""

    is_body: bool
    start: int
    end: int

    @property
    def field(self) -> Field:
        return "body" if self.is_body else "title"


class IndexedField:
    """The tokens of a title or a body, and where each stem stands among them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        positions: dict[str, list[int]] = defaultdict(list)
        for position, token in enumerate(self.tokens):
            positions[token.stem].append(position)
        return dict(positions)

    def find(self, stem: str) -> Sequence[int]:
        return self.positions.get(stem, ())


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
        self.title = IndexedField(title)
        self.body = IndexedField(body)
        self.facets = facets or {}
        self.published = published

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.title.positions).union(self.body.positions)

    def fields(self, scope: Scope) -> tuple[tuple[bool, IndexedField], ...]:
        match scope:
            case "title":
                return ((False, self.title),)
            case "body":
                return ((True, self.body),)
            case "any":
                return ((False, self.title), (True, self.body))


def match(root: Node | None, text: IndexedText) -> list[Found] | None:
    """The words by which ``root`` matches, in the order of reading; None if it does not match.

    The list is empty where a match rests on no words: on facets or dates, or on the absence of something.
    """
    if root is None:
        return []
    found = _match(root, text)
    return None if found is None else sorted(set(found))


def find_words(query: Query | None, text: str, field: Field = "body") -> list[tuple[int, int]]:
    """Start and end of all that a query asks for in a title or body, whether or not it matches: to be highlighted.

    What it asks to be absent is not looked for.
    """
    if query is None or query.root is None:
        return []
    tokens = tokenize(text)
    indexed = IndexedText(title=tokens) if field == "title" else IndexedText(body=tokens)
    return sorted({(start, end) for leaf in _wanted(query.root) for _, start, end in _find_text(leaf, indexed)})


def _wanted(node: Node) -> Iterator[Text]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
        case Word() | Phrase() | Near() | Exact() | Prefix():
            yield node
        case _:
            return


def _match(node: Node, text: IndexedText) -> list[Found] | None:
    match node:
        case Word() | Phrase() | Near() | Exact() | Prefix():
            return _find_text(node, text) or None
        case And(parts):
            return _match_all(parts, text)
        case Or(parts):
            matches = [found for part in parts if (found := _match(part, text)) is not None]
            return [place for found in matches for place in found] if matches else None
        case Not(part):
            return [] if _match(part, text) is None else None
        case _:
            return [] if _holds(node, text) else None


def _match_all(parts: Sequence[Node], text: IndexedText) -> list[Found] | None:
    places: list[Found] = []
    for part in parts:
        found = _match(part, text)
        if found is None:
            return None
        places += found
    return places


def _holds(node: Facet | After | Before | Has, text: IndexedText) -> bool:
    match node:
        case Facet(name, value):
            return value in text.facets.get(name, ())
        case After(day):
            return text.published is not None and text.published >= day
        case Before(day):
            return text.published is not None and text.published <= day
        case Has("date"):
            return text.published is not None


def _find_text(node: Text, text: IndexedText) -> list[Found]:
    return [
        Found(is_body, field.tokens[first].start, field.tokens[last].end)
        for is_body, field in text.fields(node.scope)
        for first, last in _find_positions(node, field)
    ]


def _find_positions(node: Text, field: IndexedField) -> Iterator[tuple[int, int]]:
    """First and last position of each occurrence."""
    match node:
        case Word(stem):
            return ((position, position) for position in field.find(stem))
        case Phrase(stems):
            return _find_row(stems, field)
        case Near(stems, distance):
            return _find_near(stems, distance, field)
        case Exact(forms, stems):
            return _find_exact(forms, stems, field)
        case Prefix():
            return _find_prefix(node, field)


def _find_row(stems: Sequence[str], field: IndexedField) -> Iterator[tuple[int, int]]:
    """Tokens with these stems, one after the other, looked for where the rarest of them stands."""
    at, rarest = min(enumerate(stems), key=lambda numbered: len(field.find(numbered[1])))
    for position in field.find(rarest):
        first, last = position - at, position - at + len(stems) - 1
        if first >= 0 and [token.stem for token in field.tokens[first : last + 1]] == list(stems):
            yield first, last


def _find_near(stems: Sequence[str], distance: int, field: IndexedField) -> Iterator[tuple[int, int]]:
    """The shortest stretches with all of the stems, from left to right, none overlapping another."""
    if not all(map(field.find, stems)):
        return
    latest: dict[str, int] = {}
    after = -1
    for position in sorted(position for stem in stems for position in field.find(stem)):
        latest[field.tokens[position].stem] = position
        first = min(latest.values())
        if len(latest) == len(stems) and position - first <= distance and first > after:
            yield first, position
            after = position


def _find_exact(forms: Sequence[str], stems: Sequence[Sequence[str]], field: IndexedField) -> Iterator[tuple[int, int]]:
    for first in sorted(position for stem in stems[0] for position in field.find(stem)):
        last = first + len(forms) - 1
        if [token.form for token in field.tokens[first : last + 1]] == list(forms):
            yield first, last


def _find_prefix(node: Prefix, field: IndexedField) -> Iterator[tuple[int, int]]:
    length = len(node.before)
    stems = [stem for stem in field.positions if stem.startswith(node.prefix) or stem in node.stems]
    for last in sorted(position for stem in stems for position in field.find(stem)):
        first = last - length
        if first >= 0 and [token.stem for token in field.tokens[first:last]] == list(node.before):
            yield first, last
