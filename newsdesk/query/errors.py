"""What is wrong with a query, where, and what would be right."""

from __future__ import annotations

# By code: the message, in which {value} is what was typed, and a query that works.
MESSAGES = {
    "length": ("The query is longer than {value} characters.", 'карабах OR "Nagorno-Karabakh"'),
    "address": (
        "This is too long for an address: a search in such letters has at most {value} characters.",
        "карабах*",
    ),
    "depth": ("Parentheses, NOT and fields are nested more than {value} deep.", "(баку OR ереван) встреча"),
    "open": ("What “{value}” opens is not closed.", '(баку OR ереван) "союзная декларация"'),
    "idle": ("“{value}” has nothing to go with.", "(баку OR ереван) встреча"),
    "star": ("A * can stand only at the end of a word, not as in “{value}”.", "карабах*"),
    "prefix": ("Before a * there must be at least two letters: “{value}” is too short.", "ка*"),
    "distance": ("The distance after ~ is a number up to 50, not “{value}”.", '"союзная декларация"~5'),
    "times": ("The number after ^ is at most 100, not “{value}”.", "(карабах* OR karabakh)^3"),
    "often": ("“{value}” counts words only: nothing that is excluded, and no field but title and body.", "карабах*^3"),
    "field": ("There is no field “{value}”: look it up in the help, or leave out the colon.", "country:az"),
    "after": ("“{value}” is not a date.", "after:2022-02-01"),
    "before": ("“{value}” is not a date.", "before:2022-02-01"),
    "story": ("“{value}” is not the number of a story.", "story:12"),
    "annotated": ("“{value}” is neither yes, nor no, nor mine.", "annotated:yes"),
    "has": ("“{value}” is not something that an article has or lacks.", "has:date"),
}


class QueryError(ValueError):
    """``position`` counts code points of the query; ``example`` is a query that works.

    ``code`` and ``value`` let an interface say the same in another language; ``message`` says it in English.
    """

    def __init__(self, code: str, position: int, value: str = "") -> None:
        super().__init__(code, position, value)
        self.code = code
        self.position = position
        self.value = value
        message, self.example = MESSAGES[code]
        self.message = message.format(value=value)

    def __str__(self) -> str:
        return f"{self.message} (character {self.position + 1}; for example: {self.example})"
