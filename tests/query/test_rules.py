import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.tokens import tokenize
from newsdesk.query import IndexedText, parse
from newsdesk.query.match import match
from newsdesk.query.rules import Needs, Rules, find_needs

RULES = [
    "мост",
    '"новый мост"',
    "мост*",
    "нагорно-реч*",
    "=мосты",
    '"мост река"~3',
    "мост OR река",
    "мост OR ре*",
    "мост -река",
    "мост (река OR озеро) country:az",
    "-мост",
    "мост OR -река",
    "country:az",
    "country:az OR мост",
    "title:река",
    "песков",
]


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        pytest.param("мост", Needs(frozenset({"мост"})), id="word"),
        pytest.param('"новый мост"', Needs(frozenset({"мост"})), id="the longest word of a phrase"),
        pytest.param("мост OR река", Needs(frozenset({"мост", "рек"})), id="either"),
        pytest.param("(мост OR река) паромщик", Needs(frozenset({"паромщик"})), id="the rarer of two"),
        pytest.param("паром*", Needs(frozenset({"пар"}), frozenset({"паром"})), id="prefix"),
        pytest.param("паром* мост", Needs(frozenset({"мост"})), id="rather a word than a prefix"),
        pytest.param("мост country:az", Needs(frozenset({"мост"})), id="word and facet"),
        pytest.param("-мост", None, id="not"),
        pytest.param("country:az", None, id="facet"),
        pytest.param("мост OR country:az", None, id="word or facet"),
    ],
)
def test_needs(rule: str, needs: Needs | None) -> None:
    root = parse(rule).root

    assert root is not None
    assert find_needs(root) == needs


WORDS = st.lists(
    st.sampled_from(["мост", "мостами", "новый", "река", "озеро", "реченька", "Песков", "песков"]), max_size=6
)


@given(WORDS, WORDS, st.sampled_from([{}, {"country": frozenset({"AZ"})}]))
def test_all_rules_at_once_match_as_each_alone(
    title: list[str], body: list[str], facets: dict[str, frozenset[str]]
) -> None:
    roots = {rule: root for rule in RULES if (root := parse(rule).root)}
    text = IndexedText(tokenize(" ".join(title)), tokenize(" ".join(body)), facets)

    alone = {rule: found for rule, root in roots.items() if (found := match(root, text)) is not None}

    assert dict(Rules(roots).match(text)) == alone
