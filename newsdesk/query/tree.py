"""What a query means, as data: two databases and the matcher of topic rules read the same tree.

A *token* is one of `newsdesk.language.tokens.tokenize`, in the title or in the body; its *position* is its
index among the tokens of that field. Title and body are two texts: no phrase reaches from one into the other.
``scope`` says where a node looks: ``any`` means in the title or in the body. All stems, forms and prefixes
are folded already.

The nodes hold no empty tuple: an empty query is a `Query` without root.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Scope = Literal["any", "title", "body"]
FacetName = Literal["country", "about", "topic", "language", "source", "story", "annotated"]


@dataclass(frozen=True, slots=True)
class Word:
    """Some token has this stem."""

    stem: str
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens with these stems follow each other directly, in this order. At least two stems."""

    stems: tuple[str, ...]
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Near:
    """Each stem has a token, in one field, in any order, and last position - first position <= distance.

    So ``"a b"~1`` wants neighbours and ``"a b"~5`` allows four tokens between them (FTS5: ``NEAR(a b, 4)``).
    The stems are at least two and differ from each other; the distance is at least len(stems) - 1 and at most
    `newsdesk.query.parser.MAX_DISTANCE`.
    """

    stems: tuple[str, ...]
    distance: int
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Exact:
    """Tokens with these forms follow each other directly, in this order; mostly there is only one.

    ``stems`` has one set of stems for each form: a token with that form has one of them. So an index over
    stems finds the candidates, and the forms of their tokens decide.
    """

    forms: tuple[str, ...]
    stems: tuple[tuple[str, ...], ...]
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Prefix:
    """Some token's stem begins with ``prefix`` or is one of ``stems``; tokens with the stems ``before`` stand
    directly before it, in this order.

    Stems, not forms, so that an index over stems answers it. ``stems`` are those of the prefix taken as a
    word: they let ``слово*`` find «слово», whose stem «слов» is shorter than the prefix. ``before`` is mostly
    empty; it comes from ``нагорно-карабах*``.
    """

    prefix: str
    stems: tuple[str, ...]
    before: tuple[str, ...] = ()
    scope: Scope = "any"


@dataclass(frozen=True, slots=True)
class Facet:
    """The article has this value of this facet.

    ``country`` is every country that it is about or mentions, ``about`` only those that it is about; codes
    are upper case. ``language`` is a lower-case code; ``topic`` and ``source`` are slugs; ``story`` is a
    decimal number; ``annotated`` is ``yes``, or ``mine`` for a note of one's own
    (``annotated:no`` arrives as `Not`): the one facet that is not the same for everyone.
    """

    name: FacetName
    value: str


@dataclass(frozen=True, slots=True)
class After:
    """Published on this day or later. An undated article is never after anything."""

    day: dt.date


@dataclass(frozen=True, slots=True)
class Before:
    """Published on this day or earlier. An undated article is never before anything."""

    day: dt.date


@dataclass(frozen=True, slots=True)
class Has:
    """``date``: the day of publication is known; ``country``, ``topic``: it has one at least."""

    what: Literal["date", "country", "topic"]


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts match. At least two parts, none of them an `And`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts matches. At least two parts, none of them an `Or`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not match. It may stand anywhere, alone too: then it means all articles but those."""

    part: Node


@dataclass(frozen=True, slots=True)
class Often:
    """The words of ``part`` stand in at least so many places; places that overlap count once.

    ``part`` is made of texts, `And` and `Or` alone, and ``times`` is at least 2.
    """

    part: Node
    times: int


Text = Word | Phrase | Near | Exact | Prefix
Node = Text | Often | Facet | After | Before | Has | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` as it was typed. Without ``root`` it matches every article."""

    text: str
    root: Node | None = None


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes inside it."""
    yield node
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from walk(part)
        case Not(part) | Often(part):
            yield from walk(part)
