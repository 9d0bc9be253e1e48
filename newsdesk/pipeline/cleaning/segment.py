"""The best segment: the run of lines that holds the most prose and the least of anything else."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.pipeline.cleaning.lines import Line

SENTENCE_ENDS = ".!?…:;»”\"'’)"
FULL_LINE = 80  # characters from which a line reads as prose without a full stop
COST = 3.0  # of a line that does not


def prose_score(line: Line) -> float:
    """Words of prose, or the cost of a line that is none."""
    text = line.text
    words = text.count(" ") + 1
    ended = text[-1] in SENTENCE_ENDS
    if words >= 6 and (ended or len(text) >= FULL_LINE):
        return float(min(words, 60))
    return -COST


def best_segment(scores: Sequence[float]) -> tuple[int, int]:
    """First and last (exclusive) index of the run with the greatest sum; empty where nothing is above zero."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, best_range = total, (start, index + 1)
    return best_range
