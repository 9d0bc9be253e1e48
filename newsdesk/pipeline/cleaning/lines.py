"""Lines of a text with their place in it, and the cuts that leave only what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsdesk.pipeline.cleaning.wrapping import Row, find_joints
from newsdesk.pipeline.document import Cut

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # zero-width characters, soft hyphen

_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # what splitlines() breaks at


class Line(NamedTuple):
    """``text`` is what stands at ``start`` to ``end``, without the white space around it; a paragraph that was wrapped
    is one line, with a space for each break. ``gap``: an empty line stands before it."""

    start: int
    end: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of the raw text that is not the article, white space around it not counted."""

    start: int
    end: int
    reason: str
    score: float
    rule: str


def split_lines(text: str) -> list[Line]:
    """All lines that hold something to see."""
    lines, rows, at, gap = [], [], 0, True
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content and (content[0] in INVISIBLE or content[-1] in INVISIBLE):
            content = _strip(content)
        if content:
            indent = raw.index(content)
            lines.append(Line(at + indent, at + indent + len(content), content, gap))
            rows.append(Row(indent, content, gap))
        gap = not content
        at += len(raw)
    return _join(text, lines, find_joints(rows))


def _join(text: str, lines: list[Line], joints: Sequence[bool]) -> list[Line]:
    if not any(joints):
        return lines
    starts = [index for index, joint in enumerate(joints) if not joint]
    joined = []
    for first, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        start, end = lines[first].start, lines[following - 1].end
        joined.append(Line(start, end, _BREAK.sub(" ", text[start:end]), lines[first].gap))
    return joined


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty where there is nothing to see in it."""
    start = min(_over_space(text, start), end)
    return start, _back_over_space(text, end, start)


def cut(text: str, removals: Sequence[Removal]) -> tuple[Cut, ...]:
    """Cuts for removals that are in order and do not overlap, with the white space that would be left over.

    Between two kept parts stands the white space that stood on one side of what was removed: the greater break.
    """
    return tuple(_merge(_cut(text, removals)))


def _cut(text: str, removals: Sequence[Removal]) -> Iterator[Cut]:
    kept_until = 0
    for run in _runs(text, removals):
        before = _back_over_space(text, run[0].start, kept_until)
        after = _over_space(text, run[-1].end)
        at_edge = before == 0 or after == len(text)
        keep_before = not at_edge and _break(text, before, run[0].start) >= _break(text, run[-1].end, after)
        start = run[0].start if keep_before else before
        end = run[-1].end if not at_edge and not keep_before else after
        for index, removal in enumerate(run):
            stop = run[index + 1].start if index + 1 < len(run) else end
            yield Cut(start, stop, removal.reason, removal.score, removal.rule)
            start = stop
        kept_until = end


def _runs(text: str, removals: Sequence[Removal]) -> Iterator[list[Removal]]:
    """Removals with nothing but white space between them; leading and trailing white space is one, too."""
    run: list[Removal] = []
    for removal in _with_edges(text, removals):
        if run and text[run[-1].end : removal.start].strip():
            yield run
            run = []
        run.append(removal)
    if run:
        yield run


def _with_edges(text: str, removals: Sequence[Removal]) -> Iterator[Removal]:
    first, last = _over_space(text, 0), _back_over_space(text, len(text), 0)
    if first and not (removals and removals[0].start <= first):
        yield Removal(0, first, "whitespace", 1.0, "edge")
    yield from removals
    if max(first, last) < len(text) and not (removals and removals[-1].end >= last):
        yield Removal(last, len(text), "whitespace", 1.0, "edge")


def _merge(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Neighbours of one reason and rule are one cut, as sure as the least sure of them."""
    last: Cut | None = None
    for one in cuts:
        if last and last.end == one.start and (last.reason, last.rule) == (one.reason, one.rule):
            last = Cut(last.start, one.end, last.reason, min(last.score, one.score), last.rule)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _strip(text: str) -> str:
    while text != (text := text.strip().strip(INVISIBLE)):
        pass
    return text


def _is_space(character: str) -> bool:
    return character.isspace() or character in INVISIBLE


def _over_space(text: str, at: int) -> int:
    while at < len(text) and _is_space(text[at]):
        at += 1
    return at


def _back_over_space(text: str, at: int, least: int) -> int:
    while at > least and _is_space(text[at - 1]):
        at -= 1
    return at


def _break(text: str, start: int, end: int) -> int:
    """How much two parts are set apart: 2 paragraphs, 1 lines or words, 0 nothing."""
    space = text[start:end]
    lines = len((space + "x").splitlines()) - 1
    return 3 if lines > 1 else 2 if lines else 1 if space else 0
