"""The date of an article that does not say its own, from the other articles of its story."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsdesk.pipeline.document import DateClaim

AGREEING_DAYS = 2  # the dates of the story lie within so many days, or they say nothing of this article
# How far a day without a year may lie from the story, and how sure it is then.
DISTANCES = ((2, 0.85), (7, 0.7), (31, 0.5))
NEAR_DAYS = 3  # between the day of an article without a year and the coverage that it is compared with
ONE_ARTICLE, SAME_DAY, WITHIN_DAYS = 0.55, 0.8, 0.65
STORY = "story"
CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")


def complete_from_story(claim: DateClaim, dated: Sequence[tuple[str, dt.date]]) -> DateClaim:
    """The claim with a date if the story can give one; else as it was.

    ``dated``: the other articles of the story with their days. A day without a year takes the year in which it lies
    nearest to them. Without a day, their most frequent day is taken, the earliest of several.
    """
    if claim.value is not None or not dated:
        return claim
    days = [day for _, day in dated]
    if claim.month_day:
        return _complete_year(claim, dated)
    if (max(days) - min(days)).days > AGREEING_DAYS:
        return claim
    counts = Counter(days)
    day = min(days, key=lambda one: (-counts[one], one))
    confidence = ONE_ARTICLE if len(days) == 1 else SAME_DAY if len(counts) == 1 else WITHIN_DAYS
    return _claimed(claim, day, confidence, [name for name, _ in dated])


def _complete_year(claim: DateClaim, dated: Sequence[tuple[str, dt.date]]) -> DateClaim:
    month, day = int(claim.month_day[2:4]), int(claim.month_day[5:7])
    nearest: tuple[int, dt.date] | None = None
    for year in {one.year + more for _, one in dated for more in (-1, 0, 1)}:
        try:
            possible = dt.date(year, month, day)
        except ValueError:
            continue
        distance = min(abs((possible - one).days) for _, one in dated)
        nearest = min(nearest or (distance, possible), (distance, possible))
    if nearest is None:
        return claim
    for most, confidence in DISTANCES:
        if nearest[0] <= most:
            near = [name for name, one in dated if abs((one - nearest[1]).days) <= most]
            completed = _claimed(claim, nearest[1], confidence, near)
            clock = CLOCK.search(claim.evidence.text) if claim.evidence else None
            if clock:  # the article itself says the time of day, as in «22 фев, 19:26»
                hour, minute = int(clock[1]), clock[2]
                completed = replace(completed, value=f"{completed.value}T{hour:02}:{minute}", precision="minute")
            return replace(completed, year_from=STORY)
    return claim


def _claimed(claim: DateClaim, day: dt.date, confidence: float, names: Sequence[str]) -> DateClaim:
    return replace(
        claim,
        value=day.isoformat(),
        precision="day",
        provenance="story",
        confidence=confidence,
        story_articles=tuple(names),
    )


def assume_day(month_day: str, days: Iterable[dt.date]) -> dt.date | None:
    """A day without a year (``--02-22``) in the only year in which an article of the corpus is dated near it.

    For the grouping alone, so that the article is compared with the coverage of its day: it is no claim. None where
    no year or more than one will do.
    """
    month, day = int(month_day[2:4]), int(month_day[5:7])
    possible = set()
    for one in days:
        for year in (one.year - 1, one.year, one.year + 1):
            try:
                assumed = dt.date(year, month, day)
            except ValueError:
                continue
            if abs((assumed - one).days) <= NEAR_DAYS:
                possible.add(assumed)
    return possible.pop() if len(possible) == 1 else None
