"""The line model: how likely each line is part of the article. Boosted trees in two passes, evaluated with numpy.

`line_model.json` holds the trees and the weights of words; scripts/train_line_model.py makes it. The first pass sees a
line and its neighbours, the second also what the first thought of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from newsdesk.pipeline.cleaning.features import Matrix, describe, describe_context, describe_wording, names_of_passes
from newsdesk.pipeline.cleaning.rules import Verdict
from newsdesk.pipeline.cleaning.views import View
from newsdesk.pipeline.cleaning.wording import Wording

FILE = Path(__file__).with_name("line_model.json")
CHUNK = 2048  # lines at a time: the memory of a step is lines times trees


class Trees:
    """Complete binary trees of one depth; a line goes right where its feature is above the threshold."""

    def __init__(self, data: dict[str, Any], columns: Sequence[str]) -> None:
        place = {name: index for index, name in enumerate(columns)}
        used = [place[name] for name in data["features"]]
        self.depth: int = data["depth"]
        self.bias: float = data["bias"]
        features = [[used[feature] for feature, _ in nodes] for nodes, _ in data["trees"]]
        self.features = np.array(features, np.intp).ravel()
        self.thresholds = np.array([[limit for _, limit in nodes] for nodes, _ in data["trees"]], np.float32).ravel()
        self.leaves = np.array([leaves for _, leaves in data["trees"]], np.float32).ravel()
        self.trees = np.arange(len(features), dtype=np.intp)[:, None]

    def predict(self, rows: Matrix) -> Matrix:
        """The probability of each row."""
        parts = [self._sum(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        likely: Matrix = (1 / (1 + np.exp(-np.concatenate(parts)))).astype(np.float32)
        return likely

    def _sum(self, rows: Matrix) -> Matrix:
        flat, first = rows.ravel(), np.arange(len(rows), dtype=np.intp)[None, :] * rows.shape[1]
        root, node = self.trees * (2**self.depth - 1), np.zeros((len(self.trees), len(rows)), np.intp)
        for _ in range(self.depth):
            place = root + node
            above = flat.take(first + self.features.take(place)) > self.thresholds.take(place)
            node = 2 * node + 1 + above
        leaf = self.trees * 2**self.depth + node - (2**self.depth - 1)
        total: Matrix = self.leaves.take(leaf).sum(axis=0) + np.float32(self.bias)
        return total


class LineModel:
    def __init__(self, data: dict[str, Any]) -> None:
        first, second = names_of_passes()
        self.wording = Wording(**data["wording"])
        self.first = Trees(data["first"], first)
        self.second = Trees(data["second"], second)

    def predict(
        self,
        views: Sequence[View],
        verdicts: Sequence[Verdict | None],
        main: Sequence[bool] | None = None,
        title: Sequence[str] = (),
        marks: Sequence[int] | None = None,
    ) -> Matrix:
        """How likely each line is part of the article. ``main``: which lines the markup marks as such; ``title``: the
        folded words of the headline, where the format states it."""
        if not views:
            return np.empty(0, np.float32)
        weighed = self.wording.weigh(view.words for view in views)
        rows = np.hstack([describe(views, verdicts, main, title, marks), describe_wording(weighed)])
        first = self.first.predict(rows)
        return self.second.predict(np.hstack([rows, describe_context(views, first)]))


@lru_cache(maxsize=1)
def load() -> LineModel:
    return LineModel(json.loads(FILE.read_text("utf-8")))
