"""What people do with notes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from newsdesk.annotations import notes
from newsdesk.annotations.history import changes
from newsdesk.annotations.models import Annotation, stems_of
from tests.factories import make_article, make_note, make_user

pytestmark = pytest.mark.django_db

BODY = "Ministers met in Baku. They spoke of trade."


@pytest.fixture
def anna() -> Any:
    return make_user("analyst", "anna")


@pytest.fixture
def egor() -> Any:
    return make_user("editor", "egor")


def seen(user: Any) -> set[str]:
    return set(notes.visible(user).values_list("body", flat=True))


def test_a_note_is_its_authors(anna):
    note = notes.add(anna, Annotation(article=make_article(BODY), kind_id="claim", body="So they say."))

    assert (note.author, note.version, note.state) == (anna, 1, "open")


def test_readers_write_no_notes():
    with pytest.raises(PermissionDenied):
        notes.add(make_user("reader"), Annotation(article=make_article(BODY), body="Mine"))


def test_a_withdrawn_note_is_seen_by_its_author_and_by_editors(anna, egor):
    note = make_note(make_article(BODY), author=anna, body="Wrong", visibility="published")

    notes.withdraw(note, 1)

    assert seen(anna) == seen(egor) == {"Wrong"}
    assert seen(make_user("analyst")) == seen(make_user("reader")) == seen(AnonymousUser()) == set()


def test_a_note_comes_back(anna):
    note = make_note(make_article(BODY), author=anna, body="Wrong", visibility="published")

    notes.withdraw(note, 1)
    notes.withdraw(note, 2, back=True)

    assert seen(AnonymousUser()) == {"Wrong"}


def test_replies_are_seen_by_those_who_see_the_note(anna, egor):
    note = make_note(make_article(BODY), author=anna, body="A doubt", visibility="published")
    reply = notes.add(egor, Annotation(article=note.article, parent=note, body="An answer", visibility="private"))

    before = seen(AnonymousUser())
    notes.change(note, {"visibility": "team"}, 1)

    assert reply.visibility == "published"
    assert before == {"A doubt", "An answer"}
    assert seen(AnonymousUser()) == set()
    assert seen(make_user("analyst")) == {"A doubt", "An answer"}


def test_replies_to_a_withdrawn_note_go_with_it(anna, egor):
    note = make_note(make_article(BODY), author=anna, body="A doubt", visibility="published")
    notes.add(egor, Annotation(article=note.article, parent=note, body="An answer"))

    notes.withdraw(note, 1)

    assert seen(make_user("analyst")) == set()
    assert seen(anna) == {"A doubt", "An answer"}


def test_what_others_replied_to_does_not_become_private(anna, egor):
    note = make_note(make_article(BODY), author=anna, body="A doubt")
    notes.add(egor, Annotation(article=note.article, parent=note, body="An answer"))

    with pytest.raises(notes.HasRepliesError):
        notes.change(note, {"visibility": "private"}, 1)


def test_of_two_changes_at_once_the_second_is_told(anna):
    note = make_note(make_article(BODY), author=anna, body="First")
    notes.change(note, {"body": "Second"}, 1)

    with pytest.raises(notes.ChangedMeanwhileError) as told:
        notes.change(note, {"body": "Third"}, 1)

    assert told.value.note.body == "Second"
    assert Annotation.objects.get().body == "Second"


def test_editors_review_what_others_see(anna, egor):
    team, private = (
        make_note(make_article(BODY), author=anna),
        make_note(make_article(), author=anna, visibility="private"),
    )

    reviewed = notes.review(egor, team, "disputed", 1)

    assert (reviewed.state, reviewed.reviewed_by, reviewed.version) == ("disputed", egor, 2)
    assert reviewed.reviewed is not None
    for user, note in ((anna, team), (egor, private)):
        with pytest.raises(PermissionDenied):
            notes.review(user, note, "accepted", note.version)


def test_an_open_note_is_reviewed_by_nobody(anna, egor):
    note = make_note(make_article(BODY), author=anna)
    notes.review(egor, note, "rejected", 1)

    opened = notes.review(egor, note, "open", 2)

    assert (opened.state, opened.reviewed, opened.reviewed_by) == ("open", None, None)


def test_a_private_note_is_not_found_by_editors(anna, egor):
    note = make_note(make_article(BODY), author=anna, visibility="private")

    with pytest.raises(Http404):
        notes.find(egor, note.pk)


def test_articles_are_annotated_for_those_who_see_the_notes(anna, egor):
    private, team, published = (make_article(f"{number}. {BODY}") for number in range(3))
    for article, visibility in ((private, "private"), (team, "team"), (published, "published")):
        make_note(article, author=anna, visibility=visibility)

    assert set(notes.annotated(anna)) == {private.pk, team.pk, published.pk}
    assert set(notes.annotated(egor)) == {team.pk, published.pk}
    assert set(notes.annotated(AnonymousUser())) == {published.pk}
    assert set(notes.annotated(egor, own=True)) == set(notes.annotated(AnonymousUser(), own=True)) == set()


def test_history_says_who_changed_what_and_keeps_it_when_they_are_gone(anna, client):
    client.force_login(anna)
    note = make_note(make_article(BODY), author=anna, body="First")
    client.post(f"/notes/{note.pk}/edit/", {"version": 1, "kind": "doubt", "body": "Second", "visibility": "team"})
    note.refresh_from_db()

    latest = changes(note, anna)[0]
    anna.delete()
    kept = changes(note, make_user("editor"))[0]

    assert (latest.who, latest.first) == ("anna", False)
    assert [(one.before, one.after) for one in latest.differences] == [("note", "doubt"), ("First", "Second")]
    assert kept.who == ""
    assert kept.differences == latest.differences


def test_history_does_not_tell_what_was_private(anna, egor):
    note = make_note(make_article(BODY), author=anna, body="My secret", visibility="private")
    notes.change(note, {"body": "For all", "visibility": "team"}, 1)
    note.refresh_from_db()

    told = str(changes(note, egor))

    assert "For all" in told
    assert "My secret" not in told
    assert "My secret" in str(changes(note, anna))


def test_tags_are_kept_once_and_folded():
    note = Annotation(tags="")

    note.tag_list = [" Baku ", "baku", "", "Air   crash"]

    assert note.tag_list == ["baku", "air crash"]


def test_stems_find_any_form_of_a_word():
    assert stems_of("в Карабахе") == stems_of("в Карабах")
