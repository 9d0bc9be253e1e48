"""Documents as JSON: the claims that are stored, and the record that `process` and `export` print.

docs/record.md describes the record, docs/record.schema.json is its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from newsdesk.pipeline.document import (
    CountryClaim,
    Cut,
    DateCandidate,
    DateClaim,
    Document,
    Evidence,
    LanguageClaim,
    RawDocument,
    TitleClaim,
    TopicClaim,
    body_of,
)

JSON = dict[str, Any]

_NAMES = {
    one: tuple(field.name for field in fields(one))
    for one in (TitleClaim, DateClaim, DateCandidate, LanguageClaim, CountryClaim, TopicClaim, Evidence)
}


def claims_of(document: Document) -> JSON:
    """All that the machine says about a document, with evidence."""
    return {
        "title": _plain(document.title),
        "section": document.section,
        "author": document.author,
        "published": _plain(document.published),
        "language": _plain(document.language),
        "countries": [_plain(claim) for claim in document.countries],
        "topics": [_plain(claim) for claim in document.topics],
    }


def _plain(value: Any) -> Any:
    """Like `asdict`, in less than half of its time: what claims hold beside claims and tuples cannot change."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    names = _NAMES.get(type(value))
    return {name: _plain(getattr(value, name)) for name in names} if names else value


def document_of(raw: RawDocument, cuts: tuple[Cut, ...], claims: Mapping[str, Any]) -> Document:
    """The document that `claims_of` was made from, without its fingerprint."""
    return Document(
        raw,
        cuts=cuts,
        title=TitleClaim(**claims["title"]),
        section=claims["section"],
        author=claims["author"],
        published=DateClaim.from_dict(claims["published"]),
        language=LanguageClaim(**claims["language"]),
        countries=tuple(
            CountryClaim(claim["code"], claim["role"], claim["weight"], _evidences(claim))
            for claim in claims["countries"]
        ),
        topics=tuple(TopicClaim(claim["slug"], _evidences(claim)) for claim in claims["topics"]),
    )


def record_of(
    claims: Mapping[str, Any],
    *,
    id: str,  # noqa: A002  (the record's own name for it)
    raw_text: str,
    cuts: Iterable[Cut],
    source: str = "",
    source_path: str = "",
    url: str = "",
    collected: str | None = None,
    story: str | None = None,
    reprint_of: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> JSON:
    """One record. Evidence counts code points of ``body`` (``title_evidence`` of ``title``), cuts of the raw text.
    ``metadata`` is what the format states, of which the record says where it does."""
    cuts = tuple(cuts)
    return {
        "id": id,
        "source_path": source_path,
        "source": source,
        "url": url,
        "collected": collected,
        "title": claims["title"]["value"],
        "title_provenance": claims["title"]["provenance"],
        "body": body_of(raw_text, cuts),
        "section": claims["section"],
        "author": claims["author"],
        "language": claims["language"]["value"],
        **date_of(claims["published"]),
        "countries": [
            {"code": claim["code"], "role": claim["role"], **_evidence(claim["evidence"])}
            for claim in claims["countries"]
        ],
        "topics": [{"slug": claim["slug"], **_evidence(claim["evidence"])} for claim in claims["topics"]],
        "story": story,
        "reprint_of": reprint_of,
        "cuts": [
            {
                "start": cut.start,
                "end": cut.end,
                "text": raw_text[cut.start : cut.end],
                "reason": cut.reason,
                "score": round(cut.score, 3),
                "rule": cut.rule,
            }
            for cut in cuts
        ],
        "stated_by": _origins(metadata or {}),
    }


def date_of(published: Mapping[str, Any]) -> JSON:
    """The fields of a record that say when it was published."""
    return {
        "published": published["value"],
        "published_precision": published["precision"],
        "published_provenance": published["provenance"],
        "published_confidence": round(published["confidence"], 3),
        "published_evidence": _span(published["evidence"]) if published["evidence"] else None,
    }


def _origins(metadata: Mapping[str, str]) -> dict[str, str]:
    """What in a page states its title, its date, its author…: "JSON-LD headline", "og:title"."""
    return {key.removesuffix("_from"): origin for key, origin in metadata.items() if key.endswith("_from")}


def _evidences(claim: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**span) for span in claim["evidence"])


def _evidence(spans: Iterable[Mapping[str, Any]]) -> JSON:
    spans = list(spans)
    return {
        "evidence": [_span(span) for span in spans if span["field"] == "body"],
        "title_evidence": [_span(span) for span in spans if span["field"] == "title"],
    }


def _span(span: Mapping[str, Any]) -> JSON:
    return {key: span[key] for key in ("start", "end", "text")}
