"""The brief: what an analyst hands on. Articles with their quotations, the notes on them, and citations.

HTML and Markdown stream; DOCX (word.py) and EPUB (book.py) are made whole, of so many articles at most.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from newsdesk.annotations import markdown
from newsdesk.articles.models import Article
from newsdesk.reader.article import byline_of
from newsdesk.reader.exports.citations import Citations
from newsdesk.reader.exports.notes import Note
from newsdesk.reader.exports.selection import Entry, Selection
from newsdesk.reader.exports.text import (
    Paragraph,
    Run,
    address_in_markdown,
    escape_markdown,
    legal,
    one_line,
    paragraphs,
    runs_to_html,
    runs_to_markdown,
)
from newsdesk.reader.names import language_name
from newsdesk.reader.templatetags.reader import published

STYLESHEET = (Path(__file__).parent / "brief.css").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLESHEET.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class BriefNote:
    """A quotation and what was noted on it; either may be empty."""

    note: Note

    @property
    def quotation(self) -> str:
        return legal(self.note.exact)

    @property
    def html(self) -> SafeString:
        return markdown.render(legal(self.note.body))

    @property
    def paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.note.body)

    @property
    def signature(self) -> str:
        """Kind, author, day; the state, where somebody reviewed it; that nobody else sees it in the desk, where that is so."""
        author = self.note.author or gettext("former user")
        parts = [self.note.kind_label, author, formats.date_format(self.note.created, "j E Y")]
        parts += [self.note.state_label] if self.note.state != "open" else []
        return one_line(", ".join([*parts, self.note.seen_by] if self.note.private else parts))


class BriefEntry:
    def __init__(self, selection: Selection, entry: Entry, citations: Citations) -> None:
        self.article: Article = entry.article
        self.remark = entry.remark
        self.notes = [BriefNote(note) for note in entry.notes]
        self.url = entry.article.url or (selection.page_of(entry.article) if selection.site else "")
        self._citations = citations

    @property
    def title(self) -> str:
        return one_line(str(self.article))

    @property
    def date(self) -> str:
        return published(self.article)

    @property
    def origin(self) -> str:
        """Outlet, author, language."""
        source = self.article.source.name if self.article.source else gettext("Unknown source")
        parts = (source, byline_of(self.article), language_name(self.article.language))
        return ", ".join(one_line(part) for part in parts if one_line(part))

    @property
    def excerpt(self) -> str:
        """The beginning of the article, where nothing of it is quoted."""
        return "" if any(note.quotation for note in self.notes) else one_line(self.article.summary).lstrip(" .,;:")

    @property
    def remark_html(self) -> SafeString:
        return markdown.render(legal(self.remark))

    @property
    def remark_paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.remark)

    @cached_property
    def citation(self) -> list[Run]:
        return self._citations.cite(self.article)

    @property
    def citation_html(self) -> SafeString:
        return runs_to_html(self.citation)


class Brief:
    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.citations = Citations(selection.options.style)

    @property
    def title(self) -> str:
        return one_line(self.selection.title) or gettext("Brief")

    @property
    def summary_html(self) -> SafeString:
        return markdown.render(legal(self.selection.summary))

    @property
    def summary(self) -> list[Paragraph]:
        return paragraphs(self.selection.summary)

    @property
    def counts(self) -> str:
        count = len(self.selection.ids)
        articles = ngettext("%(count)s article", "%(count)s articles", count) % {"count": count}
        if self.selection.notes is None:
            return articles
        notes = ngettext("%(count)s note", "%(count)s notes", self.selection.notes) % {"count": self.selection.notes}
        return f"{articles}, {notes}"

    @property
    def sentence(self) -> str:
        return one_line(self.selection.sentence)

    @property
    def made(self) -> str:
        return formats.date_format(self.selection.made, "j E Y, H:i e")

    @property
    def colophon(self) -> list[tuple[str, str]]:
        """What every export says of itself, in words."""
        stated = (
            (gettext("Made"), self.made),
            (gettext("Holds"), self.counts),
            (gettext("Filter"), self.selection.query),
            (gettext("Address"), self.selection.url),
            (gettext("Made by"), self.selection.software),
        )
        return [(name, one_line(value)) for name, value in stated if value]

    def entries(self) -> Iterator[BriefEntry]:
        for entry in self.selection.entries():
            yield BriefEntry(self.selection, entry, self.citations)


def write_html(selection: Selection) -> Iterator[str]:
    """A page that needs nothing else, and may do nothing; printed, it is the PDF."""
    brief = Brief(selection)
    context = {"brief": brief, "stylesheet": STYLESHEET, "policy": POLICY, "rtl": get_language_bidi()}
    yield render_to_string("exports/brief_head.html", context)
    for entry in brief.entries():
        yield render_to_string("exports/_brief_entry.html", {"entry": entry})
    yield render_to_string("exports/brief_foot.html", context)


def write_markdown(selection: Selection) -> Iterator[str]:
    """What the file is stands at its head, as front matter. JSON is YAML too."""
    brief = Brief(selection)
    stated = {**selection.statement, "title": brief.title, "language": get_language()}
    front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in stated.items())
    yield f"---\n{legal(front)}---\n\n# {escape_markdown(brief.title)}\n\n"
    yield _paragraphs_to_markdown(brief.summary)
    for entry in brief.entries():
        yield _entry_to_markdown(entry)


def _entry_to_markdown(entry: BriefEntry) -> str:
    title = escape_markdown(entry.title)
    heading = f"[{title}](<{address_in_markdown(entry.url)}>)" if entry.url else title
    blocks = [
        f"## {heading}\n\n{escape_markdown(entry.date)}. {escape_markdown(entry.origin)}\n\n",
        _paragraphs_to_markdown(entry.remark_paragraphs),
        f"> {escape_markdown(entry.excerpt)}\n\n" if entry.excerpt else "",
    ]
    for note in entry.notes:
        quoted = [f"> {escape_markdown(line)}\n" for line in note.quotation.splitlines() if line.strip()]
        blocks += [">\n".join(quoted) + "\n" if quoted else "", _paragraphs_to_markdown(note.paragraphs)]
        blocks.append(f"*— {escape_markdown(note.signature)}*\n\n")
    return "".join(blocks) + f"{runs_to_markdown(entry.citation)}\n\n"


def _paragraphs_to_markdown(parts: list[Paragraph]) -> str:
    """Items of lists keep their marks; how deep they stand is lost."""
    marks = ("- " if part.mark == "•" else f"{part.mark} " if part.mark else "" for part in parts)
    return "".join(f"{mark}{runs_to_markdown(part.runs)}\n\n" for mark, part in zip(marks, parts, strict=True))
