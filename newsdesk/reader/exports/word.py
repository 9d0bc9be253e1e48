"""The brief as a DOCX, through python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import docx
from django.utils.translation import get_language, gettext
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from newsdesk.reader.exports.brief import Brief, BriefEntry
from newsdesk.reader.exports.selection import Selection
from newsdesk.reader.exports.text import Paragraph, Run, legal, one_line

LONGEST_PROPERTY = 255  # of the properties of a document


def write_docx(selection: Selection) -> Iterator[bytes]:
    brief = Brief(selection)
    document = docx.Document()
    _set_look(document)
    _set_properties(document, brief)
    document.add_heading(brief.title, 0)
    _add_paragraphs(document, brief.summary)
    for entry in brief.entries():
        _add_entry(document, entry)
    document.add_heading(gettext("About this brief"), 1)
    for name, value in brief.colophon:
        _add(document, [Run(f"{name}: {value}")], "Caption")
    file = io.BytesIO()
    document.save(file)
    yield file.getvalue()


def _set_look(document: Document) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    for name, size in (("Title", 22), ("Heading 1", 15)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Georgia", Pt(size), RGBColor(0x1F, 0x1D, 0x1A)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    caption: Any = document.styles["Caption"]
    caption.font.bold, caption.font.size, caption.font.color.rgb = False, Pt(9), RGBColor(0x51, 0x4C, 0x45)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _set_properties(document: Document, brief: Brief) -> None:
    properties = document.core_properties
    properties.title = legal(brief.title)[:LONGEST_PROPERTY]
    properties.author = brief.selection.software
    properties.subject = one_line(brief.selection.query)[:LONGEST_PROPERTY]
    properties.comments = one_line(brief.selection.sentence)[:LONGEST_PROPERTY]
    properties.language = get_language() or ""
    properties.created = properties.modified = brief.selection.made.replace(tzinfo=None)


def _add_entry(document: Document, entry: BriefEntry) -> None:
    _add(document, [Run(entry.title, href=entry.url)], "Heading 1")
    _add(document, [Run(f"{entry.date}. {entry.origin}")], "Caption")
    _add_paragraphs(document, entry.remark_paragraphs)
    if entry.excerpt:
        _add(document, [Run(entry.excerpt)], "Quote")
    for note in entry.notes:
        if note.quotation:
            _add(document, [Run(note.quotation)], "Intense Quote")
        _add_paragraphs(document, note.paragraphs)
        _add(document, [Run(note.signature)], "Caption")
    _add(document, entry.citation, "Normal")


def _add_paragraphs(document: Document, parts: Iterable[Paragraph]) -> None:
    for part in parts:
        runs = [Run(f"{part.mark} "), *part.runs] if part.mark else part.runs
        added = _add(document, runs, "Normal")
        added.paragraph_format.left_indent = Cm(0.75 * part.depth)


def _add(document: Document, runs: Iterable[Run], style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    for run in runs:
        if run.href.lower().startswith(("http://", "https://")):
            _add_link(paragraph, run)
        else:
            _dress(paragraph.add_run(legal(run.text)), run)
    return paragraph


def _add_link(paragraph: Any, run: Run) -> None:
    """python-docx reads links and has no call to write one (its issue 74)."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(legal(run.href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    written = paragraph.add_run(legal(run.text))
    _dress(written, run)
    link.append(written._r)
    paragraph._p.append(link)


def _dress(written: Any, run: Run) -> None:
    written.italic, written.bold = run.italic or None, run.bold or None
    if run.code:
        written.font.name = "Courier New"
