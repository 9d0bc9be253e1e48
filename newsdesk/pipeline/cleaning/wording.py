"""How far a line's words speak for the article, whatever its form: a logistic regression over the beginnings of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

STEM = 6  # characters of a word that stand in for its stem
FIGURE = "#"
FIRST = "^"  # before the stem that a line begins with
MOST_WORDS = 40  # of a line
LIMIT = 6.0  # of the logarithm of the odds

Vector = npt.NDArray[np.float32]


def stems(words: Sequence[str]) -> set[str]:
    """Of folded words; a figure is any figure."""
    found = [FIGURE if word.isdigit() else word[:STEM] for word in words[:MOST_WORDS]]
    return {*found, FIRST + found[0]} if found else set()


class Wording:
    def __init__(self, weights: Mapping[str, float], bias: float) -> None:
        self.weights = weights
        self.bias = bias

    def weigh(self, lines: Iterable[Sequence[str]]) -> Vector:
        """The logarithm of the odds that each line is of the article. ``lines``: their folded words."""
        return np.array([self.weigh_line(words) for words in lines], np.float32)

    def weigh_line(self, words: Sequence[str]) -> float:
        known = [weight for weight in map(self.weights.get, stems(words)) if weight is not None]
        said = sum(known) / len(known) ** 0.5 if known else 0.0
        return max(-LIMIT, min(LIMIT, self.bias + said))
