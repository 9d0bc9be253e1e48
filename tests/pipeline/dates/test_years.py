"""The year of a date without one."""

import datetime as dt

import pytest

from newsdesk.pipeline.dates.years import YearEvidence, find_year

APRIL_22 = (4, 22)
MONDAY = 0


def events(*days: str) -> tuple[dt.date, ...]:
    return tuple(map(dt.date.fromisoformat, days))


@pytest.mark.parametrize(
    ("evidence", "weekday", "year", "source"),
    [
        pytest.param(YearEvidence(events("2020-11-10", "2024-04-01")), None, 2024, "text", id="latest event told"),
        pytest.param(
            YearEvidence(events("2023-11-20", "2023-12-01")), None, 2024, "text", id="events of the year before"
        ),
        pytest.param(YearEvidence(events("2023-12-01")), None, None, "", id="one event of the year before may be any"),
        pytest.param(YearEvidence(events("2024-03-01")), None, 2024, "text", id="one event shortly before"),
        pytest.param(YearEvidence(events("2024-04-22")), None, 2024, "text", id="event of the same day"),
        pytest.param(YearEvidence(events("2023-06-01")), None, None, "", id="event too long ago"),
        pytest.param(YearEvidence(events("2023-06-01")), MONDAY, 2024, "weekday", id="event long ago, and weekday"),
        pytest.param(YearEvidence(), None, None, "", id="nothing"),
        pytest.param(YearEvidence(), MONDAY, None, "", id="weekday alone"),
        pytest.param(YearEvidence(bare=2023), MONDAY, 2024, "weekday", id="weekday and a year named"),
        pytest.param(YearEvidence(bare=2023), None, None, "", id="a year named alone"),
        pytest.param(
            YearEvidence(collected=dt.date(2024, 5, 1)), None, None, "", id="never the year of collection alone"
        ),
        pytest.param(
            YearEvidence(collected=dt.date(2024, 5, 1)), MONDAY, 2024, "weekday", id="weekday before collection"
        ),
        pytest.param(
            YearEvidence(events("2023-06-01"), collected=dt.date(2024, 5, 1)), None, 2024, "text", id="only one left"
        ),
        pytest.param(YearEvidence(events("2024-03-01"), collected=dt.date(2024, 4, 1)), None, None, "", id="none left"),
        pytest.param(YearEvidence(events("2023-12-01"), present=2024), None, 2024, "text", id="called the present one"),
        pytest.param(YearEvidence(calendar=((2024, 4),)), None, 2024, "calendar", id="calendar of the month"),
        pytest.param(YearEvidence(calendar=((2024, 5),)), None, None, "", id="calendar of another month"),
    ],
)
def test_the_year_is_found_or_left_open(evidence, weekday, year, source):
    found = find_year(*APRIL_22, weekday, evidence)

    assert (found.value if found else None, found.source if found else "") == (year, source)


def test_the_older_the_latest_event_the_less_sure_the_year():
    several, near, far = (
        find_year(*APRIL_22, None, YearEvidence(events(*days)))
        for days in (["2024-04-20", "2024-04-01"], ["2024-04-20"], ["2024-02-01"])
    )

    assert several is not None
    assert near is not None
    assert far is not None
    assert far.confidence < near.confidence < 0.9 < several.confidence


def test_a_leap_day_takes_a_leap_year_or_none():
    assert find_year(2, 29, None, YearEvidence(events("2021-02-20"))) is None
    assert find_year(2, 29, None, YearEvidence(calendar=((2021, 2),))) is None
