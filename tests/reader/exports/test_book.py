"""The brief as EPUB, read back by EbookLib."""

from __future__ import annotations

import io
import warnings
import zipfile

import ebooklib
import pytest
from ebooklib import epub
from lxml import etree, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(write, notes):
    return write("epub", summary="What **we** found")


@pytest.fixture
def book(content, tmp_path):
    file = tmp_path / "brief.epub"
    file.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # EbookLib warns of its own future
        return epub.read_epub(str(file))


def test_each_article_is_a_chapter(book, articles):
    names = [item.get_name() for item in book.get_items_of_type(ebooklib.ITEM_DOCUMENT)]

    assert names == ["front.xhtml", *(f"article-{article.pk}.xhtml" for article in articles), "nav.xhtml"]
    chapter = html.document_fromstring(book.get_item_with_href(f"article-{articles[0].pk}.xhtml").get_content())
    assert chapter.xpath("string(//h2)") == "Trade grows"
    assert chapter.xpath("string(//blockquote)") == "Ministers met"
    assert chapter.xpath("string(//*[@class='cited'])").startswith("Anna Petrova. Trade grows")


def test_it_says_what_it_is(book):
    assert book.get_metadata("DC", "title")[0][0] == "Trade"
    assert "query: topic=trade" in book.get_metadata("DC", "description")[0][0]
    assert book.get_metadata("DC", "creator")[0][0].startswith("Newsdesk ")


def test_every_chapter_is_well_formed_and_holds_no_script(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]

    assert len(pages) == 7
    for page in pages:
        tree = etree.fromstring(page)
        assert tree.xpath("//*[local-name()='script' or local-name()='img'] | //@onerror") == []
