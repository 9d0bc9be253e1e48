"""Where on the page the article stands: its lines, its headline, its body. Rough, and without need of any cuts."""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsdesk.pipeline.document import Document, Span

# A line of prose is long; or it is not short, and ends as a sentence does or goes on with one (hard-wrapped text).
LONG_LINE = 100
SENTENCE_LINE = 45
SENTENCE_END = frozenset(".!?…»”\"')")
# What a line adds to a block of text: its length up to a bound, or a loss for a line that is not prose.
MOST_OF_A_LINE = 400
SHORT_LINE_LOSS = 35
HEADLINE_LENGTHS = range(12, 220)
TITLE_SHARE = 0.3  # less of the page's title than this, if not its beginning, is the name of the site
HEADLINE_VIEW = 40  # lines below a headline in which its article begins
HEADLINE_REACH = 12  # lines above the body in which a headline is guessed

COMMENTS_LENGTH = 40
COMMENTS = re.compile(
    r"^[^\S\n]*(?:(?P<sure>(?:reader |user )?comments:(?! ?0)|комментарии:(?! ?0)|\d+\sthoughts?\son\s)"
    r"|(?:\d+\s)?(?:reader |user )?(?:comments?|replies|responses|discussion|комментари[ийейяв]+|обсуждение|отзывы)(?!\w)(?!:? ?0))",
    re.IGNORECASE | re.MULTILINE,
)

CREDIT = re.compile(r"\W*(?:photos?|image|picture|sources?|credit|фото|иллюстрация|источники?)\s?:", re.IGNORECASE)
BEGINNING = 7  # characters of a line that are looked for in the titles first
SPAN, END = operator.methodcaller("span"), operator.attrgetter("end")
LINE = re.compile(r"\S(?:[^\n]*\S)?")
WORDS = re.compile(r"\w+")


class Line(NamedTuple):
    start: int
    end: int
    prose: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines that are not blank, and the numbers of those that are headline, first and last of the body.

    ``headline`` is -1 where none is seen; ``sure`` says that it was not only guessed. ``comments`` is the line below
    the headline from which readers speak, or one past the last line.
    """

    lines: Sequence[Line]
    starts: Sequence[int]
    headline: int
    sure: bool
    first: int
    last: int
    comments: int

    def line_at(self, offset: int) -> int:
        """The number of the line in which an offset lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    @property
    def top(self) -> int:
        """The line of the headline, or the first of the body where none is seen."""
        return self.headline if self.headline >= 0 else self.first

    @property
    def body(self) -> tuple[int, int]:
        """The offsets of the block of prose; an empty span where there is none."""
        if self.first > self.last:
            return 0, 0
        return self.lines[self.first].start, self.lines[self.last].end


def see_layout(document: Document) -> Layout:
    text = document.raw.text
    lines = _lines(text)
    weights = _weights(lines)
    run = _best_run(weights)
    headline = _headline(text, lines, weights, document.title.value)
    if headline > run[1]:
        headline = -1  # the same words in a list below the article
    first, last = _marked(lines, document.raw.main) or _body_below(headline, weights) or run
    sure = headline >= 0
    if not sure:
        headline = _likely_headline(text, lines, first)
    comments = _comments(text, lines, max(headline, first))
    return Layout(lines, [line.start for line in lines], headline, sure, first, last, comments)


def _lines(text: str) -> list[Line]:
    # tuple.__new__ because a text may have millions of lines, and Line(…) takes half of the time of all this
    new = tuple.__new__
    return [
        new(Line, (start, end, end - start >= SENTENCE_LINE and _is_prose(text, start, end)))
        for start, end in map(SPAN, LINE.finditer(text))
    ]


def _is_prose(text: str, start: int, end: int) -> bool:
    return end - start >= LONG_LINE or text[end - 1] in SENTENCE_END or text[start].islower()


def _weights(lines: Sequence[Line]) -> list[int]:
    """What each line adds to a block of text."""
    return [min(line.end - line.start, MOST_OF_A_LINE) if line.prose else -SHORT_LINE_LOSS for line in lines]


def _headline(text: str, lines: Sequence[Line], weights: Sequence[int], title: str) -> int:
    """The line that says the title, or that begins the page's first line, its <title>, or is much of it: of several, the
    one with the most prose below it. -1 where there is none."""
    if not lines:
        return -1
    wanted = _folded(title)
    page_title = _folded(text[lines[0].start : min(lines[0].end, lines[0].start + MOST_OF_A_LINE)])
    beginnings = f"{title}\n{text[lines[0].start : lines[0].end]}".casefold()
    shortest = int(len(page_title) * TITLE_SHARE)
    best, found = 0, -1
    for number, line in enumerate(lines):
        if line.end - line.start not in HEADLINE_LENGTHS:
            continue
        if text[line.start + 1 : line.start + BEGINNING].casefold() not in beginnings:
            continue  # most lines go no further (the first character may be another kind of quotation mark)
        folded = _folded(text[line.start : line.end])
        begins = page_title.startswith(folded) and len(folded) >= HEADLINE_LENGTHS[0]
        if folded == wanted or (number and (begins or (len(folded) >= shortest and folded in page_title))):
            below = sum(weight for weight in weights[number + 1 : number + HEADLINE_VIEW] if weight > 0)
            if below >= best:
                best, found = below, number
    return found


def _marked(lines: Sequence[Line], main: Sequence[Span]) -> tuple[int, int] | None:
    """The prose in what the markup calls the article."""
    if not main:
        return None
    inside = [n for n, line in enumerate(lines) if line.prose and main[0].start <= line.start < main[-1].end]
    return (inside[0], inside[-1]) if inside else None


def _body_below(headline: int, weights: Sequence[int]) -> tuple[int, int] | None:
    """From the first prose below the headline to where the best run from there ends."""
    for first in range(headline + 1, min(headline + HEADLINE_VIEW, len(weights))) if headline >= 0 else ():
        if weights[first] > 0:
            return first, _best_end(weights, first)
    return None


def _best_end(weights: Sequence[int], first: int) -> int:
    best = total = 0
    last = first
    for number in range(first, len(weights)):
        total += weights[number]
        if total <= 0:
            break
        if total > best:
            best, last = total, number
    return last


def _best_run(weights: Sequence[int]) -> tuple[int, int]:
    """The run of lines with the greatest weight."""
    best, span = 0, (0, -1)
    total, begin = 0, 0
    for number, weight in enumerate(weights):
        total += weight
        if total <= 0:
            total, begin = 0, number + 1
        elif total > best:
            best, span = total, (begin, number)
    return span


def _likely_headline(text: str, lines: Sequence[Line], first: int) -> int:
    """The nearest line above the body that has the length and the words of a headline."""
    for number in range(min(first, len(lines)) - 1, max(-1, first - HEADLINE_REACH), -1):
        line = lines[number]
        words = WORDS.findall(text, line.start, line.end)
        if CREDIT.match(text, line.start, line.end):
            continue
        if line.end - line.start in HEADLINE_LENGTHS and len(words) >= 4 and not any(map(str.isdigit, words[:2])):
            return number
    return -1


def _comments(text: str, lines: Sequence[Line], first: int) -> int:
    for match in COMMENTS.finditer(text, lines[first].end) if first < len(lines) else ():
        start = match.end() - len(match.group().lstrip())
        number = bisect_right(lines, start, key=END)
        if match["sure"] or lines[number].end - lines[number].start <= COMMENTS_LENGTH:
            return number
    return len(lines)


def _folded(line: str) -> str:
    return " ".join(WORDS.findall(line.casefold()))
