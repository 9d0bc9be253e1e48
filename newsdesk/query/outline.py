"""A query as it can be read by one who does not know the language: what belongs together, and how each part is meant."""

from __future__ import annotations

from typing import Literal, NamedTuple

from lark import Token

from newsdesk.query.parser import DEFAULT_DISTANCE, Part, parse, parse_tree
from newsdesk.query.terms import read_term

Kind = Literal["any", "all", "not", "word", "phrase", "near", "exact", "prefix", "value", "often"]


class Outline(NamedTuple):
    """``any``, ``all`` and ``not`` have parts, the rest a text: as it was typed, without the signs of the language.
    ``field`` is the one that a part was asked for in, ``distance`` that of words near each other, ``times`` how many
    places ``often`` asks for."""

    kind: Kind
    text: str = ""
    field: str = ""
    distance: int = 0
    parts: tuple[Outline, ...] = ()
    times: int = 0

    @property
    def is_leaf(self) -> bool:
        return not self.parts

    @property
    def leaves(self) -> tuple[Outline, ...]:
        return tuple(part for part in self.parts if part.is_leaf)

    @property
    def branches(self) -> tuple[Outline, ...]:
        return tuple(part for part in self.parts if not part.is_leaf)


def outline(text: str) -> Outline | None:
    """None for an empty query. Raises QueryError as `parse` does."""
    parse(text)  # which reads dates and distances too
    part = parse_tree(text)
    return None if part is None else _outline(part, "")


def _outline(part: Part, field: str) -> Outline:
    if isinstance(part, Token):
        return _leaf(part, field)
    match part.data, part.children:
        case "negation", [inner]:
            return Outline("not", parts=(_outline(inner, field),))
        case "often", [inner, Token() as times]:
            return Outline("often", parts=(_outline(inner, field),), times=int(times[1:]))
        case "field", [Token() as label, inner]:
            return _outline(inner, label.partition(":")[0].strip().lower())
        case "both", parts:
            return Outline("all", parts=tuple(_outline(inner, field) for inner in parts))
        case _, parts:
            return Outline("any", parts=tuple(_outline(inner, field) for inner in parts))


def _leaf(token: Token, field: str) -> Outline:
    term = read_term(token)
    if field not in ("", "title", "body"):
        return Outline("value", term.text, field)
    if term.exact:
        return Outline("exact", term.text, field)
    if term.text.endswith("*"):
        return Outline("prefix", term.text.rstrip("*"), field)
    if term.distance is not None:
        return Outline("near", term.text, field, int(term.distance or DEFAULT_DISTANCE))
    return Outline("phrase" if token.type == "PHRASE" else "word", term.text, field)
