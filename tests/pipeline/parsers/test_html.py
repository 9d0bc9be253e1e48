import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.encoding import Rejected
from newsdesk.pipeline.markup import Mark, decode
from newsdesk.pipeline.parsers.html import parse, read_page

PARAGRAPHS = [
    "The new bridge across the river was opened on Thursday after two years of work, the district council said.",
    "Traffic now runs on all four lanes, and the journey to the city takes half as long as before, drivers report.",
    "Repairs of the embankment will begin next spring, according to the head of the council, who thanked the workers.",
]
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Bridge opened | The Herald</title>
<script>var x = "never shown";</script></head><body><nav><ul><li><a href="/">Home</a>
<li><a href="/w">World</a></ul></nav>
<article><h1>Bridge opened</h1>{"".join(f"<p>{one}</p>" for one in PARAGRAPHS)}</article>
<div style="display: none">Hidden</div><footer>© The Herald</footer></body></html>"""


def test_text_is_the_page_as_lines() -> None:
    assert read_page(PAGE).text == "\n\n".join(["Home\nWorld", "Bridge opened", *PARAGRAPHS, "© The Herald"])


def test_main_block_is_marked_by_spans_of_the_text() -> None:
    page = read_page(PAGE)

    marked = [page.text[span.start : span.end] for span in page.main]

    assert [line for line in marked if line in PARAGRAPHS] == PARAGRAPHS
    assert "Home" not in marked


def test_each_line_has_the_marks_of_its_elements() -> None:
    page = read_page(PAGE)

    marks = dict(zip(page.text.split("\n"), decode(page.markup), strict=True))

    assert marks["Home"] == Mark.LINKS | Mark.ITEM | Mark.ASIDE
    assert marks["Bridge opened"] == Mark.HEADING
    assert marks[PARAGRAPHS[1]] == Mark.PARAGRAPH
    assert marks["© The Herald"] == Mark.ASIDE


def test_a_link_within_a_sentence_does_not_make_it_a_link() -> None:
    page = read_page("<p>The council <a href=x>said so</a> on Thursday.<p><a href=y>Read on</a> »")

    assert [bool(mark & Mark.LINKS) for mark in decode(page.markup)] == [False, False, True]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<br>two<p>Three", "One\ntwo\n\nThree"),
        ("<p>A <b>bold</b>\n  <a href=x>claim</a>.</p>", "A bold claim."),
        ("<ul><li>one<li>two</ul>after", "one\ntwo\n\nafter"),
        ("<pre>line one\n  line two</pre>", "line one\nline two"),
        ("<table><tr><td>Zenit</td><td>2:1</td></tr><tr><td>Dinamo</td></tr></table>", "Zenit 2:1\nDinamo"),
        ("<p>Shown<span hidden>not</span> again</p>", "Shown again"),
        ("<p>5 &lt; 6 &amp; 7&nbsp;km", "5 < 6 & 7\xa0km"),
        ("<p>Unclosed <i>tags <b>everywhere", "Unclosed tags everywhere"),
        ('<?xml version="1.0" encoding="koi8-r"?><html><body><p>Мост</p></body></html>', "Мост"),
    ],
    ids=["breaks", "inline", "list", "pre", "table", "hidden", "entities", "unclosed", "declaration"],
)
def test_elements_become_lines(markup: str, text: str) -> None:
    assert read_page(markup).text == text


def test_charset_of_the_page_counts() -> None:
    markup = '<meta charset="windows-1254"><p>Görüşme İstanbul\'da, ışıklar söndü'

    [document] = parse("a.html", io.BytesIO(markup.encode("cp1254")))

    assert document.text == "Görüşme İstanbul'da, ışıklar söndü"
    assert document.encoding == "windows-1254"


@pytest.mark.parametrize("markup", ["<html></html>", "<!-- nothing -->", "<p>12:30</p>", "<script>word</script>"])
def test_page_without_words_is_rejected(markup: str) -> None:
    with pytest.raises(Rejected):
        read_page(markup)


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 50_000 + "deep words", "<p>words" * 20_000, "<" * 20_000 + " words", "<b><i>words" * 5_000],
    ids=["deep", "wide", "brackets", "unclosed"],
)
def test_hostile_page_is_read_in_time(markup: str) -> None:
    start = time.perf_counter()

    assert "words" in read_page(markup).text
    assert time.perf_counter() - start < 10


@given(st.text(st.sampled_from("<>/\"'=&;! abpdiv-\n\0"), max_size=120))
def test_any_markup_is_read_or_rejected(markup: str) -> None:
    try:
        page = read_page(markup)
    except Rejected:
        return
    assert all(page.text[span.start : span.end] for span in page.main)
