"""The rules, on notes: whoever may see and change one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from newsdesk.annotations.models import Annotation
from newsdesk.people import access
from newsdesk.people.models import Visibility
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes() -> dict[str, Any]:
    """One of each visibility, by the analyst Anna."""
    article, anna = make_article(), make_user("analyst", "anna")
    return {
        seen: Annotation.objects.create(article=article, author=anna, body=seen, visibility=seen)
        for seen in Visibility.values
    }


def seen_by(user: access.User) -> set[str]:
    return set(access.visible(Annotation.objects.all(), user).values_list("body", flat=True))


def test_who_sees_what(notes: dict[str, Any]) -> None:
    assert seen_by(AnonymousUser()) == {"published"}
    assert seen_by(make_user("reader")) == {"published"}
    assert seen_by(make_user("analyst")) == {"team", "published"}
    assert seen_by(make_user("editor")) == {"team", "published"}
    assert seen_by(notes["team"].author) == {"private", "team", "published"}


def test_what_one_may_not_see_is_not_there(notes: dict[str, Any]) -> None:
    with pytest.raises(Http404):
        access.find(Annotation.objects.all(), make_user("editor"), pk=notes["private"].pk)


def test_what_one_only_sees_cannot_be_changed(notes: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied):
        access.find_to_change(Annotation.objects.all(), make_user("analyst"), pk=notes["team"].pk)


def test_authors_and_editors_change_notes(notes: dict[str, Any]) -> None:
    assert access.may_change(notes["private"].author, notes["private"])
    assert access.may_change(make_user("editor"), notes["team"])
    assert not access.may_change(make_user("editor"), notes["private"])
    assert not access.may_change(AnonymousUser(), notes["published"])


def test_a_former_users_private_note_is_seen_by_nobody(notes: dict[str, Any]) -> None:
    notes["private"].author.delete()

    assert "private" not in seen_by(make_user("editor")) | seen_by(AnonymousUser())
