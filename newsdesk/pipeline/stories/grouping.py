"""A whole corpus at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from newsdesk.pipeline.stories.index import StoryIndex
from newsdesk.pipeline.stories.items import Grouping, StoryItem


def group(items: Sequence[StoryItem], pinned: Mapping[str, str | None] | None = None) -> Grouping:
    """The oldest article first, undated ones last, with weights from the whole corpus; then bring stories together."""
    index = StoryIndex(pinned=pinned or {})
    in_order = sorted(items, key=lambda item: (item.published or dt.date.max, item.id))
    index.weigh(in_order)
    for item in in_order:
        index.add(item, settle=False)
    index.settle()
    return index.grouping()
