"""The best segment: the run of lines that holds the most prose and the least of anything else, under the title of the
page where that is said again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

SENTENCE_ENDS = ".!?…:;»”\"'’)"
FULL_LINE = 80  # characters from which a line reads as prose without a full stop
UNENDED = 0.25  # how much the words of such a line count: it may be a headline with its summary
COST = 3.0  # of a line that does not
TITLE_WORDS, TITLE_SHARE = 4, 0.6  # words of a title that is looked for again; share of it that must be said
MOST_HEADLINES = 3  # lines that say the title, below which the article is looked for
ENOUGH = 30.0  # words of prose under a title that make an article


def prose_score(text: str) -> float:
    """Words of prose of a line, or the cost of one that has none."""
    words = text.count(" ") + 1
    ended = text[-1] in SENTENCE_ENDS
    if words >= 6 and ended:
        return float(min(words, 60))
    if words >= 6 and len(text) >= FULL_LINE:
        return UNENDED * min(words, 60)
    return -COST


def best_segment(scores: Sequence[float]) -> tuple[int, int]:
    """First and last (exclusive) index of the run with the greatest sum; empty where nothing is above zero."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, best_range = total, (start, index + 1)
    return best_range


def find_core(lines: Sequence[Sequence[str]], scores: Sequence[float], title: Sequence[str] = ()) -> tuple[int, int]:
    """The best segment below the line that says the title again (`find_repeated_title`), else of all lines."""
    below = find_repeated_title(lines, scores, title)
    start = 0 if below is None else below + 1
    first, last = best_segment(scores[start:])
    return start + first, start + last


def find_repeated_title(
    lines: Sequence[Sequence[str]], scores: Sequence[float], title: Sequence[str] = ()
) -> int | None:
    """The index of the line that says the title, perhaps without the name of the site, with enough prose below it.

    ``lines`` are their folded words; without a stated ``title`` the first of them is the title of the page.
    """
    for index in islice(_find_headlines(lines, title), MOST_HEADLINES):
        first, last = best_segment(scores[index + 1 :])
        if sum(scores[index + 1 + first : index + 1 + last]) >= ENOUGH:
            return index
    return None


def _find_headlines(lines: Sequence[Sequence[str]], stated: Sequence[str]) -> Iterator[int]:
    title = stated or (lines[0] if lines else ())
    wanted = set(title)
    if len(wanted) < TITLE_WORDS:
        return
    for index in range(0 if stated else 1, len(lines)):
        words = lines[index]
        fits = TITLE_WORDS <= len(words) <= len(title) and wanted.issuperset(words)
        if fits and len(set(words)) >= TITLE_SHARE * len(wanted):
            yield index
