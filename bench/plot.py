"""Draws how the processor time of a page grows with the articles: python -m bench.plot FIGURES.json… > docs/images/growth.svg

Takes what `bench.site --json` wrote at several numbers of articles; both axes are logarithmic.
"""

from __future__ import annotations

import json
import math
import sys
from html import escape
from pathlib import Path
from typing import Any

QUESTION = "country, dates, all facets"
SHOWN = {"site, logged in": "#1a56a0", "bare view": "#6b7280", "Datasette": "#b45309"}
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 64, 24, 130, 40


def main() -> None:
    sys.stdout.write(draw([json.loads(Path(name).read_text()) for name in sys.argv[1:]]))


def draw(figures: list[dict[str, Any]]) -> str:
    figures = sorted(figures, key=lambda one: one["articles"])
    lines = {
        name: [
            (one["articles"], asked[name]["cpu"]) for one in figures if name in (asked := one["milliseconds"][QUESTION])
        ]
        for name in SHOWN
    }
    powers_x = [round(math.log10(one["articles"])) for one in figures]
    times = [time for points in lines.values() for _, time in points]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def x(articles: float) -> float:
        share = (math.log10(articles) - powers_x[0]) / max(1, powers_x[-1] - powers_x[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(time: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(time) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="14">{escape(QUESTION)}: processor time of the server, ms</text>',
    ]
    for power in range(low, high + 1):
        parts.append(f'<path d="M{LEFT} {y(10**power):.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.0f}" text-anchor="end">{10.0**power:g}</text>')
    parts += [
        f'<text x="{x(10**power):.0f}" y="{HEIGHT - 16}" text-anchor="middle">{10**power:,}</text>'
        for power in powers_x
    ]
    for name, points in lines.items():
        if not points:
            continue
        path = "L".join(f"{x(articles):.1f} {y(time):.1f}" for articles, time in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{SHOWN[name]}" stroke-width="2"/>')
        at = f'x="{x(points[-1][0]) + 8:.0f}" y="{y(points[-1][1]) + 4:.0f}"'
        parts.append(f'<text {at} fill="{SHOWN[name]}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    main()
