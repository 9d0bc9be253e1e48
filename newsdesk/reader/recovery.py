"""Ways out of an empty list."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.reader.filters import ArticleFilter


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter without which there would be ``count`` articles."""

    label: str
    texts: list[str]
    count: int
    url: str


def find_ways_out(articles: ArticleFilter) -> list[WayOut]:
    """Each filter that is set and may be dropped, the most rewarding first."""
    ways = [
        WayOut(
            label=str(articles.filters[name].label),
            texts=[chip.text for chip in articles.chips if chip.name == name],
            count=len(articles.ids_without(name)),
            url=articles.address.url_with(**{name: None}),
        )
        for name in articles.sets
    ]
    return sorted(ways, key=lambda way: -way.count)
