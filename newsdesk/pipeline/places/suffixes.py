"""The forms of Azerbaijani names, made from the bare one by its suffixes.

The vowel of a suffix follows the last one of the name, and after a vowel a consonant is put between: Bakının, İranın;
Rusiyaya, Fransadan. What ends as "Ştatları" does, of which something is, takes an n between: Ştatlarında.
"""

from __future__ import annotations

import re

_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_HARMONY = {"a": "aı", "ı": "aı", "o": "au", "u": "au", "e": "əi", "ə": "əi", "i": "əi", "ö": "əü", "ü": "əü"}
_VOWEL = re.compile("[aıoueəiöü]")

# A is a or ə, I is ı, i, u or ü.
AFTER_CONSONANT = ("", "In", "A", "I", "dA", "dAn", "lA", "dAkI", "dIr", "dAdIr")
AFTER_VOWEL = ("", "nIn", "yA", "nI", "dA", "dAn", "lA", "ylA", "dAkI", "dIr", "dAdIr")
OF_SOMETHING = ("nA", "ndA", "ndAn", "ndAkI")  # beside those after a vowel
PLURAL = "lAr"
INHABITANT = "lI"


def inflect(name: str) -> frozenset[str]:
    """The forms of a name in small letters; in a name of several words the last one alone has them."""
    before, word = _last_word(name)
    suffixes = AFTER_CONSONANT
    if _VOWEL.match(word[-1:]):
        suffixes = (*AFTER_VOWEL, *(OF_SOMETHING if word[-1] in "ıiuü" else ()))
    return frozenset(before + _join(word, suffix) for suffix in suffixes)


def inflect_person(name: str) -> frozenset[str]:
    """The forms of who belongs to a country, one and many: rus, rusun, ruslar, ruslardan."""
    return inflect(name) | inflect(_join(name.translate(_LOWER).lower(), PLURAL))


def inhabitant(place: str) -> str:
    """rusiyalı, bakılı, özbəkistanlı."""
    return _join(place.translate(_LOWER).lower(), INHABITANT)


def _last_word(name: str) -> tuple[str, str]:
    lower = name.translate(_LOWER).lower()
    start = max(map(lower.rfind, " -")) + 1
    return lower[:start], lower[start:]


def _join(word: str, suffix: str) -> str:
    for letter in suffix:
        vowels = _VOWEL.findall(word)
        harmony = _HARMONY[vowels[-1]] if vowels else "əi"
        word += {"A": harmony[0], "I": harmony[1]}.get(letter, letter)
    return word
