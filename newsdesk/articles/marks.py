"""Texts with marks in them: evidence and cuts, overlapping or not, as a flat run of segments for a template."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span of a text, in code points."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks throughout."""

    text: str
    marks: tuple[Mark, ...] = ()


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """``text`` cut at every end of a mark. Marks that lie outside, or are empty, are passed over."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    ends = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    starting = sorted(inside, key=lambda mark: mark.start)
    found, open_marks, at = [], [], 0
    for start, end in itertools.pairwise(ends):
        while at < len(starting) and starting[at].start <= start:
            open_marks.append(starting[at])
            at += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        found.append(Segment(text[start:end], tuple(open_marks)))
    return found


def to_raw(offset: int, cuts: Sequence[Sequence[int]], *, end: bool = False) -> int:
    """An offset of the body as one of the raw text; an ``end`` stays before a cut that begins there."""
    kept = 0
    at = 0
    for start, stop, *_ in cuts:
        length = start - at
        if offset < kept + length or (end and offset == kept + length):
            break
        kept += length
        at = stop
    return at + offset - kept
