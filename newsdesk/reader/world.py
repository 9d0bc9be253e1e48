"""The map of the world on the desk: how many articles are about each country.

The shapes are made by scripts/make_world_map.py. What has none, former states and disputed regions without a shape of
their own, is on the list beside the map only. Where nearly all articles are about one part of the world, that part is
shown.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from newsdesk.reader.addresses import MORE
from newsdesk.reader.facets import Choice
from newsdesk.reader.filters import ArticleFilter

WORLD = "world"  # among what is shown in full
STEPS = 5
NEARLY_ALL = 0.85  # of the articles, by the countries that they are about: what the map shows at least
AROUND = 90  # units of the drawing between a country's capital and the edge of the map
NARROWEST = 480  # units across: a quarter of the world
WIDEST = 1100  # and above this all of it
SMALL = 1 / 110  # of the width: what is no larger is drawn as a dot
DOT = 1 / 200  # of the width: the radius of a dot

_FILE = Path(__file__).with_name("world.json")
_STEP = re.compile(r"([MlLz])|(-?\d+) ?(-?\d+)")


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        """As ``viewBox`` is written."""
        return f"{self.x:.4g} {self.y:.4g} {self.width:.4g} {self.height:.4g}"

    def meets(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Atlas:
    """``extents`` are the boxes around the shapes; ``places`` have the capitals, of small countries too."""

    box: Box
    shapes: Mapping[str, str]
    extents: Mapping[str, Box]
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A country that has articles: its shape, or a dot. ``step`` of the shades, from 1."""

    choice: Choice
    step: int
    path: str
    at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Shade:
    step: int
    text: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """``land`` is what has no articles. ``url`` leads to the whole world and back, where there is a part to show."""

    box: Box
    land: str
    marks: list[Mark]
    shades: list[Shade]
    dot: str
    url: str
    whole: bool


@cache
def atlas() -> Atlas:
    rows = json.loads(_FILE.read_text("utf-8"))
    return Atlas(
        box=Box(0, 0, rows["width"], rows["height"]),
        shapes=rows["shapes"],
        extents={code: _extent(path) for code, path in rows["shapes"].items()},
        places={code: (x, y) for code, (x, y) in rows["places"].items()},
    )


def _extent(path: str) -> Box:
    xs, ys, x, y, absolute = [], [], 0, 0, False
    for command, dx, dy in _STEP.findall(path):
        if command:
            absolute = command == "M"
            continue
        x, y = (int(dx), int(dy)) if absolute else (x + int(dx), y + int(dy))
        xs.append(x)
        ys.append(y)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def make_map(articles: ArticleFilter, choices: Sequence[Choice]) -> WorldMap:
    """``choices``: each country, with the number of the articles about it."""
    counted = [choice for choice in choices if choice.count]
    part = find_part({choice.value: choice.count for choice in counted})
    whole = part is None or WORLD in articles.address.values(MORE)
    box = atlas().box if part is None or whole else part
    starts = find_steps(max((choice.count for choice in counted), default=0))
    seen = {code for code, extent in atlas().extents.items() if extent.meets(box)}
    marks = [mark for choice in counted if (mark := _make_mark(choice, starts, box, choice.value in seen))]
    drawn = {mark.choice.value for mark in marks if mark.path}
    return WorldMap(
        box=box,
        land="".join(atlas().shapes[code] for code in sorted(seen - drawn)),
        marks=sorted(marks, key=lambda mark: (mark.at is not None, -mark.choice.count)),
        shades=_make_shades(starts, max((choice.count for choice in counted), default=0)),
        dot=f"{box.width * DOT:.3g}",
        url=articles.address.toggled(MORE, WORLD) if part else "",
        whole=whole,
    )


def find_part(counts: Mapping[str, int]) -> Box | None:
    """Where nearly all articles are; None for the whole world."""
    world, placed = atlas().box, [code for code in counts if code in atlas().places]
    wanted = NEARLY_ALL * sum(counts[code] for code in placed)
    xs, ys, held = [], [], 0
    for code in sorted(placed, key=lambda code: -counts[code]):
        if held >= wanted:
            break
        held += counts[code]
        x, y = atlas().places[code]
        xs.append(x)
        ys.append(y)
    if not xs:
        return None
    shape = world.width / world.height
    across, down = max(xs) - min(xs) + 2 * AROUND, max(ys) - min(ys) + 2 * AROUND / shape
    width = max(NARROWEST, across, down * shape)
    if width > WIDEST:
        return None
    height = width / shape
    return Box(
        _within((min(xs) + max(xs) - width) / 2, world.width - width),
        _within((min(ys) + max(ys) - height) / 2, world.height - height),
        width,
        height,
    )


def _within(start: float, last: float) -> float:
    return min(max(0, start), last)


def find_steps(most: int) -> list[int]:
    """The least number of each shade: evenly by magnitude, since a few countries have most of the articles."""
    if most <= STEPS:
        return list(range(1, most + 1))
    found: list[int] = []
    for step in range(STEPS):
        least = _rounded(most ** (step / STEPS))
        found.append(max(least, found[-1] + 1) if found else 1)
    return found


def _rounded(number: float) -> int:
    """To two figures, the second of them 0 or 5."""
    if number < 10:
        return round(number)
    unit: int = 10 ** (len(str(int(number))) - 1) // 2
    return max(unit, round(number / unit) * unit)


def _make_shades(starts: Sequence[int], most: int) -> list[Shade]:
    return [
        Shade(step, f"{start}" if start == following - 1 else f"{start}–{following - 1}")
        for step, (start, following) in enumerate(pairwise([*starts, most + 1]), 1 + STEPS - len(starts))
    ]


def _make_mark(choice: Choice, starts: Sequence[int], box: Box, seen: bool) -> Mark | None:
    step = bisect_right(starts, choice.count) + STEPS - len(starts)
    place = atlas().places.get(choice.value)
    extent = atlas().extents.get(choice.value)
    small = extent is None or max(extent.width, extent.height) < box.width * SMALL
    if small and place:
        return Mark(choice, step, "", place) if box.meets(Box(*place, 0.1, 0.1)) else None
    return Mark(choice, step, atlas().shapes[choice.value], None) if seen else None
