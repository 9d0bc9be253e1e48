"""Read, starred, archived: by buttons that are plain forms, and as a filter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.listing import PER_PAGE
from newsdesk.workspace import reading
from tests.factories import make_article, make_articles, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client: Client) -> Any:
    made = make_user("reader")
    client.force_login(made)
    return made


def read_by(user: Any) -> list[int]:
    return list(reading.marked(user.pk, "read"))


class TestMarks:
    def test_a_button_marks_and_leads_back(self, client: Client, user: Any) -> None:
        article = make_article()

        response = client.post("/reading/", {"read": article.pk, "next": "/articles/?page=2"})

        assert response["Location"] == "/articles/?page=2"
        assert read_by(user) == [article.pk]
        client.post("/reading/", {"unread": article.pk})
        assert read_by(user) == []

    def test_htmx_gets_the_marks_alone(self, client: Client, user: Any) -> None:
        article = make_article()

        html = client.post("/reading/", {"star": article.pk}, headers={"HX-Request": "true"}).content.decode()

        assert html.startswith(f'<span class="marks" data-marks="{article.pk}">')
        assert 'name="unstar"' in html

    @pytest.mark.parametrize("sent", [{}, {"read": "x"}, {"read": "1", "star": "1"}, {"read": "0"}])
    def test_what_says_nothing_marks_nothing(self, client: Client, user: Any, sent: dict[str, str]) -> None:
        make_article()

        assert client.post("/reading/", sent).status_code == 400
        assert client.post("/reading/", {"read": "999999"}).status_code == 404
        assert read_by(user) == []

    def test_nobody_is_led_elsewhere(self, client: Client, user: Any) -> None:
        sent = {"read": make_article().pk, "next": "https://evil.example/"}

        assert client.post("/reading/", sent)["Location"] == "/articles/"

    def test_opening_an_article_alone_marks_nothing(self, client: Client, user: Any) -> None:
        article = make_article()

        client.get(article.get_absolute_url())

        assert read_by(user) == []

    def test_rows_and_page_show_the_marks(self, client: Client, user: Any) -> None:
        article = make_article()
        reading.set_mark(user.pk, article, "read", on=True)

        for url in ("/articles/", article.get_absolute_url()):
            html = client.get(url).content.decode()

            assert re.search(r'name="unread" value="\d+" aria-pressed="true"', html)
            assert 'name="star"' in html

    def test_those_without_an_account_keep_theirs_in_the_browser(self, client: Client) -> None:
        make_article()

        html = client.get("/articles/").content.decode()

        assert '<template id="marks">' in html
        assert "read=unread" not in html
        assert client.post("/reading/", {"read": "1"}).status_code == 302


class TestAll:
    def test_a_list_is_read_and_unread_again(self, client: Client, user: Any) -> None:
        articles = make_articles([{"topics": ["trade"]}, {"topics": ["trade"]}, {"topics": ["karabakh"]}])

        html = client.post(
            "/reading/all/", {"query": "topic=trade", "next": "/articles/"}, follow=True
        ).content.decode()

        assert read_by(user) == [article.pk for article in articles[:2]]
        assert "2 articles are marked as read." in html
        moment = re.search(r'name="undo" value="([^"]+)"', html)
        assert moment
        client.post("/reading/all/", {"undo": moment[1].replace("&#x2B;", "+")})
        assert read_by(user) == []

    @pytest.mark.parametrize("order", ["newest", "oldest"])
    def test_all_down_to_a_row_of_the_second_page(self, client: Client, user: Any, order: str) -> None:
        make_articles(
            [{"published": f"2024-{number // 28 + 1:02}-{number % 28 + 1:02}"} for number in range(PER_PAGE + 5)]
        )
        shown = re.findall(r'id="row-(\d+)"', client.get(f"/articles/?sort={order}&page=2").content.decode())

        client.post("/reading/all/", {"query": f"sort={order}&page=2", "above": shown[1]})

        assert len(read_by(user)) == PER_PAGE + 2
        assert int(shown[2]) not in read_by(user)

    @pytest.mark.parametrize(
        "sent", [{"query": "topic=unknown"}, {"query": "", "above": "x"}, {"undo": "x", "query": "q=zzz"}]
    )
    def test_what_is_wrong_reads_nothing(self, client: Client, user: Any, sent: dict[str, str]) -> None:
        make_article()

        assert client.post("/reading/all/", sent).status_code == 302
        assert read_by(user) == []


class TestFilter:
    def test_each_state_is_a_filter_and_the_counts_agree(self, user: Any) -> None:
        one, two, three = make_articles([{"topics": ["trade"]}, {"topics": ["trade"]}, {}])
        reading.set_mark(user.pk, one, "read", on=True)
        reading.set_mark(user.pk, three, "starred", on=True)

        def found(query: str) -> list[int]:
            return list(ArticleFilter(QueryDict(query), user).ids)

        assert found("read=unread") == [two.pk, three.pk]
        assert found("read=read") == [one.pk]
        assert found("read=starred") == [three.pk]
        assert found("read=archived") == []
        assert found("read=unread&topic=trade") == [two.pk]
        counts = [
            (choice.value, choice.count) for choice in ArticleFilter(QueryDict("topic=trade&read=read"), user).readings
        ]
        assert counts == [("unread", 1), ("read", 1), ("starred", 0), ("archived", 0)]

    def test_who_has_not_signed_in_is_told_why_there_is_no_list(self, client: Client) -> None:
        make_article()

        html = client.get("/articles/?read=unread").content.decode()

        assert "Sign in to filter by what you have read." in html
        assert 'class="row"' not in html

    def test_queries_do_not_grow_with_what_was_read(self, client: Client, user: Any) -> None:
        articles = make_articles([{}] * 10)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get("/articles/?read=unread")
            return len(captured)

        queries()
        before = queries()
        for article in articles[:8]:
            reading.set_mark(user.pk, article, "read", on=True)

        assert queries() == before
