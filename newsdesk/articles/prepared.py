"""What the rows of an article take time to make of, made by the process that ran the pipeline.

One process writes, and while it does, the others have more to do. Nothing here asks the database, nor needs Django to be
set up: a process of an executor knows neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from newsdesk.articles.fields import PlainEncoder, pack, pack_text
from newsdesk.pipeline.document import Document, Fingerprint
from newsdesk.pipeline.record import claims_of
from newsdesk.search.engine import Engine
from newsdesk.search.words import Prepared as Words
from newsdesk.search.words import digest_of, read_again

JSON = dict[str, Any]

LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document; its raw text and its fingerprint as they are stored; its claims without evidence, and with it as JSON;
    and its words as they are indexed."""

    document: Document
    raw_text: bytes
    claims: JSON
    claims_json: str
    fingerprint: bytes
    words: Words


@dataclass(frozen=True, slots=True)
class Prepare:
    """A function of documents that another process can be sent."""

    engine: Engine

    def __call__(self, document: Document) -> Prepared:
        claims = claims_of(document)
        title, body = title_to_index(claims), document.body
        return Prepared(
            document,
            pack_text(document.raw.text),
            _without_evidence(claims),
            json.dumps(claims, cls=PlainEncoder),
            pack(columns_of(document.fingerprint)),
            self.engine.prepare_text(read_again(title, body), digest_of(title, body)),
        )


def title_of(claims: Mapping[str, Any]) -> tuple[str, bool]:
    """As far as the column holds it, and whether the first sentence stands in for one."""
    title = claims["title"]
    return title["value"][:LONGEST_TITLE], title["provenance"] == "first sentence"


def title_to_index(claims: Mapping[str, Any]) -> str:
    """What stands in for a title stands in the body too."""
    title, stands_in = title_of(claims)
    return "" if stands_in else title


def columns_of(fingerprint: Fingerprint) -> JSON:
    """Like `asdict`, without a copy of every number."""
    return {field.name: getattr(fingerprint, field.name) for field in fields(fingerprint)}


def _without_evidence(claims: JSON) -> JSON:
    published = {key: value for key, value in claims["published"].items() if key not in ("evidence", "alternatives")}
    return {
        **claims,
        "published": published,
        "countries": [{"code": claim["code"], "role": claim["role"]} for claim in claims["countries"]],
        "topics": [{"slug": claim["slug"]} for claim in claims["topics"]],
    }
