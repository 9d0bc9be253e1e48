"""What a reader can take away. `EXPORTS` is the only list of formats: choices, buttons, the command and the
documentation follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.reader.exports.book import write_epub
from newsdesk.reader.exports.brief import write_html, write_markdown
from newsdesk.reader.exports.note_tables import write_note_lines, write_note_table
from newsdesk.reader.exports.records import write_csv, write_json_lines
from newsdesk.reader.exports.references import write_bibtex, write_csl_json, write_ris
from newsdesk.reader.exports.selection import Selection
from newsdesk.reader.exports.web_annotations import write_web_annotations
from newsdesk.reader.exports.word import write_docx

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_IN_MEMORY = 2_000  # articles of a format that is made whole before it is sent

BRIEF, REFERENCES, DATA = _("Briefs, to read and hand on"), _("For reference managers"), _("For programs")


@dataclass(frozen=True, slots=True)
class Export:
    """``write`` streams text or bytes. ``most``: how many articles there may be; None: any number, in constant memory."""

    group: StrOrPromise
    label: StrOrPromise
    help: StrOrPromise
    content_type: str
    extension: str
    write: Callable[[Selection], Iterator[str] | Iterator[bytes]]
    most: int | None = None

    def refusal(self, count: int) -> str:
        """Why so many articles are not written; empty where they are."""
        if self.most is None or count <= self.most:
            return ""
        said = gettext("%(format)s holds %(most)s articles at most, and these are %(count)s. Narrow the filters.")
        return said % {"format": self.label, "most": self.most, "count": count}


EXPORTS: dict[str, Export] = {
    "html": Export(BRIEF, "HTML", _("one page that needs nothing else"), "text/html", "html", write_html),
    "docx": Export(
        BRIEF,
        "DOCX",
        _("for Word and LibreOffice"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        write_docx,
        MOST_IN_MEMORY,
    ),
    "epub": Export(BRIEF, "EPUB", _("for book readers"), "application/epub+zip", "epub", write_epub, MOST_IN_MEMORY),
    "markdown": Export(BRIEF, "Markdown", _("plain text with marks"), "text/markdown", "md", write_markdown),
    "ris": Export(
        REFERENCES,
        "RIS",
        _("Zotero, EndNote, Mendeley"),
        "application/x-research-info-systems",
        "ris",
        write_ris,
    ),
    "bibtex": Export(REFERENCES, "BibTeX", _("LaTeX, JabRef"), "application/x-bibtex", "bib", write_bibtex),
    "csl": Export(
        REFERENCES,
        "CSL JSON",
        _("Pandoc, Zotero"),
        "application/vnd.citationstyles.csl+json",
        "json",
        write_csl_json,
    ),
    "csv": Export(DATA, "CSV", _("a table for spreadsheets"), "text/csv", "csv", write_csv),
    "jsonl": Export(
        DATA, "JSON Lines", _("all that is known of each article"), "application/x-ndjson", "jsonl", write_json_lines
    ),
    "jsonld": Export(
        DATA,
        "Web Annotation",
        _("the notes alone, as JSON-LD of the W3C"),
        "application/ld+json",
        "jsonld",
        write_web_annotations,
    ),
}

# Of notes that were chosen by hand, in the admin.
NOTE_EXPORTS: dict[str, Export] = {
    "jsonld": EXPORTS["jsonld"],
    "csv": Export(DATA, "CSV", _("a table for spreadsheets"), "text/csv", "csv", write_note_table),
    "jsonl": Export(DATA, "JSON Lines", _("one note a line"), "application/x-ndjson", "jsonl", write_note_lines),
}
