"""Stories article by article, with look-up that does not slow down as the corpus grows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsdesk.pipeline.stories.items import Grouping, Kind, Link, Placement, StoryItem
from newsdesk.pipeline.stories.scoring import WINDOW, Vector, Weights, explain, judge

PROBED = 16  # features of an article that are looked up, the rarest first
CROWD = 300  # articles under one feature and time; beyond that it finds nobody
CANDIDATES = 30
UNDATED = -1


class StoryIndex:
    """Holds the articles of a window of time; `add` puts one more in its story.

    `restore` brings back what was grouped before, with its story; `weigh` counts features beforehand, so that the first
    articles are judged with the weights of all. ``pinned`` holds what editors decided: the story, or None for alone.
    """

    def __init__(self, pinned: Mapping[str, str | None] | None = None) -> None:
        self.pinned = dict(pinned or {})
        self.weights = Weights()
        self.weighed: set[str] = set()
        self.vectors: dict[str, Vector] = {}
        self.story_of: dict[str, str] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        self.reprint_of: dict[str, str] = {}
        self.links: list[Link] = []
        self.postings: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.pinned_stories = {story for story in self.pinned.values() if story is not None}

    def weigh(self, items: Iterable[StoryItem]) -> None:
        for item in items:
            if item.id not in self.weighed:
                self.weighed.add(item.id)
                self.weights.count(Vector.of(item))

    def restore(self, item: StoryItem, story: str) -> None:
        """Take in an article whose story is known."""
        self.weigh([item])
        self._enter(Vector.of(item), story)

    def add(self, item: StoryItem) -> Placement:
        self.weigh([item])
        vector = Vector.of(item)
        matches = self._matches(vector)
        reprint_of = next(
            (self._original(m[2].item.id) for m in matches if m[1] in ("copy", "reprint")), None
        )
        if reprint_of is not None:
            self.reprint_of[item.id] = reprint_of
        if item.id in self.pinned:
            story = self.pinned[item.id] or item.id
            links = tuple(self._link(vector, m) for m in matches if self.story_of[m[2].item.id] == story)[:1]
        else:
            open_to = [m for m in matches if self._is_open(self.story_of[m[2].item.id])]
            links = tuple(self._link(vector, m) for m in open_to[:1])
            story = self.story_of[links[0].b] if links else item.id
        self.links.extend(links)
        self._enter(vector, story)
        return Placement(story, links, reprint_of)

    def grouping(self) -> Grouping:
        return Grouping(dict(self.story_of), dict(self.reprint_of), list(self.links))

    def _matches(self, vector: Vector) -> list[tuple[float, Kind, Vector]]:
        found = []
        for other in self._candidates(vector):
            judged = judge(vector, other, self.weights)
            if judged is not None:
                found.append((judged[1], judged[0], other))
        rank = {"copy": 0, "reprint": 1, "event": 2, "translation": 3}
        return sorted(found, key=lambda match: (rank[match[1]], -match[0], match[2].item.id))

    def _candidates(self, vector: Vector) -> list[Vector]:
        hits: dict[str, float] = defaultdict(float)
        for key in self._keys(vector):
            for day in self._days(vector.item.published):
                posting = self.postings.get((key, day), ())
                if len(posting) <= CROWD:
                    weight = self.weights.of(key)
                    for article in posting:
                        hits[article] += weight
        best = sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))[:CANDIDATES]
        return [self.vectors[article] for article, _ in best]

    def _keys(self, vector: Vector) -> list[str]:
        rarest = sorted(vector.features, key=lambda f: (-self.weights.of(f) * vector.features[f], f))[:PROBED]
        return rarest + [f"s{shingle}" for shingle in vector.shingles[:PROBED]]

    def _days(self, published: dt.date | None) -> Iterable[int]:
        if published is None:
            return range(UNDATED, 0)
        bucket = published.toordinal() // WINDOW
        return (UNDATED, bucket - 1, bucket, bucket + 1)

    def _enter(self, vector: Vector, story: str) -> None:
        item = vector.item
        self.vectors[item.id] = vector
        self.story_of[item.id] = story
        self.members[story].append(item.id)
        day = UNDATED if item.published is None else item.published.toordinal() // WINDOW
        for key in [*vector.features, *(f"s{shingle}" for shingle in vector.shingles[:PROBED])]:
            self.postings[key, day].append(item.id)

    def _original(self, article: str) -> str:
        return self.reprint_of.get(article, article)

    def _is_open(self, story: str) -> bool:
        return not any(
            member in self.pinned and self.pinned[member] is None for member in self.members[story]
        )

    def _link(self, vector: Vector, match: tuple[float, Kind, Vector]) -> Link:
        score, kind, other = match
        because = explain(vector, other, self.weights)
        return Link(vector.item.id, other.item.id, kind, because, round(score, 3))
