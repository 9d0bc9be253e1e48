import datetime as dt

import pytest
from django.http import QueryDict
from pyroaring import BitMap

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

    assert (drawn.units, drawn.overview) == (24, None)
    assert [(bar.label, bar.count, bar.url) for bar in drawn.bars] == [
        ("February 2022", 2, "/articles/?published_after=2022-02-01&published_before=2022-02-28"),
        ("November 2023", 1, "/articles/?published_after=2023-11-01&published_before=2023-11-30"),
    ]
    assert [(tick.label, tick.left, tick.url) for tick in drawn.ticks] == [
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
        pytest.param("2022-02-22", "2022-04-01", ["22 February 2022", "1 April 2022"], id="days"),
        pytest.param("2022-02-22", "2022-11-01", ["21–27 February 2022", "31 October – 6 November 2022"], id="weeks"),
        pytest.param("2015-01-05", "2025-12-31", ["January 2015", "December 2025"], id="months"),
        pytest.param("2000-05-01", "2025-12-31", ["quarter 2 of 2000", "quarter 4 of 2025"], id="quarters"),
        pytest.param("1920-05-01", "2025-12-31", ["1920", "2025"], id="years"),
        pytest.param("1012-05-01", "2025-12-31", ["1012–1021", "2022–2031"], id="decades"),
        pytest.param("1000-01-01", "9999-12-31", ["1000–1009", "9990–9999"], id="all-of-time"),
    ],
)
def test_the_longer_the_time_the_broader_the_bars(first: str, last: str, labels: list[str]) -> None:
    published(first, last)

    drawn = timeline()

    assert [bar.label for bar in drawn.bars] == labels
    assert drawn.units <= max(BARS, 1000)


def test_dates_do_not_narrow_the_counts_but_are_marked() -> None:
    published("2021-02-22", "2022-05-01", "2022-05-09", "2023-11-01")

    drawn = timeline("published_after=2022-05-05&published_before=2022-05-20")

    assert [(bar.label, bar.chosen) for bar in drawn.bars] == [("1 May 2022", False), ("9 May 2022", True)]
    assert (drawn.units, drawn.reach) == (31, f"M4 {HEIGHT}h16v3h-16z")


def test_what_is_shown_of_the_whole_time_is_marked_in_an_overview() -> None:
    published("2021-02-22", "2022-05-01", "2022-05-09", "2023-11-01")

    overview = timeline("published_after=2022-05-01&published_before=2022-05-31").overview

    assert overview is not None
    assert [(bar.label, bar.count, bar.chosen) for bar in overview.bars] == [
        ("February 2021", 1, False),
        ("May 2022", 2, True),
        ("November 2023", 1, False),
    ]
    assert overview.bars[1].url == "/articles/"
    assert overview.reach == f"M16 {HEIGHT}h1v8h-1z"


def test_letters_are_days_within_a_month_and_months_within_a_year() -> None:
    published("2022-05-01", "2022-05-09", "2023-01-11")

    assert [tick.label for tick in timeline("published_before=2022-05").ticks] == [
        "1 May", "8 May", "15 May", "22 May"
    ]  # fmt: skip  # several to a line
    assert [tick.label for tick in timeline().ticks] == [
        "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "2023"
    ]  # fmt: skip  # several to a line


def test_where_letters_are_many_the_year_and_every_other_one_go_before() -> None:
    published("2022-05-01", "2023-01-11")

    assert [tick.label for tick in timeline().ticks if not tick.minor] == ["May", "Jul", "Sep", "Nov", "2023"]


def test_the_year_is_lettered_where_there_is_no_room_for_all_months() -> None:
    published("2022-12-05", "2023-12-20")

    assert [tick.label for tick in timeline().ticks] == ["2023", "Mar", "May", "Jul", "Sep", "Nov"]


def test_layers_stand_on_each_other() -> None:
    one, two, three = make_articles([{"published": "2022-02-22"}] * 2 + [{"published": "2022-02-23"}])
    layers = [("first", BitMap([one.pk]), "/a"), ("second", BitMap([two.pk, three.pk]), "/b")]

    made = make_timeline(ArticleFilter(QueryDict("")), layers)

    assert made is not None
    assert [bar.parts for bar in made.bars] == [[1, 1], [0, 1]]
    assert [(layer.label, layer.url) for layer in made.layers] == [("first", "/a"), ("second", "/b")]
    first, second = (layer.path for layer in made.layers)
    assert f" {HEIGHT // 2}h" in first
    assert second.startswith("M21.16 0h")  # on the first
    assert f"M22.16 {HEIGHT // 2}h" in second  # on the ground


def test_other_filters_narrow_it() -> None:
    make_articles([{"published": "2022-02-22", "about": ["AZ"]}, {"published": "2022-03-22", "about": ["RU"]}])

    assert [bar.label for bar in timeline("about=RU").bars] == ["22 March 2022"]


def test_a_click_on_the_chosen_day_widens_to_its_month_and_then_to_all() -> None:
    published("2020-01-01", "2022-02-22", "2024-01-01")

    (day,) = timeline("published_after=2022-02-22&published_before=2022-02-22").bars
    month = timeline("published_after=2022-02-01&published_before=2022-02-28")

    assert day.url == "/articles/?published_after=2022-02-01&published_before=2022-02-28"
    assert month.any_time_url == "/articles/"
    assert month.overview is not None
    assert [bar.url for bar in month.overview.bars if bar.chosen] == ["/articles/"]


def test_undated_articles_are_a_link() -> None:
    published("2022-02-22", None, None)

    drawn = timeline("published_after=2022-02-01")

    assert (drawn.undated, drawn.undated_url, drawn.undated_chosen) == (2, "/articles/?dated=no", False)
    assert timeline("dated=no").undated_url == "/articles/"


def test_only_undated_articles() -> None:
    published(None)

    drawn = timeline()

    assert (drawn.bars, drawn.ticks, drawn.undated) == ([], [], 1)


def test_a_range_outside_the_drawing_is_cut_off() -> None:
    published("2022-02-22")

    assert timeline("published_after=2030-01-01").reach == f"M28 {HEIGHT}h0v3h-0z"
    assert timeline("published_before=1999-01-01").reach == f"M0 {HEIGHT}h0v3h-0z"
    assert timeline(f"published_before={dt.date.max}").reach == f"M0 {HEIGHT}h28v3h-28z"
