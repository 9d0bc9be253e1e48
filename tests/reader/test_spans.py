import datetime as dt

import pytest

from newsdesk.reader.spans import end_of, span_of_days


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        pytest.param("2024-12-25", "2024-12-25", "25 December 2024", id="day"),
        pytest.param("2024-12-25", "2024-12-26", "25–26 December 2024", id="month"),
        pytest.param("2024-11-25", "2024-12-26", "25 November – 26 December 2024", id="year"),
        pytest.param("2023-12-25", "2024-12-25", "25 December 2023 – 25 December 2024", id="years"),
    ],
)
def test_month_and_year_stand_once_where_they_are_the_same(first: str, last: str, text: str) -> None:
    assert span_of_days(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == text


def test_the_end_of_a_month() -> None:
    assert end_of(dt.date(2024, 2, 5)) == dt.date(2024, 2, 29)
