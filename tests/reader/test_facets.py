import pytest
from django.http import QueryDict

from newsdesk.reader.facets import SHOWN, Facet, make_facets
from newsdesk.reader.filters import ArticleFilter
from tests.factories import make_articles, make_country, make_topic

pytestmark = pytest.mark.django_db


def facet(name: str, query: str = "") -> Facet:
    return next(facet for facet in make_facets(ArticleFilter(QueryDict(query))) if facet.name == name)


def counts(name: str, query: str = "") -> list[tuple[str, int]]:
    return [(choice.value, choice.count) for choice in facet(name, query).choices]


@pytest.fixture
def _corpus() -> None:
    make_topic("karabakh")
    make_topic("trade")
    make_articles(
        [
            {"about": ["AZ"], "mentioned": ["RU"], "topics": ["trade"], "language": "ru"},
            {"about": ["AZ", "RU"], "topics": ["trade"]},
            {"about": ["AZ"]},
            {"about": ["GE"]},
        ]
    )


@pytest.mark.usefixtures("_corpus")
class TestCounts:
    def test_the_most_frequent_comes_first(self) -> None:
        assert counts("about") == [("AZ", 3), ("GE", 1), ("RU", 1)]
        assert counts("country") == [("AZ", 3), ("RU", 2), ("GE", 1)]

    def test_a_facet_is_counted_under_every_filter_but_its_own(self) -> None:
        assert counts("about", "about=GE") == [("GE", 1), ("AZ", 3), ("RU", 1)]
        assert counts("about", "topic=trade") == [("AZ", 2), ("RU", 1)]
        assert counts("language", "about=GE") == [("en", 1)]

    def test_what_is_chosen_comes_first_and_stays_without_articles(self) -> None:
        chosen = facet("about", "about=GE&topic=trade")

        assert [(choice.value, choice.count, choice.state) for choice in chosen.choices] == [
            ("GE", 0, "included"),
            ("AZ", 2, ""),
            ("RU", 1, ""),
        ]

    def test_a_count_is_what_the_click_gives(self) -> None:
        for group in make_facets(ArticleFilter(QueryDict("topic=trade"))):
            for choice in group.choices:
                found = ArticleFilter(QueryDict(choice.include_url.partition("?")[2]))
                if not choice.state:
                    assert (group.name, choice.value, len(found.ids)) == (group.name, choice.value, choice.count)

    def test_a_fixed_list_of_values_keeps_those_without_articles(self) -> None:
        assert facet("topic").hidden == 1
        assert counts("topic", "more=topic") == [("trade", 2), ("karabakh", 0)]


@pytest.mark.usefixtures("_corpus")
def test_two_clicks_include_and_exclude_and_take_off_again() -> None:
    free = facet("about", "topic=trade").choices[0]
    included = facet("about", "topic=trade&about=AZ").choices[0]
    excluded = facet("about", "topic=trade&about=-AZ").choices[0]

    assert (free.include_url, free.exclude_url) == (
        "/articles/?about=AZ&topic=trade",
        "/articles/?about=-AZ&topic=trade",
    )
    assert (included.include_url, included.exclude_url) == (
        "/articles/?topic=trade",
        "/articles/?about=-AZ&topic=trade",
    )
    assert (excluded.include_url, excluded.exclude_url) == ("/articles/?about=AZ&topic=trade", "/articles/?topic=trade")


@pytest.mark.usefixtures("_corpus")
def test_a_group_is_folded_until_something_in_it_is_chosen() -> None:
    assert facet("country").folded
    assert not facet("country", "country=AZ").folded


@pytest.mark.usefixtures("_corpus")
def test_stories_are_not_listed() -> None:
    assert "story" not in {group.name for group in make_facets(ArticleFilter(QueryDict("")))}


class TestMore:
    @pytest.fixture(autouse=True)
    def _many(self) -> None:
        codes = [f"X{letter}" for letter in "ABCDEFGHIJKL"]
        for code in codes:
            make_country(code)
        make_articles({"about": codes[: at + 1]} for at in range(len(codes)))

    def test_a_long_list_shows_its_beginning(self) -> None:
        short = facet("about")

        assert len(short.choices) == SHOWN
        assert (short.hidden, short.expanded, short.more_url) == (4, False, "/articles/?more=about")

    def test_all_of_it_is_a_link_away(self) -> None:
        full = facet("about", "more=about")

        assert len(full.choices) == 12
        assert (full.hidden, full.expanded, full.more_url) == (0, True, "/articles/")

    def test_what_is_chosen_is_always_shown(self) -> None:
        assert facet("about", "about=XL").choices[0].value == "XL"


def test_an_empty_corpus_has_no_facets() -> None:
    make_topic("trade")

    assert make_facets(ArticleFilter(QueryDict(""))) == []
