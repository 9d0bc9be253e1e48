"""Which notes are taken along, and in which order."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from newsdesk.people.models import Visibility
from newsdesk.reader.exports.notes import count_notes, notes_of
from tests.factories import make_article, make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article("Ministers met in Baku.")


def test_replies_come_after_what_they_reply_to(article):
    last = make_note(article, "Baku", body="last", visibility=Visibility.PUBLISHED)
    first = make_note(article, "Ministers", body="first", visibility=Visibility.PUBLISHED)
    for parent, body in ((first, "reply to the first"), (last, "reply to the last")):
        make_note(article, body=body, parent=parent, visibility=Visibility.PUBLISHED)

    found = notes_of([article.pk], AnonymousUser())[article.pk]

    assert [note.body for note in found] == ["first", "reply to the first", "last", "reply to the last"]


def test_what_was_withdrawn_stays_here(article, anna):
    make_note(article, body="withdrawn", author=anna, withdrawn=timezone.now())

    assert notes_of([article.pk], anna) == {}
    assert count_notes([article.pk], anna) == 0


def test_a_passage_that_is_not_found_any_more_has_no_position(article, anna):
    note = make_note(article, "Baku", author=anna)
    note.anchored = note.Anchored.ORPHANED
    note.save()

    found = notes_of([article.pk], anna)[article.pk][0]

    assert (found.exact, found.start, found.end) == ("Baku", None, None)


def test_a_reply_and_tags_are_written_as_the_w3c_has_them(write, article, anna):
    note = make_note(article, "Baku", author=anna, tags="\ntrade\n")
    make_note(article, body="Indeed", parent=note, author=anna)

    first, reply = json.loads(write("jsonld", ids=[article.pk], user=anna))["first"]["items"]

    assert {"type": "TextualBody", "value": "trade", "purpose": "tagging"} in first["body"]
    assert (reply["motivation"], reply["target"]) == ("replying", first["id"])
