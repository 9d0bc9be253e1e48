"""One folding of words for all that compares them: search, topics, places and names.

Folding changes lengths ("İ" becomes "i", "ß" becomes "ss"). So single words are folded, and offsets always
belong to the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata

# Written inside words without being part of them: soft hyphen, zero-width characters, stress marks that have
# no composed letter (Cyrillic "а́"), Hebrew and Arabic vowel points.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"

APOSTROPHES = "'’‘ʼʻʹ`´＇"
HYPHENS = "-‐‑‒–—−﹣－"

# Letters that Unicode does not decompose, by what readers type for them. The schwa of Azerbaijani is typed as
# "e" (Əliyev, Eliyev) in Latin and as "е" in Cyrillic.
LETTERS = {
    "ё": "е",
    "ә": "е",
    "ə": "e",
    "ǝ": "e",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
}

_PLAIN = re.compile("[a-z0-9]+|[а-яё]+")  # nearly all words: nothing but case and ё to fold

_LETTERS = str.maketrans(
    LETTERS | dict.fromkeys(INVISIBLE) | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-")
)


def fold(word: str) -> str:
    """``word`` as it is compared: NFC, without case, accents of Latin letters, stress marks and invisible
    characters.

    Cyrillic keeps its letters (й is not и, ї is not і) but for ё and ә. Folding twice changes nothing.
    """
    folded = word.lower()
    if _PLAIN.fullmatch(folded):
        return folded.replace("ё", "е")
    folded = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", "".join(_plain(letter) for letter in unicodedata.normalize("NFC", folded)))


def _plain(letter: str) -> str:
    """A letter without its marks if it is Latin; nothing for a mark that stands alone."""
    if unicodedata.category(letter) == "Mn":
        return ""
    decomposed = unicodedata.normalize("NFD", letter)
    if len(decomposed) > 1 and decomposed[0].isascii():
        return "".join(part for part in decomposed if not unicodedata.combining(part)).translate(_LETTERS)
    return letter
