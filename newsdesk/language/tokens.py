"""Words of a text with their place in it."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """``text[start:end]`` of the text it was made from; ``form`` is folded, ``stem`` is what search compares."""

    start: int
    end: int
    form: str
    stem: str
