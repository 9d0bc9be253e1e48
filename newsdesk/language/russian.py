"""A stem for Russian that is one and the same in all case forms of a word.

Snowball's is not: it takes many nominatives for inflected forms, and makes «караб» of Карабах but «карабах» of
Карабахе, «генера» of генерал but «генерал» of генералу, «ал» of Алиев but «алиев» of Алиева. Here the ending comes
off (`_cut`), and what is left is settled (`_settle`): whatever comes off a nominative that looks like an inflected
form comes off the other forms too, and fleeting vowels go. So all forms meet; what they meet in need not be a word.

Verbs meet in the past, the infinitive and most of the present.
"""

from __future__ import annotations

from newsdesk.language.stopwords import STOP_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOWELS = frozenset("аеиоуыэюяіїє")
HUSHERS_AND_VELARS = frozenset("кгхжшчщ")

# Endings of nouns, adjectives and participles, by length. -ий and -ие have a rule of their own.
LONG_ENDINGS = _words("ами ями ыми ими ьми ого его ому ему")
SHORT_ENDINGS = _words("ах ях ам ям ом ем ов ев ой ей ый ая яя ое ее ые ым им ых их ую юю ою ею")
LETTER_ENDINGS = frozenset("аяоеуюыийь")

# What nominatives end in without having an ending: Карабах, Ильхам, диплом, режим, Крым, отдых, герой, музей.
LOOKALIKES = _words("ах ам ом ем им ым их ых ой ей")

# Nouns in -ай, whose genitive looks like an adjective (Китая), and in -ть, which look like infinitives.
NOUNS_IN_AI = _words(
    "китай случай край урожай обычай николай алтай шанхай парагвай уругвай трамвай сарай май чай дубай синай рай"
)
NOUNS_IN_TJ = ("память", "печать", "кровать", "сеть", "нить", "суть", "путь", "рукоять")

# Words that are their own stem: what looks like their ending is none.
WHOLE = _words("остров основ коров голов готов здоров суров улов баку дели мали перу чили сочи евро метро")

# Surnames and towns in -ов and -ев have the nominative as their stem: Алиев, Киев. Capitalised ones are such, but
# for genitive plurals that stand in names («Соединённых Штатов»).
CAPITALISED_PLURALS = _words(
    "штатов эмиратов островов нидерландов советов союзов комиссаров депутатов профсоюзов министров"
)

IRREGULAR = {
    form: stem
    for stem, forms in {
        "времен": "время времени временем временам времена временах временами времен",
        "имен": "имя имени именем имена имен именам именами именах",
        "ден": "день дня дню днем дни дней дням днями днях",
        "друг": "друзья друзей друзьям друзьями друзьях",
        "деньг": "денег",
        "трет": "третий",
        "матер": "мать",
        "дочер": "дочь",
        "огн": "огонь",
        "посл": "посол",
        "павл": "павел",
        "египт": "египет",
        "хребт": "хребет",
        "церкв": "церковь церковью",
        "любв": "любовь любовью",
    }.items()
    for form in forms.split()
}


def stem_russian(form: str, *, capitalised: bool) -> str:
    """The stem of a folded form."""
    if form in STOP_WORDS or form in WHOLE or _is_surname(form, capitalised):
        return form
    return IRREGULAR.get(form) or _settle(_cut(form))


def _is_surname(form: str, capitalised: bool) -> bool:
    """A lower-case word in -ов or -ев is a genitive plural, but for short ones in -иев (алиев)."""
    if not form.endswith(("ов", "ев")) or form in CAPITALISED_PLURALS:
        return False
    return capitalised or (form.endswith("иев") and len(form) <= 6)


def _can_stand(rest: str, letters: int) -> bool:
    """Enough is left when an ending is off."""
    return len(rest) >= letters and not VOWELS.isdisjoint(rest)


def _cut(word: str) -> str:
    """The word without its ending."""
    word = _cut_reflexive(word)
    return _cut_verb(word) or _cut_long(word) or _cut_short(word) or _cut_letter(word) or word


def _cut_reflexive(word: str) -> str:
    if word.endswith(("ся", "лась", "лось", "лись")) and _can_stand(word[:-2], 3):
        return word[:-2]
    return word


def _cut_verb(word: str) -> str:
    """The past tense for the infinitive and the present: подписать → подписал, говорит → говорил."""
    rest, ending = word[:-2], word[-2:]
    if not _can_stand(rest, 3):
        return ""
    if ending == "ть" and rest[-1] in VOWELS and not word.endswith(NOUNS_IN_TJ):
        return rest + "л"
    if word.endswith(("ует", "уют")):
        return word[:-3] + "овал"
    if ending in ("ет", "ют") and rest[-1] in "аяе":
        return rest + "л"
    return rest + "ил" if ending in ("ит", "ят") else ""


def _cut_long(word: str) -> str:
    return word[:-3] if word[-3:] in LONG_ENDINGS and _can_stand(word[:-3], 3) else ""


def _cut_short(word: str) -> str:
    rest, ending = word[:-2], word[-2:]
    if ending in ("ий", "ие"):
        # Adjectives lose both letters (русский, последние); nouns keep their и (сценарий, соглашений, заявление).
        adjective = rest[-1:] in HUSHERS_AND_VELARS or (rest[-1:] == "н" and rest[-2:-1] not in "еая")
        return rest if adjective and _can_stand(rest, 3) else ""
    if ending == "ая" and rest + "ай" in NOUNS_IN_AI:
        return ""
    if ending in SHORT_ENDINGS and _can_stand(rest, 2 if rest[-1:] in VOWELS else 3):
        return rest
    return ""


def _cut_letter(word: str) -> str:
    rest, ending = word[:-1], word[-1:]
    if ending == "о" and rest[-1:] in VOWELS:  # радио, Токио
        return ""
    return rest if ending in LETTER_ENDINGS and _can_stand(rest, 2) else ""


def _settle(stem: str) -> str:
    """What all forms of the word come down to."""
    while (shorter := _shorten(stem)) != stem:
        stem = shorter
    if stem[-1:] == "л" and stem[-2:-1] in "аяиеыу" and _can_stand(stem[:-1], 3):
        return stem[:-1]  # подписал, подписала, as are генерала and генерал
    return stem


def _shorten(stem: str) -> str:
    rest, end = stem[:-1], stem[-2:]
    if stem.endswith("ь") and _can_stand(rest, 2):
        return rest
    if end == "нн":  # подписанный, подписан
        return rest
    if stem.endswith(("анин", "янин")):  # россиянин, россияне
        return stem[:-2]
    if end in LOOKALIKES and _can_stand(stem[:-2], 3):
        return stem[:-2]
    if end == "ит" and _can_stand(rest, 3):  # кредита, кредит
        return rest
    if end[1:] == "и" and end[:1] in HUSHERS_AND_VELARS and _can_stand(rest, 3):  # оружию, оружие
        return rest
    if end[1:] in ("е", "о") and end[:1] not in VOWELS and _can_stand(rest, 3):  # Сергея, Сергей
        return rest
    return _drop_fleeting_vowel(stem)


def _drop_fleeting_vowel(stem: str) -> str:
    """Миротворец, миротворца; украинец, европейца, владельца; рынок, рынка; поставок, поставка; уровень, уровня."""
    rest, before, end = stem[:-2], stem[-3:-2], stem[-2:]
    if len(stem) < 4:
        return stem
    if end == "ец":
        return rest + ("йц" if before in VOWELS else "ьц" if before == "л" else "ц")
    if end == "ек" and before in VOWELS:
        return rest + "йк"
    if (end == "ок" and before not in VOWELS) or (end == "ек" and before in "жчш"):
        return rest + "к"
    if end == "ен" and before not in VOWELS and len(stem) > 4:
        return rest + "н"
    return stem
