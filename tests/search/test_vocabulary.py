"""Words that a mistyped one may have meant."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from newsdesk.search import index, vocabulary
from newsdesk.search.models import Bitmap, Filing, Form, Words
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def corpus(db: None) -> None:
    index.put(
        [
            make_entry(1, "Миротворцы ушли из Карабаха", title="Карабах без миротворцев"),
            make_entry(2, "Миротворцы в Карабахе", title="Карабах"),
            make_entry(3, "Миротворца видели в Baku, Bakı, Bako"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("карабаа", "карабах", id="another letter"),
        pytest.param("миротворы", "миротворцы", id="a letter left out"),
        pytest.param("карбаах", "карабах", id="two changed places"),
        pytest.param("миротворцыы", "миротворцы", id="a letter twice"),
        pytest.param("вертолет", "", id="nothing near"),
        pytest.param("ба", "", id="too short"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_nearest_word_is_meant(typed: str, meant: str) -> None:
    assert index.suggest(typed) == meant


def test_of_words_equally_near_the_more_frequent_one() -> None:
    index.put([make_entry(4, "карабас"), make_entry(5, "карабам карабам")])

    assert index.suggest("карабак") == "карабах"


def test_a_word_of_no_article_any_more_is_not_meant() -> None:
    index.remove([1, 2])

    assert index.suggest("карабаа") == ""


def test_words_are_learnt_again_after_a_transaction_that_failed(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        index.put([make_entry(4, "вертолёт")])
        transaction.set_rollback(True)

    index.put([make_entry(4, "вертолёт")])

    assert index.suggest("вертолед") == "вертолет"


def test_words_are_learnt_again_when_all_tables_were_emptied(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.put([make_entry(4, "вертолёт")])
    for model in (Form, Words, Filing, Bitmap):
        model.objects.all().delete()

    index.put([make_entry(4, "вертолёт")])

    assert index.suggest("вертолед") == "вертолет"


def test_words_that_are_known_are_not_told_again(
    django_capture_on_commit_callbacks: Any, django_assert_num_queries: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        vocabulary.learn_forms([["вертолет"]])

    with django_assert_num_queries(0):
        vocabulary.learn_forms([["вертолет"]])
