"""Words of a text with their place in it.

A token is a run of letters and digits. Hyphens, apostrophes, points and underscores separate:
«нагорно-карабахский» is two tokens, as «нагорный карабах» is, so that either is found by a phrase of the
parts; so are "O'Neill" and "22.02.2022". Only the English possessive stays with its word and is no part of
the form ("Azerbaijan's" is "azerbaijan"). Soft hyphens, zero-width characters and combining marks inside a
word stay in it. Chinese and Japanese, which write no spaces, give a token a character.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
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
_ENDS_WITH_POSSESSIVE = re.compile(rf"(?<=.){_POSSESSIVE}$")

WORDS_REMEMBERED = 200_000  # about 50 MB at most; a large corpus has more words, but the rest are rare
TEXTS_REMEMBERED = 8  # so that the stages of a pipeline, one after another, read a text once
LONGEST_REMEMBERED = 200_000  # characters


def tokenize(text: str) -> tuple[Token, ...]:
    """All tokens of ``text`` in their order; offsets count its code points."""
    return _tokenize_once(text) if len(text) <= LONGEST_REMEMBERED else _tokenize_long_once(text)


def _tokenize(text: str) -> tuple[Token, ...]:
    words = _TOKEN.findall(text)
    places, end = [], 0
    for word in words:
        start = text.index(word, end)  # there is no letter in between, so this is the one that was matched
        end = start + len(word)
        places.append((start, end))
    # tuple.__new__ because Token(…) takes half of the time of all this
    return tuple([tuple.__new__(Token, (*place, *analyse(word))) for place, word in zip(places, words, strict=True)])


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
    """Start and end of the tokens that have one of these stems; in a third of the time that all tokens take."""
    return [found.span() for found in _TOKEN.finditer(text) if analyse(found[0])[1] in stems]


def find_words(text: str) -> list[tuple[str, str]]:
    """Form and stem of each token, where the places do not matter."""
    return [analyse(word) for word in _TOKEN.findall(text)]
