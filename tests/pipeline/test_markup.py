import pytest

from newsdesk.pipeline.markup import Mark, decode, encode, mark_element


@pytest.mark.parametrize(
    ("tag", "attributes", "mark"),
    [
        ("p", {}, Mark.PARAGRAPH),
        ("h2", {"class": "title"}, Mark.HEADING),
        ("div", {"class": "story-related clearfix"}, Mark.ASIDE),
        ("div", {"id": "comments"}, Mark.ASIDE),
        ("ul", {"class": "breadcrumbs"}, Mark.ASIDE),
        ("figcaption", {}, Mark.CAPTION),
        ("div", {"class": "photo_credit"}, Mark.CAPTION),
        ("div", {"itemprop": "articleBody", "class": "text"}, Mark.BODY),
        ("div", {"class": "entry-content"}, Mark.BODY),
        ("div", {"class": "unrelated-moreover asidelike"}, Mark(0)),
        ("article", {"class": "with-sidebar"}, Mark(0)),
        ("body", {"class": "nav-open"}, Mark(0)),
    ],
)
def test_an_element_is_known_by_its_tag_and_by_its_names(tag: str, attributes: dict[str, str], mark: Mark) -> None:
    assert mark_element(tag, attributes) == mark


def test_marks_come_back_from_text() -> None:
    marks = [0, Mark.LINKS | Mark.ITEM, sum(Mark)]

    assert list(decode(encode(marks))) == marks
