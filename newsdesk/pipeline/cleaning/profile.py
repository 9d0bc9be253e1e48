"""What is known of the lines of one source: what its editors decided, and which lines return in its articles.

A line is known by its folded form, in which figures count for nothing: "Views: 12" returns as "Views: 1,204". It is
evidence against a line that it returns in several different articles of its source. Long prose never is cut for that
alone, nor a line that stands in the flow of an article (`LineProfile.judge`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.lines import Line, split_lines
from newsdesk.pipeline.cleaning.verdicts import KEEP, Verdict
from newsdesk.pipeline.cleaning.views import View, is_prose
from newsdesk.pipeline.vocabulary import Source

RULE = "source profile"
ALWAYS, RETURNS = "always cut", "returns in other articles"

LEAST_ARTICLES = 3  # different articles of the source that have the line
LEAST_SHARE = 0.02  # and the share of all its different articles that they are
WINDOW = 500  # articles after which `LineCounter` forgets what is rare
MOST_WORDS = 20  # of a line that is cut for returning: a longer one is prose, however it ends
MOST_CHARACTERS = 160
LONGEST = 300  # characters of a folded line; what is longer is told by its beginning and a hash

_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"\d+(?:[ ,.]\d{3}(?!\d))*")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a hash without figures is not folded again


def fold_line(text: str) -> str:
    """White space collapsed, each figure 0: equal for lines that say the same. Folding twice changes nothing."""
    folded = _FIGURE.sub("0", _SPACE.sub(" ", text).strip())
    if len(folded) <= LONGEST:
        return folded
    hashed = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest().translate(_LETTERS)
    return f"{folded[: LONGEST - len(hashed) - 1]}…{hashed}"


def could_return(line: Line) -> bool:
    """Whether it may be cut for returning: short, no prose, with a word in it."""
    if len(line.text) > MOST_CHARACTERS:
        return False
    words = words_of(line.text)
    return len(words) <= MOST_WORDS and any(not word[0].isdigit() for word in words) and not is_prose(line.text, words)


def returns(articles: int, of: int) -> bool:
    """Whether a line that so many different articles have, of so many, is one that returns."""
    return articles >= max(LEAST_ARTICLES, LEAST_SHARE * of)


class LineCount(NamedTuple):
    """``text``: the line as it stood in the last of them."""

    articles: int
    text: str


class LineCounter:
    """Counts in how many different articles of a source each line stands, in memory that does not grow with their number.

    Lossy counting (Manku and Motwani, Approximate frequency counts over data streams, 2002): after each WINDOW articles
    the lines that came in no more than once in each of the windows since are forgotten. A count is exact up to WINDOW
    articles and too low by at most 1 in WINDOW beyond, a tenth of LEAST_SHARE. ``decided`` lines, folded, are counted
    whatever they are.
    """

    def __init__(self, decided: Collection[str] = ()) -> None:
        self.articles = 0
        self._decided = decided
        self._counts: dict[str, tuple[int, int, str]] = {}  # articles, windows before the first of them, text

    def add(self, text: str) -> None:
        """Count the lines of one more article, each once. A line that is half of its text or more is the article."""
        lines = split_lines(text)
        half = sum(len(line.text) for line in lines) / 2
        windows = self.articles // WINDOW
        self.articles += 1
        seen: dict[str, str] = {}
        for line in lines:
            if could_return(line) and len(line.text) < half:
                seen.setdefault(fold_line(line.text), line.text)
            elif self._decided and (folded := fold_line(line.text)) in self._decided:
                seen.setdefault(folded, line.text)
        for folded, example in seen.items():
            count, before, _ = self._counts.get(folded, (0, windows, ""))
            self._counts[folded] = (count + 1, before, example)
        if self.articles % WINDOW == 0:
            self._forget(self.articles // WINDOW)

    def _forget(self, windows: int) -> None:
        self._counts = {
            line: counted
            for line, counted in self._counts.items()
            if counted[0] + counted[1] > windows or line in self._decided
        }

    def counts(self) -> dict[str, LineCount]:
        """The lines that return, and those decided that stand anywhere, by folded line."""
        return {
            line: LineCount(articles, text)
            for line, (articles, _, text) in self._counts.items()
            if line in self._decided or returns(articles, self.articles)
        }


class LineProfile:
    """The decisions and the evidence for one source, ready to be asked. It is falsy where there are none."""

    def __init__(self, source: Source) -> None:
        self.decisions = {
            **dict.fromkeys(map(fold_line, source.always_cut), Verdict(ALWAYS, 1.0, RULE)),
            **dict.fromkeys(map(fold_line, source.never_cut), KEEP),
        }
        self.returning = {
            line: articles
            for line, articles in source.line_counts
            if line not in self.decisions and returns(articles, source.articles)
        }

    def __bool__(self) -> bool:
        return bool(self.decisions or self.returning)

    def decide(self, views: Sequence[View], verdicts: list[Verdict | None]) -> None:
        """Put what editors decided in the place of what the rules say."""
        if self.decisions:
            for index, view in enumerate(views):
                verdicts[index] = self.decisions.get(fold_line(view.line.text), verdicts[index])

    def cut_returning(self, views: Sequence[View], verdicts: list[Verdict | None], kept: list[bool]) -> None:
        """Of the lines that would be kept, cut those that return: one that has a cue wherever it stands, any other
        only where it does not stand between two lines that stay, nor may be the headline. Never all that is left."""
        found = self._find(views, verdicts, kept)
        stays = [keep and index not in found for index, keep in enumerate(kept)]
        if not any(stays):
            return
        prose = next((index for index, view in enumerate(views) if stays[index] and view.prose), len(views))
        inside = _stand_between(kept, found)
        for index, verdict in found.items():
            view = views[index]
            if view.cue or not (index in inside or (index < prose and view.headline)):
                verdicts[index], kept[index] = verdict, False

    def _find(
        self, views: Sequence[View], verdicts: Sequence[Verdict | None], kept: Sequence[bool]
    ) -> dict[int, Verdict]:
        """Figures must be those of a time or of a cue: others are what the article tells, as in a table of scores."""
        found = {}
        for index, view in enumerate(views):
            if not (self.returning and kept[index] and verdicts[index] is None and could_return(view.line)):
                continue
            folded = fold_line(view.line.text)
            if (articles := self.returning.get(folded)) and (view.cue or view.time or "0" not in folded):
                reason = view.cue.reason if view.cue else RETURNS
                found[index] = Verdict(reason, round(articles / (articles + 1), 3), RULE)
        return found


def _stand_between(kept: Sequence[bool], found: Mapping[int, Verdict]) -> set[int]:
    """The lines found whose run has a line on both its sides that stays."""
    inside: set[int] = set()
    run: list[int] = []
    stays_above = False
    for index, keep in enumerate(kept):
        if index in found:
            run.append(index)
            continue
        if keep and stays_above:
            inside.update(run)
        run, stays_above = [], keep
    return inside
