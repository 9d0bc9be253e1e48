"""The map on the desk: what it shades, what it leaves to the list, and which part of the world it shows."""

import pytest
from django.http import QueryDict

from newsdesk.reader.facets import ALL, make_facet
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.world import WorldMap, atlas, find_part, find_steps, make_map
from tests.factories import make_articles


def drawn(query: str = "") -> WorldMap:
    articles = ArticleFilter(QueryDict(query), scheme=ArticleFilter.scheme("front"))
    return make_map(articles, make_facet(articles, "about", ALL).choices)


def test_the_part_holds_nearly_all_articles() -> None:
    part = find_part({"AZ": 50, "GE": 40, "AM": 30, "BR": 2})

    assert part is not None
    assert part.width < atlas().box.width / 3
    assert part.width / part.height == pytest.approx(atlas().box.width / atlas().box.height)
    for code in ("AZ", "GE", "AM"):
        x, y = atlas().places[code]
        assert part.x < x < part.x + part.width
        assert part.y < y < part.y + part.height


def test_at_the_end_of_the_world_the_part_stays_within_it() -> None:
    part = find_part({"NZ": 5})

    assert part is not None
    assert part.x + part.width <= atlas().box.width
    assert part.y + part.height <= atlas().box.height


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param({"AZ": 5, "BR": 5, "JP": 5}, id="scattered"),
        pytest.param({"X-NK": 5, "SU": 2}, id="nowhere"),
        pytest.param({}, id="nothing"),
    ],
)
def test_otherwise_it_is_the_whole_world(counts: dict[str, int]) -> None:
    assert find_part(counts) is None


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        pytest.param(0, [], id="none"),
        pytest.param(3, [1, 2, 3], id="few"),
        pytest.param(6, [1, 2, 3, 4, 5], id="six"),
        pytest.param(79, [1, 2, 6, 15, 35], id="tens"),
        pytest.param(100_000, [1, 10, 100, 1000, 10_000], id="many"),
    ],
)
def test_shades_are_steps_of_magnitude(most: int, steps: list[int]) -> None:
    assert find_steps(most) == steps


@pytest.mark.django_db
class TestMap:
    def test_countries_are_links_that_filter_with_shades_and_a_legend(self) -> None:
        make_articles([{"about": ["AZ"]}] * 3 + [{"about": ["GE"]}])

        made = drawn()

        assert [(mark.choice.value, mark.step, mark.choice.include_url) for mark in made.marks] == [
            ("AZ", 5, "/?about=AZ"),
            ("GE", 3, "/?about=GE"),
        ]
        assert [(shade.step, shade.text) for shade in made.shades] == [(3, "1"), (4, "2"), (5, "3")]
        assert atlas().shapes["AZ"] not in made.land
        assert atlas().shapes["AM"] in made.land

    def test_small_states_are_dots(self) -> None:
        make_articles([{"about": ["MT"]}])

        (mark,) = drawn().marks

        assert (mark.path, mark.at) == ("", atlas().places["MT"])

    def test_disputed_regions_and_former_states_are_left_to_the_list(self) -> None:
        make_articles([{"about": ["X-NK", "SU"]}])

        made = drawn()

        assert (made.marks, made.whole, made.url) == ([], True, "")

    def test_a_part_has_a_way_to_the_whole_world_and_back(self) -> None:
        make_articles([{"about": ["AZ"]}] * 9 + [{"about": ["BR"]}])

        part, whole = drawn("q=body"), drawn("q=body&more=world")

        assert ([mark.choice.value for mark in part.marks], part.url) == (["AZ"], "/?q=body&more=world")
        assert ([mark.choice.value for mark in whole.marks], whole.url) == (["AZ", "BR"], "/?q=body")
        assert (part.whole, whole.whole, whole.box) == (False, True, atlas().box)
