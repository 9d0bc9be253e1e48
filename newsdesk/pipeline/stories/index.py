"""Stories article by article, with look-up that does not slow down as the corpus grows."""

from __future__ import annotations

import datetime as dt
import marshal
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsdesk.pipeline.document import Fingerprint
from newsdesk.pipeline.stories.items import Grouping, Kind, Link, Placement, StoryItem
from newsdesk.pipeline.stories.scoring import (
    SAME_EVENT,
    SAME_EVENT_TRANSLATED,
    WINDOW,
    Strand,
    Weighed,
    Weights,
    explain,
    fade,
    features_of,
    is_in_time,
    is_reprint,
    score_across,
    score_within,
    share_marks,
    share_shingles,
)
from newsdesk.pipeline.stories.shingles import Shingles

PROBED = 200  # strands looked at for an article, those with its rarest features first
CROWD = 100  # a feature that more strands of a time have finds nobody
CANDIDATES = 10  # strands that are scored
SHINGLES_PROBED = 16
COMPARED = 4  # first and last articles of a strand of which the nearest explains a link
MOST_WARM = 2000  # strands that are kept unpacked, with their weighed features

# Strands of one language by feature: sorted numbers, the week above and the strand below. Week 0 holds the undated.
# Most features are those of one strand, and then there is no array.
Postings = dict[str, "int | array[int]"]
WEEK = 1 << 32
LAST_WEEK = dt.date.max.toordinal()


class StoryIndex:
    """Holds the articles of a window of time; `add` puts one more in its story, `settle` brings stories together.

    `restore` brings back an article that was grouped before, with its story; `weigh` counts features beforehand, so
    that the first articles are judged with the weights of all. ``pinned`` holds what editors decided: the story of an
    article, or None where it stays alone.
    """

    def __init__(self, pinned: Mapping[str, str | None] | None = None) -> None:
        self.pinned = dict(pinned or {})
        self.pinned_stories = {story for story in self.pinned.values() if story is not None}
        self.weights = Weights()
        self.story_of: dict[str, str] = {}
        self.reprint_of: dict[str, str] = {}
        self.links: list[Link] = []
        self._packed: dict[str, bytes] = {}
        self._ids: list[str] = []
        self._weighed: set[str] = set()
        self._closed: set[str] = set()
        self._strands: list[Strand] = []
        self._strands_of: dict[str, list[int]] = defaultdict(list)  # by story
        self._moved: dict[int, int] = {}  # strands that became part of another
        self._unsettled: dict[int, None] = {}
        self._postings: dict[str, Postings] = defaultdict(dict)
        self._warm: dict[int, None] = {}
        self._shingles = Shingles(most=CROWD + 1)
        self._digests: dict[str, str] = {}

    def weigh(self, items: Iterable[StoryItem]) -> None:
        for item in items:
            self._count(item, features_of(item))

    def restore(self, item: StoryItem, story: str, *, weigh: bool = True) -> None:
        """Take in an article whose story is known; without ``weigh`` where it was chosen for the words that it has."""
        features = features_of(item)
        if weigh:
            self._count(item, features)
        self._enter(item, features, story)

    def add(self, item: StoryItem, *, settle: bool = True) -> Placement:
        """Put an article into its story. Without ``settle`` that is to be called when all are in."""
        self._cool()
        features = features_of(item)
        self._count(item, features)
        copied, kind = self._find_original(item)
        if copied is not None:
            self.reprint_of[item.id] = self.reprint_of.get(copied, copied)
        if item.id in self.pinned:
            story = self.pinned[item.id] or item.id
            there = self._strands_of.get(story)
            links = [self._explain(item, self._nearest(item, self._strands[there[0]]), "pin", 1.0)] if there else []
        else:
            story, links = self._find_story(item, features, copied, kind)
        self.links.extend(links)
        self._unsettled[self._enter(item, features, story)] = None
        joined = self.settle() if settle else []
        links += [link for link, _ in joined]
        return Placement(
            self.story_of[item.id], tuple(links), self.reprint_of.get(item.id), tuple(gone for _, gone in joined)
        )

    def settle(self) -> list[tuple[Link, str]]:
        """Bring stories together that have grown alike, then those across languages; each time the surest pair first.

        Only stories that took in an article since the last time look for others. Gives the links, each with the story
        that it ended.
        """
        changed = list(self._unsettled)
        self._unsettled.clear()
        joined: list[tuple[Link, str]] = []
        grown = changed
        while grown:
            united: dict[int, None] = {}
            for score, number, other in self._pair(grown, across=False):
                if score >= SAME_EVENT and (each := self._unite(number, other)):
                    joined += each
                    united[self._current(number)] = None
            grown = [number for number in united if number not in self._moved]
        for score, number, other in self._pair(dict.fromkeys(map(self._current, changed)), across=True):
            if score >= SAME_EVENT_TRANSLATED:
                joined += self._translate(number, other, score)
        self.links += [link for link, _ in joined]
        return joined

    def grouping(self) -> Grouping:
        return Grouping(dict(self.story_of), dict(self.reprint_of), list(self.links))

    def _count(self, item: StoryItem, features: Mapping[str, float]) -> None:
        if item.id not in self._weighed:
            self._weighed.add(item.id)
            self.weights.count(item.language, features)

    def _find_story(
        self, item: StoryItem, features: Mapping[str, float], copied: str | None, kind: Kind
    ) -> tuple[str, list[Link]]:
        if copied is not None and self.story_of[copied] not in self._closed:
            original = self._item(copied)
            if is_in_time(item, original):
                return self.story_of[copied], [self._explain(item, original, kind, 1.0)]
        alone = Strand(item.language, item.id)
        alone.take(item, features)
        best = max(
            (
                (score_within(alone, self._strands[number], self.weights, SAME_EVENT), -number)
                for number in self._candidates(alone.within(self.weights), item.language, alone.first, alone.last)
                if self._is_open(self._strands[number].story, item)
            ),
            default=(0.0, 0),
        )
        if best[0] < SAME_EVENT:
            return item.id, []
        strand = self._strands[-best[1]]
        return strand.story, [self._explain(item, self._nearest(item, strand), "event", best[0])]

    def _find_original(self, item: StoryItem) -> tuple[str | None, Kind]:
        digest = item.fingerprint.digest
        if digest and digest in self._digests:
            return self._digests[digest], "copy"
        seen: dict[int, int] = defaultdict(int)
        for shingle in item.fingerprint.minhash[:SHINGLES_PROBED]:
            articles = self._shingles.find(shingle)
            if len(articles) <= CROWD:
                for article in articles:
                    seen[article] += 1
        for article, _ in sorted(seen.items(), key=lambda hit: (-hit[1], hit[0]))[:CANDIDATES]:
            if is_reprint(item, self._item(self._ids[article])):
                return self._ids[article], "reprint"
        return None, "event"

    def _pair(self, numbers: Iterable[int], *, across: bool) -> list[tuple[float, int, int]]:
        """Strands with those that could tell of the same event, and how surely: the surest first."""
        found = set()
        for number in numbers:
            self._cool()
            strand = self._strands[number]
            for other in self._candidates_across(strand) if across else self._candidates_within(strand):
                there = self._strands[other]
                if strand.story != there.story:
                    score = (
                        score_across(strand, there, self.weights)
                        if across
                        else score_within(strand, there, self.weights, SAME_EVENT)
                    )
                    found.add((-score, number, other))
        return [(-negative, number, other) for negative, number, other in sorted(found)]

    def _unite(self, number: int, other: int) -> list[tuple[Link, str]]:
        """Make one strand of two in a language, if they still tell of one event when others have come in."""
        number, other = self._current(number), self._current(other)
        one, two = self._strands[number], self._strands[other]
        if not self._are_open(one, two) or {one.story, two.story} & self.pinned_stories:
            return []
        score = score_within(one, two, self.weights)
        if score < SAME_EVENT:
            return []
        joined = self._join(one, two, "event", score)
        kept, gone = sorted((number, other))
        self._strands[kept].absorb(self._strands[gone])
        self._strands_of[self._strands[kept].story].remove(gone)
        self._moved[gone] = kept
        return joined

    def _translate(self, number: int, other: int, score: float) -> list[tuple[Link, str]]:
        one, two = self._strands[number], self._strands[other]
        return self._join(one, two, "translation", score) if self._may_translate(one, two) else []

    def _join(self, one: Strand, two: Strand, kind: Kind, score: float) -> list[tuple[Link, str]]:
        item = self._item(one.members[-1])
        link = self._explain(item, self._nearest(item, two), kind, score)
        kept, gone = sorted((one.story, two.story), key=self._age)
        for number in self._strands_of.pop(gone):
            strand = self._strands[number]
            strand.story = kept
            self._strands_of[kept].append(number)
            self.story_of.update(dict.fromkeys(strand.members, kept))
        return [(link, gone)]

    def _are_open(self, one: Strand, other: Strand) -> bool:
        stories = {one.story, other.story}
        if len(stories) < 2 or stories & self._closed or stories <= self.pinned_stories:
            return False
        return fade(*self._span(one.story), *self._span(other.story)) > 0

    def _may_translate(self, one: Strand, other: Strand) -> bool:
        """Whole stories are not joined if they have a language in common, but a strand alone may still come in."""
        if not self._are_open(one, other):
            return False
        languages, others = ({self._strands[n].language for n in self._strands_of[s]} for s in (one.story, other.story))
        return not languages & others or 1 in (len(self._strands_of[one.story]), len(self._strands_of[other.story]))

    def _is_open(self, story: str, item: StoryItem) -> bool:
        return story not in self._closed and fade(item.published, item.published, *self._span(story)) > 0

    def _span(self, story: str) -> tuple[dt.date | None, dt.date | None]:
        """First and last day of a story in all its languages: its undated articles must not bridge months."""
        strands = [self._strands[number] for number in self._strands_of[story]]
        return (
            min((strand.first for strand in strands if strand.first), default=None),
            max((strand.last for strand in strands if strand.last), default=None),
        )

    def _age(self, story: str) -> tuple[bool, int]:
        """Pinned stories keep their key; else the one that was opened first."""
        return story not in self.pinned_stories, min(self._strands_of[story])

    def _current(self, number: int) -> int:
        while number in self._moved:
            number = self._moved[number]
        return number

    def _candidates_within(self, strand: Strand) -> list[int]:
        return self._candidates(strand.within(self.weights), strand.language, strand.first, strand.last)

    def _candidates_across(self, strand: Strand) -> list[int]:
        weighed = strand.across(self.weights)
        return [
            number
            for language in self._postings
            if language != strand.language
            for number in self._candidates(weighed, language, strand.first, strand.last)
        ]

    def _candidates(self, weighed: Weighed, language: str, first: dt.date | None, last: dt.date | None) -> list[int]:
        """Strands of a language, near in time, that share most of the weightiest features."""
        postings = self._postings[language]
        known = [(-value, feature) for feature, value in weighed.values.items() if feature in postings]
        start, end = 0, LAST_WEEK * WEEK
        if first and last:
            start, end = (_week(first) - 1) * WEEK, (_week(last) + 2) * WEEK
        hits: dict[int, float] = defaultdict(float)
        looked = 0
        for value, feature in sorted(known):
            strands = postings[feature]
            if isinstance(strands, int):
                if start <= strands < end or strands < WEEK:
                    looked += 1
                    hits[strands % WEEK] += value * value
            else:
                near = _near(strands, start, end)
                if len(near) <= CROWD:
                    looked += len(near)
                    for strand in {strand % WEEK for strand in near}:
                        hits[strand] += value * value
            if looked > PROBED:
                break
        gathered: dict[int, float] = defaultdict(float)
        for number, weight in hits.items():
            gathered[self._current(number) if number in self._moved else number] += weight
        best = [number for _, number in sorted([(-weight, number) for number, weight in gathered.items()])[:CANDIDATES]]
        self._warm.update(dict.fromkeys(best))
        return best

    def _cool(self) -> None:
        if len(self._warm) > MOST_WARM:
            for number in self._warm:
                self._strands[number].pack()
            self._warm.clear()

    def _enter(self, item: StoryItem, features: Mapping[str, float], story: str) -> int:
        number = next((n for n in self._strands_of[story] if self._strands[n].language == item.language), None)
        if number is None:
            number = len(self._strands)
            self._strands.append(Strand(item.language, story))
            self._strands_of[story].append(number)
        self._strands[number].take(item, features)
        self._warm[number] = None
        self._packed[item.id] = _pack(item)
        self.story_of[item.id] = story
        if item.id in self.pinned and self.pinned[item.id] is None:
            self._closed.add(story)
        place = (_week(item.published) * WEEK if item.published else 0) + number
        _insert(self._postings[item.language], features, place)
        for shingle in item.fingerprint.minhash[:SHINGLES_PROBED]:
            self._shingles.add(shingle, len(self._ids))
        self._digests.setdefault(item.fingerprint.digest, item.id)
        self._ids.append(item.id)
        return number

    def _item(self, name: str) -> StoryItem:
        return _unpack(name, self._packed[name])

    def _nearest(self, item: StoryItem, strand: Strand) -> StoryItem:
        """The article of a strand that explains best why another is in its story."""
        compared = dict.fromkeys(strand.members[:COMPARED] + strand.members[-COMPARED:])
        return max(map(self._item, compared), key=lambda other: share_marks(item, other))

    def _explain(self, item: StoryItem, other: StoryItem, kind: Kind, score: float) -> Link:
        if kind == "reprint":
            score = share_shingles(item.fingerprint.minhash, other.fingerprint.minhash)[1]
        return Link(item.id, other.id, kind, explain(item, other, self.weights), round(score, 3))


def _week(day: dt.date) -> int:
    return day.toordinal() // WINDOW


def _insert(postings: Postings, features: Iterable[str], place: int) -> None:
    for feature in features:
        strands = postings.get(feature)
        if strands is None or strands == place:
            postings[feature] = place
            continue
        if isinstance(strands, int):
            strands = postings[feature] = array("Q", (strands,))
        at = bisect_left(strands, place)
        if at < len(strands) and strands[at] == place:
            continue
        if len(strands) <= CROWD or not _is_crowded(strands, place, at):
            strands.insert(at, place)


def _is_crowded(strands: array[int], place: int, at: int) -> bool:
    """Whether its week has more than a crowd. ``at``: where the place would stand."""
    week = place - place % WEEK
    return bisect_left(strands, week + WEEK, at) - bisect_left(strands, week, 0, at) > CROWD


def _near(strands: array[int], start: int, end: int) -> array[int]:
    """Strands between two weeks, and the undated."""
    near = strands[bisect_left(strands, start) : bisect_left(strands, end)]
    return near + strands[: bisect_left(strands, WEEK)] if start and strands[0] < WEEK else near


def _pack(item: StoryItem) -> bytes:
    """An article in a tenth of the memory, since most are never looked at again."""
    found = item.fingerprint
    day = item.published.toordinal() if item.published else 0
    minhash = array("I", found.minhash).tobytes()
    marks = (found.digest, found.terms, found.names, found.numbers, found.dates, found.quotes)
    return marshal.dumps((item.language, day, item.title, item.countries, minhash, marks))


def _unpack(name: str, packed: bytes) -> StoryItem:
    language, day, title, countries, minhash, (digest, *marks) = marshal.loads(packed)  # noqa: S302  (our own)
    fingerprint = Fingerprint(digest, tuple(array("I", minhash)), *marks)
    return StoryItem(name, fingerprint, language, dt.date.fromordinal(day) if day else None, title, countries)
