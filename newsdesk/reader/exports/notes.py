"""What analysts noted on the articles of an export. Annotations are read here, for whom they are visible, and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext

from newsdesk.annotations import notes
from newsdesk.annotations.models import Annotation
from newsdesk.articles.queries import among
from newsdesk.people.access import User
from newsdesk.people.models import Visibility


@dataclass(frozen=True, slots=True)
class Note:
    """``body`` is Markdown. ``exact`` is empty for a note on the whole article; ``start`` and ``end`` are None where the
    passage does not stand in the text any more, or not for sure. ``author`` is empty for a former user. ``parent`` is the
    note that this one replies to."""

    pk: int
    article: int
    parent: int | None
    tags: list[str]
    kind: str
    kind_label: str
    state: str
    state_label: str
    visibility: str
    author: str
    body: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    created: dt.datetime
    updated: dt.datetime

    @property
    def private(self) -> bool:
        return self.visibility == Visibility.PRIVATE

    @property
    def seen_by(self) -> str:
        """Who sees it in the desk, where that is nobody else."""
        return f"{gettext('seen by')}: {Visibility.PRIVATE.label}" if self.private else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose notes: those that ``user`` may see. What they keep to themselves goes along only where they say so, with ``private`` or by
    naming notes: ``chosen``."""

    user: User
    private: bool = False
    chosen: Collection[int] | None = None

    @property
    def notes(self) -> QuerySet[Annotation]:
        found = notes.visible(self.user).filter(withdrawn=None)
        return found if self.private or self.chosen is not None else found.exclude(visibility=Visibility.PRIVATE)


def notes_of(ids: Iterable[int], wanted: Wanted) -> dict[int, list[Note]]:
    """By article, in the order of the text; replies after what they reply to."""
    found: dict[int, list[Note]] = defaultdict(list)
    replies: dict[int | None, list[Annotation]] = defaultdict(list)
    rows = wanted.notes.filter(article__in=list(ids)).select_related("author", "kind").order_by("start", "pk")
    chosen = [annotation for annotation in rows if wanted.chosen is None or annotation.pk in wanted.chosen]
    there = {annotation.pk for annotation in chosen}
    for annotation in chosen:
        replies[annotation.parent_id if annotation.parent_id in there else None].append(annotation)
    waiting = replies[None][::-1]
    while waiting:
        annotation = waiting.pop()
        found[annotation.article_id].append(_make(annotation))
        waiting += replies[annotation.pk][::-1]
    return found


def count_notes(ids: Iterable[int], wanted: Wanted) -> int:
    found = wanted.notes.filter(article__in=among(ids))
    return (found if wanted.chosen is None else found.filter(pk__in=among(wanted.chosen))).count()


def _make(annotation: Annotation) -> Note:
    sure = annotation.anchored not in Annotation.ASTRAY
    return Note(
        pk=annotation.pk,
        article=annotation.article_id,
        parent=annotation.parent_id,
        tags=annotation.tag_list,
        kind=annotation.kind.pk,
        kind_label=str(annotation.kind),
        state=annotation.state,
        state_label=annotation.get_state_display(),
        visibility=annotation.visibility,
        author=annotation.author.get_username() if annotation.author else "",
        body=annotation.body,
        exact=annotation.exact,
        prefix=annotation.prefix,
        suffix=annotation.suffix,
        start=annotation.start if sure else None,
        end=annotation.end if sure else None,
        created=annotation.created,
        updated=annotation.updated,
    )
