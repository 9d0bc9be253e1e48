"""The brief as an EPUB, through EbookLib: a chapter for each article."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from ebooklib import epub

from newsdesk.reader.exports.brief import STYLESHEET, Brief
from newsdesk.reader.exports.selection import Selection
from newsdesk.reader.exports.text import one_line


def write_epub(selection: Selection) -> Iterator[bytes]:
    brief = Brief(selection)
    language = get_language() or "en"
    book = epub.EpubBook()
    book.set_title(brief.title)
    book.set_language(language)
    book.add_metadata("DC", "description", one_line(selection.sentence))
    book.add_metadata("DC", "date", selection.made.isoformat(timespec="seconds"))
    book.add_metadata("DC", "creator", selection.software)
    style = epub.EpubItem(uid="style", file_name="brief.css", media_type="text/css", content=STYLESHEET.encode())
    book.add_item(style)
    front = render_to_string("exports/_brief_front.html", {"brief": brief})
    chapters = [_chapter("front", gettext("About this brief"), front, language, style)]
    for entry in brief.entries():
        content = render_to_string("exports/_brief_entry.html", {"entry": entry})
        chapters.append(_chapter(f"article-{entry.article.pk}", entry.title, content, language, style))
    for chapter in chapters:
        book.add_item(chapter)
    book.toc = chapters
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", *chapters]
    file = io.BytesIO()
    epub.write_epub(file, book)
    yield file.getvalue()


def _chapter(name: str, title: str, content: str, language: str, style: epub.EpubItem) -> epub.EpubHtml:
    chapter = epub.EpubHtml(uid=name, title=title, file_name=f"{name}.xhtml", lang=language, content=content)
    chapter.add_item(style)
    return chapter
