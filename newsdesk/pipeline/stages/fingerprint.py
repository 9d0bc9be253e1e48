"""What an article shares with others that tell of the same event: shingles, terms, names, numbers, dates, quotes.

Nothing is compared here; `newsdesk.pipeline.stories` does that. All is made from the title and the body, needs no
model and no corpus, and is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from newsdesk.language.names import sound, spell, to_latin
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import Token, tokenize
from newsdesk.pipeline.document import Document, Fingerprint

SHINGLE = 3  # words in a shingle of the body
QUOTED_RUN = 4  # words in a run of quoted speech
LEAST_HASHES = 64
MOST_TERMS, MOST_NAMES, MOST_NUMBERS, MOST_DATES, MOST_QUOTES = 48, 32, 24, 8, 16
TITLE_BONUS = 2  # a word of the title counts as so many more in the body
HEADLINE_CASE = 0.7  # a title with this share of capitals Writes Every Word Large: its capitals say nothing

QUOTED = re.compile(r"«([^»]{20,600})»|“([^”]{20,600})”|„([^“”]{20,600})[“”]|\"([^\"]{20,600})\"")
SENTENCE_ENDS = frozenset(".!?…:;\n•|")

# Figures: 12 500, 12,500, 12 500,75, 3.5. Words that scale the figure before them, by how they begin.
NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?![.,]?\d)"
    r"(?:\s(тыс|thousand|млн|миллион|million|млрд|миллиард|billion|трлн|триллион|trillion))?",
    re.IGNORECASE,
)
SCALES = {
    **dict.fromkeys(("тыс", "thousand"), 10**3),
    **dict.fromkeys(("млн", "миллион", "million"), 10**6),
    **dict.fromkeys(("млрд", "миллиард", "billion"), 10**9),
    **dict.fromkeys(("трлн", "триллион", "trillion"), 10**12),
}
MONTHS = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("май", "мая", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
MONTH_NUMBERS = {beginning: number for number, names in enumerate(MONTHS, 1) for beginning in names}
_MONTH = rf"({'|'.join(MONTH_NUMBERS)})[a-zа-я]*"
DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}", re.IGNORECASE)
MONTH_DAY = re.compile(rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?!\d)", re.IGNORECASE)
NUMERIC_DATE = re.compile(r"(?<![\d.])([0-3]?\d)[./]([01]?\d)[./](?:(?:19|20)?\d\d)(?![\d.])")
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")


def take_fingerprint(document: Document) -> Document:
    return replace(document, fingerprint=fingerprint_of(document.title.value, document.body))


def fingerprint_of(title: str, body: str) -> Fingerprint:
    """Without a body the title stands in for it."""
    title_tokens, body_tokens = tokenize(title), tokenize(body)
    forms = [token.form for token in (body_tokens or title_tokens)]
    text = f"{title}\n{body}"
    return Fingerprint(
        digest=_digest(forms),
        minhash=_least_hashes(forms, SHINGLE, LEAST_HASHES),
        terms=_find_terms(title_tokens, body_tokens),
        names=_find_names(title, title_tokens, body, body_tokens),
        numbers=_find_numbers(text),
        dates=_find_dates(text),
        quotes=_find_quotes(body or title),
    )


def _digest(forms: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(forms).encode(), digest_size=8).hexdigest() if forms else ""


@lru_cache(200_000)
def _crc(form: str) -> int:
    return zlib.crc32(form.encode())


def _least_hashes(forms: Sequence[str], run: int, most: int) -> tuple[int, ...]:
    """The least hashes of the runs of so many words, in order. A text shorter than a run is one run.

    A word is hashed by CRC-32, a run as a polynomial over its words that then passes the finaliser of SplitMix64, a
    fixed permutation of 64 bits, of which the upper 32 are kept.
    """
    if not forms:
        return ()
    words = np.fromiter(map(_crc, forms), np.uint64, len(forms))
    run = min(run, len(forms))
    mixed = np.zeros(len(forms) - run + 1, np.uint64)
    for at in range(run):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[at : len(words) - run + 1 + at]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)
    return tuple(np.unique(mixed)[:most].tolist())


def _find_terms(title: Sequence[Token], body: Sequence[Token]) -> tuple[tuple[str, int], ...]:
    counts = Counter(token.stem for token in body if _is_term(token.form))
    for stem in {token.stem for token in title if _is_term(token.form)}:
        counts[stem] += TITLE_BONUS
    return tuple((to_latin(stem), count) for stem, count in counts.most_common(MOST_TERMS))


@lru_cache(200_000)
def _is_term(form: str) -> bool:
    return len(form) > 2 and form not in STOP_WORDS and not form[0].isdigit()


def _find_names(title: str, title_tokens: Sequence[Token], body: str, body_tokens: Sequence[Token]) -> tuple[str, ...]:
    """Words with a capital, by how often they stand; after a full stop only if they are names elsewhere too.

    Where the title is all there is, every capital in it counts.
    """
    small = {token.stem for token in body_tokens if body[token.start].islower()}
    spellings: dict[str, str] = {}
    sure, opening = Counter[str](), Counter[str]()

    def key(token: Token) -> str:
        spelling = spell(token.form)
        spellings.setdefault(sound(spelling), spelling)
        return sound(spelling)

    for token, opens in _capitalised(body, body_tokens):
        if token.stem not in small:
            (opening if opens else sure)[key(token)] += 1
    in_title = [(token, opens) for token, opens in _capitalised(title, title_tokens) if token.stem not in small]
    headline_case = len(in_title) >= HEADLINE_CASE * sum(_is_term(token.form) for token in title_tokens)
    for token, opens in in_title:
        if not body_tokens or not (opens or headline_case) or key(token) in sure or key(token) in opening:
            sure[key(token)] += 1
    sure.update({name: count for name, count in opening.items() if name in sure or count > 1})
    return tuple(spellings[name] for name, _ in sure.most_common(MOST_NAMES))


def _capitalised(text: str, tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Words with a capital that could be names, and whether they open a sentence and nothing of the name follows."""
    end = 0
    for token in tokens:
        if text[token.start].isupper() and _is_term(token.form):
            between = text[end : token.start]
            opens = (not end or not SENTENCE_ENDS.isdisjoint(between)) and not text[
                token.end + 1 : token.end + 2
            ].isupper()
            yield token, opens
        end = token.end


def _find_numbers(text: str) -> tuple[str, ...]:
    """Figures as plain digits, their scale multiplied in; years are dates."""
    found = Counter(
        _normalise_number(figure, scale)
        for figure, scale in NUMBER.findall(text)
        if scale or not YEAR.fullmatch(figure)
    )
    return tuple(number for number, _ in found.most_common(MOST_NUMBERS))


@lru_cache(50_000)
def _normalise_number(figure: str, scale: str) -> str:
    digits = re.sub(r"[ \u00a0\u202f]", "", figure)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):  # 12,500 and 12,500.75, but 3,5 is Russian for 3.5
        digits = digits.replace(",", "")
    return f"{float(digits.replace(',', '.')) * SCALES.get(scale.lower(), 1):.10g}"


def _find_dates(text: str) -> tuple[str, ...]:
    days = [(int(day), MONTH_NUMBERS[month.lower()]) for day, month in DAY_MONTH.findall(text)]
    days += [(int(day), MONTH_NUMBERS[month.lower()]) for month, day in MONTH_DAY.findall(text)]
    days += [(int(day), int(month)) for day, month in NUMERIC_DATE.findall(text)]
    found = Counter(f"--{month:02}-{day:02}" for day, month in days if 1 <= day <= 31 and 1 <= month <= 12)
    found.update(YEAR.findall(text))
    return tuple(date for date, _ in found.most_common(MOST_DATES))


def _find_quotes(text: str) -> tuple[str, ...]:
    """Hashes of runs of words inside quotation marks: two for each quotation, so that a part of it still matches."""
    found: dict[str, None] = {}
    for groups in QUOTED.findall(text):
        forms = [token.form for token in tokenize("".join(groups))]
        if len(forms) >= QUOTED_RUN:
            found.update(dict.fromkeys(f"{number:08x}" for number in _least_hashes(forms, QUOTED_RUN, 2)))
    return tuple(found)[:MOST_QUOTES]
