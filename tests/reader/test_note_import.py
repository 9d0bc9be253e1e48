"""The page that takes in annotations."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsdesk.annotations.models import Annotation
from newsdesk.workspace import importing
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

NOTE = {
    "id": "https://other.example/1",
    "type": "Annotation",
    "body": {"type": "TextualBody", "value": "A remark"},
    "target": {
        "source": "https://herald.example/1",
        "selector": {"type": "TextQuoteSelector", "exact": "Ministers met"},
    },
}


def upload(client, content: bytes, **changes):
    file = SimpleUploadedFile("notes.json", content)
    return client.post("/notes/import/", {"file": file, "visibility": "team", **changes})


@pytest.fixture
def analyst(client):
    user = make_user("analyst", "anna")
    client.force_login(user)
    make_article("Ministers met in Baku.", url="https://herald.example/1")
    return user


def test_a_file_is_taken_in_and_the_page_says_what_was_placed_and_what_was_not(client, analyst):
    lost = {**NOTE, "id": "2", "target": {"source": "https://no.example/<script>"}}

    page = upload(client, json.dumps([NOTE, lost]).encode()).content.decode()

    assert "1 note was placed." in page
    assert "1 could not be placed." in page
    assert "no article here has this address" in page
    assert "<script>" not in page.split("<main")[1]
    assert Annotation.objects.get().author == analyst


def test_the_same_file_again_is_known(client, analyst):
    upload(client, json.dumps(NOTE).encode())

    assert "1 was there already." in upload(client, json.dumps(NOTE).encode()).content.decode()
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"no json", b"{}"])
def test_what_holds_no_annotations_is_refused(client, analyst, content):
    response = upload(client, content)

    assert response.status_code == 422
    assert 'class="errorlist' in response.content.decode()


def test_a_file_that_is_too_large_is_refused(client, analyst, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST", 10)

    assert "The file is too large." in upload(client, json.dumps(NOTE).encode()).content.decode()


def test_readers_import_nothing(client):
    client.force_login(make_user("reader"))

    assert client.get("/notes/import/").status_code == 403
    assert upload(client, json.dumps(NOTE).encode()).status_code == 403
    assert "/notes/import/" not in client.get("/account/").content.decode()


def test_analysts_come_to_it_from_their_account(client, analyst):
    assert 'href="/notes/import/"' in client.get("/account/").content.decode()
