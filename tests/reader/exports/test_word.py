"""The brief as DOCX, read back by python-docx."""

from __future__ import annotations

import io

import docx
import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(write, notes, articles):
    remarks = {articles[0].pk: "- because\n- of *it*"}
    return docx.Document(io.BytesIO(write("docx", summary="What **we** found", remarks=remarks)))


def texts(document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_it_holds_title_summary_articles_quotations_notes_and_citations(document):
    assert texts(document, "Title") == ["Trade"]
    assert texts(document, "Heading 1")[0::2] == ["Trade grows", "Undated"]
    assert texts(document, "Intense Quote") == ["Ministers met", "Лента новостей"]
    normal = texts(document, "Normal")
    assert normal[:4] == ["What we found", "• because", "• of it", "For all"]
    assert normal[4].startswith("Anna Petrova. Trade grows // Highland Herald & Sons. 2024.")


def test_titles_link_to_the_originals_and_to_no_script(document):
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]

    assert links[0].address == "https://herald.example/trade?a=1&b=2"
    assert {link.address.split(":")[0] for link in links} == {"https"}


def test_it_says_what_it_is_in_words_and_properties(document):
    properties = document.core_properties

    assert properties.title == "Trade"
    assert properties.author.startswith("Newsdesk ")
    assert "query: topic=trade" in properties.comments
    assert any("topic=trade" in line for line in texts(document, "Caption"))


def test_what_a_document_cannot_hold_is_left_out(document):
    heading = texts(document, "Heading 1")[1]

    assert "<script>alert(1)</script>" in heading
    assert "\x07" not in heading
    assert "\x0b" not in heading
