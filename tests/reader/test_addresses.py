import pytest
from django.http import QueryDict

from newsdesk.reader.addresses import Address, Scheme

SCHEME = Scheme(
    path="/",
    names=("q", "country", "sort", "more", "page"),
    many=frozenset({"country", "more"}),
    defaults={"sort": "newest", "page": "1"},
)


def address(query: str) -> Address:
    return Address.of(QueryDict(query), SCHEME)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        pytest.param("country=RU&country=AZ&q=war", "?q=war&country=AZ&country=RU", id="one-order"),
        pytest.param("country=AZ&country=AZ", "?country=AZ", id="doubled"),
        pytest.param("q=&country=+&country=AZ", "?country=AZ", id="empty"),
        pytest.param("utm_source=mail&country=AZ", "?country=AZ", id="unknown"),
        pytest.param("sort=newest&page=1", "", id="defaults"),
        pytest.param("q=first&q=last", "?q=last", id="the-last-of-a-single-one-counts"),
        pytest.param("q=+space+", "?q=space", id="stripped"),
        pytest.param("page=3&more=topic&more=about", "?more=about&more=topic&page=3", id="page-last"),
        pytest.param("q=%D0%B1%D0%B0%D0%BA%D1%83", "?q=%D0%B1%D0%B0%D0%BA%D1%83", id="cyrillic"),
    ],
)
def test_a_list_has_one_address(given: str, canonical: str) -> None:
    assert address(given).query == canonical


def test_a_canonical_address_stays_as_it_is() -> None:
    once = address("sort=oldest&country=-RU&country=AZ&q=a+b%26c&page=2").query

    assert address(once.removeprefix("?")).query == once


def test_changing_the_list_begins_at_page_one() -> None:
    assert address("q=war&page=4").with_(country=["AZ"]).query == "?q=war&country=AZ"


@pytest.mark.parametrize("name", ["page", "more"])
def test_showing_more_stays_on_its_page_of_the_same_list(name: str) -> None:
    assert "page=4" in address("q=war&page=4").with_(**{name: "4"}).query


def test_dropping_a_parameter() -> None:
    assert address("q=war&country=AZ").with_(q=None).query == "?country=AZ"


def test_toggling_adds_and_takes_off() -> None:
    assert address("country=AZ").toggled("country", "RU") == "/?country=AZ&country=RU"
    assert address("country=AZ&country=RU").toggled("country", "RU") == "/?country=AZ"


def test_a_form_carries_the_rest_along() -> None:
    assert address("q=war&country=AZ&country=-RU&page=2").without("q") == [("country", "-RU"), ("country", "AZ")]


def test_an_article_carries_the_list_without_its_page() -> None:
    assert address("q=war&more=about&page=2").carried == "q=war"
