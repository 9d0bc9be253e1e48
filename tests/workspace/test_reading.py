"""The marks of one reader as sets of ids."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from newsdesk.workspace import reading
from newsdesk.workspace.models import Reading
from newsdesk.workspace.reading import State
from tests.factories import make_article, make_articles, make_user

pytestmark = pytest.mark.django_db


def test_a_mark_is_set_taken_off_and_keeps_its_time() -> None:
    user, article = make_user("reader"), make_article()

    assert reading.set_mark(user.pk, article, "starred", on=True) == State(starred=True)
    first = Reading.objects.get().starred_at
    assert reading.set_mark(user.pk, article, "starred", on=True) == State(starred=True)

    assert Reading.objects.get().starred_at == first
    assert reading.set_mark(user.pk, article, "read", on=True) == State(read=True, starred=True)
    assert reading.set_mark(user.pk, article, "starred", on=False) == State(read=True)


def test_marks_are_of_one_reader() -> None:
    anna, boris, article = make_user("reader"), make_user("reader"), make_article()

    reading.set_mark(anna.pk, article, "archived", on=True)

    assert reading.marked(anna.pk, "archived") == BitMap([article.pk])
    assert reading.marked(boris.pk, "archived") == BitMap()
    assert reading.states(boris.pk, [article.pk]) == {}
    assert reading.states(None, [article.pk]) == {}


def test_many_are_read_in_two_queries_and_only_those_are_taken_back() -> None:
    user = make_user("reader")
    articles = make_articles([{}] * 4)
    ids = BitMap(article.pk for article in articles)
    reading.set_mark(user.pk, articles[0], "read", on=True)
    reading.set_mark(user.pk, articles[1], "starred", on=True)

    with CaptureQueriesContext(connection) as captured:
        count, moment = reading.read_all(user.pk, ids)

    assert (count, len(captured)) == (3, 2)
    assert reading.marked(user.pk, "read") == ids
    assert reading.unread_again(user.pk, moment) == 3
    assert reading.marked(user.pk, "read") == BitMap([articles[0].pk])
    assert reading.marked(user.pk, "starred") == BitMap([articles[1].pk])


def test_an_article_that_went_meanwhile_is_passed_over() -> None:
    user, article = make_user("reader"), make_article()

    reading.read_all(user.pk, BitMap([article.pk, 10**6]))

    assert reading.marked(user.pk, "read") == BitMap([article.pk])
