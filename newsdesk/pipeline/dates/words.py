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
    "friday fri пятниц-а,у,ы,е,ей пт п'ятниц-я,ю,і",
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

# What says whose date it is. The first two are whole labels; a foreign word may stand anywhere in the line.
PUBLISHED_LABELS = (
    "published|publication date|date published|publish date|date of publication|publication|posted|printed|date"
    "|written|created|issued|added|filed|опубликован[оа]?|публикация|дата|дата публикации|дата и время|время публикации"
    "|дата выхода|дата создания|дата размещения|дата новости|размещен[оа]?|размещён|добавлен[оа]?|создан[оа]?"
    "|выложен[оа]?|вышл[оа]|написан[оа]?|опубліковано|дата публікації|додано|розміщено|dərc edilib|dərc olunub|tarix"
)
UPDATED_LABELS = (
    "updated|update|modified|edited|revised|reviewed|changed|upd|date modified|обновлен[оа]?|обновлён|обновление"
    "|изменен[оа]?|изменён|изменение|последнее обновление|последнее изменение|отредактирован[оа]?|дополнен[оа]?"
    "|оновлено|змінено|yenilənib"
)
FOREIGN_WORDS = (
    r"©|\(@\w|\(c\)|copyright|rights reserved|права защищены|перепечатк"
    r"|свидетельств|зарегистрирован|регистраци|лицензи|роскомнадзор|выдан|certificate|licen[cs]e|registered|issn"
    r"|retrieved|accessed|archived|дата обращения|deadline|expires|valid until|действу|окончани|истекает|срок"
    r"|\bborn\b|родил|birth|member since|joined|на сайте с|comments?\b|комментари[йея]|комментир|reply|ответить"
    r"|курс|\busd\b|\beur\b|цб рф|weather|погода|афиша|расписание|программа|тираж|архив|archives?\b|№\s?\d"
    r"|\bwhen:|\bwhere:|когда:|где:|начало|проведени|состоится|состоятся|пройд[её]т|пройдут|закон|приказ|постановлени"
    r"|\bуказ|\bфз\b|учрежден|основан|\best\.|\bsince\b|\bphoto|\bфото|image:"
)
# Small words that stand before the date of something else. Not "от": «Новости от 22.02.2022».
FOREIGN_PREPOSITIONS = "с|со|до|к|ко|после|около|since|until|till|before|after|between|due|through|during"
# A line that begins so heads a list of other articles.
LIST_HEADINGS = (
    r"related|more (?:from|news|stories|on|in)|also read|read (?:also|more|next)|see also|most (?:read|popular|viewed)|latest"
    r"|recent|popular|trending|recommended|you (?:may|might)|up next|top stories|other news|headlines|in this section"
    r"|читайте|смотрите также|ещ[её] по теме|по теме|материалы по теме|похожие|другие новости|другие материалы"
    r"|последние новости|новости по теме|главные новости|лента|самое|популярн|рекоменд|все статьи|статьи|сюжет|в рубрике"
    r"|также по теме|новости партн[её]ров|вам может|архив|схожі|читайте також|останні новини|oxşar|digər xəbərlər"
)
# The verbs of news told as past, and the words that make a date one to come.
TOLD_WORDS = (
    r"\b(?:said|says|told|announced|stated|reported|added|noted|wrote|confirmed|declared|signed|met|held|arrived|visited"
    r"|заяви|сообщи|сообщае|рассказа|отмети|объяви|подчеркну|сказа|добави|прош[её]?л|состоял|подписал|пров[её]л|встрети"
    r"|обсудил|прибыл|произош|стал[оаи]? извест|переда[её]т|пиш[еу]т)"
)
EARLIER_WORDS = (
    r"\b(?:earlier|previous|last time|since|back in|recall|ранее|раньше|предыдущ|прежн|напомн|прошл(?:ый|ая|ое|ой)\b|тогда"
    r"|впервые|ещё|еще|заявлени[ея] от|от|с|после|since|from)\b"
)
FUTURE_WORDS = (
    r"\b(?:will|would|shall|plans?|planned|scheduled|until|due|upcoming|expected|from now|by|before|ahead of"
    r"|буд[еу]т|планиру|намечен|запланир|предсто|пройд[её]т|пройдут|состоится|состоятся|ожида|начн[её]тся|вступит"
    r"|истека|заверш[аи]тся|откроется|до|к)\b"
)


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
