import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import Cut, Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.section import find_section

PROSE = (
    "The council met on Monday and agreed to repair the old bridge before the winter, the mayor told reporters.",
    "Work will begin in June and take four months, during which a ferry will carry passengers across the river.",
)


def clean(text: str, metadata: dict[str, str] | None = None) -> Document:
    return Clean({})(Document(RawDocument(text, metadata=metadata or {})))


@pytest.mark.parametrize(
    ("text", "section", "author"),
    [
        ("Политика, 22 мая, 11:30\n\nМост откроют осенью этого года\n\n", "Политика", ""),
        ("World | 22 May 2021\n\nThe bridge will open in autumn\n\nBy Jane Porter\n\n", "World", "Jane Porter"),
        ("Экономика\n\n10:15, 3 июня 2020\n\nМост откроют осенью этого года\n\nАвтор: Пётр Соколов\n\n",
         "Экономика", "Пётр Соколов"),
        ("The bridge will open in autumn\n\n", "", ""),
        ("Мост откроют осенью\n\nГазета «Речник» №43 от 12.03.2025, стр. 6\n\n4 мин.\n\n", "", ""),
        ("The bridge will open in autumn\n\nOSTROVO Mar 12, 2025 - 12:05 pm\n\n", "", ""),
        ("The bridge will open in autumn\n\nA ferry waits at the harbour in Ostrovo, Europe, on Sunday (Photo: AP)\n\n", "", ""),
    ],
    ids=["one line", "with byline", "line of its own", "none", "issue of a newspaper", "place and day", "caption"],
)  # fmt: skip  # several to a line
def test_section_and_author_come_from_what_was_cut(text: str, section: str, author: str) -> None:
    document = find_section(clean(text + "\n\n".join(PROSE)))

    assert (document.section, document.author) == (section, author)


def test_stated_section_and_author_come_first() -> None:
    document = find_section(clean(PROSE[0], {"section": "Roads", "author": "A. Mason"}))

    assert (document.section, document.author) == ("Roads", "A. Mason")


@given(st.text(max_size=200), st.data())
def test_any_text_and_cut_are_survived(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    reason = data.draw(st.sampled_from(["section line", "author box", "title", "navigation"]))

    document = find_section(Document(RawDocument(text), cuts=(Cut(start, len(text), reason),)))

    assert len(document.section) <= 60
