"""What is no prose and stays in the article: results, tables, lists, quotations, speech, what parts its sections."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsdesk.pipeline.cleaning.cues import words_in
from newsdesk.pipeline.cleaning.sentences import ends_sentence
from newsdesk.pipeline.cleaning.verdicts import Verdict
from newsdesk.pipeline.cleaning.views import (
    LABEL_WORDS,
    SENTENCE_WORDS,
    View,
    above_comments,
    first_paragraph,
    first_prose,
    is_plain,
    is_short_sentence,
)

RECALLING = words_in("recalling")
MOST_RESULTS = 4  # lines of a result between two paragraphs
MOST_FIGURES = 20  # lines of a table between two paragraphs
LONG_LABEL, MOST_LABELS = 12, 3  # words of a line above a table; such lines
LONGEST_ROW, BELOW_TABLE = 150, 3  # characters; lines in which the article goes on
LEAST_LISTING, LEAST_LISTED = 5, 2  # words of a sentence that enumerates; items
QUOTES = ("“”", "«»", '""')  # around what somebody says
LEAST_SPOKEN = 4  # lines of two or more speakers who speak again

_RESULT = re.compile(
    r".{3,80}[—–-]\s*\d{1,2}:\d{1,2}\b.{0,80}|(?:голы|составы|goals|scorers|line-ups?)\s*:.{3,400}", re.IGNORECASE
)
_FIGURE = re.compile(
    r"[^\W\d].{0,60}(?:\s[–—=-]|(?<!\d):|:\s)\s*[+−–-]?[$€£₽]?\d[\d \xa0]*(?:[.,]\d+)*(?:\s?%|(?:[\s/]\s?[^\W\d]+\.?){1,5})?(?:\s?\([^()]{1,30}\))?[.;,]?"
)
_NOTE = re.compile(r"(?:примечани[ея]|источник|notes?|source)\s*[.:]", re.IGNORECASE)
_SPEAKER = re.compile(r"([A-ZА-ЯЁ][\w.'’ -]{0,30}):\s+\S")


def find_results(views: Sequence[View]) -> Iterator[int]:
    """Of a match, between two paragraphs: "«Дила» — «Самтредиа» — 2:3", "Goals: …"."""
    above = None
    for index, view in enumerate(views):
        if view.prose and not _RESULT.fullmatch(view.line.text):
            if above is not None and 1 < index - above <= MOST_RESULTS + 1:
                yield from range(above + 1, index)
            above = index
        elif above is not None and not _RESULT.fullmatch(view.line.text):
            above = None


def find_listed(views: Sequence[View]) -> Iterator[int]:
    """What a sentence that ends in a colon enumerates, an item of a few words a line, between two paragraphs."""
    for index in above_comments(views[:-1], first_prose(views) + 1):
        view = views[index]
        if view.line.text.find(":") == len(view.line.text) - 1 and len(view.words) >= LEAST_LISTING and is_plain(view):
            items = [*itertools.takewhile(lambda at: _is_item(views[at]), range(index + 1, len(views)))]
            if LEAST_LISTED <= len(items) <= MOST_FIGURES and _goes_on(views[items[-1] + 1 :][:1]):
                yield from (index, *items)


def _is_item(view: View) -> bool:
    return is_plain(view) and 0 < len(view.words) <= LABEL_WORDS + 1 and view.line.text[-1] not in ".!?:"


def find_quoted(views: Sequence[View]) -> Iterator[int]:
    """Behind the first paragraph and above comments, who says something, in a line of its own, and what, in quotation marks;
    once alone it may be a box."""
    pairs = [
        index
        for index in above_comments(views[:-1], first_prose(views) + 1)
        if _names_speaker(views[index]) and _is_quotation(views[index + 1])
    ]
    if len(pairs) > 1:
        for index in pairs:
            yield from (index, index + 1)


def _is_quotation(view: View) -> bool:
    return len(view.words) >= SENTENCE_WORDS and view.line.text[0] + view.line.text[-1] in QUOTES


def _names_speaker(view: View) -> bool:
    return (
        is_plain(view) and len(view.words) <= LONG_LABEL and view.line.text[-1] == ":" and view.line.text[0].isupper()
    )


def find_tables(views: Sequence[View]) -> Iterator[int]:
    """A table, a line a row, with the labels above it and the note below: between two paragraphs, or at the end, where what
    stands right above it is a paragraph or ends in a colon."""
    for kind, group in itertools.groupby(range(len(views)), lambda index: _row_of(views[index])):
        rows = list(group)
        if kind is None or not 1 < len(rows) <= MOST_FIGURES:
            continue
        start, end = rows[0], rows[-1] + 1
        labels = 0
        while start and labels < MOST_LABELS and _is_label(views[start - 1]):
            start, labels = start - 1, labels + 1
        if not (start and views[start - 1].prose):
            continue
        end += end < len(views) and _NOTE.match(views[end].line.text) is not None
        if _goes_on(views[end : end + BELOW_TABLE]) or not labels or views[rows[0] - 1].line.text[-1] == ":":
            yield from range(start, end)


def _goes_on(views: Sequence[View]) -> bool:
    """Whether a sentence stands among these lines before any that says of itself what it is."""
    return any(is_short_sentence(view) for view in itertools.takewhile(is_plain, views))


def _row_of(view: View) -> int | None:
    """What kind of row of a table it is: 0, "Potatoes: +4.6", "Brent – 98.92 dollars"; else how many more cells than one."""
    text = view.line.text
    if len(text) > LONGEST_ROW or not is_plain(view):
        return None
    more_cells = text.count("|") + text.count("\t")
    return more_cells or (0 if _FIGURE.fullmatch(text) else None)


def _is_label(view: View) -> bool:
    """What may stand above a table: a few words, no sentence."""
    short = 0 < len(view.words) <= LONG_LABEL
    return is_plain(view) and not view.prose and short and view.line.text[-1] not in "!?"


def find_recalled(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> Iterator[int]:
    """A sentence that begins with «Ранее», as the last paragraph of Russian news often does: below prose, above comments."""
    first = first_paragraph(views, verdicts)
    for index in above_comments(views, first):
        view = views[index]
        plain = view.prose and not (verdicts[index] or view.cue)
        if plain and view.words[0] in RECALLING and ends_sentence(view.line.text):
            yield index


def find_separators(views: Sequence[View]) -> Iterator[int]:
    """ "x x x" between two paragraphs, which parts two sections; elsewhere it is a button."""
    for index in range(1, len(views) - 1):
        if set(views[index].words) == {"x"} and views[index - 1].prose and views[index + 1].prose:
            yield index


def find_speech(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> list[int]:
    """What two or more speak in turns: "Q: …", "A: …", "I.Ivanov: …"."""
    spoken = defaultdict(list)
    for index in above_comments(views):
        view = views[index]
        match = None if verdicts[index] or view.cue else _SPEAKER.match(view.line.text)
        if match and ends_sentence(view.line.text):
            spoken[match[1]].append(index)
    again = [lines for lines in spoken.values() if len(lines) > 1]
    lines = sorted(itertools.chain.from_iterable(again))
    return lines if len(again) > 1 and len(lines) >= LEAST_SPOKEN else []
