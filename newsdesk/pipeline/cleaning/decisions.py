"""What editors decided on spans of one raw text. It comes before every rule and model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsdesk.pipeline.cleaning.lines import Removal, strip_span
from newsdesk.pipeline.document import Cut, Decision

REASON, RULE = "cut by an editor", "correction"


def obey(text: str, removals: Iterable[Removal], decisions: Sequence[Decision]) -> list[Removal]:
    """``removals`` without what is to be kept and with what is to be cut, in order. Of decisions that overlap the last
    one holds; one that lies outside the text, or on white space alone, says nothing."""
    found = list(removals)
    for decision in decisions:
        if not (span := fit(text, decision)):
            continue
        found = [part for removal in found for part in _without(text, removal, span)]
        if not decision.keep:
            found.append(Removal(span.start, span.end, REASON, 1.0, RULE))
    return sorted(found, key=lambda removal: removal.start)


def fit(text: str, decision: Decision) -> Decision | None:
    """The decision on what there is to see in its span; None where that is nothing."""
    if not 0 <= decision.start < decision.end <= len(text):
        return None
    start, end = strip_span(text, decision.start, decision.end)
    return replace(decision, start=start, end=end) if start < end else None


def carry_over(decision: Decision, old: str, new: str) -> Decision | None:
    """The decision on the same words of a changed text; None unless they stand in it exactly once."""
    words = old[decision.start : decision.end]
    at = new.find(words) if words else -1
    if at < 0 or new.find(words, at + 1) >= 0:
        return None
    return replace(decision, start=at, end=at + len(words))


def subtract(text: str, decision: Decision, start: int, end: int) -> list[Decision]:
    """What is left of a decision beside the span ``start`` to ``end``."""
    sides = ((decision.start, min(decision.end, start)), (max(decision.start, end), decision.end))
    left = (fit(text, replace(decision, start=a, end=b)) for a, b in sides)
    return [one for one in left if one]


def agrees(text: str, decision: Decision, cuts: Sequence[Cut]) -> bool:
    """Whether ``cuts`` say the same already, of all that there is to see in the span."""
    cut = kept = False
    at = decision.start
    for one in cuts:
        start, end = max(at, one.start), min(decision.end, one.end)
        if start < end:
            kept |= _is_seen(text, at, start)
            cut |= _is_seen(text, start, end)
            at = end
    kept |= _is_seen(text, at, decision.end)
    return not (cut if decision.keep else kept)


def _is_seen(text: str, start: int, end: int) -> bool:
    start, end = strip_span(text, start, end)
    return start < end


def _without(text: str, removal: Removal, span: Decision) -> Iterator[Removal]:
    if removal.end <= span.start or span.end <= removal.start:
        yield removal
        return
    for side in ((removal.start, span.start), (span.end, removal.end)):
        start, end = strip_span(text, *side)
        if start < end:
            yield replace(removal, start=start, end=end)
