"""Annotations taken out of the admin and into it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from newsdesk.annotations import notes
from newsdesk.annotations.models import Annotation
from newsdesk.workspace import importing
from tests.factories import make_article, make_note, make_user
from tests.reader.test_note_import import NOTE

pytestmark = pytest.mark.django_db

LIST = "/admin/annotations/annotation/"
IMPORT = f"{LIST}import/"
BODY = "Ministers met in Baku. They spoke of trade."


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor", "egor"))
    return client


@pytest.fixture
def article() -> Any:
    return make_article(BODY, title="=Trade", url="https://herald.example/1")


def export(client: Client, action: str, chosen: list[Annotation]) -> bytes:
    response = client.post(LIST, {"action": action, "_selected_action": [note.pk for note in chosen]})
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # of a streaming response


def upload(client: Client, content: bytes, visibility: str = "team") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("notes.json", content), "visibility": visibility})


def confirmed(client: Client, preview: Any, **changes: Any) -> Any:
    return client.post(IMPORT, {**preview.context["confirm"].initial, **changes})


@pytest.fixture
def chosen(article: Any) -> list[Annotation]:
    """Two of three."""
    anna = make_user("analyst", "anna")
    first = make_note(article, "met in Baku", author=anna, body="=When?", tags="\ntrade\nbaku\n")
    make_note(article, "Ministers", author=anna, body="Not chosen")
    return [first, notes.add(anna, Annotation(parent=first, body="In May"))]


def test_chosen_annotations_are_exported_as_web_annotations_and_come_back(editor, chosen):
    exported = export(editor, "as_web_annotations", chosen)

    items = json.loads(exported)["first"]["items"]
    assert [item["body"][0]["value"] for item in items] == ["=When?", "In May"]
    assert json.loads(exported)["total"] == 2
    Annotation.objects.all().delete()
    confirmed(editor, upload(editor, exported))
    note = Annotation.objects.get()
    assert (note.exact, note.tag_list, str(note.author)) == ("met in Baku", ["trade", "baku"], "egor")


def test_chosen_annotations_are_exported_as_a_table_that_calculates_nothing(editor, chosen):
    rows = list(csv.DictReader(io.StringIO(export(editor, "as_table", chosen).decode("utf-8-sig"))))

    assert [(row["body"], row["parent"]) for row in rows] == [("'=When?", ""), ("In May", str(chosen[0].pk))]
    assert (rows[0]["title"], rows[0]["exact"], rows[0]["tags"]) == ("'=Trade", "met in Baku", "trade, baku")


def test_chosen_annotations_are_exported_a_line_each(editor, chosen):
    first, *rows = map(json.loads, export(editor, "as_lines", chosen).decode().splitlines())

    assert (first["export"]["annotations"], first["export"]["articles"]) == (2, 1)
    assert [(row["body"], row["author"], row["url"]) for row in rows] == [
        ("=When?", "anna", "https://herald.example/1"),
        ("In May", "anna", "https://herald.example/1"),
    ]


def test_a_reply_is_exported_without_its_note_too(editor, chosen):
    assert b"In May" in export(editor, "as_lines", chosen[1:])


def test_what_is_withdrawn_is_left_out_and_told(editor, chosen):
    Annotation.objects.filter(pk=chosen[0].pk).update(withdrawn=timezone.now())

    assert b"When?" not in export(editor, "as_lines", chosen[:1])
    assert "1 is withdrawn, and was left out." in editor.get(LIST).content.decode()


def test_a_file_is_shown_as_it_would_be_placed_before_anything_is_stored(editor, article):
    lost = {**NOTE, "id": "2", "target": {"source": "https://no.example/<script>"}}

    preview = upload(editor, json.dumps([NOTE, lost]).encode())

    page = preview.content.decode()
    assert "1 annotation would be taken in." in page
    assert "<mark>Ministers met</mark> in Baku." in page
    assert "no article here has this address" in page
    assert "<script>" not in page.split("desk-page")[1].split("</main")[0]
    assert not Annotation.objects.exists()
    assert not Annotation.history.exists()

    assert confirmed(editor, preview).status_code == 302
    assert str(Annotation.objects.get().author) == "egor"


def test_what_was_previewed_is_what_is_taken_in(editor, article):
    preview = upload(editor, json.dumps([NOTE]).encode())
    given = preview.context["confirm"].initial["given"]

    response = confirmed(editor, preview, given="x" + given)

    assert "Choose the file again" in response.content.decode()
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("content", [b"no JSON", b"[]", b"{}"])
def test_a_file_that_holds_nothing_is_refused(editor, content):
    response = upload(editor, content)

    assert response.status_code == 422
    assert "No annotations can be read in this file." in response.content.decode()


def test_what_is_too_much_for_a_preview_is_refused(editor, article, monkeypatch):
    monkeypatch.setattr("newsdesk.reader.admin.LONGEST", 10)

    assert "too much for a preview" in upload(editor, json.dumps([NOTE]).encode()).content.decode()


def test_a_preview_stores_nothing(article):
    anna = make_user("analyst", "anna")

    report = importing.preview([NOTE], anna)

    assert [note.exact for note in report.placed] == ["Ministers met"]
    assert not Annotation.objects.exists()
    assert importing.store([NOTE], anna).known == 0
