"""Which notes are taken along, and in which order."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from newsdesk.people.models import Visibility
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.exports.notes import Wanted, count_notes, notes_of
from newsdesk.reader.exports.selection import Options
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

    found = notes_of([article.pk], Wanted(AnonymousUser()))[article.pk]

    assert [note.body for note in found] == ["first", "reply to the first", "last", "reply to the last"]


def test_what_was_withdrawn_stays_here(article, anna):
    make_note(article, body="withdrawn", author=anna, withdrawn=timezone.now())

    assert notes_of([article.pk], Wanted(anna)) == {}
    assert count_notes([article.pk], Wanted(anna)) == 0


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"docx", "epub"}))
def test_what_one_keeps_to_oneself_is_handed_on_only_if_one_says_so_and_is_marked(write, notes, anna, name):
    asked = Options(notes=True, private=True)
    mark = "seen by: only me" if name not in ("jsonl", "jsonld") else "private"

    with_it, without = write(name, user=anna, options=asked), write(name, user=anna)

    assert "For Anna" in with_it
    assert mark in with_it
    assert "For Anna" not in without
    assert mark not in without
    assert "For the team" in without


def test_a_passage_that_is_not_found_any_more_has_no_position(article, anna):
    note = make_note(article, "Baku", author=anna)
    note.anchored = note.Anchored.ORPHANED
    note.save()

    found = notes_of([article.pk], Wanted(anna))[article.pk][0]

    assert (found.exact, found.start, found.end) == ("Baku", None, None)


def test_a_reply_and_tags_are_written_as_the_w3c_has_them(write, article, anna):
    note = make_note(article, "Baku", author=anna, tags="\ntrade\n")
    make_note(article, body="Indeed", parent=note, author=anna)

    first, reply = json.loads(write("jsonld", ids=[article.pk], user=anna))["first"]["items"]

    assert {"type": "TextualBody", "value": "trade", "purpose": "tagging"} in first["body"]
    assert (reply["motivation"], reply["target"]) == ("replying", first["id"])
