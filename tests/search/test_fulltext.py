from __future__ import annotations

from collections.abc import Iterable
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap

from newsdesk.language.tokens import tokenize
from newsdesk.query import parse
from newsdesk.query.match import IndexedText, match
from newsdesk.query.tree import And, Exact, Near, Node, Or, Phrase, Prefix, Query, Word
from newsdesk.search import bitmaps, engine, fulltext, index, tsvector
from newsdesk.search.index import Entry
from newsdesk.search.models import Words
from tests.search.entries import make_entry
from tests.search.strategies import CORPORA, HOSTILE, QUERIES


def search_plainly(root: Node, entries: Iterable[Entry]) -> BitMap:
    return BitMap(
        [
            entry.id
            for entry in entries
            if match(
                root,
                IndexedText(
                    tokenize(entry.title),
                    tokenize(entry.body),
                    {facet: frozenset(values) for facet, values in entry.facets.items()},
                    entry.day,
                ),
            )
            is not None
        ]
    )


class TestProperty(TestCase):
    """Each database against the matcher, and so against the other."""

    @settings(max_examples=80)
    @given(entries=CORPORA, roots=st.lists(QUERIES, min_size=3, max_size=7))
    def test_index_answers_as_the_matcher_does(self, entries: list[Entry], roots: list[Node]) -> None:
        index.put(entries)

        for root in roots:
            assert index.search(Query("", root)) == search_plainly(root, entries)

    @settings(max_examples=50)
    @given(entries=CORPORA, roots=st.lists(QUERIES, min_size=3, max_size=7))
    def test_so_it_does_for_articles_beyond_the_limits_of_a_tsvector(
        self, entries: list[Entry], roots: list[Node]
    ) -> None:
        with (
            patch.object(tsvector, "LAST_PLACE", 26),
            patch.object(tsvector, "PLACES_OF_A_WORD", {"A": 1, "D": 2}),
            patch.object(tsvector, "LARGEST", 600),
        ):
            index.put(entries)

        for root in roots:
            assert index.search(Query("", root)) == search_plainly(root, entries)

    @settings(max_examples=30)
    @given(before=CORPORA, after=CORPORA, removed=st.sets(st.integers(1, 9)), root=QUERIES)
    def test_nothing_is_left_of_what_was_replaced_or_removed(
        self, before: list[Entry], after: list[Entry], removed: set[int], root: Node
    ) -> None:
        index.put(before)
        index.put(after)
        index.remove(removed)

        held = {entry.id: entry for entry in [*before, *after] if entry.id not in removed}
        assert index.search(Query("", root)) == search_plainly(root, held.values())
        assert index.check(held.values()).sound

    @settings(max_examples=40)
    @given(entries=CORPORA, root=QUERIES, offset=st.integers(0, 9), size=st.integers(0, 9))
    def test_pages_by_rank_are_stretches_of_all_that_is_found(
        self, entries: list[Entry], root: Node, offset: int, size: int
    ) -> None:
        index.put(entries)
        query = Query("", root)

        everything = index.page_by_rank(query, index.everything(), offset=0, size=99)

        assert sorted(everything) == list(index.search(query))
        page = index.page_by_rank(query, index.everything(), offset=offset, size=size)
        assert page == everything[offset : offset + size]


@pytest.fixture
def bridges(db: None) -> list[Entry]:
    entries = [
        make_entry(1, "Старый мост закрыли на ремонт", title="Ремонт моста", day="2024-05-01"),
        make_entry(2, "Через реку строят новые мосты", title="Стройка", day="2024-05-02", country=["AZ"]),
        make_entry(3, "Ремонт дороги. Мост не тронут.", title="Дорога", day="2024-05-03", country=["RU"]),
        make_entry(4, "The old bridge is closed", title="A bridge closes", country=["AZ"]),
    ]
    index.put(entries)
    return entries


@pytest.mark.usefixtures("bridges")
class TestSearch:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("мосты", [1, 2, 3], id="any case form"),
            pytest.param("=мост", [1, 3], id="exact form"),
            pytest.param("title:мост", [1], id="title"),
            pytest.param("title:=моста", [1], id="exact form in the title"),
            pytest.param("body:=моста", [], id="exact form not in the body"),
            pytest.param("body:bridge", [4], id="body"),
            pytest.param('"ремонт моста"', [1], id="phrase"),
            pytest.param("мост^2", [1], id="so often, in title and body"),
            pytest.param("(мост OR ремонт)^3", [1], id="either, so often together"),
            pytest.param("мост -ремонт^2", [2, 3], id="not so often"),
            pytest.param('"стройка через"', [], id="no phrase from title to body"),
            pytest.param('"мост ремонт"~3', [1, 3], id="near, in any order"),
            pytest.param('"мост дорога"~1', [3], id="neighbours"),
            pytest.param("дорог*", [3], id="prefix"),
            pytest.param("мост -ремонт", [2], id="without"),
            pytest.param("мост country:az", [2], id="with a facet"),
            pytest.param("мост OR bridge after:2024-05-02", [1, 2, 3], id="with a date"),
            pytest.param("-мост", [4], id="only without"),
            pytest.param("", [1, 2, 3, 4], id="nothing asked"),
            pytest.param("вертолёт", [], id="nothing found"),
        ],
    )
    def test_finds(self, text: str, expected: list[int]) -> None:
        assert index.search(parse(text)) == BitMap(expected)

    def test_within_leaves_out_the_rest(self) -> None:
        assert index.search(parse("мост"), BitMap([2, 3, 99])) == BitMap([2, 3])
        assert index.search(parse(""), BitMap([2, 99])) == BitMap([2])

    def test_follows_what_is_written(self) -> None:
        query = parse("мост")
        assert len(index.search(query)) == 3

        index.put([make_entry(2, "Через реку ходит паром")])
        index.remove([3])

        assert index.search(query) == BitMap([1])
        assert index.search(parse("паром")) == BitMap([2])

    @pytest.mark.parametrize("word", HOSTILE, ids=ascii)
    def test_hostile_words_find_nothing(self, word: str) -> None:
        for node in (
            Word(word),
            Word(word, "title"),
            Phrase((word, "мост")),
            Near((word, "мост"), 50),
            Exact((word,), ((word,),)),
            Prefix("мост", (), (word,)),
            And((Word("мост"), Word(word))),
        ):
            assert index.search(Query("", node)) == BitMap(), node

    def test_a_query_of_many_words_is_asked_in_parts(self) -> None:
        many = [Word(f"слово{number}") for number in range(engine.MOST_LEAVES + 1)]

        assert index.search(Query("", Or((*many, Word("мост"))))) == BitMap([1, 2, 3])

    def test_a_deep_query_is_asked_in_parts(self) -> None:
        node: Node = Word("мост")
        for _ in range(120):
            node = Or((And((node, Word("мост"))), Word("bridg")))

        assert index.search(Query("", node)) == BitMap([1, 2, 3, 4])


class TestRank:
    @pytest.mark.django_db
    def test_title_weighs_more_than_body(self) -> None:
        index.put(
            [
                make_entry(1, "Паром стоит у берега, а рядом строят мост и дорогу", title="Новости реки"),
                make_entry(2, "Паром стоит у берега, а рядом строят дом и дорогу", title="Мост реки"),
                make_entry(3, "Паром стоит у берега, а рядом строят дом и дорогу", title="Новости реки"),
            ]
        )

        assert index.page_by_rank(parse("мост"), index.everything(), offset=0, size=9) == [2, 1]

    @pytest.mark.django_db
    def test_rare_words_weigh_more_than_frequent_ones(self) -> None:
        index.put([make_entry(number, "мост закрыт") for number in range(1, 20)])
        index.put([make_entry(20, "паром закрыт")])

        assert index.page_by_rank(parse("мост OR паром"), index.everything(), offset=0, size=1) == [20]

    @pytest.mark.usefixtures("bridges")
    def test_what_asks_for_no_words_comes_newest_first(self) -> None:
        assert index.page_by_rank(parse("-bridge"), index.everything(), offset=0, size=9) == [3, 2, 1]

    @pytest.mark.usefixtures("bridges")
    def test_only_what_is_within(self) -> None:
        assert index.page_by_rank(parse("мост"), index.value("country", "AZ"), offset=0, size=9) == [2]

    @pytest.mark.django_db
    def test_where_many_match_the_newest_months_are_ranked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(fulltext.engine()), "ranked_at_most", 2)
        index.put(
            [
                make_entry(1, "мост", title="Мост", day="2024-01-01"),
                make_entry(2, "Паром и мост", day="2024-02-01"),
                make_entry(3, "мост", title="Мост", day="2024-03-01"),
                make_entry(4, "Паром и мост", day="2024-03-02"),
                make_entry(5, "мост", title="Мост"),
            ]
        )

        assert index.page_by_rank(parse("мост"), index.everything(), offset=0, size=9) == [3, 4, 2, 1, 5]
        assert index.page_by_rank(parse("мост"), index.everything(), offset=1, size=2) == [4, 2]


class TestWriting:
    @pytest.mark.usefixtures("bridges")
    def test_same_text_is_not_read_again(self, bridges: list[Entry]) -> None:
        with patch("newsdesk.search.words.find_words", side_effect=AssertionError):
            index.put(bridges)

    @pytest.mark.usefixtures("bridges")
    def test_what_an_emptied_table_left_behind_is_not_found(self) -> None:
        Words.objects.all().delete()
        index.put([make_entry(2, "Через реку ходит паром")])

        assert index.search(parse("мост")) == BitMap()
        assert fulltext.engine().agrees(fulltext.stored_texts([2]))

    @pytest.mark.django_db
    def test_optimize_changes_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(1, 30):
            index.put([make_entry(number, "мост" if number % 2 else "паром")])
        before = index.search(parse("мост"))

        index.optimize()
        monkeypatch.setattr(bitmaps, "_shared", bitmaps.Snapshot(0, ()))

        assert index.search(parse("мост")) == before == BitMap(range(1, 30, 2))

    @pytest.mark.django_db
    def test_very_long_articles_are_found_whole(self) -> None:
        words = " ".join(f"слово{number}" for number in range(20_000))
        frequent = "и так далее " * 3000
        index.put([make_entry(1, f"начало {words} {frequent} самый конец")])

        assert index.search(parse("слово19999 начало")) == BitMap([1])
        assert index.search(parse('"самый конец"')) == BitMap([1])
        assert index.search(parse('"конец самый"')) == BitMap()
        assert index.search(parse('"слово17000 слово17001"')) == BitMap([1])
        assert index.search(parse("=конец")) == BitMap([1])

    @pytest.mark.django_db
    def test_more_words_than_a_tsvector_can_hold(self) -> None:
        body = " ".join(f"{'длинное' * 6}{number}" for number in range(12_000))
        index.put([make_entry(1, f"{body} последнее"), make_entry(2, "мост")])

        assert index.search(parse("последнее")) == BitMap([1])
        assert index.search(parse("мост")) == BitMap([2])
        assert index.search(parse("-мост")) == BitMap([1])
        if connection.vendor == "postgresql":
            assert fulltext.engine().doubtful(places=False) == BitMap([1])


class TestBudget:
    """A search that is over before it is done says what it has not decided."""

    @pytest.fixture(autouse=True)
    def articles(self, db: None) -> None:
        index.put(
            [
                Entry(1, "", "the ports of Baku", None),
                Entry(2, "", "the port of Baku", None),
                Entry(3, "", "a ferry", None),
            ]
        )

    def test_with_time_enough_it_is_the_search(self) -> None:
        query = parse('="the port" OR ferry')

        assert index.search_for(query, 60) == index.Answer(index.search(query), BitMap())

    def test_what_the_index_narrows_is_undecided_and_the_rest_is_not(self) -> None:
        found, undecided = index.search_for(parse('="the port"'), -1)

        assert not found
        assert 2 in undecided
        assert 3 not in undecided

    def test_what_is_undecided_is_not_found_where_it_is_not_wanted(self) -> None:
        found, undecided = index.search_for(parse('baku OR -="the port"'), -1)

        assert not found & undecided

    @pytest.mark.parametrize(
        ("query", "ids"), [('="the ports"', {1}), ('body:="port of"', {2}), ('title:="port of"', set())]
    )
    def test_phrases_of_exact_forms_are_decided_on_the_stored_words(self, query: str, ids: set[int]) -> None:
        assert set(index.search(parse(query))) == ids


def test_a_value_is_added_and_taken_off_alone(db: None) -> None:
    index.put([Entry(1, "", "a", None, {"topic": ["sea"], "source": ["wire"]}), Entry(2, "", "b", None)])

    index.refile("topic", "sea", gained=[2, 99], lost=[1])

    assert index.value("topic", "sea") == BitMap([2])
    assert index.value("source", "wire") == BitMap([1])


def test_the_values_of_one_facet_are_replaced_alone(db: None) -> None:
    index.put([Entry(1, "", "a", None, {"story": ["7"], "source": ["wire"]}), Entry(2, "", "b", None)])

    index.replace("story", {1: [], 2: ["7"], 99: ["7"]})

    assert index.value("story", "7") == BitMap([2])
    assert index.value("source", "wire") == BitMap([1])


@pytest.mark.django_db
def test_a_search_for_notes_is_answered_for_whoever_asks() -> None:
    index.put([make_entry(number, "notes") for number in (1, 2, 3)])
    query = parse("notes -annotated:yes OR annotated:mine")

    def found(**noted: list[int]) -> BitMap:
        return index.search(query, noted=lambda whose: BitMap(noted[whose]))

    assert found(yes=[1, 2], mine=[2]) == BitMap([2, 3])
    assert found(yes=[3], mine=[]) == BitMap([1, 2])
    with pytest.raises(LookupError, match="say who"):
        index.search(query)
