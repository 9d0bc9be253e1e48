"""What somebody has read, starred and archived: asked for as sets of ids, like all that the list is filtered by."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection
from django.utils import timezone
from pyroaring import BitMap

from newsdesk.articles.models import Article
from newsdesk.articles.queries import IDS
from newsdesk.search.ids import select_ids
from newsdesk.workspace.models import Reading

Mark = Literal["read", "starred", "archived"]
COLUMNS: dict[Mark, str] = {"read": "read_at", "starred": "starred_at", "archived": "archived_at"}


@dataclass(frozen=True, slots=True)
class State:
    read: bool = False
    starred: bool = False
    archived: bool = False


UNREAD = State()


def marked(user_id: int, mark: Mark) -> BitMap:
    """The articles that somebody has marked so."""
    column = COLUMNS[mark]
    return select_ids(
        f"SELECT article_id AS id FROM workspace_reading WHERE user_id = %s AND {column} IS NOT NULL",  # noqa: S608  (one of our own columns)
        [user_id],
    )


def states(user_id: int | None, ids: Iterable[int]) -> Mapping[int, State]:
    """Those of the articles that are shown; who has not signed in keeps theirs in the browser."""
    if user_id is None:
        return {}
    rows = Reading.objects.filter(user=user_id, article__in=list(ids))
    return {
        article: State(bool(read), bool(starred), bool(archived))
        for article, read, starred, archived in rows.values_list("article", *COLUMNS.values())
    }


def set_mark(user_id: int, article: Article, mark: Mark, *, on: bool) -> State:
    """As it is then. What was marked already keeps its time."""
    row, _ = Reading.objects.get_or_create(user_id=user_id, article=article)
    column = COLUMNS[mark]
    if bool(getattr(row, column)) != on:
        setattr(row, column, timezone.now() if on else None)
        row.save(update_fields=[column])
    return State(bool(row.read_at), bool(row.starred_at), bool(row.archived_at))


def read_all(user_id: int, ids: BitMap) -> tuple[int, dt.datetime]:
    """Mark as read those that are not, in one statement; how many they were, and the moment by which `unread_again` knows
    them."""
    new = ids - marked(user_id, "read")
    moment = timezone.now()
    if new:
        stored = IDS[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO workspace_reading (user_id, article_id, read_at) "  # noqa: S608  (fixed text)
                f"SELECT %s, id, %s FROM articles_article WHERE id IN ({stored}) "
                "ON CONFLICT (user_id, article_id) DO UPDATE SET read_at = excluded.read_at",
                [user_id, _adapted(moment), json.dumps(list(new))],
            )
    return len(new), moment


def unread_again(user_id: int, moment: dt.datetime) -> int:
    """Take back what `read_all` did at this moment."""
    return Reading.objects.filter(user=user_id, read_at=moment).update(read_at=None)


def _adapted(moment: dt.datetime) -> Any:
    """As the column holds it."""
    return connection.ops.adapt_datetimefield_value(moment)
