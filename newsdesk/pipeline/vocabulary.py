"""The countries, topics and sources to match against. Plain data: from the database or from the fixtures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILES = {"country": "countries.json", "topic": "topics.json", "source": "sources.json"}


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a territory or a disputed region.

    ``names`` maps a language (en, ru) to the list of strings that matching needs, by kind: ``name``, ``demonym``,
    ``capital``, ``region``, ``city``, ``guarded`` (names that count only in company; see pipeline/places).
    ``claimants`` are the codes of those that claim it.
    """

    code: str
    kind: str
    name_en: str
    name_ru: str
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    claimants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    name_en: str
    name_ru: str
    rule: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. ``always_cut`` and ``never_cut`` are lines that an editor has decided on; ``line_counts`` says of
    other lines, folded, in how many of ``articles`` different articles they stand (see pipeline/cleaning/profile)."""

    slug: str
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    language: str = ""
    country: str = ""
    always_cut: tuple[str, ...] = ()
    never_cut: tuple[str, ...] = ()
    line_counts: tuple[tuple[str, int], ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    countries: tuple[Country, ...] = ()
    topics: tuple[Topic, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @classmethod
    def from_fixtures(cls, folder: Path) -> Vocabulary:
        """Read countries.json, topics.json and sources.json, in the format of Django's loaddata."""
        rows = {kind: json.loads((folder / name).read_text("utf-8")) for kind, name in FILES.items()}
        return cls.from_rows(
            countries=({"code": row["pk"], **row["fields"]} for row in rows["country"]),
            topics=({"slug": row["pk"], **row["fields"]} for row in rows["topic"]),
            sources=({"slug": row["pk"], **row["fields"]} for row in rows["source"]),
        )

    @classmethod
    def from_rows(
        cls,
        countries: Iterable[Mapping[str, Any]],
        topics: Iterable[Mapping[str, Any]],
        sources: Iterable[Mapping[str, Any]],
    ) -> Vocabulary:
        return cls(
            countries=tuple(_country(row) for row in countries),
            topics=tuple(
                Topic(row["slug"], row["name_en"], row["name_ru"], row["rule"])
                for row in topics
                if row.get("active", True)
            ),
            sources={row["slug"]: _source(row) for row in sources},
        )


def _country(row: Mapping[str, Any]) -> Country:
    names = {
        language: {kind: tuple(values) for kind, values in kinds.items()} for language, kinds in row["names"].items()
    }
    claimants = tuple(row.get("claimants", ()))
    return Country(row["code"], row["kind"], row["name_en"], row["name_ru"], names, claimants)


def _source(row: Mapping[str, Any]) -> Source:
    return Source(
        slug=row["slug"],
        name=row["name"],
        domains=tuple(row.get("domains", ())),
        aliases=tuple(row.get("aliases", ())),
        language=row.get("language", ""),
        country=row.get("country") or "",
        always_cut=tuple(row.get("always_cut", ())),
        never_cut=tuple(row.get("never_cut", ())),
        line_counts=tuple((line, count) for line, count in row.get("line_counts", ())),
        articles=row.get("articles", 0),
    )
