"""The pipeline over the demonstration corpus, against its gold: `python -m tests.evaluation.measure` prints each fault.

Bodies are compared word by word, so white space does not count. Countries, topics: micro-F1 over articles, regions left
out. Topics also: precision and recall of each, and the mean of their F1. Stories: B³ over the articles that follow no
other event.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import run
from newsdesk.pipeline.stories import StoryItem, group
from newsdesk.pipeline.vocabulary import Vocabulary
from tests.evaluation.gold import Gold, load_gold

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

Pair = tuple[Gold, Document]


def process_fixtures() -> list[Pair]:
    """Each demonstration article with its gold, in the order of the gold."""
    rows = json.loads((FIXTURES / "articles.json").read_text("utf-8"))
    texts = {row["pk"]: row["fields"]["raw_text"] for row in rows if row["model"] == "articles.articletext"}
    fields = {row["pk"]: row["fields"] for row in rows if row["model"] == "articles.article"}
    gold = load_gold()
    raws = (
        RawDocument(
            texts[one.pk],
            id=str(one.pk),
            source=fields[one.pk]["source"],
            source_path=one.source_path,
            url=fields[one.pk].get("url", ""),
            collected=dt.datetime.fromisoformat(fields[one.pk]["collected"]),
        )
        for one in gold
    )
    documents = list(run(raws, Vocabulary.from_fixtures(FIXTURES), workers=1))
    return [(one, document) for one, document in zip(gold, documents, strict=True) if isinstance(document, Document)]


def measure(pairs: list[Pair]) -> dict[str, float]:
    """Each figure between 0 and 1; `faults` says what is behind them."""
    dated = [(gold, document) for gold, document in pairs if {"story", "none"}.isdisjoint(gold.provenances)]
    return {
        "articles": len(pairs),
        "bodies exact": _share(_words(gold.body) == _words(document.body) for gold, document in pairs),
        "bodies F1": sum(_overlap(_words(gold.body), _words(document.body)) for gold, document in pairs) / len(pairs),
        "titles": _share(_title_is_right(gold, document) for gold, document in pairs),
        "dates": _share(_date_is_right(gold, document) for gold, document in dated),
        "dates wrong": _share(bool(doc.published.value) and not _date_is_right(gold, doc) for gold, doc in pairs),
        "languages": _share(gold.language == document.language.value for gold, document in pairs),
        "countries about F1": _micro_f1((gold.about, _about(document), gold.optional) for gold, document in pairs),
        "countries named F1": _micro_f1(
            (gold.about | gold.mentioned, _named(document), gold.optional) for gold, document in pairs
        ),
        "topics F1": _micro_f1((gold.topics, _topics(document), frozenset()) for gold, document in pairs),
        "topics macro F1": fmean(topic.f1 for topic in measure_topics(pairs).values()),
        "stories B3": _b_cubed(pairs),
    }


class TopicFigures(NamedTuple):
    """``right`` articles have the topic and are said to, ``extra`` are said to only, ``missing`` have it only."""

    right: int
    extra: int
    missing: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missing)


def measure_topics(pairs: list[Pair]) -> dict[str, TopicFigures]:
    """By topic, those that some article has or is said to have."""
    right, extra, missing = Counter[str](), Counter[str](), Counter[str]()
    for gold, document in pairs:
        said = _topics(document)
        right.update(gold.topics & said)
        extra.update(said - gold.topics)
        missing.update(gold.topics - said)
    return {slug: TopicFigures(right[slug], extra[slug], missing[slug]) for slug in sorted(right | extra | missing)}


def faults(pairs: list[Pair]) -> Iterator[str]:
    for gold, document in pairs:
        where = gold.source_path
        expected, found = Counter(_words(gold.body)), Counter(_words(document.body))
        if expected != found:
            yield f"{where} body: lost {' '.join(expected - found)[:150]!r}, kept {' '.join(found - expected)[:150]!r}"
        if not _title_is_right(gold, document):
            yield f"{where} title: {document.title.value!r}, not {gold.title!r}"
        if not _date_is_right(gold, document):
            yield f"{where} date: {document.published.value} ({document.published.provenance}), not {gold.published}"
        for name, right, said in (
            ("about", gold.about, _about(document)),
            ("named", gold.about | gold.mentioned, _named(document)),
            ("topics", gold.topics, _topics(document)),
        ):
            if wrong := (said ^ right) - gold.optional:
                yield f"{where} {name}: extra {sorted(wrong & said)}, missing {sorted(wrong & right)}"
        if gold.language != document.language.value:
            yield f"{where} language: {document.language.value}, not {gold.language}"
    story_of = _group(pairs)
    for event in sorted({gold.event for gold, _ in pairs if gold.event}):
        members = [gold for gold, _ in pairs if gold.event == event]
        if len({story_of[gold.pk] for gold in members}) > 1:
            yield f"story {event}: {[(gold.source_path, story_of[gold.pk]) for gold in members]}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _overlap(right: list[str], found: list[str]) -> float:
    common = sum((Counter(right) & Counter(found)).values())
    return 2 * common / (len(right) + len(found)) if right or found else 1.0


def _title_is_right(gold: Gold, document: Document) -> bool:
    if gold.title is None:
        return document.title.provenance in {"first sentence", "none"}
    return _words(document.title.value) == _words(gold.title)


def _date_is_right(gold: Gold, document: Document) -> bool:
    value = document.published.value
    if value is None:
        return gold.published is None or not {"story", "none"}.isdisjoint(gold.provenances)
    return gold.published is not None and value[:10] == gold.published[:10]


def _named(document: Document) -> set[str]:
    return {claim.code for claim in document.countries if len(claim.code) == 2}


def _about(document: Document) -> set[str]:
    return {claim.code for claim in document.countries if claim.role == "about" and len(claim.code) == 2}


def _topics(document: Document) -> set[str]:
    return {claim.slug for claim in document.topics}


def _share(flags: Iterable[bool]) -> float:
    flags = list(flags)
    return sum(flags) / len(flags)


def _micro_f1(triples: Iterable[tuple[Set[str], Set[str], Set[str]]]) -> float:
    """Triples of what is right, what was said, and what may be said or not."""
    both = extra = missing = 0
    for right, said, optional in triples:
        both += len(right & said)
        extra += len(said - right - optional)
        missing += len(right - said)
    return 2 * both / (2 * both + extra + missing)


def _group(pairs: list[Pair]) -> Mapping[int, str]:
    items = [
        StoryItem(
            document.raw.id,
            document.fingerprint,
            document.language.value,
            document.published.day,
            document.title.value,
            tuple(claim.code for claim in document.countries),
        )
        for _, document in pairs
    ]
    return {int(pk): story for pk, story in group(items).story_of.items()}


def _b_cubed(pairs: list[Pair]) -> float:
    story_of = _group(pairs)
    event_of = {gold.pk: gold.event or f"alone {gold.pk}" for gold, _ in pairs if gold.follows is None}
    precision = recall = 0.0
    for pk, event in event_of.items():
        together = {other for other in event_of if story_of[other] == story_of[pk]}
        right = {other for other, its in event_of.items() if its == event}
        precision += len(together & right) / len(together)
        recall += len(together & right) / len(right)
    return 2 * precision * recall / (precision + recall) / len(event_of) if precision + recall else 0.0


if __name__ == "__main__":
    processed = process_fixtures()
    sys.stdout.writelines(f"{fault}\n" for fault in faults(processed))
    sys.stdout.writelines(
        f"topic {slug:25} precision {topic.precision:.3f} recall {topic.recall:.3f} F1 {topic.f1:.3f} "
        f"({topic.right + topic.missing} articles)\n"
        for slug, topic in measure_topics(processed).items()
    )
    sys.stdout.writelines(f"{name:20} {value:.3f}\n" for name, value in measure(processed).items())
