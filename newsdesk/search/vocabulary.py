"""The words of the corpus, to say what a mistyped one may have meant.

Forms, not stems, since they are shown; learnt as articles are written, and never forgotten: what no article has any more
is not offered, because it is counted first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial

from django.db import connection, transaction
from rapidfuzz import process
from rapidfuzz.distance import OSA

from newsdesk.search import words

SHORTEST, LONGEST = 3, 30  # letters of a word that is learnt
START = 2  # letters at the beginning that are taken to be right
SHORT = 5  # letters up to which one slip is allowed; two beyond
NEAREST = 6  # candidates that are counted
REMEMBERED = 200_000  # forms, about 25 MB; the rest is told to the database again

_learnt: set[str] = set()  # forms that the database is known to have, so that an ingest does not tell it each time

_LEARN = {
    "sqlite": "SELECT value, substr(value, 1, 2) FROM json_each(%s) WHERE true",
    "postgresql": "SELECT value, substr(value, 1, 2) FROM json_array_elements_text(%s::json)",
}
# In one value: a row a word would cost three times as much.
_TOGETHER = {"sqlite": "group_concat(form, ' ')", "postgresql": "string_agg(form, ' ')"}


def learn(texts: Iterable[words.Text]) -> None:
    learn_forms([form for form, _ in field] for text in texts for field in text)


def learn_forms(forms: Iterable[Iterable[str]]) -> None:
    """In one statement, in the caller's transaction."""
    new = set[str]().union(*forms) - _learnt
    fresh = sorted(form for form in new if SHORTEST <= len(form) <= LONGEST and form.isalpha())
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_form (form, start) {_LEARN[connection.vendor]} ON CONFLICT DO NOTHING",
                [json.dumps(fresh)],
            )
    transaction.on_commit(partial(_remember, new))


def _remember(forms: set[str]) -> None:
    """The commonest come first, so that there is no need to forget any for others."""
    if len(_learnt) < REMEMBERED:
        _learnt.update(forms)


def forget() -> None:
    """The table may have been emptied."""
    _learnt.clear()


def suggest(form: str, count: Callable[[str], int]) -> str:
    """Of the nearest words that begin alike the nearest, then the most frequent; empty where none is near."""
    slips = 1 if len(form) <= SHORT else 2
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_TOGETHER[connection.vendor]} FROM search_form "  # noqa: S608  (fixed text)
            "WHERE start = %s AND length(form) BETWEEN %s AND %s",
            [form[:START], len(form) - slips, len(form) + slips],
        )
        alike = (cursor.fetchone()[0] or "").split()
    near = process.extract(form, alike, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST)
    counted = [(distance, -count(candidate), candidate) for candidate, distance, _ in near]
    return next((candidate for _, negative, candidate in sorted(counted) if negative), "")
