"""What goes into the grouping and what comes out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from newsdesk.pipeline.document import Fingerprint

Kind = Literal["copy", "reprint", "event", "translation", "pin"]


@dataclass(frozen=True, slots=True)
class StoryItem:
    id: str
    fingerprint: Fingerprint
    language: str
    published: dt.date | None
    title: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Because:
    """What two articles share, the rarest first.

    ``quotes`` counts runs of words in quotation marks, ``shingles`` is the share of the shorter text in the other.
    Across languages ``terms`` are what words of both mean.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    quotes: int = 0
    shingles: float = 0.0
    days_apart: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Article ``a`` is in the story of ``b``, which was there before it."""

    a: str
    b: str
    kind: Kind
    because: Because
    score: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went. ``absorbed`` are stories that became part of this one because of it."""

    story: str
    links: tuple[Link, ...] = ()
    reprint_of: str | None = None
    absorbed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """``story_of`` each article, the first that it copies, and the links that explain it."""

    story_of: dict[str, str] = field(default_factory=dict)
    reprint_of: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
