"""What each version of a story has that the others lack: names, numbers, quotations, as they stand in its text.

Numbers are compared by their value; names, in the languages of `language.lexicon`, by what they mean or how they sound
(Алиев and Aliyev are one); quotations within one language, since a translation shares no words with them. Where it is
doubtful whether the others have it too, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from newsdesk.language.lexicon import concept_of_name, concept_of_term
from newsdesk.language.names import spell, to_latin
from newsdesk.language.normalise import fold
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import analyse
from newsdesk.pipeline.dates.words import MONTHS, RELATIVE_DAYS, WEEKDAYS
from newsdesk.pipeline.stages.fingerprint import QUOTED, SCALE, SENTENCE_ENDS, find_figures

NAMED_ALIKE = frozenset({"en", "ru"})  # where names of countries and cities are known to mean the same
WRITTEN_AS_WORDS = 10  # numbers below are as often written in words, so that one without them says nothing
RUN = 4  # words of a quotation that stand in another text together
SHARED = 0.5  # of its runs, from which on the quotation stands there too

TITLES = frozenset({"president", "prime", "vice", "mrs", "sir", "lord", "lady", "king", "queen", "pope"})  # of persons
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # letters of a name, and of what two names sound alike in
UNMISTAKABLE = 5  # sounds from which on a word without a capital is that word, and no other: президент, President
JOINTS = frozenset({" ", "-", "\u00a0"})  # between the words of one name
HALF_BEFORE, HALF_AFTER = re.compile(r"[^\W\d_]-$"), re.compile(r"-[^\W\d_]")
CURRENCY = re.compile(r"(?:US|CA|AU)?[$€£¥₽₼₾֏₸]\s?$")
UNIT = re.compile(r"[ \u00a0\u202f]?%|[ \u00a0\u202f-][^\W\d_]+")
LONGEST_CURRENCY = 4


@dataclass(frozen=True, slots=True)
class Version:
    """``source``: what its outlet is called, whose own name is no news."""

    id: str
    language: str
    title: str
    body: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What one version has alone: names and numbers the most frequent first, quotations in the order of the text."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.numbers or self.quotes)


Run = tuple[str, ...]
Span = tuple[int, int]


class Quote(NamedTuple):
    """``runs`` are its words, so many at a time; ``start`` and ``end`` are in the body, without the marks."""

    words: str
    start: int
    end: int
    runs: tuple[Run, ...]


class _Place(NamedTuple):
    key: str
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """One version as it is compared. ``heard`` are the names of title and body, ``small`` its words without a capital,
    ``meant`` what those mean or sound like ("азербайджанский"); ``sure`` are names that do not only open sentences."""

    version: Version
    text: str
    places: list[_Place] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)

    @property
    def body_start(self) -> int:
        """Where the body begins in ``text``; 0 where the title is all there is."""
        return len(self.version.title) + 1 if self.version.body else 0

    def show_name(self, spelling: str) -> str:
        """A name of a fingerprint as it stands in the text, in its shortest form; empty where it does not."""
        key = concept_of_name(spelling)
        forms = [self.text[place.start : place.end] for place in self.places if place.key == key]
        return min(forms, key=len, default="")

    def show_number(self, value: str) -> str:
        return _measure(self.text, *self.numbers[value]) if value in self.numbers else ""


def read(version: Version) -> Reading:
    reading = Reading(version, f"{version.title}\n{version.body}")
    text, body = reading.text, reading.body_start
    end = 0
    for match in WORD.finditer(text):
        word, start = match[0], match.start()
        if len(word) >= SHORTEST:
            if word[0].isupper():
                key = name_key(word)
                if key:
                    reading.heard.add(key)
                    reading.places.append(_Place(key, start, match.end()))
                    opens = not end or not SENTENCE_ENDS.isdisjoint(text[end:start])
                    if start >= body and (not opens or text[match.end() + 1 : match.end() + 2].isupper()):
                        reading.sure.add(key)
            else:
                reading.small.add(word)
        end = match.end()
    reading.meant = set(map(_meaning, reading.small)) - {""}
    for figure in find_figures(text):
        if not figure.dated:
            reading.numbers.setdefault(figure.value, (figure.start, figure.end))
    for match in QUOTED.finditer(version.body):
        start, end = match.span(match.lastindex or 0)
        words = " ".join(version.body[start:end].split())
        runs = tuple(_runs(words))
        if runs:
            reading.quotes.append(Quote(words, start, end, runs))
    return reading


def compare(readings: Sequence[Reading], shown: Iterable[str] | None = None) -> dict[str, Own]:
    """By the id of each version, or of those ``shown`` only."""
    wanted = {reading.version.id for reading in readings} if shown is None else set(shown)
    if len(readings) < 2:
        return {pk: Own() for pk in wanted}
    asked = [reading for reading in readings if reading.version.id in wanted]
    told = _Told(readings, asked)
    return {
        reading.version.id: Own(
            names=_own_names(reading, told.own_names(reading)),
            numbers=_own_numbers(reading, told.own_numbers(reading)),
            quotes=tuple(dict.fromkeys(quote.words for quote in told.own_quotes(reading))),
        )
        for reading in asked
    }


def find_own(readings: Sequence[Reading]) -> list[list[Span]]:
    """For each of ``readings`` where its body has what the others lack, each time that it stands there."""
    told = _Told(readings, readings)
    return [sorted(_own_spans(reading, told)) for reading in readings]


def _own_spans(reading: Reading, told: _Told) -> Iterator[Span]:
    body = reading.body_start
    numbers = told.own_numbers(reading)
    for _, start, end in _phrases(reading, told.own_names(reading)):
        yield start - body, end - body
    for figure in find_figures(reading.version.body):
        if not figure.dated and figure.value in numbers:
            yield figure.start, figure.end
    for quote in told.own_quotes(reading):
        yield quote.start, quote.end


class _Told:
    """What each of the readings tells, counted; ``asked`` are those whose quotations are looked for in the others."""

    def __init__(self, readings: Sequence[Reading], asked: Sequence[Reading]) -> None:
        self.heard = Counter(key for reading in readings for key in reading.heard | reading.meant)
        self.begun = Counter(
            part for reading in readings for part in {part for key in reading.heard for part in _parts(key)}
        )
        self.numbers = Counter(value for reading in readings for value in reading.numbers)
        self.small = set(map(fold, set().union(*(reading.small for reading in readings))))
        self.runs = _count_runs(readings, {run for reading in asked for quote in reading.quotes for run in quote.runs})

    def own_names(self, reading: Reading) -> set[str]:
        """A name that goes on as one of the others does, or the other way round, may be the same: Каспий, Caspian."""
        if reading.version.language not in NAMED_ALIKE:
            return set()
        outlet = {name_key(word) for word in WORD.findall(reading.version.source)}
        forms: dict[str, set[str]] = defaultdict(set)
        for place in reading.places:
            forms[place.key].add(fold(reading.text[place.start : place.end]))
        return {
            key
            for key in reading.sure - outlet
            if self.heard[key] == 1
            and self.begun[key] <= 1
            and all(self.heard[part] == (part in reading.heard) for part in _parts(key))
            and self.small.isdisjoint(forms[key])
            and not any(map(_is_common, forms[key]))
        }

    def own_numbers(self, reading: Reading) -> list[str]:
        return [
            value
            for value in reading.numbers
            if self.numbers[value] == 1 and not (value.isdecimal() and int(value) < WRITTEN_AS_WORDS)
        ]

    def own_quotes(self, reading: Reading) -> list[Quote]:
        runs = self.runs[reading.version.language]
        return [
            quote for quote in reading.quotes if sum(runs[run] > 1 for run in quote.runs) < SHARED * len(quote.runs)
        ]


def _own_names(reading: Reading, own: set[str]) -> tuple[str, ...]:
    often = Counter(place.key for place in reading.places)
    named: list[tuple[int, str]] = []
    covered: set[str] = set()
    phrases = ((keys, reading.text[start:end]) for keys, start, end in _phrases(reading, own))
    for keys, text in sorted(phrases, key=lambda phrase: (-len(phrase[0]), len(phrase[1]))):
        if not covered.issuperset(keys):
            covered.update(keys)
            named.append((-max(often[key] for key in keys), text))
    return tuple(text for _, text in sorted(named, key=lambda pair: (pair[0], reading.text.find(pair[1]))))


def _parts(key: str) -> list[str]:
    """What a name that is known by its sound begins with."""
    return [key[:end] for end in range(1 + SHORTEST, len(key) + 1)] if key.startswith("~") else []


def _phrases(reading: Reading, own: set[str]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Names that stand side by side are one: Farid Mammadov. The half of one with a hyphen is none: Nagorno-Karabakh."""
    phrase: list[_Place] = []
    title = len(reading.version.title) if reading.version.body else 0
    for place in [*(place for place in reading.places if place.key in own and place.start >= title), None]:
        if phrase and (place is None or reading.text[phrase[-1].end : place.start] not in JOINTS):
            start, end = phrase[0].start, phrase[-1].end
            if not HALF_BEFORE.search(reading.text[max(0, start - 2) : start]) and not HALF_AFTER.match(
                reading.text, end
            ):
                yield tuple(one.key for one in phrase), start, end
            phrase = []
        if place:
            phrase.append(place)


def _own_numbers(reading: Reading, own: Iterable[str]) -> tuple[str, ...]:
    return tuple(_measure(reading.text, *reading.numbers[value]) for value in own)


def _measure(text: str, start: int, end: int) -> str:
    """A figure with what it counts: $1.2 billion, 340 people, 63%."""
    before = CURRENCY.search(text[max(0, start - LONGEST_CURRENCY) : start])
    unit = UNIT.match(text, end)
    if unit and SCALE.match(unit[0][1:].lower()):
        unit = UNIT.match(text, unit.end()) or unit
    if unit:
        word = unit[0][1:]
        end = unit.start() if word[:1].isupper() or fold(word) in STOP_WORDS else unit.end()
    return text[start - (len(before[0]) if before else 0) : end]


def _count_runs(readings: Iterable[Reading], wanted: set[Run]) -> dict[str, Counter[Run]]:
    """In how many versions of each language a run of words stands, quoted or not."""
    counted: dict[str, Counter[Run]] = defaultdict(Counter)
    if wanted:
        for reading in readings:
            counted[reading.version.language].update(wanted.intersection(_runs(reading.version.body)))
    return counted


def _runs(text: str) -> Iterator[Run]:
    words = WORD.findall(text.lower())
    return zip(*(words[at:] for at in range(RUN)), strict=False)


@lru_cache(100_000)
def name_key(word: str) -> str:
    """Empty for a word that is no name although it has a capital."""
    form = fold(word)
    if any(form in words for words in (STOP_WORDS, MONTHS, WEEKDAYS, RELATIVE_DAYS)):
        return ""
    key = concept_of_name(spell(form))
    if key.startswith("~") and form.isascii() and form.endswith("s"):
        one = concept_of_name(form[:-1])  # Armenians
        return key if one.startswith("~") else one
    return key


@lru_cache(100_000)
def _meaning(word: str) -> str:
    """The name that a word without a capital means; empty where it sounds too much like others."""
    key = concept_of_name(spell(fold(word)))
    return key if not key.startswith("~") or len(key) > UNMISTAKABLE else ""


@lru_cache(100_000)
def _is_common(form: str) -> bool:
    """A word of the news that a title or a headline gives a capital to: President, Министерство."""
    return form in TITLES or not concept_of_term(to_latin(analyse(form)[1]), cyrillic=not form.isascii()).startswith(
        "~"
    )
