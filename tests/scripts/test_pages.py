"""The pages that were made up for training are labelled as their README says."""

import re
from collections import Counter

import pytest

from scripts.train_line_model import PAGES, read_made_up


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
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
