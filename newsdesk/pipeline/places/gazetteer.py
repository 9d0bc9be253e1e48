"""All names of all countries in a dictionary of folded forms, and the places in a text where one stands.

Names in English and Russian are looked for in every text; those in another language in texts of that language only, since
its forms may be words of others ("Çin", "Mali").

The longest name wins: «Северная Корея» before «Корея», "New Mexico" before "Mexico". A word that is written with a
capital letter in the vocabulary needs it in the text; a word in capitals (США, UK) needs them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsdesk.language.normalise import HYPHENS
from newsdesk.language.tokens import Token, find_forms, tokenize
from newsdesk.pipeline.places.declension import decline
from newsdesk.pipeline.places.guards import NOT_PLACES, PERSONAL
from newsdesk.pipeline.places.suffixes import inflect, inflect_person, inhabitant
from newsdesk.pipeline.vocabulary import Country

# What may stand between the words of one name: «Нью-Йорк», "U.S.", "Hong\nKong"; but no comma and no empty line.
_BETWEEN = re.compile(r"[ \u00a0\u2009\u202f.'’/‑–—-]{0,3}\n?[ \u00a0-]{0,4}")
_JOINED = re.compile(rf"[{HYPHENS}][^\W\d_]")

OWN = 4  # letters that a guarded name has in common with the country's: Конго, конголезский

EVERYWHERE = ("en", "ru")
# Languages with the verb at the end, where a name stands beside the next without a word between («Lavrov Bakıya gəldi»):
# there a capital before a place does not make it a surname.
NAMES_ADJOIN = frozenset(["az"])
AGGLUTINATIVE = frozenset(["az"])  # places/suffixes.py

WITH_INHABITANTS = frozenset(["name", "capital"])

NOWHERE = ""  # the code of a phrase that holds a place's name and is none


class Reading(NamedTuple):
    """One thing that a form can mean.

    ``shape`` has a letter a word: a any, c capital first, C all capitals. ``personal`` names are of persons too.
    ``own`` is a guarded name that the country has in its own one (Korea, of North Korea). An abbreviation counts after
    a place and a comma only ("Paris, TX"), and with the point that it has ("Ont."). What is ``joined`` counts before a
    hyphen and a word only («армяно-турецкая»).
    """

    code: str
    kind: str
    shape: str
    personal: bool = False
    own: bool = False
    abbreviation: bool = False
    ends_with_point: bool = False
    joined: bool = False


class Mention(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive) of a text and what they can mean."""

    first: int
    last: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``readings`` by the forms of a name with spaces between; ``following`` forms by the first form of a name.

    ``capitals_tell``: a word with a capital before a place makes it a person's name, as a rule.
    """

    readings: dict[str, tuple[Reading, ...]]
    following: dict[str, set[str]]
    longest: int
    capitals_tell: bool = True

    @classmethod
    def from_countries(cls, countries: Iterable[Country], language: str = "") -> Gazetteer:
        """For texts in any language, or for those in a ``language`` that has names of its own."""
        readings: dict[str, tuple[Reading, ...]] = {}
        for key, reading in _all_readings(countries, language):
            known = readings.get(key, ())
            if not any(other.code == reading.code and other.shape == reading.shape for other in known):
                readings[key] = (*known, reading)
        following: dict[str, set[str]] = {}
        for key in readings:
            first, *rest = key.split(" ")
            following.setdefault(first, set()).update(rest[:1])
        longest = max((len(key.split(" ")) for key in readings), default=0)
        return cls(readings, following, longest, language not in NAMES_ADJOIN)

    def find(self, text: str, tokens: Sequence[Token]) -> list[Mention]:
        """Each place where a name stands in its letters, from left to right, none inside another."""
        mentions, end = [], -1
        following = self.following
        for first in [i for i, token in enumerate(tokens) if token[2] in following]:
            if first <= end:
                continue
            mention = self._longest_at(text, tokens, first)
            if mention is not None:
                end = mention.last
                if mention.readings[0].code != NOWHERE:
                    mentions.append(mention)
        return mentions

    def _longest_at(self, text: str, tokens: Sequence[Token], first: int) -> Mention | None:
        form, last = tokens[first].form, first
        if first + 1 < len(tokens) and tokens[first + 1].form in self.following[form]:
            last = _last_joined(text, tokens, first, self.longest)
        for end in range(last, first - 1, -1):
            key = " ".join([token.form for token in tokens[first : end + 1]]) if end > first else form
            readings = self.readings.get(key, ())
            fitting = tuple([reading for reading in readings if _fits(reading, text, tokens, first, end)])
            if fitting:
                return Mention(first, end, fitting)
        return None


def _last_joined(text: str, tokens: Sequence[Token], first: int, most: int) -> int:
    """The last token of at most ``most`` that nothing parts from the first."""
    last = first
    while last + 1 < min(first + most, len(tokens)):
        between = text[tokens[last].end : tokens[last + 1].start]
        if between != " " and not _BETWEEN.fullmatch(between):
            break
        last += 1
    return last


def _fits(reading: Reading, text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    for shape, token in zip(reading.shape, tokens[first : last + 1], strict=True):
        if shape == "a":
            continue
        if not text[token.start].isupper() or (shape == "C" and not text[token.start : token.end].isupper()):
            return False
    if reading.joined and not _JOINED.match(text, tokens[last].end):
        return False
    return not reading.abbreviation or _abbreviates(reading, text, tokens, first, last)


def _abbreviates(reading: Reading, text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name and a comma stand before it, and after it the point that it is written with."""
    if first == 0 or text[tokens[first - 1].end : tokens[first].start] != ", ":
        return False
    end = tokens[last].end
    return text[tokens[first - 1].start].isupper() and (not reading.ends_with_point or text[end : end + 1] == ".")


def _all_readings(countries: Iterable[Country], language: str) -> Iterator[tuple[str, Reading]]:
    for of_phrases in [language] if language else EVERYWHERE:
        for phrase in NOT_PLACES.get(of_phrases, ()):
            for key in _forms(phrase, "name", of_phrases):
                yield key, Reading(NOWHERE, "", ("C" if phrase.isupper() else "a") * (key.count(" ") + 1))
    for country in countries:
        starts = {form[:OWN] for name in (country.name_en, country.name_ru) for form in find_forms(name)}
        for kind, name, inflected_as in _names(country, language):
            words = [name[token.start : token.end] for token in tokenize(name)]
            reading = Reading(
                country.code,
                kind,
                "".join(_shape(word) for word in words),
                personal=" ".join(words).lower() in PERSONAL,
                own=kind == "guarded" and words[0].lower()[:OWN] in starts,
                abbreviation=name.startswith(","),
                ends_with_point=name.endswith("."),
                joined=name.endswith("-"),
            )
            for key in _forms(name, kind, inflected_as):
                if key.count(" ") + 1 == len(reading.shape):
                    yield key, reading


def _names(country: Country, language: str) -> Iterator[tuple[str, str, str]]:
    """Kind, name, and the language whose forms it has; capitals are often written as in English (Berlin, Madrid)."""
    for of_names in [language] if language else EVERYWHERE:
        for kind, names in country.names.get(of_names, {}).items():
            for name in names:
                yield kind, name, of_names
                if of_names in AGGLUTINATIVE and kind in WITH_INHABITANTS and name.isalpha() and not name.isupper():
                    yield "demonym", inhabitant(name), of_names
    if language:
        guarded = country.names.get(language, {}).get("guarded", ())
        capitals = country.names.get("en", {}).get("capital", ())
        yield from (("capital", name, language) for name in capitals if name not in guarded)


def _forms(name: str, kind: str, language: str) -> Iterable[str]:
    """The folded forms of a name, its words with a space between."""
    plain = not name.isupper() and not name.endswith("-")
    if language == "ru" and plain:
        return {form.replace("ё", "е") for form in decline(re.sub(r"['’.]", " ", name))}
    if language in AGGLUTINATIVE and plain:
        forms = inflect_person(name) if kind == "demonym" else inflect(name)
        return {" ".join(find_forms(form)) for form in forms}
    return (" ".join(find_forms(name)),)


def _shape(word: str) -> str:
    if not word[0].isupper():
        return "a"
    return "C" if len(word) > 1 and word.isupper() else "c"
