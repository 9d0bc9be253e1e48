"""The brief as EPUB 3 (https://www.w3.org/TR/epub-33/): a zip of pages, a chapter for each article, with a list of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, gettext
from lxml import etree, html

from newsdesk.reader.exports.brief import STYLESHEET, Brief
from newsdesk.reader.exports.selection import Selection

MEDIA_TYPE = "application/epub+zip"
STYLES = "\n".join(line for line in STYLESHEET.splitlines() if not line.startswith("@page"))  # sheets of paper
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/brief.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    title: str


def write_epub(selection: Selection) -> Iterator[bytes]:
    brief = Brief(selection)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", MEDIA_TYPE, zipfile.ZIP_STORED
        )  # first, and as it is: programs know the file by it
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/brief.css", STYLES)
        chapters = list(_write_chapters(archive, brief))
        context = {
            "brief": brief,
            "chapters": chapters,
            "contents": gettext("Contents"),
            "language": get_language() or "en",
            "rtl": get_language_bidi(),
            "identifier": uuid4().urn,
            "modified": f"{selection.made.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        archive.writestr("EPUB/brief.opf", render_to_string("exports/book.opf", context))
        archive.writestr("EPUB/nav.xhtml", render_to_string("exports/book_nav.xhtml", context))
    yield file.getvalue()


def _write_chapters(archive: zipfile.ZipFile, brief: Brief) -> Iterator[Chapter]:
    yield _write_chapter(archive, "front", gettext("About this brief"), "exports/_brief_front.html", {"brief": brief})
    for entry in brief.entries():
        name = f"article-{entry.article.pk}"
        yield _write_chapter(archive, name, entry.title, "exports/_brief_entry.html", {"entry": entry})


def _write_chapter(
    archive: zipfile.ZipFile, name: str, title: str, template: str, context: dict[str, object]
) -> Chapter:
    body = render_to_string(template, context)
    page = render_to_string("exports/book_chapter.html", {"title": title, "body": body, "language": get_language()})
    archive.writestr(f"EPUB/{name}.xhtml", to_xhtml(page))
    return Chapter(name, title)


def to_xhtml(page: str) -> bytes:
    """The same page in the syntax of XML, which books are written in."""
    tree = html.document_fromstring(page)
    for element in tree.iter():
        if language := element.get("lang"):
            element.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    tree.set("xmlns", "http://www.w3.org/1999/xhtml")  # for all, where `html_to_xhtml` would write <html:p>
    return bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"))
