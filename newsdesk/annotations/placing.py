"""Passages of notes follow the body that they are quoted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsdesk.annotations.anchors import Outcome, anchor_at, place
from newsdesk.annotations.models import Annotation

Anchored = Annotation.Anchored

COLUMNS = ["exact", "prefix", "suffix", "start", "end", "told_by", "anchored", "score", "stems"]
SAID = {
    Anchored.EXACT: "kept",
    Anchored.MOVED: "moved",
    Anchored.UNCERTAIN: "moved fuzzily, to be checked",
    Anchored.ORPHANED: "orphaned",
}


def follow(ids: Sequence[int]) -> Counter[str]:
    """Place the passages of all notes on these articles in the bodies as they now are. No person did it, so it is no version
    of a note, and its history does not name it."""
    notes = Annotation.objects.filter(article__in=ids).exclude(exact="").select_related("article__text")
    found = list(notes.order_by("article", "pk"))
    bodies = {note.article_id: note.article.text.body for note in found}
    changed = [note for note in found if _follow(note, bodies[note.article_id])]
    Annotation.objects.bulk_update(changed, COLUMNS)
    counts = Counter(note.anchored for note in found)
    return Counter({said: counts[anchored] for anchored, said in SAID.items() if found})


def _follow(note: Annotation, body: str) -> bool:
    """Whether anything of it changed."""
    before = [getattr(note, column) for column in COLUMNS]
    found = place(body, note.selector)
    if found.start is not None and found.end is not None and found.outcome is not Outcome.UNCERTAIN:
        note.anchor_to(anchor_at(body, found.start, found.end))
    note.start, note.end = found.start, found.end
    note.anchored, note.score = Anchored(found.outcome), found.score
    return before != [getattr(note, column) for column in COLUMNS]
