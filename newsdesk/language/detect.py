"""In which language a text is written.

In this order, each step only where it is certain: the script (Georgian has one language here), the letters (ы and no
letter that Russian lacks), the commonest words (English). What is left goes to the models of lingua, exact but slower.
They are loaded when first needed: 60 MB where all texts are long, and up to 800 MB where many
are as short as titles, since those need finer models.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

UNKNOWN = "und"

# What a desk in the Caucasus meets: its own, its neighbours', and those of the agencies. Near twins of a language in
# this list (hr, sk, mk) are left out on purpose: each costs the others more than it gains.
LANGUAGES = "ru uk be bg sr kk mn az tr en de fr es it pt ro pl cs sl nl hu lt lv et el hy ka ar fa ur he hi zh ja ko"

SAMPLE = 1000  # characters: enough to outweigh a quotation in another language
FEWEST_LETTERS = 12  # less is too little, unless the script tells
FEW_LETTERS = 60  # so many or fewer want a clear answer
CLEAR_MARGIN = 0.1

SCRIPTS = {
    "ka": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
ANY_SCRIPT = re.compile("|".join(script.pattern for script in SCRIPTS.values()))
LEAST_SHARE = {"ja": 0.1}  # of the letters, where it is not half: Japanese mixes kana with Chinese characters

# Letters that a language has, with their least share of all letters, and letters that it cannot have. Lingua knows
# Azerbaijani in Latin letters only.
ALPHABETS: tuple[tuple[str, tuple[tuple[str, float], ...], str], ...] = (
    ("az", (("ҹҝ", 0.005), ("ә", 0.03)), ""),
    ("be", (("ў", 0.005), ("і", 0.02)), ""),
    ("uk", (("їєґ", 0.005), ("і", 0.02)), "ыэёўқңұ"),
    ("ru", (("ыэё", 0.01), ("и", 0.03)), "іїєґўқғңұүөәһҳҷӣӯјћђљњџӏӕҫӑӗӳѓќҝҹ"),
)
ENOUGH_LETTERS = 20

# Common in English and in no other language written with these letters.
ENGLISH = frozenset({"the", "of", "and", "to", "that", "with", "from", "this", "which", "has", "have", "said"})
LEAST_ENGLISH = 0.1  # of the words
FEWEST_ENGLISH = 2  # different ones

LATIN = re.compile("[a-z\u00df-\u024f\u0259\u1e00-\u1eff]+")
CYRILLIC = re.compile("[\u0400-\u052f]+")


class Detected(NamedTuple):
    """``margin`` is the distance to the runner-up. Where a rule is certain, there is no runner-up."""

    code: str
    confidence: float = 1.0
    runner_up: str = ""
    margin: float = 1.0


NOTHING = Detected(UNKNOWN, 0.0, "", 0.0)


def detect_language(text: str) -> Detected:
    sample = take_sample(text).lower()
    letters = Counter(filter(str.isalpha, sample))
    total = letters.total()
    if code := _by_script(sample, total):
        return Detected(code)
    if total < FEWEST_LETTERS:
        return NOTHING
    if code := _by_alphabet(letters, total) or _by_words(sample):
        return Detected(code)
    detected = _by_models(sample)
    return detected if total > FEW_LETTERS or detected.margin >= CLEAR_MARGIN else NOTHING


def take_sample(text: str) -> str:
    """Half from the beginning, half from the middle, which is surely not a line of the site's."""
    if len(text) <= SAMPLE:
        return text
    half, middle = SAMPLE // 2, len(text) // 2
    return text[:half] + " " + text[max(half, middle) :][:half]


def _by_script(sample: str, total: int) -> str:
    if not ANY_SCRIPT.search(sample):
        return ""
    for code, script in SCRIPTS.items():
        count = len(script.findall(sample))
        if count > 1 and count >= total * LEAST_SHARE.get(code, 0.5):
            return code
    return ""


def _by_alphabet(letters: Counter[str], total: int) -> str:
    if total < ENOUGH_LETTERS:
        return ""
    for code, typical, impossible in ALPHABETS:
        if not letters.keys() & set(impossible) and all(
            sum(letters[letter] for letter in some) >= share * total for some, share in typical
        ):
            return code
    return ""


def _by_words(sample: str) -> str:
    words = sample.split()
    english = [word for word in words if word in ENGLISH]
    enough = len(set(english)) >= FEWEST_ENGLISH and len(english) >= LEAST_ENGLISH * len(words)
    return "en" if enough else ""


def _by_models(sample: str) -> Detected:
    best, second = _detector().compute_language_confidence_values(_leave_out_names(sample))[:2]
    return Detected(
        best.language.iso_code_639_1.name.lower(),
        round(best.value, 3),
        second.language.iso_code_639_1.name.lower(),
        round(best.value - second.value, 3),
    )


def _leave_out_names(sample: str) -> str:
    """Latin words in a Cyrillic text are names, and Cyrillic ones in a Latin text."""
    latin, cyrillic = LATIN.findall(sample), CYRILLIC.findall(sample)
    minority = LATIN if sum(map(len, latin)) < sum(map(len, cyrillic)) else CYRILLIC
    return minority.sub(" ", sample)


@cache
def _detector() -> LanguageDetector:
    codes = (getattr(IsoCode639_1, code.upper()) for code in LANGUAGES.split())
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
