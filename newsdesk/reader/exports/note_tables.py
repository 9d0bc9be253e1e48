"""Notes alone, for programs and spreadsheets: a line for each."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

from newsdesk.reader.exports.records import BOM, JSON, Line, note_as_json
from newsdesk.reader.exports.selection import Selection
from newsdesk.reader.exports.text import safe_for_sheets

COLUMNS = (
    "id",
    "parent",
    "article",
    "title",
    "url",
    "page",
    "kind",
    "state",
    "visibility",
    "author",
    "created",
    "updated",
    "exact",
    "body",
    "tags",
    "prefix",
    "suffix",
    "start",
    "end",
)


def write_note_lines(selection: Selection) -> Iterator[str]:
    """The first line says what the file is."""
    yield json.dumps({"export": {**selection.statement, "notes": "one a line"}}, ensure_ascii=False) + "\n"
    for row in _rows(selection):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def write_note_table(selection: Selection) -> Iterator[str]:
    """A spreadsheet calculates none of it. It begins with the mark by which Excel knows UTF-8."""
    writer = csv.writer(Line())
    yield BOM + str(writer.writerow(COLUMNS))
    for row in _rows(selection):
        cells = {**row, "tags": ", ".join(row["tags"])}
        yield writer.writerow([safe_for_sheets("" if cells[name] is None else cells[name]) for name in COLUMNS])


def _rows(selection: Selection) -> Iterator[JSON]:
    for entry in selection.annotated():
        article = entry.article
        about = {"article": str(article.pk), "title": article.title, "url": article.url}
        for note in entry.notes:
            yield {**note_as_json(note), **about, "page": selection.page_of(article)}
