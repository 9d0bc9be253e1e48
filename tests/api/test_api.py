"""The API through the client: the names, the filters, the pages, and who may do what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.api.models import Token
from newsdesk.api.schemas import Filters, Record
from newsdesk.articles import editing
from newsdesk.articles.models import Article, Correction
from newsdesk.reader.filters import ArticleFilter
from tests.factories import make_article, make_articles, make_topic, make_user

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text("utf-8"))


def get(client: Client, url: str, status: int = 200, headers: dict[str, str] | None = None) -> Any:
    response = client.get(f"/api/{url}", headers=headers or {})
    assert response.status_code == status, response.content
    return response.json()


def bearer(role: str) -> dict[str, str]:
    _row, secret = Token.issue(make_user(role), "a script")
    return {"Authorization": f"Bearer {secret}"}


def patch(client: Client, article: Article, values: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    url = f"/api/articles/{article.pk}?state={editing.state_of(article)}"
    return client.patch(url, values, content_type="application/json", headers=headers or {})


class TestArticles:
    def test_filters_have_the_names_of_the_address(self, client: Client) -> None:
        make_articles([{"title": "A", "about": ["AZ"]}, {"title": "B", "about": ["RU"], "topics": ["trade"]}])

        assert set(Filters.model_fields) == set(ArticleFilter.base_filters)
        assert [row["title"] for row in get(client, "articles?about=RU&about=AZ&topic=trade")["items"]] == ["B"]
        assert [row["title"] for row in get(client, "articles?about=-RU")["items"]] == ["A"]

    def test_a_wrong_filter_lists_nothing_and_says_which(self, client: Client) -> None:
        make_article()

        found = get(client, "articles?published_after=soon", 422)

        assert [fault["parameter"] for fault in found["faults"]] == ["published_after"]

    def test_pages_follow_each_other(self, client: Client) -> None:
        articles = make_articles([{"published": f"2024-01-{day:02}"} for day in range(1, 8)])

        assert walk(client, "articles?limit=3") == [article.pk for article in reversed(articles)]
        assert walk(client, "articles?limit=3&sort=oldest") == [article.pk for article in articles]

    def test_what_comes_in_meanwhile_doubles_nothing(self, client: Client) -> None:
        old = make_articles([{"published": f"2024-01-{day:02}"} for day in range(1, 5)])
        first = get(client, "articles?limit=2")
        make_articles([{"published": f"2024-02-{day:02}"} for day in range(1, 4)])

        second = get(client, f"articles?limit=2&cursor={first['next']}")

        assert [row["id"] for row in second["items"]] == [old[1].pk, old[0].pk]

    def test_what_was_the_last_row_may_be_gone(self, client: Client) -> None:
        from newsdesk.articles import editing

        articles = make_articles([{"published": f"2024-01-{day:02}"} for day in range(1, 5)])
        first = get(client, "articles?limit=2")
        editing.remove([articles[2].pk])

        assert get(client, f"articles?limit=2&cursor={first['next']}")["count"] == 3

    @pytest.mark.parametrize("cursor", ["x", "AAAA", "MS4tMQ==", "я"])
    def test_a_cursor_of_others_is_refused(self, client: Client, cursor: str) -> None:
        assert "cursor" in get(client, f"articles?cursor={cursor}", 422)["detail"]

    def test_one_article_is_the_record_of_the_export(self, client: Client) -> None:
        article = make_article("They met in Baku.", about=["AZ"], evidence={"AZ": ["Baku"]})

        record = get(client, f"articles/{article.pk}")

        assert set(Record.model_fields) == set(SCHEMA["properties"]) - {"annotations", "remark", "export"}  # of a file
        assert record["countries"][0]["evidence"] == [{"start": 12, "end": 16, "text": "Baku"}]

    @pytest.mark.parametrize("pk", ["999", "0", str(2**63), "x"])
    def test_an_article_that_is_not_there(self, client: Client, pk: str) -> None:
        assert client.get(f"/api/articles/{pk}").status_code in (404, 422)

    def test_facets_are_those_of_the_list(self, client: Client) -> None:
        make_articles([{"about": ["AZ"], "published": None}, {"about": ["RU"]}, {"about": ["RU"]}])

        found = get(client, "facets?about=RU")

        assert (found["count"], found["undated"]) == (2, 0)
        assert [(one["value"], one["count"]) for one in found["facets"]["about"]] == [("RU", 2), ("AZ", 1)]
        assert found["months"] == [{"month": "2024-04", "count": 2}]

    def test_more_rows_are_no_more_queries(self, client: Client) -> None:
        make_articles([{"about": ["AZ"], "topics": ["trade"]} for _ in range(30)])

        get(client, "articles")

        assert queries(client, "articles?limit=30") == queries(client, "articles?limit=2")


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        get(client, url)
    return len(captured)


def walk(client: Client, url: str) -> list[int]:
    found, cursor = [], ""
    while cursor is not None:
        page = get(client, f"{url}&cursor={cursor}")
        found += [row["id"] for row in page["items"]]
        cursor = page["next"]
    return found


class TestCorrecting:
    def test_an_editor_corrects_and_withdraws(self, client: Client) -> None:
        article, headers = make_article(title="Wrong", topics=["trade"]), bearer("editor")

        made = patch(client, article, {"title": "Right", "topics": [], "reason": "the paper"}, headers).json()

        article.refresh_from_db()
        assert article.title == "Right"
        assert {(one["field"], one["key"], one["reason"]) for one in made["items"]} == {
            ("title", "", "the paper"),
            ("topic", "trade", "the paper"),
        }
        for one in made["items"]:
            url = f"/api/articles/{article.pk}/corrections"
            state = get(client, url.removeprefix("/api/"))["state"]
            assert client.delete(f"{url}/{one['id']}?state={state}", headers=headers).status_code == 204
        article.refresh_from_db()
        assert (article.title, Correction.objects.count()) == ("Wrong", 0)

    def test_what_changed_meanwhile_is_not_overwritten(self, client: Client) -> None:
        article, anna, boris = make_article(title="Wrong"), bearer("editor"), bearer("editor")
        read = get(client, f"articles/{article.pk}/corrections")
        url = f"/api/articles/{article.pk}"

        first = client.patch(f"{url}?state={read['state']}", {"title": "Anna's"}, "application/json", headers=anna)
        second = client.patch(f"{url}?state={read['state']}", {"title": "Boris'"}, "application/json", headers=boris)
        (made,) = first.json()["items"]
        third = client.delete(f"{url}/corrections/{made['id']}?state={read['state']}", headers=boris)

        article.refresh_from_db()
        assert (first.status_code, second.status_code, third.status_code, article.title) == (200, 409, 409, "Anna's")

    def test_wrong_values_change_nothing_and_are_named(self, client: Client) -> None:
        article = make_article(title="Stays")
        values = {"title": "Goes", "published": "soon", "topics": ["unheard-of"]}

        response = patch(client, article, values, bearer("editor"))

        assert response.status_code == 422
        assert {fault["parameter"] for fault in response.json()["faults"]} == {"published", "topics"}
        assert not Correction.objects.exists()

    @pytest.mark.parametrize("role", ["reader", "analyst"])
    def test_others_may_not(self, client: Client, role: str) -> None:
        assert patch(client, make_article(), {"title": "Mine"}, bearer(role)).status_code == 403

    def test_strangers_are_asked_who_they_are(self, client: Client) -> None:
        assert patch(client, make_article(), {"title": "Mine"}).status_code == 401

    def test_a_session_needs_its_csrf_token(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user("editor"))

        assert patch(client, make_article(), {"title": "Forged"}).status_code == 403


class TestTokens:
    def test_a_token_reads_a_closed_desk(self, client: Client, settings: Any) -> None:
        settings.ANONYMOUS_READING = False
        make_article()

        assert client.get("/api/articles").status_code == 401
        assert get(client, "articles", headers=bearer("reader"))["count"] == 1

    def test_a_wrong_or_revoked_token_is_refused_even_where_all_may_read(self, client: Client) -> None:
        headers = bearer("reader")
        Token.objects.all().delete()

        assert get(client, "articles", 401, headers)["detail"]
        assert get(client, "articles", 401, {"Authorization": "Bearer nd_guess"})["detail"]

    def test_a_user_who_left_has_no_token(self, client: Client) -> None:
        headers = bearer("reader")
        Token.objects.get().user.__class__.objects.update(is_active=False)

        assert get(client, "articles", 401, headers)["detail"]

    def test_it_is_shown_once_and_kept_as_a_digest(self, client: Client) -> None:
        client.force_login(make_user("analyst"))

        page = client.post("/account/tokens/", {"name": "my script"})

        secret = page.context["secret"]
        assert secret in page.content.decode()
        assert page["Cache-Control"] == "no-store"
        assert secret not in client.get("/account/tokens/").content.decode()
        assert secret not in str(Token.objects.values())
        assert Token.of(secret) == Token.objects.get()

    def test_only_ones_own_are_revoked(self, client: Client) -> None:
        other, _secret = Token.issue(make_user("analyst"), "theirs")
        client.force_login(make_user("analyst"))

        client.post("/account/tokens/", {"revoke": str(other.pk)})
        client.post("/account/tokens/", {"revoke": "x"})

        assert Token.objects.filter(pk=other.pk).exists()

    def test_strangers_have_none(self, client: Client) -> None:
        assert client.get("/account/tokens/").status_code == 302


class TestVocabulary:
    def test_topics_with_their_counts(self, client: Client) -> None:
        make_article(topics=["trade"])
        make_topic("karabakh")

        assert [(one["slug"], one["count"]) for one in get(client, "topics")] == [("karabakh", 0), ("trade", 1)]
        assert get(client, "topics/trade")["rule"] == "торговл* OR trade"
        assert get(client, "topics/weather", 404)["detail"]

    def test_stories_with_their_articles_in_time(self, client: Client) -> None:
        first = make_article(title="First", published="2024-04-01")
        make_article(title="Second", published="2024-04-02", story_with=first)

        (story,) = get(client, "stories")["items"]

        assert (story["title"], story["size"]) == ("First", 2)
        assert [row["title"] for row in get(client, f"stories/{story['id']}")["articles"]] == ["First", "Second"]
        assert get(client, "stories/999", 404)["detail"]

    def test_pages_of_stories(self, client: Client) -> None:
        from newsdesk.articles import stories

        stories.split([one.pk for one in make_articles([{}, {}])], None)
        stories.split([one.pk for one in make_articles([{}, {}])], None)

        first = get(client, "stories?limit=1")
        second = get(client, f"stories?limit=1&cursor={first['next']}")

        assert first["items"][0]["id"] > second["items"][0]["id"]
        assert second["next"] is None
        assert get(client, "stories?cursor=x", 422)["detail"]


class TestDescription:
    def test_it_is_openapi_with_both_ways_in(self, client: Client) -> None:
        described = get(client, "openapi.json")

        assert described["openapi"].startswith("3.1")
        assert {one["type"] for one in described["components"]["securitySchemes"].values()} == {"http", "apiKey"}

    def test_its_documentation_loads_nothing_from_elsewhere(self, client: Client) -> None:
        html = client.get("/api/docs").content.decode()

        assert "swagger-ui" in html
        assert "://" not in html.replace("http://testserver", "")


class TestAnnotations:
    def note(self, client: Client, article: Article, headers: dict[str, str], status: int = 201, **values: Any) -> Any:
        response = client.post(
            f"/api/articles/{article.pk}/annotations", values, content_type="application/json", headers=headers
        )
        assert response.status_code == status, response.content
        return response.json()

    def change(self, client: Client, made: Any, headers: dict[str, str], version: int, **values: Any) -> Any:
        url = f"/api/annotations/{made['id']}?version={version}"
        return client.patch(url, values, content_type="application/json", headers=headers)

    def test_a_passage_is_annotated_changed_and_withdrawn(self, client: Client) -> None:
        article, headers = make_article("They met in Baku on Monday."), bearer("analyst")

        made = self.note(client, article, headers, exact="Baku", kind="claim", tags=["Talks", "talks"], body="*Why?*")
        changed = self.change(client, made, headers, 1, body="Why there?", visibility="published")

        assert (made["start"], made["end"], made["tags"], made["visibility"]) == (12, 16, ["talks"], "private")
        assert (changed.json()["body"], changed.json()["kind"], changed.json()["version"]) == ("Why there?", "claim", 2)
        assert [one["id"] for one in get(client, f"annotations?article={article.pk}")["items"]] == [made["id"]]
        assert client.delete(f"/api/annotations/{made['id']}?version=2", headers=headers).status_code == 204
        assert get(client, "annotations")["items"] == []

    def test_what_changed_meanwhile_is_not_overwritten(self, client: Client) -> None:
        headers = bearer("analyst")
        made = self.note(client, make_article(), headers, body="One")
        self.change(client, made, headers, 1, body="Two")

        assert self.change(client, made, headers, 1, body="Three").status_code == 409
        assert get(client, f"annotations/{made['id']}", headers=headers)["body"] == "Two"

    def test_words_that_stand_twice_need_their_place(self, client: Client) -> None:
        article, headers = make_article("Baku, Baku."), bearer("analyst")

        assert self.note(client, article, headers, 422, exact="Baku")["faults"][0]["parameter"] == "exact"
        assert self.note(client, article, headers, exact="Baku", start=6)["start"] == 6

    def test_others_see_what_they_may(self, client: Client) -> None:
        article, anna, boris = make_article(), bearer("analyst"), bearer("analyst")
        private, team = (self.note(client, article, anna, body="!", visibility=seen) for seen in ("private", "team"))

        assert [one["id"] for one in get(client, "annotations", headers=boris)["items"]] == [team["id"]]
        assert get(client, "annotations")["items"] == []
        assert get(client, f"annotations/{private['id']}", 404, boris)["detail"]
        assert self.change(client, team, boris, 1, body="Mine now").status_code == 403
        assert self.change(client, private, boris, 1, body="Mine now").status_code == 404

    def test_editors_review(self, client: Client) -> None:
        made = self.note(client, make_article(), bearer("analyst"), body="?", visibility="team")

        assert self.change(client, made, bearer("editor"), 1, state="accepted").json()["state"] == "accepted"
        assert self.change(client, made, bearer("analyst"), 2, state="rejected").status_code == 403

    def test_what_says_and_marks_nothing_is_refused(self, client: Client) -> None:
        article, headers = make_article(), bearer("analyst")
        made = self.note(client, article, headers, body="Something")

        assert self.note(client, article, headers, 422, body="  ")["faults"][0]["parameter"] == "body"
        assert self.change(client, made, headers, 1, body="").status_code == 422

    def test_they_are_filtered_as_on_the_page_of_notes(self, client: Client) -> None:
        first, second = make_article(topics=["trade"], published="2024-02-01"), make_article(published="2023-02-01")
        headers = bearer("analyst")
        claim = self.note(client, first, headers, body="Lorries wait", kind="claim", tags=["border"])
        doubt = self.note(client, second, headers, body="Why?", kind="doubt")

        def found(query: str) -> list[int]:
            return [one["id"] for one in get(client, f"annotations?{query}", headers=headers)["items"]]

        assert found("") == [doubt["id"], claim["id"]]
        assert found("kind=doubt") == [doubt["id"]]
        assert found("topic=trade&published_after=2024") == found("words=lorry&tag=Border") == [claim["id"]]
        assert get(client, "annotations?kind=unheard-of", 422, headers)["faults"][0]["parameter"] == "kind"
        assert get(client, "annotations?topic=unheard-of", 422, headers)["faults"][0]["parameter"] == "topic"

    def test_readers_write_none(self, client: Client) -> None:
        self.note(client, make_article(), bearer("reader"), 403, body="Hello")
