from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.tokens import tokenize
from newsdesk.search import words
from tests.search.strategies import HOSTILE, WRITTEN


@given(title=st.text(), body=st.lists(st.sampled_from(WRITTEN)).map(" ".join))
def test_unpack_gives_back_stems_and_forms(title: str, body: str) -> None:
    text = words.read(title, body)

    assert words.unpack(words.pack(text)) == text


@given(st.text())
def test_every_term_is_one_word_for_both_databases(word: str) -> None:
    assert re.fullmatch(r"[0-9a-z_\x80-\ud7ff\ue000-\U0010ffff]+", words.term(word))
    assert len(words.term(word)) <= words.LONGEST + 17


@given(st.text(), st.integers(0, 300))
def test_terms_begin_with_the_plain_head_of_a_prefix(word: str, length: int) -> None:
    assert words.term(word).startswith(words.plain_head(word[:length]))


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_hostile_words_stay_apart(word: str) -> None:
    terms = {words.term(other) for other in HOSTILE}

    assert len(terms) == len(HOSTILE)
    assert words.term(word) not in {words.term(token.stem) for token in tokenize(" ".join(WRITTEN))}


def test_plain_words_are_their_own_terms() -> None:
    assert words.terms(["карабах", "azal", "2024", "東"]) == ["карабах", "azal", "2024", "東"]


def test_digest_tells_title_from_body() -> None:
    assert words.digest_of("a b", "") != words.digest_of("a", "b") != words.digest_of("", "a b")
