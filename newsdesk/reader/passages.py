"""Texts divided for showing: paragraphs with marked spans, and the raw text with what was cut from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from newsdesk.articles.marks import Mark, Segment, segments
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.document import Cut

LINE = "line"
CUT = "cut"
LIT = "lit"  # evidence that was asked for
NOTE = "note:"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks throughout: ``keys`` are their kinds, ``anchors`` the labels of those that begin here,
    for links to jump to."""

    text: str
    keys: tuple[str, ...]
    anchors: tuple[str, ...]

    @property
    def lit(self) -> bool:
        return LIT in self.keys

    @property
    def claims(self) -> str:
        """The claims that these words speak for."""
        return " ".join(key for key in self.keys if ":" in key and not key.startswith(NOTE))

    @property
    def notes(self) -> list[str]:
        return [key for key in self.keys if key.startswith(NOTE)]


def divide(text: str, marks: Iterable[Mark] = ()) -> list[list[Piece]]:
    """The paragraphs of the text, also where they were wrapped. Marks may overlap, and reach over the end of one."""
    marks = list(marks)
    seen: set[str] = set()
    return [[_piece(segment, seen) for segment in line] for line in _by_line(text, marks)]


def _piece(segment: Segment, seen: set[str]) -> Piece:
    marks = [mark for mark in segment.marks if mark.kind != LINE]
    anchors = tuple(mark.label for mark in marks if mark.label and mark.label not in seen)
    seen.update(anchors)
    return Piece(segment.text, tuple(dict.fromkeys(mark.kind for mark in marks)), anchors)


@dataclass(frozen=True, slots=True)
class RawPiece:
    """``cut`` is None for what was kept; ``marked`` is what a claim points at."""

    text: str
    cut: Cut | None
    marked: bool


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Lines cut whole for one reason, or, with no ``reason``, lines that keep something."""

    reason: str
    lines: list[list[RawPiece]]


def divide_raw(raw: str, cuts: Sequence[Cut], marks: Iterable[Mark] = ()) -> list[RawBlock]:
    """All of the raw text that is not blank."""
    cut_marks = [Mark(cut.start, cut.end, CUT, str(at)) for at, cut in enumerate(cuts)]
    lines = [[_raw_piece(segment, cuts) for segment in line] for line in _by_line(raw, [*cut_marks, *marks])]
    return [RawBlock(reason, list(block)) for reason, block in groupby(lines, key=_only_reason)]


def _raw_piece(segment: Segment, cuts: Sequence[Cut]) -> RawPiece:
    cut = next((cuts[int(mark.label)] for mark in segment.marks if mark.kind == CUT), None)
    return RawPiece(segment.text, cut, any(mark.kind not in (LINE, CUT) for mark in segment.marks))


def _only_reason(line: list[RawPiece]) -> str:
    reasons = {piece.cut.reason if piece.cut else "" for piece in line if piece.text.strip()}
    return reasons.pop() if len(reasons) == 1 else ""


def _by_line(text: str, marks: Sequence[Mark]) -> Iterator[Iterable[Segment]]:
    for line, found in groupby(segments(text, [*_lines(text), *marks]), key=_line_of):
        if line is not None:
            yield found


def _line_of(segment: Segment) -> Mark | None:
    return next((mark for mark in segment.marks if mark.kind == LINE), None)


def _lines(text: str) -> Iterator[Mark]:
    return (Mark(line.start, line.end, LINE) for line in split_lines(text))
