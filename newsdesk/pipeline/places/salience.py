"""How much of an article a country is: its share of the places named, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from newsdesk.pipeline.cleaning.sentences import skip_dateline, split_sentences
from newsdesk.pipeline.document import CountryClaim
from newsdesk.pipeline.places.meaning import Place

MOST_EVIDENCE = 20  # spans kept a country, the first ones; the weight counts them all

# A weight is the share of mentions, as if some more were there so that one mention is never much, and what is added for
# standing where the article says what it is about. The sums were chosen by cross-validation; they may change by a fifth
# without much change in the result.
UNSEEN_MENTIONS = 3
TITLE = 0.25
LEAD = 0.25
DATELINE = 0.35
SPREAD = 0.1  # for being named in parts of the body that lie far apart
ABOUT = 0.4  # the least weight of a country that the article is about; it is about one at least
NEARLY_THE_MOST = 0.9
MOST_EQUAL = 3  # countries that an article is about where none weighs enough
CLAIMANT = 0.1  # the least weight of a country that claims a region which the article is about
ENUMERATED = 3  # countries, from which those that the first sentence enumerates share their role

LEAD_SHARE = 0.25  # of the body, or its first sentence; its first two paragraphs where it has many
LEAD_PARAGRAPHS = 2
FAR_APART = 0.4  # of the body
LONGEST_SENTENCE = 800  # characters, with the dateline before it

# "LONDON, March 3 -", "BAKU (AP) —", «МОСКВА, 22 фев — РИА Новости», «Москва. 28 ноября. ИНТЕРФАКС -»
_DATELINE = re.compile(r"\s*(?P<place>[^\W\d_][^\n,.(–—]{1,30})(?P<rest>[^\n]{0,60}?)\s?[-–—]{1,2}\s")

# Between two of "Peru, Chile and Bolivia", «с Перу, Чили, а также с Боливией», "Peru, Çili və Boliviya"
_JOINT = re.compile(r"(?:,|,?\s(?:and|и|а\sтакже|və))\s(?:(?:the|in|with|в|во|с|со)\s)?")
_BETWEEN = re.compile(r"\b(?:between|между|arasında)\s(?:the\s)?$", re.IGNORECASE)
LONGEST_BETWEEN = 15  # characters


def weigh(
    places: Sequence[Place], body: str, claimants: Mapping[str, Sequence[str]] | None = None
) -> tuple[CountryClaim, ...]:
    """A claim for each country, the weightiest first. ``claimants`` are, by region, the countries that claim it."""
    by_country: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_country[place.code].append(place)
    dateline = find_dateline(body)
    sentence = _end_of_first_sentence(body[:LONGEST_SENTENCE], dateline)
    lead = find_lead(body, sentence)
    weights = {code: _weight(own, len(places), len(body), lead, dateline) for code, own in by_country.items()}
    first = [place for place in places if place.evidence.field == "body" and place.evidence.start < sentence]
    about = _find_about(weights, claimants or {}, list(find_enumerations(first, body)))
    return tuple(
        CountryClaim(
            code,
            "about" if code in about else "mentioned",
            round(min(1.0, weight), 3),
            tuple(place.evidence for place in by_country[code][:MOST_EVIDENCE]),
        )
        for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    )


def _find_about(
    weights: Mapping[str, float], claimants: Mapping[str, Sequence[str]], enumerations: Sequence[Collection[str]]
) -> set[str]:
    """Those that weigh enough; who is named in one breath with one of these; and who claims one of these and is more
    than named in passing."""
    most = max(weights.values(), default=0)
    about = {code for code, weight in weights.items() if weight >= min(ABOUT, NEARLY_THE_MOST * most)}
    if most < ABOUT and len(about) > MOST_EQUAL:
        about = {next(code for code in weights if code in about)}  # named first
    about = about.union(*(one for one in enumerations if not about.isdisjoint(one)))
    claiming = {claimant for code in about for claimant in claimants.get(code, ())}
    return about | {code for code in claiming if weights.get(code, 0) >= CLAIMANT}


def find_enumerations(places: Sequence[Place], text: str) -> Iterator[set[str]]:
    """The countries of each run of names with nothing but a comma or "and" between them, if they are several; behind
    "between" two are enough."""
    codes: set[str] = set()
    least, end = ENUMERATED, 0
    for place in places:
        start = place.evidence.start
        if not _JOINT.fullmatch(text, end, start):
            if len(codes) >= least:
                yield codes
            codes = set()
            least = 2 if _BETWEEN.search(text, max(0, start - LONGEST_BETWEEN), start) else ENUMERATED
        codes.add(place.code)
        end = place.evidence.end
    if len(codes) >= least:
        yield codes


def _weight(own: Sequence[Place], total: int, length: int, lead: int, dateline: int) -> float:
    weight = len(own) / (total + UNSEEN_MENTIONS)
    if any(place.evidence.field == "title" for place in own):
        weight += TITLE
    starts = [place.evidence.start for place in own if place.evidence.field == "body"]
    if any(start < dateline for start in starts):
        weight += DATELINE
    if any(dateline <= start < lead for start in starts):
        weight += LEAD
    if starts and max(starts) - min(starts) >= FAR_APART * length:
        weight += SPREAD
    return weight


def find_lead(body: str, sentence: int = 0) -> int:
    """Where the part of the body ends that says what happened: of a short one not before the first ``sentence`` does."""
    paragraphs = [match.end() for match in islice(re.finditer(r"\S[^\n]*", body), 2 * LEAD_PARAGRAPHS + 1)]
    many = len(paragraphs) > 2 * LEAD_PARAGRAPHS
    return max(int(len(body) * LEAD_SHARE), paragraphs[LEAD_PARAGRAPHS - 1] if many else sentence)


def _end_of_first_sentence(body: str, dateline: int) -> int:
    """Of the one behind the line of place and date."""
    start = dateline or skip_dateline(body.lstrip()) + len(body) - len(body.lstrip())
    return next((start + end for _, end in split_sentences(body[start:])), 0)


def find_dateline(body: str) -> int:
    """Where the line of place and date ends with which agencies begin; 0 if there is none."""
    match = _DATELINE.match(body)
    if match is None:
        return 0
    dated = match["place"].isupper() or re.search(r"[\d(]", match["rest"])
    return match.end() if dated else 0
