"""Which line is the headline, and which lines say it again.

First the line that says what the format states as the title. Else every line that could be a headline is weighed by
its form, by what stands around it and by the words that it shares with the first paragraphs; the lines share out the
probability with one rival more, "none of them", whose sum is zero. The weights are data, made by
scripts/train_headline_model.py. Beside date or author less is asked of the likeliest line; and of a standfirst or a
caption, the headline is the line above.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsdesk.pipeline.cleaning.cues import names_day, without_time, words_in, words_of
from newsdesk.pipeline.cleaning.sentences import CLOSING, split_sentences
from newsdesk.pipeline.cleaning.verdicts import Verdict
from newsdesk.pipeline.cleaning.views import LABEL_WORDS, PROSE_WORDS, View

FILE = Path(__file__).with_name("headline.json")
WEIGHTS: Mapping[str, float] = json.loads(FILE.read_text("utf-8"))
BIAS = "bias"
LEAST = 0.5  # probability of a headline that is given
LEAST_AT_HEAD, AHEAD = 0.18, 1.4  # the same beside date or author, and how much likelier than any other it is then
HEAD = 10  # lines below a headline in which date or author stands
LONGER = 1.5  # times the words of a headline that its standfirst has
STATED = 0.98  # how sure a line is that says what the format states
ABOVE = 40  # lines above the first paragraph among which it is sought
MOST_WORDS, MOST_CHARACTERS = 30, 220  # of a headline
PARAGRAPHS = 6  # whose words are compared with it
TOP = 500  # lines among which it may stand again
NEWS_LABELS, LABELLED = words_in("news_labels"), "label and headline"  # the rule that takes one for a teaser's
UNDER = 6  # lines
NEAR = 3  # lines above and below that are looked at
BLOCK, DATED_WORDS, NAME_WORDS = 12, 8, range(2, 5)
SAME = 0.8  # share of words by which two lines say the same
REWORDED = 0.4  # of the shorter one, from which a line says what the format states, perhaps in another wording

ABOUT = frozenset({"author box", "date line", "section line", "share", "photo credit", "tags", "comments"})
SIGNED = frozenset({"author box", "date line"})
UNDER_CAPTION = frozenset({"share", "photo credit"})
LISTS = frozenset({"related links", "teaser", "comments", "tags", "advertisement", "subscribe"})

_STOP = words_in("stop")
_CREDIT = re.compile(
    r"\b(?:photos?|pictures?|pic|images?|credit|courtesy|getty|reuters|afp|ap|left|right|фото|архив|кадр|слева|справа)\b",
    re.IGNORECASE,
)
# In no headline: the credit of a picture, an address, the number of an issue.
_NEVER = re.compile(
    r"©|://|\bwww\.|\w\.[a-z]{2,6}/|\.pdf\b|\bvolume:?\s*\d+|\((?:credit|photo|image|фото)\s*[:©/]|№\s*\d+\s*(?:\(\d+\)|от\b)",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"\w[,:?!]\s|\s[–—]\s|[?!]$")
_SEPARATOR = re.compile(r"\s[|>»•·/]+\s|[|>]")


@dataclass(frozen=True, slots=True)
class Headline:
    """The index of its line, and how surely it is one."""

    index: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be the headline; ``said``: its words."""

    index: int
    said: str
    features: dict[str, float]


def find_headline(
    views: Sequence[View], verdicts: Sequence[Verdict | None], kept: Sequence[bool], stated: str = ""
) -> Headline | None:
    first = next((index for index, keep in enumerate(kept) if keep), None)
    if first is None:
        return None
    if stated and (same := _find_stated(views, first, set(words_of(stated)))) is not None:
        return Headline(same, STATED)
    candidates = find_candidates(views, verdicts, kept)
    best = _find_best(views, verdicts, rank(candidates), kept)
    return best and _find_above(views, verdicts, {one.index: one for one in candidates}, best)


def repeats(view: View, title: Sequence[str]) -> bool:
    """Whether a line says only the title again, perhaps with the name of the site."""
    if len(title) < 3 or not len(title) <= len(view.words) <= len(title) + 4:
        return False
    wanted = set(title)
    return len(wanted.intersection(view.words)) >= 0.9 * len(wanted)


def rewords(line: str, stated: str) -> bool:
    """Whether a line has, of the words of the shorter one, enough in common with what the format states as the title."""
    one, other = set(words_of(line)), set(words_of(stated))
    return len(one & other) >= REWORDED * max(1, min(len(one), len(other)))


def rank(candidates: Sequence[Candidate], weights: Mapping[str, float] | None = None) -> list[Headline]:
    """The candidates, the likeliest first; those that say the same have their probabilities added."""
    weights = WEIGHTS if weights is None else weights
    sums = [
        weights.get(BIAS, 0.0) + sum(value * weights.get(name, 0.0) for name, value in one.features.items())
        for one in candidates
    ]
    shift = max(0.0, *sums) if sums else 0.0
    shares = [math.exp(points - shift) for points in sums]
    total = math.exp(-shift) + sum(shares)
    same: dict[str, float] = defaultdict(float)
    for one, share in zip(candidates, shares, strict=True):
        same[one.said] += share / total
    order = sorted(zip(candidates, shares, strict=True), key=lambda pair: (-same[pair[0].said], -pair[1]))
    return [Headline(one.index, min(1.0, same[one.said])) for one, _ in order]


def find_candidates(views: Sequence[View], verdicts: Sequence[Verdict | None], kept: Sequence[bool]) -> list[Candidate]:
    """The lines down to the first paragraph of the body that could be its headline, with what speaks for them."""
    first = next((index for index, keep in enumerate(kept) if keep), len(views))
    lead = _find_lead(views, kept)
    verdicts = _without_labels(views, verdicts, lead)
    views = _spaced(views, lead)
    indexes = [
        index
        for index in range(max(0, lead - ABOVE), lead)
        if _could_be(views[index]) and not _is_cued(views[index], verdicts[index])
    ]
    body = _words_of_body(views, kept)
    lead_words = _keys(views[lead].words) if lead < len(views) else set()
    said = [" ".join(view.words) for view in views[:TOP]]
    shared = {index: len(_keys(views[index].words) & body) for index in indexes}
    plausible = [
        index
        for index in indexes
        if shared[index] and len(views[index].words) > LABEL_WORDS and _is_alone(views, index) and not views[index].cue
    ]
    kinds = [_kind(view, verdict) for view, verdict in zip(views[:lead], verdicts[:lead], strict=True)]
    telling = [index for index, view in enumerate(views[:lead]) if _says_something(view)]
    candidates = []
    for index in indexes:
        keys = _keys(views[index].words)
        features = {
            **_form(views[index]),
            **_surroundings(views, index, kinds, telling),
            "verdict": float(verdicts[index] is not None),
            **_repetition(said, index),
            "shared_share": shared[index] / max(1, len(keys)),
            "shared_count": min(shared[index], 4) / 4,
            "shared_none": float(not shared[index]),
            "lead_share": len(keys & lead_words) / max(1, len(keys)),
            "kept": float(kept[index]),
            "first_kept": float(index == first),
            "kept_above": float(index > first),
            "under_plausible": float(any(0 < index - other <= UNDER for other in plausible)),
            "over_plausible": float(any(0 < other - index <= UNDER for other in plausible)),
            "rivals_below": math.log1p(sum(index < other for other in indexes)),
            "rivals_above": math.log1p(sum(index - UNDER < other < index for other in indexes)),
        }
        candidates.append(Candidate(index, said[index] if index < TOP else " ".join(views[index].words), features))
    return candidates


def _spaced(views: Sequence[View], lead: int) -> Sequence[View]:
    """Where no empty line stands among the lines above the text, there is one before each of them: it would tell nothing.
    The text may begin before its first paragraph, with short lines that stand apart."""
    tight = next((index for index in range(1, lead) if views[index].line.gap), lead)
    if not all(view.line.gap for view in views[tight:lead]):
        return views
    above = [view._replace(line=view.line._replace(gap=True)) for view in views[: lead + 1]]
    return [*above, *views[lead + 1 :]]


def _find_best(
    views: Sequence[View], verdicts: Sequence[Verdict | None], ranked: Sequence[Headline], kept: Sequence[bool]
) -> Headline | None:
    """The likeliest line, if it is likely; beside the date or the author it need only be much likelier than the others."""
    if not ranked:
        return None
    best = ranked[0]
    if best.score >= LEAST:
        return best
    others = [one.score for one in ranked if views[one.index].words != views[best.index].words]
    if _SEPARATOR.search(views[best.index].line.text) or len(views[best.index].words) < LABEL_WORDS:
        return None
    ahead = best.score >= max(LEAST_AT_HEAD, AHEAD * max(others, default=0.0))
    at_head = ahead and _is_at_head(views, verdicts, best.index, _find_lead(views, kept))
    return replace(best, score=LEAST) if at_head else None


def _is_at_head(views: Sequence[View], verdicts: Sequence[Verdict | None], index: int, lead: int) -> bool:
    """Whether it is no name, and date or author stand between it and the first paragraph, or the date above a label."""
    if _kind(views[index], verdicts[index]):
        return False
    above = index - 1
    while above > 0 and index - above < NEAR and len(views[above].words) <= LABEL_WORDS and not _is_dated(views[above]):
        above -= 1
    below = range(index + 1, min(lead, index + 1 + HEAD))
    if any(_is_signed(views[at], verdicts[at]) for at in below):
        return True
    return above >= 0 and _is_dated(views[above]) and views[index].line.text[-1] != "."


def _is_signed(view: View, verdict: Verdict | None) -> bool:
    """Whether it says when or who."""
    return _is_dated(view) or bool(_reasons(view, verdict) & SIGNED)


def _reasons(view: View, verdict: Verdict | None) -> set[str]:
    return {one.reason for one in (view.cue, verdict) if one}


def _find_above(
    views: Sequence[View], verdicts: Sequence[Verdict | None], candidates: Mapping[int, Candidate], best: Headline
) -> Headline:
    """The headline stands above a caption and above a standfirst, unless the page says this line once more."""
    if any(candidates[best.index].features[name] for name in ("again", "within", "within_title")):
        return best
    index = _over_caption(views, verdicts, candidates, best.index)
    return replace(best, index=_over_standfirst(views, verdicts, candidates, index))


def _over_caption(
    views: Sequence[View], verdicts: Sequence[Verdict | None], candidates: Mapping[int, Candidate], index: int
) -> int:
    """From a line between the author and buttons or a credit to the line above date and author."""
    below = set() if index + 1 == len(views) else _reasons(views[index + 1], verdicts[index + 1])
    above = index - 1
    while above >= 0 and index - above <= HEAD and _kind(views[above], verdicts[above]):
        above -= 1
    signed = any(_is_signed(views[at], verdicts[at]) for at in range(above + 1, index))
    found = below & UNDER_CAPTION and signed and above in candidates and not candidates[above].features["shared_none"]
    return above if found and _is_plain(views[above], verdicts[above]) else index


def _over_standfirst(
    views: Sequence[View], verdicts: Sequence[Verdict | None], candidates: Mapping[int, Candidate], index: int
) -> int:
    """From a line right above date and author to the shorter one above it, which a pause tells from a part of a menu,
    or the line itself by being more than one sentence."""
    above = index - 1
    if (
        above in candidates
        and above > 0
        and _is_plain(views[above], verdicts[above])
        and (_PAUSE.search(views[above].line.text) or len([*split_sentences(views[index].line.text)]) > 1)
        and len(views[index].words) >= max(PROSE_WORDS, LONGER * len(views[above].words))
        and any(_kind(views[at], verdicts[at]) for at in range(index + 1, min(len(views), index + NEAR)))
        and (len(views[above - 1].words) <= LABEL_WORDS or _kind(views[above - 1], verdicts[above - 1]))
    ):
        return above
    return index


def _is_plain(view: View, verdict: Verdict | None) -> bool:
    return not (view.cue or verdict or _kind(view, verdict))


def _find_lead(views: Sequence[View], kept: Sequence[bool]) -> int:
    """The first paragraph of the body. A short one right above the date is a headline or its standfirst."""
    lead = None
    for index, keep in enumerate(kept):
        if keep and _is_paragraph(views[index]):
            if lead is not None and not (_could_be(views[lead]) and _says_day(views[lead + 1])):
                break
            lead = index
    return lead if lead is not None else next((index for index, keep in enumerate(kept) if keep), len(views))


def _without_labels(views: Sequence[View], verdicts: Sequence[Verdict | None], lead: int) -> Sequence[Verdict | None]:
    """A label like "Exclusive", said once above the first paragraph, is that of the headline below it."""
    labels = [index for index in range(lead) if " ".join(views[index].words) in NEWS_LABELS]
    if len(labels) != 1:
        return verdicts
    labelled = range(labels[0], labels[0] + 2)
    return [
        None if verdict and verdict.rule == LABELLED and index in labelled else verdict
        for index, verdict in enumerate(verdicts)
    ]


def _find_stated(views: Sequence[View], first: int, wanted: set[str]) -> int | None:
    if not wanted:
        return None
    found = [
        index
        for index, view in enumerate(views[: first + 3])
        if view.words and len(wanted & set(view.words)) / len(wanted | set(view.words)) >= SAME
    ]
    return found[-1] if found else None


def _is_paragraph(view: View) -> bool:
    """Prose that is no headline with a question mark and no line of place and date."""
    asks = view.line.text[-1] in "?!" and len(view.words) <= MOST_WORDS
    return view.prose and not asks and not _is_dated(view)


def _could_be(view: View) -> bool:
    return (
        not view.time
        and len(without_time(view.words)) >= 2
        and len(view.words) <= MOST_WORDS
        and len(view.line.text) <= MOST_CHARACTERS
        and not view.line.text[0].islower()
        and not _NEVER.search(view.line.text)
    )


def _is_cued(view: View, verdict: Verdict | None) -> bool:
    """Whether it says nothing but that it is chrome, or is a line of tags; a headline may begin with words of chrome."""
    tags = verdict is not None and verdict.rule == "line" and verdict.reason == "tags"
    return tags or (view.cue is not None and view.cue.strength == 2)


def _form(view: View) -> dict[str, float]:
    text, words = view.line.text, view.words
    spelt = [word for word in text.split() if word[0].isalpha()]
    return {
        "words_2": float(len(words) == 2),
        "words_3": float(len(words) == 3),
        "words_4": float(len(words) == 4),
        "words_many": max(0, len(words) - 16) / 8,
        "full_stop": float(text.rstrip(CLOSING)[-1:] in tuple(".…")),
        "stop_long": float(view.prose),
        "pause": float(text[-1] in ",;:—–-"),
        "question": float(text[-1] in "?!"),
        "bracket": float(text[-1] in ")]"),
        "number_end": float(text[-1].isdigit()),
        "upper": float(text.isupper()),
        "capitals": sum(word[0].isupper() for word in spelt) / max(1, len(spelt)),
        "stop_words": sum(word in _STOP for word in words) / len(words),
        "digits": sum(word[0].isdigit() for word in words) / len(words),
        "digit_start": float(text[0].isdigit()),
        "separator": float(_SEPARATOR.search(text) is not None),
        "credit": float(_CREDIT.search(text) is not None),
        "commas": min(text.count(","), 4) / 4,
        "cue": float(view.cue is not None),
    }


def _surroundings(views: Sequence[View], index: int, kinds: Sequence[str], telling: Sequence[int]) -> dict[str, float]:
    """``kinds``: what each line down to the first paragraph is; ``telling``: those of them that say something."""
    at = bisect_left(telling, index)
    between = telling[bisect_right(telling, index) :]
    below = [kinds[one] for one in between[:NEAR]]
    start, end = _block(views, index)
    rest = sum(kinds[one] == "" and len(views[one].words) > LABEL_WORDS for one in between)
    above = telling[at - 1] if at else None
    of_above = "" if above is None else kinds[above]
    return {
        "first_line": float(above is None),
        "gap_before": float(_opens(views, index)),
        "gap_after": float(end == index + 1),
        "alone": float(end - start == 1),
        "block": math.log1p(end - start - 1),
        "block_above": math.log1p(index - start),
        "next_is_lead": float(not between),
        "distance": math.log1p(len(between)),
        "between": math.log1p(rest),
        "nothing_between": float(bool(between) and not rest),
        **{f"{kind}_near": float(kind in below) for kind in ("dated", "name", "about")},
        "about_above": float(of_above == "about"),
        "dated_above": float(of_above == "dated"),
        "short_above": float(above is not None and of_above != "dated" and len(views[above].words) <= LABEL_WORDS),
        "under_list": float(_is_under_list(views, index)),
    }


def _says_something(view: View) -> bool:
    return any(len(word) > 1 for word in view.words)


def _kind(view: View, verdict: Verdict | None) -> str:
    """What stands around a headline: "dated", "about" (who, where on the site, buttons), "name"; else nothing."""
    if _is_dated(view):
        return "dated"
    if _reasons(view, verdict) & ABOUT:
        return "about"
    if len(view.words) in NAME_WORDS and all(part[0].isupper() for part in view.line.text.split() if part[0].isalpha()):
        return "name"
    return ""


def _opens(views: Sequence[View], index: int) -> bool:
    return index == 0 or views[index].line.gap or not _says_something(views[index - 1])


def _block(views: Sequence[View], index: int) -> tuple[int, int]:
    """The lines around it up to an empty one, of which no more than a few are counted."""
    start, end = index, index + 1
    while index - start < BLOCK and not _opens(views, start):
        start -= 1
    while end - index < BLOCK and end < len(views) and not _opens(views, end) and _says_something(views[end]):
        end += 1
    return start, end


def _is_alone(views: Sequence[View], index: int) -> bool:
    return _block(views, index) == (index, index + 1)


def _says_day(view: View) -> bool:
    return view.time and names_day(view.line.text, view.words)


def _is_dated(view: View) -> bool:
    """A day with little else: "Agencies: London, Mon Jan 16 2012, 14:12 hrs"."""
    return view.time or (
        len(without_time(view.words)) <= DATED_WORDS
        and any(word[0].isdigit() for word in view.words)
        and names_day(view.line.text, view.words)
        and view.line.text[-1] not in ".!?"
    )


def _repetition(said: Sequence[str], index: int) -> dict[str, float]:
    own = said[index] if index < len(said) else ""
    longer = [other for other in said if own and own in other and other != own] if own.count(" ") >= 2 else []
    title = said[0]
    return {
        "again": float(bool(own) and said.count(own) > 1),
        "within": float(any(other.count(" ") - own.count(" ") <= 12 for other in longer)),
        "within_title": float(index > 0 and own.count(" ") >= 2 and own in title),
        "holds": float(
            own.count(" ") >= 2 and any(other.count(" ") >= 2 and other != own and other in own for other in said)
        ),
    }


def _is_under_list(views: Sequence[View], index: int) -> bool:
    """Whether the header of a list of other articles stands above, with nothing but headlines between."""
    for above in range(index - 1, max(-1, index - 5), -1):
        cue = None if " ".join(views[above].words) in NEWS_LABELS else views[above].cue
        if cue and cue.strength == 2 and cue.reason in LISTS:
            return True
        if not views[above].headline:
            return False
    return False


def _words_of_body(views: Sequence[View], kept: Sequence[bool]) -> set[str]:
    """The beginnings of the long words of its first paragraphs that are no headline themselves."""
    body = [view for view, keep in zip(views, kept, strict=True) if keep and len(view.words) >= PROSE_WORDS]
    return {key for view in body[:PARAGRAPHS] if not view.headline for key in _keys(view.words)}


def _keys(words: Sequence[str]) -> set[str]:
    return {word[:5] for word in words if len(word) >= 4 and word not in _STOP}
