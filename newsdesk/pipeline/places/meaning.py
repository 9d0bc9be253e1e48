"""Which country a name stands for, or none: the words beside it and the rest of the article tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.document import Evidence
from newsdesk.pipeline.places import guards
from newsdesk.pipeline.places.gazetteer import Gazetteer, Mention, Reading

Field = Literal["title", "body"]

# Kinds of names that lie inside a country, and so tell which of two countries with a common name is meant.
LOCAL = frozenset(("region", "city"))
INSIDE = LOCAL | {"capital", "guarded"}  # what "…, Texas" can be said of


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

    def words(self, mention: Mention) -> tuple[str, ...]:
        return tuple(token.form for token in self.tokens[mention.first : mention.last + 1])

    def between(self, left: Mention, right: Mention) -> str:
        return self.text[self.tokens[left.last].end : self.tokens[right.first].start]

    def evidence(self, mention: Mention) -> Evidence:
        start, end = self.tokens[mention.first].start, self.tokens[mention.last].end
        text = self.text[start:end]
        if text[-1] in "sS":
            text = re.sub(r"['’][sS]$", "", text)
        return Evidence(start, start + len(text), text, self.field)


def find_places(gazetteer: Gazetteer, title: str, body: str) -> list[Place]:
    """Every place in title and body with the country that it stands for, in their order."""
    passages = [read_passage(gazetteer, "title", title), read_passage(gazetteer, "body", body)]
    return [
        Place(reading.code, reading.kind, passage.evidence(mention))
        for passage, readings in zip(passages, choose_readings(passages), strict=True)
        for mention, reading in zip(passage.mentions, readings, strict=True)
        if reading is not None
    ]


def read_passage(gazetteer: Gazetteer, field: Field, text: str) -> Passage:
    tokens = tokenize(text)
    found = gazetteer.find(text, tokens)
    capitals_tell = gazetteer.capitals_tell and not guards.is_title_case(text, tokens)
    return Passage(field, text, tokens, leave_out_persons(text, tokens, found, capitals_tell=capitals_tell))


# ---- Persons and languages -----------------------------------------------------------------------------------------


def leave_out_persons(
    text: str, tokens: Sequence[Token], found: Sequence[Mention], *, capitals_tell: bool
) -> list[Mention]:
    """The mentions without those that are a person's name or a language.

    Who is once named in full («John Bolton») is meant by the bare surname too, unless a word before it says where.
    """
    found = [one for one in found if not _is_called_so(text, tokens, one, capitals_tell=capitals_tell)]
    covered = {i for mention in found for i in range(mention.first, mention.last + 1)}
    mentions, surnames = [], set()
    for mention in found:
        if all(reading.kind == "demonym" or reading.shape == "a" for reading in mention.readings):
            if not guards.is_language(text, tokens, mention.last):
                mentions.append(mention)
        elif _is_person(text, tokens, mention, covered, capitals_tell=capitals_tell):
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


def _is_called_so(text: str, tokens: Sequence[Token], mention: Mention, *, capitals_tell: bool) -> bool:
    """Whether something else has the name of the place; an abbreviation («ДНР») is put in quotation marks as well."""
    if text.startswith("$", tokens[mention.last].end):
        return True  # "US$ 97 million"
    if mention.readings[0].shape.strip("c"):
        return False
    if guards.is_paper(text, tokens, mention.last, capitals_tell=capitals_tell):
        return True
    if mention.readings[0].kind != "demonym" and guards.is_club(text, tokens, mention.first):
        return True
    if mention.last > mention.first:
        return False
    return guards.is_quoted(text, tokens[mention.first].start, tokens[mention.last].end)


def _is_person(text: str, tokens: Sequence[Token], mention: Mention, covered: set[int], *, capitals_tell: bool) -> bool:
    """Whether a word beside the name makes it a person's; a country's name only if it is known to be one."""
    personal = any(reading.personal for reading in mention.readings)
    if not text[tokens[mention.first].start].isupper():
        return False
    if not personal and any(reading.kind == "name" for reading in mention.readings):
        return False
    if guards.is_adjective_of_district(tokens, mention.last):
        return False
    if mention.first - 1 not in covered and guards.name_before(
        text, tokens, mention.first, capitals_tell=capitals_tell
    ):
        return True
    return (
        personal and capitals_tell and mention.last + 1 not in covered and guards.name_after(text, tokens, mention.last)
    )


# ---- Names with several meanings -----------------------------------------------------------------------------------


def choose_readings(passages: Sequence[Passage]) -> list[list[Reading | None]]:
    """For each mention of each passage the reading that holds, or None.

    Sure evidence first: what the words beside it say ("Paris, Texas"), for that name in the whole article; then what
    the rest of the article speaks of; then what the name mostly means.
    """
    attested, local = _attested(mention for passage in passages for mention in passage.mentions)
    beside = _placed_by_neighbour(passages)
    return [
        [
            beside.get(passage.words(mention)) or _choose(passage, mention, attested, local)
            for mention in passage.mentions
        ]
        for passage in passages
    ]


def _attested(mentions: Iterable[Mention]) -> tuple[Counter[str], Counter[str]]:
    """How often a country is named by a name that only it has, and how often by one that lies inside it."""
    attested: Counter[str] = Counter()
    local: Counter[str] = Counter()
    for mention in mentions:
        reading = mention.readings[0]
        if len(mention.readings) == 1 and reading.kind != "guarded":
            attested[reading.code] += 1
            local[reading.code] += reading.kind in LOCAL
    return attested, local


def _placed_by_neighbour(passages: Sequence[Passage]) -> dict[tuple[str, ...], Reading]:
    """What "Paris, Texas" says of Paris, and "Atlanta, Georgia" of Georgia."""
    beside: dict[tuple[str, ...], Reading] = {}
    for passage in passages:
        for place, whole in zip(passage.mentions, passage.mentions[1:], strict=False):
            here, there = place.readings[0], whole.readings[0]
            if whole.first != place.last + 1 or here.kind not in INSIDE or passage.between(place, whole) != ", ":
                continue
            same_whole = [reading for reading in whole.readings if reading.code == here.code]
            same_place = [reading for reading in place.readings if reading.code == there.code]
            if same_whole:
                beside[passage.words(whole)] = same_whole[0]
            elif there.kind == "region":
                beside[passage.words(place)] = there._replace(kind="city")
            elif same_place:
                beside[passage.words(place)] = same_place[0]
    return beside


def _choose(passage: Passage, mention: Mention, attested: Counter[str], local: Counter[str]) -> Reading | None:
    plain = [reading for reading in mention.readings if reading.kind != "guarded"]
    guarded = [reading for reading in mention.readings if reading.kind == "guarded"]
    if plain:
        usual = max(plain, key=lambda reading: attested[reading.code])
        if not guarded or attested[usual.code]:
            return usual
        elsewhere = [reading for reading in guarded if (attested if reading.own else local)[reading.code]]
        return max(elsewhere, key=lambda reading: attested[reading.code], default=usual)
    own = any(reading.own for reading in guarded)
    if guards.is_located(passage.tokens, mention.first) or (
        own and guards.is_capital_inside(passage.text, passage.tokens, mention.first)
    ):
        return max(guarded, key=lambda reading: attested[reading.code])
    company = [reading for reading in guarded if attested[reading.code] and not reading.personal]
    return max(company, key=lambda reading: attested[reading.code], default=None)
