"""Texts divided for showing: paragraphs with marked spans, and the raw text with what was cut from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from newsdesk.articles.marks import Mark, Segment, segments
from newsdesk.pipeline.cleaning.decisions import RULE
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.document import Cut

if TYPE_CHECKING:
    from newsdesk.articles.models import Correction

LINE = "line"
CUT = "cut"
DECIDED = "decided"
SPACE = "whitespace"  # a cut of what nobody sees
LIT = "lit"  # evidence that was asked for
NOTE = "note:"


class Noted(NamedTuple):
    """A note as it marks its passage: which, how, and its number in the margin. ``printed``: not where its author alone sees it,
    nor where it was withdrawn."""

    pk: int
    look: str
    number: int
    printed: bool = True

    @property
    def key(self) -> str:
        return f"{NOTE}{self.pk}:{self.look}:{self.number}:{self.printed:d}"

    @classmethod
    def of(cls, key: str) -> Noted:
        pk, look, number, printed = key.removeprefix(NOTE).split(":")
        return cls(int(pk), look, int(number), printed == "1")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks throughout: ``keys`` are their kinds, ``anchors`` the labels of those that begin here,
    for links to jump to; ``ends`` are the notes whose passages end here."""

    text: str
    keys: tuple[str, ...]
    anchors: tuple[str, ...]
    ends: tuple[Noted, ...] = ()

    @property
    def lit(self) -> bool:
        return LIT in self.keys

    @property
    def claims(self) -> str:
        """The claims that these words speak for."""
        return " ".join(key for key in self.keys if ":" in key and not key.startswith(NOTE))

    @property
    def notes(self) -> list[Noted]:
        return [Noted.of(key) for key in self.keys if key.startswith(NOTE)]

    @property
    def looks(self) -> str:
        """The classes of its notes."""
        looks = list(dict.fromkeys(f"noted-{note.look}" for note in self.notes))
        often = ["noted-often"] if len(self.notes) > 1 else []
        unprinted = [] if any(note.printed for note in self.notes) else ["unprinted"]
        return " ".join(["noted", *looks, *often, *unprinted]) if looks else ""

    @property
    def note_ids(self) -> str:
        return " ".join(f"note-{note.pk}" for note in self.notes)


def divide(text: str, marks: Iterable[Mark] = ()) -> list[list[Piece]]:
    """The paragraphs of the text, also where they were wrapped. Marks may overlap, and reach over the end of one."""
    marks = list(marks)
    seen: set[str] = set()
    paragraphs = [[_piece(segment, seen) for segment in line] for line in _by_line(text, marks)]
    _end_notes(paragraphs)
    return paragraphs


def paragraph_starts(text: str) -> list[int]:
    """Where the paragraphs of `divide` begin."""
    return [mark.start for mark in _lines(text)]


def _end_notes(paragraphs: list[list[Piece]]) -> None:
    """Let the last piece of each note say so."""
    ended: set[Noted] = set()
    for paragraph in reversed(paragraphs):
        for at in reversed(range(len(paragraph))):
            ending = [note for note in paragraph[at].notes if note not in ended]
            if ending:
                paragraph[at] = replace(paragraph[at], ends=tuple(ending))
                ended.update(ending)


def _piece(segment: Segment, seen: set[str]) -> Piece:
    marks = [mark for mark in segment.marks if mark.kind != LINE]
    anchors = tuple(mark.label for mark in marks if mark.label and mark.label not in seen)
    seen.update(anchors)
    return Piece(segment.text, tuple(dict.fromkeys(mark.kind for mark in marks)), anchors)


@dataclass(frozen=True, slots=True)
class RawPiece:
    """``cut`` is None for what was kept, ``restored`` what a person kept; ``marked`` is what a claim points at."""

    text: str
    cut: Cut | None
    marked: bool
    restored: bool = False


@dataclass(frozen=True, slots=True)
class RawLine:
    start: int
    end: int
    pieces: list[RawPiece]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def kept(self) -> bool:
        """Whether the body has something of it."""
        return any(piece.cut is None and piece.text.strip() for piece in self.pieces)

    @property
    def reason(self) -> str:
        """Of a line that is cut whole for one reason."""
        reasons = {piece.cut.reason if piece.cut else "" for piece in self.pieces if piece.text.strip()}
        return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Lines of one fate: cut whole for one ``reason``; or, with none, lines that keep something. A line that was cut in
    part is a block of its own, with ``cuts`` as far as they lie in it. These are the machine's, ``corrections`` the people's."""

    reason: str
    lines: list[RawLine]
    cuts: list[Cut]
    corrections: list[Correction]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def score(self) -> float:
        """Of the cut that is least sure."""
        return min((cut.score for cut in self.cuts), default=1.0)

    @property
    def undone_by_line(self) -> Correction | None:
        """The correction, where it is that of a single whole line: there the line's own button takes it back."""
        if len(self.lines) == len(self.corrections) == 1:
            (correction,) = self.corrections
            if (correction.decision.start, correction.decision.end) == (self.start, self.end):
                return correction
        return None


def divide_raw(
    raw: str, cuts: Sequence[Cut], marks: Iterable[Mark] = (), corrections: Sequence[Correction] = ()
) -> list[RawBlock]:
    """All of the raw text that is not blank. ``corrections`` are those of the field ``cut``."""
    decisions = [correction.decision for correction in corrections]
    cut_marks = [Mark(cut.start, cut.end, CUT, str(at)) for at, cut in enumerate(cuts)]
    decided_marks = [Mark(one.start, one.end, DECIDED, str(at)) for at, one in enumerate(decisions)]
    blocks: list[tuple[tuple[str, list[int], int], RawBlock]] = []
    for number, found in enumerate(_by_line(raw, [*cut_marks, *decided_marks, *marks])):
        line_segments = list(found)
        line = _raw_line(line_segments, cuts)
        decided = _labels(line_segments, DECIDED)
        own_cuts = [cuts[at] for at in _labels(line_segments, CUT) if _is_by_machine(cuts[at])]
        if not line.reason:
            own_cuts = [replace(one, start=max(one.start, line.start), end=min(one.end, line.end)) for one in own_cuts]
        fate = (line.reason, decided, number if own_cuts and not line.reason else -1)
        if blocks and blocks[-1][0] == fate:
            blocks[-1][1].lines.append(line)
            blocks[-1][1].cuts.extend(one for one in own_cuts if one not in blocks[-1][1].cuts)
        else:
            blocks.append((fate, RawBlock(line.reason, [line], own_cuts, [corrections[at] for at in decided])))
    return [block for _, block in blocks]


def line_start(raw: str, offset: int) -> int:
    """Where the line begins that holds ``offset`` or comes next after it."""
    return next((mark.start for mark in _lines(raw) if mark.end > offset), 0)


def _is_by_machine(cut: Cut) -> bool:
    """And of something to see."""
    return cut.rule != RULE and cut.reason != SPACE


def _raw_line(line_segments: Sequence[Segment], cuts: Sequence[Cut]) -> RawLine:
    mark = _line_of(line_segments[0])
    assert mark is not None
    return RawLine(mark.start, mark.end, [_raw_piece(segment, cuts) for segment in line_segments])


def _raw_piece(segment: Segment, cuts: Sequence[Cut]) -> RawPiece:
    kinds = {mark.kind for mark in segment.marks}
    cut = next((cuts[int(mark.label)] for mark in segment.marks if mark.kind == CUT), None)
    return RawPiece(segment.text, cut, bool(kinds - {LINE, CUT, DECIDED}), DECIDED in kinds and cut is None)


def _labels(line_segments: Iterable[Segment], kind: str) -> list[int]:
    """The numbers of the marks of a kind, each once, in order."""
    found = (int(mark.label) for segment in line_segments for mark in segment.marks if mark.kind == kind)
    return list(dict.fromkeys(found))


def _by_line(text: str, marks: Sequence[Mark]) -> Iterator[Iterable[Segment]]:
    for line, found in groupby(segments(text, [*_lines(text), *marks]), key=_line_of):
        if line is not None:
            yield found


def _line_of(segment: Segment) -> Mark | None:
    return next((mark for mark in segment.marks if mark.kind == LINE), None)


def _lines(text: str) -> Iterator[Mark]:
    return (Mark(line.start, line.end, LINE) for line in split_lines(text))
