"""What an article shares with others that tell of the same event: shingles, terms, names, numbers, dates, quotes.

Nothing is compared here; `newsdesk.pipeline.stories` does that. All is made from the title and the body, needs no
model and no corpus, and is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsdesk.language.names import sound, spell, to_latin
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.document import Document, Fingerprint

SHINGLE = 3  # words in a shingle of the body
QUOTED_RUN = 4  # words in a run of quoted speech
RUNS_OF_QUOTE = 2
LEAST_HASHES = 64
MOST_TERMS, MOST_NAMES, MOST_NUMBERS, MOST_DATES, MOST_QUOTES = 48, 32, 24, 8, 16
TITLE_BONUS = 2  # a word of the title counts as so many more in the body
HEADLINE_CASE = 0.7  # a title with this share of capitals Writes Every Word Large: its capitals say nothing
SENTENCE_ENDS = frozenset(".!?…:;\n•|")
QUOTED = re.compile(r"«([^»]{20,600})»|“([^”]{20,600})”|„([^“”]{20,600})[“”]|\"([^\"]{20,600})\"")

# 12 500, 12,500, 12,500.75, 3,5, 22.02.2022, 16:14; then what stands before and after.
FIGURE = re.compile(r"\d+(?:[ \u00a0\u2009\u202f]\d{3}(?!\d)|[.,:/]\d+)*")
DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})[./](?:19|20)?\d\d")
WITH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
YEAR = re.compile("(?:19|20)[0-9][0-9]")
WORD_BEFORE = re.compile(r"([^\W\d_]{3,})\.?\s{1,2}$")
WORD_AFTER = re.compile(r"(?:st|nd|rd|th)?\s{1,2}(?:of\s)?([^\W\d_]{3,})")
LONGEST_MONTH = 12
SCALE = re.compile("(тыс|thousand)|(млн|миллион|million)|(млрд|миллиард|billion)|(трлн|триллион|trillion)")
MONTHS = (
    "январь января январе янв january jan",
    "февраль февраля феврале фев february feb",
    "март марта марте мар march mar",
    "апрель апреля апреле апр april apr",
    "май мая мае may",
    "июнь июня июне june jun",
    "июль июля июле july jul",
    "август августа августе авг august aug",
    "сентябрь сентября сентябре сен сент september sept sep",
    "октябрь октября октябре окт october oct",
    "ноябрь ноября ноябре ноя november nov",
    "декабрь декабря декабре дек december dec",
)
MONTH_NUMBERS = {form: number for number, forms in enumerate(MONTHS, 1) for form in forms.split()}


def take_fingerprint(document: Document) -> Document:
    return replace(document, fingerprint=fingerprint_of(document.title.value, document.body))


def fingerprint_of(title: str, body: str) -> Fingerprint:
    """Without a body the title stands in for it."""
    title_tokens, body_tokens = tokenize(title), tokenize(body)
    text, tokens = (body, body_tokens) if body_tokens else (title, title_tokens)
    forms = [token.form for token in tokens]
    words = np.fromiter(map(_hash_word, forms), np.uint64, len(forms))
    numbers, dates = _find_numbers_and_dates(f"{title}\n{body}")
    return Fingerprint(
        digest=hashlib.blake2b(" ".join(forms).encode(), digest_size=8).hexdigest() if forms else "",
        minhash=tuple(np.unique(_hash_runs(words, SHINGLE))[:LEAST_HASHES].tolist()),
        terms=_find_terms(title_tokens, body_tokens),
        names=_find_names(title, title_tokens, body, body_tokens),
        numbers=numbers,
        dates=dates,
        quotes=_find_quotes(text, tokens, words),
    )


@lru_cache(200_000)
def _hash_word(form: str) -> int:
    return zlib.crc32(form.encode())


def _hash_runs(words: NDArray[np.uint64], run: int) -> NDArray[np.uint64]:
    """A hash of 32 bits for each run of so many words; a text shorter than a run is one run.

    A word is hashed by CRC-32, a run as a polynomial over its words that then passes the finaliser of SplitMix64, a
    fixed permutation of 64 bits, of which the upper 32 are kept.
    """
    run = min(run, len(words))
    mixed = np.zeros(len(words) - run + 1 if run else 0, np.uint64)
    for at in range(run):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[at : len(words) - run + 1 + at]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)


def _find_terms(title: Sequence[Token], body: Sequence[Token]) -> tuple[tuple[str, int], ...]:
    counts = Counter([stem for _, _, form, stem in body if _is_term(form)])
    for stem in {stem: None for _, _, form, stem in title if _is_term(form)}:
        counts[stem] += TITLE_BONUS
    return tuple([(to_latin(stem), count) for stem, count in counts.most_common(MOST_TERMS)])


@lru_cache(200_000)
def _is_term(form: str) -> bool:
    return len(form) > 2 and form not in STOP_WORDS and not form[0].isdigit()


def _find_names(title: str, title_tokens: Sequence[Token], body: str, body_tokens: Sequence[Token]) -> tuple[str, ...]:
    """Words with a capital, by how often they stand; after a full stop only if they are names elsewhere too.

    Where the title is all there is, every capital in it counts.
    """
    small = {stem for start, _, _, stem in body_tokens if body[start].islower()}
    spellings: dict[str, str] = {}
    sure, opening = Counter[str](), Counter[str]()
    for token, opens in _capitalised(body, body_tokens):
        if token.stem not in small:
            (opening if opens else sure)[_key(token.form, spellings)] += 1
    in_title = [(token, opens) for token, opens in _capitalised(title, title_tokens) if token.stem not in small]
    headline_case = len(in_title) >= HEADLINE_CASE * sum(_is_term(token.form) for token in title_tokens)
    for token, opens in in_title:
        name = _key(token.form, spellings)
        if not body_tokens or not (opens or headline_case) or name in sure or name in opening:
            sure[name] += 1
    sure.update({name: count for name, count in opening.items() if name in sure or count > 1})
    return tuple([spellings[name] for name, _ in sure.most_common(MOST_NAMES)])


def _key(form: str, spellings: dict[str, str]) -> str:
    """How a name sounds; its shortest spelling is kept, which is the nearest to the nominative."""
    spelling = spell(form)
    key = sound(spelling)
    if len(spelling) < len(spellings.setdefault(key, spelling)):
        spellings[key] = spelling
    return key


def _capitalised(text: str, tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Words with a capital that could be names, and whether they open a sentence and nothing of the name follows."""
    end = 0
    for token in tokens:
        start, token_end, form, _ = token
        if text[start].isupper() and _is_term(form):
            opens = not end or not SENTENCE_ENDS.isdisjoint(text[end:start])
            yield token, opens and not text[token_end + 1 : token_end + 2].isupper()
        end = token_end


def _find_numbers_and_dates(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers, dates = Counter[str](), Counter[str]()
    for figure in find_figures(text):
        (dates if figure.dated else numbers)[figure.value] += 1
    return (
        tuple(number for number, _ in numbers.most_common(MOST_NUMBERS)),
        tuple(date for date, _ in dates.most_common(MOST_DATES)),
    )


class Figure(NamedTuple):
    """``text[start:end]`` is the figure as it stands; ``value`` plain digits, a year or a day of a month."""

    value: str
    start: int
    end: int
    dated: bool = False


def find_figures(text: str) -> Iterator[Figure]:
    """Figures as plain digits, their scale multiplied in; years, and days of a month.

    Times of day, versions and figures that belong to a word (COVID-19) are neither.
    """
    for match in FIGURE.finditer(text):
        figure, start, end = match[0], match.start(), match.end()
        if start and (text[start - 1].isalpha() or (text[start - 1] == "-" and text[start - 2 : start - 1].isalpha())):
            continue
        if written := DAY_MONTH_YEAR.fullmatch(figure):
            yield from _day(int(written[1]), int(written[2]), start, end)
            continue
        if figure.count(".") > 1 or ":" in figure or "/" in figure:
            continue
        after = WORD_AFTER.match(text, end)
        word = after[1].lower() if after else ""
        if len(figure) <= 2:
            month = MONTH_NUMBERS.get(word) or _month_before(text, start)
            if month:
                yield from _day(int(figure), month, start, end)
                continue
        scale = SCALE.match(word)
        if YEAR.fullmatch(figure) and not scale:
            yield Figure(figure, start, end, dated=True)
        else:
            yield Figure(_normalise_number(figure, 1000 ** (scale.lastindex or 0) if scale else 1), start, end)


def _month_before(text: str, start: int) -> int | None:
    before = WORD_BEFORE.search(text[max(0, start - LONGEST_MONTH) : start])
    return MONTH_NUMBERS.get(before[1].lower()) if before else None


def _day(day: int, month: int, start: int, end: int) -> Iterator[Figure]:
    if 1 <= day <= 31 and 1 <= month <= 12:
        yield Figure(f"--{month:02}-{day:02}", start, end, dated=True)


@lru_cache(50_000)
def _normalise_number(figure: str, scale: int) -> str:
    digits = re.sub(r"[ \u00a0\u2009\u202f]", "", figure)
    if WITH_THOUSANDS.fullmatch(digits) or digits.count(",") > 1:  # but 3,5 is Russian for 3.5
        digits = digits.replace(",", "")
    elif "," in digits and "." in digits:  # 1.059,60: the last mark is the decimal one
        thousands = "." if digits.rindex(".") < digits.rindex(",") else ","
        digits = digits.replace(thousands, "")
    value = float(digits.replace(",", ".", 1)) * scale
    return str(int(value)) if value.is_integer() and value < 1e15 else f"{value:.10g}"


def _find_quotes(text: str, tokens: Sequence[Token], words: NDArray[np.uint64]) -> tuple[str, ...]:
    """Hashes of runs of words inside quotation marks: a few for each quotation, so that a part of it still matches."""
    quotations = [match.span() for match in QUOTED.finditer(text)]
    if not quotations:
        return ()
    runs = _hash_runs(words, QUOTED_RUN).tolist()
    starts = [token.start for token in tokens]
    found: dict[str, None] = {}
    for start, end in quotations:
        inside = runs[bisect_left(starts, start) : max(0, bisect_left(starts, end) - QUOTED_RUN + 1)]
        found.update(dict.fromkeys(f"{number:08x}" for number in sorted(inside)[:RUNS_OF_QUOTE]))
    return tuple(found)[:MOST_QUOTES]
