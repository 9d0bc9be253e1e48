import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from newsdesk.articles.models import Article
from newsdesk.reader.filters import ArticleFilter
from tests.factories import make_article, make_articles, make_country, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus() -> dict[str, Article]:
    """Four articles by the name of what they are."""
    for code in ("AZ", "RU", "AM", "GE"):
        make_country(code)
    make_topic("karabakh")
    make_topic("trade")
    rows: dict[str, dict[str, Any]] = {
        "summit": {
            "body": "Президенты встретились в Москве и говорили о торговле.",
            "title": "Встреча президентов",
            "published": "2022-02-22",
            "about": ["RU", "AZ"],
            "topics": ["trade"],
            "language": "ru",
            "source": "vestnik",
        },
        "corridor": {
            "body": "The corridor stayed closed, the monitors reported.",
            "title": "Corridor closed",
            "published": "2022-12-14",
            "about": ["AZ", "AM"],
            "mentioned": ["RU"],
            "topics": ["karabakh"],
            "source": "wire",
        },
        "wine": {
            "body": "Exports of wine grew by a tenth.",
            "title": "Wine exports",
            "published": "2024-05-01",
            "about": ["GE"],
            "mentioned": ["RU"],
            "topics": ["trade"],
            "source": "wire",
        },
        "undated": {"body": "Nobody knows when this was written.", "title": "No date", "published": None},
    }
    return dict(zip(rows, make_articles(rows.values()), strict=True))


def names(corpus: dict[str, Article], query: str) -> set[str]:
    ids = ArticleFilter(QueryDict(query)).ids
    return {name for name, article in corpus.items() if article.pk in ids}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", {"summit", "corridor", "wine", "undated"}, id="no-filter"),
        pytest.param("country=RU", {"summit", "corridor", "wine"}, id="country-about-or-mentioned"),
        pytest.param("about=RU", {"summit"}, id="about-only"),
        pytest.param("about=AM&about=GE", {"corridor", "wine"}, id="or-within-a-facet"),
        pytest.param("country=RU&topic=trade", {"summit", "wine"}, id="and-between-facets"),
        pytest.param("country=RU&country=-AZ", {"wine"}, id="include-and-exclude"),
        pytest.param("country=-RU", {"undated"}, id="exclude-alone"),
        pytest.param("topic=-trade&topic=-karabakh", {"undated"}, id="exclude-two"),
        pytest.param("language=ru", {"summit"}, id="language"),
        pytest.param("source=wire", {"corridor", "wine"}, id="source"),
        pytest.param("source=-wire", {"summit", "undated"}, id="exclude-a-source"),
        pytest.param("published_after=2022-12-14", {"corridor", "wine"}, id="from-that-day"),
        pytest.param("published_before=2022-12-14", {"summit", "corridor"}, id="to-that-day"),
        pytest.param("published_after=2022&published_before=2022", {"summit", "corridor"}, id="a-year"),
        pytest.param("published_after=2022-12&published_before=2022-12", {"corridor"}, id="a-month"),
        pytest.param("dated=no", {"undated"}, id="undated"),
        pytest.param("dated=yes", {"summit", "corridor", "wine"}, id="dated"),
        pytest.param("q=президент", {"summit"}, id="search-by-stem"),
        pytest.param("q=corridor+-russia&about=AM", {"corridor"}, id="search-and-facet"),
        pytest.param("q=+++", {"summit", "corridor", "wine", "undated"}, id="blank-search"),
        pytest.param("utm_source=mail", {"summit", "corridor", "wine", "undated"}, id="unknown-parameter"),
    ],
)
def test_filter(corpus: dict[str, Article], query: str, expected: set[str]) -> None:
    assert names(corpus, query) == expected


def test_story(corpus: dict[str, Article]) -> None:
    other = make_article("The corridor opened again.", about=["AZ"], story_with=corpus["corridor"])
    story = Article.objects.get(pk=other.pk).story_id

    found = ArticleFilter(QueryDict(f"story={story}"))

    assert set(found.ids) == {corpus["corridor"].pk, other.pk}
    assert [(chip.label, chip.text) for chip in found.chips] == [("Story", "Corridor closed")]


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        pytest.param("country=XX", "country", "“XX” is not known here.", id="country"),
        pytest.param("country=AZ&country=-XX", "country", "“XX” is not known here.", id="excluded-country"),
        pytest.param("topic=weather", "topic", "“weather” is not known here.", id="topic"),
        pytest.param("language=tlh", "language", "“tlh” is not known here.", id="language"),
        pytest.param("source=nobody", "source", "“nobody” is not known here.", id="source"),
        pytest.param("story=999999", "story", "“999999” is not known here.", id="story"),
        pytest.param("story=x", "story", "“x” is not known here.", id="story-that-is-no-number"),
        pytest.param(
            "published_after=yesterday",
            "published_after",
            "“yesterday” is not a date. Write it as 2022-02-22, 22.02.2022, 2022-02 or 2022.",
            id="date",
        ),
        pytest.param(
            "published_after=2023&published_before=2022",
            "published_before",
            "The last day is before the first.",
            id="dates-in-the-wrong-order",
        ),
        pytest.param(
            "dated=perhaps", "dated", "Select a valid choice. perhaps is not one of the available choices.", id="dated"
        ),
        pytest.param(
            "sort=best", "sort", "Select a valid choice. best is not one of the available choices.", id="sort"
        ),
    ],
)
def test_an_invalid_value_shows_nothing_and_is_named(
    corpus: dict[str, Article], query: str, field: str, said: str
) -> None:
    articles = ArticleFilter(QueryDict(query))

    assert set(articles.ids) == set()
    assert list(articles.qs) == []
    assert [(fault.name, fault.messages) for fault in articles.faults] == [(field, [said])]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        pytest.param("2022-02-22", ("2022-02-22", "2022-02-22"), id="day"),
        pytest.param("22.02.2022", ("2022-02-22", "2022-02-22"), id="Russian day"),
        pytest.param("2022-02", ("2022-02-01", "2022-02-28"), id="month"),
        pytest.param("02.2022", ("2022-02-01", "2022-02-28"), id="Russian month"),
        pytest.param("2022", ("2022-01-01", "2022-12-31"), id="year"),
    ],
)
def test_a_date_is_written_as_in_the_search_box(written: str, days: tuple[str, str]) -> None:
    values = ArticleFilter(QueryDict(f"published_after={written}&published_before={written}")).values

    assert (str(values["published_after"]), str(values["published_before"])) == days


@pytest.mark.parametrize(
    "date",
    [
        "2022-13",
        "2022-02-30",
        "0000-01-01",
        "2022-1-1-1",
        "30.02.2022",
        "13.2022",
        "22.02",
        "2022-",
        "-2022",
        "99999",
        "²0²²",
    ],
)
def test_what_is_no_date_is_said_to_be_none(date: str) -> None:
    assert "published_after" in ArticleFilter(QueryDict(f"published_after={date}")).errors


@pytest.mark.parametrize(
    ("letter", "most"), [pytest.param("a", 6600, id="Latin"), pytest.param("к", 1100, id="Cyrillic")]
)
def test_a_search_is_at_most_as_long_as_its_address_carries(letter: str, most: int) -> None:
    assert ArticleFilter(QueryDict(f"q={letter * most}")).errors == {}
    assert ArticleFilter(QueryDict(f"q={letter * (most + 1)}")).errors["q"] == [
        f"This is too long for an address: a search in such letters has at most {most} characters."
    ]


def test_links_lead_out_of_an_invalid_list(corpus: dict[str, Article]) -> None:
    articles = ArticleFilter(QueryDict("country=XX&topic=trade"))

    assert articles.address.query == "?topic=trade"
    assert [fault.url for fault in articles.faults] == ["/articles/?topic=trade"]


def test_a_query_that_cannot_be_read_names_the_place() -> None:
    articles = ArticleFilter(QueryDict("q=war+after:sometime"))

    assert articles.query_error is not None
    assert articles.query_error.position == len("war after:")
    assert articles.errors["q"] == ["“sometime” is not a date."]


def test_the_queryset_holds_the_articles_of_the_list(corpus: dict[str, Article]) -> None:
    assert set(ArticleFilter(QueryDict("topic=trade")).qs) == {corpus["summit"], corpus["wine"]}


def test_a_month_ends_with_its_last_day() -> None:
    values = ArticleFilter(QueryDict("published_after=2024-02&published_before=2024-02")).values

    assert (values["published_after"], values["published_before"]) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_chips_name_what_is_active_and_lead_to_the_list_without_it(corpus: dict[str, Article]) -> None:
    query = "q=war&country=AZ&country=-RU&topic=trade&published_after=2022-02-01&dated=yes&sort=oldest&page=2"

    chips = ArticleFilter(QueryDict(query)).chips

    assert [(chip.label, chip.text, chip.excluded) for chip in chips] == [
        ("Search", "war", False),
        ("Country", "Azerbaijan", False),
        ("Country", "Russia", True),
        ("Topic", "Trade", False),
        ("From", "1 February 2022", False),
        ("Articles", "with a date", False),
    ]
    rest = "country=-RU&topic=trade&published_after=2022-02-01&dated=yes&sort=oldest"
    assert chips[1].url == f"/articles/?q=war&{rest}"


def test_names_follow_the_language_of_the_interface(corpus: dict[str, Article]) -> None:
    with translation.override("ru"):
        chips = ArticleFilter(QueryDict("country=AZ&topic=karabakh&language=en")).chips
        texts = [chip.text for chip in chips]

    assert texts == ["Азербайджан", "Карабах", "Английский"]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        pytest.param("", "newest", id="by-default"),
        pytest.param("q=war", "newest", id="a-search-too"),
        pytest.param("q=war&sort=relevance", "relevance", id="relevance"),
        pytest.param("sort=relevance", "newest", id="no-relevance-without-a-search"),
    ],
)
def test_order(query: str, order: str) -> None:
    assert ArticleFilter(QueryDict(query)).order == order


def test_relevance_is_offered_for_a_search_only() -> None:
    assert [order.value for order in ArticleFilter(QueryDict("")).orders] == ["newest", "oldest"]
    assert [order.value for order in ArticleFilter(QueryDict("q=war")).orders] == ["newest", "oldest", "relevance"]


@pytest.mark.parametrize(("given", "page"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 30, 1), ("", 1)])
def test_a_wrong_page_is_the_first(given: str, page: int) -> None:
    assert ArticleFilter(QueryDict(f"page={given}")).page == page


def test_a_source_may_have_a_minus_in_its_slug() -> None:
    make_source("north-wire")
    article = make_article(source="north-wire")

    assert set(ArticleFilter(QueryDict("source=north-wire")).ids) == {article.pk}
    assert set(ArticleFilter(QueryDict("source=-north-wire")).ids) == set()
