"""What the words of a line say of it, whatever its form."""

from __future__ import annotations

import re

import numpy as np
import pytest

from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.features import describe_wording, wording_names
from newsdesk.pipeline.cleaning.model import load
from newsdesk.pipeline.cleaning.wording import LIMIT, Wording, stems


def test_stems_are_beginnings_and_say_what_a_line_begins_with() -> None:
    assert stems(words_of("Министры встретились 12 марта, 14 апреля")) == {
        "^минист", "минист", "встрет", "#", "марта", "апреля",
    }  # fmt: skip  # several to a line
    assert stems([]) == set()


def test_words_that_are_not_known_say_nothing() -> None:
    wording = Wording({"bridge": 2.0, "share": -3.0}, bias=0.5)

    weighed = wording.weigh([["bridge"], ["bridge", "bridges"], ["share", "bridge"], ["unknown"], []])

    assert weighed.tolist() == pytest.approx([2.5, 2.5, 0.5 - 1 / 2**0.5, 0.5, 0.5])


def test_no_line_says_more_than_the_limit() -> None:
    assert Wording({"bridge": 90.0, "share": -90.0}, 0.0).weigh([["bridge"], ["share"]]).tolist() == [LIMIT, -LIMIT]


def test_a_line_is_told_what_its_neighbours_say() -> None:
    rows = describe_wording(np.array([1.0, 2.0, 3.0], np.float32))

    told = dict(zip(wording_names(), rows[1].tolist(), strict=True))

    assert told == {
        "wording": 2.0, "wording-3": 0.0, "wording-2": 0.0, "wording-1": 1.0, "wording+1": 3.0, "wording+2": 0.0, "wording+3": 0.0,
    }  # fmt: skip  # several to a line


@pytest.mark.parametrize(
    ("of_the_article", "of_the_site"),
    [
        ("He said that the talks were held in the capital", "Subscribe to our newsletter and follow us"),
        ("Об этом сообщил министр на встрече в столице", "Подписывайтесь на наш канал, читайте также"),
    ],
)
def test_the_shipped_weights_tell_prose_from_invitations(of_the_article: str, of_the_site: str) -> None:
    article, site = load().wording.weigh([words_of(of_the_article), words_of(of_the_site)])

    assert article > 0 > site


def test_the_shipped_weights_are_of_beginnings_of_words() -> None:
    weights = load().wording.weights

    assert len(weights) > 1000
    assert not [stem for stem in weights if not re.fullmatch(r"\^?(?:#|[^\W_]{1,6})", stem)]
