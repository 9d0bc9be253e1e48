"""Taking a list away: the sheet, and the files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsdesk.annotations.models import Annotation
from newsdesk.people.models import Visibility
from newsdesk.reader import downloads
from newsdesk.reader.exports import EXPORTS, MOST_IN_MEMORY
from newsdesk.reader.exports.selection import Entry, Options, Selection
from newsdesk.workspace.models import Reading, SavedView
from tests.factories import make_article, make_articles, make_note, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def content(response) -> str:
    return b"".join(response.streaming_content).decode()


def titles(client: Client, query: str) -> list[str]:
    return [row["title"] for row in csv.DictReader(io.StringIO(content(client.get(f"/articles/export/csv/{query}"))))]


@pytest.fixture
def corpus():
    return make_articles(
        [
            {"title": "Old", "published": "2020-01-01", "about": ["AZ"]},
            {"title": "Undated", "published": None, "about": ["AZ"]},
            {"title": "New", "published": "2024-01-01", "about": ["AZ"]},
            {"title": "Elsewhere", "about": ["GE"]},
        ]
    )


def test_a_file_holds_the_list_in_its_order_or_by_date(client, corpus):
    assert titles(client, "?about=AZ") == ["New", "Old", "Undated"]
    assert titles(client, "?about=AZ&sort=oldest") == ["Old", "New", "Undated"]
    assert titles(client, "?about=AZ&order=date") == ["Old", "New", "Undated"]


def test_a_file_holds_the_whole_list_whatever_its_page_and_folding(client, corpus):
    assert titles(client, "?about=AZ&page=7&fold=1") == ["New", "Old", "Undated"]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_sent_with_its_type_name_and_statement(client, corpus, name):
    response = client.get(f"/articles/export/{name}/?about=AZ&notes=on")

    wanted = EXPORTS[name]
    assert response.status_code == 200
    assert response["Content-Type"].split(";")[0] == wanted.content_type
    assert re.fullmatch(
        rf'attachment; filename="newsdesk-list-\d{{4}}-\d\d-\d\d-\d{{4}}\.{wanted.extension}"',
        response["Content-Disposition"],
    )
    assert response["Newsdesk-Query"] == "about=AZ"
    assert (response["Newsdesk-Articles"], response["Newsdesk-Annotations"]) == ("3", "0")
    assert response["Newsdesk-Software"].startswith("Newsdesk ")
    assert response["Newsdesk-Made"].startswith("20")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)


def test_names_and_headers_hold_nothing_that_anybody_wrote(client, corpus):
    response = client.get("/articles/export/csv/?q=новости%0d%0aSet-Cookie:%20a=b%22")

    assert "Set-Cookie" not in response["Content-Disposition"]
    assert response["Newsdesk-Query"].isascii()
    assert "\n" not in response["Newsdesk-Query"]


def test_the_brief_opens_as_a_page_that_may_do_nothing(client, corpus):
    response = client.get("/articles/export/html/?about=AZ&open=1")

    assert response["Content-Disposition"].startswith("inline")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "sandbox" in policy
    assert "script" not in policy


def test_no_other_format_opens_as_a_page(client, corpus):
    response = client.get("/articles/export/markdown/?open=1")

    assert response["Content-Disposition"].startswith("attachment")


def test_a_format_that_there_is_not_is_not_found(client):
    assert client.get("/articles/export/exe/").status_code == 404


@pytest.mark.parametrize("query", ["?published_after=soon", "?style=mine", "?order=random"])
def test_a_wrong_value_exports_nothing_and_is_named(client, corpus, query):
    response = client.get(f"/articles/export/csv/{query}")

    assert response.status_code == 400
    assert not response.streaming
    assert "Nothing was exported" in response.content.decode()


def test_a_format_that_is_made_whole_is_refused_for_too_many(client, corpus, monkeypatch):
    monkeypatch.setattr(downloads, "EXPORTS", {"docx": EXPORTS["docx"].__class__(**fields(most=2))})

    response = client.get("/articles/export/docx/?about=AZ")

    assert response.status_code == 400
    assert "DOCX holds 2 articles at most, and these are 3." in response.content.decode()
    assert client.get("/articles/export/docx/?about=GE").status_code == 200


def fields(**changes):
    whole = EXPORTS["docx"]
    return {name: getattr(whole, name) for name in whole.__slots__} | changes


def test_only_formats_that_stream_take_any_number():
    assert {name for name, one in EXPORTS.items() if one.most is not None} == {"docx", "epub"}
    assert EXPORTS["epub"].refusal(MOST_IN_MEMORY) == ""
    assert EXPORTS["csv"].refusal(10**7) == ""


@pytest.mark.parametrize("role", ["", "reader", "analyst"])
def test_one_takes_away_the_notes_that_one_may_see(client, role):
    article, other = make_article("Ministers met."), make_user("analyst", "boris")
    for seen in Visibility.values:
        Annotation.objects.create(article=article, author=other, body=f"for {seen}", visibility=seen)
    if role:
        client.force_login(make_user(role))

    for name, one in EXPORTS.items():
        if one.most is None:
            written = content(client.get(f"/articles/export/{name}/?notes=on"))
            expected = {"for published", "for team"} if role == "analyst" else {"for published"}
            assert {note for note in ("for private", "for team", "for published") if note in written} == expected, name


def test_without_asking_no_notes_are_taken_along(client):
    Annotation.objects.create(article=make_article(), body="A remark", visibility=Visibility.PUBLISHED)

    written = content(client.get("/articles/export/html/"))

    assert "A remark" not in written


def test_the_sheet_offers_ones_private_notes_apart(client):
    article, anna = make_article("Ministers met."), make_user("analyst", "anna")
    make_note(article, body="Mine", author=anna, visibility=Visibility.PRIVATE)
    make_note(article, body="Ours", author=anna, visibility=Visibility.TEAM)
    client.force_login(anna)

    page = client.get("/articles/export/").content.decode()

    assert "1 note that you may see" in page
    assert "With those, too, that only you see (1)" in " ".join(re.sub("<[^>]+>", "", page).split())
    assert 'name="private" checked' not in page


@pytest.mark.parametrize("name", [name for name, one in EXPORTS.items() if one.most is None])
def test_more_articles_do_not_mean_more_questions_to_the_database(name):
    articles = make_articles([{"source": "herald", "topics": ["trade"], "about": ["AZ"]} for _ in range(8)])
    for article in articles:
        Annotation.objects.create(article=article, body="x", visibility=Visibility.PUBLISHED)
    ids = [article.pk for article in articles]

    def questions(some: list[int]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            list(EXPORTS[name].write(Selection(some, options=Options(notes=True))))
        return len(captured)

    assert questions(ids[:2]) == questions(ids)


def test_a_file_is_begun_before_its_last_article_is_read(monkeypatch):
    articles = make_articles([{} for _ in range(5)])
    monkeypatch.setattr("newsdesk.reader.exports.selection.BATCH", 2)
    asked: list[int] = []
    plain = Selection.entries_of

    def ask(self: Selection, ids: Sequence[int]) -> Iterator[Entry]:
        asked.extend(ids)
        return plain(self, ids)

    monkeypatch.setattr(Selection, "entries_of", ask)

    parts = EXPORTS["csv"].write(Selection([article.pk for article in articles]))
    next(parts), next(parts)

    assert asked == [article.pk for article in articles[:2]]


def test_a_file_is_written_in_the_language_of_who_asked(client, corpus):
    response = client.get("/articles/export/html/?about=GE", headers={"Accept-Language": "ru"})
    client.get("/help/", headers={"Accept-Language": "en"})

    assert '<html lang="ru"' in content(response)


def test_the_sheet_offers_every_format_and_carries_the_filters(client, corpus):
    page = client.get("/articles/export/?about=AZ&q=-nothing&page=3").content.decode()

    assert re.findall(r'formaction="/articles/export/([a-z]+)/"', page) == list(EXPORTS)
    assert '<input type="hidden" name="about" value="AZ">' in page
    assert 'name="page"' not in page
    assert "3 articles, 0 notes that you may see" in page


def test_the_sheet_is_a_part_for_htmx_and_a_page_without(client, corpus):
    part = client.get("/articles/export/?about=AZ", headers=HTMX).content.decode()

    assert "<html" not in part
    assert 'id="sheet-title"' in part
    assert "<html" in client.get("/articles/export/?about=AZ").content.decode()


def test_the_list_and_the_story_lead_to_the_sheet(client):
    first = make_article("One.", title="One")
    make_article("Two.", title="Two", story_with=first)
    first.refresh_from_db()

    assert 'href="/articles/export/?about=AZ"' not in client.get("/articles/").content.decode()
    assert 'href="/articles/export/"' in client.get("/articles/").content.decode()
    assert (
        f'href="/articles/export/?story={first.story_id}"' in client.get(f"/stories/{first.story_id}/").content.decode()
    )
    records = content(client.get(f"/articles/export/jsonl/?story={first.story_id}")).splitlines()
    assert {json.loads(record)["title"] for record in records} == {"One", "Two"}


def test_a_view_gives_the_file_its_name(client, corpus):
    anna = make_user("analyst", "anna")
    view = SavedView.objects.create(name="What I follow", query="about=AZ", author=anna)
    client.force_login(anna)

    sheet = client.get(f"/articles/export/?about=AZ&view={view.pk}").content.decode()
    records = content(client.get(f"/articles/export/jsonl/?about=AZ&view={view.pk}")).splitlines()

    assert f'<input type="hidden" name="view" value="{view.pk}">' in sheet
    stated = json.loads(records[0])["export"]
    assert (stated["title"], stated["query"]) == ("What I follow", "about=AZ")


def test_what_one_has_read_is_a_filter_of_the_file_too(client, corpus):
    anna = make_user("analyst", "anna")
    client.force_login(anna)
    Reading.objects.create(user=anna, article=corpus[0], starred_at=timezone.now())

    assert titles(client, "?read=starred") == ["Old"]
    client.logout()
    assert client.get("/articles/export/csv/?read=starred").status_code == 400
