"""What holds of one article, for its page: each claim with its evidence, and who corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext_lazy as _

from newsdesk.articles.corrections import resolve
from newsdesk.articles.marks import Mark
from newsdesk.articles.models import Article, Correction
from newsdesk.reader.names import Names

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

JSON = Mapping[str, Any]
Kind = Literal["country", "topic"]

SURE, LIKELY = 0.9, 0.7
INFERRED = (Article.Provenance.TEXT, Article.Provenance.STORY)

PROVENANCE: dict[str, StrOrPromise] = {
    Article.Provenance.HEADER: _("from the date line"),
    Article.Provenance.METADATA: _("from the metadata of the page"),
    Article.Provenance.URL: _("from the address of the page"),
    Article.Provenance.TEXT: _("from the text"),
    Article.Provenance.STORY: _("from other articles of the story"),
    Article.Provenance.CORRECTION: _("set by a person"),
    Article.Provenance.NONE: _("not known"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Words that a claim rests on, and the anchor of the mark around them."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A country or a topic. ``removed``: the machine said so, and a person took it off."""

    kind: Kind
    value: str
    label: str
    role: str = ""
    removed: bool = False
    correction: Correction | None = None
    evidence: tuple[JSON, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def places(self) -> list[Place]:
        return [Place(span["text"], f"{self.key}:{at}") for at, span in enumerate(self.evidence, 1)]

    def marks(self, where: str) -> list[Mark]:
        """Of the evidence in the ``title`` or in the ``body``."""
        return [
            Mark(span["start"], span["end"], self.key, f"{self.key}:{at}")
            for at, span in enumerate(self.evidence, 1)
            if span["field"] == where
        ]


@dataclass(frozen=True, slots=True)
class DateClaim:
    """``evidence`` lies in the raw text."""

    provenance: str
    provenance_text: str
    confidence: float
    evidence: JSON | None = None
    year_from: str = ""
    alternatives: tuple[JSON, ...] = ()
    articles: tuple[Article, ...] = ()
    correction: Correction | None = None

    @property
    def sureness(self) -> str:
        return "sure" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "unsure"


@dataclass(frozen=True, slots=True)
class Held:
    date: DateClaim
    about: list[Claim] = field(default_factory=list)
    mentioned: list[Claim] = field(default_factory=list)
    topics: list[Claim] = field(default_factory=list)
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    @property
    def all(self) -> list[Claim]:
        return [*self.about, *self.mentioned, *self.topics]

    def find(self, key: str) -> Claim | None:
        return next((claim for claim in self.all if claim.key == key), None)


def is_inferred(article: Article) -> bool:
    """A date that nobody stated as such, and that may be wrong."""
    return article.published_provenance in INFERRED and article.published_confidence < SURE


def make_held(article: Article, names: Names) -> Held:
    """``article`` comes with its claims and its corrections with their authors."""
    corrections = list(article.corrections.all())
    machine = article.claims.claims
    held = resolve(machine, corrections)
    by_key = {(correction.field, correction.key): correction for correction in corrections}
    countries = [
        *_claims("country", "code", held["countries"], names.countries, by_key),
        *_removed("country", "code", machine["countries"], held["countries"], names.countries, by_key),
    ]
    return Held(
        date=_date(held["published"], by_key.get(("published", ""))),
        about=[claim for claim in countries if claim.role == "about"],
        mentioned=[claim for claim in countries if claim.role == "mentioned"],
        topics=[
            *_claims("topic", "slug", held["topics"], names.topics, by_key),
            *_removed("topic", "slug", machine["topics"], held["topics"], names.topics, by_key),
        ],
        corrections={correction.field: correction for correction in corrections if not correction.key},
    )


def _claims(
    kind: Kind,
    id_: str,
    held: Iterable[JSON],
    names: Mapping[str, str],
    corrections: Mapping[tuple[str, str], Correction],
    *,
    removed: bool = False,
) -> list[Claim]:
    """A code or slug that has no row any more is passed over, as the store does."""
    return [
        Claim(
            kind=kind,
            value=claim[id_],
            label=names[claim[id_]],
            role=claim.get("role", ""),
            removed=removed,
            correction=corrections.get((kind, claim[id_])),
            evidence=tuple(claim["evidence"]),
        )
        for claim in held
        if claim[id_] in names
    ]


def _removed(
    kind: Kind,
    id_: str,
    machine: Iterable[JSON],
    held: Iterable[JSON],
    names: Mapping[str, str],
    corrections: Mapping[tuple[str, str], Correction],
) -> list[Claim]:
    kept = {claim[id_] for claim in held}
    gone = [claim for claim in machine if claim[id_] not in kept]
    return _claims(kind, id_, gone, names, corrections, removed=True)


def _date(published: JSON, correction: Correction | None) -> DateClaim:
    return DateClaim(
        provenance=published["provenance"],
        provenance_text=str(PROVENANCE[published["provenance"]]),
        confidence=published["confidence"],
        evidence=published["evidence"],
        year_from=published["year_from"],
        alternatives=tuple(published["alternatives"]),
        articles=_articles(published["story_articles"]),
        correction=correction,
    )


def _articles(ids: Iterable[str]) -> tuple[Article, ...]:
    """Those that the date rests on. Records that were never stored have other ids."""
    wanted = [pk for pk in ids if pk.isdecimal()]
    return tuple(Article.objects.filter(pk__in=wanted).select_related("source")) if wanted else ()
