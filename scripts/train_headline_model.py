"""Weigh what speaks for a headline: `python scripts/train_headline_model.py BENCH` writes cleaning/headline.json.

BENCH is a folder as bench/README.md describes it. Of its Russian and English pages, half-cleaned and whole, and of those
in scripts/pages, every line that could be the headline is an example; right are those labelled as such. Each page is seen
a second time without its headline, when "none of them" is right. The model is a softmax over the lines of a page and
"none", fitted by gradient descent with a penalty on large weights. Before it writes, it prints what cross-validation over sites gives.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bench.evaluate_titles import read_pages
from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.headline import BIAS, FILE, Candidate, find_candidates, rank
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages import clean
from scripts.train_line_model import load_made_up

MADE_UP_FORM = "made up"
FOLDS = 5
PENALTY = 1.0
STEPS, RATE = 400, 0.1
UNTITLED_WEIGHT = 0.2  # of the copy of each page that has its headline taken out
PLAIN_WEIGHT = 0.3  # of a page of which only the article is left, with its headline
PLAIN_UNTITLED_WEIGHT = 0.6  # and without
BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

Vector = NDArray[np.float64]


class Example(NamedTuple):
    site: str
    group: str
    candidates: Sequence[Candidate]
    right: frozenset[int]
    titled: bool
    weight: float = 1.0


def read_examples(bench: Path) -> Iterator[Example]:
    stage = clean.Clean({})
    for form, page in [*read_pages(bench), *give_made_up()]:
        if form == "HTML":
            continue
        headlines = frozenset(" ".join(words_of(line)) for line in page["headlines"])
        group = f"{form} {page['lang']}"
        yield make_example(stage, page["site"], group, page["raw_text"], headlines, 1.0)
        if form == "whole page" and page["labels"][0] == "T":
            text = page["raw_text"].partition("\n")[2]
            yield make_example(stage, page["site"], f"{group} copied", text, headlines, 1.0)
        if form in {"half-cleaned", MADE_UP_FORM}:
            for name, text, titled in make_plain(page):
                own, weight = (headlines, PLAIN_WEIGHT) if titled else (frozenset(), PLAIN_UNTITLED_WEIGHT)
                yield make_example(stage, page["site"], f"{name} {group}", text, own, weight)
        if headlines:
            lines = page["raw_text"].split("\n")
            without = "\n".join(
                "" if " ".join(words_of(line)) in headlines or label == "T" else line
                for label, line in zip(page["labels"], lines, strict=True)
            )
            yield make_example(stage, page["site"], f"{group} untitled", without, frozenset(), UNTITLED_WEIGHT)


def give_made_up() -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of scripts/pages as `read_pages` gives those of the bench."""
    for page in load_made_up():
        yield (
            MADE_UP_FORM,
            {
                "site": page.name,
                "lang": page.name[:2],
                "raw_text": page.text,
                "labels": page.labels,
                "headlines": page.headlines,
            },
        )


def make_plain(page: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Group, text and whether the headline is in it: the article alone, as a person would have copied it."""
    known = {" ".join(words_of(line)) for line in page["headlines"]}
    lines = zip(page["labels"], page["raw_text"].split("\n"), strict=True)
    body = [line for label, line in lines if label == "B" and " ".join(words_of(line)) not in known]
    for name, gap in (("paragraphs", "\n\n"), ("lines", "\n")):
        if page["headlines"]:
            yield f"plain {name}", gap.join([page["headlines"][-1], *body]), True
        yield f"plain {name} untitled", gap.join(body), False


def make_example(
    stage: clean.Clean, site: str, group: str, text: str, headlines: frozenset[str], weight: float
) -> Example:
    seen: list[tuple[Any, ...]] = []
    with patch.object(clean, "find_headline", lambda *given: seen.append(given)):
        stage(Document(RawDocument(text)))
    views, verdicts, kept, _ = seen[0]
    candidates = find_candidates(views, verdicts, kept)
    right = frozenset(one.index for one in candidates if " ".join(views[one.index].words) in headlines)
    return Example(site, group, candidates, right, bool(headlines), weight)


def fit(examples: Iterable[Example], names: Sequence[str]) -> dict[str, float]:
    """Weights by Adam on the penalised likelihood."""
    index = {name: number for number, name in enumerate(names)}
    pages = [(*prepare(example, index), example.weight) for example in examples if example.candidates]
    weights = np.zeros(len(names))
    mean, variance = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = PENALTY * weights
        gradient[index[BIAS]] *= 0.1
        for rows, right, weight in pages:
            gradient += weight * slope(weights, rows, right)
        mean = 0.9 * mean + 0.1 * gradient
        variance = 0.99 * variance + 0.01 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[index[name]]), 3) for name in names}


def prepare(example: Example, index: dict[str, int]) -> tuple[Vector, NDArray[np.bool_]]:
    rows = np.zeros((len(example.candidates), len(index)))
    for row, one in zip(rows, example.candidates, strict=True):
        row[index[BIAS]] = 1.0
        for name, value in one.features.items():
            row[index[name]] = value
    return rows, np.array([one.index in example.right for one in example.candidates])


def slope(weights: Vector, rows: Vector, right: NDArray[np.bool_]) -> Vector:
    """The gradient of the loss on one page; where no line is right, "none" is."""
    points = rows @ weights
    shift = max(0.0, float(points.max()))
    shares = np.exp(points - shift)
    shares /= shares.sum() + np.exp(-shift)
    wanted = np.where(right, shares, 0.0)
    if right.any():
        wanted /= max(float(wanted.sum()), 1e-12)
    slope: Vector = (shares - wanted) @ rows
    return slope


def cross_validate(examples: Sequence[Example], names: Sequence[str]) -> None:
    """Print, by form and language, what is said of sites that were not trained on, by the probability demanded."""
    said: list[tuple[Example, float, bool]] = []
    for fold in range(FOLDS):
        weights = fit((one for one in examples if fold_of(one.site) != fold), names)
        for one in examples:
            if fold_of(one.site) == fold:
                best = next(iter(rank(one.candidates, weights)), None)
                said.append((one, best.score if best else 0.0, best is not None and best.index in one.right))
    print(
        f"{'':46}{'pages':>6}{'reach':>8}   found / wrong from a probability of "
        + "".join(f"{one:>16}" for one in BOUNDS)
    )
    for group in dict.fromkeys(one.group for one, _, _ in said):
        of_group = [(one, score, right) for one, score, right in said if one.group == group]
        for titled in (True, False):
            these = [(one, score, right) for one, score, right in of_group if one.titled == titled]
            if these:
                n = len(these)
                reach = sum(bool(one.right) for one, _, _ in these) / n
                row = "".join(
                    f"{sum(right for _, score, right in these if score >= least) / n:>9.3f} "
                    f"{sum(not right for _, score, right in these if score >= least) / n:.3f} "
                    for least in BOUNDS
                )
                print(f"{group:42}{'' if titled else ' -':4}{n:>6}{reach:>8.3f}{row}")


def fold_of(site: str) -> int:
    return zlib.crc32(site.encode()) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    examples = list(read_examples(parser.parse_args().bench))
    names = sorted({BIAS, *(name for example in examples for one in example.candidates for name in one.features)})
    cross_validate(examples, names)
    FILE.write_text(json.dumps(fit(examples, names), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
