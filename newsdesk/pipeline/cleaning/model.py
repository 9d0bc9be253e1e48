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
from newsdesk.pipeline.cleaning.verdicts import Verdict
from newsdesk.pipeline.cleaning.views import View
from newsdesk.pipeline.cleaning.wording import Wording

FILE = Path(__file__).with_name("line_model.json")
CHUNK = 128  # lines at a time: what a step reads and writes stays in the cache of the processor
UPPER = 2  # levels of which both sides are read: quicker than to look up which


class Trees:
    """Complete binary trees of one depth; a line goes right where its feature is above the threshold.

    The nodes of a level stand tree by tree, so that below the node at ``place`` are those at twice that and one more.
    """

    def __init__(self, data: dict[str, Any], columns: Sequence[str]) -> None:
        place = {name: index for index, name in enumerate(columns)}
        used = np.array([place[name] for name in data["features"]], np.intp)
        depth: int = data["depth"]
        self.bias = np.float32(data["bias"])
        nodes = np.array([nodes for nodes, _ in data["trees"]])
        levels = [nodes[:, 2**level - 1 : 2 ** (level + 1) - 1] for level in range(depth)]
        self.features = [used[level[..., 0].astype(np.intp).ravel()] for level in levels]
        self.thresholds = [level[..., 1].astype(np.float32).ravel() for level in levels]
        self.leaves = np.array([leaves for _, leaves in data["trees"]], np.float32).ravel()
        self.starts = 2**UPPER * np.arange(len(nodes), dtype=np.intp)[:, None]

    def predict(self, rows: Matrix) -> Matrix:
        """The probability of each row."""
        parts = [self._sum(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        likely: Matrix = (1 / (1 + np.exp(-np.concatenate(parts)))).astype(np.float32)
        return likely

    def _sum(self, rows: Matrix) -> Matrix:
        columns, flat = np.ascontiguousarray(rows.T), rows.ravel()
        first = np.arange(len(rows), dtype=np.intp) * rows.shape[1]
        root, both = (columns[self.features[level]] > self.thresholds[level][:, None] for level in range(UPPER))
        place = self.starts + 2 * root + np.where(root, both[1::2], both[::2])
        for features, thresholds in zip(self.features[UPPER:], self.thresholds[UPPER:], strict=True):
            at = features.take(place)
            at += first
            above = flat.take(at) > thresholds.take(place)
            place += place
            place += above
        total: Matrix = self.leaves.take(place).sum(axis=0) + self.bias
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
