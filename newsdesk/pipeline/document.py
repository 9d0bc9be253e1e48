"""What flows through the pipeline. Everything here is immutable; a stage returns a changed copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["about", "mentioned"]
Precision = Literal["minute", "day", "month", "year"]
Provenance = Literal["header", "metadata", "url", "text", "story", "correction", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a claim rests on. ``text`` is what stands at the offsets of the named field."""

    start: int
    end: int
    text: str
    field: Literal["body", "title", "raw"] = "body"


@dataclass(frozen=True, slots=True)
class Cut:
    """A span of the raw text that is not part of the body.

    ``reason`` is one of `newsdesk.pipeline.stages.clean.REASONS`, ``score`` how sure (0 to 1),
    ``rule`` the rule or model that made it.
    """

    start: int
    end: int
    reason: str
    score: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on code points ``start`` to ``end`` (exclusive) of the raw text: to keep them or to cut."""

    start: int
    end: int
    keep: bool


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a parser read. ``text`` is never changed; every offset of a cut or of a date counts its code points.

    ``metadata`` holds what the format itself states: any of title, author, section, language, published,
    modified, url, site (strings; dates as ISO 8601); of a page also what in it says so, under the same name and
    ``_from``: ``title_from`` is "JSON-LD headline" or "og:title". ``main`` are the spans of ``text`` that the markup
    marks as the article; empty where the format marks nothing. ``markup`` are the marks of its lines
    (`newsdesk.pipeline.markup`), of a page. ``decisions`` come from editors, not from the parser.
    ``collected_at_import``: the file did not say when it came in, and ``collected`` is the time of reading it.
    ``original`` is what ``text`` was read from where it is not the text itself in UTF-8: it is for the store, and the
    stages do without it.
    """

    text: str
    id: str = ""
    source: str = ""
    source_path: str = ""
    url: str = ""
    collected: dt.datetime | None = None
    collected_at_import: bool = False
    encoding: str = "utf-8"
    repairs: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    main: tuple[Span, ...] = ()
    markup: str = ""
    decisions: tuple[Decision, ...] = ()
    original: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TitleClaim:
    """The headline, or the first sentence standing in for it."""

    value: str
    provenance: Literal["header", "metadata", "first sentence", "correction", "none"]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class LanguageClaim:
    """ISO 639-1 code or ``und``; the runner-up and the margin between them (0 to 1)."""

    value: str
    confidence: float
    runner_up: str = ""
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class DateCandidate:
    value: str
    confidence: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class DateClaim:
    """When the outlet published it.

    ``value`` is ISO 8601: ``2024-04-22T16:14`` (with an offset only where the text states one) for precision minute,
    ``2024-04-22`` for day, ``2024-04`` for month, ``2024`` for year, and None where nothing is known. ``evidence``
    lies in the raw text. ``year_from`` says where a year that is not written beside day and month came from.
    ``month_day`` is ``--04-22`` for a date whose year is not known: the story may complete it.
    """

    value: str | None = None
    precision: Precision | None = None
    provenance: Provenance = "none"
    confidence: float = 0.0
    evidence: Evidence | None = None
    alternatives: tuple[DateCandidate, ...] = ()
    year_from: str = ""
    month_day: str = ""
    story_articles: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> DateClaim:
        """What `dataclasses.asdict` made, also after a round trip through JSON."""
        evidence, alternatives = values["evidence"], values["alternatives"]
        return cls(
            **{
                **values,
                "evidence": Evidence(**evidence) if evidence else None,
                "alternatives": tuple(
                    DateCandidate(**{**one, "evidence": Evidence(**one["evidence"]) if one["evidence"] else None})
                    for one in alternatives
                ),
                "story_articles": tuple(values["story_articles"]),
            }
        )

    @property
    def day(self) -> dt.date | None:
        """The first day that the claim can mean."""
        if self.value is None:
            return None
        year, month, day = (self.value + "-01-01")[:10].split("-")
        return dt.date(int(year), int(month), int(day))


@dataclass(frozen=True, slots=True)
class CountryClaim:
    """``code`` is ISO 3166-1 alpha-2, or the code of a territory's own row. ``weight`` is its salience, 0 to 1."""

    code: str
    role: Role
    weight: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicClaim:
    slug: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What stories are made from, small enough to be stored beside the article (see pipeline/stories).

    ``digest``: a hash of all words, equal for exact copies. ``minhash``: the least hashes of word shingles under one
    fixed permutation. ``terms``: the heaviest stems of title and body with their counts, in Latin letters. ``names``:
    transliterated keys of capitalised words. ``numbers``: figures as digits. ``dates``: years as ``2022``, days of a
    month as ``--02-22``. ``quotes``: hashes of runs of words in quoted speech.
    """

    digest: str = ""
    minhash: tuple[int, ...] = ()
    terms: tuple[tuple[str, int], ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Fingerprint:
        """What `dataclasses.asdict` made, also after a round trip through JSON."""
        fields: dict[str, Any] = {name: tuple(value) for name, value in values.items() if name != "digest"}
        if "terms" in fields:
            fields["terms"] = tuple((str(term), int(count)) for term, count in fields["terms"])
        return cls(digest=str(values.get("digest", "")), **fields)


@dataclass(frozen=True, slots=True)
class Document:
    """A raw document and all that the stages claim about it."""

    raw: RawDocument
    cuts: tuple[Cut, ...] = ()
    title: TitleClaim = TitleClaim("", "none", 0.0)
    section: str = ""
    author: str = ""
    published: DateClaim = DateClaim()
    language: LanguageClaim = LanguageClaim("und", 0.0)
    countries: tuple[CountryClaim, ...] = ()
    topics: tuple[TopicClaim, ...] = ()
    fingerprint: Fingerprint = Fingerprint()

    @property
    def body(self) -> str:
        """The raw text without its cuts."""
        return body_of(self.raw.text, self.cuts)


def body_of(raw: str, cuts: tuple[Cut, ...]) -> str:
    """``raw`` without ``cuts``, which are in order and do not overlap."""
    kept, at = [], 0
    for cut in cuts:
        kept.append(raw[at : cut.start])
        at = cut.end
    kept.append(raw[at:])
    return "".join(kept)
