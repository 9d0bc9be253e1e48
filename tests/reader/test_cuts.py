"""What an editor keeps and cuts in the raw text of an article, through the client."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.articles import editing
from newsdesk.articles.models import Article, ArticleText, Correction
from newsdesk.pipeline.document import RawDocument
from tests.articles.test_cut_decisions import FERRY, LORRIES, MENU, RAW, TEASER, ingest
from tests.reader.test_list_page import HTMX, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    (pk,) = ingest(RawDocument(RAW, source_path="heap/ferry.txt"))
    return Article.objects.get(pk=pk)


@pytest.fixture
def editor(client: Client, django_user_model):
    user = django_user_model.objects.create_user("leyla")
    user.user_permissions.add(Permission.objects.get(codename="change_article"))
    client.force_login(user)
    return user


def span(words: str) -> str:
    return f"{RAW.index(words)}-{RAW.index(words) + len(words)}"


@pytest.fixture
def post(client: Client, article: Article) -> Callable[..., Any]:
    def post(query: str = "", headers: dict[str, str] | None = None, **data: str) -> Any:
        data = {"digest": article.digest or "", **data}
        return client.post(f"/articles/{article.pk}/cuts/{query}", data, headers=headers)

    return post


def body(article: Article) -> list[str]:
    return Article.objects.get(pk=article.pk).text.body.splitlines()


def raw(client: Client, article: Article, **headers: str) -> Page:
    return Page(client.get(f"/articles/{article.pk}/?raw=1", headers=headers).content.decode())


def text(page: Page) -> str:
    return " ".join(page.text.split())


def buttons(page: Page) -> set[tuple[str | None, str | None]]:
    return {(one["name"], one["value"]) for one in page.all("button", form="cuts")}


class TestButtons:
    def test_each_line_has_what_can_be_done_with_it(self, client: Client, article: Article, editor) -> None:
        assert buttons(raw(client, article)) == {
            ("keep", span(MENU)),
            ("keep", span("Ferry sails again")),
            ("cut", span(FERRY)),
            ("cut", span(LORRIES)),
            ("keep", span(TEASER)),
        }

    def test_a_reader_has_none(self, client: Client, article: Article, django_user_model) -> None:
        assert not raw(client, article).all("button", form="cuts")
        assert not raw(client, article).all("form", id="cuts")

        client.force_login(django_user_model.objects.create_user("reader"))

        assert not raw(client, article).all("form", id="cuts")

    def test_they_stand_in_the_raw_text_only(self, client: Client, article: Article, editor) -> None:
        assert not Page(client.get(f"/articles/{article.pk}/").content.decode()).all("form", id="cuts")

    def test_a_decision_says_whose_it_is_and_can_be_undone(self, client: Client, article: Article, editor) -> None:
        at = RAW.index(TEASER)
        editing.decide(article, at, at + len(TEASER), True, editor, digest=str(article.digest))

        page = raw(client, article)

        assert "kept by leyla on" in text(page)
        assert ("undo", span(TEASER)) in buttons(page)
        assert f"<ins>{TEASER}</ins>" in page.html
        client.logout()
        assert "kept by leyla on" in text(raw(client, article))

    def test_the_article_text_is_kept_from_htmx(self, client: Client, article: Article, editor) -> None:
        assert all("hx-disable" in line for line in raw(client, article).all("p", dir="auto"))


class TestDeciding:
    def test_restoring_leads_back_to_the_line(self, client: Client, article: Article, editor, post) -> None:
        response = post("?language=en&raw=1", keep=span(TEASER))

        assert response.status_code == 302
        assert response["Location"] == f"/articles/{article.pk}/?language=en&raw=1#raw-{RAW.index(TEASER)}"
        assert body(article) == [FERRY, LORRIES, TEASER]
        row = Correction.objects.get()
        assert (row.author, Correction.history.get().history_user) == (editor, editor)
        assert raw(client, article).all("div", id=f"raw-{RAW.index(TEASER)}")

    def test_a_part_of_a_line_leads_back_to_the_whole(self, article: Article, editor, post) -> None:
        response = post(cut=span("at the quay for eleven weeks"))

        assert response["Location"].endswith(f"#raw-{RAW.index(LORRIES)}")

    def test_cutting_and_undoing(self, article: Article, editor, post) -> None:
        post(cut=span(LORRIES))
        assert body(article) == [FERRY]

        post(undo=span(LORRIES))

        assert body(article) == [FERRY, LORRIES]
        assert not Correction.objects.exists()

    def test_htmx_gets_the_article_as_it_then_stands(self, article: Article, editor, post) -> None:
        response = post("?language=en", headers=HTMX, keep=span(TEASER))

        page = Page(response.content.decode())
        assert response.status_code == 200
        assert page.all("article", id="article")
        assert not page.all("html")
        assert ("undo", span(TEASER)) in buttons(page)
        assert page.all("form", action=f"/articles/{article.pk}/cuts/?language=en&raw=1")
        assert "Restored." in text(page)


class TestRefusing:
    @pytest.mark.parametrize("name", [None, "reader"], ids=["anonymous", "without the permission"])
    def test_a_reader_may_not(self, client: Client, article: Article, post, django_user_model, name) -> None:
        if name:
            client.force_login(django_user_model.objects.create_user(name))

        assert post(keep=span(TEASER)).status_code == 403
        assert body(article) == [FERRY, LORRIES]

    def test_a_forged_form_may_not(self, article: Article, editor) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        data = {"digest": article.digest, "keep": span(TEASER)}
        address = f"/articles/{article.pk}/cuts/"

        assert client.post(address, data).status_code == 403

        token, *_ = raw(client, article).all("input", name="csrfmiddlewaretoken")
        assert client.post(address, {**data, "csrfmiddlewaretoken": token["value"]}).status_code == 302

    def test_an_article_that_is_not_there(self, client: Client, editor) -> None:
        assert client.post("/articles/999/cuts/", {"digest": "x", "keep": "0-4"}).status_code == 404

    def test_nothing_is_done_by_following_a_link(self, client: Client, article: Article, editor) -> None:
        assert client.get(f"/articles/{article.pk}/cuts/?keep={span(TEASER)}").status_code == 405

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
    def test_a_text_that_has_changed_meanwhile(self, article: Article, editor, post, headers) -> None:
        response = post(digest="0" * 64, keep=span(TEASER), headers=headers)

        assert response.status_code == 409
        assert "The raw text has changed meanwhile" in text(Page(response.content.decode()))
        assert article.digest in response.content.decode()
        assert not Correction.objects.exists()

    def test_an_article_that_waits_to_be_processed(self, client: Client, editor) -> None:
        article = Article.objects.create()
        ArticleText.objects.create(article=article, raw_text=RAW)

        assert not raw(client, article).all("form", id="cuts")
        assert client.post(f"/articles/{article.pk}/cuts/", {"digest": "x", "keep": "0-4"}).status_code == 409

    def test_emptying_the_article(self, article: Article, editor, post) -> None:
        response = post(cut=span(f"{FERRY}\n{LORRIES}"))

        assert response.status_code == 422
        assert "Nothing would be left to read" in text(Page(response.content.decode()))
        assert body(article) == [FERRY, LORRIES]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"keep": ""},
            {"keep": "4"},
            {"keep": "4-x"},
            {"keep": "9-4"},
            {"keep": "-4-9"},
            {"keep": "0-999999"},
            {"keep": "0-9999999999999"},
            {"keep": "15-16"},
            {"keep": "0-4", "cut": "0-4"},
            {"keep": "0-4", "digest": ""},
        ],
        ids=str,
    )
    def test_what_is_no_span(self, article: Article, editor, post, data: dict[str, str]) -> None:
        response = post(**data)

        assert response.status_code == 400
        assert "There is no such place in the raw text" in text(Page(response.content.decode()))
        assert not Correction.objects.exists()


def test_queries_do_not_grow_with_the_decisions(client: Client, article: Article, editor) -> None:
    def queries() -> int:
        raw(client, article)
        with CaptureQueriesContext(connection) as captured:
            raw(client, article)
        return len(captured)

    def decide(words: str, keep: bool) -> None:
        at = RAW.index(words)
        editing.decide(article, at, at + len(words), keep, editor, digest=str(article.digest))

    decide(TEASER, True)
    few = queries()
    decide(MENU, True)
    decide(LORRIES, False)

    assert queries() == few <= 15
