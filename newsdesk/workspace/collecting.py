"""What is done with collections. Each change is one transaction, and stands in the history with who made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsdesk.articles.models import Article
from newsdesk.people import access
from newsdesk.people.access import User
from newsdesk.workspace.models import Collection, CollectionItem

CHANGES = 30  # that a page lists
MOVED, PASSED = "moved", "passed"  # reasons in the history: an article that moves passes another
DID = {"+": _("added"), "-": _("removed"), "~": _("commented"), MOVED: _("moved")}


@dataclass(frozen=True, slots=True)
class Change:
    """``by`` is empty for a former user; ``what`` an article's title, or empty where it is of the collection itself."""

    when: dt.datetime
    by: str
    did: str | Promise
    what: str


def changeable(user: User) -> list[Collection]:
    """Those that this person may add to: their own first."""
    seen = access.visible(Collection.objects.select_related("author"), user)
    return sorted(
        (one for one in seen if access.may_change(user, one)), key=lambda one: (one.author_id != user.pk, one.title)
    )


@transaction.atomic
def add(collection: Collection, article: Article, note: str = "") -> CollectionItem:
    """At the end; where it is there already it stays, with its note."""
    _lock(collection)
    last = collection.items.aggregate(last=Max("position"))["last"] or 0
    item, _created = collection.items.get_or_create(article=article, defaults={"position": last + 1, "note": note})
    return item


@transaction.atomic
def remove(item: CollectionItem) -> None:
    _lock(item.collection)
    item.delete()


@transaction.atomic
def move(item: CollectionItem, steps: int) -> None:
    """By one place up (-1) or down (1); at the ends it stays."""
    _lock(item.collection)
    items = list(item.collection.items.all())
    at = next((number for number, other in enumerate(items) if other.pk == item.pk), None)
    if at is None or not 0 <= at + steps < len(items):
        return
    other = items[at + steps]
    mine, theirs = items[at].position, other.position
    if mine == theirs:
        return
    items[at].position, other.position = theirs, mine
    for moved, reason in ((items[at], MOVED), (other, PASSED)):
        moved._change_reason = reason  # type: ignore[attr-defined]  # what simple_history reads
        moved.save(update_fields=["position"])


def comment(item: CollectionItem, note: str) -> None:
    if note != item.note:
        item.note = note
        item.save(update_fields=["note"])


def _lock(collection: Collection) -> None:
    """Two people never get the same place."""
    Collection.objects.select_for_update().get(pk=collection.pk)


def changes_of(collection: Collection) -> list[Change]:
    """The newest first."""
    own = collection.history.select_related("history_user")[:CHANGES]
    rows = CollectionItem.history.filter(collection=collection.pk).exclude(history_change_reason=PASSED)
    items = list(rows.select_related("history_user").order_by("-history_date", "-history_id")[:CHANGES])
    titles = _titles({row.article_id for row in items})
    changes = [
        Change(row.history_date, _who(row), _("made the collection") if row.history_type == "+" else _("edited"), "")
        for row in own
    ]
    for row in items:
        did = DID[MOVED if row.history_change_reason == MOVED else row.history_type]
        changes.append(Change(row.history_date, _who(row), did, titles.get(row.article_id, f"#{row.article_id}")))
    return sorted(changes, key=lambda change: change.when, reverse=True)[:CHANGES]


def _who(row: Any) -> str:
    return row.history_user.get_username() if row.history_user else ""


def _titles(ids: Iterable[int]) -> dict[int, str]:
    return {article.pk: str(article) for article in Article.objects.filter(pk__in=ids).only("title", "source_path")}
