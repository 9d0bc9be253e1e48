"""A line with what is known of it before it is compared with any other, and where the first of a kind stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsdesk.pipeline.cleaning.cues import Cue, find_cue, is_time, words_of
from newsdesk.pipeline.cleaning.form import measure_form
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.segment import prose_score
from newsdesk.pipeline.cleaning.sentences import ends_clause, ends_sentence

SHORT = 60  # characters of a line that may well return: in menus, lists, the rows of a table
LEAST_TOLD = 7  # words of a sentence that names nobody
PROSE_WORDS = 10
LABEL_WORDS = 3  # a line of no more is a label rather than a headline
SENTENCE_WORDS = 4  # of the shortest sentence that tells something
HEADLINE_WORDS, LONGEST_HEADLINE = range(3, 30), 200  # the second: characters
_NAMELESS = re.compile(r"\w+ [\da-zа-яё]")


class View(NamedTuple):
    """``words`` are folded; ``time``: it holds nothing but a date or a time; ``prose``: words enough, up to the end of a
    sentence; ``headline``: it has the form of one; ``score``: how many words of prose it has for the best segment;
    ``form``: a number for each name of `FORM`."""

    line: Line
    words: list[str]
    cue: Cue | None
    time: bool
    prose: bool
    headline: bool
    score: float
    form: tuple[float, ...]


def look(line: Line) -> View:
    read = _read_again if len(line.text) <= SHORT else _read
    return View(line, *read(line.text))


def _read(text: str) -> tuple[list[str], Cue | None, bool, bool, bool, float, tuple[float, ...]]:
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
    time = is_time(text, words)
    headline = not time and is_headline(text, words)
    form = measure_form(text, words, cue, time)
    return words, cue, time, is_prose(text, words), headline, prose_score(text), form


_read_again = lru_cache(maxsize=4096)(_read)


def is_prose(text: str, words: Sequence[str]) -> bool:
    return len(words) >= PROSE_WORDS and ends_clause(text)


def is_headline(text: str, words: Sequence[str]) -> bool:
    """Some words, a capital, no full stop."""
    return (
        len(words) in HEADLINE_WORDS
        and len(text) <= LONGEST_HEADLINE
        and not text[0].islower()
        and not ends_clause(text.rstrip("?!"))
    )


def is_header(view: View, reason: str) -> bool:
    """Whether it stands above what is cut for the reason, and says nothing else."""
    return view.cue is not None and view.cue.strength == 2 and view.cue.reason == reason


def first_prose(views: Sequence[View]) -> int:
    """The index of the first prose, or the number of lines."""
    return next((index for index, view in enumerate(views) if view.prose), len(views))


def first_paragraph(views: Sequence[View], verdicts: Sequence[object]) -> int:
    """The index of the first prose that no rule has decided on, or the number of lines."""
    return next((index for index, view in enumerate(views) if view.prose and not verdicts[index]), len(views))


def above_comments(views: Sequence[View], first: int = 0) -> Iterator[int]:
    """The lines from the first down to the header of the comments."""
    return itertools.takewhile(lambda index: not is_header(views[index], "comments"), range(first, len(views)))


def is_plain(view: View) -> bool:
    """Whether it does not say of itself what it is."""
    return not (view.cue or view.time)


def is_short_sentence(view: View) -> bool:
    return len(view.words) >= SENTENCE_WORDS and ends_clause(view.line.text)
