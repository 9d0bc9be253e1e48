"""For programs and spreadsheets: JSON Lines, CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from newsdesk.articles import store
from newsdesk.articles.models import ArticleCountry
from newsdesk.reader.exports.notes import Note, notes_of
from newsdesk.reader.exports.selection import Entry, Selection
from newsdesk.reader.exports.text import safe_for_sheets

JSON = dict[str, Any]

BOM = "\ufeff"
COLUMNS = (
    "id",
    "title",
    "source",
    "published",
    "published_precision",
    "published_provenance",
    "collected",
    "language",
    "author",
    "section",
    "about",
    "mentioned",
    "topics",
    "story",
    "words",
    "url",
    "page",
    "summary",
    "remark",
    "annotations",
    "export",
)


def write_json_lines(selection: Selection) -> Iterator[str]:
    """One record a line (docs/record.md); the first also says what the file is."""
    statement: JSON = {"export": selection.statement}
    for batch in store.batches(selection.ids, store.BATCH):
        notes = notes_of(batch, selection.wanted) if selection.options.notes else None
        for record in store.records(batch):
            pk = int(record["id"])
            if notes is not None:
                record["annotations"] = [note_as_json(note) for note in notes.get(pk, [])]
            if pk in selection.remarks:
                record["remark"] = selection.remarks[pk]
            yield json.dumps(record | statement, ensure_ascii=False) + "\n"
            statement = {}


def note_as_json(note: Note) -> JSON:
    return {
        "id": str(note.pk),
        "parent": str(note.parent) if note.parent else None,
        "kind": note.kind,
        "tags": note.tags,
        "state": note.state,
        "visibility": note.visibility,
        "author": note.author,
        "body": note.body,
        "exact": note.exact,
        "prefix": note.prefix,
        "suffix": note.suffix,
        "start": note.start,
        "end": note.end,
        "created": note.created.isoformat(),
        "updated": note.updated.isoformat(),
    }


class Line:
    """What the csv module writes to: it keeps nothing."""

    def write(self, line: str) -> str:
        return line


def write_csv(selection: Selection) -> Iterator[str]:
    """A spreadsheet calculates none of it. The first row says in the last column what the file is."""
    writer = csv.writer(Line())
    if selection.options.bom:
        yield BOM
    yield writer.writerow(COLUMNS)
    statement = selection.sentence
    for entry in selection.entries():
        cells = _row(selection, entry) | {"export": statement}
        yield writer.writerow([safe_for_sheets(cells[name]) for name in COLUMNS])
        statement = ""


def _row(selection: Selection, entry: Entry) -> JSON:
    article = entry.article
    countries = article.country_rows.all()
    return {
        "id": article.pk,
        "title": article.title,
        "source": article.source.name if article.source else "",
        "published": article.published_value,
        "published_precision": article.published_precision,
        "published_provenance": article.published_provenance,
        "collected": article.collected.isoformat() if article.collected else "",
        "language": article.language,
        "author": article.author,
        "section": article.section,
        "about": " ".join(row.country_id for row in countries if row.role == ArticleCountry.Role.ABOUT),
        "mentioned": " ".join(row.country_id for row in countries if row.role == ArticleCountry.Role.MENTIONED),
        "topics": " ".join(row.topic_id for row in article.topic_rows.all()),
        "story": article.story_id or "",
        "words": article.words,
        "url": article.url,
        "page": selection.page_of(article),
        "summary": article.summary,
        "remark": entry.remark,
        "annotations": "\n".join(note_as_text(note) for note in entry.notes),
    }


def note_as_text(note: Note) -> str:
    """On one line: kind and author, the passage in quotation marks, the note."""
    who = ", ".join(part for part in (note.kind_label, note.author, note.seen_by) if part)
    said = " ".join(" ".join(part.split()) for part in (f"“{note.exact}”" if note.exact else "", note.body) if part)
    return f"[{who}] {said}"
