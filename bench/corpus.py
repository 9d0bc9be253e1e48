"""The made-up articles that the measurements share. The same numbers give the same articles, on every machine.

Words are as frequent as in real corpora (Zipf), Russian and English, in several forms, with the small words of each.
Countries, topics, sources and languages are a few everywhere, most of them rare. What an article is about stands in its
text, in inflected forms.
Some tell of one event, as reprints word for word or in words of their own; some have no date.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from newsdesk.search.index import Entry

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
FIRST_DAY, DAYS = dt.date(2018, 1, 1), 8 * 365
COUNTRIES, TOPICS, SOURCES = 220, 100, 300
FOREMOST = ("RU", "AZ", "AM", "TR", "GE", "KZ", "IR", "US", "UA", "FR", "DE", "CN")  # the rest follows by name
MOST_COUNTRIES, MOST_TOPICS = 4, 3  # of an article
STEMS = 40_000  # of a language
CHUNK = 1000  # articles that are made together
DATED, RUSSIAN, REPRINTS = 0.97, 0.6, 0.5  # shares: of all, of all, of the further articles of a story
STORY_SIZES = (0.80, 0.10, 0.04, 0.03, 0.01, 0.01, 0.01)  # shares of stories of one article, two…
SENTENCE, PARAGRAPH, TITLE = 12, 4, 9  # words, sentences, words
SHORTEST = 20  # words

SYLLABLES = {
    "ru": [
        "ка",
        "ра",
        "ба",
        "на",
        "го",
        "мо",
        "ск",
        "ва",
        "пре",
        "зи",
        "де",
        "нт",
        "стр",
        "ил",
        "пе",
        "ры",
        "лю",
        "ти",
        "со",
        "до",
        "ве",
        "ле",
    ],
    "en": [
        "con",
        "ter",
        "per",
        "ment",
        "gas",
        "port",
        "tra",
        "ver",
        "min",
        "an",
        "der",
        "sel",
        "lo",
        "ri",
        "ta",
        "ne",
        "sp",
        "im",
        "co",
        "de",
        "st",
        "ing",
    ],
}
ENDINGS = {"ru": ["", "", "а", "у", "ом", "е", "ы", "ами", "ого"], "en": ["", "", "s", "", "ed", "ing", "er", "", ""]}
# The small words that hold a text together, the most frequent first, and how many of all words they are, about as in news.
SMALL = {
    "ru": "и в не на что с по как из за у о к для от до при но же бы",
    "en": "the of and to in a that is for on with as at by it was be from not are",
}
SMALL_SHARE = {"ru": 0.25, "en": 0.4}
# By the end of a name in the nominative: what takes its place in other cases.
CASES = {"ия": ("ии", "ию", "ией"), "ан": ("ана", "ане", "аном"), "а": ("ы", "е", "у", "ой"), "й": ("я", "ю", "ем")}


class Planted(NamedTuple):
    """A place in the body that speaks of a country or a topic."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """``story`` is the number of its first article, ``of`` how many it has; ``spoken`` has by code and slug where the
    body speaks of it; the first of ``countries`` is what the article is about."""

    id: int
    title: str
    body: str
    day: dt.date | None
    countries: list[str]
    topics: list[str]
    source: str
    language: str
    story: int
    of: int
    reprint_of: int | None
    spoken: Mapping[str, list[Planted]]

    @property
    def entry(self) -> Entry:
        from newsdesk.search.index import Entry

        facets = {
            "country": self.countries,
            "about": self.countries[:1],
            "topic": self.topics,
            "language": [self.language],
            "source": [self.source],
            "story": [str(self.story)] if self.of > 1 else [],
        }
        return Entry(self.id, self.title, self.body, self.day, facets)

    @property
    def raw_text(self) -> str:
        """As a scraper would bring it: between a date line and what a site puts below."""
        if self.language == "ru":
            line = f"Политика, {self.day:%d.%m.%Y}, 16:14\n" if self.day else ""
            return f"{line}{self.title}\n\n{self.body}\n\nЧитайте также\nПоделиться\nПодписаться на рассылку\n"
        line = f"World\n{self.day:%B %d, %Y}\n" if self.day else ""
        return f"{line}{self.title}\n\n{self.body}\n\nRead more\nShare this article\nSubscribe to our newsletter\n"


@cache
def make_words(language: str = "ru", number: int = STEMS) -> list[str]:
    """The most frequent first."""
    made: dict[str, None] = {}
    source = random.Random(1)
    while len(made) < number:
        made["".join(source.choices(SYLLABLES[language], k=source.randint(2, 5)))] = None
    return list(made)


def country_rows() -> list[dict[str, Any]]:
    """As in the fixture, the most frequent first."""
    rows = {row["pk"]: row for row in json.loads((FIXTURES / "countries.json").read_text("utf-8"))}
    rest = [code for code in sorted(rows) if code not in FOREMOST and len(code) == 2]
    return [rows[code] for code in (*FOREMOST, *rest)][:COUNTRIES]


def topic_name(number: int) -> str:
    return f"topic-{number:02}"


def source_name(number: int) -> str:
    return f"source-{number:03}"


@cache
def topic_words(number: int) -> tuple[str, str]:
    """The Russian and the English word that its rule asks for; no article has them for another reason."""
    syllables = make_words("ru", 500)[number + 200], make_words("en", 500)[number + 200]
    return f"щ{syllables[0]}ия", f"quo{syllables[1]}"


def forms_of(name: str) -> list[str]:
    """The nominative, and other cases where the name ends in a way that is known here."""
    for ending, others in CASES.items():
        if name.endswith(ending):
            return [name, *(name.removesuffix(ending) + other for other in others)]
    return [name]


class _Drawn:
    """Ranks of which the first are frequent: the n-th has the weight 1 / (n + shift) ** power."""

    def __init__(self, number: int, shift: float = 2.0, power: float = 1.0) -> None:
        self._ends = np.cumsum((np.arange(number) + shift) ** -power)

    def draw(self, rng: np.random.Generator, size: int) -> NDArray[np.intp]:
        drawn: NDArray[np.intp] = np.searchsorted(self._ends, rng.random(size) * self._ends[-1])
        return drawn


class _Maker:
    def __init__(self, words: int) -> None:
        self.words = words
        self.rng = np.random.default_rng()
        self.stems = {language: np.array(make_words(language), dtype=object) for language in SYLLABLES}
        self.endings = {language: np.array(ENDINGS[language], dtype=object) for language in SYLLABLES}
        self.small = {language: np.array(small.split(), dtype=object) for language, small in SMALL.items()}
        self.stem, self.ending, self.small_word = _Drawn(STEMS, 3.0, 1.1), _Drawn(9, 1.0, 1.5), _Drawn(20, 1.0)
        self.country, self.topic, self.source = _Drawn(COUNTRIES), _Drawn(TOPICS), _Drawn(SOURCES)
        rows = country_rows()
        self.codes = [row["pk"] for row in rows]
        self.names = {
            language: {row["pk"]: forms_of(row["fields"][f"name_{language}"]) for row in rows} for language in SYLLABLES
        }

    def stories(self, first: int, last: int) -> Iterator[Made]:
        """An article alone, or several about one event, one after another."""
        self.rng = np.random.default_rng(first)
        number, sizes = first, np.cumsum(STORY_SIZES)
        while number <= last:
            size = min(int(np.searchsorted(sizes, self.rng.random() * sizes[-1])) + 1, last - number + 1)
            day = int(self.rng.integers(DAYS - 3))
            countries = self._some(self.country, MOST_COUNTRIES, lambda at: self.codes[at])
            topics = self._some(self.topic, MOST_TOPICS, topic_name, least=0)
            opening = self.make(number, day, countries, topics, story=number, of=size)
            yield opening
            for at in range(number + 1, number + size):
                reprinted = opening if self.rng.random() < REPRINTS else None
                yield self.make(at, day, countries, topics, story=number, of=size, reprint_of=reprinted)
            number += size

    def make(
        self,
        number: int,
        day: int,
        countries: list[str],
        topics: list[str],
        *,
        story: int,
        of: int,
        reprint_of: Made | None = None,
    ) -> Made:
        when = FIRST_DAY + dt.timedelta(days=day + int(self.rng.integers(3)))
        language = reprint_of.language if reprint_of else "ru" if self.rng.random() < RUSSIAN else "en"
        if reprint_of:
            title, body, spoken = reprint_of.title, f"{reprint_of.body} #{number}", reprint_of.spoken
        else:
            title, body, spoken = self._write(language, countries, topics)
        return Made(
            id=number,
            title=title,
            body=body,
            day=when if self.rng.random() < DATED else None,
            countries=countries,
            topics=topics,
            source=source_name(int(self.source.draw(self.rng, 1)[0])),
            language=language,
            story=story,
            of=of,
            reprint_of=reprint_of.id if reprint_of else None,
            spoken=spoken,
        )

    def _draw_words(self, language: str, number: int) -> list[str]:
        stems = self.stems[language][self.stem.draw(self.rng, number)]
        words = stems + self.endings[language][self.ending.draw(self.rng, number)]
        small = self.small[language][self.small_word.draw(self.rng, number)]
        drawn: list[str] = np.where(self.rng.random(number) < SMALL_SHARE[language], small, words).tolist()
        return drawn

    def _some(self, drawn: _Drawn, most: int, name: Any, least: int = 1) -> list[str]:
        size = int(self.rng.integers(least, most + 1))
        return list(dict.fromkeys(name(int(at)) for at in drawn.draw(self.rng, size)))

    def _write(
        self, language: str, countries: Iterable[str], topics: Iterable[str]
    ) -> tuple[str, str, dict[str, list[Planted]]]:
        """Title, body, and where in the body each country and topic stands: the country that it is about three times."""
        if not self.words:
            return "", "", {}
        length = max(SHORTEST, int(self.rng.lognormal(np.log(self.words), 0.5)))
        words = self._draw_words(language, length + TITLE)
        title, words = " ".join(words[:TITLE]).capitalize(), words[TITLE:]
        words[0], words[-1] = words[0].capitalize(), f"{words[-1]}."
        for at in range(SENTENCE, length, SENTENCE):
            words[at] = words[at].capitalize()
            words[at - 1] += "." if at % (SENTENCE * PARAGRAPH) else ".\n"
        planted: dict[int, tuple[str, str]] = {}
        for at, code in enumerate(countries):
            for form in self.names[language][code][: 3 if at == 0 else 1]:
                planted[int(self.rng.integers(length))] = code, form
        for slug in topics:
            word = topic_words(int(slug.rpartition("-")[2]))[language == "en"]
            forms = forms_of(word)
            planted[int(self.rng.integers(length))] = slug, forms[int(self.rng.integers(len(forms)))]
        spoken: dict[str, list[Planted]] = {}
        pieces, end = [], 0
        for at, word in enumerate(words):
            piece = word
            if at in planted:
                key, form = planted[at]
                spoken.setdefault(key, []).append(Planted(end, end + len(form), form))
                piece = f"{form} {word}"
            pieces.append(piece)
            end += len(piece) + 1
        return title, " ".join(pieces), spoken


def make_articles(articles: int, words: int) -> Iterator[Made]:
    """``words`` is the mean length of a body; 0 for articles without a text."""
    for chunk in chunks(articles):
        yield from make_chunk(chunk, words)


def chunks(articles: int) -> list[range]:
    """The ids of `make_chunk`, which can be made apart from each other."""
    return [range(first, min(first + CHUNK, articles + 1)) for first in range(1, articles + 1, CHUNK)]


def make_chunk(ids: range, words: int) -> Iterator[Made]:
    return _maker(words).stories(ids[0], ids[-1])


@cache
def _maker(words: int) -> _Maker:
    return _Maker(words)


def make_entries(articles: int, words: int) -> Iterator[Entry]:
    return (made.entry for made in make_articles(articles, words))
