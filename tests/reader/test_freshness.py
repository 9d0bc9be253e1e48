"""ETags: a page that has not changed is not made again, and whatever changes what it shows changes its ETag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.annotations.models import Annotation
from newsdesk.articles import editing, stories
from newsdesk.articles.models import Article, Source, Story, Topic
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    made = make_article("Ministers met in Baku.", topics=["trade"], source="herald", about=["AZ"])
    stories.split([made.pk], None)
    made.refresh_from_db()
    return made


def pages(article: Article) -> list[str]:
    urls = ("/articles/", article.get_absolute_url(), f"/stories/{article.story_id}/", "/topics/trade/")
    return [*urls, "/articles/?topic=trade&q=ministers"]


def test_what_has_not_changed_costs_one_query(client: Client, article: Article) -> None:
    for url in pages(article):
        first = client.get(url)
        with CaptureQueriesContext(connection) as captured:
            again = client.get(url, headers={"If-None-Match": first["ETag"]})

        assert (again.status_code, again.content, len(captured)) == (304, b"", 1), url
        assert again["ETag"] == first["ETag"]
        assert {"Cookie", "Accept-Language", "HX-Request"} <= set(again["Vary"].split(", "))
        assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_compression_keeps_the_etag(client: Client, article: Article, encoding: str) -> None:
    packed = client.get("/articles/", headers={"Accept-Encoding": encoding})

    again = client.get("/articles/", headers={"Accept-Encoding": encoding, "If-None-Match": packed["ETag"]})

    assert packed["Content-Encoding"] == encoding
    assert packed["ETag"] == client.get("/articles/")["ETag"]
    assert again.status_code == 304


def test_page_and_part_language_theme_and_address_have_their_own(client: Client, article: Article) -> None:
    def etag(url: str = "/articles/", **headers: str) -> str:
        return str(client.get(url, headers=headers)["ETag"])

    found = {
        etag(),
        etag(**{"HX-Request": "true"}),
        etag(**{"Accept-Language": "ru"}),
        etag("/articles/?sort=oldest"),
    }
    client.cookies["theme"] = "dark"
    found.add(etag())

    assert len(found) == 5


def add_note(article: Article) -> None:
    Annotation.objects.create(article=article, author=make_user("analyst"), body="Seen.", visibility="published")


def change_note(article: Article) -> None:
    note = Annotation.objects.get()
    note.state = "accepted"
    note.save()


def rename(model: Any, **values: str) -> Callable[[Article], None]:
    def change(article: Article) -> None:
        row = model.objects.get()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    return change


def correct_author(article: Article) -> None:
    editing.correct(article, {"author": "R. Aliyeva"}, make_user("editor"))


CHANGES = {
    "an article came in": lambda article: make_article("Another."),
    "an article was removed": lambda article: editing.remove([article.pk]),
    "a note was published": add_note,
    "a topic was renamed": rename(Topic, name_en="Commerce"),
    "a source was renamed": rename(Source, name="The Herald"),
    "a story was renamed": rename(Story, title="The meeting"),
    "the author was corrected": correct_author,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_shown_changes_the_etag(
    client: Client, article: Article, change: Callable[[Article], None]
) -> None:
    first = client.get("/articles/")

    change(article)

    assert client.get("/articles/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_note_that_was_changed_or_deleted_changes_it_too(client: Client, article: Article) -> None:
    add_note(article)
    seen = {client.get(article.get_absolute_url())["ETag"]}

    change_note(article)
    seen.add(client.get(article.get_absolute_url())["ETag"])
    Annotation.objects.all().delete()
    seen.add(client.get(article.get_absolute_url())["ETag"])

    assert len(seen) == 3


def test_nothing_is_kept_for_who_has_signed_in(client: Client, article: Article) -> None:
    etag = client.get("/articles/")["ETag"]
    client.force_login(make_user("reader"))

    for url in pages(article):
        response = client.get(url, headers={"If-None-Match": etag})

        assert response.status_code == 200
        assert "ETag" not in response
        assert "no-store" in response["Cache-Control"]


def test_what_is_not_there_has_no_etag(client: Client) -> None:
    first = client.get("/articles/")

    missing = client.get("/articles/99/", headers={"If-None-Match": first["ETag"]})

    assert missing.status_code == 404
