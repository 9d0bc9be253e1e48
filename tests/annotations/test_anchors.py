import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.annotations.anchors import find

BODY = "Trains run again. Trains to Baku run again from May."


def test_a_passage_that_occurs_once_is_found_with_its_context():
    anchor = find(BODY, "to Baku")

    assert anchor is not None
    assert (anchor.start, anchor.end, BODY[anchor.start : anchor.end]) == (25, 32, "to Baku")
    assert anchor.prefix == "Trains run again. Trains "
    assert anchor.suffix == " run again from May."


@pytest.mark.parametrize(
    ("hint", "start"),
    [
        pytest.param({"start": 18}, 18, id="where it was"),
        pytest.param({"suffix": " run again."}, 0, id="by the words after it"),
        pytest.param({"prefix": "again. "}, 18, id="by the words before it"),
    ],
)
def test_one_of_several_places_is_told_by(hint, start):
    anchor = find(BODY, "Trains", **hint)

    assert anchor is not None
    assert anchor.start == start


@pytest.mark.parametrize("exact", ["Trains", "Tbilisi", ""], ids=["several places", "no place", "nothing"])
def test_nothing_is_guessed(exact):
    assert find(BODY, exact) is None


@given(st.text(max_size=40), st.text(max_size=5))
def test_what_is_found_is_what_was_asked_for(body, exact):
    anchor = find(body, exact)

    if anchor is not None:
        assert body[anchor.start : anchor.end] == exact
