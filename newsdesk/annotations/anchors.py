"""Where a quoted passage stands in a body: W3C TextQuoteSelector and TextPositionSelector."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 32  # characters kept before and after, as Hypothesis does


@dataclass(frozen=True, slots=True)
class Anchor:
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def find(body: str, exact: str, *, start: int | None = None, prefix: str = "", suffix: str = "") -> Anchor | None:
    """The passage ``exact``: where it was, else where the words around it agree, else its only place.

    None where it does not occur, or occurs several times and nothing tells which is meant: never guessed.
    """
    places = _places(body, exact)
    if start is not None and start in places:
        return _anchor(body, exact, start)
    agreeing = [
        place
        for place in places
        if body[:place].endswith(prefix) and body.startswith(suffix, place + len(exact)) and (prefix or suffix)
    ]
    for candidates in (agreeing, places):
        if len(candidates) == 1:
            return _anchor(body, exact, candidates[0])
    return None


def _places(body: str, exact: str) -> list[int]:
    places, at = [], body.find(exact) if exact else -1
    while at >= 0:
        places.append(at)
        at = body.find(exact, at + 1)
    return places


def _anchor(body: str, exact: str, start: int) -> Anchor:
    end = start + len(exact)
    return Anchor(start, end, exact, body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT])
