"""A line with what is known of it before it is compared with any other."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.pipeline.cleaning.cues import Cue, find_cue, is_time, words_of
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.segment import prose_score


@dataclass(frozen=True, slots=True)
class View:
    """``words`` are folded; ``time``: it holds nothing but a date or a time; ``score``: how much prose it is."""

    line: Line
    words: list[str]
    cue: Cue | None
    time: bool
    score: float


def look(line: Line) -> View:
    words = words_of(line.text)
    return View(line, words, find_cue(words), is_time(line.text, words), prose_score(line))
