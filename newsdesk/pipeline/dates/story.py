"""The date of an article that does not say its own, from the other articles of its story."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.pipeline.document import DateClaim

AGREEING_DAYS = 2  # the dates of the story lie within so many days, or they say nothing of this article
# How far a day without a year may lie from the story, and how sure it is then.
DISTANCES = ((2, 0.85), (7, 0.7), (31, 0.5))
ONE_ARTICLE, SAME_DAY, WITHIN_DAYS = 0.55, 0.8, 0.65
STORY = "story"


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
            return replace(_claimed(claim, nearest[1], confidence, near), year_from=STORY)
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
