"""Names across alphabets: Алиева, Aliyev and Əliyev are one name.

`spell` writes a name in Latin letters, to be shown; `sound` gives what two spellings of one name have in common, to be
compared: first letter and consonants, with the letters for one sound made one.
"""

from __future__ import annotations

import re
from functools import lru_cache

CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыіґўғқңөұүһ", "abvgdeziyklmnoprstufhyiguhknouuh", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "э": "e", "ю": "yu", "я": "ya"}
    | {"ё": "e", "ї": "yi", "є": "ye", "ә": "e"}
)

# Endings that only case forms of names have. Those that a nominative has too go in `sound`, on both sides alike.
CASE_ENDING = re.compile(r"(?<=...)(?:ого|его|ому|ему|ыми|ими|ами|ями|(?<=[вн])ы[мх]|(?<=[сц]к)и[мх])$")

# Spellings of one sound, in this order. The hissing sounds are one: ж, дж, ч, ш, щ are written in too many ways.
DOUBLED = re.compile(r"(.)\1+")
SOUNDS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("shch|sch|tch|ch|sh|dzh|zh|dj|j", "!"),
        ("kh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("ts|tz|z", "s"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("^u(?=[aeio])|w", "v"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("h(?=[^aeiouy])", ""),
        (DOUBLED, r"\1"),
    )
)
# What case forms end in, and names in the nominative too: Ильхам, Ильхамом; Москва, Москвой.
SOFT_END = re.compile(r"(?<=...)(?:[aeiouy]+m?)+$")
VOWELS = re.compile("[aeiouy]+")
FEWEST_CONSONANTS = 3  # below this the vowels are kept: Иран and Ирина are two names


@lru_cache(200_000)
def to_latin(form: str) -> str:
    return form if form.isascii() else form.translate(CYRILLIC)


@lru_cache(200_000)
def spell(form: str) -> str:
    """A folded name in Latin letters, without the endings that only a case form has."""
    return form if form.isascii() else CASE_ENDING.sub("", form).translate(CYRILLIC)


@lru_cache(200_000)
def base(spelling: str) -> str:
    """A spelled name without what its case forms end in, and with one letter for each hissing sound."""
    for written, heard in SOUNDS:
        spelling = written.sub(heard, spelling)
    return SOFT_END.sub("", spelling)


@lru_cache(200_000)
def sound(spelling: str) -> str:
    """The same for all spellings and case forms of a name that `spell` has put into Latin letters."""
    stem = base(spelling)
    heard = ("a" if VOWELS.match(stem) else "") + DOUBLED.sub(r"\1", VOWELS.sub("", stem))
    return heard if len(heard) >= FEWEST_CONSONANTS else stem
