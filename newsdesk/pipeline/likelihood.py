"""How much a text reads like Russian, by its letters: what tells one Cyrillic encoding from another.

`rate_russian` is for whole files and looks at single letters; `cost_of_russian` is for single lines, which want a keener
measure, and looks at pairs.
"""

from __future__ import annotations

import math
import re
from operator import add
from pathlib import Path

# Letters by how often they stand in Russian, per mille; the last row are the letters of its neighbours.
LETTERS = """
    о 110  е 85  а 80  и 74  н 67  т 63  с 55  р 47  в 45  л 44  к 35  м 32  д 30  п 28  у 26  я 20  ы 19
    ь 17  г 17  з 16  б 16  ч 14  й 12  х 10  ж 9  ш 7  ю 6  ц 5  щ 4  э 3  ф 3  ъ 0.4  ё 0.4
    і 2  ї 1  є 1  ґ 0.2  ў 0.5
"""
MARKS = "«»—–…„“”’‘№\xa0•"
LOG_CAPITAL, LOG_MARK, LOG_ODD = math.log(0.05), math.log(0.01), math.log(0.0002)
LOG_AWKWARD = -5.0

ALPHABET = " абвгдежзийклмнопрстуфхцчшщъыьэюя"  # the space stands for all that parts words
PAIRS_FILE = Path(__file__).with_name("letter_pairs.txt")  # made by scripts/count_letter_pairs.py
SPACES = "«»—–…„“”’‘№•°§\xa0\xad\u2009\u202f\u200b\ufeff"
LATIN, ODD = "a", "?"
LOST = "\ufffd"  # says nothing for or against
# Bits: of Latin in a Cyrillic word, of anything else in one; of a mark, and of a mark or a capital where none belongs.
MIXED_COST, ODD_COST, MARK_COST, FAULT_COST = 20, 10, 6, 8

# What no Russian writes: a capital in a word, a mark of the wrong hand in or before one.
_AWKWARD = re.compile("[а-яё][А-ЯЁ«“„№]|[–—»”’…•][а-яё]| \\xa0|\\xa0 |[«„][ ,.]")
_ASCII = re.compile("[\x00-\x7f]+")


def rate_russian(text: str) -> float:
    """The mean logarithm of the likelihood of what is not ASCII: about -3 for Russian, below -4 for anything else."""
    letters = _ASCII.sub("", text)
    total = sum(letters.count(letter) * weight for letter, weight in _LIKELIHOOD.items())
    odd = len(letters) - sum(map(letters.count, _LIKELIHOOD))
    return (total + odd * LOG_ODD + len(_AWKWARD.findall(text)) * LOG_AWKWARD) / max(1, len(letters))


def cost_of_russian(text: str) -> int:
    """The bits that its letters cost as Russian: about 4 a letter of Russian, 6 and more of anything else."""
    classes = text.translate(_CLASSES)
    pairs = sum(map(_COSTS.__getitem__, map(add, " " + classes, classes + " ")))
    return pairs + MARK_COST * len(_MARKS.findall(text)) + FAULT_COST * len(_FAULTS.findall(text))


class _Classes(dict[int, str]):
    """Letters of the alphabet as they are, in small; the rest as what they have in common."""

    def __missing__(self, code: int) -> str:
        letter = chr(code).lower().replace("ё", "е")
        if letter not in ALPHABET:
            ascii_or_mark = code < 0x80 or letter in SPACES or letter == LOST
            letter = LATIN if letter.isascii() and letter.isalpha() else " " if ascii_or_mark else ODD
        self[code] = letter
        return letter


def _read_costs() -> dict[str, int]:
    costs = {first + second: ODD_COST for first in ALPHABET + LATIN + ODD for second in ALPHABET + LATIN + ODD}
    costs |= dict.fromkeys((" " + LATIN, LATIN + " ", LATIN + LATIN), 0)
    for letter in ALPHABET[1:]:
        costs[LATIN + letter] = costs[letter + LATIN] = MIXED_COST
    for first, line in zip(ALPHABET, PAIRS_FILE.read_text("utf-8").split(), strict=False):
        costs |= {first + second: int(bits) for second, bits in zip(ALPHABET, line, strict=True)}
    return costs | {"  ": 0}


_MARKS = re.compile(f"[{SPACES}]")
_FAULTS = re.compile("[а-яё][А-ЯЁ«„№§]|[–—»”’…•\xa0°][а-яё]")
_CLASSES = _Classes()
_COSTS = _read_costs()
_WORDS = LETTERS.split()
_SHARES = dict(zip(_WORDS[::2], map(float, _WORDS[1::2]), strict=True))
_TOTAL = sum(_SHARES.values())
_LIKELIHOOD = {
    **{letter: math.log(share / _TOTAL) for letter, share in _SHARES.items()},
    **{letter.upper(): math.log(share / _TOTAL) + LOG_CAPITAL for letter, share in _SHARES.items()},
    **dict.fromkeys(MARKS, LOG_MARK),
}
