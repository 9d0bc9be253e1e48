"""The part of a text that shows best why a search found it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from newsdesk.articles.marks import Mark, Segment, segments

HIT = "hit"
WIDTH = 200  # characters
BEFORE = 60  # of them before the first word found


def mark_words(text: str, spans: Iterable[tuple[int, int]]) -> list[Segment]:
    return segments(text, [Mark(start, end, HIT) for start, end in spans])


def make_snippet(text: str, spans: Sequence[tuple[int, int]], width: int = WIDTH) -> list[Segment]:
    """``width`` characters of the text, on one line, where the most spans are; those are marked. The original text is
    shown, not its stems."""
    if not spans:
        return []
    spans = sorted(spans)
    start = max(0, _densest(spans, width - BEFORE) - BEFORE)
    start, end = _whole_words(text, start, min(len(text), start + width))
    within = [(left - start, right - start) for left, right in spans if left >= start and right <= end]
    found = [Segment(_on_one_line(piece.text), piece.marks) for piece in mark_words(text[start:end], within)]
    opening = [Segment("…")] if start else []
    closing = [Segment("…")] if end < len(text.rstrip()) else []
    return opening + found + closing


def _densest(spans: Sequence[tuple[int, int]], width: int) -> int:
    """Where to begin so that the most spans lie within ``width``; the first such place."""
    starts = [start for start, _ in spans]
    return max(starts, key=lambda start: (bisect_right(starts, start + width) - starts.index(start), -start))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        start = next((at for at in range(start, end) if text[at].isspace()), start)
    if end < len(text):
        end = next((at for at in range(end, start, -1) if text[at].isspace()), end)
    return start, end


def _on_one_line(text: str) -> str:
    """Runs of space as one, also at the ends, where the neighbours join."""
    words = text.split()
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and words else ""
    return f"{lead}{' '.join(words)}{tail}"
