"""How well countries are found: python -m bench.evaluate_countries BENCH [--clean] [--errors SET]

Prints micro- and macro-F1 over the labelled sets under BENCH/country, beside the best peer's on the other half. Micro
counts every (article, country) pair alike; macro is the mean over countries with at least five articles. A code that
the labels call optional (a disputed region, a state that is no more) counts neither way. `mentioned` compares with
states and territories of today, `about` (Reuters, 1987) with those of then too. Without --clean the stage alone is measured, on a headline and a text that are known to be the article;
with it, the text goes through the cleaner first, headline and all, as it does in the product.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsdesk.pipeline.document import Document, RawDocument, TitleClaim
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.countries import FindCountries
from newsdesk.pipeline.stages.title import find_title
from newsdesk.pipeline.vocabulary import Vocabulary

FIXTURES = Path(__file__).parent.parent / "fixtures"
LEAST_FOR_MACRO = 5


class Set(NamedTuple):
    name: str
    field: str
    peer_micro: float
    peer_macro: float | None
    target_micro: float
    target_macro: float | None


SETS = (
    Set("nerel_ru", "mentioned", 0.932, None, 0.96, None),
    Set("geowebnews_en", "mentioned", 0.867, None, 0.90, None),
    Set("trnews_en", "mentioned", 0.798, None, 0.85, None),
    Set("reuters_about_en", "about", 0.762, 0.792, 0.80, 0.82),
)


class Score(NamedTuple):
    precision: float
    recall: float
    micro: float
    macro: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, help="the folder of labelled data")
    parser.add_argument("--clean", action="store_true", help="find headline and body first")
    parser.add_argument("--errors", metavar="SET", help="also print what one set got wrong, by country")
    options = parser.parse_args()
    vocabulary = Vocabulary.from_fixtures(FIXTURES)
    kinds = {country.code: country.kind for country in vocabulary.countries}
    find, clean = FindCountries(vocabulary.countries), Clean({})
    print(f"{'set':<18}{'n':>6}{'P':>8}{'R':>8}{'micro':>8}{'peer':>8}{'target':>8}", end="")
    print(f"{'macro':>8}{'peer':>8}{'target':>8}{'a second':>10}")
    for chosen in SETS:
        records = [json.loads(line) for line in (options.bench / "country" / f"{chosen.name}.jsonl").open()]
        started = time.perf_counter()
        documents = [document_of(record) for record in records]
        if options.clean:
            documents = [find_title(clean(as_scraped(document))) for document in documents]
        documents = [find(document) for document in documents]
        speed = len(records) / (time.perf_counter() - started)
        predicted = [codes_of(document, chosen.field, kinds) for document in documents]
        score = measure(records, predicted, chosen.field)
        print(
            f"{chosen.name:<18}{len(records):>6}{score.precision:>8.3f}{score.recall:>8.3f}{score.micro:>8.3f}"
            f"{chosen.peer_micro:>8.3f}{chosen.target_micro:>8.2f}{score.macro:>8.3f}"
            f"{chosen.peer_macro or '-':>8}{chosen.target_macro or '-':>8}{speed:>10.0f}"
        )
        if options.errors == chosen.name:
            print_errors(records, documents, predicted, chosen.field)


def document_of(record: Mapping[str, Any]) -> Document:
    """The record as the stage meets it: headline apart, dateline at the head of the body."""
    title, text = record.get("title", ""), record["text"]
    if not title:
        title, _, text = text.partition("\n")
    body = f"{record['dateline']} {text}" if record.get("dateline") else text
    return Document(RawDocument(body), title=TitleClaim(title, "header"))


def as_scraped(document: Document) -> Document:
    """The headline above the text, and nothing known of either."""
    return Document(RawDocument(f"{document.title.value}\n\n{document.raw.text}"))


def codes_of(document: Document, field: str, kinds: Mapping[str, str]) -> set[str]:
    """The codes that the labels know: of ISO 3166-1 and Kosovo's, and for 1987 those of former states."""
    claims = [claim for claim in document.countries if field != "about" or claim.role == "about"]
    return {
        claim.code for claim in claims if len(claim.code) == 2 and (field == "about" or kinds[claim.code] != "former")
    }


def measure(records: Iterable[Mapping[str, Any]], predicted: Iterable[set[str]], field: str) -> Score:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for record, found in zip(records, predicted, strict=True):
        gold = set(record[field])
        optional = set(record.get("optional", ())) - gold
        right.update(found & gold)
        wrong.update(found - gold - optional)
        missed.update(gold - found)
    total, off, lost = right.total(), wrong.total(), missed.total()
    by_country = [
        2 * right[code] / (2 * right[code] + wrong[code] + missed[code])
        for code in {*right, *missed}
        if right[code] + missed[code] >= LEAST_FOR_MACRO
    ]
    return Score(
        total / max(1, total + off),
        total / max(1, total + lost),
        2 * total / max(1, 2 * total + off + lost),
        sum(by_country) / max(1, len(by_country)),
    )


def print_errors(
    records: Iterable[Mapping[str, Any]],
    documents: Iterable[Document],
    predicted: Iterable[set[str]],
    field: str,
) -> None:
    """By country: how often missed and wrong, and the words that misled."""
    missed: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for record, document, found in zip(records, documents, predicted, strict=True):
        gold, optional = set(record[field]), set(record.get("optional", ()))
        missed.update(gold - found)
        for claim in document.countries:
            if claim.code in found - gold - optional:
                wrong[claim.code].update({evidence.text for evidence in claim.evidence})
    print("missed:", dict(missed.most_common()))
    for code, words in sorted(wrong.items(), key=lambda item: -item[1].total()):
        print(f"wrong: {code:<5}", ", ".join(f"{word} {count}" for word, count in words.most_common(12)))


if __name__ == "__main__":
    main()
