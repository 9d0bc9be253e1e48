"""Which line is the headline, and which lines say it again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.pipeline.cleaning.cues import without_time, words_of
from newsdesk.pipeline.cleaning.rules import PROSE_WORDS, is_headline
from newsdesk.pipeline.cleaning.views import View

ABOVE = 12  # lines above the body among which it is sought
LEAST_WORDS, MOST_WORDS = 3, 18  # of a headline on the first line: fewer is a label, more a first paragraph
PARAGRAPHS = 8  # of the body, whose words are compared with a headline
LEAST_RATE = 1.1  # one word of the body, or none but close above it
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
    body = _words_of_body(views, kept)
    above = [index for index in range(max(0, first - ABOVE), first) if _could_be(views[index])]
    rated = {index: _rate(views[index], body, first - index) for index in above}
    best = max(rated, key=rated.__getitem__, default=None)
    if _is_headline_over(views, kept, first) and (best is None or rated[best] < _rate(views[first], body, 0)):
        return first
    return best if best is not None and rated[best] >= LEAST_RATE else None


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
    return is_headline(view) and view.cue is None and len(without_time(view.words)) >= LEAST_WORDS


def _is_headline_over(views: Sequence[View], kept: Sequence[bool], first: int) -> bool:
    """A headline that was taken for the first line of the body: prose follows below an empty line or at once."""
    view = views[first]
    below = [index for index in range(first + 1, len(views)) if kept[index] and not repeats(views[index], view.words)]
    return (
        is_headline(view)
        and bool(below)
        and len(views[below[0]].words) >= max(PROSE_WORDS, len(view.words))
        and len(view.words) <= MOST_WORDS
        and len(without_time(view.words)) >= LEAST_WORDS
        and view.line.text[-1] not in ":—–-"
        and not _ATTRIBUTION.search(view.line.text)
    )


def _words_of_body(views: Sequence[View], kept: Sequence[bool]) -> set[str]:
    """The beginnings of the long words of its first paragraphs that are no headline themselves."""
    body = [view for view, keep in zip(views, kept, strict=True) if keep and len(view.words) >= PROSE_WORDS]
    return {key for view in body[:PARAGRAPHS] if not is_headline(view) for key in _keys(view)}


def _keys(view: View) -> set[str]:
    return {word[:5] for word in view.words if len(word) >= 4}


def _rate(view: View, body: set[str], distance: int) -> float:
    """How like the headline of this body: of its words, long enough, near."""
    own = _keys(view)
    shared = len(own & body)
    return 0.3 * min(shared, 4) + shared / max(1, len(own)) + min(len(view.words), 6) / 6 - 0.06 * distance
