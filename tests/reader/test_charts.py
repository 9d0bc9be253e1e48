import datetime as dt

import pytest
from django.http import QueryDict

from newsdesk.reader.charts import BARS, HEIGHT, Timeline, make_timeline
from newsdesk.reader.filters import ArticleFilter
from tests.factories import make_articles

pytestmark = pytest.mark.django_db


def timeline(query: str = "") -> Timeline:
    made = make_timeline(ArticleFilter(QueryDict(query)))
    assert made is not None
    return made


def published(*days: str | None) -> None:
    make_articles({"published": day} for day in days)


def test_nothing_to_draw_without_articles() -> None:
    assert make_timeline(ArticleFilter(QueryDict(""))) is None


def test_a_bar_a_month_in_whole_years() -> None:
    published("2022-02-22", "2022-02-23", "2023-11-01")

    drawn = timeline()

    assert drawn.units == 24
    assert [(bar.label, bar.count, bar.url) for bar in drawn.bars] == [
        ("February 2022", 2, "/articles/?published_after=2022-02-01&published_before=2022-02-28"),
        ("November 2023", 1, "/articles/?published_after=2023-11-01&published_before=2023-11-30"),
    ]
    assert [(year.label, year.left, year.url) for year in drawn.years] == [
        ("2022", "0%", "/articles/?published_after=2022-01-01&published_before=2022-12-31"),
        ("2023", "50%", "/articles/?published_after=2023-01-01&published_before=2023-12-31"),
    ]


def test_the_tallest_bar_has_the_full_height_and_the_others_their_share() -> None:
    published("2022-02-22", "2022-02-23", "2023-11-01")

    tall, short = timeline().bars

    assert f" 0h0.576v{HEIGHT}" in tall.column
    assert f" {HEIGHT // 2}h0.576v{HEIGHT // 2}" in short.column


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        pytest.param("2015-01-05", "2025-12-31", ["January 2015", "December 2025"], id="months"),
        pytest.param("2000-05-01", "2025-12-31", ["quarter 2 of 2000", "quarter 4 of 2025"], id="quarters"),
        pytest.param("1920-05-01", "2025-12-31", ["1920", "2025"], id="years"),
        pytest.param("1012-05-01", "2025-12-31", ["1012–1021", "2022–2031"], id="decades"),
        pytest.param("1000-01-01", "9999-12-31", ["1000–1009", "9990–9999"], id="all-of-time"),
    ],
)
def test_a_long_time_has_broader_bars(first: str, last: str, labels: list[str]) -> None:
    published(first, last)

    drawn = timeline()

    assert [bar.label for bar in drawn.bars] == labels
    assert drawn.units <= max(BARS, 1000)


def test_dates_do_not_narrow_the_timeline_but_are_marked_in_it() -> None:
    published("2022-02-22", "2022-05-01", "2022-11-01")

    drawn = timeline("published_after=2022-03-01&published_before=2022-06-30")

    assert [(bar.count, bar.chosen) for bar in drawn.bars] == [(1, False), (1, True), (1, False)]
    assert drawn.reach == f"M2 {HEIGHT}h4v3h-4z"


def test_other_filters_narrow_it() -> None:
    make_articles([{"published": "2022-02-22", "about": ["AZ"]}, {"published": "2022-03-22", "about": ["RU"]}])

    assert [bar.label for bar in timeline("about=RU").bars] == ["March 2022"]


def test_a_click_on_the_chosen_month_widens_again() -> None:
    published("2022-02-22")

    (bar,) = timeline("published_after=2022-02-01&published_before=2022-02-28").bars

    assert bar.url == "/articles/"


def test_undated_articles_are_a_link() -> None:
    published("2022-02-22", None, None)

    drawn = timeline("published_after=2022-02-01")

    assert (drawn.undated, drawn.undated_url, drawn.undated_chosen) == (2, "/articles/?dated=no", False)
    assert timeline("dated=no").undated_url == "/articles/"


def test_only_undated_articles() -> None:
    published(None)

    drawn = timeline()

    assert (drawn.bars, drawn.years, drawn.undated) == ([], [], 1)


def test_a_range_outside_the_drawing_is_cut_off() -> None:
    published("2022-02-22")

    assert timeline("published_after=2030-01-01").reach == f"M12 {HEIGHT}h0v3h-0z"
    assert timeline("published_before=1999-01-01").reach == f"M0 {HEIGHT}h0v3h-0z"
    assert timeline(f"published_before={dt.date.max}").reach == f"M0 {HEIGHT}h12v3h-12z"
