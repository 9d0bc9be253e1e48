"""W3C Web Annotation: an AnnotationCollection whose only page is embedded (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from newsdesk.reader.exports.notes import Note, count_notes
from newsdesk.reader.exports.selection import Entry, Selection

JSON = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "note": "commenting",
    "quote": "highlighting",
    "claim": "identifying",
    "doubt": "questioning",
    "context": "describing",
}


def write_web_annotations(selection: Selection) -> Iterator[str]:
    """All notes that the reader may see on these articles, whether or not they asked for notes: they are what this is."""
    address = f"{selection.url or selection.site}#annotations"
    total = count_notes(selection.ids, selection.wanted)
    head = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": selection.sentence,
        "generator": {"id": selection.site or "urn:newsdesk", "type": "Software", "name": selection.software},
        "generated": selection.made.isoformat(timespec="seconds"),
        "total": total,
    }
    page = {"id": f"{address}-1", "type": "AnnotationPage", "partOf": address, "startIndex": 0}
    yield f'{_dump(head)[:-1]}, "first": {_dump(page)[:-1]}, "items": ['
    between = "\n"
    for entry in selection.annotated():
        for note in entry.notes:
            yield between + _dump(_annotation(selection, entry, note))
            between = ",\n"
    yield "\n]}}\n"


def _annotation(selection: Selection, entry: Entry, note: Note) -> JSON:
    page = selection.page_of(entry.article)
    written = {
        "id": f"{page}#note-{note.pk}",
        "type": "Annotation",
        "motivation": "replying" if note.parent else MOTIVATIONS.get(note.kind, "commenting"),
        "creator": {"type": "Person", "name": note.author, "nickname": note.author} if note.author else None,
        "audience": {"type": "schema:Audience", "schema:audienceType": note.visibility} if note.private else None,
        "created": note.created.isoformat(),
        "modified": note.updated.isoformat(),
        "body": _bodies(note),
        "target": f"{page}#note-{note.parent}"
        if note.parent
        else {"source": entry.article.url or page, "scope": page, **_selectors(note)},
    }
    return {name: value for name, value in written.items() if value}


def _bodies(note: Note) -> list[JSON]:
    said = {"type": "TextualBody", "value": note.body, "format": "text/markdown", "purpose": "commenting"}
    kind = {"type": "TextualBody", "value": note.kind, "purpose": "classifying"}
    state = {"type": "TextualBody", "value": note.state, "purpose": "assessing"}
    tags = [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    return [*([said] if note.body else []), kind, state, *tags]


def _selectors(note: Note) -> JSON:
    if not note.exact:
        return {}
    selectors: list[JSON] = [
        {"type": "TextQuoteSelector", "exact": note.exact, "prefix": note.prefix, "suffix": note.suffix}
    ]
    if note.start is not None:
        selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
    return {"selector": selectors}


def _dump(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False)
