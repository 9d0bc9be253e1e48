"""A line with what is known of it before it is compared with any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsdesk.pipeline.cleaning.cues import Cue, find_cue, is_time, words_of
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.segment import prose_score
from newsdesk.pipeline.cleaning.sentences import ends_sentence

SHORT = 60  # characters of a line that may well return: in menus, lists, the rows of a table
LEAST_TOLD = 7  # words of a sentence that names nobody
_NAMELESS = re.compile(r"\w+ [\da-zа-яё]")


@dataclass(frozen=True, slots=True)
class View:
    """``words`` are folded; ``time``: it holds nothing but a date or a time; ``score``: how much prose it is."""

    line: Line
    words: list[str]
    cue: Cue | None
    time: bool
    score: float


def look(line: Line) -> View:
    read = _read_again if len(line.text) <= SHORT else _read
    return View(line, *read(line.text), prose_score(line))


def _read(text: str) -> tuple[list[str], Cue | None, bool]:
    words = words_of(text)
    cue = find_cue(words)
    if (
        cue
        and cue.reason == "author box"
        and len(words) >= LEAST_TOLD
        and _NAMELESS.match(text)
        and ends_sentence(text)
    ):
        cue = None  # "By the time that help came, …", «Автор законопроекта сказал, что…»
    return words, cue, is_time(text, words)


_read_again = lru_cache(maxsize=4096)(_read)
