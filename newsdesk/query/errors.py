"""What is wrong with a query, where, and what it could look like."""

from __future__ import annotations


class QueryError(ValueError):
    """``position`` counts code points of the query; ``example`` is a query that works.

    ``code`` and ``value`` let an interface say the same in another language: ``message`` is the English text.
    """

    def __init__(self, message: str, position: int, example: str, code: str = "", value: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.example = example
        self.code = code
        self.value = value

    def __str__(self) -> str:
        return f"{self.message} (character {self.position + 1}; for example: {self.example})"
