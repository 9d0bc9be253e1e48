"""An undated article takes its date from its story, or not."""

import datetime as dt

import pytest

from newsdesk.pipeline.dates.story import complete_from_story
from newsdesk.pipeline.document import DateClaim, Evidence

MARCH_5, MARCH_6, MARCH_9 = (dt.date(2021, 3, day) for day in (5, 6, 9))


def test_the_day_on_which_all_agree_is_taken():
    claim = complete_from_story(DateClaim(), [("a", MARCH_5), ("b", MARCH_5)])

    assert (claim.value, claim.precision, claim.provenance) == ("2021-03-05", "day", "story")
    assert claim.story_articles == ("a", "b")
    assert claim.confidence < 0.9


def test_of_neighbouring_days_the_most_frequent_is_taken():
    claim = complete_from_story(DateClaim(), [("a", MARCH_5), ("b", MARCH_6), ("c", MARCH_6)])

    assert claim.value == "2021-03-06"


def test_of_days_equally_frequent_the_first_is_taken():
    assert complete_from_story(DateClaim(), [("b", MARCH_6), ("a", MARCH_5)]).value == "2021-03-05"


def test_one_article_makes_less_sure_than_two():
    alone = complete_from_story(DateClaim(), [("a", MARCH_5)])
    both = complete_from_story(DateClaim(), [("a", MARCH_5), ("b", MARCH_5)])

    assert alone.confidence < both.confidence


def test_a_story_that_lasts_longer_than_two_days_says_nothing():
    assert complete_from_story(DateClaim(), [("a", MARCH_5), ("b", MARCH_9)]) == DateClaim()


def test_a_story_without_dates_says_nothing():
    assert complete_from_story(DateClaim(), []) == DateClaim()


def test_a_date_of_its_own_is_kept():
    own = DateClaim("2020-01-01", "day", "header", 0.99)

    assert complete_from_story(own, [("a", MARCH_5)]) == own


@pytest.mark.parametrize(
    ("month_day", "day", "value"),
    [
        pytest.param("--03-05", MARCH_5, "2021-03-05", id="same day"),
        pytest.param("--03-04", MARCH_5, "2021-03-04", id="the day before"),
        pytest.param("--12-31", dt.date(2021, 1, 2), "2020-12-31", id="over the new year"),
        pytest.param("--09-05", MARCH_5, None, id="half a year away"),
        pytest.param("--02-29", dt.date(2020, 3, 1), "2020-02-29", id="leap day"),
        pytest.param("--02-29", dt.date(2021, 3, 1), None, id="leap day, no leap year near"),
    ],
)
def test_a_day_without_a_year_takes_that_of_the_story(month_day, day, value):
    claim = complete_from_story(DateClaim(month_day=month_day), [("a", day)])

    assert claim.value == value
    assert claim.year_from == ("story" if value else "")


def test_the_clock_beside_a_day_without_a_year_is_kept():
    own = DateClaim(month_day="--03-05", evidence=Evidence(0, 13, "5 мар, 9:15", "raw"))

    claim = complete_from_story(own, [("a", MARCH_5)])

    assert (claim.value, claim.precision) == ("2021-03-05T09:15", "minute")
