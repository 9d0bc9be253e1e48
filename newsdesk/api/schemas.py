"""What the API gives and takes. The names are those of the addresses and of the record (docs/record.md)."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from newsdesk.reader.addresses import PAGE
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.noted import NoteFilter

Role = Literal["about", "mentioned"]


class Problem(Schema):
    """Why nothing was done."""

    detail: str


class Fault(Schema):
    parameter: str
    messages: list[str]


class Faults(Schema):
    """Something that was given is wrong: nothing is listed, rather than everything, and nothing is changed."""

    detail: str
    faults: list[Fault] = []


def answers(found: Any, status: int = 200) -> dict[int, Any]:
    """What every operation may answer."""
    refusals = dict.fromkeys((400, 401, 403, 404, 409), Problem)
    return {status: found, **refusals, 422: Faults}


def _filter_fields() -> dict[str, Any]:
    """A parameter for each filter of the list: those that may be repeated are lists."""
    return {
        name: (list[str], Field([], description=_describe(filter_)))
        if filter_.many
        else (str, Field("", description=_describe(filter_)))
        for name, filter_ in ArticleFilter.base_filters.items()
    }


def _describe(filter_: Any) -> str:
    told = "may be repeated; a leading - excludes" if filter_.many else ""
    choices = ", ".join(getattr(filter_, "CHOICES", ()))
    return "; ".join(part for part in (told, choices and f"one of: {choices}") if part)


Filters = create_model("Filters", __base__=Schema, **_filter_fields())
WITHOUT = {"withdrawn"}  # those are never there
NOTE_FILTERS: dict[str, Any] = {name: (str, "") for name in NoteFilter.base_fields if name not in WITHOUT}
NoteFilters = create_model("NoteFilters", __base__=Schema, **_filter_fields(), **NOTE_FILTERS)
assert PAGE not in NoteFilters.model_fields  # a cursor turns the pages


class ArticleRow(Schema):
    """What holds of an article: the machine's claims under the corrections of people."""

    id: int
    title: str
    title_stands_in: bool = Field(description="the first sentence, for want of a headline")
    summary: str
    source: str | None = Field(description="slug of the publication")
    author: str
    section: str
    language: str = Field(description="ISO 639; und where it is not known")
    published: str | None = Field(description="ISO 8601, as exact as it is known")
    published_precision: Literal["minute", "day", "month", "year"] | None
    published_provenance: Literal["header", "metadata", "url", "text", "story", "correction", "none"]
    published_confidence: float
    collected: str | None
    about: list[str] = Field(description="codes of the countries it is about")
    mentioned: list[str]
    topics: list[str]
    story: int | None
    words: int
    url: str = Field(description="of the original; may be empty")
    page: str = Field(description="its page here")


class Articles(Schema):
    count: int = Field(description="articles that pass the filters")
    items: list[ArticleRow]
    next: str | None = Field(description="cursor of the next page; null on the last")


class Span(Schema):
    start: int
    end: int
    text: str


class CountryClaim(Schema):
    code: str
    role: Role
    evidence: list[Span]
    title_evidence: list[Span]


class TopicClaim(Schema):
    slug: str
    evidence: list[Span]
    title_evidence: list[Span]


class Cut(Span):
    reason: str
    score: float
    rule: str


class Record(Schema):
    """docs/record.md describes it. Evidence counts code points of ``body``, cuts those of the raw text."""

    model_config = ConfigDict(extra="forbid")

    id: str
    source_path: str
    source: str
    url: str
    collected: str | None
    title: str
    title_provenance: str
    body: str
    section: str
    author: str
    language: str
    published: str | None
    published_precision: str | None
    published_provenance: str
    published_confidence: float
    published_evidence: Span | None
    countries: list[CountryClaim]
    topics: list[TopicClaim]
    story: str | None
    reprint_of: str | None
    cuts: list[Cut]
    stated_by: dict[str, str]


class Correction(Schema):
    """Fields that are left out stay as they are. ``about`` and ``mentioned`` go together."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(None, max_length=500)
    section: str | None = Field(None, max_length=100)
    author: str | None = Field(None, max_length=200)
    language: str | None = Field(None, max_length=8)
    published: str | None = Field(None, max_length=32, description="ISO 8601; empty for “no date is known”")
    about: list[str] | None = None
    mentioned: list[str] | None = None
    topics: list[str] | None = None
    reason: str = Field("", max_length=2000, description="kept in the history")


class Corrected(Schema):
    """One correction that holds: what a person said in place of the machine."""

    id: int
    field: str
    key: str
    value: Any = None
    reason: str
    author: str | None = Field(description="null for a former user")
    updated: str


class Corrections(Schema):
    state: str = Field(
        description="names what holds of the article now, by people and by the machine; whoever corrects says from which they came"
    )
    items: list[Corrected]


class Choice(Schema):
    value: str
    label: str
    count: int


class Month(Schema):
    month: str = Field(description="2024-04")
    count: int


class Facets(Schema):
    """Counted under every filter but the facet's own."""

    count: int
    facets: dict[str, list[Choice]]
    months: list[Month]
    undated: int


class Topic(Schema):
    slug: str
    name_en: str
    name_ru: str
    rule: str
    description: str
    active: bool
    count: int


class Story(Schema):
    id: int
    title: str
    size: int
    first: str | None
    last: str | None
    page: str


class Stories(Schema):
    items: list[Story]
    next: str | None


class StoryWithArticles(Story):
    articles: list[ArticleRow]


State = Literal["open", "accepted", "disputed", "rejected"]
Seen = Literal["private", "team", "published"]


class Annotation(Schema):
    """A note on an article, or on a passage of it: TextQuoteSelector and TextPositionSelector of W3C, in code points of the body."""

    id: int
    article: int
    reply_to: int | None
    author: str | None = Field(description="null for a former user")
    kind: str
    body: str = Field(description="Markdown")
    tags: list[str]
    visibility: Seen
    state: State
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    anchored: str = Field(description="exact, moved, uncertain, orphaned; empty for the whole article")
    created: str
    updated: str
    version: int


class Annotations(Schema):
    items: list[Annotation]
    next: str | None


class NewAnnotation(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: str = "note"
    body: str = Field("", max_length=20_000, description="Markdown")
    tags: list[str] = Field([], max_length=20)
    visibility: Seen = "private"
    exact: str = Field("", max_length=10_000, description="the passage; empty for the whole article")
    prefix: str = Field("", max_length=1000)
    suffix: str = Field("", max_length=1000)
    start: int | None = Field(None, ge=0, lt=2**31, strict=True)


class ChangedAnnotation(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: str | None = None
    body: str | None = Field(None, max_length=20_000)
    tags: list[str] | None = Field(None, max_length=20)
    visibility: Seen | None = None
    state: State | None = None
