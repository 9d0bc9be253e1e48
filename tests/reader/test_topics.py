"""The page of a topic: for everyone what it is, for those who may change it what another rule would change."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from newsdesk.articles import topics
from newsdesk.articles.models import Article, ArticleTopic, Topic
from newsdesk.articles.topics import apply, save_rule, state_of
from newsdesk.reader.topics import list_topics
from tests.factories import make_articles, make_topic
from tests.reader.test_list_page import HOSTILE, Page

pytestmark = pytest.mark.django_db

URL = "/topics/trade/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def articles() -> list[Article]:
    """Three about trade, one about ferries."""
    made = make_articles(
        [
            {"body": f"Trade grew, part {number}.", "published": f"2024-0{number}-01", "source": "herald"}
            for number in (1, 2, 3)
        ]
        + [{"body": "The ferry left.", "published": "2024-05-01", "source": "herald"}]
    )
    save_rule(topic := make_topic("trade"), "trade OR торговл*")
    apply(topic)
    return made


@pytest.fixture
def editor(client: Client, django_user_model: Any) -> Client:
    editor = django_user_model.objects.create_user("editor")
    editor.user_permissions.set(Permission.objects.filter(codename="change_topic"))
    client.force_login(editor)
    return client


def text(page: Page) -> str:
    return " ".join(page.text.split())


def get(client: Client, url: str = URL) -> Page:
    response = client.get(url)
    assert response.status_code == 200
    return Page(response.content.decode())


def post(client: Client, rule: str = "", do: str = "preview", *, status: int = 200, htmx: bool = False) -> str:
    data = {"rule": rule, "state": state_of(Topic.objects.get()), do: "1"}
    response = client.post(URL, data, headers=HTMX if htmx else {}, follow=True)
    assert response.status_code == status
    return response.content.decode()


def tagged() -> set[int]:
    return set(ArticleTopic.objects.values_list("article", flat=True))


class TestEveryone:
    def test_sees_name_rule_count_and_the_newest_articles(self, client: Client, articles: list[Article]) -> None:
        Topic.objects.update(description="What is bought and sold.")

        shown = text(get(client))

        assert "Trade" in shown
        assert "What is bought and sold." in shown
        assert "All 3 articles" in shown
        assert "any of trade or торговл…" in shown

    def test_is_led_to_the_filtered_list(self, client: Client, articles: list[Article]) -> None:
        links = get(client).hrefs()

        assert "/articles/?topic=trade" in links
        assert f"/articles/{articles[2].pk}/?topic=trade" in links
        assert "/articles/?topic=trade&published_after=2024-03-01&published_before=2024-03-31" in links

    def test_finds_it_from_the_list_and_from_the_evidence(self, client: Client, articles: list[Article]) -> None:
        for url in ("/articles/?topic=trade", f"/articles/{articles[0].pk}/?why=topic:trade"):
            assert URL in get(client, url).hrefs()

    def test_sees_no_box_and_changes_nothing(self, client: Client, articles: list[Article]) -> None:
        assert not get(client).all("textarea")
        for step in ("preview", "save", "apply"):
            post(client, status=403, rule="ferry", do=step)
        assert Topic.objects.get().rule == "trade OR торговл*"

    def test_is_told_when_not_all_articles_follow_the_rule_yet(self, client: Client, articles: list[Article]) -> None:
        save_rule(Topic.objects.get(), "ferry")

        page = get(client)

        assert "The rule was changed: 4 articles do not follow it yet, 0 do." in text(page)
        assert not page.all("form")

    def test_finds_a_rule_that_cannot_be_read_no_obstacle(self, client: Client, articles: list[Article]) -> None:
        Topic.objects.update(rule="after:soon")

        assert "All 3 articles" in text(get(client))

    def test_gets_404_for_an_unknown_topic(self, client: Client) -> None:
        assert client.get("/topics/weather/").status_code == 404

    def test_costs_no_more_queries_for_more_articles(
        self, client: Client, articles: list[Article], django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(25) as few:
            client.get(URL)
        make_articles(
            {"body": f"Trade again, {number}.", "published": "2024-03-02", "topics": ["trade"]} for number in range(20)
        )

        with django_assert_max_num_queries(len(few)):
            client.get(URL)


class TestEditors:
    @pytest.mark.parametrize("htmx", [True, False])
    def test_see_what_a_rule_would_change(self, editor: Client, articles: list[Article], htmx: bool) -> None:
        shown = text(Page(post(editor, htmx=htmx, rule="ferry OR =3")))

        assert "The rule finds 2 articles. 1 would gain the topic, 2 would lose it, 1 stays." in shown
        assert ("The newest articles" in shown) is not htmx
        assert Topic.objects.get().rule == "trade OR торговл*"
        assert tagged() == {article.pk for article in articles[:3]}

    def test_see_the_words_that_match_and_those_that_did(self, editor: Client, articles: list[Article]) -> None:
        shown = post(editor, htmx=True, rule="ferry")

        assert re.findall("<mark>(.*?)</mark>", shown) == ["ferry", "Trade", "Trade", "Trade"]

    def test_overwrite_nothing_that_somebody_else_wrote(self, editor: Client, articles: list[Article]) -> None:
        state = state_of(Topic.objects.get())
        post(editor, rule="trade OR ferry", do="save")

        previewed = editor.post(URL, {"rule": "rain", "state": state, "preview": "1"})
        response = editor.post(URL, {"rule": "rain", "state": state, "save": "1"})

        assert (response.status_code, Topic.objects.get().rule) == (409, "trade OR ferry")
        assert previewed.context["page"].state == state
        assert "Somebody has changed this topic meanwhile" in text(Page(response.content.decode()))
        again = {"rule": "rain", "state": response.context["page"].state, "save": "1"}
        assert editor.post(URL, again).status_code == 302
        assert Topic.objects.get().rule == "rain"

    def test_get_their_rule_back_with_the_preview(self, editor: Client, articles: list[Article]) -> None:
        assert ">ferry &amp; co</textarea>" in post(editor, rule="ferry & co")

    @pytest.mark.parametrize("step", ["preview", "save"])
    def test_are_shown_the_fault_in_a_rule(self, editor: Client, articles: list[Article], step: str) -> None:
        shown = post(editor, status=200 if step == "preview" else 422, rule="trade after:soon", do=step)

        assert "“soon” is not a date." in shown
        assert "trade after:<mark>soon</mark>" in shown
        assert "<code>after:2022-02-01</code>" in shown
        assert Topic.objects.get().rule == "trade OR торговл*"

    def test_save_and_the_articles_follow(self, editor: Client, articles: list[Article]) -> None:
        shown = post(editor, rule="ferry", do="save")

        assert "The rule is applied to all articles." in shown
        assert tagged() == {articles[3].pk}
        assert Topic.history.latest().history_user.username == "editor"

    def test_are_told_how_far_it_is_and_go_on(
        self, editor: Client, articles: list[Article], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(topics, "BATCH", 1)
        monkeypatch.setattr(topics.apply, "__defaults__", (-1.0,))

        shown = post(editor, rule="ferry", do="save")
        assert "3 articles do not follow it yet" in shown
        assert "manage.py retag trade" in shown
        assert "2 articles do not follow it yet" in post(editor, htmx=True, do="apply")
        post(editor, do="apply")
        last = editor.post(URL, {"apply": "1"}, headers=HTMX)

        assert last["HX-Redirect"] == URL
        assert tagged() == {articles[3].pk}

    def test_meet_markup_in_texts_as_text(self, editor: Client) -> None:
        make_topic("trade", "ferry")
        make_articles([{"title": f"Trade {HOSTILE}", "body": f"Trade {HOSTILE} grew."}])

        found, refused = post(editor, rule="trade"), post(editor, rule=f"trade OR {HOSTILE}")

        assert "1 would gain the topic" in found
        assert "opens is not closed" in refused
        assert HOSTILE not in found + refused


def test_the_list_of_topics_has_the_largest_first_and_those_not_in_use_last(client: Client) -> None:
    make_articles([{"topics": ["trade"]}, {"topics": ["trade", "karabakh"]}])
    Topic.objects.filter(pk="trade").update(rule="one\n OR two")
    make_topic("wine")
    make_topic("old")
    Topic.objects.filter(pk="old").update(active=False)

    entries = list_topics()

    assert [(entry.topic.pk, entry.count, entry.rule) for entry in entries[:2]] == [
        ("trade", 2, "one OR two"),
        ("karabakh", 1, "карабах* OR karabakh"),
    ]
    assert [entry.topic.pk for entry in entries[2:]] == ["wine", "old"]
    page = client.get("/topics/").content.decode()
    assert 'href="/topics/wine/"' in page
    assert 'href="/articles/?topic=trade"' in page
    assert "Add a topic" not in page
