"""Paragraphs that were broken into lines of one width, as mails, wire copy and text made from PDF have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

WIDTHS = range(45, 121)  # characters of a wrapped line; verse and lists are narrower, paragraphs wider
SLACK = 15  # characters by which a full line may fall short of the width: a word that did not fit
LEAST = 2  # full lines that go on below
LONGER = 12  # one line in so many may be longer than the width
FULL, GOING_ON = 0.6, 0.5  # share of lines that are full; of those above a letter, that it is a small one

_FIRST_WORD = re.compile(r"\S+")
BULLET = re.compile(r"(?:[-–—•*·▪►●■+>]|\d{1,3}[.)])\s")


class Row(NamedTuple):
    """A line as it stands: ``indent`` spaces before ``text``; ``gap``: an empty line stands before it."""

    indent: int
    text: str
    gap: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def find_joints(rows: Sequence[Row]) -> list[bool]:
    """For every row, whether it only carries on the one before. All false where the text is not wrapped."""
    width = _find_width(rows)
    if not width:
        return [False] * len(rows)
    return [False, *(_carries_on(above, below, width) for above, below in pairwise(rows))]


def _find_width(rows: Sequence[Row]) -> int:
    """The width at which the text was broken, or 0. A few lines may be longer: an address, a notice of the site."""
    if sum(_goes_on(*one) and not _is_paragraph(*one) for one in pairwise(rows)) < LEAST:
        return 0
    longer = 0
    for width, count in sorted(Counter(row.width for row in rows).items(), reverse=True):
        if longer > max(1, len(rows) // LONGER) or width < WIDTHS.start:
            return 0
        if width in WIDTHS and _is_wrapped(rows, width):
            return width
        longer += count
    return 0


def _is_wrapped(rows: Sequence[Row], width: int) -> bool:
    """Judged by the blocks that have a full line: a menu and a signature have none."""
    inside = full = lettered = going_on = 0
    for block in _blocks(rows):
        of_width = [one for one in block if one[0].width <= width]
        of_full = [one for one in of_width if _is_full(*one, width)]
        if of_full:
            inside += len(of_width)
            full += len(of_full)
            lettered += sum(below.text[0].isalpha() for _, below in of_full)
            going_on += sum(_goes_on(*one) for one in of_full)
    return going_on >= max(LEAST, GOING_ON * lettered) and full >= FULL * inside


def _blocks(rows: Sequence[Row]) -> Iterator[list[tuple[Row, Row]]]:
    """Neighbours, paragraph by paragraph."""
    block: list[tuple[Row, Row]] = []
    for one in pairwise(rows):
        if _is_paragraph(*one):
            yield block
            block = []
        else:
            block.append(one)
    yield block


def _is_full(above: Row, below: Row, width: int) -> bool:
    """Whether the first word below would not have fitted above."""
    word = _FIRST_WORD.match(below.text)
    return above.width >= width - SLACK and above.width + 1 + (word.end() if word else 0) > width


def _goes_on(above: Row, below: Row) -> bool:
    return below.text[0].islower() and above.text[-1] not in ".!?…"


def _is_paragraph(above: Row, below: Row) -> bool:
    """Whether a new one begins below: with an empty line, or an indent."""
    return below.gap or below.indent > above.indent + 1


def _carries_on(above: Row, below: Row, width: int) -> bool:
    if _is_paragraph(above, below) or BULLET.match(below.text):
        return False
    long = width / 2 <= above.width <= width + SLACK
    return long and (_is_full(above, below, width) or _goes_on(above, below))
