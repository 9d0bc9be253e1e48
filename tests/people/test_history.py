"""What was changed, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.people.history import compare


def marked(before: str, after: str) -> str:
    signs = {"": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        pytest.param("They met in Baku.", "They met in Baku.", "They met in Baku.", id="the same"),
        pytest.param("They met in Baku.", "They met twice in Baku.", "They met[+ twice+] in Baku.", id="more"),
        pytest.param("They met in Baku.", "They met in Sochi.", "They met in[- Baku-][+ Sochi+].", id="another"),
        pytest.param("Он был в Баку", "Он не был в Баку", "Он[+ не+] был в Баку", id="Cyrillic"),
        pytest.param("open", "accepted", "", id="nothing in common"),
        pytest.param("", "All of it is new", "", id="nothing before"),
        pytest.param("All of it went", "", "", id="nothing after"),
    ],
)
def test_words_that_stayed_went_and_came_are_told_apart(before, after, shown):
    assert marked(before, after) == shown


@given(st.text(alphabet="ab .\n"), st.text(alphabet="ab .\n"))
def test_both_texts_can_be_read_from_their_pieces(before, after):
    pieces = compare(before, after)

    if pieces:
        assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "del") == after
