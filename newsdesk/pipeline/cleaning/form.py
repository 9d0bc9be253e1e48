"""What the form of a line says, in numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p

from newsdesk.pipeline.cleaning.cues import LONGEST, Cue, without_time, words_in
from newsdesk.pipeline.cleaning.wrapping import BULLET

STOP_WORDS = words_in("stop")
SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*\s+[«“\"'(—–-]?\s?[^\W\d_a-zа-яё]")
CAPITAL, FIGURE = (
    re.compile(f"[{''.join(filter(is_one, map(chr, range(0x10000))))}]") for is_one in (str.isupper, str.isdigit)
)
LINKS = ("http", "www.", "©", "®", "(c)", "(C)", "(с)", "(С)", "@")
SAMPLE = 200  # characters of a line by which capitals and figures are counted
SEPARATORS = "|»«›/•·→>▼▲►:"
ARTICLE_REASONS = frozenset({"author box", "photo credit", "date line", "tags"})

FORM = (
    "characters", "words", "word_length", "full_stop", "colon", "ellipsis", "question", "quote_end",
    "sentences", "capitalised", "upper", "digits", "time", "besides_time", "cue", "cue_whole", "cue_article",
    "separators", "link", "stop_share", "stop_count", "commas", "lower_start", "quote_start", "bullet",
)  # fmt: skip  # several to a line


def measure_form(text: str, words: Sequence[str], cue: Cue | None, time: bool) -> tuple[float, ...]:
    """A number for each name of `FORM`. ``words`` are folded; ``cue``: what they say; ``time``: they only say when."""
    length, count = len(text), max(1, len(words))
    raw, sample = text.split(), text[:SAMPLE]
    stops = sum(map(STOP_WORDS.__contains__, words))
    last = text[-1]
    return (
        log1p(length),
        log1p(count),
        sum(map(len, words)) / count,
        last in ".!?" or text[-2:-1] in ".!?",
        last == ":",
        last == "…" or text.endswith("..."),
        last == "?",
        last in "»”\"'",
        min(8, len(SENTENCE_END.findall(text))),
        sum([word[0].isupper() for word in raw]) / len(raw),
        len(CAPITAL.findall(sample)) / len(sample),
        len(FIGURE.findall(sample)) / len(sample),
        time,
        len(without_time(words)) if count <= LONGEST else LONGEST,
        cue is not None,
        cue is not None and cue.strength == 2,
        cue is not None and cue.reason in ARTICLE_REASONS,
        sum(map(text.count, SEPARATORS)) / count,
        any(map(text.__contains__, LINKS)),
        stops / count,
        min(20, stops),
        text.count(",") / count,
        text[0].islower(),
        text[0] in "«\"“'—–",
        BULLET.match(text) is not None,
    )
