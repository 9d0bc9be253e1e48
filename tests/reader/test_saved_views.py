"""Saved views: kept from the list, changed in place, counted since one last looked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from newsdesk.articles.models import Topic
from newsdesk.people.models import Visibility
from newsdesk.reader.saved_views import FEW, make_saved_views
from newsdesk.workspace.models import SavedView, ViewVisit
from tests.factories import make_article, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> Any:
    user = make_user("analyst", "anna")
    client.force_login(user)
    return user


def make_view(author: Any, query: str = "topic=trade", **kwargs: Any) -> SavedView:
    return SavedView.objects.create(author=author, query=query, **{"name": "Trade", **kwargs})


def counted(user: Any) -> list[tuple[str, int, int]]:
    request = RequestFactory().get("/")
    request.user = user
    return [(one.name, one.new, one.total) for one in make_saved_views(request)]


def test_the_front_page_counts_a_few_and_ones_own_first(client: Client, anna: Any) -> None:
    make_article()
    for number in range(FEW):
        make_view(make_user("analyst", f"other{number}"), name=f"A{number:02}", visibility=Visibility.TEAM)
    make_view(anna, name="Z")

    shown = client.get("/").context["saved_views"]

    assert [one.name for one in shown] == ["Z", *(f"A{number:02}" for number in range(FEW - 1))]


class TestKeeping:
    def test_a_list_is_kept_as_its_address_writes_it(self, client: Client, anna: Any) -> None:
        make_article(topics=["trade"], about=["AZ", "RU"])

        sent = {"name": "Trade", "visibility": "team", "query": "topic=trade&page=3&about=RU&about=AZ&nonsense=1"}
        response = client.post("/views/", sent)

        view = SavedView.objects.get()
        assert (view.name, view.query, view.visibility, view.author) == (
            "Trade",
            "about=AZ&about=RU&topic=trade",
            "team",
            anna,
        )
        assert response["Location"] == f"/articles/?about=AZ&about=RU&topic=trade&view={view.pk}"

    def test_a_view_without_a_name_is_asked_for_one(self, client: Client, anna: Any) -> None:
        response = client.post("/views/", {"name": " ", "visibility": "private", "query": "q=trade"})

        assert response.status_code == 422
        assert 'name="query" value="q=trade"' in response.content.decode()
        assert not SavedView.objects.exists()

    def test_a_wrong_filter_is_not_kept(self, client: Client, anna: Any) -> None:
        response = client.post("/views/", {"name": "X", "visibility": "private", "query": "topic=unknown"})

        assert response.status_code == 422
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize(("role", "offered"), [("", False), ("reader", False), ("analyst", True)])
    def test_only_who_may_keep_views_is_offered_it(self, client: Client, role: str, offered: bool) -> None:
        make_article(topics=["trade"])
        if role:
            client.force_login(make_user(role))

        assert ("Save this view" in client.get("/articles/?topic=trade").content.decode()) == offered
        assert "Save this view" not in client.get("/articles/").content.decode()

    def test_readers_keep_none(self, client: Client) -> None:
        client.force_login(make_user("reader"))

        assert client.post("/views/", {"name": "X", "query": "q=a", "visibility": "private"}).status_code == 403


class TestOpening:
    def test_a_view_leads_to_its_list_under_its_name(self, client: Client, anna: Any) -> None:
        make_article(topics=["trade"])
        view = make_view(anna, name="Trade & transit")

        html = client.get(view.get_absolute_url(), follow=True).content.decode()

        assert "Trade &amp; transit" in html
        assert 'rel="canonical" href="http://testserver/articles/?topic=trade"' in html

    def test_another_filter_can_be_kept_in_its_place(self, client: Client, anna: Any) -> None:
        make_article(topics=["trade"], about=["AZ"])
        view = make_view(anna)

        html = client.get(f"/articles/?topic=trade&about=AZ&view={view.pk}").content.decode()
        client.post(view.get_absolute_url(), {"update": "1", "query": "about=AZ&topic=trade"})

        assert "The filter differs from the view" in html
        view.refresh_from_db()
        assert view.query == "about=AZ&topic=trade"

    def test_a_private_view_of_another_does_not_tell_its_name(self, client: Client, anna: Any) -> None:
        view = make_view(make_user("analyst"), name="Secret plans")

        assert "Secret plans" not in client.get(f"/articles/?topic=trade&view={view.pk}").content.decode()

    def test_a_view_of_a_deleted_topic_says_what_is_wrong(self, client: Client, anna: Any) -> None:
        make_article(topics=["karabakh"])
        make_topic("trade")
        view = make_view(anna)
        Topic.objects.filter(slug="trade").delete()

        listed = client.get(view.get_absolute_url(), follow=True).content.decode()
        page = client.get("/views/").content.decode()

        assert "“trade” is not known here." in listed
        assert "“trade” is not known here." in page
        assert counted(anna) == [("Trade", 0, 0)]

    @pytest.mark.parametrize("number", ["x", "0", "9" * 30, "-1"])
    def test_a_view_that_is_not_there_changes_nothing(self, client: Client, number: str) -> None:
        assert client.get(f"/articles/?view={number}").status_code == 200


class TestChanging:
    def test_the_author_renames_shares_and_deletes(self, client: Client, anna: Any) -> None:
        view = make_view(anna)

        client.post(view.get_absolute_url(), {"save": "1", "name": "Transit", "visibility": "published"})
        view.refresh_from_db()

        assert (view.name, view.visibility, view.query) == ("Transit", Visibility.PUBLISHED, "topic=trade")
        client.post(view.get_absolute_url(), {"delete": "1"})
        assert not SavedView.objects.exists()

    def test_deleting_takes_a_second_step(self, client: Client, anna: Any) -> None:
        view = make_view(anna)

        page = client.get(view.get_absolute_url(), follow=True).content.decode()

        assert "<details><summary>Delete the view</summary>" in page

    def test_a_shared_view_is_changed_by_its_author_alone(self, client: Client, anna: Any) -> None:
        view = make_view(make_user("analyst"), visibility="team")

        assert client.post(view.get_absolute_url(), {"delete": "1"}).status_code == 403
        assert "view-edit" not in client.get(f"/articles/?topic=trade&view={view.pk}").content.decode()


class TestNew:
    def test_the_front_page_lists_what_has_news_and_names_the_rest(self, client: Client, anna: Any) -> None:
        make_article(topics=["trade"])
        for name, query in (("Trade", "topic=trade"), ("Karabakh", "topic=karabakh")):
            client.post(make_view(anna, name=name, query=query).get_absolute_url(), {"seen": "1"})
        make_article(topics=["trade"])

        page = client.get("/").content.decode()

        listed = page[page.index('class="since"') : page.index("Nothing new:")]
        rest = page[page.index("Nothing new:") : page.index("</section>", page.index("Nothing new:"))]
        assert ("Trade" in listed, "Karabakh" in listed) == (True, False)
        assert ("Trade" in rest, "Karabakh" in rest) == (False, True)

    def test_what_came_in_since_one_last_looked(self, client: Client, anna: Any) -> None:
        make_article(topics=["trade"])
        view = make_view(anna)
        client.post(view.get_absolute_url(), {"seen": "1"})

        make_article(topics=["trade"])
        make_article(topics=["karabakh"])

        assert counted(anna) == [("Trade", 1, 2)]
        html = client.get(view.get_absolute_url(), follow=True).content.decode()
        assert "1 new since" in html
        assert html.count('class="row-new"') == 1

    def test_looking_alone_marks_nothing_as_seen(self, client: Client, anna: Any) -> None:
        view = make_view(anna)

        client.get(view.get_absolute_url(), follow=True)

        assert not ViewVisit.objects.exists()

    def test_each_reader_has_seen_something_else(self, client: Client, anna: Any) -> None:
        view = make_view(make_user("analyst", "boris"), visibility="published")
        make_article(topics=["trade"])
        client.post(view.get_absolute_url(), {"seen": "1"})
        make_article(topics=["trade"])

        assert counted(anna) == [("Trade", 1, 2)]
        assert counted(make_user("reader")) == [("Trade", 0, 2)]

    def test_ones_own_come_first(self, anna: Any) -> None:
        make_view(make_user("analyst"), name="A", visibility="team")
        make_view(anna, name="B")

        assert [name for name, _, _ in counted(anna)] == ["B", "A"]

    def test_queries_do_not_grow_with_the_views(self, client: Client, anna: Any) -> None:
        article = make_article("Trade grows.", topics=["trade"])
        make_article("Trade grows on.", story_with=article)
        article.refresh_from_db()

        def queries(count: int) -> int:
            SavedView.objects.all().delete()
            for number in range(count):
                make_view(anna, f"story={article.story_id}&topic=trade&read=unread", name=str(number))
            client.get("/views/")
            with CaptureQueriesContext(connection) as captured:
                client.get("/views/")
            return len(captured)

        assert queries(12) == queries(2)
