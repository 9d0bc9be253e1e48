"""A query to be read: what belongs together, and how each part is meant."""

from __future__ import annotations

import pytest

from newsdesk.query import QueryError
from newsdesk.query.outline import Outline, outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("паром", Outline("word", "паром")),
        ('"порт Баку"', Outline("phrase", "порт Баку")),
        ('"порт Баку"~5', Outline("near", "порт Баку", distance=5)),
        ('"порт Баку"~', Outline("near", "порт Баку", distance=5)),
        ("=порты", Outline("exact", "порты")),
        ("порт*", Outline("prefix", "порт")),
        ("title:AZAL", Outline("word", "AZAL", "title")),
        ("country:az", Outline("value", "az", "country")),
        ("-паром", Outline("not", parts=(Outline("word", "паром"),))),
        (
            "(а OR б)^3",
            Outline("often", parts=(Outline("any", parts=(Outline("word", "а"), Outline("word", "б"))),), times=3),
        ),
        ("а OR б", Outline("any", parts=(Outline("word", "а"), Outline("word", "б")))),
    ],
)
def test_each_part_is_named(text: str, expected: Outline) -> None:
    assert outline(text) == expected


def test_what_belongs_together_stays_together() -> None:
    whole = outline("порт (Баку OR Актау) -after:2024")

    assert whole
    assert [part.kind for part in whole.parts] == ["word", "any", "not"]
    assert [part.text for part in whole.leaves] == ["порт"]
    assert [part.kind for part in whole.branches] == ["any", "not"]


def test_nothing_asked_for_is_nothing() -> None:
    assert outline(" - ") is None


def test_a_wrong_query_is_refused_as_everywhere() -> None:
    with pytest.raises(QueryError):
        outline("after:soon")
