"""The case forms of Russian names, made from the nominative.

Stems are too coarse for names («Баку» has the stem of «бак») and too fine («Египет», «Египта»). Declension by the
ending gives the forms that are written; one that no Russian uses does no harm, since it is only looked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

Case = tuple[str, ...]  # the forms of one case; variants beside each other
Paradigm = tuple[Case, ...]  # nominative, genitive, dative, accusative, instrumental, prepositional

HUSHING = "жчшщц"  # after them e for o
SOFTENING = "гкхжчшщ"  # after them и for ы
VOWELS = "аеиоуыэюяё"
INDECLINABLE = frozenset(["на", "в", "о", "де", "ла", "ле", "до", "эль", "аль", "эш", "эр", "эз", "эс", "и"])


def _paradigms(table: dict[str, str]) -> dict[str, Paradigm]:
    """«ым/им» are variants of a case."""
    return {word: tuple(tuple(case.split("/")) for case in cases.split()) for word, cases in table.items()}


# By the ending of the nominative, the endings of an adjective in its gender and number.
ADJECTIVES = _paradigms(
    {
        "ый": "ый ого ому ый/ого ым ом",
        "ой": "ой ого ому ой/ого ым/им ом",
        "ий": "ий ого/его ому/ему ий/ого/его им ом/ем",
        "ая": "ая ой/ей ой/ей ую ой/ей/ою/ею ой/ей",
        "яя": "яя ей ей юю ей/ею ей",
        "ое": "ое ого ому ое ым/им ом",
        "ее": "ее его ему ее им ем",
        "ые": "ые ых ым ые/ых ыми ых",
        "ие": "ие их им ие/их ими их",
    }
)
# All endings of an adjective that is written small, and «российско-азербайджанский».
ALL_ENDINGS = {
    "ий": ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ою", "ое", "ие", "их", "ими", "о"),
    "ый": ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ою", "ое", "ые", "ых", "ыми", "о"),
    "ой": ("ой", "ого", "ому", "ым", "им", "ом", "ая", "ую", "ою", "ое", "ые", "ие", "ых", "их", "ыми", "ими"),
}

# A name of one word is an adjective with these endings only: «Ханой» and «Прая» are nouns.
_SURE_ADJECTIVE = re.compile(r"(?:[сц]к(?:ий|ой|ая|ое)|н(?:ый|ая|ое)|вое|вый|тый|шие|ние|кие|ые)$")
_ANY_ADJECTIVE = re.compile(r"(?:[иы]й|ой|ая|яя|ое|ее|[иы]е)$")

IRREGULAR = _paradigms(
    {
        "генуа": "генуа генуи генуе геную генуей генуе",
        "египет": "египет египта египту египет египтом египте",
        "коми": "коми коми коми коми коми коми",
        "косово": "косово косова/косово косову/косово косово косовом/косово косове/косово",
        "орёл": "орёл орла орлу орёл орлом орле",
        "острова": "острова островов островам острова островами островах",
        "рио": "рио рио рио рио рио рио",
        "турок": "турок/турки турка/турок турку/туркам турка/турок турком/турками турке/турках",
        "время": "время времени времени время временем времени",
    }
)


def decline(name: str) -> frozenset[str]:
    """The forms of a name of one or more words, in small letters, its words parted by spaces.

    In a name of several words either all are declined, or the head (adjectives and the first noun), or the last word:
    «Боснии и Герцеговине», «Западном берегу реки Иордан», «Порт-о-Пренсу».
    """
    words = re.split(r"[\s\-—–]+", name.strip(" -—–"))
    if len(words) == 1:
        return frozenset(_forms_of_word(words[0]))
    if name.islower() and words[-1][-2:] in ALL_ENDINGS:  # нью-йоркский
        return frozenset(" ".join([*words[:-1], form]) for form in _forms_of_word(words[-1]))
    lower = [word.lower() for word in words]
    last = len(words) - 1
    head = next((i for i in range(last) if not _is_adjective(lower[i], alone=False)), last)
    groups = {range(last + 1), range(head + 1), range(last, last + 1)} if head < last else {range(last + 1)}
    return frozenset(" ".join(forms) for group in groups for case in range(6) for forms in _agree(lower, group, case))


def _agree(words: list[str], group: Collection[int], case: int) -> list[list[str]]:
    """The words of ``group`` in ``case``, the others as they are; one list a variant."""
    rows: list[list[str]] = [[]]
    for i, word in enumerate(words):
        forms = paradigm(word, alone=False)[case] if i in group else (word,)
        rows = [[*row, form] for row in rows for form in forms]
    return rows


def _forms_of_word(word: str) -> Iterable[str]:
    lower = word.lower()
    if word[0].isupper():
        return (form for case in paradigm(lower, alone=True) for form in case)
    if len(lower) > 4 and lower[-2:] in ALL_ENDINGS:
        return (lower[:-2] + ending for ending in ALL_ENDINGS[lower[-2:]])
    return {form for case in paradigm(lower, alone=True) for form in case} | _plural(lower)


def _plural(person: str) -> set[str]:
    """Plural forms of who belongs to a country: армяне, американцы, чехи, американки."""
    if person in IRREGULAR:
        return set()
    if re.search(r"[ая]нин$", person):
        return {person[:-2] + ending for ending in ("е", "", "ам", "ами", "ах")}
    if person.endswith("ин"):  # болгарин, болгары; but грузин, грузины
        base = person[:-2] if person.endswith("рин") else person
        return {base + ending for ending in ("ы", "", "ам", "ами", "ах")}
    if person.endswith("ка"):
        return {_zero_plural(person), *(person[:-1] + ending for ending in ("и", "ам", "ами", "ах"))}
    base = _before_ending(person)
    first = "и" if base[-1] in SOFTENING else "ы"
    return {base + ending for ending in (first, "ов", "ев", "ам", "ами", "ах")}


def _zero_plural(woman: str) -> str:
    """американка, американок; немка, немок; казашка, казашек; полька, полек; индийка, индиек."""
    base = woman[:-2]
    if base.endswith(("ь", "й")):
        return base[:-1] + "ек"
    return base + ("ек" if base.endswith(tuple(HUSHING)) else "ок")


@lru_cache(50_000)
def paradigm(word: str, *, alone: bool) -> Paradigm:
    """The six cases of a word in small letters; six times itself if it does not decline."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if _is_adjective(word, alone=alone):
        return tuple(tuple(word[:-2] + ending for ending in case) for case in ADJECTIVES[word[-2:]])
    return _noun(word)


def _is_adjective(word: str, *, alone: bool) -> bool:
    return len(word) > 4 and bool((_SURE_ADJECTIVE if alone else _ANY_ADJECTIVE).search(word))


def _noun(word: str) -> Paradigm:
    if len(word) < 3 or word in INDECLINABLE:
        return ((word,),) * 6
    base, last = word[:-1], word[-1]
    o = "е" if base[-1] in HUSHING else "о"
    match last:
        case "а" if base[-1] in "оуеи":  # Никарагуа, Самоа
            return ((word,),) * 6
        case "а":
            return _cases(base, "а", "и" if base[-1] in SOFTENING else "ы", "е", "у", f"{o}й/{o}ю", "е")
        case "я":
            e = "и" if base[-1] == "и" else "е"
            return _cases(base, "я", "и", e, "ю", "ей/ею", e)
        case "ь":  # Казань, Казанью and Ярославль, Ярославлем
            return _cases(base, "ь", "и/я", "и/ю", "ь", "ью/ем", "и/е")
        case "й":
            return _cases(base, "й", "я", "ю", "й", "ем", "и" if base[-1] == "и" else "е")
        case "и" if base[-1] == "й":  # Гавайи
            return _cases(base, "и", "ев", "ям", "и", "ями", "ях")
        case "ы" | "и" if last == "ы" or base[-1] in "гкхжщ":  # Афины, Химки; but Дели, Сочи, Тбилиси
            forms = _cases(base, last, "/ов", "ам", last, "ами", "ах")
            return (*forms[:1], (*forms[1], _zero_plural(base + "а")), *forms[2:]) if base[-1] == "к" else forms
        case "о" if re.search(r"(?:[оеё]в|[иы]н)о$", word):  # Иваново; «Иванова» is a surname
            return _cases(base, "о", "о", "о", "о", "о/ом", "о/е")
        case _ if last in VOWELS:
            return ((word,),) * 6
    base = _before_ending(word)
    instrumental = "ем" if base[-1] in HUSHING else "ом"
    return ((word,), *_cases(base, "а", "у")[:2], (word, base + "а"), (base + instrumental,), (base + "е",))


def _before_ending(word: str) -> str:
    """What stands before a case ending: американец, американц-; китаец, китайц-; городок, городк-."""
    if word.endswith("ец") and len(word) > 4:
        between = "й" if word[-3] in VOWELS else "ь" if word[-3] == "л" else ""
        return word[:-2] + between + "ц"
    return word[:-2] + "к" if word.endswith(("родок", "чок")) else word


def _cases(base: str, *endings: str) -> Paradigm:
    return tuple(tuple(base + ending for ending in case.split("/")) for case in endings)
