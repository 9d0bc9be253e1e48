"""Other articles among the lines of this one: by labels, headers and dates, with their summaries or without."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsdesk.pipeline.cleaning.cues import names_day
from newsdesk.pipeline.cleaning.inline import CLOCK, FULL_DAY
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.sentences import CLOSING, ends_clause, ends_sentence, split_sentences
from newsdesk.pipeline.cleaning.verdicts import LIKELY, SURE, Verdict
from newsdesk.pipeline.cleaning.views import (
    LABEL_WORDS,
    SENTENCE_WORDS,
    View,
    first_paragraph,
    first_prose,
    is_header,
    is_plain,
    is_short_sentence,
)
from newsdesk.pipeline.cleaning.wrapping import BULLET

LABEL_CHARACTERS = 28
# A word that labels the headline below it as another article, even once.
LABELS = frozenset({"pro", "эксклюзив", "спецпроект", "exclusive", "premium"})
SAYS_ALSO = frozenset({"также", "теме", "also", "related", "read", "читайте"})  # words of a header that has one link
MOST_WITHIN = 6  # links to other articles between two paragraphs
LEAST_SUMMED_UP, LONGEST_SUMMARY = 2, 60  # links with their summaries; words of one
LEAST_DATED_BELOW = 3  # of them with their days, where no header stands above
LONGEST_DATED, MOST_SENTENCES = 40, 2  # words and sentences of a summary below a day
HEADING_WORDS = 6  # of a section of the article below links
LEAST_OF_ROW, LEAST_OF_SHORT_ROW = 15, 30  # headlines of a row; of one of short ones
LONG_OF_ROW, SHORT_OF_ROW = 8, 5  # words of its headlines in the mean
LONGEST_OF_ROW = 220  # characters of a headline with its summary
EDGE_OF_ROW = 5  # lines
LEAST_BESIDE_ROW = 60  # words of prose beside it
LEAST_DATED = 2  # headlines with their dates, with their summaries or without
LEAST_BETWEEN = 3  # paragraphs between two dates that are no summary of another article
MOST_IN_ROW = 2  # headlines behind their dates
DASHES = ("— ", "– ")  # before what somebody says

_DATE_AND_CAPITAL = re.compile(rf"(?i:(?:{FULL_DAY})(?:,?\s+{CLOCK})?)(?<=\d)[«“\"]?[A-ZА-ЯЁ][a-zа-яё]")


def find_behind_dates(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> Iterator[tuple[list[int], Verdict]]:
    """Below the first paragraph, another article with its day right before it, as two elements of a page run together:
    "4 февраля 2020Мост закрыт". More of them in a row are what happened when."""
    first = first_paragraph(views, verdicts)
    for found, group in itertools.groupby(
        range(first + 1, len(views)), lambda index: views[index].headline and runs_into_date(views[index].line)
    ):
        row = list(group)
        if found and len(row) <= MOST_IN_ROW:
            yield row, Verdict("related links", SURE, "date and headline in one")


def runs_into_date(line: Line) -> bool:
    """Whether it begins with a day and its year, and goes on with a capital without a space."""
    return _DATE_AND_CAPITAL.match(line.text) is not None


def find_labelled(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Pairs of a short label and a headline: a label that returns, each time above a headline, or a known one once. The
    only one above the first paragraph may be the headline of the article itself."""
    labels = defaultdict(list)
    for index, view in enumerate(views[:-1]):
        short = 0 < len(view.words) <= LABEL_WORDS and len(view.line.text) <= LABEL_CHARACTERS
        if short and not view.time and not views[index + 1].line.gap and view.line.text[-1] not in ".!?,;":
            labels[" ".join(view.words)].append(index)
    prose = first_prose(views)
    for label, indexes in labels.items():
        pairs = [index for index in indexes if views[index + 1].headline and not _asks(views[index + 1])]
        if prose < len(views) and len(pairs) > 0.6 * len(indexes) and (len(pairs) >= 2 or label in LABELS):
            if label not in LABELS and len(pairs) >= 2 and pairs[1] > prose > pairs[0]:
                del pairs[0]
            yield (
                [line for index in pairs for line in (index, index + 1)],
                Verdict("teaser", LIKELY, "label and headline"),
            )


def find_under_headers(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Headlines right below "Read also", "Related articles", behind the first paragraph."""
    prose = [index for index, view in enumerate(views) if view.prose]
    spoken = next((index for index in prose if _is_spoken(views[index])), len(views))
    for index in range(prose[0] + 1 if prose else len(views), len(views)):
        if is_header(views[index], "related links"):
            links = list(
                itertools.takewhile(
                    lambda at: _is_link(views[at]) and not (spoken < index and _is_spoken(views[at])),  # noqa: B023  (called at once)
                    range(index + 1, len(views)),
                )
            )
            if not links and len(views[index].words) > 1 and len(prose) > 1 and prose[1] < index:
                links = _links_within(views, index + 1)
            yield links, Verdict("related links", LIKELY, "headlines under a header")


def find_with_summaries(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """The same where each headline has its summary below it. Behind the last of them the article may go on: then that one
    may be the heading of a section."""
    first = first_prose(views)
    for index in range(first + 1, len(views)):
        if not is_header(views[index], "related links"):
            continue
        after = index + 1
        while after + 1 < len(views) and _is_summed_up(views[after], views[after + 1]):
            after += 2
        pairs = (after - index) // 2
        if pairs >= LEAST_SUMMED_UP:
            goes_on = after < len(views) and ends_clause(views[after].line.text) and not views[after].cue
            yield [*range(index + 1, after - 2 * goes_on)], Verdict("related links", LIKELY, "summaries under a header")


def _is_summed_up(headline: View, summary: View) -> bool:
    return (
        headline.headline
        and not (_asks(headline) or _is_spoken(headline) or is_header(headline, "related links"))
        and _is_summary(summary, LONGEST_SUMMARY)
    )


def _is_summary(view: View, longest: int) -> bool:
    return SENTENCE_WORDS <= len(view.words) <= longest and ends_sentence(view.line.text)


def find_dated_summaries(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Below a paragraph, other articles with day and summary: in turn a headline and its day, or a day and its headline,
    and a sentence or two. Without a header above they are told from a chronicle by being short beside the article, at its
    end, and more."""
    prose = [index for index, view in enumerate(views) if view.prose]
    at = prose[0] + 1 if prose else len(views)
    while at < len(views):
        end = at
        while _is_dated_summary(views[end : end + 3]):
            end += 3
        found = (end - at) // 3
        if found >= LEAST_DATED and (
            is_header(views[at - 1], "related links")
            or (found >= LEAST_DATED_BELOW and _is_below(views, prose, at, end))
        ):
            yield [*range(at, end)], Verdict("related links", LIKELY, "dated summaries")
        at = max(at + 1, end)


def _is_dated_summary(views: Sequence[View]) -> bool:
    if len(views) < 3:
        return False
    *head, summary = views
    day, headline = sorted(head, key=lambda view: not view.time)
    return (
        day.time
        and names_day(day.line.text, day.words)
        and headline.headline
        and _is_summary(summary, LONGEST_DATED)
        and sum(1 for _ in split_sentences(summary.line.text)) <= MOST_SENTENCES
    )


def _is_below(views: Sequence[View], prose: Sequence[int], start: int, end: int) -> bool:
    """Whether it stands below all prose, of which there is as much."""
    before = sum(len(views[index].words) for index in prose if index < start)
    after = any(index >= end and not views[index].cue for index in prose)
    return not after and before >= sum(len(view.words) for view in views[start:end])


def _is_spoken(view: View) -> bool:
    """A line of an interview."""
    return view.line.text.startswith(DASHES)


def _is_link(view: View) -> bool:
    return not view.line.gap and _is_of_link(view)


def _is_of_link(view: View) -> bool:
    """A headline, or when it was published; no header of the next list."""
    return view.time or (view.headline and not is_header(view, "related links"))


def _links_within(views: Sequence[View], start: int) -> list[int]:
    """The same in the midst of an article, where an empty line stands below the header. The last of several paragraphs
    that are headlines may be that of a section of the article."""
    links = list(itertools.takewhile(lambda at: _is_of_link(views[at]), range(start, len(views))))
    after = start + len(links)
    if not 0 < len(links) <= MOST_WITHIN or after == len(views) or not views[after].prose:
        return []
    if len(links) == 1:
        return links if SAYS_ALSO & set(views[start - 1].words) else []
    return links[:-1] if views[links[-1]].line.gap else links


def _asks(view: View) -> bool:
    return view.line.text[-1] in "?!"


def find_dated(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """A list of other articles after this one: dates, each above or below a headline, and what stands below the last. What
    is told behind one of them at length may be the article, which goes on: the model decides."""
    prose = [index for index, view in enumerate(views) if view.prose]
    if not prose:
        return
    dates = [
        index
        for index, view in enumerate(views)
        if view.time and names_day(view.line.text, view.words) and index > prose[0]
    ]
    dates = [index for index in dates if _is_entry(views, index)]
    if len(dates) < LEAST_DATED:
        return
    first, last = _block_start(views, dates[0]), len(views)
    before = sum(len(views[index].words) for index in prose if index < first)
    after = sum(len(views[index].words) for index in prose if index >= first)
    if before >= after:
        told = set(_told_between(views, dates, prose))
        yield (
            [index for index in range(first, last) if index not in told],
            Verdict("related links", LIKELY, "dated headlines"),
        )


def _told_between(views: Sequence[View], dates: Sequence[int], prose: Sequence[int]) -> Iterator[int]:
    """Paragraphs between two dates, or below the last, with what stands among them and the heading above them. Below two
    links without a word on what they lead to, one paragraph is enough: there the article may end."""
    two_links = len(dates) == LEAST_DATED and not any(dates[0] < index < dates[-1] for index in prose)
    for one, other in itertools.pairwise([*dates, len(views)]):
        between = [index for index in prose if one < index < other]
        if len(between) >= LEAST_BETWEEN or (two_links and other == len(views) and between):
            start = between[0]
            if start - 1 > one + 1 and not (views[start - 1].cue or views[start - 1].time):
                start -= 1
            yield from range(start, between[-1] + 1)


def find_below_dated(views: Sequence[View]) -> Iterator[int]:
    """Below a header and headlines, each with its day below it, what the article goes on with: a heading and sentences."""
    at = first_prose(views) + 1
    while at < len(views):
        end = at
        while end + 1 < len(views) and views[end].headline and views[end + 1].time:
            end += 2
        if end > at and is_header(views[at - 1], "related links") and end + 1 < len(views):
            plain = itertools.takewhile(lambda index: is_plain(views[index]), range(end, len(views)))
            last = max((index for index in plain if is_short_sentence(views[index])), default=end)
            if views[end].headline and len(views[end].words) <= HEADING_WORDS and is_short_sentence(views[end + 1]):
                yield from range(end, last + 1)
        at = max(at + 1, end)


def find_rows(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """So many lines in the form of headlines, with no sentence between them, that no article has them in its midst."""
    prose = sum(len(view.words) for view in views if view.prose)
    for in_row, group in itertools.groupby(range(len(views)), lambda index: _is_of_row(views[index])):
        row = list(group)
        if not in_row or len(row) < LEAST_OF_ROW or prose < LEAST_BESIDE_ROW:
            continue
        sizes = [size for index in row if (size := len(views[index].words)) > LABEL_WORDS]
        mean = sum(sizes) / max(1, len(sizes))
        if mean >= SHORT_OF_ROW and len(sizes) >= (LEAST_OF_ROW if mean >= LONG_OF_ROW else LEAST_OF_SHORT_ROW):
            row = row[EDGE_OF_ROW:-EDGE_OF_ROW]  # there the article's own headline, date and author may stand
            yield (
                [index for index in row if not views[index].time],
                Verdict("related links", LIKELY, "row of headlines"),
            )


def _is_of_row(view: View) -> bool:
    """A headline, with its summary or without, or a label; no item of a list, no verse."""
    text = view.line.text.replace("...", "").rstrip("?!…" + CLOSING)
    return len(text) <= LONGEST_OF_ROW and not (text[:1].islower() or BULLET.match(text) or ends_clause(text))


def _is_entry(views: Sequence[View], index: int) -> bool:
    """Whether a headline, not a paragraph, follows the date and the clock time below it."""
    after = next((view for view in views[index + 1 : index + 3] if not view.time), None)
    return after is not None and after.headline


def _block_start(views: Sequence[View], index: int) -> int:
    """Up over the section and the header that stand above the first date."""
    while index and len(views[index - 1].words) <= LABEL_WORDS and views[index - 1].line.text[-1] not in ".!?":
        index -= 1
    return index
