"""Two versions of a story side by side: which sentences of the one tell what which of the other tell.

Sentences that are the same are paired first, then those that have most in common: within one language words; across
languages what survives translation, as in `comparison`: names, numbers, dates and the words of `language.lexicon`.
Pairs that keep the order of both texts are rows; others are said elsewhere. Where it is doubtful whether the other
version has a sentence too, nothing is said.

The time grows with the length of the texts, not with its square: a sentence is looked up by its rarest features.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from newsdesk.language.lexicon import concept_of_term
from newsdesk.language.names import to_latin
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.cleaning.sentences import split_sentences
from newsdesk.pipeline.stages.fingerprint import QUOTED, find_figures
from newsdesk.pipeline.stories.comparison import UNMISTAKABLE, Reading, Span, find_own, name_key

LONGEST = 120  # words of a sentence; what has no full stop for longer is cut
PROBED = 12  # features of a sentence by which others are looked up, the rarest first
CROWD = 40  # a feature that more sentences have finds none
CANDIDATES = 4  # sentences that may be the same as one
MOST_JOINED = 4  # sentences that one of the other version can stand for

# Least likeness, within a language and across, of what tells the same, and of what may: below is told by one alone.
ALIKE, ALIKE_TRANSLATED = 0.3, 0.2
DOUBTFUL, DOUBTFUL_TRANSLATED = 0.12, 0.1
FEWEST_WITHIN, FEWEST_ACROSS = 2, 3  # features without which nothing can be said of a sentence
LEAST_SHARED = 2  # features that tell the same; one is enough if it is a number that only these two sentences have
TELLING = 1.5  # how much names and numbers tell more than words
DOUBT = 1.0  # common features that a sentence is thought to have beside its own: agreement in little is no evidence
ASTRAY = 0.15  # what likeness loses from one end of the texts to the other
QUOTATION = "«"  # a feature: that it quotes; of the words nothing survives translation
DIFFED = 0.5  # likeness of two sentences from which on their words are compared in order


class Fate(StrEnum):
    """Of a sentence: in the other version word for word, in other words, in another place, not at all; or doubtful."""

    SAME = "same"
    LIKE = "like"
    ELSEWHERE = "elsewhere"
    ALONE = "alone"
    UNCLEAR = "unclear"


class Difference(StrEnum):
    """Of words: these stand otherwise in the sentence beside; this is nowhere in the other version."""

    WORDS = "words"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Marked:
    start: int
    end: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Sentence:
    """``start`` and ``end`` are in the body, as are those of ``marks``; ``number`` counts from 1. ``elsewhere`` is the
    number of the sentence of the other version that tells the same in another place."""

    number: int
    start: int
    end: int
    fate: Fate = Fate.UNCLEAR
    marks: tuple[Marked, ...] = ()
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side. The sentences of a row that is no ``pair`` have nothing to do with each other."""

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    pair: bool = False

    @property
    def same(self) -> bool:
        return self.pair and all(one.fate is Fate.SAME for one in (*self.left, *self.right))


@dataclass(slots=True)
class _Side:
    """The sentences of one version, with what they are compared by."""

    spans: list[Span]
    tokens: list[Sequence[Token]]
    features: list[set[str]]
    named: set[str]
    keys: list[str]

    @property
    def length(self) -> int:
        return len(self.spans)


@dataclass(slots=True)
class _Group:
    """Sentences of both sides that tell the same, each in an unbroken run."""

    left: range
    right: range
    likeness: float = 1.0
    same: bool = False

    def takes(self, at: int, *, left: bool) -> bool:
        """Whether a sentence stands directly beside those of its side, and there is room."""
        run = self.left if left else self.right
        return at in (run.start - 1, run.stop) and len(run) < MOST_JOINED and not self.same

    def take(self, at: int, *, left: bool) -> None:
        run = self.left if left else self.right
        run = range(min(run.start, at), max(run.stop, at + 1))
        if left:
            self.left = run
        else:
            self.right = run


def align(left: Reading, right: Reading) -> list[Row]:
    """All sentences of both bodies, each in one row, in their order."""
    across = left.version.language != right.version.language
    here, there = _read(left, across=across), _read(right, across=across)
    groups, seen = _pair(here, there, across=across)
    rows = _lay_out(here, there, _keep_order(groups), groups, seen)
    own = [_merge(spans) for spans in find_own([left, right])]
    return [_mark(row, here, there, own, across=across) for row in rows]


# Sentences


def _read(reading: Reading, *, across: bool) -> _Side:
    body = reading.version.body
    features: list[set[str]] = []
    named: set[str] = set()
    quoted = [match.start() for match in QUOTED.finditer(body)] if across else []
    cut = list(_cut(body))
    for (start, end), inside in cut:
        found = [(_feature(body, token, across=across), token.start) for token in inside]
        named.update(feature for feature, at in found if feature and at > start and body[at].isupper())
        figures = {f"#{figure.value}" for figure in find_figures(body[start:end])}
        quotes = {QUOTATION} if bisect_left(quoted, start) < bisect_left(quoted, end) else set()
        features.append(({feature for feature, _ in found} - {""}) | figures | quotes)
    spans, tokens = [span for span, _ in cut], [inside for _, inside in cut]
    return _Side(spans, tokens, features, named, [_key(body, *one) for one in cut])


def _cut(body: str) -> Iterator[tuple[Span, Sequence[Token]]]:
    """The sentences with their words, none longer than is compared quickly."""
    tokens = tokenize(body)
    starts = [token.start for token in tokens]
    for start, end in split_sentences(body):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        cuts = [start, *starts[first + LONGEST : last : LONGEST], end]
        for number, (begin, stop) in enumerate(pairwise(cuts)):
            at = first + number * LONGEST
            yield (begin, begin + len(body[begin:stop].rstrip())), tokens[at : min(at + LONGEST, last)]


def _key(body: str, span: Span, tokens: Iterable[Token]) -> str:
    """What is the same in two sentences that are the same; one without words is its signs."""
    return " ".join(token.form for token in tokens) or body[slice(*span)]


def _feature(body: str, token: Token, *, across: bool) -> str:
    """A stem; across languages a name by what it means or how it sounds, a word by what it means, or how it sounds if
    few words sound like that. Empty for what tells nothing."""
    if token.form in STOP_WORDS or token.form[0].isdigit():
        return ""
    if not across:
        return token.stem
    if body[token.start].isupper() and (name := name_key(body[token.start : token.end])):
        return name
    concept = concept_of_term(to_latin(token.stem), cyrillic=not token.form.isascii())
    return concept if not concept.startswith("~") or len(concept) > UNMISTAKABLE else ""


# Pairs


def _pair(here: _Side, there: _Side, *, across: bool) -> tuple[list[_Group], tuple[dict[int, int], dict[int, int]]]:
    """Sentences that tell the same; then, for each of the others of both sides, the one of the other side that tells
    it too, or -1 where that is doubtful. What is in neither stands alone."""
    alike, doubtful, fewest = (
        (ALIKE_TRANSLATED, DOUBTFUL_TRANSLATED, FEWEST_ACROSS) if across else (ALIKE, DOUBTFUL, FEWEST_WITHIN)
    )
    groups = [_Group(range(i, i + 1), range(j, j + 1), same=True) for i, j in _find_same(here.keys, there.keys)]
    of_left = {group.left.start: group for group in groups}
    of_right = {group.right.start: group for group in groups}
    weights = _weigh(here, there)
    scored = [*_score(here, there, weights, of_left, doubtful)]
    scored += [(score, i, j) for score, j, i in _score(there, here, weights, of_right, doubtful)]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    for score, i, j in scored:
        if score >= alike and i not in of_left and j not in of_right:
            group = _Group(range(i, i + 1), range(j, j + 1), likeness=score)
            of_left[i] = of_right[j] = group
            groups.append(group)
    likest: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for score, i, j in scored:
        if score >= doubtful:
            _join(i, j, of_left, of_right, likest[0], left=True, sure=score >= alike)
            _join(j, i, of_right, of_left, likest[1], left=False, sure=score >= alike)
    for side, known in ((here, likest[0]), (there, likest[1])):
        for at, features in enumerate(side.features):
            if len(features) < fewest:
                known.setdefault(at, -1)
    return groups, likest


def _join(
    at: int,
    other: int,
    own: dict[int, _Group],
    others: Mapping[int, _Group],
    likest: dict[int, int],
    *,
    left: bool,
    sure: bool,
) -> None:
    """A sentence that is left over goes to the group of the one that it is most like, if it stands beside it."""
    if at in own or at in likest:
        return
    group = others.get(other)
    if sure and group and group.takes(at, left=left):
        group.take(at, left=left)
        own[at] = group
    else:
        likest[at] = other if sure else -1


def _find_same(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first with the first, the second with the second, where a sentence returns."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in reversed(range(len(there))):
        places[there[j]].append(j)
    for i, key in enumerate(here):
        if places.get(key):
            yield i, places[key].pop()


class _Weights(NamedTuple):
    """How much a feature tells, squared as it is needed: much if few sentences of the two versions have it. ``sure``
    are the names and numbers that two sentences have."""

    values: Mapping[str, float]
    sure: Set[str]


def _weigh(here: _Side, there: _Side) -> _Weights:
    counts = Counter(feature for side in (here, there) for features in side.features for feature in features)
    telling = {feature for feature in counts if _is_number(feature)} | here.named | there.named
    total = here.length + there.length
    return _Weights(
        values={
            feature: (math.log(1 + total / count) * (TELLING if feature in telling else 1)) ** 2
            for feature, count in counts.items()
        },
        sure={feature for feature in telling if counts[feature] == 2},
    )


def _is_number(feature: str) -> bool:
    return feature.startswith("#")


def _score(
    here: _Side, there: _Side, weights: _Weights, paired: Mapping[int, _Group], doubtful: float
) -> Iterator[tuple[float, int, int]]:
    """The likest sentences of the other side for each that has no pair yet: likeness, this one, that one. Those that
    share nothing but a name that no other has are ``doubtful``."""
    rarity = weights.values
    postings: dict[str, list[int]] = defaultdict(list)
    for j, features in enumerate(there.features):
        for feature in features:
            postings[feature].append(j)
    doubt = DOUBT * math.log(2) ** 2
    squares = [doubt + sum(rarity[feature] for feature in features) for features in there.features]
    for i, features in enumerate(here.features):
        if i in paired:
            continue
        found: dict[int, float] = defaultdict(float)
        rarest = sorted(features, key=lambda feature: (-rarity[feature], feature))
        for feature in [one for one in rarest if 0 < len(postings.get(one, ())) <= CROWD][:PROBED]:
            for j in postings[feature]:
                found[j] += rarity[feature]
        square = doubt + sum(rarity[feature] for feature in features)
        for j in nlargest(CANDIDATES, found, key=found.__getitem__):
            shared = features & there.features[j]
            if len(shared) < LEAST_SHARED and not shared <= weights.sure:
                continue
            if len(shared) < LEAST_SHARED and not any(map(_is_number, shared)):
                yield doubtful, i, j
                continue
            common = sum(rarity[feature] for feature in shared)
            apart = abs(i / here.length - j / there.length)
            yield common / math.sqrt(square * squares[j]) * (1 - ASTRAY * apart), i, j


def _keep_order(groups: Iterable[_Group]) -> list[_Group]:
    """Of the groups that have one order in both versions the likest: the heaviest increasing subsequence, by a tree of
    the best that ends before each place on the right (Fenwick)."""
    ordered = sorted(groups, key=lambda group: group.left.start)
    size = max((group.right.start for group in ordered), default=0) + 1
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    for number, group in enumerate(ordered):
        at, weight = group.right.start, (0.0, -1)
        while at:
            weight, at = max(weight, best[at]), at & (at - 1)
        before.append(weight[1])
        at = group.right.start + 1
        while at <= size:
            best[at], at = max(best[at], (weight[0] + group.likeness, number)), at + (at & -at)
    at, top = size, (0.0, -1)
    while at:
        top, at = max(top, best[at]), at & (at - 1)
    kept = []
    number = top[1]
    while number >= 0:
        kept.append(ordered[number])
        number = before[number]
    return kept[::-1]


# Rows


def _lay_out(
    here: _Side, there: _Side, kept: Sequence[_Group], groups: Iterable[_Group], seen: Sequence[Mapping[int, int]]
) -> list[Row]:
    """The groups that keep their order, and between them what stands in no pair."""
    moved: tuple[dict[int, int], dict[int, int]] = (dict(seen[0]), dict(seen[1]))
    in_row = {id(group) for group in kept}
    for group in groups:
        if id(group) not in in_row:
            moved[0].update(dict.fromkeys(group.left, group.right.start))
            moved[1].update(dict.fromkeys(group.right, group.left.start))

    def loose(side: _Side, at: int, known: Mapping[int, int]) -> Sentence:
        other = known.get(at)
        fate = Fate.ALONE if other is None else Fate.UNCLEAR if other < 0 else Fate.ELSEWHERE
        return Sentence(at + 1, *side.spans[at], fate, elsewhere=other + 1 if other is not None else 0)

    rows: list[Row] = []
    edges = [_Group(range(0), range(0)), *kept]
    edges.append(_Group(range(here.length, here.length), range(there.length, there.length)))
    for one, following in pairwise(edges):
        if one is not edges[0]:
            fate = Fate.SAME if one.same else Fate.LIKE
            left = tuple(Sentence(at + 1, *here.spans[at], fate) for at in one.left)
            right = tuple(Sentence(at + 1, *there.spans[at], fate) for at in one.right)
            rows.append(Row(left, right, pair=True))
        left = tuple(loose(here, at, moved[0]) for at in range(one.left.stop, following.left.start))
        right = tuple(loose(there, at, moved[1]) for at in range(one.right.stop, following.right.start))
        if left or right:
            rows.append(Row(left, right))
    return rows


# Marks


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Names and figures within a quotation are marked with it."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _mark(row: Row, here: _Side, there: _Side, own: Sequence[Sequence[Span]], *, across: bool) -> Row:
    """What is nowhere in the other version; and in one language, in what is told in other words, the words."""
    words: tuple[list[Span], list[Span]] = ([], [])
    if row.pair and not row.same and not across:
        words = _find_other_words(_tokens(here, row.left), _tokens(there, row.right))
    return replace(
        row,
        left=tuple(_mark_sentence(one, words[0], own[0], across=across) for one in row.left),
        right=tuple(_mark_sentence(one, words[1], own[1], across=across) for one in row.right),
    )


def _tokens(side: _Side, sentences: Iterable[Sentence]) -> list[Token]:
    return [token for one in sentences for token in side.tokens[one.number - 1]]


def _find_other_words(here: Sequence[Token], there: Sequence[Token]) -> tuple[list[Span], list[Span]]:
    """None where so much is said otherwise that every word would be marked."""
    forms, other_forms = [token.form for token in here], [token.form for token in there]
    if Indel.normalized_similarity(forms, other_forms) < DIFFED:
        return [], []
    mine: list[Span] = []
    theirs: list[Span] = []
    for step in LCSseq.opcodes(forms, other_forms):
        if step.tag != "equal":
            if step.src_end > step.src_start:
                mine.append((here[step.src_start].start, here[step.src_end - 1].end))
            if step.dest_end > step.dest_start:
                theirs.append((there[step.dest_start].start, there[step.dest_end - 1].end))
    return mine, theirs


def _mark_sentence(sentence: Sentence, words: Iterable[Span], own: Sequence[Span], *, across: bool) -> Sentence:
    """Of a translation that a sentence is missing is sure only where a name, a number or a quotation is missing."""
    near = own[max(0, bisect_left(own, (sentence.start,)) - 1) : bisect_right(own, (sentence.end,))]
    missing = [Marked(*span, Difference.OWN) for span in _clip(near, sentence)]
    marks = (*(Marked(*span, Difference.WORDS) for span in _clip(words, sentence)), *missing)
    doubtful = across and sentence.fate is Fate.ALONE and not missing
    return replace(sentence, marks=marks, fate=Fate.UNCLEAR if doubtful else sentence.fate)


def _clip(spans: Iterable[Span], sentence: Sentence) -> Iterator[Span]:
    for start, end in spans:
        if max(start, sentence.start) < min(end, sentence.end):
            yield max(start, sentence.start), min(end, sentence.end)
