"""Stems: one string for all case forms of a word, so that search is a comparison of strings.

Snowball does the work: Russian for Cyrillic, English for Latin. Other scripts keep their forms.
"""

from __future__ import annotations

import Stemmer

_RUSSIAN = Stemmer.Stemmer("russian", 0)  # no cache of its own: `tokens.analyse` has one for whole words
_ENGLISH = Stemmer.Stemmer("english", 0)

# Genitive plurals that stand capitalised inside names ("Соединённые Штаты"), and so are no surnames.
CAPITALISED_PLURALS = "штатов эмиратов островов советов союзов комиссаров депутатов профсоюзов министров"

_CAPITALISED_PLURALS = frozenset(CAPITALISED_PLURALS.split())


def stem(form: str, *, capitalised: bool = False) -> str:
    """The stem of a folded form. The last letter tells the script: what is taken off stands at the end.

    Snowball takes -ов and -ев for a genitive plural and makes «ал» of Алиев but «алиев» of Алиева. A
    capitalised word in -ов or -ев is a surname or a town (Киев, Ростов), and its nominative: it is its own
    stem.
    """
    last = form[-1:]
    if "Ѐ" <= last <= "ԯ":
        if capitalised and form.endswith(("ов", "ев")) and form not in _CAPITALISED_PLURALS:
            return form
        return str(_RUSSIAN.stemWord(form))
    if "a" <= last <= "z":
        return str(_ENGLISH.stemWord(form))
    return form
