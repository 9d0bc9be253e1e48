"""What text may do to a file: nothing."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsdesk.reader.exports.text import (
    Paragraph,
    Run,
    escape_latex,
    escape_markdown,
    legal,
    one_line,
    paragraphs,
    runs_to_html,
    runs_to_markdown,
    safe_for_sheets,
)

TABLES = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\0", "\r", "\n", "＝"])
def test_a_spreadsheet_calculates_nothing(start):
    assert safe_for_sheets(f"{start}1+1").startswith("'")


def test_other_values_stay_as_they_are_in_a_table():
    assert [safe_for_sheets(value) for value in ("Trade = growth", 12, "")] == ["Trade = growth", "12", ""]


def test_what_xml_cannot_hold_is_dropped():
    assert legal("a\x00b\x0bc\ud800d\ufffee\tf\ng") == "abcde\tf\ng"


def test_all_white_space_is_one_space():
    assert one_line(" a\r\nb\u2028c\x85d\u00a0 e ") == "a b c d e"


@given(st.text())
def test_escaped_text_is_one_paragraph_of_text_for_any_reader_of_markdown(text):
    tokens = TABLES.parse(escape_markdown(text))

    kinds = {token.type for token in tokens}
    inner = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}
    assert inner <= {"text", "text_special"}
    assert "".join(c.content for token in tokens for c in token.children or ()) == one_line(text)


@given(st.text())
def test_braces_of_latex_are_balanced_whatever_the_text(text):
    written = escape_latex(text)

    depth = 0
    for character in written:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@given(st.text())
def test_runs_become_html_that_a_sanitizer_leaves_alone(text):
    written = runs_to_html([Run(text, italic=True), Run(text, bold=True)])

    assert nh3.clean_text(text) is not None
    assert "<" not in written.replace("<i>", "").replace("</i>", "").replace("<b>", "").replace("</b>", "")


def test_a_note_is_taken_apart_into_paragraphs_with_their_looks():
    found = paragraphs("One *two* **three** `four`\n\n- a\n- [b](https://b.example)\n\n> c\n\n1. d")

    assert found == [
        Paragraph(
            [Run("One "), Run("two", italic=True), Run(" "), Run("three", bold=True), Run(" "), Run("four", code=True)]
        ),
        Paragraph([Run("a")], 1, "•"),
        Paragraph([Run("b", href="https://b.example")], 1, "•"),
        Paragraph([Run("c")], 1),
        Paragraph([Run("d")], 1, "1."),
    ]


def test_a_note_brings_neither_html_nor_a_script():
    found = paragraphs("<script>alert(1)</script> [x](javascript:alert(2)) ![y](https://y.example/y.png)")

    assert all(run.href == "" or run.href.startswith("https://") for part in found for run in part.runs)
    assert "<script>" not in runs_to_html([run for part in found for run in part.runs])


def test_marks_of_emphasis_stand_at_words_in_markdown():
    written = runs_to_markdown([Run("see "), Run(" this ", bold=True), Run("link", href="https://x.example/a(b)>c")])

    assert written == "see  **this** [link](<https://x.example/a(b)%3Ec>)"
