"""What people do with notes: who sees which, and how they are made, changed, reviewed and withdrawn.

Each change says from which version of the note it was made. If the note is another one by then, nothing is overwritten: whoever comes second
gets `ChangedMeanwhileError` with what it is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from pyroaring import BitMap

from newsdesk.annotations import anchors
from newsdesk.annotations.models import Annotation
from newsdesk.people import access
from newsdesk.people.models import Visibility

CHANGE = "annotations.change_annotation"
WRITTEN = ("kind", "body", "tags", "visibility")  # what its author writes


class ChangedMeanwhileError(Exception):
    """``note`` is as it now stands."""

    def __init__(self, note: Annotation) -> None:
        super().__init__("The note has changed meanwhile.")
        self.note = note


class HasRepliesError(ValueError):
    """What others have replied to cannot become private: it is theirs too."""


def visible(user: access.User) -> QuerySet[Annotation]:
    """Those that ``user`` may see. What was withdrawn is seen by its author and by editors; a reply by those who see what it replies to."""
    seen = access.visible(Annotation.objects.all(), user)
    if not user.has_perm(CHANGE):
        seen = seen.filter(Q(withdrawn=None) | Q(author=user.pk) if user.is_authenticated else Q(withdrawn=None))
    return seen.filter(Q(parent=None) | Q(parent__in=seen.filter(parent=None)))


def find(user: access.User, pk: int) -> Annotation:
    """The note to see; Http404 where there is none for this user."""
    return access.find(visible(user).select_related("article", "kind", "author", "reviewed_by"), user, pk=pk)


def find_to_change(user: access.User, pk: int) -> Annotation:
    return access.find_to_change(visible(user).select_related("article", "kind", "author"), user, pk=pk)


def may_review(user: access.User, note: Annotation) -> bool:
    """Editors judge what others can see; replies are part of the talk about it."""
    return user.has_perm(CHANGE) and note.visibility != Visibility.PRIVATE and note.parent_id is None


def annotated(user: access.User, *, own: bool = False) -> BitMap:
    """Ids of the articles with a note that ``user`` sees, or with one of their own. Asked of the table each time: a count kept beside
    it would have to be kept for each user, or tell of notes that one may not see."""
    found = visible(user).filter(withdrawn=None)
    if own:
        found = found.filter(author=user.pk) if user.is_authenticated else found.none()
    return BitMap(found.order_by().values_list("article", flat=True).distinct())


@transaction.atomic
def add(user: access.User, note: Annotation, passage: anchors.Anchor | None = None) -> Annotation:
    """A note, or a reply, that has not been stored yet."""
    if not user.is_authenticated or not access.may_add(user, Annotation):
        raise PermissionDenied
    note.author_id = user.pk
    if note.parent:
        note.visibility, note.article_id = note.parent.visibility, note.parent.article_id
    if passage:
        note.anchor_to(passage)
    note.save()
    return note


@transaction.atomic
def change(note: Annotation, values: Mapping[str, Any], version: int) -> Annotation:
    """Let it say ``values``, some of `WRITTEN`. Its replies are seen by whoever sees it."""

    def write(found: Annotation) -> None:
        private = values.get("visibility") == Visibility.PRIVATE
        if (
            private
            and found.visibility != Visibility.PRIVATE
            and found.replies.exclude(author=found.author_id).exists()
        ):
            raise HasRepliesError
        for name in WRITTEN:
            if name in values:
                setattr(found, name, values[name])

    changed = _with_lock(note, version, write)
    for reply in changed.replies.exclude(visibility=changed.visibility):
        reply.visibility = changed.visibility
        reply.version += 1
        reply.save()
    return changed


@transaction.atomic
def review(user: access.User, note: Annotation, state: str, version: int) -> Annotation:
    if not may_review(user, note):
        raise PermissionDenied

    def judge(found: Annotation) -> None:
        found.state, found.reviewed, found.reviewed_by_id = state, timezone.now(), user.pk
        if state == Annotation.State.OPEN:
            found.reviewed = found.reviewed_by_id = None

    return _with_lock(note, version, judge)


@transaction.atomic
def withdraw(note: Annotation, version: int, *, back: bool = False) -> Annotation:
    """Nothing is deleted: its author and editors still see it, and can bring it ``back``."""

    def write(found: Annotation) -> None:
        found.withdrawn = None if back else timezone.now()

    return _with_lock(note, version, write)


@transaction.atomic
def place(note: Annotation, version: int, passage: anchors.Anchor | None) -> Annotation:
    """Let it be about ``passage`` of the body as it now is, or about the whole article."""

    def write(found: Annotation) -> None:
        if passage:
            found.anchor_to(passage)
        else:
            found.detach()

    return _with_lock(note, version, write)


def _with_lock(note: Annotation, version: int, write: Callable[[Annotation], None]) -> Annotation:
    found = Annotation.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if found.version != version:
        raise ChangedMeanwhileError(found)
    write(found)
    found.version += 1
    found.save()
    return found
