"""What a rule says of a line."""

from __future__ import annotations

from typing import NamedTuple

SURE, LIKELY = 0.97, 0.9  # scores of rules


class Verdict(NamedTuple):
    """Why a line is cut; without a reason, that it is kept."""

    reason: str
    score: float
    rule: str


KEEP = Verdict("", 1.0, "")
