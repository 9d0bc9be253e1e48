"""Stories article by article, with look-up that does not slow down as the corpus grows."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsdesk.pipeline.stories.items import Grouping, Kind, Link, Placement, StoryItem
from newsdesk.pipeline.stories.scoring import (
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
    least_within,
    score_across,
    score_within,
    share_marks,
    share_shingles,
)

PROBED = 200  # strands looked at for an article, those with its rarest features first
CROWD = 100  # a feature that more strands of a time have finds nobody
SAME_STORY = 0.28
RIVAL = 0.8
CANDIDATES = 10  # strands that are scored
SHINGLES_PROBED = 16
COMPARED = 4  # first and last articles of a strand of which the nearest explains a link
MOST_WARM = 4000  # strands whose weighed features are kept

# Strands of one language by feature: sorted numbers, the week above and the strand below. Week 0 holds the undated.
Postings = dict[str, list[int]]
WEEK = 1 << 32
LAST_WEEK = dt.date.max.toordinal()


class StoryIndex:
    """Holds the articles of a window of time; `add` puts one more in its story.

    `restore` brings back an article that was grouped before, with its story; `weigh` counts features beforehand, so
    that the first articles are judged with the weights of all. ``pinned`` holds what editors decided: the story of an
    article, or None where it stays alone.
    """

    def __init__(self, pinned: Mapping[str, str | None] | None = None) -> None:
        self.pinned = dict(pinned or {})
        self.pinned_stories = {story for story in self.pinned.values() if story is not None}
        self.weights = Weights()
        self.items: dict[str, StoryItem] = {}
        self.story_of: dict[str, str] = {}
        self.reprint_of: dict[str, str] = {}
        self.links: list[Link] = []
        self._weighed: set[str] = set()
        self._closed: set[str] = set()
        self._strands: list[Strand] = []
        self._strands_of: dict[str, list[int]] = defaultdict(list)  # by story
        self._strand_of: dict[str, int] = {}  # by article
        self._postings: dict[str, Postings] = defaultdict(dict)
        self._warm: dict[int, None] = {}
        self._moved: dict[int, int] = {}  # strands that became part of another
        self._shingles: dict[int, list[str]] = defaultdict(list)  # articles
        self._digests: dict[str, str] = {}

    def weigh(self, items: Iterable[StoryItem]) -> None:
        for item in items:
            self._count(item, features_of(item))

    def restore(self, item: StoryItem, story: str) -> None:
        """Take in an article whose story is known."""
        features = features_of(item)
        self._count(item, features)
        self._enter(item, features, story)

    def add(self, item: StoryItem, *, link: bool = True) -> Placement:
        """Put an article into its story; with ``link`` also look for the story in other languages."""
        self._cool()
        features = features_of(item)
        self._count(item, features)
        copied, kind = self._find_original(item)
        if copied is not None:
            self.reprint_of[item.id] = self.reprint_of.get(copied, copied)
        links: list[Link] = []
        self.rivals = []
        if item.id in self.pinned:
            story = self.pinned[item.id] or item.id
            there = self._strands_of.get(story)
            links = [self._explain(item, self._nearest(item, self._strands[there[0]]), "pin", 1.0)] if there else []
        else:
            story, links = self._find_story(item, features, copied, kind)
        strand = self._enter(item, features, story)
        absorbed: list[str] = []
        for rival in self.rivals:
            joined = self._unite(strand, rival)
            links += [found for found, _ in joined]
            absorbed += [gone for _, gone in joined]
            strand = self._current(strand)
        if link and item.id not in self.pinned and len(self._strands_of[story]) == 1:
            joined = self.link(strand)
            links += [found for found, _ in joined]
            absorbed += [gone for _, gone in joined]
        self.links.extend(links)
        return Placement(self.story_of[item.id], tuple(links), self.reprint_of.get(item.id), tuple(absorbed))

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
            original = self.items[copied]
            if is_in_time(item, original):
                return self.story_of[copied], [self._explain(item, original, kind, 1.0)]
        single = Strand(item.language, item.id)
        single.take(item, features)
        weighed = single.within(self.weights)
        scored = sorted(
            (
                (score_within(single, self._strands[number], self.weights), -number)
                for number in self._candidates(weighed, item.language, item.published, item.published)
                if self._is_open(self._strands[number].story, item)
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < least_within(item):
            return item.id, []
        strand = self._strands[-scored[0][1]]
        self.rivals = [-number for score, number in scored[1:] if score >= RIVAL * least_within(item)]
        return strand.story, [self._explain(item, self._nearest(item, strand), "event", scored[0][0])]

    def _find_original(self, item: StoryItem) -> tuple[str | None, Kind]:
        digest = item.fingerprint.digest
        if digest and digest in self._digests:
            return self._digests[digest], "copy"
        seen: dict[str, int] = defaultdict(int)
        for shingle in item.fingerprint.minhash[:SHINGLES_PROBED]:
            articles = self._shingles.get(shingle, ())
            if len(articles) <= CROWD:
                for article in articles:
                    seen[article] += 1
        for article, _ in sorted(seen.items(), key=lambda hit: -hit[1])[:CANDIDATES]:
            if is_reprint(item, self.items[article]):
                return article, "reprint"
        return None, "event"

    def link(self, number: int) -> list[tuple[Link, str]]:
        """Join the story of a strand with that of the best strand in another language."""
        strand = self._strands[number]
        best = max(
            (
                (score_across(strand, self._strands[other], self.weights), -other)
                for other in self._candidates_across(strand)
                if self._may_join(strand, self._strands[other])
            ),
            default=(0.0, 0),
        )
        if best[0] < SAME_EVENT_TRANSLATED:
            return []
        return self._join(number, -best[1], best[0])

    def _join(self, number: int, other: int, score: float) -> list[tuple[Link, str]]:
        one, two = self._strands[number], self._strands[other]
        if not self._may_join(one, two):
            return []
        item = self.items[one.members[-1]]
        link = self._explain(item, self._nearest(item, two), "translation", score)
        kept, gone = sorted((one.story, two.story), key=self._age)
        self._merge(kept, gone)
        return [(link, gone)]

    def _current(self, number: int) -> int:
        while number in self._moved:
            number = self._moved[number]
        return number

    def _unite(self, number: int, other: int) -> list[tuple[Link, str]]:
        """Make two strands of one language one, if they tell of one event."""
        number, other = self._current(number), self._current(other)
        one, two = self._strands[number], self._strands[other]
        if number == other or (one.story != two.story and not self._may_join(one, two, within=True)):
            return []
        score = score_within(one, two, self.weights)
        if score < SAME_STORY:
            return []
        joined = []
        if one.story != two.story:
            item = self.items[one.members[-1]]
            link = self._explain(item, self._nearest(item, two), "event", score)
            kept, gone = sorted((one.story, two.story), key=self._age)
            self._merge(kept, gone)
            joined = [(link, gone)]
        kept_number, gone_number = sorted((number, other))
        kept_strand, gone_strand = self._strands[kept_number], self._strands[gone_number]
        kept_strand.absorb(gone_strand)
        self._moved[gone_number] = kept_number
        self._strands_of[kept_strand.story].remove(gone_number)
        self._strand_of.update(dict.fromkeys(gone_strand.members, kept_number))
        return joined

    def unite_all(self) -> None:
        pairs = []
        for number, strand in enumerate(self._strands):
            if number in self._moved: continue
            self._cool()
            for other in self._candidates(strand.within(self.weights), strand.language, strand.first, strand.last):
                if other != number:
                    score = score_within(strand, self._strands[other], self.weights)
                    if score >= SAME_STORY:
                        pairs.append((-score, min(number, other), max(other, number)))
        for _, number, other in sorted(set(pairs)):
            self.links += [link for link, _ in self._unite(number, other)]

    def link_all(self) -> None:
        """Link the languages, the surest pair of strands first."""
        pairs = []
        for number, strand in enumerate(self._strands):
            if number in self._moved: continue
            self._cool()
            for other in self._candidates_across(strand):
                score = score_across(strand, self._strands[other], self.weights)
                if score >= SAME_EVENT_TRANSLATED:
                    pairs.append((-score, number, other))
        for negative, number, other in sorted(pairs):
            self.links += [link for link, _ in self._join(number, other, -negative)]

    def _may_join(self, one: Strand, other: Strand, within: bool = False) -> bool:
        """Whole stories are not joined if they have a language in common, but a strand alone may still come in."""
        stories = {one.story, other.story}
        if len(stories) < 2 or stories & self._closed or stories <= self.pinned_stories:
            return False
        if not fade(*self._span(one.story), *self._span(other.story)):
            return False
        if within: return True
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

    def _merge(self, kept: str, gone: str) -> None:
        for number in self._strands_of.pop(gone):
            strand = self._strands[number]
            strand.story = kept
            self._strands_of[kept].append(number)
            self.story_of.update(dict.fromkeys(strand.members, kept))

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
            near = strands[bisect_left(strands, start) : bisect_left(strands, end)]
            if start and strands[0] < WEEK:
                near += strands[: bisect_left(strands, WEEK)]
            if len(near) <= CROWD:
                looked += len(near)
                for strand in {self._current(strand % WEEK) for strand in near}:
                    hits[strand] += value * value
            if looked > PROBED:
                break
        best = [number for _, number in sorted([(-weight, number) for number, weight in hits.items()])[:CANDIDATES]]
        self._warm.update(dict.fromkeys(best))
        return best

    def _cool(self) -> None:
        if len(self._warm) > MOST_WARM:
            for number in self._warm:
                self._strands[number].forget_weights()
            self._warm.clear()

    def _enter(self, item: StoryItem, features: Mapping[str, float], story: str) -> int:
        number = next((n for n in self._strands_of[story] if self._strands[n].language == item.language), None)
        if number is None:
            number = len(self._strands)
            self._strands.append(Strand(item.language, story))
            self._strands_of[story].append(number)
        self._strands[number].take(item, features)
        self.items[item.id] = item
        self.story_of[item.id] = story
        self._strand_of[item.id] = number
        if item.id in self.pinned and self.pinned[item.id] is None:
            self._closed.add(story)
        week = _week(item.published) * WEEK if item.published else 0
        postings = self._postings[item.language]
        for feature in features:
            _insert(postings.setdefault(feature, []), week, number)
        for shingle in item.fingerprint.minhash[:SHINGLES_PROBED]:
            self._shingles[shingle].append(item.id)
        self._digests.setdefault(item.fingerprint.digest, item.id)
        return number

    def _nearest(self, item: StoryItem, strand: Strand) -> StoryItem:
        """The article of a strand that explains best why another is in its story."""
        compared = [
            self.items[member] for member in dict.fromkeys(strand.members[:COMPARED] + strand.members[-COMPARED:])
        ]
        return max(compared, key=lambda other: share_marks(item, other))

    def _explain(self, item: StoryItem, other: StoryItem, kind: Kind, score: float) -> Link:
        if kind == "reprint":
            score = share_shingles(item.fingerprint.minhash, other.fingerprint.minhash)[1]
        return Link(item.id, other.id, kind, explain(item, other, self.weights), round(score, 3))


def _week(day: dt.date) -> int:
    return day.toordinal() // WINDOW


def _insert(strands: list[int], week: int, number: int) -> None:
    start = bisect_left(strands, week)
    end = bisect_left(strands, week + WEEK, start)
    at = bisect_left(strands, week + number, start, end)
    if end - start <= CROWD and (at == end or strands[at] != week + number):
        strands.insert(at, week + number)
