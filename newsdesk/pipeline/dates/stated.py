"""Dates that the markup or the address states, beside the text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

STATED = re.compile(
    r"\s*(?P<year>(?:19|20)[0-9]{2})-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})"
    r"(?:[T ](?P<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9])(?::[0-9]{2})?(?:[.,][0-9]+)?"
    r"\s?(?P<zone>Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?(?![0-9]))?)?"
)
# /2022/02/22/, /20220222/, /2022-02-22-, and of some only year and month: /2022/02/.
IN_URL = re.compile(r"(?<!\d)(?P<year>(?:19[89]|20[0-4])\d)([/_.-]?)(?P<month>0[1-9]|1[0-2])\2(?P<day>[0-3]\d)(?!\d)")
MONTH_IN_URL = re.compile(r"/(?P<year>(?:19[89]|20[0-4])\d)[/-](?P<month>0[1-9]|1[0-2])(?=[/_-]|$)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A day with its clock, if that is stated too."""

    day: dt.date
    value: str
    has_clock: bool


def read_stated(value: str) -> Stated | None:
    """A date of the metadata, in ISO 8601."""
    match = STATED.match(value)
    day = _day(match) if match else None
    if not match or not day:
        return None
    if not match["clock"]:
        return Stated(day, day.isoformat(), has_clock=False)
    return Stated(day, f"{day}T{match['clock']}{_zone(match['zone'])}", has_clock=True)


def day_in_url(url: str) -> dt.date | None:
    match = IN_URL.search(url)
    return _day(match) if match else None


def month_in_url(url: str) -> tuple[int, int] | None:
    match = IN_URL.search(url) or MONTH_IN_URL.search(url)
    return (int(match["year"]), int(match["month"])) if match else None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    digits = zone[1:].replace(":", "")
    return "+00:00" if zone == "Z" else f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
