"""How surely an article tells of the event that a strand tells of, and one strand of the event of another.

A strand is the articles of one story in one language. A score is the cosine of weighted features, those of an article
with the mean of a strand's, less for the time between them. A feature weighs by how few articles have it.
"""

from __future__ import annotations

import datetime as dt
import marshal
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from newsdesk.language.lexicon import concept_of_name, concept_of_term
from newsdesk.language.names import sound, spell, to_latin
from newsdesk.language.tokens import tokenize
from newsdesk.pipeline.document import Fingerprint
from newsdesk.pipeline.stages.fingerprint import find_figures
from newsdesk.pipeline.stories.items import Because, StoryItem

WINDOW = 7  # days: what is further apart is not one event
RERUN = 2 * WINDOW  # days after which even a reprint is no longer coverage of the event
FADING = 3.0  # days in which a score falls to 1/e
UNDATED = 0.87  # what is left of a score where a date is not known, so that content alone must say more
LITTLE = 15  # terms: a text with fewer says little
UNDATED_LITTLE = 0.6  # what is left of a score for each such text without a date
# What is left at least where a date is not known, but the days that the texts tell of are not those of one event.
OTHER_DAYS = 0.4
YEAR = 365

SAME_EVENT = 0.28  # the least score of what tells of one event
SAME_EVENT_TRANSLATED = 0.2
REPRINTED = 0.82  # share of the shorter text's shingles
FEWEST_SHINGLES = 4  # that a reprint shares

# How much kinds of feature count: terms, names, numbers, dates, quotations; across languages concepts and countries.
WITHIN_LANGUAGE = {"t": 1.0, "n": 1.0, "#": 0.8, "d": 0.8, "q": 0.8}
ACROSS_LANGUAGES = {"k": 0.55, "n": 1.0, "#": 1.0, "d": 1.0, "c": 0.8}
# Where each of two headlines names who, where or which day the other text does not, these are two events: a score falls
# to 1/e for so much rarity of names. It takes more text than a headline to lack something.
HEADLINES = {"n": 1.0, "d": 3.0}
CONTRADICTED = 8.0
BRIEF, FULL = 10, 40  # terms of a headline alone, and of an article
# Agreement in little is not evidence: to the square of each norm is added what so many features of one article would.
DOUBT_WITHIN = 0.06
DOUBT_ACROSS = 1.0
# Imaginary articles that share nothing, so that scores in a corpus of five and of 100,000 mean the same.
PRIOR = 100
EPOCH_GROWTH = 1.2

CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "kk", "ky", "mk", "sr"})
SHORTEST_CONCEPT = 4
MOST_NAMED = 16  # of a kind, where a link is explained
MOST_FEATURES = 500  # of a strand: the commonest, so that large stories are no slower


class Weights:
    """How much a feature tells in a language: little if it runs through the corpus, much if few articles have it.

    They are reckoned anew each time the corpus has grown by a fifth; ``epoch`` counts how often.
    """

    def __init__(self) -> None:
        self.articles: dict[str, int] = defaultdict(int)
        self.frequency: dict[str, Counter[str]] = defaultdict(Counter)
        self.epoch = 0
        self._rarities: dict[str, dict[int, float]] = defaultdict(dict)  # by language, then by frequency
        self._total = 0
        self._next_epoch = 0.0

    def count(self, language: str, features: Iterable[str]) -> None:
        self._total += 1
        if self._total >= self._next_epoch:
            self._next_epoch = self._total * EPOCH_GROWTH
            self.epoch += 1
            self._rarities.clear()
        self.articles[language] += 1
        self.frequency[language].update(iter(features))

    def weigh_within(self, features: Mapping[str, float], language: str) -> Weighed:
        return self._weigh(features, language, WITHIN_LANGUAGE)

    def weigh_across(self, features: Mapping[str, float], language: str) -> Weighed:
        """A word without known translation counts only if another language has it too."""
        shared = {
            feature: value for feature, value in features.items() if feature[:2] != "k~" or self._is_shared(feature)
        }
        return self._weigh(shared, language, ACROSS_LANGUAGES)

    def rarity(self, feature: str, language: str) -> float:
        return self._rarity(self.frequency[language].get(feature, 1), language)

    def doubt(self, amount: float, language: str) -> float:
        return amount * self._rarity(1, language) ** 2

    def _weigh(self, features: Mapping[str, float], language: str, kinds: Mapping[str, float]) -> Weighed:
        frequency, rarities = self.frequency[language], self._rarities[language]
        values = {}
        for feature, value in features.items():
            kind = kinds.get(feature[0])
            if kind:
                times = frequency.get(feature, 1)
                rarity = rarities.get(times) or self._rarity(times, language)
                values[feature] = value * kind * rarity
        return Weighed(values, sum([value * value for value in values.values()]))

    def _rarity(self, frequency: int, language: str) -> float:
        rarities = self._rarities[language]
        if frequency not in rarities:
            rarities[frequency] = math.log(1 + (self.articles[language] + PRIOR) / (frequency + 0.5))
        return rarities[frequency]

    def _is_shared(self, feature: str) -> bool:
        return sum([feature in known for known in self.frequency.values()]) > 1


def features_of(item: StoryItem) -> dict[str, float]:
    """Each feature under the letter of its kind, with how often it stands in the article (logarithm)."""
    found = item.fingerprint
    features = {_name_feature(name): 1.0 for name in found.names}
    cyrillic = item.language in CYRILLIC_LANGUAGES
    for term, count in found.terms:
        often = 1 + math.log(count) if count > 1 else 1.0
        word, concept, name = _term_features(term, cyrillic)
        features[word] = often
        if concept and name not in features:
            features[concept] = often
    for kind, values in (("#", found.numbers), ("d", found.dates), ("q", found.quotes), ("c", item.countries)):
        for value in values:
            features[sys.intern(kind + value)] = 1.0
    return features


def headline_of(item: StoryItem, features: Mapping[str, float]) -> list[tuple[str, str]]:
    """Names and days of the title, each also as the term that it would be: the first word has a capital in any case."""
    title = item.title
    named = {
        (_name_feature(spell(token.form)), f"t{to_latin(token.stem)}")
        for token in tokenize(title)
        if title[token.start].isupper()
    }
    days = {
        (f"d{figure.value}",) * 2 for figure in find_figures(title) if figure.dated and figure.value.startswith("--")
    }
    return [each for each in named | days if each[0] in features]


@lru_cache(200_000)
def _name_feature(name: str) -> str:
    return sys.intern(f"n{concept_of_name(name)}")


@lru_cache(200_000)
def _term_features(term: str, cyrillic: bool) -> tuple[str, str, str]:
    """A term as it stands, as a concept (none if too short to mean one), and as the name that it could be part of."""
    concept = concept_of_term(term, cyrillic=cyrillic)
    known = sys.intern(f"k{concept}") if len(concept) >= SHORTEST_CONCEPT else ""
    return sys.intern(f"t{term}"), known, f"n{concept}"


def _day_of_year(month: int, day: int) -> int:
    """Within a day or two, and for any day that a text may name, such as the 30th of February."""
    return round((month - 1) * YEAR / 12) + day


class Weighed(NamedTuple):
    """Features with their weights in them, and the sum of their squares."""

    values: Mapping[str, float]
    square: float


class Strand:
    """The articles of one story in one language, and the sum of their features."""

    __slots__ = (
        "_across", "_days", "_packed", "_sums", "_within", "first", "headlines", "language", "last", "members", "story", "terms",
    )  # fmt: skip  # several to a line

    def __init__(self, language: str, story: str) -> None:
        self.language = language
        self.story = story
        self.members: list[str] = []
        self.headlines: dict[tuple[str, str], int] = {}
        self.terms = 0
        self.first: dt.date | None = None
        self.last: dt.date | None = None
        self._sums: dict[str, float] | None = {}
        self._packed = b""
        self._within: tuple[int, Weighed] | None = None
        self._across: tuple[int, Weighed] | None = None
        self._days: frozenset[int] | None = None

    @property
    def sums(self) -> dict[str, float]:
        if self._sums is None:
            self._sums, self._packed = marshal.loads(self._packed), b""  # noqa: S302  (our own)
        return self._sums

    def take(self, item: StoryItem, features: Mapping[str, float]) -> None:
        self.members.append(item.id)
        self.terms += len(item.fingerprint.terms)
        self._sum(features, dict.fromkeys(headline_of(item, features), 1))
        self._span(item.published, item.published)

    def absorb(self, other: Strand) -> None:
        self.members += other.members
        self.terms += other.terms
        self._sum(other.sums, other.headlines)
        self._span(other.first, other.last)

    def _sum(self, features: Mapping[str, float], headlines: Mapping[tuple[str, str], int]) -> None:
        self.cool()
        sums = self.sums
        if sums:
            for feature, value in features.items():
                sums[feature] = sums.get(feature, 0.0) + value
        else:
            sums.update(features)
        if len(sums) > 2 * MOST_FEATURES:
            commonest = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
            self._sums = dict(commonest[:MOST_FEATURES])
        for named, times in headlines.items():
            self.headlines[named] = self.headlines.get(named, 0) + times

    def _span(self, first: dt.date | None, last: dt.date | None) -> None:
        self._days = None
        self.first = min((day for day in (self.first, first) if day), default=None)
        self.last = max((day for day in (self.last, last) if day), default=None)

    def lack(self, other: Strand, weights: Weights) -> float:
        """The rarity of what a headline names and the other strand does not have at all."""
        lacked = [
            times * HEADLINES[name[0]] * weights.rarity(name, self.language)
            for (name, term), times in self.headlines.items()
            if name not in other.sums and term not in other.sums
        ]
        return sum(lacked) / len(self.members)

    @property
    def days(self) -> frozenset[int]:
        """Of the year: those that its articles tell of, and those from which and to which they come.

        Where a year is named, the days may be of old events, and say nothing.
        """
        if self._days is None:
            self._days = self._find_days()
        return self._days

    def _find_days(self) -> frozenset[int]:
        told = [name for name in self.sums if name[0] == "d"]
        if not all(name.startswith("d--") for name in told):
            told = []
        days = frozenset(_day_of_year(int(name[3:5]), int(name[6:8])) for name in told)
        return days | {_day_of_year(day.month, day.day) for day in (self.first, self.last) if day}

    @property
    def fullness(self) -> float:
        """From 0 for headlines alone to 1 for articles."""
        return (min(max(self.terms / len(self.members), BRIEF), FULL) - BRIEF) / (FULL - BRIEF)

    def cool(self) -> None:
        """Forget the weights."""
        self._within = self._across = None

    def pack(self) -> None:
        """Keep the sums in a tenth of the memory, until they are asked for."""
        self.cool()
        if self._sums is not None:
            self._packed, self._sums = marshal.dumps(self._sums), None

    def within(self, weights: Weights) -> Weighed:
        """The mean of its articles, by the weights within its language."""
        if self._within is None or self._within[0] != weights.epoch:
            self._within = weights.epoch, weights.weigh_within(self._mean(), self.language)
        return self._within[1]

    def across(self, weights: Weights) -> Weighed:
        """The mean of its articles, by what other languages can share."""
        if self._across is None or self._across[0] != weights.epoch:
            self._across = weights.epoch, weights.weigh_across(self._mean(), self.language)
        return self._across[1]

    def _mean(self) -> dict[str, float]:
        count = len(self.members)
        return {feature: value / count for feature, value in self.sums.items()} if count > 1 else self.sums


def score_within(one: Strand, other: Strand, weights: Weights, least: float = 0.0) -> float:
    """How surely two strands of one language tell of one event; an article is a strand of its own. A score below ``least``
    may come out too high, but not above it: headlines only take away from it, and are not looked at then."""
    score = _be_near(one, other)
    score = score and score * _agree(
        one.within(weights), other.within(weights), *[weights.doubt(DOUBT_WITHIN, one.language)] * 2
    )
    return score * _agree_in_headlines(one, other, weights) if score >= least else score


def _agree_in_headlines(one: Strand, other: Strand, weights: Weights) -> float:
    """What is left of a score where headlines name what the other text lacks, on both sides: they are two events."""
    lacked = min(one.lack(other, weights), other.lack(one, weights))
    return math.exp(-min(one.fullness, other.fullness) * lacked / CONTRADICTED) if lacked else 1.0


def score_across(one: Strand, other: Strand, weights: Weights) -> float:
    faded = _be_near(one, other)
    doubts = (weights.doubt(DOUBT_ACROSS, strand.language) for strand in (one, other))
    return faded and faded * _agree(one.across(weights), other.across(weights), *doubts)


def _agree(one: Weighed, other: Weighed, doubt: float, other_doubt: float) -> float:
    values = other.values
    product = sum([value * values[feature] for feature, value in one.values.items() if feature in values])
    return product / math.sqrt((one.square + doubt) * (other.square + other_doubt)) if product else 0.0


def score_pair(one: StoryItem, other: StoryItem, weights: Weights) -> float:
    """How surely two articles tell of one event, each as a strand of its own."""
    here, there = Strand(one.language, one.id), Strand(other.language, other.id)
    here.take(one, features_of(one))
    there.take(other, features_of(other))
    if one.language == other.language:
        return score_within(here, there, weights)
    return score_across(here, there, weights)


def _be_near(one: Strand, other: Strand) -> float:
    """What the time between two strands leaves of a score; where a date is not known, that between the days told of."""
    faded = fade(one.first, one.last, other.first, other.last)
    for strand in (one, other):
        if strand.first is None and strand.terms < LITTLE * len(strand.members):
            faded *= UNDATED_LITTLE
    if (one.first and other.first) or not (days := one.days) or not (other_days := other.days):
        return faded
    gap = min(min((day - there) % YEAR, (there - day) % YEAR) for day in days for there in other_days)
    return faded * max(OTHER_DAYS, math.exp(-max(0, gap - WINDOW) / FADING))


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


def is_reprint(one: StoryItem, other: StoryItem) -> bool:
    """Whether most of the shorter text stands in the other.

    Forecasts and reports by a template do too, but about another day with other figures: those are none.
    """
    shared, part = share_shingles(one.fingerprint.minhash, other.fingerprint.minhash)
    fewest = min(FEWEST_SHINGLES, len(one.fingerprint.minhash), len(other.fingerprint.minhash))
    return part >= REPRINTED and shared >= fewest and not _is_template(one.fingerprint, other.fingerprint)


def _is_template(one: Fingerprint, other: Fingerprint) -> bool:
    days, other_days = ({date for date in found.dates if date.startswith("--")} for found in (one, other))
    return bool(days and other_days and days.isdisjoint(other_days)) and set(one.numbers).isdisjoint(other.numbers)


def is_in_time(one: StoryItem, other: StoryItem) -> bool:
    """Whether a reprint can be coverage of the event still."""
    return not (one.published and other.published) or abs((one.published - other.published).days) <= RERUN


def share_marks(one: StoryItem, other: StoryItem) -> int:
    """How many names, numbers, dates and quotations two articles share: quick, and only to choose among articles."""
    return sum(
        len(set(mine) & set(theirs))
        for mine, theirs in (
            ([sound(name) for name in one.fingerprint.names], [sound(name) for name in other.fingerprint.names]),
            (one.fingerprint.numbers, other.fingerprint.numbers),
            (one.fingerprint.dates, other.fingerprint.dates),
            (one.fingerprint.quotes, other.fingerprint.quotes),
        )
    )


def explain(one: StoryItem, other: StoryItem, weights: Weights) -> Because:
    """What both have, the rarest first."""
    shared = sorted(
        features_of(one).keys() & features_of(other).keys(),
        key=lambda feature: (-weights.rarity(feature, one.language), feature),
    )
    spellings = {_name_feature(name): name for name in one.fingerprint.names}

    def of(kind: str) -> tuple[str, ...]:
        found = [spellings.get(feature) or sys.intern(feature[1:]) for feature in shared if feature[0] == kind]
        return tuple(found[:MOST_NAMED])

    concepts = tuple(concept for concept in of("k") if not concept.startswith("~"))
    days = abs((one.published - other.published).days) if one.published and other.published else None
    return Because(
        names=of("n"),
        numbers=of("#"),
        dates=of("d"),
        terms=of("t") if one.language == other.language else concepts,
        countries=of("c"),
        quotes=sum(feature[0] == "q" for feature in shared),
        shingles=round(share_shingles(one.fingerprint.minhash, other.fingerprint.minhash)[1], 3),
        days_apart=days,
    )
