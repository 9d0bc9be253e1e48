"""Atom feeds: their form, whose they are, and what is not sent twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from newsdesk.people.keys import digest_of
from newsdesk.reader.feeds import ENTRIES
from newsdesk.workspace.models import FeedKey, SavedView
from tests.factories import make_article, make_articles, make_user

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"


def read(response: Any) -> etree._Element:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(element: etree._Element, name: str) -> list[str]:
    return [found.text or "" for found in element.iter(ATOM + name)]


def check_atom(feed: etree._Element) -> None:
    """What RFC 4287 requires of a feed and of each entry (4.1.1, 4.1.2)."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert element.findtext(f"{ATOM}id", "").startswith("http://testserver/")
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
        links = [link.get("href", "") for link in element.findall(f"{ATOM}link")]
        assert links
        assert all(link.startswith("http://testserver/") for link in links)
    assert feed.find(f"{ATOM}author") is not None
    assert all(re.fullmatch(RFC3339, moment) for name in ("updated", "published") for moment in texts(feed, name))
    ids = texts(feed, "id")
    assert len(set(ids)) == len(ids)


def test_an_entry_tells_what_the_row_tells(client: Client) -> None:
    article = make_article(
        "Lorries <b>pass</b> & wait.",
        title="Trade <grows>",
        published="2024-04-22",
        language="ru",
        about=["AZ"],
        topics=["trade"],
        source="herald",
        author="R. Aliyeva",
    )

    feed = read(client.get("/articles/feed/?topic=trade"))

    check_atom(feed)
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Trade <grows>"
    assert entry.findtext(f"{ATOM}summary") == "Lorries &lt;b&gt;pass&lt;/b&gt; &amp; wait."
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/articles/{article.pk}/"
    assert entry.findtext(f"{ATOM}published") == "2024-04-22T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "R. Aliyeva, Herald"
    assert entry.get(XML_LANG) == "ru"
    assert [one.get("term") for one in entry.iter(f"{ATOM}category")] == ["AZ", "trade", "herald"]


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2024-04-22T16:30Z", "2024-04-22T16:30:00+00:00"),
        ("2024-04-22T16:30+04:00", "2024-04-22T16:30:00+04:00"),
        ("2024-04-22T16:30", "2024-04-22T00:00:00+00:00"),
        ("2024-04", "2024-04-01T00:00:00+00:00"),
    ],
    ids=["UTC", "offset", "no offset", "month"],
)
def test_a_time_is_told_where_it_is_known_what_it_is_elsewhere(client: Client, published: str, told: str) -> None:
    make_article(published=published, precision="minute" if "T" in published else "month")

    feed = read(client.get("/articles/feed/"))

    check_atom(feed)
    assert texts(feed, "published") == [told]


def test_what_came_in_last_stands_first_whatever_its_date(client: Client) -> None:
    make_articles(
        [
            {"title": "new", "published": "2025-01-01"},
            {"title": "old", "published": "2020-01-01"},
            {"title": "undated", "published": None},
        ]
    )

    feed = read(client.get("/articles/feed/"))

    check_atom(feed)
    assert texts(feed, "title")[1:] == ["undated", "old", "new"]


def test_a_feed_has_so_many_entries_and_as_many_queries(client: Client) -> None:
    make_articles([{"about": ["AZ"]} for _ in range(3)])
    with CaptureQueriesContext(connection) as few:
        client.get("/articles/feed/?about=AZ")
    make_articles([{"about": ["AZ"]} for _ in range(ENTRIES + 5)])

    with CaptureQueriesContext(connection) as many:
        feed = read(client.get("/articles/feed/?about=AZ"))

    assert len(feed.findall(f"{ATOM}entry")) == ENTRIES
    assert len(many) <= len(few)


@pytest.mark.parametrize("query", ["", "q=nothing+like+it", "topic=unknown", "q=title:", "country=-RU"])
def test_every_list_has_a_valid_feed(client: Client, query: str) -> None:
    make_article(
        "Control \x0b characters \ud83d\ude00.".encode("utf-16", "surrogatepass").decode("utf-16"), title="\x01 title"
    )

    check_atom(read(client.get(f"/articles/feed/?{query}")))


def test_a_list_names_its_feed(client: Client) -> None:
    make_article(topics=["trade"])

    html = client.get("/articles/?topic=trade&page=2").content.decode()

    assert 'type="application/atom+xml" title="Atom feed of this list" href="/articles/feed/?topic=trade"' in html


class TestConditional:
    def test_what_has_not_changed_is_not_sent(self, client: Client) -> None:
        make_article()
        first = client.get("/articles/feed/")

        again = client.get("/articles/feed/", headers={"If-None-Match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert "Last-Modified" in first

    def test_what_came_in_is_sent(self, client: Client) -> None:
        first = client.get("/articles/feed/")
        make_article()

        assert client.get("/articles/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


class TestKeys:
    @pytest.fixture(autouse=True)
    def closed(self, settings: Any) -> None:
        settings.ANONYMOUS_READING = False

    def test_a_feed_needs_a_key_where_reading_needs_an_account(self, client: Client) -> None:
        secret = FeedKey.make(make_user("reader"))

        assert client.get("/articles/feed/").status_code == 401
        assert client.get("/articles/feed/?token=wrong").status_code == 401
        check_atom(read(client.get(f"/articles/feed/?token={secret}")))

    def test_a_private_view_is_read_with_the_key_of_its_owner_alone(self, client: Client) -> None:
        owner, other = make_user("analyst"), make_user("editor")
        view = SavedView.objects.create(name="Mine", query="q=trade", author=owner)
        url = f"/views/{view.pk}/feed/"

        assert texts(read(client.get(f"{url}?token={FeedKey.make(owner)}")), "title")[0] == "Mine – Newsdesk"
        assert client.get(f"{url}?token={FeedKey.make(other)}").status_code == 404

    def test_the_key_is_shown_once_and_stored_as_a_hash(self, client: Client) -> None:
        user = make_user("reader")
        client.force_login(user)

        made = client.post("/feed-key/")

        key = FeedKey.objects.get(user=user)
        secret = made.content.decode().split("feed/?token=")[1].split("<")[0]
        assert key.digest == digest_of(secret) != secret
        assert "no-store" in made["Cache-Control"]
        assert secret not in client.get("/views/").content.decode()

    def test_a_revoked_or_replaced_key_opens_nothing(self, client: Client) -> None:
        user = make_user("reader")
        first = FeedKey.make(user)
        second = FeedKey.make(user)
        reader = Client()
        assert reader.get(f"/articles/feed/?token={first}").status_code == 401
        assert reader.get(f"/articles/feed/?token={second}").status_code == 200
        client.force_login(user)

        client.post("/feed-key/", {"revoke": "1"})

        assert reader.get(f"/articles/feed/?token={second}").status_code == 401

    def test_the_key_of_who_may_not_sign_in_opens_nothing(self, client: Client) -> None:
        user = make_user("reader")
        secret = FeedKey.make(user)
        user.is_active = False
        user.save()

        assert client.get(f"/articles/feed/?token={secret}").status_code == 401

    def test_a_feed_does_not_name_the_key(self, client: Client) -> None:
        secret = FeedKey.make(make_user("reader"))

        assert secret not in client.get(f"/articles/feed/?token={secret}").content.decode()
