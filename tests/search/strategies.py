"""Generated corpora and queries, over so few words that queries find something."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from newsdesk.language.tokens import find_possible_stems, tokenize
from newsdesk.query.tree import After, And, Before, Exact, Facet, Has, Near, Node, Not, Often, Or, Phrase, Prefix, Word
from newsdesk.search.index import Entry

LONG = "долго" * 40
WRITTEN = [
    *("мост", "моста", "мосту", "мостовая", "Мостов", "Мостова", "жёлтый", "желтая", "Şəki", "Sheki", "2024", "в"),
    *("bridge", "bridges", "bridging", "O'Brien", "Ребёнок", "ŉ", "İlham", "東京", f"{LONG}а", f"{LONG}о"),
]
TOKENS = [token for word in WRITTEN for token in tokenize(word)]
STEMS = sorted({token.stem for token in TOKENS})
FORMS = sorted({token.form for token in TOKENS})

# What reaches the databases only if something before them goes wrong; they must answer nothing, not fail.
HOSTILE = [
    '"',
    "'",
    'мост" OR "мост',
    "NEAR(мост",
    "AND",
    "*",
    "^",
    "-",
    ":",
    "\\",
    "\0",
    "мост\0",
    "😀",
    "\ud800",
    "A",
    " ",
    "",
]

DATES = st.dates(dt.date(2024, 1, 30), dt.date(2024, 3, 2))
TEXTS = st.lists(st.sampled_from(WRITTEN), max_size=10).map(" ".join)
FACETS = st.fixed_dictionaries({"country": st.lists(st.sampled_from(["AZ", "RU"]), max_size=2)})
CORPORA = st.lists(
    st.builds(Entry, id=st.integers(1, 9), title=TEXTS, body=TEXTS, day=st.none() | DATES, facets=FACETS), max_size=7
).map(lambda entries: list({entry.id: entry for entry in entries}.values()))

_scopes = st.sampled_from(["any", "any", "title", "body"])
_hostile = st.sampled_from([word for word in HOSTILE if word])  # no token is empty, and so no stem of a query
_stems = st.sampled_from(STEMS) | st.sampled_from(STEMS) | _hostile
_forms = st.sampled_from(FORMS) | _hostile
_beginnings = st.builds(lambda stem, length: stem[:length], st.sampled_from(STEMS), st.integers(1, 190))


def _near(stems: list[str], more: int, scope: str) -> Near:
    return Near(tuple(stems), len(stems) - 1 + more, scope)  # type: ignore[arg-type]  # drawn from the scopes, as plain strings


def _exact(forms: list[str], scope: str) -> Exact:
    return Exact(tuple(forms), tuple(find_possible_stems(form) for form in forms), scope)  # type: ignore[arg-type]  # drawn from the scopes, as plain strings


WORDS = st.builds(Word, _stems, _scopes)
PHRASES = st.builds(Phrase, st.lists(_stems, min_size=2, max_size=3).map(tuple), _scopes)
NEAR = st.builds(_near, st.lists(_stems, min_size=2, max_size=3, unique=True), st.integers(0, 12), _scopes)
EXACT = st.builds(_exact, st.lists(_forms, min_size=1, max_size=2), _scopes)
PREFIXES = st.builds(
    Prefix,
    _beginnings | _hostile,
    st.lists(_stems, min_size=1, max_size=2).map(tuple),
    st.lists(_stems, max_size=1).map(tuple),
    _scopes,
)
SETS = (
    st.builds(Facet, st.just("country"), st.sampled_from(["AZ", "RU", "XX"]))
    | st.builds(After, DATES)
    | st.builds(Before, DATES)
    | st.builds(Has, st.sampled_from(["date", "country", "topic"]))
)
TEXT_LEAVES: st.SearchStrategy[Node] = WORDS | PHRASES | NEAR | EXACT | PREFIXES
_several = st.lists(TEXT_LEAVES, min_size=2, max_size=3).map(tuple)
OFTEN = st.builds(Often, TEXT_LEAVES | st.builds(And, _several) | st.builds(Or, _several), st.integers(2, 4))
LEAVES: st.SearchStrategy[Node] = TEXT_LEAVES | OFTEN | SETS


def _combine(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, nodes)


QUERIES = st.recursive(LEAVES, _combine, max_leaves=6)
