"""Who changed a note, when, and from what to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations.models import Annotation, Kind
from newsdesk.people import access
from newsdesk.people.models import Visibility

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELDS: dict[str, StrOrPromise] = {
    "kind_id": _("kind"),
    "state": _("state"),
    "body": _("note"),
    "tags": _("tags"),
    "exact": _("passage"),
    "visibility": _("seen by"),
    "withdrawn": _("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """``who`` is empty for a user who is no more."""

    who: str
    when: dt.datetime
    first: bool
    differences: list[Difference]


def changes(note: Annotation, user: access.User) -> list[Change]:
    """The newest first; only what ``user`` might have seen at its time: what was private stays so."""
    kinds = {kind.pk: str(kind) for kind in Kind.objects.all()}
    rows = access.visible(note.history.select_related("history_user"), user).order_by("-history_id")
    return list(_pairs(list(rows), kinds))


def _pairs(rows: list[Any], kinds: dict[str, str]) -> Iterator[Change]:
    for at, row in enumerate(rows):
        before = rows[at + 1] if at + 1 < len(rows) else None
        found = [
            Difference(str(label), _text(before, name, kinds) if before else "", _text(row, name, kinds))
            for name, label in FIELDS.items()
            if (getattr(before, name) if before else "")
            != (getattr(row, name) or "" if not before else getattr(row, name))
        ]
        if found:
            yield Change(str(row.history_user or ""), row.history_date, before is None, found)


def _text(row: Any, name: str, kinds: dict[str, str]) -> str:
    value = getattr(row, name)
    if name == "kind_id":
        return kinds.get(str(value), str(value))
    if name == "tags":
        return ", ".join(str(value).strip().split("\n"))
    if name == "withdrawn":
        return date_format(value, "j E Y") if value else gettext("no")
    choices = {"state": Annotation.State, "visibility": Visibility}.get(name)
    return str(choices(value).label if choices and value else value)
