"""What the index is told of one article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.search import bitmaps
from newsdesk.search.bitmaps import Place
from newsdesk.search.words import Prepared, digest_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of one article. ``facets`` maps a facet (country, about, topic, language, source, story,
    annotated) to the values that the article has; ``day`` is the published day or None, and ``time`` orders the
    articles of a day. Any name will do for a facet but ``month``. ``words`` are those of title and body, if they have
    been prepared."""

    id: int
    title: str
    body: str
    day: dt.date | None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    time: dt.time | None = None
    words: Prepared | None = None

    @property
    def digest(self) -> bytes:
        return self.words.digest if self.words else digest_of(self.title, self.body)

    @property
    def place(self) -> Place:
        return bitmaps.place(self.day, self.time, self.facets)
