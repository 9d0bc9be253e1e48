"""The words of dates in Russian and English, and the month names of Ukrainian and Azerbaijani.

Data first; what the grammar looks words up in is made from it below. All words are lower-case.
"""

from __future__ import annotations

from collections.abc import Iterable

# Each month: its forms. A hyphen separates a stem from its endings; a hyphen alone at the end is the bare stem.
MONTH_FORMS = (
    "january jan январ-ь,я,е,ю,ем,ём янв січ-ень,ня,ні,нем yanvar-,ın,da,dan",
    "february feb febr феврал-ь,я,е,ю,ем,ём фев февр лют-ий,ого,ому,им fevral-,ın,da,dan",
    "march mar март-,а,е,у,ом мар берез-ень,ня,ні,нем mart-,ın,da,dan",
    "april apr апрел-ь,я,е,ю,ем апр квіт-ень,ня,ні,нем aprel-,in,də,dən",
    "may ма-й,я,е,ю,ем трав-ень,ня,ні,нем mayın mayda maydan",
    "june jun июн-,ь,я,е,ю,ем черв-ень,ня,ні,нем iyun-,un,da,dan",
    "july jul июл-,ь,я,е,ю,ем лип-ень,ня,ні,нем iyul-,un,da,dan",
    "august aug август-,а,е,у,ом авг серп-ень,ня,ні,нем avqust-,un,da,dan",
    "september sep sept сентябр-ь,я,е,ю,ем,ём сен сент верес-ень,ня,ні,нем sentyabr-,ın,da,dan",
    "october oct октябр-ь,я,е,ю,ем,ём окт жовт-ень,ня,ні,нем oktyabr-,ın,da,dan",
    "november nov ноябр-ь,я,е,ю,ем,ём ноя нояб листопад-,а,і,ом noyabr-,ın,da,dan",
    "december dec декабр-ь,я,е,ю,ем,ём дек груд-ень,ня,ні,нем dekabr-,ın,da,dan",
)
# Small letters and no year beside: these are other words ("may 5 people", "march 20 miles").
NOT_ALONE = frozenset({"may", "march", "mar", "mart", "august", "dec", "sep"})

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
}  # fmt: skip
MOSCOW_ZONES = frozenset({"msk", "мск"})

# Days from the day of publication.
RELATIVE_DAYS = {
    "today": 0, "сегодня": 0, "сьогодні": 0, "bu gün": 0,
    "yesterday": -1, "вчера": -1, "вчора": -1, "dünən": -1, "позавчера": -2,
}  # fmt: skip
# Stems of the units in "3 hours ago", with their days.
AGO_DAYS = {"min": 0, "мин": 0, "хвил": 0, "hour": 0, "hr": 0, "час": 0, "годин": 0, "day": 1, "ден": 1, "дн": 1,
            "week": 7, "недел": 7, "тижд": 7}  # fmt: skip

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
    last edited, revised, reviewed, last reviewed, changed, last changed, upd,
    обновлено, обновлён, обновлен, обновлена, обновление, последнее обновление, дата обновления, изменено, изменён,
    изменен, изменение, последнее изменение, последние изменения, отредактировано, дополнено, дополнен,
    оновлено, змінено, yenilənib
"""
# A word before the date of something else. Not «от»: «Новости от 22.02.2022».
FOREIGN_PREPOSITIONS = "с со до к ко после около since until till before after between due through during"
# Anywhere in the line, these say that the date is something else: the copyright, a certificate, a birthday, a deadline, an
# event, a document, a reader's word, a picture. Compared with the small letters of the line, blanks included.
FOREIGN_WORDS = """
    ©,(@,(c),copyright,rights reserved,права защищены,перепечатк,свидетельств,зарегистрирован,регистраци,лицензи
    роскомнадзор,выдано,выдан ,certificate,licence,license,registered,issn,retrieved,accessed,archived,дата обращения
    deadline,expires,valid until,действу,окончани,истекает,срок , born , born:,родил,birth,member since,joined
    на сайте с, comment,комментарий,комментария,комментарие,комментари:,комментир,reply,ответить,курс , usd, eur,цб рф
    weather,погода,афиша,расписание,программа,тираж,архив,archive,№,when:,where:,когда:,где:,начало ,начало:,проведени
    состоится,состоятся,пройдет ,пройдёт ,пройдут,закон ,закон:,приказ,постановлени, указ, фз,-фз,учрежден,основан, est.
     since , photo, фото,image:
"""
# A line that begins so heads a list of other articles.
LIST_HEADINGS = (
    r"related|more (?:from|news|stories|on|in)|also read|read (?:also|more|next)|see also|most (?:read|popular|viewed)|latest"
    r"|recent|popular|trending|recommended|you (?:may|might)|up next|top stories|other news|headlines|in this section"
    r"|читайте|смотрите также|ещ[её] по теме|по теме|материалы по теме|похожие|другие новости|другие материалы"
    r"|последние новости|новости по теме|главные новости|лента|самое|популярн|рекоменд|все статьи|статьи|сюжет|в рубрике"
    r"|также по теме|новости партн[её]ров|вам может|архив|схожі|читайте також|останні новини|oxşar|digər xəbərlər"
)
# Stems before or after a date: of news told as past; of what is yet to come; of what was long before.
TOLD_WORDS = """
    said says told announced stated reported added noted wrote confirmed declared signed met held arrived visited
    заяви сообщи сообща рассказа отмети объяви подчеркну сказал добави прошел прошёл прошл состоял подписал провел провёл
    встрети обсудил прибыл произош известно передает передаёт пишет пишут
"""
FUTURE_WORDS = """
    will would shall plan scheduled upcoming expected going_to set_to
    будет будут планиру намечен запланир предсто пройдет пройдёт пройдут состоится состоятся ожида начнется начнётся
    вступит истека завершится откро проведут проведет проведёт приедет прибудет
"""
EARLIER_WORDS = """
    earlier previous last_time back_in recall once
    ранее раньше предыдущ прежн напомн прошлый прошлая прошлое прошлой тогда впервые
"""
# Directly before a date.
FUTURE_PREPOSITIONS = "до к ко by until till before due"
EARLIER_PREPOSITIONS = "с со от после since from after"


def stems(words: str) -> str:
    """An expression that finds any word with one of the stems; ``_`` stands for a blank."""
    return r"(?<![^\W\d_])(?:" + "|".join(words.split()).replace("_", " ") + ")"


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


MONTHS = {word: number for number, forms in enumerate(MONTH_FORMS, 1) for word in expand(forms)}
WEEKDAYS = {word: number for number, forms in enumerate(WEEKDAY_FORMS) for word in expand(forms)}
