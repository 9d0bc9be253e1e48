"""A note whose passage is no longer sure, beside the places where it may stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from newsdesk.annotations.anchors import CONTEXT
from newsdesk.annotations.models import Annotation
from newsdesk.pipeline.cleaning.sentences import split_sentences

MOST = 3  # places that are offered
LEAST = 45  # of 100: how far a sentence must be like the passage to be offered


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of the body with some of what stands around it."""

    start: int
    end: int
    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class Astray:
    """``found`` is where the machine believes it to be; ``others`` are sentences that have something of it."""

    note: Annotation
    found: Candidate | None
    others: list[Candidate]


def candidates(note: Annotation) -> Astray:
    body = note.article.text.body
    found = _candidate(body, note.start, note.end) if note.start is not None and note.end is not None else None
    others = [one for one in _alike(body, note.exact) if not found or (one.start, one.end) != (found.start, found.end)]
    return Astray(note, found, others[:MOST])


def _candidate(body: str, start: int, end: int) -> Candidate:
    return Candidate(start, end, body[max(0, start - CONTEXT) : start], body[start:end], body[end : end + CONTEXT])


def _alike(body: str, exact: str) -> Iterator[Candidate]:
    """Sentences, the most like the passage first; of those that hold it, the passage."""
    scored = []
    for start, end in split_sentences(body):
        if exact in body[start:end]:
            at = body.index(exact, start)
            scored.append((101.0, at, at + len(exact)))
        elif (
            score := max(fuzz.ratio(exact, body[start:end]), fuzz.token_set_ratio(exact, body[start:end]) - 10)
        ) >= LEAST:
            scored.append((score, start, end))
    for _score, start, end in sorted(scored, key=lambda one: (-one[0], one[1]))[: MOST + 1]:
        yield _candidate(body, start, end)
