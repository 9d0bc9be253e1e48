from collections.abc import Iterable

import pytest
from django.http import QueryDict

from newsdesk.reader.facets import make_facet
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.sparklines import HEIGHT, POINTS, Sparkline, make_sparklines
from tests.factories import make_articles

pytestmark = pytest.mark.django_db


def lines(query: str = "") -> dict[str, Sparkline]:
    articles = ArticleFilter(QueryDict(query))
    choices = make_facet(articles, "topic").choices
    return {choice.value: line for choice, line in zip(choices, make_sparklines(articles, choices), strict=True)}


def published(topic: str, days: Iterable[str]) -> None:
    make_articles({"published": day, "topics": [topic]} for day in days)


def test_all_have_the_same_time() -> None:
    published("trade", ["2024-03-01", "2024-03-01", "2024-03-02"])
    published("karabakh", ["2024-03-03"])

    found = lines()

    assert found["trade"].path == f"M0 0L1 {HEIGHT // 2}L2 {HEIGHT}"
    assert found["karabakh"].path == f"M0 {HEIGHT}L1 {HEIGHT}L2 0"
    assert {line.units for line in found.values()} == {2}


def test_a_long_time_has_no_more_points_than_can_be_told_apart() -> None:
    published("trade", ["2014-03-01", "2024-12-31"])

    line = lines()["trade"]

    assert line.units < POINTS
    assert line.when == "January 2014 – April 2014"


@pytest.mark.parametrize(
    ("days", "trend"),
    [
        pytest.param(["01", "29", "30", "31"], "more of it lately", id="more"),
        pytest.param(["01", "02", "02", "03"], "less of it lately", id="less"),
        pytest.param(["01", "09", "17", "31"], "about as much lately as before", id="as-much"),
    ],
)
def test_the_trend_in_words(days: list[str], trend: str) -> None:
    published("karabakh", ["2024-03-01", "2024-03-31"])
    published("trade", [f"2024-03-{day}" for day in days])

    assert lines()["trade"].trend == trend


def test_the_most_and_when() -> None:
    published("trade", ["2024-03-01", "2024-03-05", "2024-03-05"])

    line = lines()["trade"]

    assert (line.peak, line.when) == (2, "5 March 2024")


def test_dates_narrow_what_is_shown() -> None:
    published("trade", ["2020-03-01", "2024-03-05", "2024-03-06"])

    line = lines("published_after=2024-03-01")["trade"]

    assert (line.units, line.peak) == (5, 1)


def test_without_any_date_there_is_no_line() -> None:
    make_articles([{"published": None, "topics": ["trade"]}])

    line = lines()["trade"]

    assert (line.path, line.when, line.trend) == ("", "", "")
