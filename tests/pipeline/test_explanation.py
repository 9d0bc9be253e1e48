"""The pipeline's account of one document, as lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import (
    CountryClaim,
    Cut,
    DateCandidate,
    DateClaim,
    Document,
    Evidence,
    LanguageClaim,
    RawDocument,
    TitleClaim,
)
from newsdesk.pipeline.explanation import explain
from newsdesk.pipeline.stages.clean import Clean

TEXT = (
    "Menu News Sport\n22 Apr 2024 The ministers met in Baku, and talked about trade, tariffs and the railway.\nThe end."
)
DOCUMENT = Document(
    RawDocument(TEXT, source_path="heap/1.txt", encoding="cp1251", repairs=("soft hyphens",), source="wire"),
    cuts=(Cut(0, 16, "navigation", 0.97, "menu"), Cut(16, 28, "date line", 0.95, "date prefix")),
    title=TitleClaim("Talks in Baku", "metadata", 0.95),
    published=DateClaim(
        "2024-04-22",
        "day",
        "header",
        0.93,
        Evidence(16, 27, "22 Apr 2024", "raw"),
        (DateCandidate("2023-04-22", 0.04),),
        "text",
    ),
    language=LanguageClaim("en", 0.99, "de"),
    countries=(CountryClaim("AZ", "about", 0.8, (Evidence(21, 25, "Baku"), Evidence(21, 25, "Baku"))),),
)


def test_what_was_read_and_what_is_claimed_with_its_evidence() -> None:
    found = "\n".join(explain(DOCUMENT))

    for told in (
        "heap/1.txt",
        "cp1251, 112 characters, soft hyphens",
        "Talks in Baku (metadata, 95%)",
        "2024-04-22 (to the day, header, 93%)",
        "it says: “22 Apr 2024”",
        "the year is from: text",
        "also possible: 2023-04-22 (4%)",
        "en (99%; else de)",
        "AZ about (0.80): “Baku”\n",
        "topics     none",
    ):
        assert told in found


def test_each_line_with_its_cuts_and_their_reasons() -> None:
    rows = list(explain(DOCUMENT, width=100))

    assert rows[rows.index("") + 1 :] == [
        "1 - Menu News Sport".ljust(67) + "navigation 97%, menu",
        "2 ~ [-22 Apr 2024-] The ministers met in Baku, and talked about".ljust(67) + "date line 95%, date prefix",
        "  ~ trade, tariffs and the railway.",
        "3   The end.",
    ]


def test_what_is_cut_is_grey_in_colour() -> None:
    rows = list(explain(DOCUMENT, color=True))

    assert any("\x1b[90mMenu News Sport\x1b[0m" in row for row in rows)
    assert any("\x1b[90m[-22 Apr 2024-] \x1b[0mThe ministers" in row for row in rows)
    assert "\x1b" not in "".join(explain(DOCUMENT))


def test_an_undated_document_without_an_article() -> None:
    document = Document(RawDocument("Menu"), cuts=(Cut(0, 4, "navigation", 1.0, "menu"),))

    found = "\n".join(explain(document))

    assert "date       none" in found
    assert "Nothing is left: ingest would reject it." in found


def test_a_text_cannot_steer_the_terminal() -> None:
    rows = explain(Document(RawDocument("a\x1b[31mb\x07\x9bc", source_path="x\x1b]0;y")))

    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(rows))


@pytest.mark.parametrize("width", [1, 60, 79, 200])
@given(text=st.text(max_size=300))
def test_any_text_is_shown_within_the_width(width: int, text: str) -> None:
    document = Clean({})(Document(RawDocument(text)))

    rows = list(explain(document, width=width))

    assert all(len(row) <= max(60, width) for row in rows)
