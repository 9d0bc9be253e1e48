"""Which countries an article is about, and which others it mentions, with the words that say so.

Names, demonyms, capitals, regions and cities are found by their forms (see places/gazetteer.py) in title and body; a name
that several countries share goes to the one that the rest of the article speaks of. A country's weight is its salience:
how much of all mentions are its own, and whether title and lead name it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.document import CountryClaim, Document, Evidence
from newsdesk.pipeline.places.gazetteer import Gazetteer, Mention, Reading
from newsdesk.pipeline.vocabulary import Country

MOST_EVIDENCE = 20  # spans kept a country, the first ones; the weight counts them all

# Salience: the share of mentions, and what title and lead add.
TITLE = 0.35
LEAD = 0.2
ABOUT = 0.3

LEAD_SHARE = 0.25
LEAD_PARAGRAPHS = 2


class Place(NamedTuple):
    """A mention with the one country that it stands for."""

    code: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FindCountries:
    gazetteer: Gazetteer

    def __init__(self, countries: tuple[Country, ...]) -> None:
        object.__setattr__(self, "gazetteer", Gazetteer.from_countries(countries))

    def __call__(self, document: Document) -> Document:
        body, title = document.body, document.title.value
        places = self.find_places(title, body)
        return replace(document, countries=weigh(places, _lead_end(body)))

    def find_places(self, title: str, body: str) -> list[Place]:
        """Every place in title and body with the country that it stands for."""
        mentions = [
            (field, text, tokens, mention)
            for field, text in (("title", title), ("body", body))
            for tokens in [tokenize(text)]
            for mention in self.gazetteer.find(text, tokens)
        ]
        attested = _attested(mention.readings for _, _, _, mention in mentions)
        places = []
        for field, text, tokens, mention in mentions:
            reading = _choose(mention.readings, attested)
            if reading is not None:
                places.append(Place(reading.code, reading.kind, _evidence(text, tokens, mention, field)))
        return places


def _attested(all_readings: Iterable[tuple[Reading, ...]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for readings in all_readings:
        plain = [reading for reading in readings if reading.kind != "guarded"]
        if len(plain) == 1:
            counts[plain[0].code] += 1
    return counts


def _choose(readings: tuple[Reading, ...], attested: dict[str, int]) -> Reading | None:
    plain = [reading for reading in readings if reading.kind != "guarded"]
    if len(plain) == 1:
        return plain[0]
    if plain:
        return max(plain, key=lambda reading: attested.get(reading.code, 0))
    in_company = [reading for reading in readings if attested.get(reading.code, 0)]
    return max(in_company, key=lambda reading: attested[reading.code]) if in_company else None


def _evidence(text: str, tokens: Sequence[Token], mention: Mention, field: str) -> Evidence:
    start, end = tokens[mention.first].start, tokens[mention.last].end
    end -= len(re.search(r"(?:['’][sS])?$", text[start:end]).group())
    return Evidence(start, end, text[start:end], field)


def _lead_end(body: str) -> float:
    paragraphs = [match.end() for match in re.finditer(r"\S[^\n]*", body)]
    return max(len(body) * LEAD_SHARE, paragraphs[LEAD_PARAGRAPHS - 1] if len(paragraphs) > 2 * LEAD_PARAGRAPHS else 0)


def weigh(places: Sequence[Place], lead_end: int) -> tuple[CountryClaim, ...]:
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for place in places:
        evidence[place.code].append(place.evidence)
    claims = []
    for code, spans in evidence.items():
        weight = len(spans) / len(places)
        weight += TITLE * any(span.field == "title" for span in spans)
        weight += LEAD * any(span.field == "body" and span.start < lead_end for span in spans)
        claims.append(
            CountryClaim(
                code,
                "about" if weight >= ABOUT else "mentioned",
                round(min(1.0, weight), 3),
                tuple(spans[:MOST_EVIDENCE]),
            )
        )
    return tuple(sorted(claims, key=lambda claim: (-claim.weight, claim.code)))
