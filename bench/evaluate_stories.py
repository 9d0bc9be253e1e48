"""How well stories are told apart, and how fast: python -m bench.evaluate_stories BENCH [--speed ARTICLES]

Prints what issue trackers can quote: F1 of pairs, B-cubed of titles, rank 1 of translations, pairs of near duplicates,
each beside the best peer's figure on the other half and the target. Thresholds are those that ship; the column
"cross-validated" chooses them on four fifths of pairs or clusters and measures on the fifth left out.

With --speed it also adds so many made-up articles to a StoryIndex and prints how many it takes in a second (of CPU
time), tenth by tenth, and how much memory they need.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import random
import resource
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsdesk.pipeline.document import Fingerprint
from newsdesk.pipeline.stages.fingerprint import fingerprint_of
from newsdesk.pipeline.stories import StoryIndex, StoryItem, group, index, scoring

FOLDS = 5
SETTLED_AT = 300  # articles
PAIR_THRESHOLDS = [step / 100 for step in range(16, 50)]
TITLE_THRESHOLDS = [step / 100 for step in range(18, 36, 2)]
REPRINT_VARIANTS = ("orig", "v1", "v2", "v3", "v4", "v5")
ROW = "{:<28}{:>9}{:>17}{:>9}{:>9}  {}"


def load_scorer(bench: Path) -> Callable[..., dict[str, float]]:
    spec = importlib.util.spec_from_file_location("score_cluster", bench / "score" / "score_cluster.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., dict[str, float]] = module.score
    return score


def read(bench: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bench / "story" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def fold_of(key: str) -> int:
    return zlib.crc32(key.encode()) % FOLDS


def f1(scores: Mapping[str, float], labels: Mapping[str, int], threshold: float) -> float:
    said = [key for key in labels if scores[key] >= threshold]
    right = sum(labels[key] for key in said)
    return 2 * right / max(1, len(said) + sum(labels.values()))


def measure_pairs(bench: Path) -> tuple[float, float]:
    records = read(bench, "pairs")
    pairs = {}
    weights = scoring.Weights()
    for record in records:
        pairs[record["id"]] = both = [
            StoryItem(
                f"{record['id']}{side}",
                fingerprint_of(record[side]["title"], record[side]["text"]),
                record["lang"],
                None,
                record[side]["title"],
            )
            for side in "ab"
        ]
        for item in both:
            weights.count(item.language, scoring.features_of(item))
    labels = {record["id"]: int(record["label"]) for record in records}
    scores = {}
    for key, (one, other) in pairs.items():
        scores[key] = 1.0 if scoring.is_reprint(one, other) else scoring.score_pair(one, other, weights)
    shipped = f1(scores, labels, scoring.SAME_EVENT)
    left_out = {}
    for fold in range(FOLDS):
        seen = {key: label for key, label in labels.items() if fold_of(key) != fold}
        best = max(PAIR_THRESHOLDS, key=lambda threshold: f1(scores, seen, threshold))
        left_out.update({key: scores[key] - best for key in labels if key not in seen})
    return shipped, f1(left_out, labels, 0.0)


def measure_titles(bench: Path, score: Callable[..., dict[str, float]]) -> tuple[dict[str, float], float]:
    records = read(bench, "titles")
    items = _titles(records)
    gold = {record["id"]: record["cluster"] for record in records}
    languages = {record["id"]: record["lang"] for record in records}
    shipped = score(gold, group(items).story_of, languages)
    grouped = {}
    for threshold in TITLE_THRESHOLDS:
        with patch.object(index, "SAME_EVENT", threshold):
            grouped[threshold] = group(items).story_of
    shares = {threshold: b_cubed(gold, stories) for threshold, stories in grouped.items()}
    left_out = []
    for fold in range(FOLDS):
        seen = [key for key, cluster in gold.items() if fold_of(cluster) != fold]
        best = max(TITLE_THRESHOLDS, key=lambda threshold: harmonic_mean([shares[threshold][key] for key in seen]))
        left_out += [shares[best][key] for key, cluster in gold.items() if fold_of(cluster) == fold]
    return shipped, harmonic_mean(left_out)


def _titles(records: Sequence[Mapping[str, Any]]) -> list[StoryItem]:
    return [
        StoryItem(
            record["id"],
            fingerprint_of(record["title"], ""),
            record["lang"],
            dt.date.fromisoformat(record["time"][:10]),
            record["title"],
        )
        for record in records
    ]


def measure_arriving(bench: Path, score: Callable[..., dict[str, float]]) -> tuple[float, float]:
    """B-cubed F1 of titles that come in by batches, as ingest takes them: in order of time, and in any order."""
    records = read(bench, "titles")
    items = _titles(records)
    gold = {record["id"]: record["cluster"] for record in records}
    found = []
    for order in (
        sorted(items, key=lambda item: (item.published, item.id)),
        random.Random(1).sample(items, len(items)),
    ):
        stories = StoryIndex()
        for at in range(0, len(order), SETTLED_AT):
            stories.weigh(order[at : at + SETTLED_AT])
            for item in order[at : at + SETTLED_AT]:
                stories.add(item, settle=False)
            stories.settle()
        found.append(score(gold, stories.story_of)["b3F"])
    return found[0], found[1]


def b_cubed(gold: Mapping[str, str], stories: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Precision and recall of each title: the share of its story, and of its cluster, that belongs to both."""
    both = Counter((gold[key], stories[key]) for key in gold)
    clusters, sizes = Counter(gold.values()), Counter(stories[key] for key in gold)
    return {
        key: (both[cluster, stories[key]] / sizes[stories[key]], both[cluster, stories[key]] / clusters[cluster])
        for key, cluster in gold.items()
    }


def harmonic_mean(shares: Sequence[tuple[float, float]]) -> float:
    precision, recall = (sum(values) / len(shares) for values in zip(*shares, strict=True))
    return float(2 * precision * recall / (precision + recall))


def measure_translations(bench: Path) -> float:
    records = read(bench, "translations")
    weights = scoring.Weights()
    items = []
    for record in records:
        title, _, body = record["text"].partition("\n")
        items.append(StoryItem(record["id"], fingerprint_of(title, body), record["lang"], None, title))
        weights.count(record["lang"], scoring.features_of(items[-1]))
    strands = [scoring.Strand(item.language, item.id) for item in items]
    for strand, item in zip(strands, items, strict=True):
        strand.take(item, scoring.features_of(item))
    right = 0
    for record, strand in zip(records, strands, strict=True):
        others = [other for other in range(len(records)) if records[other]["lang"] != record["lang"]]
        nearest = max(others, key=lambda other: scoring.score_across(strand, strands[other], weights))
        right += records[nearest]["cluster"] == record["cluster"]
    return right / len(records)


def measure_near_duplicates(bench: Path, score: Callable[..., dict[str, float]]) -> tuple[float, float]:
    records = [record for record in read(bench, "near_duplicates") if record["variant"] in REPRINT_VARIANTS]
    random.Random(1).shuffle(records)
    items = [StoryItem(record["id"], fingerprint_of("", record["text"]), "ru", None) for record in records]
    grouping = group(items)
    found = {item.id: grouping.reprint_of.get(item.id, item.id) for item in items}
    scored = score({record["id"]: record["group"] for record in records}, found)
    return scored["pairP"], scored["pairR"]


def measure_fingerprints(bench: Path) -> tuple[float, float]:
    """Fingerprints a second of CPU time, and the words of an article."""
    texts = [record["text"] for record in read(bench, "near_duplicates")]
    start = time.process_time()
    for text in texts:
        fingerprint_of("", text)
    return len(texts) / (time.process_time() - start), sum(len(text.split()) for text in texts) / len(texts)


def make_up_items(count: int, days: int) -> Iterator[StoryItem]:
    """Articles of about four to an event in two languages, in order of time, with words as common as in a language."""
    rng = random.Random(7)
    events: list[list[int]] = []
    for number in range(count):
        if not events or rng.random() < 0.25:
            events.append([rng.getrandbits(40) for _ in range(24)])
        event = rng.choice(events[-60:])
        words = [int(40_000 * rng.random() ** 4) for _ in range(30)] + [int(key % 40_000) for key in event[:18]]
        names = [int(8_000 * rng.random() ** 3) for _ in range(12)] + [key % 60_000 for key in event[18:]]
        yield StoryItem(
            f"{number:07}",
            Fingerprint(
                digest=f"{number:016x}",
                minhash=tuple(sorted(rng.getrandbits(32) for _ in range(64))),
                terms=tuple({f"w{word}": rng.randint(1, 4) for word in words}.items()),
                names=tuple({spell_number(name): None for name in names}),
                numbers=tuple(str(rng.randint(1, 500)) for _ in range(4)),
                dates=("2022",),
            ),
            rng.choice(("ru", "ru", "en")),
            dt.date(2020, 1, 1) + dt.timedelta(days=number * days // count),
            countries=("RU", "AZ"),
        )


def spell_number(number: int) -> str:
    return "".join("bdfgklmnprst"[int(digit, 12)] + "a" for digit in f"{number:05}")


def measure_adding(count: int) -> list[tuple[int, float, int]]:
    """Articles added a second of CPU time, settled in batches as ingest does, and megabytes in use, tenth by tenth."""
    stories = StoryIndex()
    rates = []
    spent = 0.0
    before = _memory()
    tenth = max(1, count // 10)
    for number, item in enumerate(make_up_items(count, days=max(30, count // 90)), 1):
        start = time.process_time()
        stories.add(item, settle=False)
        if number % SETTLED_AT == 0:
            stories.settle()
        spent += time.process_time() - start
        if number % tenth == 0:
            rates.append((number, tenth / spent, _memory() - before))
            spent = 0.0
    return rates


def _memory() -> int:
    """The most that this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--speed", type=int, metavar="ARTICLES", help="also add so many made-up articles")
    options = parser.parse_args()
    score = load_scorer(options.bench)
    print(ROW.format("", "ours", "cross-validated", "peer", "target", ""))
    shipped, crossed = measure_pairs(options.bench)
    print(
        ROW.format("pairs, F1", f"{shipped:.3f}", f"{crossed:.3f}", ".820", ".870", "peer: TF-IDF of lemmas; e5 .871")
    )
    titles, crossed = measure_titles(options.bench, score)
    note = f"P {titles['b3P']} R {titles['b3R']}; across languages P {titles['xP']} R {titles['xR']}; peer: e5 .775"
    print(ROW.format("titles, B-cubed F1", f"{titles['b3F']:.3f}", f"{crossed:.3f}", ".738", ".780", note))
    in_time, shuffled = measure_arriving(options.bench, score)
    print(ROW.format("  by batches as they come", f"{in_time:.3f}", "", "", "", f"in any order {shuffled:.3f}"))
    rank = measure_translations(options.bench)
    print(ROW.format("translations, rank 1", f"{rank:.3f}", "", ".984", ".990", "peer: transliterated names"))
    precision, recall = measure_near_duplicates(options.bench, score)
    print(ROW.format("near duplicates, precision", f"{precision:.3f}", "", "", ".970", "original and v1 to v5"))
    print(ROW.format("near duplicates, recall", f"{recall:.3f}", "", "", ".970", ""))
    rate, words = measure_fingerprints(options.bench)
    print(ROW.format("fingerprints a second", f"{rate:.0f}", "", "", "800", f"articles of {words:.0f} words"))
    if options.speed:
        for count, rate, memory in measure_adding(options.speed):
            print(ROW.format(f"added a second, at {count}", f"{rate:.0f}", "", "", "400", f"{memory} MB"))


if __name__ == "__main__":
    main()
