"""The brief as EPUB 3: what a reading program relies on, and what it says."""

from __future__ import annotations

import io
import posixpath
import zipfile

import pytest
from django.utils import translation
from lxml import etree

pytestmark = pytest.mark.django_db

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}


@pytest.fixture
def archive(write, notes):
    with zipfile.ZipFile(io.BytesIO(write("epub", summary="What **we** found"))) as opened:
        yield opened


@pytest.fixture
def package(archive):
    container = etree.fromstring(archive.read("META-INF/container.xml"))
    (path,) = container.xpath("//c:rootfile/@full-path", namespaces=NAMES)
    assert path == "EPUB/brief.opf"
    return etree.fromstring(archive.read(path))


def find(tree, path):
    return tree.xpath(path, namespaces=NAMES)


def test_a_program_knows_the_file_by_its_first_bytes(archive):
    first = archive.infolist()[0]

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/epub+zip"


def test_the_package_names_every_file_once(archive, package):
    named = [posixpath.join("EPUB", href) for href in find(package, "//opf:item/@href")]

    assert sorted(named) == sorted(set(archive.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/brief.opf"})
    assert len(named) == len(set(named))


def test_the_order_and_the_contents_are_those_of_the_articles(archive, package, articles):
    names = ["front", *(f"article-{article.pk}" for article in articles)]
    contents = etree.fromstring(archive.read("EPUB/nav.xhtml"))

    assert find(package, "//opf:itemref/@idref") == ["nav", *names]
    assert find(package, "//opf:item[@properties='nav']/@href") == ["nav.xhtml"]
    assert find(contents, "//h:nav[@epub:type='toc']//h:a/@href") == [f"{name}.xhtml" for name in names]
    assert find(contents, "//h:nav//h:a/text()")[:2] == ["About this brief", "Trade grows"]


def test_it_says_what_it_is(package):
    assert find(package, "string(//dc:title)") == "Trade"
    assert find(package, "string(//dc:language)") == "en"
    assert "query: topic=trade" in find(package, "string(//dc:description)")
    assert find(package, "string(//dc:creator)").startswith("Newsdesk ")
    assert find(package, "string(//dc:identifier[@id=/opf:package/@unique-identifier])").startswith("urn:uuid:")
    assert find(package, "string(//opf:meta[@property='dcterms:modified'])").endswith("Z")


def test_each_article_is_a_chapter(archive, articles):
    chapter = etree.fromstring(archive.read(f"EPUB/article-{articles[0].pk}.xhtml"))

    assert find(chapter, "string(//h:title)") == "Trade grows"
    assert find(chapter, "string(//h:h2)") == "Trade grows"
    assert find(chapter, "string(//h:blockquote)") == "Ministers met"
    assert find(chapter, "string(//*[@class='cited'])").startswith("Anna Petrova. Trade grows")
    assert find(chapter, "//h:blockquote/@lang") == find(chapter, "//h:blockquote/@xml:lang")


def test_a_chapter_reads_as_html_too(archive, articles):
    """Some programs do not know the prefixes of XML."""
    chapter = archive.read(f"EPUB/article-{articles[0].pk}.xhtml").decode()

    assert ' xmlns="http://www.w3.org/1999/xhtml"' in chapter
    assert "<h2 " in chapter


def test_every_page_is_well_formed_and_holds_no_script(archive):
    pages = [archive.read(name) for name in archive.namelist() if name.endswith((".xhtml", ".opf"))]

    assert len(pages) == 6
    for page in pages:
        tree = etree.fromstring(page)
        assert tree.xpath("//*[local-name()='script' or local-name()='img'] | //@onerror") == []


def test_a_book_in_another_language_says_so(write, articles):
    with translation.override("ru"), zipfile.ZipFile(io.BytesIO(write("epub"))) as archive:
        contents = etree.fromstring(archive.read("EPUB/nav.xhtml"))

    assert contents.get("lang") == "ru"
    assert find(contents, "string(//h:h1)") == "Содержание"
