"""The brief, as HTML and as Markdown."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from django.utils import translation
from lxml import html
from markdown_it import MarkdownIt

from newsdesk.reader.exports.selection import Options
from tests.reader.exports.conftest import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(write, notes, articles):
    """The HTML brief of a collection, parsed."""
    remarks = {articles[0].pk: "Because of the *figure*"}
    return html.document_fromstring(write("html", summary="What **we** found", remarks=remarks))


def text(page, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def test_it_holds_title_summary_articles_quotations_notes_and_citations(page):
    assert text(page, "//h1") == ["Trade"]
    assert text(page, "//*[@class='summary']") == ["What we found"]
    assert text(page, "//article//h2")[0::2] == ["Trade grows", "Undated"]
    first = page.xpath("//article")[0]
    assert text(first, ".//blockquote") == ["Ministers met"]
    assert text(first, ".//*[@class='remark said']") == ["Because of the figure"]
    assert text(first, ".//*[@class='note']//*[@class='said']") == ["For all"]
    assert text(first, ".//*[@class='cited']")[0].startswith(
        "Anna Petrova. Trade grows // Highland Herald & Sons. 2024."
    )


def test_it_says_what_it_is(page):
    about = " ".join(text(page, "//footer"))

    assert "topic=trade" in about
    assert "3 articles, 2 notes" in about
    assert "Newsdesk 0" in about
    assert "query: topic=trade" in page.xpath("//meta[@name='description']/@content")[0]


def test_it_needs_nothing_and_may_do_nothing(page):
    assert page.xpath("//script | //img | //link | //iframe | //form | //*[@style] | //*[@onerror]") == []
    style = page.xpath("//style/text()")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert {href.split(":")[0] for href in page.xpath("//a/@href")} == {"https"}


def test_hostile_text_is_shown_as_it_is(page):
    heading = text(page, "//article//h2")[1]

    assert heading.startswith('=HYPERLINK("x")<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }}')


def test_an_article_that_is_not_quoted_begins_with_its_own_words(page):
    assert text(page, "//*[@class='excerpt']") == ["Nobody knows when."]


def test_it_can_be_printed(page):
    style = page.xpath("//style/text()")[0]

    assert "@page" in style
    assert "@media print" in style


def test_it_speaks_the_language_of_the_interface(write, notes):
    with translation.override("ru"):
        page = html.document_fromstring(write("html"))

    assert page.get("lang") == "ru"
    assert "3 статьи, 2 заметки" in " ".join(text(page, "//footer"))
    assert "дата обращения" in text(page, "//*[@class='cited']")[0]


def test_without_notes_nothing_of_them_is_told(write, notes):
    page = html.document_fromstring(write("html", options=Options()))

    assert page.xpath("//*[@class='note']") == []
    assert "note" not in " ".join(text(page, "//footer"))


@pytest.fixture
def tokens(write, notes, articles):
    """The Markdown brief after its front matter, as a reader that lets HTML through takes it."""
    written = write("markdown", summary="What **we** found", remarks={articles[0].pk: "- one\n- two <b>bold</b>"})
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", written, re.DOTALL)
    assert found
    front, body = found.groups()
    return front, MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)


def test_markdown_says_in_its_front_matter_what_it_is(tokens):
    front = {line.split(": ", 1)[0]: json.loads(line.split(": ", 1)[1]) for line in tokens[0].splitlines()}

    assert front["query"] == "topic=trade"
    assert (front["articles"], front["annotations"]) == (3, 2)
    assert front["software"].startswith("Newsdesk ")


def test_markdown_holds_headings_quotations_and_notes(tokens):
    inline = [token for token in tokens[1] if token.type == "inline"]

    said = ["".join(child.content for child in token.children) for token in inline]
    assert said[:2] == ["Trade", "What we found"]
    assert "Ministers met" in said
    assert "For all" in said
    assert any(line.startswith("— claim, anna, ") for line in said)


def test_nothing_in_markdown_is_html_or_a_link_that_acts(tokens):
    kinds = {token.type for token in tokens[1]} | {c.type for token in tokens[1] for c in token.children or ()}
    links = [c.attrGet("href") for token in tokens[1] for c in token.children or () if c.type == "link_open"]

    assert kinds.isdisjoint({"html_block", "html_inline", "image", "code_block", "fence", "table_open"})
    assert {link.split(":")[0] for link in links} == {"https"}


def test_a_hostile_title_reads_in_markdown_as_it_stands(tokens):
    inline = ["".join(c.content for c in token.children) for token in tokens[1] if token.type == "inline"]

    assert any(line.startswith('=HYPERLINK("x")<script>alert(1)</script>') for line in inline)
    assert HOSTILE.startswith("=HYPERLINK")
