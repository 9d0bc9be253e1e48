"""How surely an article tells of the event that a strand tells of, and one strand of the event of another.

A strand is the articles of one story in one language. A score is the cosine of weighted features, those of an article
with the mean of a strand's, less for the time between them. A feature weighs by how few articles have it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from newsdesk.language.lexicon import concept_of_name, concept_of_term
from newsdesk.pipeline.stories.items import Because, StoryItem

WINDOW = 7  # days: what is further apart is not one event
FADING = 2.5  # days in which a score falls to 1/e
UNDATED = 0.87  # what is left of a score where a date is not known, so that content alone must say more

# The least score of articles about one event. Headlines alone share fewer words: the bound rises with the terms.
SAME_EVENT_BRIEF, BRIEF = 0.22, 10
SAME_EVENT, FULL = 0.30, 40
SAME_EVENT_TRANSLATED = 0.2
REPRINTED = 0.75  # share of the shorter text's shingles
FEWEST_SHINGLES = 4  # that a reprint shares

# How much the kinds of feature count: terms, concepts, names, numbers, dates, quotations; countries.
WITHIN_LANGUAGE = {"t": 1.0, "k": 0.4, "n": 1.0, "#": 0.8, "d": 0.8, "q": 0.8}
ACROSS_LANGUAGES = {"k": 0.55, "n": 1.0, "#": 1.0, "d": 1.0, "c": 0.8}
# Agreement in little is not evidence: to the square of each norm is added what so many features of one article would.
DOUBT_WITHIN = 0.06
DOUBT_ACROSS = 1.0
# Imaginary articles that share nothing, so that scores in a corpus of five and of 100,000 mean the same.
PRIOR = 100

CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "kk", "ky", "mk", "sr"})
SHORTEST_CONCEPT = 4
MOST_FEATURES = 500  # of a strand: the commonest, so that large stories are no slower

Weigher = Callable[[str, str], float]


class Weights:
    """How much a feature tells in a language: little if it runs through the corpus, much if few articles have it."""

    def __init__(self) -> None:
        self.articles: dict[str, int] = defaultdict(int)
        self.frequency: dict[str, dict[str, int]] = defaultdict(dict)

    def count(self, language: str, features: Iterable[str]) -> None:
        self.articles[language] += 1
        frequency = self.frequency[language]
        for feature in features:
            frequency[feature] = frequency.get(feature, 0) + 1

    def within(self, feature: str, language: str) -> float:
        kind = WITHIN_LANGUAGE.get(feature[0])
        return kind * self._rarity(feature, language) if kind else 0.0

    def across(self, feature: str, language: str) -> float:
        """A word without known translation counts only if another language has it too."""
        kind = ACROSS_LANGUAGES.get(feature[0])
        if not kind or (feature.startswith("k~") and sum(feature in known for known in self.frequency.values()) < 2):
            return 0.0
        return kind * self._rarity(feature, language)

    def doubt(self, amount: float, language: str) -> float:
        return amount * _rarity(self.articles[language], 1) ** 2

    def _rarity(self, feature: str, language: str) -> float:
        return _rarity(self.articles[language], self.frequency[language].get(feature, 1))


@lru_cache(100_000)
def _rarity(articles: int, frequency: int) -> float:
    return math.log(1 + (articles + PRIOR) / (frequency + 0.5))


def features_of(item: StoryItem) -> dict[str, float]:
    """Each feature under the letter of its kind, with how often it stands in the article (logarithm)."""
    found = item.fingerprint
    names = {concept_of_name(name) for name in found.names}
    features = {f"n{name}": 1.0 for name in names}
    cyrillic = item.language in CYRILLIC_LANGUAGES
    for term, count in found.terms:
        often = 1 + math.log(count)
        features[f"t{term}"] = often
        concept = concept_of_term(term, cyrillic=cyrillic)
        if concept not in names and len(concept) >= SHORTEST_CONCEPT:
            features[f"k{concept}"] = often
    for kind, values in (("#", found.numbers), ("d", found.dates), ("q", found.quotes), ("c", item.countries)):
        features.update((f"{kind}{value}", 1.0) for value in values)
    return features


class Weighed(NamedTuple):
    """Features with their weights in them, and the sum of their squares."""

    values: Mapping[str, float]
    square: float

    @classmethod
    def of(cls, features: Mapping[str, float], language: str, weigher: Weigher) -> Weighed:
        values = {
            feature: value * weight for feature, value in features.items() if (weight := weigher(feature, language))
        }
        return cls(values, sum(value * value for value in values.values()))


@dataclass(slots=True)
class Strand:
    """The articles of one story in one language, and the sum of their features."""

    language: str
    story: str
    members: list[str] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    square: float | None = None  # of the mean within the language, as long as no member comes

    def take(self, item: StoryItem, features: Mapping[str, float]) -> None:
        self.members.append(item.id)
        for feature, value in features.items():
            self.sums[feature] = self.sums.get(feature, 0.0) + value
        if len(self.sums) > 2 * MOST_FEATURES:
            commonest = sorted(self.sums.items(), key=lambda pair: (-pair[1], pair[0]))
            self.sums = dict(commonest[:MOST_FEATURES])
        if item.published:
            self.first = min(self.first or item.published, item.published)
            self.last = max(self.last or item.published, item.published)
        self.square = None

    @property
    def mean(self) -> dict[str, float]:
        return {feature: value / len(self.members) for feature, value in self.sums.items()}


def score_within(item: StoryItem, weighed: Weighed, strand: Strand, weights: Weights) -> float:
    """``weighed`` are the features of the item, by the weights within its language."""
    faded = fade(item.published, item.published, strand.first, strand.last)
    if not faded:
        return 0.0
    if strand.square is None:
        strand.square = Weighed.of(strand.mean, strand.language, weights.within).square
    product = sum(
        value * strand.sums[feature] * weights.within(feature, strand.language)
        for feature, value in weighed.values.items()
        if feature in strand.sums
    ) / len(strand.members)
    doubt = weights.doubt(DOUBT_WITHIN, strand.language)
    return faded * product / math.sqrt((weighed.square + doubt) * (strand.square + doubt))


def score_across(one: Strand, other: Strand, weights: Weights) -> float:
    faded = fade(one.first, one.last, other.first, other.last)
    if not faded:
        return 0.0
    a = Weighed.of(one.mean, one.language, weights.across)
    b = Weighed.of(other.mean, other.language, weights.across)
    product = sum(value * b.values[feature] for feature, value in a.values.items() if feature in b.values)
    doubt_a, doubt_b = (weights.doubt(DOUBT_ACROSS, strand.language) for strand in (one, other))
    return faded * product / math.sqrt((a.square + doubt_a) * (b.square + doubt_b))


def score_pair(one: StoryItem, other: StoryItem, weights: Weights) -> float:
    """How surely two articles tell of one event, each as a strand of its own."""
    features = features_of(one)
    strand, there = Strand(one.language, one.id), Strand(other.language, other.id)
    there.take(other, features_of(other))
    if one.language == other.language:
        return score_within(one, Weighed.of(features, one.language, weights.within), there, weights)
    strand.take(one, features)
    return score_across(strand, there, weights)


def least_within(item: StoryItem) -> float:
    """The least score with which an article belongs to a strand."""
    terms = min(max(len(item.fingerprint.terms), BRIEF), FULL)
    return SAME_EVENT_BRIEF + (SAME_EVENT - SAME_EVENT_BRIEF) * (terms - BRIEF) / (FULL - BRIEF)


def fade(first: dt.date | None, last: dt.date | None, other_first: dt.date | None, other_last: dt.date | None) -> float:
    """What the time between two spans leaves of a score."""
    if first is None or last is None or other_first is None or other_last is None:
        return UNDATED
    days = max(0, (other_first - last).days, (first - other_last).days)
    return math.exp(-days / FADING) if days <= WINDOW else 0.0


def share_shingles(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, float]:
    """How many shingles two sketches share, and which part of the shorter text that is.

    Each sketch holds the least hashes of its text, so up to the lesser of their greatest both are complete.
    """
    if not a or not b:
        return 0, 0.0
    limit = min(a[-1], b[-1])
    shared = len(set(a) & set(b))
    fewest = min(sum(number <= limit for number in a), sum(number <= limit for number in b))
    return shared, shared / fewest if fewest else 0.0


def is_reprint(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    shared, part = share_shingles(a, b)
    return part >= REPRINTED and shared >= min(FEWEST_SHINGLES, len(a), len(b))


def explain(one: StoryItem, other: StoryItem, weights: Weights) -> Because:
    """What both have, the rarest first."""
    shared = sorted(
        features_of(one).keys() & features_of(other).keys(),
        key=lambda feature: (-weights.within(feature, one.language) - weights.across(feature, one.language), feature),
    )
    spellings = {f"n{concept_of_name(name)}": name for name in one.fingerprint.names}

    def of(kind: str) -> tuple[str, ...]:
        return tuple(spellings.get(feature, feature[1:]) for feature in shared if feature[0] == kind)

    concepts = tuple(concept for concept in of("k") if not concept.startswith("~"))
    days = abs((one.published - other.published).days) if one.published and other.published else None
    return Because(
        names=of("n"),
        numbers=of("#"),
        dates=of("d"),
        terms=of("t") if one.language == other.language else concepts,
        countries=of("c"),
        quotes=len(of("q")),
        shingles=round(share_shingles(one.fingerprint.minhash, other.fingerprint.minhash)[1], 3),
        days_apart=days,
    )
