"""Weigh the features of candidate dates: `python scripts/train_date_model.py BENCH` writes dates/weights.json.

BENCH is a folder as bench/README.md describes it: `date/*.jsonl` with `text` and `date`, and `cleaning/` with pages as
HTML and as text, of which those count whose metadata state one day of publication. The model is a softmax over the
days that a page's candidates claim and "none of them", fitted by gradient descent with a penalty on large weights.
Before it writes, it prints what cross-validation over sites gives.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from newsdesk.pipeline.dates.candidates import Candidate
from newsdesk.pipeline.dates.context import find_candidates
from newsdesk.pipeline.dates.lines import OWN_LABELS
from newsdesk.pipeline.dates.page import Page
from newsdesk.pipeline.dates.scoring import BIAS, SET_BY_HAND, rank
from newsdesk.pipeline.document import Document, RawDocument

OUTPUT = Path(__file__).resolve().parent.parent / "newsdesk/pipeline/dates/weights.json"
FOLDS = 5
PENALTY = 2.0
UNDATED_WEIGHT = 0.2  # of the copy of each page that has its dates blanked out
STEPS, RATE = 300, 0.1
# What is known before any page is seen; the penalty is on the distance from it. It decides where pages are few.
PRIOR = {
    "bias": 0.0, "alone": 1.0, "start": -0.5, "end": -0.5, "words_before": -1.0, "event_line": -4.0,
    "published": 2.0, "updated": 1.0, "update": -3.0, "foreign": -6.0, "foreign_line": -4.0,
    "clock": 1.0, "seconds": -0.5, "short_year": -0.5, "month_only": -2.0, "unlikely_order": -1.0,
    "no_year": -1.0, "found_year": -0.5, "relative": -1.0,
    "above_by": -0.7, "between": 0.5, "between_sure": 1.0, "inside_by": -0.5, "below_by": -0.7, "just_below": 0.5,
    "latest_above": -0.5, "day_name_above": -1.0, "rival": -1.5, "rank": -0.5, "crowded": -2.0,
    "comment": -4.0, "no_body": -4.0, "headed": -5.0, "below_list": -1.0, "under_title": -6.0,
    "dateline": 1.0, "pointed": 0.5, "weekday": -0.5, "told": -0.7, "told_year": -3.0,
    "dateline_agrees": 2.0, "dateline_differs": -2.0, "pointed_agrees": 2.0, "pointed_differs": -2.0,
    "weekday_agrees": 0.5, "weekday_differs": -0.5, "told_just_before": 0.7, "told_after": -1.0,
}  # fmt: skip  # several to a line
LEAST, BINS = 0.4, (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)
UNDATED = "undated"
LANGUAGES = {"en", "ru"}
STATED = re.compile(
    r'(?:"datePublished"\s*:\s*"|(?:article:published_time|datePublished|OriginalPublicationDate|PubDate'
    r'|DC\.date\.issued|publish-date)"[^>]*?(?:content|datetime)=")(\d{4})[-/](\d\d)[-/](\d\d)'
)

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One page: its candidates, which of the days that they claim are right, and how much the page counts."""

    site: str
    group: str
    text: str
    candidates: Sequence[Candidate]
    right: frozenset[str]
    weight: float = 1.0


def read_examples(bench: Path) -> Iterator[Example]:
    for name, field in (("pages_ru", "text"), ("pages_ru", "window"), ("pages_mixed", "text")):
        for record in read_lines(bench / f"date/{name}.jsonl"):
            site = record.get("source") or urlsplit(record["url"]).netloc
            yield make_example(site, f"{name} {field}", record[field], record["date"])
    sure = set()
    for name in ("articles_full", "articles_seed"):
        for record in read_lines(bench / f"cleaning/{name}.jsonl"):
            page = bench / f"cleaning/html/{record['id']}.html.gz"
            if record["lang"] not in LANGUAGES or not page.exists():
                continue
            day = stated_day(gzip.decompress(page.read_bytes()).decode("utf-8", "replace"))
            if day:
                example = make_example(record["site"], name, record["raw_text"], day, tolerance=1)
                if name == "articles_full" and example.right:
                    sure.add(record["id"])  # the page says the same as its metadata
                if record["id"] in sure:
                    yield example


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def stated_day(html: str) -> str:
    """The one day on which the metadata agree."""
    days = {"-".join(found) for found in STATED.findall(html)}
    return days.pop() if len(days) == 1 else ""


def make_example(site: str, group: str, text: str, day: str, tolerance: int = 0) -> Example:
    """``tolerance``: days that metadata in another zone may differ by."""
    candidates = find_candidates(Page(Document(RawDocument(text))))
    date = dt.date.fromisoformat(day)
    days = {(date + dt.timedelta(days=more)).isoformat() for more in range(-tolerance, tolerance + 1)}
    right = {one.key for one in candidates if one.key in days or one.key == f"--{day[5:]}"}
    return Example(site.removeprefix("www."), group, text, candidates, frozenset(right))


def without_date(example: Example) -> Example:
    """The page as if it did not say its day: what is left must not be taken for it."""
    text = example.text
    for one in example.candidates:
        if one.key in example.right or not OWN_LABELS.isdisjoint(one.features):
            start, end = one.mention.start, one.mention.end
            text = text[:start] + " " * (end - start) + text[end:]
    candidates = [one for one in find_candidates(Page(Document(RawDocument(text)))) if one.key not in example.right]
    return Example(example.site, f"{example.group} {UNDATED}", text, candidates, frozenset(), UNDATED_WEIGHT)


def fit(examples: Iterable[Example], names: Sequence[str]) -> dict[str, float]:
    """Weights by Adam on the penalised likelihood. Of several candidates for a day, the best takes the step."""
    index = {name: number for number, name in enumerate(names)}
    pages = [prepare(example, index) for example in examples if example.candidates]
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights = prior.copy()
    mean, variance = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = PENALTY * (weights - prior)
        gradient[index[BIAS]] *= 0.1
        for rows, days, right, weight in pages:
            gradient += weight * slope(weights, rows, days, right)
        mean = 0.9 * mean + 0.1 * gradient
        variance = 0.99 * variance + 0.01 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[index[name]]), 3) for name in names}


def prepare(example: Example, index: dict[str, int]) -> tuple[Vector, NDArray[np.intp], NDArray[np.bool_], float]:
    keys = sorted({one.key for one in example.candidates})
    rows = np.zeros((len(example.candidates), len(index)))
    for row, one in zip(rows, example.candidates, strict=True):
        row[index[BIAS]] = 1.0
        for name, value in one.features.items():
            if name in index:
                row[index[name]] = value
    days = np.array([keys.index(one.key) for one in example.candidates])
    return rows, days, np.array([key in example.right for key in keys]), example.weight


def slope(weights: Vector, rows: Vector, days: NDArray[np.intp], right: NDArray[np.bool_]) -> Vector:
    """The gradient of the loss on one page; where no day is right, "none" is."""
    points = rows @ weights
    order = np.argsort(points)
    best = np.zeros(len(right), dtype=np.intp)
    best[days[order]] = order  # the last to be written is the highest
    top = points[best]
    shift = max(0.0, float(top.max()))
    shares = np.exp(top - shift)
    shares /= shares.sum() + np.exp(-shift)
    wanted = np.where(right, shares, 0.0)
    if right.any():
        wanted /= max(float(wanted.sum()), 1e-12)
    slope: Vector = (shares - wanted) @ rows[best]
    return slope


def cross_validate(examples: Sequence[Example], names: Sequence[str]) -> None:
    """Print, by group of pages, what is said of sites that were not trained on, and how far it can be believed."""
    said: list[tuple[str, float, bool]] = []
    for fold in range(FOLDS):
        weights = fit((one for one in examples if fold_of(one.site) != fold), names)
        for one in examples:
            if fold_of(one.site) == fold:
                ranked = [day for day in rank(one.candidates, weights) if day.candidate.day]
                probability = ranked[0].probability if ranked else 0.0
                said.append((one.group, probability, bool(ranked) and ranked[0].key in one.right))
    for group in dict.fromkeys(group for group, _, _ in said):
        of_group = [(probability, right) for name, probability, right in said if name == group]
        claims = [right for probability, right in of_group if probability >= LEAST]
        print(
            f"{group:28} {len(of_group):4} pages, said of {len(claims) / len(of_group):.3f}, "
            f"right of all {sum(claims) / len(of_group):.3f}, of what is said {sum(claims) / max(1, len(claims)):.3f}"
        )
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        claims = [right for name, probability, right in said if low <= probability < high and UNDATED not in name]
        falsely = sum(low <= probability < high for name, probability, _ in said if UNDATED in name)
        print(
            f"probability {low:.2f} to {min(high, 1):.2f}: {len(claims):4} claims, "
            f"right {sum(claims) / max(1, len(claims)):.3f}; {falsely} more of pages made undated"
        )


def fold_of(site: str) -> int:
    return zlib.crc32(site.encode()) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    bench = parser.parse_args().bench
    dated = list(read_examples(bench))
    examples = [*dated, *(without_date(one) for one in dated if one.right)]
    seen = {name for example in examples for one in example.candidates for name in one.features}
    names = sorted((seen | PRIOR.keys()) - SET_BY_HAND.keys())
    cross_validate(examples, names)
    OUTPUT.write_text(json.dumps(fit(examples, names), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
