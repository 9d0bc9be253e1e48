"""What holds in the end: the machine's claims with the corrections of people laid over them."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newsdesk.pipeline.dates.years import OLDEST
from newsdesk.query.dates import to_iso

if TYPE_CHECKING:
    from newsdesk.articles.models import Correction

JSON = dict[str, Any]
Layer = Callable[[JSON, str, Any], None]

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?)?)?)?", re.ASCII)
AHEAD = dt.timedelta(days=1)  # somewhere it is tomorrow already


def resolve(claims: JSON, corrections: Iterable[Correction]) -> JSON:
    """A copy of ``claims`` (see pipeline/record.py) in which each corrected value stands in place of the machine's.

    A corrected value has the provenance ``correction`` and confidence 1; a corrected country or topic has
    ``"corrected": True`` and keeps the machine's evidence where there is any.
    """
    held = copy.deepcopy(claims)
    if held.get("published_story") and held["published"]["value"] is None:
        held["published"] = held["published_story"]
    for correction in corrections:
        _LAYERS[correction.field](held, correction.key, correction.value)
    if held["title"]["provenance"] == "correction":
        _drop_evidence_of_the_former_title(held)
    return held


def parse_date(value: str) -> tuple[str, str]:
    """An ISO 8601 date and its precision. Raises ValueError for anything else."""
    value = value.strip()
    if not DATE.fullmatch(value):
        raise ValueError(f"{value!r} is not a date. Write 2022, 2022-02, 2022-02-22 or 2022-02-22T16:14.")
    if len(value) > 10:
        dt.datetime.fromisoformat(value)
        return value, "minute"
    precision = {4: "year", 7: "month", 10: "day"}[len(value)]
    dt.date.fromisoformat((value + "-01-01")[:10])
    return value, precision


class WrongDateError(ValueError):
    """``code`` says why: form, day, time, old, future."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_date(written: str, now: dt.datetime) -> str:
    """What a person wrote as `parse_date` reads it. Raises `WrongDateError`, for what cannot be the date of an article, too."""
    value = to_iso(written.strip())
    if not DATE.fullmatch(value):
        raise WrongDateError("form")
    try:
        day = dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError as error:
        raise WrongDateError("day") from error
    try:
        parse_date(value)
    except ValueError as error:
        raise WrongDateError("time") from error
    if day.year < OLDEST:
        raise WrongDateError("old")
    if day > (now + AHEAD).date():
        raise WrongDateError("future")
    return value


def _title(held: JSON, _key: str, value: str) -> None:
    held["title"] = {"value": value, "provenance": "correction", "confidence": 1.0}


def _drop_evidence_of_the_former_title(held: JSON) -> None:
    title = held["title"]["value"]
    for claim in (*held["countries"], *held["topics"]):
        claim["evidence"] = [
            span
            for span in claim["evidence"]
            if span["field"] != "title" or title[span["start"] : span["end"]] == span["text"]
        ]


def _section(held: JSON, _key: str, value: str) -> None:
    held["section"] = value


def _author(held: JSON, _key: str, value: str) -> None:
    held["author"] = value


def _language(held: JSON, _key: str, value: str) -> None:
    held["language"] = {"value": value, "confidence": 1.0, "runner_up": "", "margin": 1.0}


def _published(held: JSON, _key: str, value: str) -> None:
    iso, precision = parse_date(value) if value else (None, None)
    held["published"] = {
        "value": iso,
        "precision": precision,
        "provenance": "correction",
        "confidence": 1.0,
        "evidence": None,
        "alternatives": [],
        "year_from": "",
        "month_day": "",
        "story_articles": [],
    }


def _country(held: JSON, code: str, role: str) -> None:
    machine = next((claim for claim in held["countries"] if claim["code"] == code), None)
    held["countries"] = [claim for claim in held["countries"] if claim["code"] != code]
    if role != "none":
        claim = machine or {"code": code, "weight": 1.0, "evidence": []}
        held["countries"].append({**claim, "role": role, "corrected": True})


def _topic(held: JSON, slug: str, holds: bool) -> None:
    machine = next((claim for claim in held["topics"] if claim["slug"] == slug), None)
    held["topics"] = [claim for claim in held["topics"] if claim["slug"] != slug]
    if holds:
        claim = machine or {"slug": slug, "evidence": []}
        held["topics"].append({**claim, "corrected": True})


def _story(held: JSON, _key: str, story: int | None) -> None:
    """The story is a column of the article; store.py keeps the pin when it groups."""


def _cut(held: JSON, _key: str, _value: JSON) -> None:
    """The pipeline obeys it (see store.py): all that is claimed rests on the text without what was cut."""


_LAYERS: dict[str, Layer] = {
    "title": _title,
    "section": _section,
    "author": _author,
    "language": _language,
    "published": _published,
    "country": _country,
    "topic": _topic,
    "story": _story,
    "cut": _cut,
}
