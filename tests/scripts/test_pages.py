"""The pages that were made up for training are labelled as their README says."""

import re
from collections import Counter

import pytest

from scripts.train_line_model import PAGES, MadeUp, load_made_up, read_made_up


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.txt")), ids=lambda path: path.stem)
def test_every_line_has_its_label_and_no_page_two_headlines(path):
    for page in path.read_text("utf-8").removeprefix("=== ").split("\n=== "):
        head, *lines = page.splitlines()
        labels = Counter(line[0] for line in lines)

        assert all(re.fullmatch(r"[TBX] \S.*", line) for line in lines), head
        assert labels["T"] <= 1, head
        assert labels["B"], head


def test_lines_keep_their_labels_whether_empty_lines_stand_between_them_or_not():
    texts = list(read_made_up())

    assert len({text.site for text in texts}) == len(texts)
    assert all(label in "TBX" for text in texts for _, label in text.lines)
    assert {text.lines[1][0].gap for text in texts} == {True, False}


def test_nothing_is_trained_on_the_unseen_pages():
    trained, unseen = (
        {line for page in load_made_up(folder) for line in page.text.split("\n") if len(line) > 120}
        for folder in (PAGES, PAGES / "unseen")
    )

    assert len(unseen) > 1000
    assert unseen.isdisjoint(trained)


def test_a_page_says_its_day_or_that_it_shows_none(tmp_path):
    (tmp_path / "en-two.txt").write_text("=== a | b | 2021-03-05\nB One.\n=== c | -\nT Two\nB Three.\n", "utf-8")

    assert list(load_made_up(tmp_path)) == [
        MadeUp("en-two-0", "One.", "B", "2021-03-05"),
        MadeUp("en-two-1", "Two\n\nThree.", "T-B", ""),
    ]
