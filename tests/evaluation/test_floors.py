"""Floors under the quality of the pipeline on the demonstration corpus. Lowering one is a change of its own, with its reason.

`python -m tests.evaluation.measure` prints the figures, and each fault behind them.
"""

import pytest

from tests.evaluation.measure import measure, process_fixtures

FLOORS = {
    "bodies exact": 0.94,
    "bodies F1": 0.995,
    "titles": 0.98,
    "dates": 0.92,
    "languages": 0.99,
    "countries about F1": 0.9,
    "countries named F1": 0.985,
    "topics F1": 0.97,
    "topics macro F1": 0.97,
    "stories B3": 0.94,
}
CEILINGS = {"dates wrong": 0.02}


@pytest.fixture(scope="module")
def figures():
    return measure(process_fixtures())


def test_every_article_of_the_corpus_is_processed(figures):
    assert figures["articles"] == 100


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(figures, name):
    assert figures[name] >= FLOORS[name]


@pytest.mark.parametrize("name", CEILINGS)
def test_no_figure_rises_above_its_ceiling(figures, name):
    assert figures[name] <= CEILINGS[name]
