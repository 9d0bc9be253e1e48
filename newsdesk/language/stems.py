"""Stems: one string for all forms of a word, so that search is a comparison of strings.

Cyrillic is stemmed as Russian, Latin as English, by Snowball. Words in other scripts are their own stems.
"""

from __future__ import annotations

import Stemmer

from newsdesk.language.russian import stem_russian

_ENGLISH = Stemmer.Stemmer("english", 0)  # no cache of its own: `tokens.analyse` has one for whole words


def stem(form: str, *, capitalised: bool = False) -> str:
    """The stem of a folded form. The last letter tells the script: what comes off stands at the end."""
    last = form[-1:]
    if "Ѐ" <= last <= "ԯ":
        return stem_russian(form, capitalised=capitalised)
    if "a" <= last <= "z":
        return str(_ENGLISH.stemWord(form))
    return form
