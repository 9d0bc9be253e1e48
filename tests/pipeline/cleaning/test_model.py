"""The trees of the line model say what a walk from node to node says, and its features what stands around a line."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from newsdesk.pipeline.cleaning.features import describe, names
from newsdesk.pipeline.cleaning.form import FORM, measure_form
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.cleaning.model import CHUNK, Trees
from newsdesk.pipeline.cleaning.views import look

COLUMNS = ["unused", "a", "b", "c"]
DEPTH = 4


def make_trees(count: int, seed: int) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    inner, leaves = 2**DEPTH - 1, 2**DEPTH
    return {
        "depth": DEPTH,
        "bias": 0.25,
        "features": ["c", "a", "b"],
        "trees": [
            [
                [[int(chance.integers(3)), float(chance.normal())] for _ in range(inner)],
                chance.normal(size=leaves).tolist(),
            ]
            for _ in range(count)
        ],
    }


def walk(data: dict[str, Any], row: list[float]) -> float:
    """From the root down, in heap order, right where the feature is above the threshold."""
    total = data["bias"]
    for nodes, leaves in data["trees"]:
        node = 0
        for _ in range(DEPTH):
            feature, limit = nodes[node]
            value = row[COLUMNS.index(data["features"][feature])]
            node = 2 * node + 1 + bool(np.float32(value) > np.float32(limit))
        total += leaves[node - (2**DEPTH - 1)]
    return 1 / (1 + math.exp(-total))


@pytest.mark.parametrize("lines", [1, 7, CHUNK, CHUNK + 3])
def test_trees_say_what_a_walk_says(lines: int) -> None:
    data = make_trees(5, seed=lines)
    rows = np.random.default_rng(lines).normal(size=(lines, len(COLUMNS))).astype(np.float32)

    said = Trees(data, COLUMNS).predict(rows)

    assert said.tolist() == pytest.approx([walk(data, row) for row in rows.tolist()], rel=1e-5)


def test_on_the_threshold_a_line_goes_left() -> None:
    data = {"depth": DEPTH, "bias": 0.0, "features": ["a"], "trees": [[[[0, 0.5]] * 15, [-3.0, *[3.0] * 15]]]}

    said = Trees(data, ["a"]).predict(np.array([[0.5], [0.6]], np.float32))

    assert said[0] < 0.5 < said[1]


def test_form_has_a_number_for_each_name() -> None:
    told = dict(
        zip(
            FORM,
            measure_form("— В 2021 году ВВП вырос на 3,5 %?", ["в", "2021", "году"], None, time=False),
            strict=True,
        )
    )

    assert told["question"]
    assert told["quote_start"]
    assert not told["full_stop"] - 1  # a question ends a sentence
    assert told["digits"] == 6 / 33
    assert told["upper"] == 4 / 33


def test_a_line_is_told_what_stands_above_and_below() -> None:
    prose = "The council of the town said on Monday that the old bridge over the river would be closed for a year."
    views = [look(line) for line in split_lines(f"Menu\nShare\n{prose}\nNews\n{prose}\nTags")]

    rows = describe(views, [None] * len(views))

    since, until = (rows[:, names().index(name)].tolist() for name in ("since_prose", "until_prose"))
    assert since == [30, 30, 30, 0, 1, 0]
    assert until == [1, 0, 1, 0, 30, 30]
    assert rows[:, names().index("is_first")].tolist() == [1, 0, 0, 0, 0, 0]
    assert rows[:, names().index("window_prose")].tolist() == [42] * 6
