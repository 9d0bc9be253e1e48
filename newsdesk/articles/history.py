"""What people changed of the corpus: corrections of an article, rules of topics, the articles of a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.articles.models import Article, ArticleCountry, Correction, Story, Topic
from newsdesk.people.history import Change, Difference, read_changes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 200  # changes that are read
ACT = 2.0  # seconds between two rows that one person wrote in one go

TOPIC: dict[str, StrOrPromise] = {
    "rule": _("rule"),
    "active": _("active"),
    "name_en": _("name in English"),
    "name_ru": _("name in Russian"),
    "description": _("description"),
}
ARTICLE: dict[str, StrOrPromise] = {"source_id": _("source"), "url": _("address")}


# Articles


@dataclass(frozen=True, slots=True)
class Correcting:
    """``row`` of the history of corrections; None for a change of what is no claim. ``reversible``: what held before can be put back."""

    change: Change
    note: str = ""
    row: Any = None
    reversible: bool = False


def corrections_of(article: Article) -> list[Correcting]:
    """And of what it is filed under, the newest first."""
    own = article.history.select_related("history_user").order_by("-history_id")[:MOST]
    found = [Correcting(change) for change in read_changes(list(own), ARTICLE, _plain) if not change.first]
    found += corrected_claims_of(article)
    return sorted(found, key=lambda one: one.change.when, reverse=True)


def corrected_claims_of(article: Article) -> list[Correcting]:
    """Corrections alone, in one query, the newest first."""
    return list(_corrected(article))[::-1]


def _corrected(article: Article) -> Iterator[Correcting]:
    rows = Correction.history.filter(article=article.pk).select_related("history_user").order_by("history_id")
    before: dict[tuple[str, str], Any] = {}
    for row in rows:
        claim = (row.field, row.key)
        old, new = _value(before.get(claim)), _value(row)
        before[claim] = row
        if old != new:
            label = (
                f"{Correction.Field(row.field).label} {'' if row.field == Correction.Field.CUT else row.key}".strip()
            )
            difference = Difference(label, old, new)
            change = Change(row.history_id, str(row.history_user or ""), row.history_date, differences=[difference])
            yield Correcting(change, row.note, row, row.field != Correction.Field.CUT)


def previous(row: Any) -> Any:
    """The row before it, of the same claim; None where the machine's held."""
    rows = Correction.history.filter(
        article=row.article_id, field=row.field, key=row.key, history_id__lt=row.history_id
    )
    found = rows.order_by("-history_id").first()
    return None if found is None or found.history_type == "-" else found


def _value(row: Any) -> str:
    """To be read; the machine's where nobody corrects it."""
    if row is None or row.history_type == "-":
        return gettext("as the machine says")
    match row.field:
        case Correction.Field.COUNTRY:
            return str(dict(ArticleCountry.Role.choices).get(row.value, gettext("none of it")))
        case Correction.Field.TOPIC:
            return gettext("yes") if row.value else gettext("no")
        case Correction.Field.STORY:
            return gettext("on its own") if row.value is None else f"#{row.value}"
        case Correction.Field.CUT:
            told = gettext("kept: “%s”") if row.value["keep"] else gettext("cut: “%s”")
            return told % str(row.value["text"])
    return str(row.value) or gettext("not known")


def _plain(row: Any, name: str) -> str:
    return str(getattr(row, name) or "")


# Topics


def changes_of_topic(topic: Topic) -> list[Change]:
    """The newest first."""
    rows = topic.history.select_related("history_user").order_by("-history_id")[:MOST]
    return list(read_changes(list(rows), TOPIC, _of_topic))


def _of_topic(row: Any, name: str) -> str:
    value = getattr(row, name)
    return str(value) if name != "active" else gettext("yes") if value else gettext("no")


# Stories


@dataclass(frozen=True, slots=True)
class Move:
    """Articles that one person put into a story, took out of it, or left to the machine, in one go. ``other``: where they came from, or
    went to; None for on their own, or wherever the machine puts them."""

    change: Change
    did: str
    articles: list[Article]
    other: Story | None = None
    note: str = ""

    @property
    def said(self) -> StrOrPromise:
        return SAID[self.did, self.other is not None]


CAME, WENT, PINNED, LEFT, RENAMED = "came", "went", "pinned", "left", "renamed"
SAID: dict[tuple[str, bool], StrOrPromise] = {
    (CAME, False): _("put here"),
    (CAME, True): _("put here, from"),
    (WENT, False): _("taken out"),
    (WENT, True): _("moved to"),
    (PINNED, False): _("pinned here"),
    (LEFT, False): _("left to the machine again"),
    (RENAMED, False): _("renamed"),
}


def moves_of(story: Story) -> list[Move]:
    """Who renamed it, and who merged, split and pinned its articles, the newest first.

    A row of a pin says where the article goes, and its reason where it was before (see `stories.pin`).
    """
    rows = Correction.history.filter(field=Correction.Field.STORY)
    rows = rows.filter(Q(value=story.pk) | Q(history_change_reason=str(story.pk)))
    rows = rows.select_related("history_user").order_by("-history_id")[:MOST]
    acts = list(_acts(rows, story.pk))
    articles = Article.objects.only("title", "source_path").in_bulk({row.article_id for act in acts for row in act})
    others = Story.objects.with_first_title().in_bulk({pk for act in acts if (pk := _other(act[0], story.pk))})
    moves = [
        Move(
            _change(act[0]),
            _did(act[0], story.pk),
            [articles[row.article_id] for row in act if row.article_id in articles],
            others.get(_other(act[0], story.pk) or 0),
            act[0].note,
        )
        for act in acts
    ]
    named = story.history.select_related("history_user").order_by("-history_id")[:MOST]
    titles = read_changes(list(named), {"title": _("title")}, _plain)
    moves += [Move(replace(change, first=False), RENAMED, []) for change in titles]
    return sorted(moves, key=lambda move: move.change.when, reverse=True)


def _acts(rows: Iterable[Any], story: int) -> Iterator[list[Any]]:
    """Rows of one person, written in one go, that say the same."""
    act: list[Any] = []
    for row in rows:
        if act and (
            (act[-1].history_date - row.history_date).total_seconds() > ACT
            or (act[-1].history_user_id, _did(act[-1], story), _other(act[-1], story), act[-1].note)
            != (row.history_user_id, _did(row, story), _other(row, story), row.note)
        ):
            yield act
            act = []
        act.append(row)
    if act:
        yield act


def _change(row: Any) -> Change:
    return Change(row.history_id, str(row.history_user or ""), row.history_date)


def _did(row: Any, story: int) -> str:
    if row.history_type == "-":
        return LEFT
    if row.value != story:
        return WENT
    return PINNED if row.history_change_reason == str(story) else CAME


def _other(row: Any, story: int) -> int | None:
    """The other story of a move."""
    if row.history_type == "-":
        return None
    other = row.value if row.value != story else row.history_change_reason
    return int(other) if other and str(other).isdecimal() and int(other) != story else None
