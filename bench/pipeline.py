"""How fast the pipeline is, stage by stage, and whether its time grows as the text does: python -m bench.pipeline

Made-up articles, half Russian and half English, of 2,000 characters each. First a table by stage on one core (best of
--runs): milliseconds an article, articles a second, share. Then for texts of 2 kB to 10 MB, of several shapes: seconds, and
the time a character as a multiple of what it is at 20 kB: 1 where time grows as the text does.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.repair import repair
from newsdesk.pipeline.stages import Stage, make_stages
from newsdesk.pipeline.vocabulary import Topic, Vocabulary

FIXTURES = Path(__file__).parents[1] / "fixtures"
CHARACTERS, WORDS = 2000, 250
TOPICS = 100
LENGTHS = (2_000, 20_000, 200_000, 2_000_000, 10_000_000)
BASE = 20_000  # the length that growth is measured against: below it, what is done once a text weighs
GROUPS = {
    "clean, title and date": ("clean", "title", "date"),
    "enrich": ("language", "countries", "topics", "fingerprint"),
}

WORDS_OF = {
    "ru": [
        "министр",
        "глава",
        "ведомства",
        "сообщил",
        "журналистам",
        "что",
        "переговоры",
        "о",
        "поставках",
        "зерна",
        "через",
        "порт",
        "продолжатся",
        "на",
        "будущей",
        "неделе",
        "жители",
        "посёлка",
        "рассказали",
        "корреспонденту",
        "дорога",
        "вдоль",
        "берега",
        "закрыта",
        "после",
        "оползня",
        "и",
        "автобусы",
        "идут",
        "в",
        "объезд",
        "через",
        "перевал",
        "строители",
        "обещают",
        "закончить",
        "ремонт",
        "моста",
        "до",
        "осени",
        "в",
        "Баку",
        "Москве",
        "Тбилиси",
        "Астане",
        "встретились",
        "послы",
        "России",
        "Азербайджана",
        "Армении",
        "Казахстана",
        "договор",
        "подписан",
        "22",
        "февраля",
        "2022",
        "года",
        "в",
        "2021",
        "году",
        "торговля",
        "выросла",
        "на",
        "3,5",
        "процента",
    ],
    "en": [
        "the",
        "minister",
        "told",
        "reporters",
        "that",
        "talks",
        "on",
        "grain",
        "shipments",
        "through",
        "the",
        "port",
        "would",
        "go",
        "on",
        "next",
        "week",
        "residents",
        "of",
        "the",
        "village",
        "said",
        "the",
        "road",
        "along",
        "the",
        "coast",
        "had",
        "been",
        "closed",
        "by",
        "a",
        "landslide",
        "and",
        "buses",
        "were",
        "sent",
        "over",
        "the",
        "pass",
        "builders",
        "hope",
        "to",
        "finish",
        "the",
        "bridge",
        "by",
        "autumn",
        "ambassadors",
        "of",
        "Russia",
        "Azerbaijan",
        "Armenia",
        "and",
        "Kazakhstan",
        "met",
        "in",
        "Baku",
        "Moscow",
        "Tbilisi",
        "the",
        "treaty",
        "was",
        "signed",
        "on",
        "22",
        "February",
        "2022",
        "trade",
        "grew",
        "by",
        "3.5",
        "percent",
        "in",
        "2021",
    ],
}
NAMES = [
    first + second
    for first in ("Кар", "Бер", "Тол", "Сув", "Мард", "Зел", "Гум", "Рин", "Дав", "Лер")
    for second in ("астан", "ибург", "омир", "евск", "уполь", "янов", "окум", "ибад", "елик", "авар")
]
HEADS = {
    "ru": "Политика, 24 февраля 2022, 16:14\nПереговоры о поставках зерна продолжатся\n\n",
    "en": "World\nFebruary 24, 2022, 16:14\nTalks on grain shipments to go on\n\n",
}
TAILS = {
    "ru": "\n\nЧитайте также\nДорогу вдоль берега откроют к осени\nПоделиться",
    "en": "\n\nRead also\nCoast road to reopen by autumn\nShare",
}


def write_prose(chance: random.Random, language: str, characters: int) -> str:
    """Paragraphs of three sentences each."""
    paragraphs, length = [], 0
    while length < characters:
        sentences = [" ".join(chance.choices(WORDS_OF[language], k=chance.randrange(8, 18))) for _ in range(3)]
        paragraphs.append(" ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:characters]


def write_article(chance: random.Random, language: str, characters: int) -> str:
    names = f"{chance.choice(NAMES)}, {chance.choice(NAMES)}. "
    return HEADS[language] + names + write_prose(chance, language, characters - 170) + TAILS[language]


def make_shapes(chance: random.Random) -> dict[str, Callable[[int], str]]:
    prose = write_prose(chance, "ru", 100_000)

    def fill(text: str, characters: int) -> str:
        return (text * (characters // len(text) + 1))[:characters]

    return {
        "paragraphs": lambda length: fill(prose + "\n\n", length),
        "one endless line": lambda length: fill(prose.replace("\n", " ") + " ", length),
        "short lines": lambda length: fill("Новости дня\nСпорт и культура\n", length),
        "one-letter lines": lambda length: fill("а\nб\n", length),
        "dated lines": lambda length: fill("22 февраля 2022, 16:14\nМост через реку открыли для всех\n", length),
        "numbers": lambda length: fill("12 345,6 78.90 ", length),
        "one giant word": lambda length: "я" * length,
        "broken letters": lambda length: fill(prose.encode().decode("cp1251", "replace"), length),
    }


def time_best(runs: int, work: Callable[[], object]) -> float:
    """Seconds of processor time of the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def time_stages(stages: list[tuple[str, Stage]], texts: list[str]) -> dict[str, float]:
    """Seconds by stage, one article after the other, as in the pipeline: what a stage reads, the next one remembers."""
    seconds = dict.fromkeys(("repair", *(name for name, _ in stages)), 0.0)
    for text in texts:
        begun = time.perf_counter()
        document = Document(RawDocument(repair(text).text))
        seconds["repair"] += time.perf_counter() - begun
        for name, stage in stages:
            begun = time.perf_counter()
            document = stage(document)
            seconds[name] += time.perf_counter() - begun
    return seconds


def print_stages(stages: list[tuple[str, Stage]], articles: int, runs: int) -> None:
    chance = random.Random(1)
    texts = [write_article(chance, ("ru", "en")[number % 2], CHARACTERS) for number in range(articles)]
    all_runs = [time_stages(stages, texts) for _ in range(runs)]
    seconds = {name: min(of_run[name] for of_run in all_runs) for name in all_runs[0]}
    total = sum(seconds.values())
    groups = {name: sum(seconds[stage] for stage in of_group) for name, of_group in GROUPS.items()}
    print(f"{articles} articles of {CHARACTERS} characters, {TOPICS} topics; one core, best of {runs}")
    print(f"{'':26}{'ms an article':>14}{'articles/s':>12}{'share':>8}")
    for name, needed in (seconds | groups | {"the whole": total}).items():
        print(f"{name:26}{1000 * needed / articles:14.3f}{articles / needed:12.0f}{needed / total:8.1%}")


def print_growth(stages: list[tuple[str, Stage]], lengths: Iterable[int], only: str) -> None:
    lengths = sorted({*lengths, BASE})
    parts = {
        "repair": repair,
        **{
            name: _chain([stage for stage_name, stage in stages if stage_name in of_group])
            for name, of_group in GROUPS.items()
        },
    }
    for name, make in make_shapes(random.Random(2)).items():
        if only and only not in name:
            continue
        print(f"\n{name:26}" + "".join(f"{_length(length):>16}" for length in lengths))
        for part, work in parts.items():
            times = {length: time_best(3 if length <= BASE else 1, _call(work, make(length))) for length in lengths}
            rate = times[BASE] / BASE
            cells = (f"{times[length]:8.3f} s {times[length] / length / rate:5.1f}" for length in lengths)
            print(f"  {part:24}" + "".join(cells))


def _chain(stages: list[Stage]) -> Callable[[str], object]:
    def work(text: str) -> object:
        document = Document(RawDocument(text))
        for stage in stages:
            document = stage(document)
        return document

    return work


def _call(work: Callable[[str], object], text: str) -> Callable[[], object]:
    return lambda: work(text)


def _length(length: int) -> str:
    return f"{length // 1_000_000} MB" if length >= 1_000_000 else f"{length // 1000} kB"


def make_vocabulary() -> Vocabulary:
    """That of the demonstration, its topics filled up to a hundred with pairs of made-up names."""
    vocabulary = Vocabulary.from_fixtures(FIXTURES)
    more = (
        Topic(f"made-up-{at}", "", "", f'{name} OR "{NAMES[at - 1]} порт" OR (мост {NAMES[at - 2]})')
        for at, name in enumerate(NAMES)
    )
    topics = tuple(islice((*vocabulary.topics, *more), TOPICS))
    return Vocabulary(vocabulary.countries, topics, vocabulary.sources)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--longest", type=int, default=LENGTHS[-1], help="characters of the longest text (0: no growth)"
    )
    parser.add_argument("--shape", default="", help="only shapes with this in their name")
    options = parser.parse_args()
    stages = make_stages(make_vocabulary())
    if not options.shape:
        print_stages(stages, options.articles, options.runs)
    lengths = [length for length in LENGTHS if length <= options.longest]
    if lengths:
        print_growth(stages, lengths, options.shape)


if __name__ == "__main__":
    main()
