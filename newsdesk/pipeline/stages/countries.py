"""Which countries an article is about, and which others it mentions, with the words that say so.

Names, demonyms, capitals, regions and cities are found by their forms in title and body (places/gazetteer.py), and
what only looks like one is left out (places/guards.py). A name that several countries share goes to the one that the
words beside it or the rest of the article speak of. A country's weight is its salience: its share of all mentions, and
whether title and lead name it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.document import CountryClaim, Document, Evidence
from newsdesk.pipeline.places import guards
from newsdesk.pipeline.places.gazetteer import Gazetteer, Mention, Reading
from newsdesk.pipeline.vocabulary import Country

MOST_EVIDENCE = 20  # spans kept a country, the first ones; the weight counts them all

# Kinds of names that lie inside a country, and tell which of two of one name is meant.
LOCAL = frozenset(("region", "city"))

# Salience: the share of mentions, and what title and lead add.
TITLE = 0.35
LEAD = 0.2
ABOUT = 0.3

LEAD_SHARE = 0.25
LEAD_PARAGRAPHS = 2

Field = Literal["title", "body"]


class Place(NamedTuple):
    """A mention with the one country that it stands for."""

    code: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Passage:
    """Title or body with its words, and the names found in it that can be places."""

    field: Field
    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True, init=False)
class FindCountries:
    gazetteer: Gazetteer

    def __init__(self, countries: tuple[Country, ...]) -> None:
        object.__setattr__(self, "gazetteer", Gazetteer.from_countries(countries))

    def __call__(self, document: Document) -> Document:
        body, title = document.body, document.title.value
        return replace(document, countries=weigh(self.find_places(title, body), lead_end(body)))

    def find_places(self, title: str, body: str) -> list[Place]:
        """Every place in title and body with the country that it stands for."""
        passages = [self._read("title", title), self._read("body", body)]
        chosen = choose_readings(passages)
        return [
            Place(reading.code, reading.kind, _evidence(passage, mention))
            for passage, readings in zip(passages, chosen, strict=True)
            for mention, reading in zip(passage.mentions, readings, strict=True)
            if reading is not None
        ]

    def _read(self, field: Field, text: str) -> Passage:
        tokens = tokenize(text)
        found = self.gazetteer.find(text, tokens)
        return Passage(field, text, tokens, leave_out_persons(text, tokens, found))


def leave_out_persons(text: str, tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that are a person's name or a language.

    Who is once named in full («John Bolton») is meant by the bare surname too, unless a word before it says where.
    """
    covered = {i for mention in found for i in range(mention.first, mention.last + 1)}
    capitals_tell = not guards.is_title_case(text, tokens)
    mentions, surnames = [], set()
    for mention in found:
        if all(reading.kind == "demonym" for reading in mention.readings):
            if not guards.is_language(text, tokens, mention.last):
                mentions.append(mention)
        elif capitals_tell and _is_person(text, tokens, mention, covered):
            surnames.add(tokens[mention.last].stem)
        else:
            mentions.append(mention)
    if not surnames:
        return mentions
    return [
        mention
        for mention in mentions
        if tokens[mention.last].stem not in surnames
        or any(reading.kind in ("name", "demonym") for reading in mention.readings)
        or guards.is_located(tokens, mention.first)
    ]


def _is_person(text: str, tokens: Sequence[Token], mention: Mention, covered: set[int]) -> bool:
    personal = any(reading.personal for reading in mention.readings)
    if not text[tokens[mention.first].start].isupper():
        return False
    if not personal and any(reading.kind == "name" for reading in mention.readings):
        return False
    if mention.first - 1 not in covered and guards.name_before(text, tokens, mention.first):
        return True
    return personal and mention.last + 1 not in covered and guards.name_after(text, tokens, mention.last)


def choose_readings(passages: Sequence[Passage]) -> list[list[Reading | None]]:
    """For each mention of each passage the reading that holds, or None.

    Sure evidence first: a name with one meaning; then what the words beside it say ("Paris, Texas"), for that name in
    the whole article; then what the rest of the article speaks of.
    """
    everything = [mention for passage in passages for mention in passage.mentions]
    attested, local = _attested(everything)
    beside = _placed_by_neighbour(passages)
    return [
        [
            beside.get(_key(passage, mention)) or _choose(passage, mention, attested, local)
            for mention in passage.mentions
        ]
        for passage in passages
    ]


def _key(passage: Passage, mention: Mention) -> tuple[str, ...]:
    return tuple(token.form for token in passage.tokens[mention.first : mention.last + 1])


def _attested(mentions: Iterable[Mention]) -> tuple[Counter[str], Counter[str]]:
    """How often a country is named by a name that only it has, and how often by one that lies inside it."""
    attested: Counter[str] = Counter()
    local: Counter[str] = Counter()
    for mention in mentions:
        if len(mention.readings) == 1 and mention.readings[0].kind != "guarded":
            reading = mention.readings[0]
            attested[reading.code] += 1
            local[reading.code] += reading.kind in LOCAL
    return attested, local


def _placed_by_neighbour(passages: Sequence[Passage]) -> dict[tuple[str, ...], Reading]:
    """What "Paris, Texas" and "Atlanta, Georgia" say of Paris and of Georgia."""
    beside: dict[tuple[str, ...], Reading] = {}
    for passage in passages:
        for place, whole in zip(passage.mentions, passage.mentions[1:], strict=False):
            if whole.first != place.last + 1:
                continue
            if passage.text[passage.tokens[place.last].end : passage.tokens[whole.first].start] != ", ":
                continue
            here, there = place.readings[0], whole.readings[0]
            if here.kind not in LOCAL and here.kind not in ("capital", "guarded"):
                continue
            shared = [reading for reading in whole.readings if reading.code == here.code]
            if shared:
                beside[_key(passage, whole)] = shared[0]
            elif there.kind == "region":
                beside[_key(passage, place)] = there._replace(kind="city")
            else:
                own = [reading for reading in place.readings if reading.code == there.code]
                if own:
                    beside[_key(passage, place)] = own[0]
    return beside


def _choose(passage: Passage, mention: Mention, attested: Counter[str], local: Counter[str]) -> Reading | None:
    plain = [reading for reading in mention.readings if reading.kind != "guarded"]
    guarded = [reading for reading in mention.readings if reading.kind == "guarded"]
    if plain:
        best = max(plain, key=lambda reading: attested[reading.code])
        elsewhere = [reading for reading in guarded if local[reading.code] and not attested[best.code]]
        return max(elsewhere, key=lambda reading: local[reading.code], default=best)
    if guarded[0].personal:
        return guarded[0] if guards.is_located(passage.tokens, mention.first) else None
    company = [reading for reading in guarded if attested[reading.code]]
    return max(company, key=lambda reading: attested[reading.code], default=None)


def _evidence(passage: Passage, mention: Mention) -> Evidence:
    start, end = passage.tokens[mention.first].start, passage.tokens[mention.last].end
    text = re.sub(r"['’][sS]$", "", passage.text[start:end])
    return Evidence(start, start + len(text), text, passage.field)


def lead_end(body: str) -> float:
    paragraphs = [match.end() for match in re.finditer(r"\S[^\n]*", body)]
    return max(len(body) * LEAD_SHARE, paragraphs[LEAD_PARAGRAPHS - 1] if len(paragraphs) > 2 * LEAD_PARAGRAPHS else 0)


def weigh(places: Sequence[Place], lead: float) -> tuple[CountryClaim, ...]:
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for place in places:
        evidence[place.code].append(place.evidence)
    claims = []
    for code, spans in evidence.items():
        weight = len(spans) / len(places)
        weight += TITLE * any(span.field == "title" for span in spans)
        weight += LEAD * any(span.field == "body" and span.start < lead for span in spans)
        role: Literal["about", "mentioned"] = "about" if weight >= ABOUT else "mentioned"
        claims.append(CountryClaim(code, role, round(min(1.0, weight), 3), tuple(spans[:MOST_EVIDENCE])))
    return tuple(sorted(claims, key=lambda claim: (-claim.weight, claim.code)))
