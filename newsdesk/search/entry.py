"""What the index is told of one article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.search import bitmaps
from newsdesk.search.bitmaps import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of one article. ``facets`` maps a facet (country, about, topic, language, source, story,
    annotated) to the values that the article has; ``day`` is the published day or None, and ``time`` orders the
    articles of a day. Any name will do for a facet but ``month``."""

    id: int
    title: str
    body: str
    day: dt.date | None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    time: dt.time | None = None

    @property
    def place(self) -> Place:
        return bitmaps.place(self.day, self.time, self.facets)
