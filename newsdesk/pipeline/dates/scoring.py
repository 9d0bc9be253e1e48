"""How likely each day is the day of publication.

The features of a candidate are weighed and summed; of several candidates for one day the best stands for it; and the
days share out the probability with one rival more, "none of them", whose sum is zero. The weights are data, made by
scripts/train_date_model.py; those that need cuts or a URL, or a form of page that the training pages lack, are set by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsdesk.pipeline.dates.candidates import Candidate

WEIGHTS: Mapping[str, float] = json.loads(Path(__file__).with_name("weights.json").read_text("utf-8"))
SET_BY_HAND: Mapping[str, float] = {
    "cut_own": 2.0, "cut_foreign": -2.0, "url_agrees": 4.0, "url_differs": -2.0, "in_head": -4.0, "over_title": -7.0, "another": -9.0, "in_comments": -2.0,
    "header": -0.5, "updated_beside": 0.8,
}  # fmt: skip  # several to a line
BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A day (or what is known of it), its probability, and the candidate that speaks for it best."""

    key: str
    probability: float
    candidate: Candidate


def score(features: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    total = weights[BIAS]
    for name, value in features.items():
        total += value * (weights.get(name, 0.0) or SET_BY_HAND.get(name, 0.0))
    return total


def rank(candidates: Iterable[Candidate], weights: Mapping[str, float] = WEIGHTS) -> list[Ranked]:
    """The days that the candidates claim, the likeliest first."""
    best: dict[str, tuple[float, Candidate]] = {}
    for candidate in candidates:
        points = score(candidate.features, weights)
        if candidate.key not in best or points > best[candidate.key][0]:
            best[candidate.key] = points, candidate
    highest = max((points for points, _ in best.values()), default=0.0)
    shift = max(highest, 0.0)
    total = math.exp(-shift) + sum(math.exp(points - shift) for points, _ in best.values())
    ranked = [Ranked(key, math.exp(points - shift) / total, one) for key, (points, one) in best.items()]
    return sorted(ranked, key=lambda one: -one.probability)
