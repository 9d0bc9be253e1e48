"""Who changed something, when, and from what to what, read from the rows that simple_history keeps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FOUND = "found"  # the reason of a row that only says what stood there before the first change
ALIKE = 0.3  # share of words that two texts have in common, the least for which the others are marked among them

_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, that went (``del``), or that came (``ins``)."""

    kind: Literal["", "del", "ins"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Word by word; empty where the two have so little in common that they are better read one after the other."""
        return compare(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Change:
    """``who`` is empty for a user who is no more. ``found``: nobody did this, it is what stood there before."""

    pk: int
    who: str
    when: dt.datetime
    first: bool = False
    found: bool = False
    differences: list[Difference] = field(default_factory=list)


def read_changes(
    rows: Sequence[Any], labels: Mapping[str, StrOrPromise], show: Callable[[Any, str], str]
) -> Iterator[Change]:
    """``rows`` of the history of one thing, the newest first; ``show`` gives the value of a field to be read."""
    for at, row in enumerate(rows):
        before = rows[at + 1] if at + 1 < len(rows) else None
        pairs = [(label, show(before, name) if before else "", show(row, name)) for name, label in labels.items()]
        found = [Difference(str(label), old, new) for label, old, new in pairs if old != new]
        if found:
            yield Change(
                row.pk,
                str(row.history_user or ""),
                row.history_date,
                before is None,
                row.history_change_reason == FOUND,
                found,
            )


def keep_what_was(row: Model) -> None:
    """Before the first change of what came without a history, as fixtures do: what stood there."""
    history: Any = row.history  # type: ignore[attr-defined]  # a model with a history
    if row._state.adding or history.exists():
        return
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    if stored is not None:
        stored._history_user = None  # type: ignore[attr-defined]  # what simple_history reads
        type(row).history.bulk_history_create([stored], update=True, default_change_reason=FOUND)  # type: ignore[attr-defined]  # a model with a history


def compare(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or Indel.normalized_similarity(old, new) < ALIKE:
        return []
    pieces: list[Piece] = []
    gone = come = ""
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            pieces += _both(gone, come)
            gone = come = ""
            pieces.append(Piece("", "".join(old[step.src_start : step.src_end])))
        else:
            gone += "".join(old[step.src_start : step.src_end])
            come += "".join(new[step.dest_start : step.dest_end])
    return pieces + _both(gone, come)


def _both(gone: str, come: str) -> list[Piece]:
    """What went before what came in its place."""
    return [*([Piece("del", gone)] if gone else []), *([Piece("ins", come)] if come else [])]
