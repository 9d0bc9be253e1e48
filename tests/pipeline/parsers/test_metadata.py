import pytest
from lxml import html

from newsdesk.pipeline.parsers.metadata import read_metadata, read_time

LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Herald"},
  {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01"},
  {"@type": ["NewsArticle"], "headline": "Bridge opened", "datePublished": "2024-05-06T07:08:00+03:00",
   "dateModified": "2024-05-07", "articleSection": "Roads", "author": [{"name": "A. Mason"}, {"name": "B. Smith"}],
   "publisher": {"@type": "Organization", "name": "The Herald"}},]}</script>"""


def read(head: str, body: str = "<p>words</p>", attributes: str = "") -> dict[str, str]:
    return read_metadata(html.document_fromstring(f"<html {attributes}><head>{head}</head><body>{body}</body></html>"))


def test_linked_data_of_the_pages_own_article_come_first() -> None:
    head = '<meta property="og:title" content="Bridge opened"><meta name="author" content="Web desk">' + LINKED

    assert read(head, attributes='lang="en-GB"') == {
        "title": "Bridge opened",
        "author": "A. Mason, B. Smith",
        "section": "Roads",
        "published": "2024-05-06T07:08:00+03:00",
        "modified": "2024-05-07",
        "site": "The Herald",
        "language": "en",
    }


def test_meta_elements_are_read() -> None:
    head = """<meta property="og:title" content="Мост открыли — Правда"><meta property="og:site_name" content="Правда">
        <meta property="article:published_time" content="2024-05-06T07:08+0300">
        <meta property="og:locale" content="ru_RU">
        <meta name="Author" content=" Анна
        Мохова "><link rel="canonical" href="https://example.org/most">"""

    assert read(head) == {
        "title": "Мост открыли",
        "author": "Анна Мохова",
        "published": "2024-05-06T07:08:00+03:00",
        "url": "https://example.org/most",
        "site": "Правда",
        "language": "ru",
    }


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Bridge opened in the north | Herald</title>", "<p>x", "Bridge opened in the north"),
        ("<title>Herald — Bridge opened in the north — News</title>", "<h1>Bridge opened in the north</h1>",
         "Bridge opened in the north"),
        ("<title>Herald</title>", "<h1>The bridge is open</h1>", "The bridge is open"),
        ("<title>Bridge opened in the north | Herald</title>", "<h1>Herald</h1>", "Bridge opened in the north"),
    ],
    ids=["title element", "heading in title", "heading alone", "name of the site as heading"],
)  # fmt: skip
def test_title_comes_from_the_markup_where_nothing_states_it(head: str, body: str, title: str) -> None:
    assert read(head, body)["title"] == title


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<time datetime="2024-05-06">6 May</time>', "2024-05-06"),
        ('<time datetime="2024-05-06">a</time><time datetime="2024-05-07">b</time>', None),
        ('<time datetime="2020-01-01">old</time><article><time datetime="2024-05-06">6 May</time></article>',
         "2024-05-06"),
        ('<b itemprop="datePublished" content="2024-05-06">6 May</b><time datetime="2020">b</time>', "2024-05-06"),
        ('<time datetime="yesterday">6 May</time>', None),
    ],
    ids=["only one", "two", "the article's", "marked", "no date"],
)  # fmt: skip
def test_time_elements_count_where_there_is_no_doubt(body: str, published: str | None) -> None:
    assert read("", body).get("published") == published


@pytest.mark.parametrize(
    "script", ["{", "[]", '"text"', "[" * 5000, '{"@type": "NewsArticle", "author": 5, "headline": {}}'], ids=len
)
def test_broken_linked_data_are_passed_over(script: str) -> None:
    assert read(f'<title>The bridge is open</title><script type="application/ld+json">{script}</script>') == {
        "title": "The bridge is open"
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-06", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024-05-06 07:08", "2024-05-06T07:08:00"),
        ("2024-05-06T07:08:09.123Z", "2024-05-06T07:08:09.123000+00:00"),
        ("Mon, 06 May 2024 07:08:09 GMT", "2024-05-06T07:08:09+00:00"),
        ("06.05.2024", ""),
        ("soon", ""),
        ("", ""),
    ],
    ids=str,
)
def test_times_become_iso_8601(value: str, expected: str) -> None:
    assert read_time(value) == expected
