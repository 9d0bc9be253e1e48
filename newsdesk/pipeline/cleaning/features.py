"""What can be seen of each line: its form, its words, its neighbours, its place beside the best segment."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log1p

import numpy as np
import numpy.typing as npt

from newsdesk.pipeline.cleaning.cues import LONGEST
from newsdesk.pipeline.cleaning.form import FORM
from newsdesk.pipeline.cleaning.segment import best_segment, find_core
from newsdesk.pipeline.cleaning.sentences import ends_sentence
from newsdesk.pipeline.cleaning.verdicts import Verdict
from newsdesk.pipeline.cleaning.views import View
from newsdesk.pipeline.markup import Mark

Matrix = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]

FAR, REACH = 50, 30  # lines to a header, to anything else
HALF = 3  # neighbours seen either way
PARAGRAPH = 15  # words of prose
SURE = 0.7  # likelihood of a line that is almost certainly of the article

OWN = (
    *FORM,
    "repeats", "overlap", "overlap_count", "gap_before", "gap_after", "block", "prose", "since_header",
    "top_similarity", "main", "rule", "headline", "run", "run_of_sentences",
    "in_best", "from_best", "from_best_end", "is_first", "position", "best_share", "window_prose", "main_share",
    *(f"in_{str(mark.name).lower()}" for mark in Mark), "linked_around", "same_around",
    "prose_above", "prose_below", "share_above", "share_below", "since_prose", "until_prose", "evident_above", "evident_below",
)  # fmt: skip  # several to a line
SHARED = (
    "characters",
    "full_stop",
    "cue",
    "stop_share",
    "overlap",
    "prose",
    "time",
    "capitalised",
)  # of neighbours, too
AROUND, WINDOW = 4, 6
CONTEXT = ("in_best_2", "from_best_2", "from_best_end_2", "window", "before", "after", "since_sure", "until_sure")
HEADERS = frozenset({"related links", "comments", "tags", "share", "subscribe", "advertisement"})


def names() -> list[str]:
    return [*OWN, *(f"{name}{shift:+d}" for shift in _shifts(HALF) for name in SHARED)]


def describe(
    views: Sequence[View],
    verdicts: Sequence[Verdict | None],
    main: Sequence[bool] | None = None,
    title: Sequence[str] = (),
    marks: Sequence[int] | None = None,
) -> Matrix:
    """One row a line. ``main``: which lines the markup marks as the article, where it does; ``title``: the folded words
    of the headline, where the format states it; ``marks``: what the elements of a page say of each line."""
    said = [" ".join(view.words) for view in views]
    copies = Counter(said)
    scores = [view.score for view in views]
    first, last = find_core([view.words for view in views], scores, title)
    keys = [_keys(view.words) for view in views]
    core: Counter[str] = Counter()
    for own in keys[first:last]:
        core.update(own)
    top = next((keys[index] for index in range(first - 1, -1, -1) if len(views[index].words) >= 4), set())
    gaps = [*(view.line.gap for view in views), True]
    blocks = _blocks(views)
    ended = [ends_sentence(view.line.text) for view in views]
    runs = _run_lengths(ended)
    rows = []
    since = FAR
    for index, (view, verdict, own) in enumerate(zip(views, verdicts, keys, strict=True)):
        header = view.cue is not None and view.cue.strength == 2 and view.cue.reason in HEADERS
        since = 0 if header else min(FAR, since + 1)
        inside = first <= index < last
        known = sum([core.get(key, 0) > inside for key in own])
        rows.append(
            (
                *view.form,
                min(5, copies[said[index]]),
                known / len(own) if own else -0.1,
                min(10, known),
                gaps[index],
                gaps[index + 1],
                blocks[index],
                view.score,
                since,
                len(own & top) / len(own | top) if own and top else 0,
                main[index] if main else -1,
                verdict is not None and verdict.reason != "",
                len(view.words) <= LONGEST and view.headline,
                0.0 if ended[index] else runs[index],
                runs[index] if ended[index] else 0.0,
            )
        )
    prose = _sums(max(0.0, score) for score in scores)
    table = np.hstack(
        [
            np.array(rows, np.float32),
            _places(first, last, prose, sum(main) / max(1, len(views)) if main else -1.0),
            _elements(views, marks),
            _sides(views, verdicts, prose),
        ]
    )
    return np.hstack([table, *_neighbours(table)])


def _places(first: int, last: int, prose: Sums, main_share: float) -> Matrix:
    """Where each line stands beside the best segment, from its first line to before its last, and in the text; and how much
    prose is near."""
    count = len(prose) - 1
    index = np.arange(count)
    best_share = (prose[last] - prose[first]) / (prose[-1] or 1.0)
    return _columns(
        (index >= first) & (index < last),
        _clip(index - first),
        _clip(index - last + 1),
        index == 0,
        index / max(1, count),
        np.full(count, best_share),
        prose[np.minimum(count, index + 5)] - prose[np.maximum(0, index - 4)],
        np.full(count, main_share),
    )


def wording_names() -> list[str]:
    return ["wording", *(f"wording{shift:+d}" for shift in _shifts(HALF))]


def describe_wording(weighed: Matrix) -> Matrix:
    """One row a line of how far its words speak for the article, and those of its neighbours."""
    return _columns(weighed, *_shifted(weighed, HALF))


def context_names() -> list[str]:
    return ["p", *(f"p{shift:+d}" for shift in _shifts(AROUND)), *CONTEXT]


def names_of_passes() -> tuple[list[str], list[str]]:
    """The columns that the first pass sees, and those of the second."""
    first = [*names(), *wording_names()]
    return first, [*first, *context_names()]


def describe_context(views: Sequence[View], likely: Matrix) -> Matrix:
    """One row a line of what the first pass thought of it and of the lines around it."""
    count = len(views)
    if not count:
        return np.empty((0, len(context_names())), np.float32)
    weights = np.array([min(len(view.line.text), 400) / 100 + 0.3 for view in views])
    first, last = best_segment(((likely - 0.5) * weights).tolist())
    index = np.arange(count)
    sums = _sums((likely * weights).tolist())
    return _columns(
        likely,
        *_shifted(likely, AROUND),
        (index >= first) & (index < last),
        _clip(index - first),
        _clip(index - last + 1),
        sums[np.minimum(count, index + WINDOW + 1)] - sums[np.maximum(0, index - WINDOW)],
        sums[index] / max(sums[-1], 1e-6),
        (sums[-1] - sums[index + 1]) / max(sums[-1], 1e-6),
        *_distances((likely > SURE).tolist()),
    )


def _columns(*columns: npt.ArrayLike) -> Matrix:
    """A table of them, each with a number for every line."""
    table: Matrix = np.array(columns, np.float32).T
    return table


def _distances(flags: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Lines since the last one that is flagged, and until the next."""
    return _since(flags), _since(flags[::-1])[::-1]


def _since(flags: Sequence[bool]) -> list[int]:
    """Lines since the last one that is flagged."""
    distances, distance = [], REACH
    for flag in flags:
        distances.append(distance)
        distance = 0 if flag else min(REACH, distance + 1)
    return distances


def _clip(distances: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    clipped: npt.NDArray[np.intp] = np.minimum(REACH, np.maximum(-REACH, distances))
    return clipped


def _sums(values: Iterable[float]) -> Sums:
    """Of what stands above each line, and of all."""
    return np.array([*itertools.accumulate(values, initial=0.0)])


def _elements(views: Sequence[View], marks: Sequence[int] | None) -> Matrix:
    """Each mark of a line, how much of the lines around it is links, and how many of those have the same marks."""
    if marks is None:
        return np.full((len(views), len(Mark) + 2), -1, np.float32)
    own = np.array(marks, np.int64)
    columns = [(own & mark) > 0 for mark in Mark]
    linked = np.convolve(columns[0], np.ones(2 * HALF + 1), "same") if len(own) > 2 * HALF else columns[0]
    same = np.zeros(len(own))
    for shift in range(1, HALF + 1):
        equal = own[shift:] == own[:-shift]
        same[shift:] += equal
        same[:-shift] += equal
    return _columns(*columns, linked, same)


def _sides(views: Sequence[View], verdicts: Sequence[Verdict | None], prose: Sums) -> Matrix:
    """What stands above each line and below it: words of prose (their logarithm, and as a share of all), lines to the next
    paragraph, and the share of lines that are evidently chrome. ``prose``: the words of prose above each line, and of all."""
    count = len(views)
    above, below = prose[:-1], prose[-1] - prose[1:]
    paragraphs = [view.score >= PARAGRAPH for view in views]
    evident = [
        bool(view.cue or view.time or (verdict and verdict.reason))
        for view, verdict in zip(views, verdicts, strict=True)
    ]
    sums = _sums(evident)
    index = np.arange(count)
    return _columns(
        np.log1p(above),
        np.log1p(below),
        above / max(prose[-1], 1.0),
        below / max(prose[-1], 1.0),
        *_distances(paragraphs),
        sums[:-1] / np.maximum(1, index),
        (sums[-1] - sums[1:]) / np.maximum(1, count - 1 - index),
    )


def _keys(words: Sequence[str]) -> set[str]:
    """The beginnings of long words, which stand in for their stems."""
    return {word[:5] for word in words if len(word) >= 5}


def _blocks(views: Sequence[View]) -> list[float]:
    """How many lines stand together without an empty one."""
    sizes: list[float] = []
    start = 0
    for index in range(1, len(views) + 1):
        if index == len(views) or views[index].line.gap:
            sizes += [log1p(index - start)] * (index - start)
            start = index
    return sizes


def _run_lengths(flags: Sequence[bool]) -> list[float]:
    """For each, how many around it are the same without a break (logarithm): headlines stand in long rows, sentences of
    an article too, and of their summaries alone."""
    lengths: list[float] = []
    for _, group in itertools.groupby(flags):
        size = sum(1 for _ in group)
        lengths += [log1p(size)] * size
    return lengths


def _neighbours(rows: Matrix) -> list[Matrix]:
    columns = [OWN.index(name) for name in SHARED]
    return _shifted(rows[:, columns], HALF, missing=-1)


def _shifts(reach: int) -> list[int]:
    return [shift for shift in range(-reach, reach + 1) if shift]


def _shifted(rows: Matrix, reach: int, missing: float = 0) -> list[Matrix]:
    """What stands so many rows above and below, as far as they reach."""
    edge = np.full((reach, *rows.shape[1:]), missing, rows.dtype)
    padded = np.concatenate([edge, rows, edge])
    return [padded[reach + shift : reach + shift + len(rows)] for shift in _shifts(reach)]
