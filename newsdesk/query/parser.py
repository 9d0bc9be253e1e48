"""Text to tree. Any input gives a `Query` or a `QueryError` that says where it is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Literal, cast

from lark import Lark, Token, Tree

from newsdesk.language.normalise import fold
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import find_forms, find_possible_stems, find_stems, find_stems_meant, tokenize
from newsdesk.query.dates import read_days
from newsdesk.query.errors import QueryError
from newsdesk.query.repair import Refusal, Repair
from newsdesk.query.terms import read_term
from newsdesk.query.tree import (
    After,
    And,
    Before,
    Exact,
    Facet,
    FacetName,
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
    Word,
    walk,
)

Part = Tree[Token] | Token

COUNTED = (Word, Phrase, Near, Exact, Prefix, And, Or, Often)

MAX_LENGTH = 20_000
MAX_DISTANCE = 50
DEFAULT_DISTANCE = 5  # of a ~ without a number
MAX_TIMES = 100
MIN_PREFIX = 2
MAX_READINGS = 8  # of a phrase whose words have more than one possible stem

YES = frozenset({"yes", "true", "1", "да"})
NO = frozenset({"no", "false", "0", "нет"})
MINE = frozenset({"mine", "my", "мои", "моё", "мое"})
HAD: Mapping[str, Literal["date", "country", "topic"]] = {
    "date": "date", "дата": "date", "country": "country", "страна": "country", "topic": "topic", "тема": "topic",
}  # fmt: skip  # several to a line

_UNKNOWN_FIELD = re.compile(r"(?P<name>[a-z]{3,}):\S.*", re.DOTALL)


def parse(text: str, *, strict: bool = False) -> Query:
    """``strict``: what is open, or has nothing to go with, is refused, not put right."""
    part = parse_tree(text, strict=strict)
    return Query(text, None if part is None else _build(part, "any", ""))


def parse_tree(text: str, *, strict: bool = False) -> Part | None:
    """The grammar's tree, whose words are as they were typed; None for an empty query."""
    if len(text) > MAX_LENGTH:
        raise QueryError("length", MAX_LENGTH, str(MAX_LENGTH))
    tree = _grammar(Refusal if strict else Repair).parse(text)
    return tree.children[0] if tree.children else None


@cache
def _grammar(step: type[Repair | Refusal]) -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", start="query", postlex=step())


def _build(part: Part, scope: Scope, field: str) -> Node:
    """The node of a part of the grammar's tree. ``scope`` and ``field`` are those that it stands under."""
    if isinstance(part, Token):
        return FIELD_VALUES[field](part) if field else _build_text(part, scope)
    match part.data, part.children:
        case "negation", [inner]:
            return _negate(_build(inner, scope, field))
        case "field", [Token() as label, inner]:
            name = label.partition(":")[0].strip().lower()
            if name in ("title", "body"):
                return _build(inner, cast("Scope", name), "")
            return _build(inner, scope, name)
        case "often", [inner, Token() as times]:
            return _count(_build(inner, scope, field), times)
        case "both", parts:
            telling = parts if field else _leave_out_stop_words(parts)
            return _join(And, [_build(inner, scope, field) for inner in telling])
        case _, parts:
            return _join(Or, [_build(inner, scope, field) for inner in parts])


def _leave_out_stop_words(parts: Sequence[Part]) -> Sequence[Part]:
    """Bare words of the stop list count only where nothing else is asked for."""
    return [part for part in parts if not _is_stop_word(part)] or parts


def _is_stop_word(part: Part) -> bool:
    return isinstance(part, Token) and part.type == "WORD" and fold(part.strip(".,;:!?…")) in STOP_WORDS


def _join(kind: type[And | Or], parts: Sequence[Node]) -> Node:
    """One node of all parts, without nodes of its own kind inside it and without repetition."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else [part]))
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def _count(part: Node, token: Token) -> Node:
    times = token.removeprefix("^")
    if len(times) > len(str(MAX_TIMES)) or int(times) > MAX_TIMES:
        raise _error("times", token, times)
    if not all(isinstance(node, COUNTED) for node in walk(part)):
        raise _error("often", token)
    return Often(part, int(times)) if int(times) > 1 else part


def _negate(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


# Words and phrases


def _build_text(token: Token, scope: Scope) -> Node:
    _refuse_unknown_field(token)
    term = read_term(token)
    if "*" in term.text and token.type == "WORD":
        return _build_prefix(token, term.text, scope)
    if term.exact:
        forms = tuple(find_forms(term.text))
        return Exact(forms, tuple(find_possible_stems(form) for form in forms), scope)
    distance = _read_distance(token, term.distance)
    words = [term.text[word.start : word.end] for word in tokenize(term.text)]
    readings = islice(product(*map(find_stems_meant, words)), MAX_READINGS)
    return _join(Or, [_build_stems(stems, distance, scope) for stems in readings])


def _build_stems(stems: tuple[str, ...], distance: int, scope: Scope) -> Node:
    different = tuple(dict.fromkeys(stems))
    if len(stems) == 1 or (distance and len(different) == 1):
        return Word(stems[0], scope)
    if distance:
        return Near(different, max(distance, len(different) - 1), scope)
    return Phrase(stems, scope)


def _build_prefix(token: Token, text: str, scope: Scope) -> Node:
    start = text.rstrip("*")
    last = find_forms(start)[-1]
    if "*" in start or len(start) == len(text):
        raise _error("star", token)
    if len(last) < MIN_PREFIX:
        raise _error("prefix", token)
    stems = tuple(find_stems(start)[:-1])
    return Prefix(last, find_possible_stems(last), stems, scope)


def _read_distance(token: Token, typed: str | None) -> int:
    """0 for a phrase, whose words follow each other directly."""
    if typed is None:
        return 0
    if not typed:
        return DEFAULT_DISTANCE
    if len(typed) > len(str(MAX_DISTANCE)) or int(typed) > MAX_DISTANCE:
        raise _error("distance", token, typed)
    return int(typed)


def _refuse_unknown_field(token: Token) -> None:
    """Only where one of ours is nearly spelt: "https://…" and "16:14" are words."""
    match = _UNKNOWN_FIELD.fullmatch(token)
    if match and get_close_matches(match["name"], FIELDS, n=1, cutoff=0.75):
        raise _error("field", token, match["name"])


# Values of fields


def _build_facet(name: FacetName, normalise: Callable[[str], str]) -> Callable[[Token], Node]:
    def build(token: Token) -> Node:
        values = [value for value in read_term(token).text.split(",") if find_forms(value)]
        return _join(Or, [Facet(name, normalise(value.strip())) for value in values])

    return build


def _slug(value: str) -> str:
    return "-".join(value.lower().split())


def _build_story(token: Token) -> Node:
    value = read_term(token).text
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise _error("story", token, value)
    return Facet("story", str(int(value)))


def _build_annotated(token: Token) -> Node:
    value = read_term(token).text.lower()
    if value not in YES | NO | MINE:
        raise _error("annotated", token, value)
    annotated = Facet("annotated", "mine" if value in MINE else "yes")
    return Not(annotated) if value in NO else annotated


def _build_has(token: Token) -> Node:
    value = read_term(token).text.lower()
    if value not in HAD:
        raise _error("has", token, value)
    return Has(HAD[value])


def _build_after(token: Token) -> Node:
    return After(_read_days(token, "after")[0])


def _build_before(token: Token) -> Node:
    return Before(_read_days(token, "before")[1])


def _read_days(token: Token, code: str) -> tuple[dt.date, dt.date]:
    value = read_term(token).text.strip()
    try:
        return read_days(value)
    except ValueError:
        raise _error(code, token, value) from None


def _error(code: str, token: Token, value: str | None = None) -> QueryError:
    return QueryError(code, token.start_pos or 0, str(token) if value is None else value)


FIELD_VALUES: dict[str, Callable[[Token], Node]] = {
    "source": _build_facet("source", _slug),
    "country": _build_facet("country", str.upper),
    "about": _build_facet("about", str.upper),
    "topic": _build_facet("topic", _slug),
    "language": _build_facet("language", str.lower),
    "story": _build_story,
    "annotated": _build_annotated,
    "after": _build_after,
    "before": _build_before,
    "has": _build_has,
}
FIELDS = ("title", "body", *FIELD_VALUES)
