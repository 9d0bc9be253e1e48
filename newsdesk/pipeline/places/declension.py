"""The case forms of Russian names, made from the nominative.

Stems are too coarse for names («Баку» has the stem of «бак») and too fine («Египет», «Египта»). Declension by the ending
gives exactly the forms that can be written; a form that no Russian uses does no harm, since it is only looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Case = tuple[str, ...]  # the forms of one case; variants beside each other
Paradigm = tuple[Case, ...]  # nominative, genitive, dative, accusative, instrumental, prepositional

HUSHING = "жчшщц"
VELAR = "гкхжчшщ"
VOWELS = "аеиоуыэюяё"

# Endings of adjectives by the ending of the nominative, with the letters before it that make it one in a name.
_HARD = {
    "ый": ("ый", "ого", "ому", "ый ого", "ым", "ом"),
    "ой": ("ой", "ого", "ому", "ой ого", "ым им", "ом"),
    "ий": ("ий", "ого его", "ому ему", "ий ого его", "им", "ом ем"),
    "ая": ("ая", "ой ей", "ой ей", "ую", "ой ей ою ею", "ой ей"),
    "яя": ("яя", "ей", "ей", "юю", "ей ею", "ей"),
    "ое": ("ое", "ого", "ому", "ое", "ым им", "ом"),
    "ее": ("ее", "его", "ему", "ее", "им", "ем"),
    "ые": ("ые", "ых", "ым", "ые ых", "ыми", "ых"),
    "ие": ("ие", "их", "им", "ие их", "ими", "их"),
}
_ADJECTIVES: dict[str, tuple[tuple[str, ...], ...]] = {
    nominative: tuple(tuple(case.split()) for case in cases) for nominative, cases in _HARD.items()
}
_WHOLE_ADJECTIVE = [
    "ий",
    "ый",
    "ой",
    "ого",
    "его",
    "ому",
    "ему",
    "ым",
    "им",
    "ом",
    "ем",
    "ая",
    "ую",
    "ей",
    "ою",
    "ое",
    "ые",
    "ие",
    "их",
    "ых",
    "ими",
    "ыми",
    "о",
]

# A name of one word is an adjective with these endings only: «Ханой» and «Прая» are nouns.
_SURE_ADJECTIVE = re.compile(
    r"(?:[сц]к[иоа]й|[цс]кая|[цс]кое|[а-я]ный|[а-я]ная|[а-я]ное|[а-я]вое|вый|тый|шие|ние|кие|ые)$"
)
_ANY_ADJECTIVE = re.compile(r"(?:ий|ый|ой|ая|яя|ое|ее|ые|ие)$")

IRREGULAR: dict[str, Paradigm] = {
    word: tuple(tuple(case.split("/")) for case in cases.split())
    for word, cases in {
        "египет": "египет египта египту египет египтом египте",
        "орёл": "орёл орла орлу орёл орлом орле",
        "турок": "турок/турки турка/турок турку/туркам турка/турок турком/турками турке/турках",
        "коми": "коми коми коми коми коми коми",
        "гоа": "гоа гоа гоа гоа гоа гоа",
        "папуа": "папуа папуа папуа папуа папуа папуа",
        "острова": "острова островов островам острова островами островах",
        "рио": "рио рио рио рио рио рио",
    }.items()
}

PREPOSITIONS = frozenset(["на", "в", "о", "де", "ла", "ле", "до", "эль", "аль", "эш", "эр", "эз", "эс", "и"])


def decline(name: str) -> frozenset[str]:
    """The forms of a name of one or more words, in small letters, its words parted by spaces.

    In a name of several words either all words are declined, or the head (adjectives and the first noun), or the last word:
    «Боснии и Герцеговине», «Западном берегу реки Иордан», «Порт-о-Пренсу».
    """
    words = [word for word in re.split(r"[\s\-—–]+", name) if word]
    if len(words) == 1:
        return frozenset(_single(words[0]))
    paradigms = [paradigm(word.lower(), alone=False) for word in words]
    whole = range(len(words))
    head = next((i for i in whole if not _is_adjective(words[i].lower(), alone=False)), len(words) - 1)
    groups = {tuple(whole)} if head == len(words) - 1 else {tuple(whole), tuple(range(head + 1)), (len(words) - 1,)}
    return frozenset(
        " ".join(forms) for group in groups for case in range(6) for forms in _agree(words, paradigms, group, case)
    )


def _agree(words: list[str], paradigms: list[Paradigm], group: Iterable[int], case: int) -> list[list[str]]:
    """The words of ``group`` in ``case``, the others as they are; one list a variant."""
    rows: list[list[str]] = [[]]
    for i, word in enumerate(words):
        forms = paradigms[i][case] if i in group else (word.lower(),)
        rows = [[*row, form] for row in rows for form in forms]
    return rows


def _single(word: str) -> Iterable[str]:
    lower = word.lower()
    if word[0].islower():
        return _common_forms(lower)
    return (form for case in paradigm(lower, alone=True) for form in case)


def _common_forms(word: str) -> set[str]:
    """All forms of a word that is written small: an adjective in any gender, or a person in either number."""
    if _ANY_ADJECTIVE.search(word) and len(word) > 4:
        return {word[:-2] + ending for ending in _WHOLE_ADJECTIVE}
    forms = {form for case in paradigm(word, alone=True) for form in case}
    return forms | set(_plural(word))


def _plural(word: str) -> Iterable[str]:
    """Plural forms of who belongs to a country: армяне, американцы, чехи, американки."""
    if word in IRREGULAR:
        return ()
    if re.search(r"[ая]нин$", word):
        return (word[:-2] + ending for ending in ("е", "", "ам", "ами", "ах"))
    if word.endswith("ин"):
        base = word[:-2] if word in ("болгарин", "татарин") else word
        return (base + ending for ending in ("ы", "е", "", "ам", "ами", "ах"))
    if word.endswith("ец"):
        return (_fleeting(word) + ending for ending in ("ы", "ев", "ам", "ами", "ах"))
    if re.search(r"[ьй]?ка$", word):
        zero = re.sub(r"[ьй]?ка$", "", word)
        zero += "ек" if zero[-1:] in HUSHING or not word[:-2].endswith(zero) else "ок"
        return (zero, *(word[:-1] + ending for ending in ("и", "ам", "ами", "ах")))
    if word.endswith(("а", "я")):
        return (word[:-1] + ending for ending in ("ы", "и", "", "ам", "ями", "ами", "ах"))
    first = "и" if word[-1] in VELAR else "ы"
    return (word + ending for ending in (first, "ов", "ей", "", "ам", "ами", "ах"))


@lru_cache(100_000)
def paradigm(word: str, *, alone: bool) -> Paradigm:
    """The six cases of a word in small letters; six times itself if it does not decline."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if _is_adjective(word, alone=alone):
        return tuple(tuple(word[:-2] + ending for ending in case) for case in _ADJECTIVES[word[-2:]])
    return tuple(tuple(dict.fromkeys(case)) for case in _noun(word))


def _is_adjective(word: str, *, alone: bool) -> bool:
    return len(word) > 4 and bool((_SURE_ADJECTIVE if alone else _ANY_ADJECTIVE).search(word)) and word != "территории"


def _noun(word: str) -> Paradigm:
    fixed: Paradigm = ((word,),) * 6
    if len(word) < 3 or word in PREPOSITIONS:
        return fixed
    last, base = word[-1], word[:-1]
    if last == "а":
        i, o = ("и" if base[-1] in VELAR else "ы"), ("е" if base[-1] in HUSHING else "о")
        return _cases(base, "а", i, "е", "у", f"{o}й {o}ю", "е")
    if last == "я":
        e = "и" if base[-1] == "и" else "е"
        return _cases(base, "я", "и", e, "ю", "ей ею", e)
    if last == "ь":
        return _cases(base, "ь", "и я", "и ю", "ь", "ью ем", "и е")
    if last == "й":
        return _cases(base, "й", "я", "ю", "й", "ем", "и е" if base[-1] == "и" else "е")
    if last == "ы" or (last == "и" and base[-1] in "гкхжшщй"):
        zero = base + "й" if base[-1] in VOWELS else base.removesuffix("й")
        return (
            (word,),
            (base + "ов", base.removesuffix("й") + "ев", zero),
            (base + "ам", base + "ям"),
            (word,),
            (base + "ами", base + "ями"),
            (base + "ах", base + "ях"),
        )
    if last == "о" and re.search(r"(?:[оеё]в|[иы]н|ск|л|дн)о$", word):
        return _cases(base, "о", "а о", "у о", "о", "ом о", "е о")
    if last in VOWELS:
        return fixed
    stem = _fleeting(word)
    return _cases(stem, "", "а", "у", "", "ем ом" if last in HUSHING else "ом", "е", nominative=word)


def _fleeting(word: str) -> str:
    """The stem before a case ending: американец, американц-; китаец, китайц-; городок, городк-."""
    if word.endswith("ец") and len(word) > 4:
        if word[-3] in VOWELS:
            return word[:-2] + "йц"
        return word[:-2] + ("ьц" if word[-3] == "л" else "ц")
    if word.endswith(("родок", "чок")):
        return word[:-2] + "к"
    return word


def _cases(base: str, *endings: str, nominative: str = "") -> Paradigm:
    cases = [tuple(base + ending for ending in case.split() or [""]) for case in endings]
    if nominative:
        cases[0] = (nominative,)
        cases[3] = (nominative, base + "а")
    return tuple(cases)
