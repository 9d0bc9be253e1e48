"""The stories of a list: largest or newest first, under any filter."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from newsdesk.articles import stories
from newsdesk.articles.models import Article
from newsdesk.reader.stories import StoryList
from tests.factories import make_articles

pytestmark = pytest.mark.django_db


def make_story(*days: str, **claims: object) -> list[Article]:
    articles = make_articles({"published": day, **claims} for day in days)
    stories.split([article.pk for article in articles], None)
    return articles


def titles(query: str = "") -> list[str]:
    return [row.title for row in StoryList(QueryDict(query)).rows]


def test_the_largest_comes_first_and_of_two_the_newer() -> None:
    make_story("2024-01-01", "2024-01-02", title="Two")
    make_story("2023-01-01", "2023-01-02", "2023-01-03", title="Three")
    make_story("2024-05-01", "2024-05-02", title="Two again")
    make_story("2025-01-01", title="Alone")

    assert titles() == ["Three", "Two again", "Two"]
    assert titles("order=newest") == ["Two again", "Two", "Three"]
    assert titles("order=nonsense") == titles()


def test_only_what_passes_the_filters_counts() -> None:
    first, _ = make_story("2024-01-01", "2024-01-02", about=["AZ"], title="Azerbaijan", source="herald")
    make_story("2024-01-03", "2024-01-04", about=["RU"], title="Russia")
    make_articles([{"about": ["RU"], "published": "2024-02-01"}], story_with=first)

    (row,) = StoryList(QueryDict("about=AZ")).rows

    assert (row.title, row.language, row.span) == ("Azerbaijan", "en", "1–2 January 2024")
    assert (row.coverage.count, row.coverage.of, row.coverage.outlets) == (2, 3, 1)
    assert row.coverage.languages == ["English"]


def test_the_page_keeps_filters_and_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.reader.stories.PER_PAGE", 1)
    make_story("2024-01-01", "2024-01-02", about=["AZ"], title="First")
    make_story("2024-01-03", "2024-01-04", about=["AZ"], title="Second")

    page = client.get("/stories/?about=AZ").content.decode()
    last = client.get("/stories/?about=AZ&page=99").content.decode()

    assert 'href="/stories/?about=AZ&amp;page=2"' in page
    assert 'href="/stories/?about=AZ&amp;order=newest"' in page
    assert "Second" in page
    assert "First" in last
    assert 'rel="next"' not in last


def test_an_invalid_filter_shows_no_story_and_says_why(client: Client) -> None:
    make_story("2024-01-01", "2024-01-02", title="First")

    page = client.get("/stories/?about=nowhere").content.decode()

    assert "“nowhere” is not known here." in page
    assert "First" not in page


def test_more_stories_cost_no_more_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_story("2024-01-01", "2024-01-02")
    client.get("/stories/")
    with CaptureQueriesContext(connection) as few:
        client.get("/stories/")
    cost = len(few)
    for _ in range(3):
        make_story("2024-01-03", "2024-01-04", "2024-01-05")
    client.get("/stories/")

    with django_assert_num_queries(cost):
        client.get("/stories/")
