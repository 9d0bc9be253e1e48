"""How surely two articles tell of one event."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from newsdesk.pipeline.stories.items import Because, Kind, StoryItem

COPIED = 0.5  # share of the shorter article's shingles that makes it a reprint
LEAST_SHARED = 4  # shingles that a reprint must share at least
SAME_EVENT = 0.35
SAME_EVENT_UNDATED = 0.45
SAME_EVENT_TRANSLATED = 0.45
WINDOW = 7  # days between articles about one event

# What each kind of feature weighs in the sum, in one language and across two.
WITHIN = {"t": 1.0, "n": 1.0, "#": 1.0, "d": 0.5, "q": 1.0}
ACROSS = {"n": 1.0, "#": 1.0, "d": 0.7, "c": 0.7}


@dataclass(frozen=True, slots=True)
class Vector:
    """An article's features, each under one letter for its kind, with how often they stand in it (log)."""

    item: StoryItem
    features: Mapping[str, float]
    shingles: tuple[int, ...]

    @classmethod
    def of(cls, item: StoryItem) -> Vector:
        print_ = item.fingerprint
        features = {f"t{term}": 1 + math.log(count) for term, count in print_.terms}
        for letter, values in (
            ("n", print_.names),
            ("#", print_.numbers),
            ("d", print_.dates),
            ("q", print_.quotes),
        ):
            features.update((letter + value, 1.0) for value in values)
        features.update((f"c{code}", 1.0) for code in item.countries)
        return cls(item, features, print_.minhash)


class Weights:
    """How much each feature tells: little if it runs through the corpus, much if few articles have it."""

    def __init__(self) -> None:
        self.articles = 0
        self.frequency: dict[str, int] = {}

    def count(self, vector: Vector) -> None:
        self.articles += 1
        for feature in vector.features:
            self.frequency[feature] = self.frequency.get(feature, 0) + 1

    def of(self, feature: str) -> float:
        return _inverse_frequency(self.articles, self.frequency.get(feature, 1))


@lru_cache(maxsize=100_000)
def _inverse_frequency(articles: int, frequency: int) -> float:
    return math.log(1 + (articles + 1) / (frequency + 0.5))


def contained(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, float]:
    """How many shingles the sketches share, and which part of the shorter text they are.

    Both sketches hold the least hashes of their text, so below the lesser of their greatest both are complete.
    """
    if not a or not b:
        return 0, 0.0
    limit = min(a[-1], b[-1])
    shared = len(set(a) & set(b))
    fewest = min(sum(number <= limit for number in a), sum(number <= limit for number in b))
    return shared, shared / fewest


def similarity(a: Vector, b: Vector, weights: Weights) -> float:
    """Cosine of the weighted features, over the kinds that the two languages can share."""
    kinds = WITHIN if a.item.language == b.item.language else ACROSS
    norm_a, norm_b = _norm(a, kinds, weights), _norm(b, kinds, weights)
    if not norm_a or not norm_b:
        return 0.0
    shared = a.features.keys() & b.features.keys()
    product = sum(
        kinds[f[0]] * a.features[f] * b.features[f] * weights.of(f) ** 2
        for f in sorted(shared)
        if f[0] in kinds
    )
    return product / math.sqrt(norm_a * norm_b)


def _norm(vector: Vector, kinds: Mapping[str, float], weights: Weights) -> float:
    return sum(kinds[f[0]] * (tf * weights.of(f)) ** 2 for f, tf in vector.features.items() if f[0] in kinds)


def explain(a: Vector, b: Vector, weights: Weights) -> Because:
    shared = sorted(
        a.features.keys() & b.features.keys(), key=lambda feature: (-weights.of(feature), feature)
    )

    def of(letter: str, most: int = 8) -> tuple[str, ...]:
        return tuple(feature[1:] for feature in shared if feature[0] == letter)[:most]

    days = None
    if a.item.published and b.item.published:
        days = abs((a.item.published - b.item.published).days)
    return Because(
        names=of("n"),
        numbers=of("#"),
        dates=of("d"),
        terms=of("t") if a.item.language == b.item.language else (),
        countries=of("c"),
        quotes=len(of("q", 99)),
        shingles=round(contained(a.shingles, b.shingles)[1], 3),
        days_apart=days,
    )


def judge(a: Vector, b: Vector, weights: Weights) -> tuple[Kind, float] | None:
    """The kind of link and its score, or None: sure evidence first."""
    if a.item.fingerprint.digest and a.item.fingerprint.digest == b.item.fingerprint.digest:
        return "copy", 1.0
    shared, part = contained(a.shingles, b.shingles)
    if part >= COPIED and shared >= min(LEAST_SHARED, len(a.shingles), len(b.shingles)):
        return "reprint", part
    score = similarity(a, b, weights)
    if a.item.language != b.item.language:
        return ("translation", score) if score >= SAME_EVENT_TRANSLATED else None
    dated = a.item.published is not None and b.item.published is not None
    return ("event", score) if score >= (SAME_EVENT if dated else SAME_EVENT_UNDATED) else None
