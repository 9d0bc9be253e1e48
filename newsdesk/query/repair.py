"""Reads what a newcomer typed the way it was meant: the tokens of any input, made into ones that the grammar takes.

- Words and phrases without a letter or digit ("-", "...", '""') are left out.
- AND and OR without something on either side are left out; of several in a row, the last counts.
- NOT, a minus and a field without anything after them are left out; two NOT cancel each other.
- How often something is to stand (^3) counts with what it follows, and is left out after nothing.
- A closing parenthesis without an opening one is left out, an open one is closed at the end, an empty pair is left
  out together with what it was the operand of.

Where a query is written to last, all but the first of these is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token
from lark.lark import PostLex

from newsdesk.language.tokens import find_forms
from newsdesk.query.errors import QueryError
from newsdesk.query.terms import read_term

MAX_DEPTH = 50

OPERANDS = {"WORD", "PHRASE"}
PREFIXES = {"_NOT", "FIELD"}
CONNECTIVES = {"_AND", "_OR"}
_WHOLE_PHRASE = re.compile(r"=?(\".*\"|«.*»|[“„].*[“”])(~\d*)?", re.DOTALL)


class Repair(PostLex):
    """A step between lark's lexer and its parser."""

    always_accept = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = repair(_telling(stream))
        refuse_deep_nesting(tokens)
        return iter(tokens)


class Refusal(PostLex):
    """The same step for a query that is written to last: what would have to be put right is refused."""

    always_accept = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = _telling(stream)
        refuse_repairs(tokens)
        refuse_deep_nesting(tokens)
        return iter(tokens)


def refuse_repairs(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.type == "PHRASE" and not _WHOLE_PHRASE.fullmatch(token):
            raise _error("open", token, token.lstrip("=")[0])
        if token.type == "LPAR":
            opened.append(token)
        elif token.type == "RPAR" and opened:
            opened.pop()
    if opened:
        raise _error("open", opened[-1], "(")
    kept = {id(token) for token in repair(tokens)}
    for token in tokens:
        if id(token) not in kept:
            raise _error("idle", token, token.strip())


def _error(code: str, token: Token, value: str) -> QueryError:
    return QueryError(code, token.start_pos or 0, value)


def _telling(stream: Iterator[Token]) -> list[Token]:
    """Without operands that say nothing, and how often those are to stand."""
    kept: list[Token] = []
    silent = False
    for token in stream:
        silent = silent if token.type == "TIMES" else token.type in OPERANDS and not _says_something(token)
        if not silent:
            kept.append(token)
    return kept


def _says_something(token: Token) -> bool:
    return bool(find_forms(read_term(token).text))


def repair(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    opened = 0
    for token in tokens:
        match token.type:
            case "LPAR":
                opened += 1
                kept.append(token)
            case "RPAR" if opened:
                opened -= 1
                _close(kept, token)
            case "RPAR":
                pass
            case "_AND" | "_OR":
                _drop_last(kept, PREFIXES | CONNECTIVES)
                if kept and kept[-1].type != "LPAR":
                    kept.append(token)
            case "_NOT" if kept and kept[-1].type == "_NOT":
                kept.pop()
            case "FIELD" if kept and kept[-1].type == "FIELD":
                _drop_last(kept, PREFIXES)
                kept.append(token)
            case "TIMES":
                if kept and kept[-1].type in OPERANDS | {"RPAR"}:
                    kept.append(token)
            case _:
                kept.append(token)
    for _ in range(opened):
        _close(kept, Token("RPAR", ")"))
    _drop_last(kept, PREFIXES | CONNECTIVES)
    return kept


def refuse_deep_nesting(tokens: list[Token]) -> None:
    outer = [0]  # the depth of each group that is open
    depth = 0
    for token in tokens:
        if token.type == "LPAR":
            depth += 1
            outer.append(depth)
        elif token.type in PREFIXES:
            depth += 1
        elif token.type == "RPAR":
            outer.pop()
            depth = outer[-1]
        else:
            depth = outer[-1]
        if depth > MAX_DEPTH:
            raise _error("depth", token, str(MAX_DEPTH))


def _close(kept: list[Token], token: Token) -> None:
    _drop_last(kept, PREFIXES | CONNECTIVES)
    if kept[-1].type == "LPAR":
        kept.pop()
        _drop_last(kept, PREFIXES)
    else:
        kept.append(token)


def _drop_last(kept: list[Token], types: set[str]) -> None:
    while kept and kept[-1].type in types:
        kept.pop()
