import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.tokens import Token, tokenize
from newsdesk.query import IndexedText, find_words, parse
from newsdesk.query.match import match
from newsdesk.query.tree import Exact, Near, Node, Phrase, Prefix, Scope, Text, Word

TITLE = "Министры обсудили мост"
BODY = "Мост через Куру строят в Нагорном районе. Министр Мамедов назвал мост нагорно-речным. Песков подтвердил."
ARTICLE = IndexedText(
    title=tokenize(TITLE),
    body=tokenize(BODY),
    facets={"country": frozenset({"AZ", "GE"}), "about": frozenset({"AZ"}), "language": frozenset({"ru"})},
    published=dt.date(2023, 5, 17),
)


def quote(rule: str, article: IndexedText = ARTICLE) -> list[str] | None:
    """The words by which a rule matches, those of the title with a T before them."""
    found = match(parse(rule).root, article)
    if found is None:
        return None
    return [
        BODY[place.start : place.end] if place.is_body else f"T {TITLE[place.start : place.end]}" for place in found
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("", [], id="nothing asked for"),
        pytest.param("министров", ["T Министры", "Министр"], id="word in any form, in title and body"),
        pytest.param("title:министр", ["T Министры"], id="word in the title"),
        pytest.param("body:министр", ["Министр"], id="word in the body"),
        pytest.param("самолёт", None, id="word that is missing"),
        pytest.param('"министр мамедов"', ["Министр Мамедов"], id="phrase"),
        pytest.param('"мамедов министр"', None, id="phrase the other way round"),
        pytest.param('"обсудили мост через"', None, id="phrase from title to body"),
        pytest.param("нагорно-речной", ["нагорно-речным"], id="phrase with a hyphen"),
        pytest.param("нагорно-рай*", ["Нагорном районе"], id="prefix after a word"),
        pytest.param("рай*", ["районе"], id="prefix"),
        pytest.param("мост*", ["T мост", "Мост", "мост"], id="prefix that is a word"),
        pytest.param('"мост куру"~2', ["Мост через Куру"], id="near"),
        pytest.param('"куру мост"~2', ["Мост через Куру"], id="near in any order"),
        pytest.param('"мост куру"~1', None, id="not near enough"),
        pytest.param('"министр мост"~5', ["T Министры обсудили мост", "Министр Мамедов назвал мост"], id="near twice"),
        pytest.param("=министр", ["Министр"], id="exact form"),
        pytest.param("=министра", None, id="exact form that is missing"),
        pytest.param('="министр мамедов"', ["Министр Мамедов"], id="exact phrase"),
        pytest.param("=песков", ["Песков"], id="exact form of a surname"),
        pytest.param("песков", ["Песков"], id="surname in lower case"),
        pytest.param("министр куру", ["T Министры", "Куру", "Министр"], id="both"),
        pytest.param("мост^3", ["T мост", "Мост", "мост"], id="so often"),
        pytest.param("мост^4", None, id="not so often"),
        pytest.param("body:мост^2", ["Мост", "мост"], id="so often in the body"),
        pytest.param("title:мост^2", None, id="not so often in the title"),
        pytest.param("(мост OR куру)^4", ["T мост", "Мост", "Куру", "мост"], id="either, so often together"),
        pytest.param('("министр мамедов" OR мамедов)^2', None, id="words that overlap count once"),
        pytest.param("(мост самолёт)^2", None, id="so often, and one is missing"),
        pytest.param("министр самолёт", None, id="one of two is missing"),
        pytest.param("самолёт OR куру", ["Куру"], id="either"),
        pytest.param("куру -самолёт", ["Куру"], id="without what is missing"),
        pytest.param("куру -мамедов", None, id="without what is there"),
        pytest.param("-самолёт", [], id="only without"),
        pytest.param("country:ge", [], id="country that is mentioned"),
        pytest.param("about:ge", None, id="country that it is not about"),
        pytest.param("about:az language:ru куру", ["Куру"], id="facets and a word"),
        pytest.param("topic:bridges", None, id="facet without values"),
        pytest.param("after:2023-05-17 before:2023-05-17", [], id="on the day"),
        pytest.param("after:2023-05-18", None, id="too early"),
        pytest.param("before:2023-05-16", None, id="too late"),
        pytest.param("has:date", [], id="dated"),
    ],
)
def test_match(rule: str, words: list[str] | None) -> None:
    assert quote(rule) == words


@pytest.mark.parametrize(
    ("rule", "matches"), [("has:date", False), ("after:2000", False), ("before:2100", False), ("-after:2000", True)]
)
def test_an_undated_article_is_neither_before_nor_after(rule: str, matches: bool) -> None:
    assert (match(parse(rule).root, IndexedText()) is not None) is matches


def test_words_are_found_for_highlighting_whether_or_not_the_query_matches() -> None:
    query = parse("country:us title:мост -мамедов (куру OR самолёт)")

    assert [TITLE[start:end] for start, end in find_words(query, TITLE, "title")] == ["мост"]
    assert [BODY[start:end] for start, end in find_words(query, BODY)] == ["Куру"]
    assert find_words(None, BODY) == []
    assert find_words(parse(""), BODY) == []


WORDS = st.sampled_from(["a", "b", "c", "ab", "abc"])
TEXTS = st.lists(WORDS, max_size=8)
SCOPES: st.SearchStrategy[Scope] = st.sampled_from(["any", "title", "body"])
SOME = st.lists(WORDS, min_size=2, max_size=3).map(tuple)
LEAVES = st.one_of(
    st.builds(Word, WORDS, SCOPES),
    st.builds(Phrase, SOME, SCOPES),
    st.builds(Near, st.lists(WORDS, min_size=2, max_size=3, unique=True).map(tuple), st.integers(2, 5), SCOPES),
    st.builds(lambda forms, scope: Exact(forms, tuple((form,) for form in forms), scope), SOME, SCOPES),
    st.builds(Prefix, st.sampled_from(["ab", "b"]), WORDS.map(lambda stem: (stem,)), st.tuples(WORDS), SCOPES),
)


def holds(node: Node, words: list[str]) -> bool:
    """The docstrings of tree.py, tried on every place of a text."""
    places = range(len(words))
    match node:
        case Word(stem):
            return stem in words
        case Phrase(stems) | Exact(stems):
            return any(tuple(words[place : place + len(stems)]) == stems for place in places)
        case Near(stems, distance):
            return any(
                tuple(words[place] for place in some) == stems and max(some) - min(some) <= distance
                for some in product(places, repeat=len(stems))
            )
        case Prefix(prefix, stems, (before,)):
            return any(
                words[place - 1] == before and (words[place].startswith(prefix) or words[place] in stems)
                for place in places[1:]
            )
    raise AssertionError(node)


def make_tokens(words: list[str]) -> list[Token]:
    return [Token(at, at + 1, word, word) for at, word in enumerate(words)]


@given(LEAVES, TEXTS, TEXTS)
def test_a_leaf_matches_as_its_docstring_says(leaf: Text, title: list[str], body: list[str]) -> None:
    article = IndexedText(make_tokens(title), make_tokens(body))
    asked = {"any": (title, body), "title": (title,), "body": (body,)}[leaf.scope]

    assert (match(leaf, article) is not None) == any(holds(leaf, words) for words in asked)
