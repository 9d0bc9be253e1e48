"""What is done with collections."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from newsdesk.people.models import Visibility
from newsdesk.workspace import collecting
from newsdesk.workspace.models import Collection, CollectionItem
from tests.factories import make_articles, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection() -> Collection:
    made = Collection.objects.create(title="Picked", author=make_user("analyst", "anna"))
    for article in make_articles([{"title": title} for title in ("One", "Two", "Three")]):
        collecting.add(made, article)
    return made


def order(collection: Collection) -> list[str]:
    return [item.article.title for item in collection.items.all()]


def item(collection: Collection, title: str) -> CollectionItem:
    return collection.items.get(article__title=title)


def test_articles_stand_in_the_order_in_which_they_were_added(collection):
    assert order(collection) == ["One", "Two", "Three"]


def test_adding_twice_does_no_harm_and_keeps_the_note(collection):
    first = item(collection, "One")
    collecting.comment(first, "Why")

    collecting.add(collection, first.article, "Another")

    assert order(collection) == ["One", "Two", "Three"]
    assert item(collection, "One").note == "Why"


def test_the_database_holds_an_article_once_in_a_collection(collection):
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionItem.objects.create(collection=collection, article=item(collection, "One").article, position=9)


@pytest.mark.parametrize(
    ("title", "steps", "expected"),
    [
        ("Two", -1, ["Two", "One", "Three"]),
        ("Two", 1, ["One", "Three", "Two"]),
        ("One", -1, ["One", "Two", "Three"]),
        ("Three", 1, ["One", "Two", "Three"]),
    ],
)
def test_an_article_moves_by_one_place_and_stays_at_the_ends(collection, title, steps, expected):
    collecting.move(item(collection, title), steps)

    assert order(collection) == expected


def test_what_comes_after_a_removal_stands_at_the_end(collection):
    removed = item(collection, "Two")
    article = removed.article
    collecting.remove(removed)

    collecting.add(collection, article)

    assert order(collection) == ["One", "Three", "Two"]


def test_the_history_says_what_was_done_to_which_article(collection):
    collecting.move(item(collection, "Two"), -1)
    collecting.comment(item(collection, "Three"), "Why")
    collecting.remove(item(collection, "One"))

    changes = [(str(change.did), change.what) for change in collecting.changes_of(collection)]

    assert changes == [
        ("removed", "One"),
        ("commented", "Three"),
        ("moved", "Two"),
        ("added", "Three"),
        ("added", "Two"),
        ("added", "One"),
        ("made the collection", ""),
    ]


def test_the_history_asks_as_much_of_many_articles_as_of_few(collection, django_assert_num_queries):
    with django_assert_num_queries(3):
        collecting.changes_of(collection)


def test_one_adds_to_ones_own_and_to_what_one_may_change(collection):
    editor: Any = make_user("editor")
    team = Collection.objects.create(title="A team's", author=collection.author, visibility=Visibility.TEAM)

    assert collecting.changeable(collection.author) == [team, collection]
    assert collecting.changeable(editor) == [team]
    assert collecting.changeable(make_user("analyst")) == []
