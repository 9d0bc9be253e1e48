"""Stems: one string for all case forms of a word, so that search is a comparison of strings.

Snowball does the work: Russian for Cyrillic, English for Latin. Other scripts keep their forms.
"""

from __future__ import annotations

import Stemmer

_RUSSIAN = Stemmer.Stemmer("russian", 0)  # no cache of its own: `tokens.analyse` has one for whole words
_ENGLISH = Stemmer.Stemmer("english", 0)


def stem(form: str) -> str:
    """The stem of a folded form. Its last letter tells the script: what is taken off stands at the end."""
    last = form[-1:]
    if "Ѐ" <= last <= "ԯ":
        return str(_RUSSIAN.stemWord(form))
    if "a" <= last <= "z":
        return str(_ENGLISH.stemWord(form))
    return form
