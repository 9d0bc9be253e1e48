"""What was changed of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations.models import Annotation, Kind
from newsdesk.people import access
from newsdesk.people.history import Change, Difference, read_changes
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
    "author_id": _("author"),
    "withdrawn": _("withdrawn"),
}


class _Names:
    """Of kinds and people, read once for all rows."""

    def __init__(self) -> None:
        users = get_user_model()
        self.kinds = {kind.pk: str(kind) for kind in Kind.objects.all()}
        self.people = dict(users.objects.values_list("pk", users.USERNAME_FIELD))

    def show(self, row: Any, name: str) -> str:
        value = getattr(row, name)
        match name:
            case "kind_id":
                return self.kinds.get(str(value), str(value))
            case "author_id":
                return str(self.people.get(value, gettext("former user")))
            case "tags":
                return ", ".join(str(value).strip().split("\n"))
            case "withdrawn":
                return date_format(value, "j E Y") if value else ""
            case "state":
                return str(Annotation.State(value).label)
            case "visibility":
                return str(Visibility(value).label)
        return str(value)


def rows_of(note: Annotation, user: access.User) -> Any:
    """Of the history, what ``user`` might have seen at its time, the newest first: what was private stays so."""
    rows = note.history.select_related("history_user")
    return access.visible(rows, user).order_by("-history_id")


def changes(note: Annotation, user: access.User) -> list[Change]:
    return list(read_changes(list(rows_of(note, user)), FIELDS, _Names().show))


def differences(one: Any, other: Any) -> list[Difference]:
    """Between two states of a note: rows of the table or of its history. Who sees a reply is for its note to say."""
    names = _Names()
    fields = {name: label for name, label in FIELDS.items() if name != "visibility" or one.parent_id is None}
    pairs = [(str(label), names.show(one, name), names.show(other, name)) for name, label in fields.items()]
    return [Difference(label, before, after) for label, before, after in pairs if before != after]
