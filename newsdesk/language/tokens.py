"""Words of a text with their place in it.

A token is a run of letters and digits. Hyphens, apostrophes, points and underscores separate:
«нагорно-карабахский» is two tokens, as «нагорный карабах» is, so that either is found by a phrase of the
parts; so are "O'Neill" and "22.02.2022". Only the English possessive stays with its word and is no part of
the form ("Azerbaijan's" is "azerbaijan"). Soft hyphens, zero-width characters and combining marks inside a
word stay in it. Chinese and Japanese, which write no spaces, give a token a character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from newsdesk.language.normalise import APOSTROPHES, INVISIBLE, MARKS, fold
from newsdesk.language.stems import stem


class Token(NamedTuple):
    """``text[start:end]`` of the text it was made from; ``form`` is folded, ``stem`` is what is compared."""

    start: int
    end: int
    form: str
    stem: str


IDEOGRAPHS = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

_LETTER = rf"[^\W_{APOSTROPHES}{IDEOGRAPHS}]"
_INSIDE = rf"[{INVISIBLE}{MARKS}]"
_POSSESSIVE = rf"[{APOSTROPHES}][sS](?!{_LETTER})"
_TOKEN = re.compile(rf"{_LETTER}+(?:{_INSIDE}+{_LETTER}*)*(?:{_POSSESSIVE})?|[{IDEOGRAPHS}]")
_WITH_TOKENS = re.compile(f"({_TOKEN.pattern})")  # splits a text into what is no token and tokens, in turn
_ANY_INSIDE = re.compile(_INSIDE)
_PLAIN_LETTER = re.compile("[a-zа-я]")
_ENDS_WITH_POSSESSIVE = re.compile(rf"(?<=.){_POSSESSIVE}$")

WORDS_REMEMBERED = 200_000  # about 50 MB at most; a large corpus has more words, but the rest are rare
TEXTS_REMEMBERED = 8  # so that the stages of a pipeline, one after another, read a text once
LONGEST_REMEMBERED = 200_000  # characters


def tokenize(text: str) -> tuple[Token, ...]:
    """All tokens of ``text`` in their order; offsets count its code points."""
    return _tokenize_once(text) if len(text) <= LONGEST_REMEMBERED else _tokenize_long_once(text)


def _tokenize(text: str) -> tuple[Token, ...]:
    parts = _WITH_TOKENS.split(text)
    ends = [*accumulate(map(len, parts))]
    # tuple.__new__ because Token(…) takes half of the time of all this
    return tuple(
        [
            tuple.__new__(Token, (start, end, *analysed))
            for start, end, analysed in zip(ends[::2], ends[1::2], map(analyse, parts[1::2]), strict=False)
        ]
    )


_tokenize_once = lru_cache(TEXTS_REMEMBERED)(_tokenize)
_tokenize_long_once = lru_cache(1)(_tokenize)


def forget_long_text() -> None:
    """Free the memory that the tokens of a very long text take: about thirty times its own."""
    _tokenize_long_once.cache_clear()


@lru_cache(WORDS_REMEMBERED)
def analyse(word: str) -> tuple[str, str]:
    """Form and stem of one word as it is written."""
    form = fold(_ENDS_WITH_POSSESSIVE.sub("", word))
    return form, stem(form, capitalised=word[:1].isupper())


def find_possible_stems(form: str) -> tuple[str, ...]:
    """The stems that tokens with this form can have: it depends on whether they are capitalised."""
    return tuple(dict.fromkeys((stem(form, capitalised=True), stem(form))))


def find_stems_meant(word: str) -> tuple[str, ...]:
    """The stems of a word that is asked for: capitals are often left out there, but seldom added."""
    form, its_stem = analyse(word)
    return (its_stem,) if word[:1].isupper() else find_possible_stems(form)


def find_forms(text: str) -> list[str]:
    """Only the folded forms, where the places do not matter."""
    return [analyse(word)[0] for word in _TOKEN.findall(text)]


def find_stems(text: str) -> list[str]:
    """Only the stems, where the places do not matter."""
    return [analyse(word)[1] for word in _TOKEN.findall(text)]


def find_stemmed(text: str, stems: Set[str]) -> list[tuple[int, int]]:
    """Start and end of the tokens that have one of these stems; in a tenth of the time that all tokens take.

    Only words with the first letter of a stem are looked at: a stem begins as its forms do. That needs a text without
    marks inside words, and no stem that an English possessive could be taken for.
    """
    if not stems:
        return []
    spellings = [_spellings().get(stem[:1], "") for stem in stems]
    quick = all(spellings) and "s" not in stems and not _ANY_INSIDE.search(text)
    words = _beginning("".join(sorted(set(spellings)))) if quick else _TOKEN
    return [found.span() for found in words.finditer(text) if analyse(found[0])[1] in stems]


@lru_cache(1000)
def _beginning(letters: str) -> re.Pattern[str]:
    """Tokens that begin with one of these letters, in a text without marks inside words."""
    return re.compile(rf"[{letters}](?<!{_LETTER}.){_LETTER}*(?:{_POSSESSIVE})?")


@cache
def _spellings() -> Mapping[str, str]:
    """For the first letter of a stem in Latin or Cyrillic letters all that are folded to it."""
    spellings: dict[str, str] = {}
    for letter in map(chr, chain(range(0x3000), range(0xA640, 0xAB70), range(0xFB00, 0xFB07))):
        if letter.isalpha() and _PLAIN_LETTER.match(folded := fold(letter).lstrip("'")):
            spellings[folded[0]] = spellings.get(folded[0], "") + letter
    return spellings


def find_words(text: str) -> list[tuple[str, str]]:
    """Form and stem of each token, where the places do not matter."""
    return [analyse(word) for word in _TOKEN.findall(text)]
