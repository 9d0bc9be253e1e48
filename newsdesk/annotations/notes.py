"""What people do with notes: who sees which, and how they are made, changed, reviewed and withdrawn.

Each change says from which version of the note it was made. If the note is another one by then, nothing is overwritten: whoever comes second
gets `ChangedMeanwhileError` with what it is now.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from newsdesk.annotations import anchors
from newsdesk.annotations.models import Annotation, Kind
from newsdesk.articles.store import batches
from newsdesk.people import access
from newsdesk.people.models import Visibility

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANGE = "annotations.change_annotation"
WRITTEN = ("kind", "body", "tags", "visibility")  # what its author writes
EMPTY = _("Write a note, or choose a passage.")
HAS_REPLIES = _("Others have replied to this note, so it cannot become private. You can withdraw it.")
COLUMNS = {  # that hold what may be changed of many at once
    "kind": ("kind_id",),
    "visibility": ("visibility",),
    "state": ("state", "reviewed", "reviewed_by_id"),
    "author": ("author_id",),
    "withdrawn": ("withdrawn",),
}
BATCH = 500


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
    changed = _with_lock(note, version, lambda found: _say(found, values), values.get("visibility"))
    _let_replies_follow([changed])
    return changed


@transaction.atomic
def review(user: access.User, note: Annotation, state: str, version: int) -> Annotation:
    if not may_review(user, note):
        raise PermissionDenied
    return _with_lock(note, version, lambda found: _judge(found, state, user))


@transaction.atomic
def withdraw(note: Annotation, version: int, *, back: bool = False) -> Annotation:
    """Nothing is deleted: its author and editors still see it, and can bring it ``back``."""
    return _with_lock(note, version, lambda found: _withdraw(found, back=back))


@transaction.atomic
def place(note: Annotation, version: int, passage: anchors.Anchor | None) -> Annotation:
    """Let it be about ``passage`` of the body as it now is, or about the whole article."""
    return _with_lock(note, version, lambda found: _place(found, passage))


@transaction.atomic
def edit(user: access.User, note: Annotation, values: Mapping[str, Any], version: int) -> Annotation:
    """Several of these at once: some of `WRITTEN`, ``state``, ``author``, ``passage`` and ``withdrawn``."""
    if "state" in values and not may_review(user, note):
        raise PermissionDenied
    changed = _with_lock(note, version, lambda found: _write(found, values, user), values.get("visibility"))
    _let_replies_follow([changed])
    return changed


@transaction.atomic
def revert(user: access.User, note: Annotation, row: Any, version: int) -> Annotation:
    """Let it be what it was when ``row`` of its history was written. A kind or a person that is no more is not put back, the
    passage stands where its words stand now, and a reply is seen by whoever sees what it replies to."""
    visibility = row.visibility if note.parent_id is None else note.visibility

    def write(found: Annotation) -> None:
        _say(found, {"body": row.body, "tags": row.tags, "visibility": visibility})
        if Kind.objects.filter(pk=row.kind_id).exists():
            found.kind_id = row.kind_id
        if _is_somebody(row.author_id):
            found.author_id = row.author_id
        if may_review(user, found):
            found.state, found.reviewed = row.state, row.reviewed
            found.reviewed_by_id = row.reviewed_by_id if _is_somebody(row.reviewed_by_id) else None
        found.withdrawn = row.withdrawn
        if row.exact != found.exact:
            found.anchored = ""
            for name in ("exact", "prefix", "suffix", "start", "end"):
                setattr(found, name, getattr(row, name))
            found.anchor()

    changed = _with_lock(note, version, write, visibility)
    _let_replies_follow([changed])
    return changed


def has_replies_of_others(note: Annotation) -> bool:
    return note.replies.exclude(author=note.author_id).exists()


# Many at once


@dataclass
class Done:
    """``left``: how many were left alone, by the reason."""

    changed: int = 0
    left: Counter[StrOrPromise] = field(default_factory=Counter)


@transaction.atomic
def edit_many(user: access.User, chosen: QuerySet[Annotation], values: Mapping[str, Any], seen: dt.datetime) -> Done:
    """Like `edit`, of all that may be changed so. What is another one than it was when it was ``seen`` is left alone."""
    done = Done()
    ids = list(visible(user).filter(pk__in=chosen.order_by().values("pk")).order_by("pk").values_list("pk", flat=True))
    for batch in batches(ids, BATCH):
        notes = list(Annotation.objects.select_for_update(of=("self",)).filter(pk__in=batch).order_by("pk"))
        replied = Annotation.objects.filter(parent__in=batch).exclude(author=F("parent__author"))
        answered = set(replied.values_list("parent", flat=True))
        changed = []
        for note in notes:
            if reason := _obstacle(user, note, values, seen, answered):
                done.left[reason] += 1
            else:
                _write(note, values, user)
                changed.append(note)
        _save_many(changed, values, user)
        _let_replies_follow(changed)
        done.changed += len(changed)
    return done


def _obstacle(
    user: access.User, note: Annotation, values: Mapping[str, Any], seen: dt.datetime, answered: Collection[int | None]
) -> StrOrPromise:
    """Why it is left alone; empty where it is not."""
    if not access.may_change(user, note):
        return _("not yours to change")
    if note.updated > seen:
        return _("changed meanwhile")
    if note.parent_id is not None and values.keys() & {"state", "kind", "visibility"}:
        return _("a reply, which follows its note")
    if "state" in values and not may_review(user, note):
        return _("private, so not to be reviewed")
    if values.get("visibility") == Visibility.PRIVATE != note.visibility and note.pk in answered:
        return _("replied to by others, so it cannot become private")
    if all(_says(note, name, value) for name, value in values.items()):
        return _("already so")
    return ""


def _says(note: Annotation, name: str, value: Any) -> bool:
    now = getattr(note, name)
    return bool(now) == value if name == "withdrawn" else bool(now == value)


def _save_many(changed: list[Annotation], values: Mapping[str, Any], user: access.User) -> None:
    """With their history. They say the same, so it takes two queries."""
    if not changed:
        return
    said = {column: getattr(changed[0], column) for name in values for column in COLUMNS[name]}
    said["updated"] = timezone.now()
    for note in changed:
        note.version += 1
        for column, value in said.items():
            setattr(note, column, value)
    found = Annotation.objects.filter(pk__in=[note.pk for note in changed])
    found.update(version=F("version") + 1, **said)
    Annotation.history.bulk_history_create(changed, update=True, default_user=user)


# How a note is changed, once it is locked


def _with_lock(
    note: Annotation, version: int, write: Callable[[Annotation], None], visibility: str | None = None
) -> Annotation:
    """``visibility``: what ``write`` will make it."""
    found = Annotation.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if found.version != version:
        raise ChangedMeanwhileError(found)
    if visibility == Visibility.PRIVATE != found.visibility and has_replies_of_others(found):
        raise HasRepliesError
    write(found)
    found.version += 1
    found.save()
    return found


def _write(found: Annotation, values: Mapping[str, Any], user: access.User) -> None:
    _say(found, values)
    if "author" in values:
        found.author = values["author"]
    if "passage" in values:
        _place(found, values["passage"])
    if "state" in values:
        _judge(found, values["state"], user)
    if "withdrawn" in values:
        _withdraw(found, back=not values["withdrawn"])


def _say(found: Annotation, values: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in values:
            setattr(found, name, values[name])


def _judge(found: Annotation, state: str, user: access.User) -> None:
    found.state, found.reviewed, found.reviewed_by_id = state, timezone.now(), user.pk
    if state == Annotation.State.OPEN:
        found.reviewed = found.reviewed_by_id = None


def _withdraw(found: Annotation, *, back: bool) -> None:
    found.withdrawn = None if back else timezone.now()


def _place(found: Annotation, passage: anchors.Anchor | None) -> None:
    if passage:
        found.anchor_to(passage)
    else:
        found.detach()


def _let_replies_follow(changed: Collection[Annotation]) -> None:
    """A reply is seen by whoever sees what it replies to."""
    seen = {note.pk: note.visibility for note in changed if note.parent_id is None}
    for reply in Annotation.objects.filter(parent__in=seen).exclude(visibility=F("parent__visibility")):
        reply.visibility = seen[reply.parent_id]  # type: ignore[index]  # it has a parent
        reply.version += 1
        reply.save()


def _is_somebody(pk: int | None) -> bool:
    return pk is not None and get_user_model().objects.filter(pk=pk).exists()
