"""What is wrong with what was given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class WrongValuesError(Exception):
    """``faults`` name the parameters, each with its messages. Nothing was done."""

    def __init__(self, detail: str, faults: Iterable[dict[str, Any]]) -> None:
        super().__init__(detail)
        self.faults = list(faults)
