"""When was it published? The stage that answers, or says that it does not know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.pipeline.dates.candidates import SPEAKING, Candidate
from newsdesk.pipeline.dates.context import JUST_ABOVE, find_candidates
from newsdesk.pipeline.dates.lines import OWN_LABELS
from newsdesk.pipeline.dates.page import Page
from newsdesk.pipeline.dates.scoring import Ranked, rank
from newsdesk.pipeline.dates.stated import Stated, read_stated
from newsdesk.pipeline.dates.years import OLDEST
from newsdesk.pipeline.document import DateCandidate, DateClaim, Document, Evidence

LEAST = 0.4  # a day that is less likely is not said
LEAST_TOLD = 0.5  # a day in prose with its year: of its own day, prose seldom says the year
LEAST_OF_ANOTHER = 0.55  # the only day on the page, but the words beside it say that it is of something else
LEAST_MONTH_DAY = 0.2
LEAST_ALTERNATIVE = 0.05
MOST_ALTERNATIVES = 5
MOST_FROM_TEXT = 0.85  # prose tells events; that it tells its own day is never certain
MOST_OF_A_MONTH = 0.6
MOST_RELATIVE = 0.8  # "today" was the day of collection if nobody kept the page for long
MOST_OF_AN_UPDATE = 0.88  # where nothing else says when it was published
MOST_OF_THE_HEAD = 0.8  # far above the headline, and in a header without lines, may stand the day of the visit
CONFIRMING = OWN_LABELS | {"dateline_agrees", "pointed_agrees", "weekday_agrees", "url_agrees"}
OF_ANOTHER = frozenset({"another", "foreign", "event_line"})
MOST = 0.99
METADATA_AGREES, METADATA_ALONE, METADATA_DIFFERS, MODIFIED_ALONE = 0.98, 0.93, 0.8, 0.5
URL_AGREES, URL_ALONE, URL_DIFFERS = 0.97, 0.93, 0.75
NEIGHBOUR = 0.5  # a day beside that of the URL is believed if it is as likely as this
SURE = 0.8  # a header that contradicts metadata or URL as surely as this lowers their confidence


def find_date(document: Document) -> Document:
    """The document with its date of publication.

    In order: what the markup states; what the address states; the likeliest date of the text. The text is asked in
    any case, for it confirms, gives the clock, and shows the alternatives.
    """
    page = Page(document)
    ranked = rank(find_candidates(page))
    claim = _from_metadata(page, ranked) or _from_url(page, ranked) or _from_text(page, ranked) or _from_modified(page)
    return replace(document, published=claim or DateClaim(alternatives=_alternatives(page, ranked)))


def _from_metadata(page: Page, ranked: Sequence[Ranked]) -> DateClaim | None:
    stated = _stated(page, "published")
    if not stated:
        return None
    seen = _nearest(ranked, stated.day)
    value = stated.value
    if seen and seen.candidate.day == stated.day and not stated.has_clock:
        value = _value(seen)
    return DateClaim(
        value=value,
        precision="minute" if "T" in value else "day",
        provenance="metadata",
        confidence=METADATA_AGREES if seen else METADATA_DIFFERS if _is_sure(ranked) else METADATA_ALONE,
        evidence=_evidence(page, seen) if seen else None,
        alternatives=_alternatives(page, ranked, stated.day),
    )


def _from_url(page: Page, ranked: Sequence[Ranked]) -> DateClaim | None:
    day = page.url_day
    if not day or day > page.newest:
        return None
    seen = _nearest(ranked, day)
    if seen and not _is_told(seen.candidate) and (seen.candidate.day == day or seen.probability >= NEIGHBOUR):
        return _claim(page, ranked, seen, max(URL_AGREES, seen.probability))
    return DateClaim(
        value=day.isoformat(),
        precision="day",
        provenance="url",
        confidence=URL_AGREES if seen else URL_DIFFERS if _is_sure(ranked) else URL_ALONE,
        evidence=_evidence(page, seen) if seen else None,
        alternatives=_alternatives(page, ranked, day),
    )


def _from_text(page: Page, ranked: Sequence[Ranked]) -> DateClaim | None:
    for one in ranked:
        if one.key.startswith("--"):
            if one.probability >= LEAST_MONTH_DAY:
                return DateClaim(
                    evidence=_evidence(page, one), month_day=one.key, alternatives=_alternatives(page, ranked)
                )
        elif one.probability >= _least(one.candidate):
            return _claim(page, ranked, one, one.probability)
    return None


def _from_modified(page: Page) -> DateClaim | None:
    stated = _stated(page, "modified")
    if not stated:
        return None
    return DateClaim(stated.value, "minute" if stated.has_clock else "day", "metadata", MODIFIED_ALONE)


def _claim(page: Page, ranked: Sequence[Ranked], one: Ranked, probability: float) -> DateClaim:
    candidate = one.candidate
    confidence = min(probability, _most(page, candidate))
    if candidate.year:
        confidence *= candidate.year.confidence
    value = _value(one)
    return DateClaim(
        value=value,
        precision="minute" if "T" in value else "day" if candidate.day else "month",
        provenance="text" if _is_told(candidate) else "header",
        confidence=round(confidence, 3),
        evidence=_evidence(page, one),
        alternatives=_alternatives(page, ranked, candidate.day, one.key),
        year_from=candidate.year.source if candidate.year else "",
    )


def _most(page: Page, candidate: Candidate) -> float:
    """What a candidate of this kind can be believed at most, however well it does among the others."""
    if _is_told(candidate):
        return MOST_FROM_TEXT
    if candidate.day is None:
        return MOST_OF_A_MONTH
    if candidate.mention.shape == "relative":
        return MOST_RELATIVE
    if "updated" in candidate.features:
        return MOST_OF_AN_UPDATE
    doubtful = candidate.line < page.layout.top - JUST_ABOVE or "header" in candidate.features
    return MOST_OF_THE_HEAD if doubtful and CONFIRMING.isdisjoint(candidate.features) else MOST


def _least(candidate: Candidate) -> float:
    """How likely it must be to be said. A date of numbers in prose is rather a header that ran into it."""
    if not OF_ANOTHER.isdisjoint(candidate.features):
        return LEAST_OF_ANOTHER
    return LEAST_TOLD if "told_year" in candidate.features and candidate.mention.shape == "words" else LEAST


def _is_told(candidate: Candidate) -> bool:
    return not SPEAKING.isdisjoint(candidate.features)


def _value(one: Ranked) -> str:
    """With the clock beside it; but a clock in prose is that of the event."""
    mention = one.candidate.mention
    clock = mention.clock and one.candidate.day and not _is_told(one.candidate)
    return f"{one.key}T{mention.clock}{mention.zone}" if clock else one.key


def _evidence(page: Page, one: Ranked) -> Evidence:
    start, end = one.candidate.mention.start, one.candidate.mention.end
    return Evidence(start, end, page.text[start:end], "raw")


def _alternatives(
    page: Page, ranked: Sequence[Ranked], day: dt.date | None = None, key: str = ""
) -> tuple[DateCandidate, ...]:
    others = [
        DateCandidate(_value(one), round(one.probability, 3), _evidence(page, one))
        for one in ranked
        if one.candidate.day and one.candidate.day != day and one.key != key and one.probability >= LEAST_ALTERNATIVE
    ]
    return tuple(others[:MOST_ALTERNATIVES])


def _stated(page: Page, name: str) -> Stated | None:
    stated = read_stated(page.document.raw.metadata.get(name, ""))
    return stated if stated and dt.date(OLDEST, 1, 1) <= stated.day <= page.newest else None


def _nearest(ranked: Sequence[Ranked], day: dt.date) -> Ranked | None:
    """The likeliest candidate for a day; or for a neighbour of it, since zones differ."""
    near = [one for one in ranked if one.candidate.day and abs((one.candidate.day - day).days) <= 1]
    return min(near, key=lambda one: one.candidate.day != day, default=None)


def _is_sure(ranked: Sequence[Ranked]) -> bool:
    return bool(ranked) and ranked[0].probability >= SURE
