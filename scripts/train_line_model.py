"""Train the line model of the cleaner: `python scripts/train_line_model.py FOLDER`, which holds labelled articles.

FOLDER has JSON Lines files (*.jsonl) with `raw_text`, `labels` (a character a line: B the article, X not, anything
else is passed over) and `site`. The texts stay where they are; only trees and the weights of words go into the project.
To them come the pages of `scripts/pages`, which were made up for this: "=== layout | day", then a line each with its
label before it.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.features import (
    Matrix,
    describe,
    describe_context,
    describe_wording,
    names,
    names_of_passes,
)
from newsdesk.pipeline.cleaning.lines import Line, split_lines
from newsdesk.pipeline.cleaning.model import FILE, LineModel
from newsdesk.pipeline.cleaning.rules import judge
from newsdesk.pipeline.cleaning.views import View, look
from newsdesk.pipeline.cleaning.wording import Wording, stems
from newsdesk.pipeline.parsers.html import read_page
from newsdesk.pipeline.stages.clean import mark, marks_of

TREES, DEPTH, RATE = 400, 5, 0.05
INNER_FOLDS = 2
WORDING_FOLDS = 4
LEAST_SITES = 10  # on which a word stands that has a weight
MOST_WEIGHT = 5  # of a line among those that weigh its words, as a multiple of the mean
FAR, FAR_SHARE = 8, 0.08  # of the chrome further from the best segment than this, so many lines are enough
UNMARKED = (
    0.3  # share of pages that are also seen without what their elements say of the lines, as they once were stored
)
TRANSPLANTS = 0.3  # share of texts that are also put among the chrome of other sites
MOST_BETWEEN = 12  # lines of chrome between two paragraphs
FEW_WORDS = 5  # of a heading
FEW_LINES = 6  # of chrome around the article, in the short variant of a text
RUN, SHARED = 4, 0.8  # a line is of the body when so much of its runs of words is
MADE_UP = 0.7  # weight of a page that was made up
PAGES = Path(__file__).with_name("pages")
# The day of publication, in the line above a page.
DAY = re.compile(r"\| (\d{4}-\d\d-\d\d)\s*$")
SEED = 7

Labelled = tuple[Line, str]


@dataclass(frozen=True)
class Text:
    """A labelled text. For a page: ``main``, where its markup marks the article, the words of its ``title``, and the
    ``marks`` of its lines."""

    id: str
    site: str
    lines: list[Labelled]
    main: list[bool] | None = None
    title: Sequence[str] = ()
    marks: Sequence[int] | None = None
    weight: float = 1.0


@dataclass
class Sample:
    """One text, or a variant of it, as the model sees it."""

    id: str
    site: str
    lines: list[Labelled]
    main: list[bool] | None = None
    title: Sequence[str] = ()
    marks: Sequence[int] | None = None
    weight: float = 1.0
    views: list[View] = field(default_factory=list)
    rows: Matrix = field(default_factory=lambda: np.empty(0, np.float32))
    second: Matrix = field(default_factory=lambda: np.empty(0, np.float32))
    labels: Matrix = field(default_factory=lambda: np.empty(0, np.float32))
    weights: Matrix = field(default_factory=lambda: np.empty(0, np.float32))

    def prepare(self, rng: np.random.Generator) -> Sample:
        self.views = [look(line) for line, _ in self.lines]
        self.rows = describe(self.views, judge(self.views), self.main, self.title, self.marks)
        self.labels = np.array([{"B": 1, "X": 0}.get(label, -1) for _, label in self.lines], np.float32)
        lengths = np.array([min(len(line.text), 600) / 100 + 0.3 for line, _ in self.lines])
        columns = names()
        far = np.minimum(
            np.abs(self.rows[:, columns.index("from_best")]), np.abs(self.rows[:, columns.index("from_best_end")])
        )
        drawn = np.where((self.labels == 0) & (far > FAR), FAR_SHARE, 1.0)
        taken = (rng.random(len(drawn)) < drawn) & (self.labels >= 0)
        self.weights = np.where(taken, self.weight * lengths / lengths.sum() ** 0.5 / drawn, 0).astype(np.float32)
        return self


def read_all(folder: Path) -> list[Text]:
    """The labelled articles in every form, and those that were made up."""
    return [*read(folder), *read_pages(folder), *read_made_up()]


def read(folder: Path) -> Iterator[Text]:
    """Texts whose lines are labelled."""
    for record in _records(folder):
        yield Text(record["id"], record["site"], label_lines(record["raw_text"], record["labels"]))


def read_pages(folder: Path) -> Iterator[Text]:
    """The same articles as pages: a line is labelled by whether its words stand in the labelled body."""
    seen = set()
    for record in _records(folder):
        path = folder / "html" / f"{record['id']}.html.gz"
        if record["id"] not in seen and path.exists():
            seen.add(record["id"])
            page = read_page(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
            lines = split_lines(page.text)
            labels = label_by_body(lines, record["gold_body"], set(record["neutral"]))
            main = mark(lines, page.main) if page.main else None
            title = words_of(page.metadata.get("title", ""))
            yield Text(
                record["id"],
                record["site"],
                list(zip(lines, labels, strict=True)),
                main,
                title,
                marks_of(lines, page) if page.markup else None,
            )


def read_made_up() -> Iterator[Text]:
    for page in load_made_up():
        yield Text(page.name, page.name, label_lines(page.text, page.labels), weight=MADE_UP)


class MadeUp(NamedTuple):
    """A page that was made up. ``labels``: a character a line, T, B, X, or - for an empty one; ``day``: of publication,
    "" where the page does not show it. Its name begins with its language."""

    name: str
    text: str
    labels: str
    day: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and line."""
        return list(zip(self.labels, self.text.split("\n"), strict=True))

    @property
    def headlines(self) -> list[str]:
        return [line for label, line in self.lines if label == "T"]


def load_made_up(folder: Path = PAGES) -> Iterator[MadeUp]:
    """Every second page has an empty line between all others: scrapers do both. A page is a site of its own."""
    for path in sorted(folder.glob("*.txt")):
        for number, page in enumerate(path.read_text("utf-8").removeprefix("=== ").split("\n=== ")):
            head, *marked = page.splitlines()
            gap = number % 2
            text = ("\n" + "\n" * gap).join(line[2:] for line in marked)
            labels = ("-" * gap).join(line[0] for line in marked)
            day = DAY.search(head)
            yield MadeUp(f"{path.stem}-{number}", text, labels, day[1] if day else "")


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from (record for record in map(json.loads, file) if "labels" in record)


def label_by_body(lines: Sequence[Line], body: str, neutral: set[str]) -> Iterator[str]:
    runs = set(_runs(words_of(body)))
    bodies = {" ".join(words_of(line)) for line in body.splitlines()}
    for line in lines:
        words = words_of(line.text)
        own = _runs(words)
        if " ".join(words) in neutral:
            yield "N"
        else:
            shared = sum(run in runs for run in own) / len(own) if len(words) >= RUN else 0
            yield "B" if shared >= SHARED or " ".join(words) in bodies else "X"


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[index : index + RUN]) for index in range(len(words) - RUN + 1)]


def label_lines(text: str, labels: str) -> list[Labelled]:
    """Our lines with the labels of the lines that they stand in."""
    starts = np.cumsum([0, *(len(line) + 1 for line in text.split("\n"))])
    return [(line, labels[int(np.searchsorted(starts, line.start, "right")) - 1]) for line in split_lines(text)]


# Variants of a text: an article is seldom as long as its page, and its empty lines say nothing for sure.
def shorten(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """The article with a few lines of chrome around it, as in half-cleaned texts."""
    body = [index for index, (_, label) in enumerate(lines) if label == "B"]
    if not body:
        return lines
    return lines[max(0, body[0] - rng.randint(0, FEW_LINES)) : body[-1] + 1 + rng.randint(0, FEW_LINES)]


def keep_body(lines: list[Labelled], _: random.Random) -> list[Labelled]:
    return [one for one in lines if one[1] == "B"]


def begin(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """A short article: its first paragraphs, with chrome around them."""
    lines = shorten(lines, rng)
    body = [index for index, (_, label) in enumerate(lines) if label == "B"]
    most = rng.randint(1, 5)
    return [one for index, one in enumerate(lines) if one[1] != "B" or index in body[:most]]


def set_gaps(gap: bool) -> Callable[[list[Labelled], random.Random], list[Labelled]]:
    """Every line a paragraph, or none."""
    return lambda lines, _: [(line._replace(gap=gap), label) for line, label in lines]


def wrap(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """Lines as short as those of verse; wider ones are joined before they are judged."""
    return [(part, label) for line, label in shorten(lines, rng) for part in _wrap(line, rng.randint(25, 40))]


def _wrap(line: Line, width: int) -> Iterator[Line]:
    at, gap = 0, line.gap
    while at < len(line.text):
        end = len(line.text) if len(line.text) - at <= width else line.text.rfind(" ", at, at + width)
        end = end if end > at else len(line.text)
        text = line.text[at:end].strip()
        if text:
            yield Line(line.start + at, line.start + end, text, gap)
        at, gap = end, False


# Written for this script: what interrupts an article on many sites.
INTERRUPTIONS = (
    ["Реклама"], ["Advertisement"], ["Story continues below"], ["Читайте также: Кто построит новый мост"],
    ["Read also: Who will build the new bridge"], ["Подписывайтесь на наш Telegram-канал"],
    ["Sign up for our daily newsletter"], ["Фото: пресс-служба"], ["Photo: AP"], ["Ваш браузер не поддерживает видео"],
    ["Pro", "Как выбрать дом у реки и не пожалеть"], ["Материалы по теме", "Мост откроют осенью"],
    ["Подпишитесь на нас в Дзене"], ["Related: How the bridge was built"], ["Share on Facebook"], ["Поделиться"],
)  # fmt: skip  # several to a line


def interrupt(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """A short text with chrome between its paragraphs."""
    varied: list[Labelled] = []
    for line, label in begin(lines, rng):
        if label == "B" and rng.random() < 0.35:
            varied += _make_lines(rng.choice(INTERRUPTIONS), "X")
        varied.append((line, label))
    return varied


def add_headings(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """A short text with headings of a few words, and chrome above some of them."""
    varied: list[Labelled] = []
    for line, label in begin(lines, rng):
        words = line.text.split()
        if label == "B" and len(words) > FEW_WORDS and rng.random() < 0.4:
            start = rng.randrange(len(words) - FEW_WORDS)
            heading = " ".join(words[start : start + rng.randint(1, FEW_WORDS)]).strip(' .,;:!?–—-«»“”"()')
            if rng.random() < 0.4:
                varied += _make_lines(rng.choice(INTERRUPTIONS), "X")
            if heading:
                varied += _make_lines([heading[0].upper() + heading[1:]], "B")
        varied.append((line, label))
    return varied


def time_paragraphs(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """A live page: a clock time above each paragraph."""
    varied: list[Labelled] = []
    minutes = rng.randint(400, 900)
    for line, label in shorten(lines, rng):
        if label == "B":
            minutes += rng.randint(1, 25)
            varied += _make_lines([f"{minutes // 60:02}:{minutes % 60:02}"], "N")
        varied.append((line, label))
    return varied


def converse(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """An interview: a line a sentence, speaker by speaker."""
    marks = rng.choice([("— ", "— "), ("Q: ", "A: "), ("- ", ""), ("", "")])
    varied: list[Labelled] = []
    for line, label in begin(lines, rng):
        sentences = re.split(r"(?<=[.!?])\s+", line.text) if label == "B" else [line.text]
        for index, sentence in enumerate(sentences):
            text = (marks[index % 2] if label == "B" else "") + sentence
            varied.append((line._replace(text=text, gap=line.gap or index % 2 == 0), label))
    return varied


def enlist(lines: list[Labelled], rng: random.Random) -> list[Labelled]:
    """A list, a table or a recipe among the paragraphs: some of them in pieces that are no sentences."""
    varied: list[Labelled] = []
    for line, label in shorten(lines, rng):
        pieces = [piece.strip(" .") for piece in re.split(r"[,;:()—–]|\.\s", line.text)]
        if label == "B" and len(pieces) >= 3 and rng.random() < 0.3:
            mark = rng.choice(["", "", "- ", "• "])
            varied += _make_lines([mark + piece[:1].upper() + piece[1:] for piece in pieces if len(piece) > 2], "B")
        else:
            varied.append((line, label))
    return varied


def _make_lines(texts: Sequence[str], label: str) -> list[Labelled]:
    return [(Line(0, len(text), text, index == 0), label) for index, text in enumerate(texts)]


VARIANTS: tuple[tuple[float, Callable[[list[Labelled], random.Random], list[Labelled]]], ...] = (
    (0.3, shorten),
    (0.15, begin),
    (0.3, interrupt),
    (0.1, add_headings),
    (0.2, keep_body),
    (0.08, set_gaps(gap=True)),
    (0.08, set_gaps(gap=False)),
    (0.06, wrap),
    (0.08, time_paragraphs),
    (0.08, converse),
    (0.1, enlist),
)


@dataclass
class Chrome:
    """What stands around and between the articles of other sites."""

    above: list[list[Labelled]] = field(default_factory=list)
    between: list[list[Labelled]] = field(default_factory=list)
    below: list[list[Labelled]] = field(default_factory=list)

    def add(self, lines: list[Labelled]) -> None:
        body = [index for index, (_, label) in enumerate(lines) if label == "B"]
        if not body:
            return
        self.above.append(lines[: body[0]])
        self.below.append(lines[body[-1] + 1 :])
        self.between += [
            lines[first + 1 : last] for first, last in itertools.pairwise(body) if 1 < last - first <= MOST_BETWEEN
        ]

    def around(self, lines: list[Labelled], rng: random.Random) -> list[Labelled]:
        """The article among the chrome of other sites: it is the same article wherever it stands."""
        body = [one for one in lines if one[1] == "B"]
        if not body or not self.between:
            return []
        most = rng.choice([3, 8, 25, 80])
        above, below = rng.choice(self.above), rng.choice(self.below)
        varied = above[max(0, len(above) - rng.randint(0, most)) :]
        breaks = {rng.randrange(1, len(body)) for _ in range(rng.randint(0, 4))} if len(body) > 1 else set()
        for index, one in enumerate(body):
            if index in breaks:
                varied = varied + (rng.choice(self.between) if rng.random() < 0.6 else self._some(rng))
            varied = [*varied, one]
        return varied + below[: rng.randint(0, most)]

    def _some(self, rng: random.Random) -> list[Labelled]:
        """A few lines from the midst of what stands below an article."""
        below = rng.choice(self.below)
        start = rng.randrange(len(below)) if below else 0
        return below[start : start + rng.randint(1, 6)]


def make_samples(texts: Sequence[Text]) -> list[Sample]:
    """Each text, and with it variants of some. Sites of one inner fold share their chrome, and with no other."""
    rng, draw = random.Random(SEED), np.random.default_rng(SEED)  # noqa: S311  (draws that repeat, no secrets)
    folds = split_sites(texts, INNER_FOLDS)
    chrome = [Chrome() for _ in range(INNER_FOLDS)]
    for text in texts:
        if text.main is None:
            chrome[folds[text.site]].add(text.lines)
    samples = []
    for text in texts:
        samples.append(
            Sample(text.id, text.site, text.lines, text.main, text.title, text.marks, text.weight).prepare(draw)
        )
        if text.marks is not None and rng.random() < UNMARKED:
            samples.append(Sample(text.id, text.site, text.lines, text.main, text.title).prepare(draw))
        for share, vary in (*VARIANTS, (TRANSPLANTS, chrome[folds[text.site]].around)) if text.main is None else ():
            if rng.random() < share and (varied := vary(text.lines, rng)):
                samples.append(Sample(text.id, text.site, varied, weight=text.weight).prepare(draw))
    return samples


def split_sites(texts: Sequence[Text], folds: int) -> dict[str, int]:
    """The fold of each site."""
    sites = sorted({text.site for text in texts})
    random.Random(SEED).shuffle(sites)  # noqa: S311  (draws that repeat, no secrets)
    return {site: index % folds for index, site in enumerate(sites)}


def train(texts: Sequence[Text]) -> LineModel:
    """Both passes; the second learns from what the first thinks of sites that it has not seen."""
    return LineModel(train_data(texts))


def train_data(texts: Sequence[Text]) -> dict[str, Any]:
    fold, samples = split_sites(texts, INNER_FOLDS), make_samples(texts)
    wording = weigh_words(texts, samples)
    for one in range(INNER_FOLDS):
        model = _fit([sample for sample in samples if fold[sample.site] != one], "rows")
        for sample in samples:
            if fold[sample.site] == one:
                likely = model.predict_proba(sample.rows)[:, 1]
                sample.second = np.hstack([sample.rows, describe_context(sample.views, likely)])
    first, second = names_of_passes()
    return {
        "wording": wording,
        "first": _export(_fit(samples, "rows"), first),
        "second": _export(_fit(samples, "second"), second),
    }


def weigh_words(texts: Sequence[Text], samples: Sequence[Sample]) -> dict[str, Any]:
    """The weights of words, learnt from the texts as they are; each line of a sample is told what those say that were learnt
    without the site that it is from, which in a variant may be another one."""
    whole = {id(text.lines) for text in texts}
    originals = [sample for sample in samples if id(sample.lines) in whole]
    fold = split_sites(texts, WORDING_FOLDS)
    wordings = [
        Wording(**_fit_wording([sample for sample in originals if fold[sample.site] != one]))
        for one in range(WORDING_FOLDS)
    ]
    origin = {id(line): text.site for text in texts for line, _ in text.lines}
    for sample in samples:
        weighed = [
            wordings[fold[origin.get(id(line), sample.site)]].weigh_line(view.words)
            for (line, _), view in zip(sample.lines, sample.views, strict=True)
        ]
        sample.rows = np.hstack([sample.rows, describe_wording(np.array(weighed, np.float32))])
    return _fit_wording(originals)


def _fit_wording(samples: Sequence[Sample]) -> dict[str, Any]:
    """The bias, and the weight of each stem that stands on enough sites."""
    lines = [
        (stems(view.words), label, weight)
        for sample in samples
        for view, label, weight in zip(sample.views, sample.labels, sample.weights, strict=True)
        if weight > 0
    ]
    sites: dict[str, set[str]] = {}
    for sample in samples:
        for view in sample.views:
            for stem in stems(view.words):
                sites.setdefault(stem, set()).add(sample.site)
    known = sorted(stem for stem, found in sites.items() if len(found) >= LEAST_SITES)
    found, labels, weights = zip(*lines, strict=True)
    counts = CountVectorizer(analyzer=list, vocabulary=known, binary=True).transform(found)
    shared = np.minimum(weights, MOST_WEIGHT * np.mean(weights)) / np.mean(weights)
    model = LogisticRegression(solver="liblinear").fit(normalize(counts), labels, sample_weight=shared)
    rounded = {stem: round(float(weight), 2) for stem, weight in zip(known, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 4), "weights": rounded}


def _fit(samples: Sequence[Sample], rows: str) -> HistGradientBoostingClassifier:
    features = np.vstack([getattr(sample, rows) for sample in samples])
    labels = np.concatenate([sample.labels for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    taken = weights > 0
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        min_samples_leaf=30,
        l2_regularization=5,
        max_features=0.5,
        early_stopping=False,
        random_state=SEED,
    )
    return model.fit(features[taken], labels[taken], sample_weight=weights[taken])


def _export(model: HistGradientBoostingClassifier, columns: Sequence[str]) -> dict[str, Any]:
    trees = [_complete(predictor[0].nodes, DEPTH) for predictor in model._predictors]
    used = sorted({feature for nodes, _ in trees for feature, _ in nodes})
    place = {feature: index for index, feature in enumerate(used)}
    return {
        "features": [columns[feature] for feature in used],
        "depth": DEPTH,
        "bias": round(float(model._baseline_prediction.ravel()[0]), 4),
        "trees": [[[[place[feature], limit] for feature, limit in nodes], leaves] for nodes, leaves in trees],
    }


def _complete(nodes: Any, depth: int) -> tuple[list[tuple[int, float]], list[float]]:
    """A tree with every leaf at the same depth: what is missing below a leaf repeats it."""
    inner: list[tuple[int, float]] = []
    level = [0]
    for _ in range(depth):
        below = []
        for index in level:
            node = nodes[index]
            if node["is_leaf"]:
                inner.append((0, 0.0))
                below += [index, index]
            else:
                inner.append((int(node["feature_idx"]), float(f"{node['num_threshold']:.4g}")))
                below += [int(node["left"]), int(node["right"])]
        level = below
    return inner, [round(float(nodes[index]["value"]), 4) for index in level]


def write(data: dict[str, Any], path: Path) -> None:
    """A tree, or ten words, a line, so that a change can be read."""
    wording = data["wording"]
    words = [f"{json.dumps(stem, ensure_ascii=False)}: {weight}" for stem, weight in wording["weights"].items()]
    rows = ",\n".join(", ".join(words[start : start + 10]) for start in range(0, len(words), 10))
    parts = [f'"wording": {{"bias": {wording["bias"]}, "weights": {{\n{rows}\n}}}}']
    for name in ("first", "second"):
        part = data[name]
        trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in part["trees"])
        head = {key: value for key, value in part.items() if key != "trees"}
        parts.append(f'"{name}": {json.dumps(head)[:-1]}, "trees": [\n{trees}\n]}}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=FILE)
    options = parser.parse_args()
    texts = read_all(options.folder)
    write(train_data(texts), options.output)
    lines = sum(len(text.lines) for text in texts)
    print(f"trained on {lines} lines of {len(texts)} texts from {len({one.site for one in texts})} sites")


if __name__ == "__main__":
    main()
