"""The hand-made truth about the demonstration corpus; scripts/make_articles.py writes gold.jsonl.

- ``title`` is None where the page has no headline of its own.
- ``body`` is the page without headline and chrome; compare words, not white space.
- ``published`` is when it was published, also where the page does not say so; ``provenances`` are the ways
  by which that may rightly be known. ``("none",)``: nothing on the page or about its event tells.
- ``about`` are the countries that the article is about, ``mentioned`` those that it also names, by name,
  adjective, capital or town; ``optional`` may be found or not, in either role. ``regions`` are the disputed
  regions that it names.
- ``topics`` are those of which it speaks, if only in one sentence.
- ``event`` is shared by the articles about one event; None where no other article tells of it. What comes back to an
  event on a later day, or looks ahead to it, is not of it but ``follows`` it: to group it with the event is not wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("gold.jsonl")


@dataclass(frozen=True)
class Gold:
    pk: int
    source_path: str
    title: str | None
    body: str
    published: str | None
    provenances: tuple[str, ...]
    language: str
    about: frozenset[str]
    mentioned: frozenset[str]
    optional: frozenset[str]
    regions: frozenset[str]
    topics: frozenset[str]
    event: str | None
    follows: str | None
    layout: str


def load_gold() -> list[Gold]:
    return [_gold(json.loads(line)) for line in PATH.read_text("utf-8").splitlines()]


def _gold(row: dict[str, Any]) -> Gold:
    for name in ("about", "mentioned", "optional", "regions", "topics"):
        row[name] = frozenset(row[name])
    return Gold(provenances=tuple(row.pop("published_provenance")), **row)
