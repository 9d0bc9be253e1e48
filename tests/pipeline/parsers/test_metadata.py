import pytest
from lxml import html

from newsdesk.pipeline.parsers.metadata import read_metadata, read_time

LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Herald"},
  {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01"},
  {"@type": ["NewsArticle"], "headline": "Bridge opened", "datePublished": "2024-05-06T07:08:00+03:00",
   "dateModified": "2024-05-07", "articleSection": "Roads", "author": [{"name": "A. Mason"}, {"name": "B. Smith"}],
   "publisher": {"@type": "Organization", "name": "The Herald"}},]}</script>"""


def read_all(head: str, body: str = "<p>words</p>", attributes: str = "") -> dict[str, str]:
    return read_metadata(html.document_fromstring(f"<html {attributes}><head>{head}</head><body>{body}</body></html>"))


def read(head: str, body: str = "<p>words</p>", attributes: str = "") -> dict[str, str]:
    """The values alone."""
    return {key: value for key, value in read_all(head, body, attributes).items() if not key.endswith("_from")}


def link(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


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
)  # fmt: skip  # several to a line
def test_title_comes_from_the_markup_where_nothing_states_it(head: str, body: str, title: str) -> None:
    assert read(head, body)["title"] == title


def test_each_value_says_where_it_is_from() -> None:
    head = """<meta property="og:title" content="Bridge opened"><meta property="og:site_name" content="The Herald">
        <link rel="canonical" href="https://herald.example/bridge"><meta name="DC.date.issued" content="2024-05-06">"""
    body = '<span itemprop="author"><b itemprop="name">A. Mason</b></span>'

    found = read_all(head, body, attributes='lang="en"')

    assert {key: value for key, value in found.items() if key.endswith("_from")} == {
        "title_from": "og:title",
        "site_from": "og:site_name",
        "url_from": "link canonical",
        "published_from": "dc.date.issued",
        "author_from": "itemprop author",
        "language_from": "html lang",
    }


def test_linked_data_give_their_own_origin() -> None:
    head = link('{"@type": "ReportageNewsArticle", "headline": "Bridge opened", "datePublished": "2024-05-06"}')

    assert read_all(head) == {
        "title": "Bridge opened",
        "title_from": "JSON-LD headline",
        "published": "2024-05-06",
        "published_from": "JSON-LD datePublished",
    }


@pytest.mark.parametrize(
    "data",
    [
        '[{"@type": "Organization", "name": "Herald"}, {"@type": "NewsArticle", "author": {"name": "A. Mason"}}]',
        ('{"@graph": [{"@type": "Person", "@id": "#am", "name": "A. Mason"}, '
        '{"@type": "NewsArticle", "author": {"@id": "#am"}}]}'),
        '{"@type": ["Article", "AnalysisNewsArticle"], "author": ["By A. Mason"]}',
        ('{"@type": "WebPage", "mainEntity": {"@type": "OpinionNewsArticle", "author": {"@type": "Person", '
        '"name": "A. Mason"}}}'),
        '<!-- {"@type": "NewsArticle", "author": "A. Mason",} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": "A.\tMason"}\n//]]>',
    ],
    ids=["list", "graph with references", "several types", "within the page", "comment and comma", "character data"],
)  # fmt: skip  # several to a line
def test_linked_data_are_read_in_all_their_forms(data: str) -> None:
    assert read(link(data)) == {"author": "A. Mason"}


def test_plain_values_of_broken_linked_data_are_saved() -> None:
    data = """{"@type": "NewsArticle", "headline": "Bridge \\"Hope\\" opened", "description": "A "great" day",
        "datePublished": "2024-05-06T07:08:00Z"}"""

    assert read(link(data)) == {"title": 'Bridge "Hope" opened', "published": "2024-05-06T07:08:00+00:00"}


def test_linked_data_of_other_articles_do_not_count() -> None:
    data = """[{"@type": "NewsArticle", "headline": "Choir wins a prize", "datePublished": "2020-01-01"},
        {"@type": "NewsArticle", "headline": "Swimmers set a record", "datePublished": "2020-01-02"}]"""

    assert read('<meta property="og:title" content="Bridge opened">' + link(data)) == {"title": "Bridge opened"}


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Bridge opened | The Herald", "The Herald", "Bridge opened"),
        ("The Herald - Bridge opened", "The Herald", "Bridge opened"),
        ("Bridge - a new one - opened — HERALD", "Herald", "Bridge - a new one - opened"),
        ("Bridge opened|Herald", "Herald", "Bridge opened"),
        ("Bridge opened - a day to remember", "Herald", "Bridge opened - a day to remember"),
        ("Bridge opened &amp;amp; closed", "Herald", "Bridge opened & closed"),
    ],
    ids=["after", "before", "dashes within", "without spaces", "no site", "entities escaped twice"],
)
def test_title_stands_without_the_name_of_the_site(title: str, site: str, expected: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'

    assert read(head)["title"] == expected


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="og:site_name" content="The Herald"><meta property="og:title" content="The Herald">', ""),
        (('<link rel="canonical" href="https://www.the-herald.example/1">'
         '<meta property="og:title" content="the-herald.example">'), ""),
        ("", "<h1>The Herald of Oldport</h1>"),
    ],
    ids=["as stated", "as in the address", "as heading"],
)  # fmt: skip  # several to a line
def test_name_of_the_site_is_no_title(head: str, body: str) -> None:
    head += "<title>Bridge in the north opened today - The Herald of Oldport</title>"

    assert read(head, body)["title"] == "Bridge in the north opened today"


@pytest.mark.parametrize(
    "author",
    ["admin", "Редакция", "The Herald", "herald.example", "web@herald.example", "Web Studio Ltd.",
     "https://facebook.com/herald"],
)  # fmt: skip  # several to a line
def test_who_runs_the_site_is_no_author(author: str) -> None:
    head = f"""<link rel="canonical" href="https://herald.example/1"><meta property="og:site_name" content="The Herald">
        <meta name="author" content="{author}"><meta name="sailthru.author" content="by A. Mason">"""

    assert read(head)["author"] == "A. Mason"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Roads", "Roads"),
        ("Edinburgh, Fife", "Edinburgh, Fife"),
        ("Home Page,Roads,Popular", "Roads"),
        ("post", None),
        ("Главная", None),
        ("Herald", None),
    ],
)
def test_section_says_something(section: str, expected: str | None) -> None:
    head = f'<meta property="og:site_name" content="Herald"><meta property="article:section" content="{section}">'

    assert read(head).get("section") == expected


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://herald.example/1">', "https://herald.example/1"),
        ('<link rel="shortlink canonical" href="/1"><meta property="og:url" content="https://herald.example/x">',
         "https://herald.example/1"),
        ('<base href="https://herald.example/news/"><link rel="canonical" href="1">', "https://herald.example/news/1"),
        (('<link rel="canonical" href="https://herald.example/">'
         '<meta property="og:url" content="https://herald.example/1">'), "https://herald.example/1"),
        ('<link rel="canonical" href="https://herald.example/?id=1">', "https://herald.example/?id=1"),
        ('<link rel="canonical" href="https://herald.example">', None),
        ('<link rel="canonical" href="/1">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://[herald/1">', None),
    ],
    ids=["absolute", "relative to the page", "relative to the base", "home page", "query", "home page alone",
         "relative to nothing", "no address", "broken"],
)  # fmt: skip  # several to a line
def test_address_is_absolute_and_that_of_an_article(head: str, url: str | None) -> None:
    assert read(head).get("url") == url


def test_what_cannot_be_read_gives_way_to_the_next() -> None:
    head = """<meta property="article:published_time" content="yesterday"><meta name="pubdate" content="0001-01-01">
        <meta name="OriginalPublicationDate" content="2024/05/06 07:08:09">"""

    assert read(head) == {"published": "2024-05-06T07:08:09"}


def test_change_before_the_publication_is_none() -> None:
    head = """<meta property="article:published_time" content="2024-05-06T07:08:00Z">
        <meta property="article:modified_time" content="2024-05-01T07:08:00Z">"""

    assert read_all(head) == {
        "published": "2024-05-06T07:08:00+00:00",
        "published_from": "article:published_time",
    }


@pytest.mark.parametrize(
    "outer", ['<div itemprop="comment">{}</div>', "<aside>{}</aside>", '<li itemprop="itemListElement">{}</li>']
)
def test_microdata_of_comments_and_lists_do_not_count(outer: str) -> None:
    body = outer.format('<b itemprop="author">Guest 7</b><b itemprop="datePublished" content="2020-01-01">old</b>')
    body += '<b itemprop="author">A. Mason</b><b itemprop="datePublished" content="2024-05-06">6 May</b>'

    assert read("", body) == {"author": "A. Mason", "published": "2024-05-06"}


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
)  # fmt: skip  # several to a line
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
        ("2024/05/06", "2024-05-06"),
        ("2024-05-06 07:08:09 +0300", "2024-05-06T07:08:09+03:00"),
        ("06.05.2024", ""),
        ("soon", ""),
        ("", ""),
    ],
    ids=str,
)
def test_times_become_iso_8601(value: str, expected: str) -> None:
    assert read_time(value) == expected
