"""The words of dates in Russian and English, and the month names of Ukrainian and Azerbaijani.

Data first; what the grammar looks words up in is made from it below. All words are lower-case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# Each month: its forms. A hyphen separates a stem from its endings; a hyphen alone at the end is the bare stem.
MONTH_FORMS = (
    "january jan январ-ь,я,е,ю,ем,ём янв січ-ень,ня,ні,нем yanvar-,ın,da,dan yan",
    "february feb febr феврал-ь,я,е,ю,ем,ём фев февр лют-ий,ого,ому,им fevral-,ın,da,dan fev",
    "march mar март-,а,е,у,ом мар берез-ень,ня,ні,нем mart-,ın,da,dan",
    "april apr апрел-ь,я,е,ю,ем апр квіт-ень,ня,ні,нем aprel-,in,də,dən",
    "may ма-й,я,е,ю,ем трав-ень,ня,ні,нем mayın mayda maydan",
    "june jun июн-,ь,я,е,ю,ем черв-ень,ня,ні,нем iyun-,un,da,dan iyn",
    "july jul июл-,ь,я,е,ю,ем лип-ень,ня,ні,нем iyul-,un,da,dan iyl",
    "august aug август-,а,е,у,ом авг серп-ень,ня,ні,нем avqust-,un,da,dan avq",
    "september sep sept сентябр-ь,я,е,ю,ем,ём сен сент верес-ень,ня,ні,нем sentyabr-,ın,da,dan sen",
    "october oct октябр-ь,я,е,ю,ем,ём окт жовт-ень,ня,ні,нем oktyabr-,ın,da,dan okt",
    "november nov ноябр-ь,я,е,ю,ем,ём ноя нояб листопад-,а,і,ом noyabr-,ın,da,dan noy",
    "december dec декабр-ь,я,е,ю,ем,ём дек груд-ень,ня,ні,нем dekabr-,ın,da,dan dek",
)
# Small letters and no year beside: these are other words ("may 5 people", "march 20 miles").
NOT_ALONE = frozenset({"may", "march", "mar", "mart", "august", "dec", "sep", "sen", "yan", "noy", "dek"})

# Monday first, as `datetime.date.weekday` counts.
WEEKDAY_FORMS = (
    "monday mon понедельник-,а,у,ом,е пн понеділ-ок,ка",
    "tuesday tue tues вторник-,а,у,ом,е вт вівтор-ок,ка",
    "wednesday wed сред-а,у,ы,е,ой ср серед-а,у,и",
    "thursday thu thur thurs четверг-,а,у,ом,е чт четвер",
    "friday fri пятниц-а,у,ы,е,ей пт ятниц-я,ю,і",
    "saturday sat суббот-а,у,ы,е,ой сб субот-а,у,и",
    "sunday sun воскресень-е,я,ю,ем вс неділ-я,ю,і",
)

# Minutes ahead of UTC, where the name means one offset only. CST, IST and BST mean several; Moscow's changed.
ZONE_MINUTES: dict[str, int | None] = {
    "z": 0, "gmt": 0, "utc": 0, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "sast": 120, "wib": 420,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540,
    "aest": 600, "aedt": 660, "et": None, "ct": None, "pt": None, "cst": None, "bst": None, "ist": None,
    "msk": None, "мск": None,
}  # fmt: skip  # several to a line
MOSCOW_ZONES = frozenset({"msk", "мск"})

# Days from the day of publication.
RELATIVE_DAYS = {
    "today": 0, "сегодня": 0, "сьогодні": 0, "bu gün": 0,
    "yesterday": -1, "вчера": -1, "вчора": -1, "dünən": -1, "позавчера": -2,
}  # fmt: skip  # several to a line
# The units of "3 hours ago", each with its days.
AGO_FORMS = (
    (
        0,
        "sec-,s,ond,onds min-,s,ute,utes hour-,s hr-,s сек секунд-,у,ы мин минут-,у,ы час-,а,ов хвилин-,у,и годин-,у,и",
    ),
    (1, "day-,s день дн-я,ей"),
    (7, "week-,s недел-ю,и,ь тижд-ень,ні,нів"),
)

# What says whose date it is: the words directly before it, or those of the line above. A phrase to a comma.
PUBLISHED_LABELS = """
    published, first published, originally published, publication date, date published, publish date, date,
    date of publication, publication, posted, originally posted, originally created, issue date,
    опубликовано, опубликован, опубликована, публикация, дата публикации, дата, дата и время, дата и время публикации,
    время публикации, дата выхода, дата создания, дата размещения, дата добавления, дата новости, размещено, размещён,
    размещен, размещена, опубліковано, дата публікації, додано, розміщено, dərc edilib, dərc olunub, yayımlanıb, tarix
"""
# These are labels only where nothing stands before them: else «закон, принятый и выложенный 5 мая».
WEAK_LABELS = """
    created, written, printed, issued, issued on, added, filed, released, submitted,
    добавлено, добавлен, добавлена, создано, создан, создана, выложено, вышла, вышло, вышел, написано, отправлено
"""
UPDATED_LABELS = """
    updated, last updated, page last updated, update, last update, modified, last modified, date modified, edited,
    last edited, revised, reviewed, last reviewed, changed, last changed, upd, correction, corrected, amended,
    обновлено, обновлён, обновлен, обновлена, обновление, последнее обновление, дата обновления, изменено, изменён,
    изменен, изменение, последнее изменение, последние изменения, отредактировано, дополнено, дополнен, исправлено,
    уточнено, оновлено, змінено, yenilənib
"""
# A word before the date of something else. Not «от»: «Новости от 22.02.2022».
FOREIGN_PREPOSITIONS = (
    "с со до по к ко после около since until till before after between due through during by is are was were"
)
# Rules of a site: neither their own date nor that of their update is the article's.
RULES = (
    "оферт", "конфиденциальност", "пользовательское соглашение", "правила сайта", "(ред. ", "privacy", "policy", " terms ", "cookie",
)  # fmt: skip  # several to a line
# Before a date: it is that of a picture.
PICTURES = (" photo", " фото", "изображени", " image ")
# These and a name in a line of its own: who made the picture.
PICTURE_CREDITS = "photos?|photographs?|image|фото|фотографии|иллюстрации"
# Anywhere in the line, these say that the date is another's. Compared with the line in small letters, a blank at its ends.
FOREIGN_WORDS = (
    *RULES, *PICTURES,
    # a copyright, a certificate
    "©", "(c)", "copyright", "rights reserved", "права защищены", "перепечатк", "свидетельств", "зарегистрирован",
    "регистраци", "лицензи", "роскомнадзор", "выдано", "выдан ", "certificate", "licence", "license", "registered", "issn",
    # the day of the visit
    " today is ", "сегодня:",
    # a quotation, an archive, a paper
    "retrieved", "accessed", "archived", "дата обращения", "архив", "archive", "тираж", "№", " edition",
    # a deadline, an event, a programme
    "next release", "next update", "next issue", "следующий выпуск", "следующая публикация", "следующее обновление",
    "deadline", "expires", "valid until", "действу", "окончани", "истекает", "срок ", "when:", "where:", "когда:", "где:",
    "начало ", "начало:", "проведени", "состоится", "состоятся", "пройдет ", "пройдёт ", "пройдут", "афиша", "расписание",
    "программа", "время происшествия", "date of accident", "date of the accident", "date of occurrence",
    # a life, an institution, a law
    " born ", " born:", "birth", "родил", " est.", " since ", "учрежден", "основан", "закон ", "закон:", "приказ",
    "постановлени", " указ", " фз", "-фз",
    # readers, and what others wrote on their own pages
    "(@", "member since", "joined", "на сайте с", " comment ", " comment:", " comments", "комментарий", "комментария", "комментарие", "комментари:",
    "комментир", "reply", "ответить",
    # rates, weather, pictures
    "курс ", " usd ", " usd/", " usd:", " eur ", " eur/", " eur:", "цб рф", "weather", "погода", "image:", "иллюстраци", "скачать", "download", " pdf",
    # other articles
    "see also", "read also", "читайте также", "смотрите также", "см. также",
    # footnotes
    "признан", "внесен", "внесён", "реестр", "нежелательн", "иноагент",
)  # fmt: skip  # several to a line
# A line that begins so heads a list of other articles.
LIST_HEADINGS = (
    r"related|more (?:from|news|stories|on|in)|also read|read (?:also|more|next)|see also|most (?:read|popular|viewed)|latest"
    r"|recent|popular|trending|recommended|upcoming|(?:all )?events|calendar|you (?:may|might)|up next|top stories|other news|headlines|in this section"
    r"|читайте|смотрите также|ещ[её] по теме|по теме|материалы по теме|похожие|другие новости|другие материалы"
    r"|последние новости|новости по теме|главные новости|лента|самое|популярн|рекоменд|все статьи|статьи|сюжет|в рубрике"
    r"|также по теме|новости партн[её]ров|вам может|предыдущ|следующ|(?:previous|next) (?:article|post|story)|архив|мероприятия|календарь|ближайшие|схожі|читайте також|останні новини|oxşar|digər xəbərlər"
)
# Words before or after a date: of news told as past; of what is yet to come; of what was long before. A star ends a stem.
TOLD_WORDS = """
    said says told announced stated reported added noted wrote confirmed declared signed met held arrived visited
    заяви* сообщи* сообща* рассказа* отмети* объяви* подчеркну* сказал* добави* прошел прошёл прошл* состоял* подписал*
    провел* провёл встрети* обсудил* прибыл* произош* известно передает передаёт пишет пишут
"""
FUTURE_WORDS = """
    will would shall plan* scheduled upcoming expected going
    будет будут планиру* намечен* запланир* предсто* пройдет пройдёт пройдут состоится состоятся ожида* начнется начнётся
    вступит истека* завершится откро* проведут проведет проведёт приедет прибудет
"""
EARLIER_WORDS = """
    earlier previous* last recall* once
    ранее раньше предыдущ* прежн* напомн* прошлый прошлая прошлое прошлой тогда впервые
"""
# Directly before a date.
FUTURE_PREPOSITIONS = "до к ко by until till before due"
EARLIER_PREPOSITIONS = "с со от после since from after"


class Words(NamedTuple):
    """Words to be found as they are, and stems that begin others."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def are_in(self, tokens: Iterable[str]) -> bool:
        return any(token in self.whole or token.startswith(self.stems) for token in tokens)


def read_words(words: str) -> Words:
    whole = frozenset(word for word in words.split() if not word.endswith("*"))
    return Words(whole, tuple(word[:-1] for word in words.split() if word.endswith("*")))


def phrases(labels: str) -> frozenset[str]:
    """Phrases with a comma between."""
    return frozenset(" ".join(phrase.split()) for phrase in labels.split(","))


def expand(forms: str) -> list[str]:
    """``"стол-,а,у ножка"`` is стол, стола, столу, ножка."""
    words = []
    for form in forms.split():
        stem, hyphen, endings = form.partition("-")
        words += [stem + ending for ending in endings.split(",")] if hyphen else [stem]
    return words


def alternation(words: Iterable[str]) -> str:
    """The words as an expression, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


CAPITALS = str.maketrans({"İ": "i"})  # of Azerbaijani; Python would make two characters of it


def lower(word: str) -> str:
    return word.translate(CAPITALS).lower()


MONTHS = {word: number for number, forms in enumerate(MONTH_FORMS, 1) for word in expand(forms)}
WEEKDAYS = {word: number for number, forms in enumerate(WEEKDAY_FORMS) for word in expand(forms)}
AGO_DAYS = {word: days for days, forms in AGO_FORMS for word in expand(forms)}
