"""One word or phrase of a query, taken apart: ``="some words"~5``."""

from __future__ import annotations

import re
from typing import NamedTuple

_TERM = re.compile(r'(?P<exact>=?)["«“„]?(?P<text>.*?)["»“”]?(?:~(?P<distance>\d*))?', re.DOTALL)


class Term(NamedTuple):
    """``distance`` is None where there is no ~, and empty where no number follows it."""

    exact: bool
    text: str
    distance: str | None


def read_term(typed: str) -> Term:
    match = _TERM.fullmatch(typed)
    assert match is not None, "each part of the expression may be empty"
    return Term(bool(match["exact"]), match["text"], match["distance"])
