"""Which line is the headline, and which lines say it again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.rules import PROSE_WORDS, is_headline
from newsdesk.pipeline.cleaning.views import View

ABOVE = 12  # lines above the body among which it is sought
SAME = 0.8  # share of words by which two lines say the same

_ATTRIBUTION = re.compile(r"[^\W\d_]+\s*[—–]\s*РИА|\bТАСС\b\.|^\([A-Z][\w ]+\)\s*[—–-]")


def find_headline(views: Sequence[View], kept: Sequence[bool], stated: str = "") -> int | None:
    """The index of the headline: what the format states as the title where a line says so, else the line above the
    body that is most like one, else the first line of the body where it stands alone above prose."""
    first = next((index for index, keep in enumerate(kept) if keep), None)
    if first is None:
        return None
    if stated and (same := _find_stated(views, first, words_of(stated))) is not None:
        return same
    if _is_headline_over(views, kept, first):
        return first
    above = [index for index in range(max(0, first - ABOVE), first) if _could_be(views[index])]
    return max(above, key=lambda index: _rate(views, index, first), default=None)


def repeats(view: View, title: Sequence[str]) -> bool:
    """Whether a line says only the title again, perhaps with the name of the site."""
    words = set(view.words)
    return (
        len(title) >= 3
        and len(view.words) <= len(title) + 4
        and len(words & set(title)) >= 0.9 * len(set(title))
        and len(view.words) >= len(title)
    )


def _find_stated(views: Sequence[View], first: int, title: list[str]) -> int | None:
    wanted = set(title)
    if not wanted:
        return None
    found = [
        index
        for index, view in enumerate(views[: first + 3])
        if view.words and len(wanted & set(view.words)) / len(wanted | set(view.words)) >= SAME
    ]
    return found[-1] if found else None


def _could_be(view: View) -> bool:
    return is_headline(view) and view.cue is None


def _is_headline_over(views: Sequence[View], kept: Sequence[bool], first: int) -> bool:
    """A headline that was taken for the first line of the body: prose follows below an empty line or at once."""
    view = views[first]
    below = [index for index in range(first + 1, len(views)) if kept[index] and not repeats(views[index], view.words)]
    return (
        is_headline(view)
        and bool(below)
        and len(views[below[0]].words) >= max(PROSE_WORDS, len(view.words))
        and len(view.words) <= 25
        and view.line.text[-1] not in ":—"
        and not _ATTRIBUTION.search(view.line.text)
    )


def _rate(views: Sequence[View], index: int, first: int) -> float:
    """Near the body, long enough, of the words of the body."""
    view = views[index]
    body = {word[:5] for other in views[first : first + 8] for word in other.words if len(word) >= 4}
    own = {word[:5] for word in view.words if len(word) >= 4}
    shared = len(own & body) / len(own) if own else 0.0
    return 2 * shared + min(len(view.words), 8) / 8 - 0.12 * (first - index)
