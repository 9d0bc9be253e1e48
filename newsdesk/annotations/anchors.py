"""Where a quoted passage stands in a body, and where it stands when the body has changed: W3C TextQuoteSelector and
TextPositionSelector. Pure functions; offsets count code points.

A passage is placed by what is surest, and by nothing less sure than the words around it:

1. it is where it was, between the words that it was between;
2. the same words stand between the same words elsewhere (white space, quotation marks, dashes and accents apart);
3. other words stand there, but much the same ones, between the same words: to be checked by a person;
4. the same words stand beside the same words on one side;
5. or anywhere, if there never was but one such passage, and they are many or stand in the same whole sentence; or if there
   were others, beside as many letters as told it from those: to be checked.

All else is orphaned. Two places that are as good as each other are none, unless one of them alone still lies between what
lay before and after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Postfix, Prefix

from newsdesk.pipeline.cleaning.sentences import split_sentences
from newsdesk.pipeline.repair import repair

CONTEXT = 160  # characters kept before and after: a formula that returns in a text is told by what lies beyond it
NEAR = 32  # of them that must agree

BOTH_SIDES = 0.75  # agreement of what lies near, where both sides agree
ONE_SIDE = 0.9  # where only one does
FAR = 0.8  # agreement of all that was kept, where the words stood in several places
ALIKE = 0.7  # of words in place of others, between the same words
MUCH_ALIKE = 0.85  # of few words in place of others: "21:30" is not "23:30"
CLEARLY = 0.1  # by how much the best place must be better than the second
MANY = 20  # characters, of the passage and what agrees beside it to the letter, that nobody writes twice by chance

_TOKEN = re.compile(r"\w+|\W")
_SPACE = re.compile(r"\s")
_TYPOGRAPHY = str.maketrans(dict.fromkeys("«»“”„‟″", '"') | dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("‐‑‒–—−", "-"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage with the words around it. ``told_by``: how many characters beside it, before or after, it takes to tell it from
    others of the same words in its body; 0 where there was no other, None where not all that is kept does, or that is not known."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    told_by: int | None = None


class Outcome(StrEnum):
    EXACT = "exact"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Placement:
    """``score`` is how far quote and surroundings agree, from 0 to 1. Orphaned ones stand nowhere."""

    outcome: Outcome
    start: int | None = None
    end: int | None = None
    score: float = 0.0


ORPHANED = Placement(Outcome.ORPHANED)


def find(body: str, exact: str, *, start: int | None = None, prefix: str = "", suffix: str = "") -> Anchor | None:
    """The passage ``exact`` in a body that has not changed: where it is said to be, else where the words around it agree,
    else its only place.

    None where it does not occur, or occurs several times and nothing tells which is meant: never guessed.
    """
    places = _places(body, exact)
    if start is not None and start in places:
        return anchor_at(body, start, start + len(exact))
    agreeing = [
        place
        for place in places
        if body[:place].endswith(prefix) and body.startswith(suffix, place + len(exact)) and (prefix or suffix)
    ]
    for candidates in (agreeing, places):
        if len(candidates) == 1:
            return anchor_at(body, candidates[0], candidates[0] + len(exact))
    return None


def anchor_at(body: str, start: int, end: int) -> Anchor:
    exact, prefix, suffix = body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]
    others = [place for place in _places(body, exact) if place != start]
    return Anchor(start, end, exact, prefix, suffix, _tell_apart(body, others, len(exact), prefix, suffix))


def _tell_apart(body: str, others: Sequence[int], length: int, prefix: str, suffix: str) -> int | None:
    """See `Anchor.told_by`. In folded letters, as they are compared."""
    if not others:
        return 0
    before, after = _Folded.of(prefix).text, _Folded.of(suffix).text
    shared = 0
    for other in others:
        left = _Folded.of(body[max(0, other - CONTEXT) : other]).text
        right = _Folded.of(body[other + length : other + length + CONTEXT]).text
        shared = max(shared, Postfix.similarity(before, left), Prefix.similarity(after, right))
        if shared >= max(len(before), len(after)):
            return None
    return shared + 1


def place(body: str, anchor: Anchor) -> Placement:
    """Where the passage of ``anchor`` stands in ``body``, which may be another one than it was made for."""
    if not anchor.exact:
        return ORPHANED
    if _stands_as_it_did(body, anchor):
        return Placement(Outcome.EXACT, anchor.start, anchor.end, 1.0)
    folded = _Folded.of(body)
    found = _Search(body, folded, anchor).placement()
    if found.outcome is Outcome.ORPHANED and (mended := _mend(anchor)) != anchor:
        found = _Search(body, folded, mended).placement()
    if found.start is None or found.end is None:
        return found
    start, end = folded.span(found.start, found.end)
    if found.outcome is Outcome.MOVED and start == anchor.start and body[start:end] == anchor.exact:
        return replace(found, outcome=Outcome.EXACT, start=start, end=end)
    return replace(found, start=start, end=end)


def _stands_as_it_did(body: str, anchor: Anchor) -> bool:
    before, after = anchor.prefix[-NEAR:], anchor.suffix[:NEAR]
    return (
        body.startswith(anchor.exact, anchor.start)
        and body[: anchor.start].endswith(before)
        and body.startswith(after, anchor.start + len(anchor.exact))
        and bool(before or after or body == anchor.exact)
    )


def _mend(anchor: Anchor) -> Anchor:
    """The same passage, had its letters been read in their own encoding; a body may have been repaired since. The passage
    may be of letters that every encoding has, when only what stands around it was broken."""
    exact, prefix, suffix = (repair(text).text for text in (anchor.exact, anchor.prefix, anchor.suffix))
    return replace(anchor, exact=exact, prefix=prefix, suffix=suffix)


def _places(body: str, exact: str) -> list[int]:
    places, at = [], body.find(exact) if exact else -1
    while at >= 0:
        places.append(at)
        at = body.find(exact, at + 1)
    return places


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared; ``origins`` says for each of its characters where it stood."""

    text: str
    origins: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Folded:
        found: list[str] = []
        origins: list[int] = []
        for at, character in enumerate(text):
            folded = _fold(character)
            if folded == " " and (not found or found[-1] == " "):
                continue
            found.extend(folded)
            origins.extend([at] * len(folded))
        return cls("".join(found), origins)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """In the text as it is stored."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(10_000)
def _fold(character: str) -> str:
    """What may be set right in a text without another word: marks and accents, quotation marks, dashes, spaces."""
    if character.isascii():
        return " " if character.isspace() else "'" if character == "`" else character
    if _SPACE.match(character):
        return " "
    kept = (c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(kept).translate(_TYPOGRAPHY)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place with the agreement of what lies before and after it; None where there was nothing to agree with."""

    start: int
    end: int
    near: tuple[float | None, float | None]
    far: tuple[float | None, float | None]
    likeness: float = 1.0

    def overlaps(self, other: _Place) -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def score(self) -> float:
        known = [side for side in self.far if side is not None]
        return self.likeness * (sum(known) / len(known) if known else 1.0)

    @property
    def agrees_on_both_sides(self) -> bool:
        before, after = self.near
        if before is None or after is None:
            return (before or after or 0) >= ONE_SIDE
        return min(before, after) >= BOTH_SIDES

    def agrees_on_one_side(self, alone: bool) -> bool:
        """By what lies near; where the words are not the only ones of their kind, by what lies far too."""
        sides = zip(self.near, self.far, strict=True)
        return any(near >= ONE_SIDE and (alone or (far or 0) >= FAR) for near, far in sides if near is not None)


class _Search:
    """For one passage in one folded body. The steps are those of the module's docstring, from the second on."""

    def __init__(self, stored: str, body: _Folded, anchor: Anchor) -> None:
        self.stored = stored
        self.folded = body
        self.body = body.text
        self.anchor = anchor
        self.exact = _Folded.of(anchor.exact).text.strip()
        self.prefix = _Folded.of(anchor.prefix).text.lstrip()
        self.suffix = _Folded.of(anchor.suffix).text.rstrip()
        self.alone = anchor.told_by == 0
        self.told_by = anchor.told_by

    def placement(self) -> Placement:
        if not self.exact:
            return ORPHANED
        same = [self._place(at, at + len(self.exact)) for at in _places(self.body, self.exact)]
        if between := [one for one in same if one.agrees_on_both_sides and (self.alone or one.score >= FAR)]:
            return self._choose(between, Outcome.MOVED)
        if beside := [one for one in same if one.agrees_on_one_side(self.alone)]:
            return self._choose(beside, Outcome.MOVED)
        if changed := self._changed(same):
            return self._choose(changed, Outcome.UNCERTAIN)
        return self._apart(same)

    def _apart(self, same: Sequence[_Place]) -> Placement:
        """Of words that stand among other words now."""
        if not self.alone:
            kept = [one for one in same if self._is_told(one)]
        elif not (kept := [one for one in same if self._run(one) >= MANY]) and same:
            starts = self._in_its_sentence()
            kept = [one for one in same if one.start in starts]
        if self.alone and len(kept) > 1:
            kept = self._between(kept)
        return self._choose(kept, Outcome.UNCERTAIN) if len(kept) == 1 else ORPHANED

    def _is_told(self, one: _Place) -> bool:
        """Whether it is none of the others of the same words that there were."""
        beside = self._beside(one)
        return self.told_by is not None and max(beside) >= self.told_by and sum(beside) >= NEAR

    def _in_its_sentence(self) -> set[int]:
        """Where the passage would stand if each sentence that is now what its own was, from end to end, were its own."""
        anchor = self.anchor
        text = anchor.prefix + anchor.exact + anchor.suffix
        first, last = len(anchor.prefix), len(anchor.prefix) + len(anchor.exact)
        own = [one for one in split_sentences(text) if one[0] < last and one[1] > first]
        if not own:
            return set()
        begin, end = min(own[0][0], first), max(own[-1][1], last)
        before = _Folded.of(text[begin:first]).text
        sentence = _Folded.of(text[begin:end]).text.strip()
        spans = list(split_sentences(self.stored))
        begins, ends = {start for start, _ in spans}, {end for _, end in spans}
        found = [(*self.folded.span(at, at + len(sentence)), at) for at in _places(self.body, sentence)]
        return {at + len(before) for start, stop, at in found if start in begins and stop in ends}

    def _between(self, places: Sequence[_Place]) -> list[_Place]:
        """Those that lie after what lay before the passage, and before what lay after it, though not right beside it."""
        before, after = self._landmark(self.prefix), self._landmark(self.suffix)
        first, last = before[1] if before else 0, after[0] if after else len(self.body)
        # A full stop may be the last of the passage and the first of what is found of what lay after it.
        between = [one for one in places if first < one.end and one.start < last]
        if (before or not self.prefix) and (after or not self.suffix):
            return between
        # What lay on the other side is gone, so this one must lie near.
        near = [
            one for one in between if (before and one.start - first <= CONTEXT) or (after and last - one.end <= CONTEXT)
        ]
        return near if between == near else []

    def _landmark(self, words: str) -> tuple[int, int] | None:
        """Where the most of these words that are still together stand, if they are many and stand there alone."""
        match = SequenceMatcher(None, words, self.body, autojunk=False).find_longest_match()
        kept = words[match.a : match.a + match.size]
        if match.size < MANY or len(_places(self.body, kept)) > 1:
            return None
        return match.b, match.b + match.size

    def _run(self, one: _Place) -> int:
        """How many characters, the passage among them, stand here as they did."""
        return sum(self._beside(one)) + len(self.exact)

    def _beside(self, one: _Place) -> tuple[int, int]:
        """How many characters before and after it stand as they did."""
        before = self.body[max(0, one.start - len(self.prefix)) : one.start]
        return Postfix.similarity(self.prefix, before), Prefix.similarity(self.suffix, self.body[one.end :])

    def _choose(self, places: Sequence[_Place], outcome: Outcome) -> Placement:
        best = max(places, key=lambda one: one.score)
        rivals = [one for one in places if best.score - one.score < CLEARLY]
        if len(rivals) > 1:
            best, *others = sorted(rivals, key=lambda one: -sum(self._beside(one)))
            if sum(self._beside(best)) < 2 * NEAR or sum(self._beside(others[0])) >= NEAR:
                return ORPHANED
        return Placement(outcome, best.start, best.end, round(best.score, 3))

    def _place(self, start: int, end: int, likeness: float = 1.0) -> _Place:
        def agreement(size: int) -> tuple[float | None, float | None]:
            before, after = self.prefix.rstrip()[-size:], self.suffix.lstrip()[:size]
            left = self.body[max(0, start - size - 1) : start].rstrip()[-size:]
            right = self.body[end : end + size + 1].lstrip()[:size]
            return _agreement(before, left[-len(before) :] if before else ""), _agreement(after, right[: len(after)])

        return _Place(start, end, agreement(NEAR), agreement(CONTEXT), likeness)

    def _changed(self, same: Sequence[_Place]) -> list[_Place]:
        """Where words much like the passage stand between the words that it stood between. Where it stands itself, nothing
        has changed but what is around it."""
        whole = self.prefix + self.exact + self.suffix
        best = fuzz.partial_ratio_alignment(whole, self.body, score_cutoff=50)
        if best is None:
            return []
        found = [self._read(best.dest_start, best.dest_end)]
        for offset, rest in ((0, self.body[: best.dest_start]), (best.dest_end, self.body[best.dest_end :])):
            second = fuzz.partial_ratio_alignment(whole, rest, score_cutoff=50) if rest else None
            if second:
                found.append(self._read(offset + second.dest_start, offset + second.dest_end))
        alike = ALIKE if len(self.exact) >= MANY else MUCH_ALIKE
        others = [one for one in found if one and not any(one.overlaps(other) for other in same)]
        return [one for one in others if one.agrees_on_both_sides and min(one.likeness, one.score) >= alike]

    def _read(self, start: int, end: int) -> _Place | None:
        """What stands in place of the passage within about this window of the body: all between the last word that was
        before it and the first that was after it."""
        reach = CONTEXT + len(self.exact)  # so that no window ends within the passage
        first, last = max(0, start - reach), min(len(self.body), end + reach)
        old = _TOKEN.findall(self.prefix) + (own := _TOKEN.findall(self.exact)) + _TOKEN.findall(self.suffix)
        new = _TOKEN.findall(self.body[first:last])
        begins = len(old) - len(own) - len(_TOKEN.findall(self.suffix))
        ends = begins + len(own)
        kept = [(op.src_start, op.src_end, op.dest_start) for op in Indel.opcodes(old, new) if op.tag == "equal"]
        pairs = {src + step: dest + step for src, src_end, dest in kept for step in range(src_end - src)}
        inside = [(at, new_at) for at, new_at in pairs.items() if begins <= at < ends]
        if not inside:
            return None
        before = [new_at + 1 for at, new_at in pairs.items() if at < begins]
        after = [new_at for at, new_at in pairs.items() if at >= ends]
        # At the end of a body nothing lay beyond: as many words as there were.
        left = max(before) if before else max(0, inside[0][1] - (inside[0][0] - begins))
        right = min(after) if after else inside[-1][1] + ends - inside[-1][0]
        offset = first + len("".join(new[:left]))
        text = "".join(new[left:right])
        offset += len(text) - len(text.lstrip())
        if not (text := text.strip()):
            return None
        return self._place(offset, offset + len(text), fuzz.ratio(self.exact, text) / 100)


def _agreement(old: str, new: str) -> float | None:
    return fuzz.ratio(old, new) / 100 if old else None
