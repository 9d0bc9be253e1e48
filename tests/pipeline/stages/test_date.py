"""When an article was published: what a page says, what it only seems to say, and what nobody says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import Cut, DateClaim, Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.date import find_date

RUSSIAN = (
    "Министры двух стран договорились построить новый мост через пограничную реку, сообщили в ведомстве.\n\n"
    "Работы начнутся весной. По словам чиновников, очередей из грузовиков после этого станет заметно меньше."
)
ENGLISH = (
    "Ministers of both countries agreed to build a new bridge over the border river, the ministry said.\n\n"
    "Work is to begin in spring. Officials expect that queues of lorries will then be far shorter than today."
)


def date(text: str, **raw: object) -> DateClaim:
    return find_date(Clean({})(Document(RawDocument(text, **raw)))).published  # type: ignore[arg-type]  # any fields of a raw document


@pytest.mark.parametrize(
    ("line", "body", "value"),
    [
        pytest.param("22 февраля 2022, 14:05", RUSSIAN, "2022-02-22T14:05", id="ru day month year time"),
        pytest.param("22.02.2022 14:05", RUSSIAN, "2022-02-22T14:05", id="ru numeric"),
        pytest.param("14:05 - 22 / 02 / 2022", RUSSIAN, "2022-02-22T14:05", id="ru numeric with blanks"),
        pytest.param("3 сентября 2025 года", RUSSIAN, "2025-09-03", id="ru with the word for year"),
        pytest.param("Вторник, 22 февраля 2022", RUSSIAN, "2022-02-22", id="ru with weekday"),
        pytest.param("February 22, 2022 2:05 PM", ENGLISH, "2022-02-22T14:05", id="en month first, 12 hours"),
        pytest.param("22 Feb 2022", ENGLISH, "2022-02-22", id="en short month"),
        pytest.param("Tuesday, 22 February 2022", ENGLISH, "2022-02-22", id="en with weekday"),
        pytest.param("2022-02-22", ENGLISH, "2022-02-22", id="iso"),
    ],
)
def test_a_date_line_under_the_headline_is_the_date(line, body, value):
    claim = date(f"A bridge will be built\n\n{line}\n\n{body}")

    assert (claim.value, claim.provenance) == (value, "header")


def test_the_prefix_before_the_first_sentence_is_the_date():
    claim = date(f" date 2023-07-04 {ENGLISH}")

    assert (claim.value, claim.precision, claim.provenance) == ("2023-07-04", "day", "header")


def test_a_missing_year_comes_from_what_the_text_tells_as_past():
    body = RUSSIAN + "\n\nВ апреле 2023 года стороны уже обсуждали проект, а в марте 2023 года его одобрил парламент."

    claim = date(f"Экономика, 27 апр, 18:40\n\nМост через реку построят\n\n{body}")

    assert (claim.value, claim.provenance, claim.year_from) == ("2023-04-27T18:40", "header", "text")


def test_a_year_that_nothing_tells_is_left_to_the_story():
    claim = date(f"Экономика, 27 апр, 18:40\n\nМост через реку построят\n\n{RUSSIAN}")

    assert (claim.value, claim.month_day) == (None, "--04-27")


def test_the_copyright_of_a_page_says_no_year():
    assert date(f"Мост через реку построят\n\n27 апр в 18:40\n\n{RUSSIAN}\n\n© 2006–2024, Вестник").value is None


def test_the_order_of_two_numbers_is_that_of_the_same_day_in_words():
    text = f"A bridge will be built for €40 million\n\n12/03/2021\nDecember 3, 2021\n\n{ENGLISH}"

    assert date(text).value == "2021-12-03"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        pytest.param("5 March 2021\nCorrection 7 March 2021\n", "", id="a correction"),
        pytest.param(
            "5 March 2021\n", "Update 7 March 2021, 3:30 pm: This story was updated to correct a name.", id="far below"
        ),
        pytest.param("5 March 2021\n", "From the March 7th 2021 edition", id="the paper in print"),
    ],
)
def test_what_comes_later_does_not_hide_the_date_at_the_headline(head, foot):
    assert date(f"{head}A bridge will be built over the river\n\n{ENGLISH}\n\n{foot}").value == "2021-03-05"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"July 04, 2025\nA bridge will be built over the river\nBy Ann Smith\nUpdated: July 07, 2025\n{ENGLISH}",
            id="below the headline",
        ),
        pytest.param(f"4 июля 2025\nМост через реку построят\nОбновлено: 07.07.2025\n{RUSSIAN}", id="in Russian"),
        pytest.param(
            "Explainer\nFri 4 Jul 2025 19.20 BST\nLast modified on Mon 7 Jul 2025 05.31 BST\nShare\n"
            f"A bridge will be built over the river\n{ENGLISH}",
            id="above the headline",
        ),
    ],
)
def test_an_update_between_date_and_article_does_not_hide_the_date(text):
    assert (date(text).value or "").startswith("2025-07-04")


@pytest.mark.parametrize(
    "header",
    ["Reader Comments: (they do not reflect the view of the River Post)", "2 thoughts on “A bridge will be built”"],
)
def test_what_readers_wrote_later_does_not_date_the_article(header):
    text = (
        f"A bridge will be built\nJuly 4, 2025 · by ann · in River · 2 Comments\n{ENGLISH}\n{header}\n"
        "Ben says:\nJuly 4, 2025 at 10:41 pm\nAt last.\nReply\nCid says:\nJuly 5, 2025 at 8:15 am\nToo late.\nReply"
    )

    assert (date(text).value or "").startswith("2025-07-04")


def test_sections_between_a_date_and_its_headline_are_no_menu():
    text = f"28 мая 2024 11:12\nПоделиться\nОбщество\nСтройка\nТранспорт\nМост через реку построят\n\n{RUSSIAN}"

    assert date(text).value == "2024-05-28T11:12"


def test_a_date_may_stand_among_the_facts_of_the_article_below_a_heading():
    text = (
        f"A bridge will be built\n\n{ENGLISH}\n\nRead more\nHow the old bridge fell into the river\n"
        "Date 07.06.2018\nAuthor Ann Smith\nKeywords bridge, river"
    )

    assert date(text).value == "2018-06-07"


def test_the_credit_of_a_picture_is_not_the_headline_below_a_date():
    text = (
        f"13 декабря 2023, 00:01\nОбщество\nНОВЫЙ МОСТ\nЧерез реку построят переправу\nАнна Иванова\nСлушать текст\n"
        f"Фото: ВЕСТНИК/Пётр Петров Второй\n{RUSSIAN}"
    )

    assert date(text).value == "2023-12-13T00:01"


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("© 2011–2024 Вестник. Все права защищены.", id="copyright"),
        pytest.param("Свидетельство о регистрации СМИ от 12.05.2014", id="registration"),
        pytest.param(
            "Статьи\n\nОбщество\n03.03.2024\n11:20\nКак живут у реки\nСпорт\n02.03.2024\n10:00\nКубок разыграли дома",
            id="other articles",
        ),
    ],
)
def test_dates_that_belong_to_something_else_are_not_taken(tail):
    assert date(f"Мост через реку построят\n\n{RUSSIAN}\n\n{tail}").value is None


def test_a_text_without_any_date_has_none():
    assert date(ENGLISH) == DateClaim()


def test_metadata_and_the_address_are_believed():
    stated = date(ENGLISH, metadata={"published": "2024-05-06T07:08:00+03:00"})
    in_url = date(ENGLISH, url="https://desk.example/2024/05/06/bridge/")

    assert (stated.value, stated.provenance) == ("2024-05-06T07:08+03:00", "metadata")
    assert (in_url.value, in_url.provenance) == ("2024-05-06", "url")


def alone(text: str, **raw: object) -> DateClaim:
    """What the stage says when nothing was cleaned before it."""
    return find_date(Document(RawDocument(text, **raw))).published  # type: ignore[arg-type]  # any fields of a raw document


def day(iso: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{iso}T12:00+00:00")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        pytest.param("Мост через реку построят\n\nИван Петров, 5 марта 2021, 09:15", "2021-03-05T09:15", id="author"),
        pytest.param("Политика | 5 марта 2021\n\nМост через реку построят", "2021-03-05", id="section above"),
        pytest.param("Мост через реку построят\n\n5 марта 2021\n09:15", "2021-03-05T09:15", id="clock below"),
        pytest.param("Мост через реку построят\n\nОпубликовано\n05.03.2021", "2021-03-05", id="label above"),
        pytest.param(
            "Мост через реку построят\n\n09:15 05.03.2021 (обновлено: 11:40 06.03.2021)",
            "2021-03-05T09:15",
            id="publication before update",
        ),
        pytest.param("Мост через реку построят\n\nОбновлено 05.03.2021 в 09:15", "2021-03-05T09:15", id="update alone"),
        pytest.param(
            "среда, 10.04.2024\nUSD 92.41\nВестник\nГлавное\nПолитика\nСпорт\nКультура\nМост через реку построят\n\n"
            "05.03.2021, 09:15",
            "2021-03-05T09:15",
            id="day of the visit in the head of the page",
        ),
    ],
)
def test_the_date_is_found_around_the_headline(head, value):
    claim = alone(f"{head}\n\n{RUSSIAN}")

    assert (claim.value, claim.provenance) == (value, "header")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("12 İyul 2024 08:15", "2024-07-12T08:15", id="İyul"),
        pytest.param("12 İYUN 2024", "2024-06-12", id="İYUN"),
        pytest.param("12 noy 2024", "2024-11-12", id="short form"),
        pytest.param("8 Avq 2022", "2022-08-08", id="short form with a capital"),
        pytest.param("5 may 2023-cü il", "2023-05-05", id="with the word for year"),
    ],
)
def test_months_are_read_in_azerbaijani(line, value):
    body = "Nazirlər sərhəd çayı üzərində yeni körpü salınması barədə razılığa gəliblər, nazirlikdən bildirilib."

    assert alone(f"Çay üzərində körpü salınacaq\n\n{line}\n\n{body}").value == value


def test_the_day_of_the_visit_does_not_hide_the_date():
    text = f"16 мая 2024\nВестник\nГлавная\nПолитика\nСпорт\nМост через реку построят\n5 марта 2021, 09:15\n\n{RUSSIAN}"

    assert alone(text).value == "2021-03-05T09:15"


def test_the_date_may_stand_below_the_body():
    assert alone(f"Мост через реку построят\n\n{RUSSIAN}\n\n5 марта 2021, 09:15").value == "2021-03-05T09:15"


@pytest.mark.parametrize(
    ("sentence", "value", "year_from"),
    [
        pytest.param("БАКУ, 5 марта 2021 — Министры договорились построить мост.", "2021-03-05", "", id="dateline"),
        pytest.param("Министры договорились сегодня, 5 марта 2021 года, о мосте.", "2021-03-05", "", id="today"),
        pytest.param("Министры договорились вчера, 5 марта 2021 года, о мосте.", "2021-03-06", "", id="yesterday"),
        pytest.param(
            "Министры договорились в пятницу, 5 марта, о мосте, который обсуждали с ноября 2020 года.",
            "2021-03-05",
            "weekday",
            id="weekday tells the year",
        ),
    ],
)
def test_prose_that_speaks_of_its_own_day_is_believed_less(sentence, value, year_from):
    claim = alone(f"{sentence}\n\n{RUSSIAN}")

    assert (claim.value, claim.precision, claim.provenance, claim.year_from) == (value, "day", "text", year_from)
    assert claim.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{RUSSIAN}\n\nПрежний мост рухнул 14 мая 2009 года.", id="an event long ago"),
        pytest.param(
            f"Стороны верны заявлению от 9 мая 2020 года, сообщили в ведомстве.\n\n{RUSSIAN}", id="a document"
        ),
        pytest.param(
            f"Как строили мост\n\n{RUSSIAN}\n\n12 января 2001 года — подписано соглашение.\n3 марта 2005 — начаты работы.\n"
            "17 июня 2012 года — открыт первый пролёт.",
            id="a chronicle",
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\nЧитайте также\n12.03.2024 Набережную закроют на ремонт до осени\n"
            "11.03.2024 В город после долгого перерыва вернулись трамваи\n10.03.2024 Мэр рассказал о планах на весну",
            id="dated links",
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\n2 комментария\nАнна\n3 марта 2021, 10:15\nНаконец-то\nПётр\n"
            "4 марта 2021, 11:00\nПосмотрим",
            id="comments",
        ),
        pytest.param("Расписание игр\n\n15.03.2024\nДинамо — Спартак\n16.03.2024\nЗенит — Торпедо", id="a schedule"),
        pytest.param(f"Иван Петров\nРодился 3 марта 1956 года\n\n{RUSSIAN}", id="a life"),
        pytest.param(f"Мост через реку построят\n\nСегодня, 16:14\n\n{RUSSIAN}", id="today, of no day"),
        pytest.param(
            f"16 мая 2024, 12:03\nВестник\nГлавная\nПолитика\nЭкономика\nСпорт\nМост через реку построят\n\n{RUSSIAN}",
            id="the day of the visit above a menu",
        ),
        pytest.param(
            f"Today is Thursday, May 16, 2024\nHome\nNews\nA bridge will be built\n\n{ENGLISH}", id="today is"
        ),
        pytest.param(
            "Последние новости\n16 мая 2024, 12:03\nВ столице открыли новую станцию метро\n16 мая 2024, 11:40\n"
            "Парламент принял поправки к закону\n16 мая 2024, 11:20\nСиноптики обещают дожди\n"
            f"Мост через реку построят\n\n{RUSSIAN}",
            id="a dated list above the headline",
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\nДоговор оферты от 01.02.2021\n"
            "Политика конфиденциальности (ред. от 01.09.2022)",
            id="rules of the site",
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\nИсточник изображения: пресс-служба, 14.02.2020", id="an image"
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\n* Организация признана нежелательной 14.02.2020", id="a footnote"
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\nПредыдущая новость\n18 августа 2024\nСиноптики обещают дожди",
            id="the article before",
        ),
        pytest.param(f"Мост через реку построят\nс 19 по 21 августа 2024\n\n{RUSSIAN}", id="a range in words"),
        pytest.param(f"A bridge will be built\n\nAug. 19–Aug. 21, 2024\n\n{ENGLISH}", id="a range with both months"),
        pytest.param(f"Мост через реку построят\n\n19.08 – 21.08.2024\n\n{RUSSIAN}", id="a range of numbers"),
        pytest.param(f"A bridge will be built\n\nFile photo, February 22, 2019\n\n{ENGLISH}", id="a picture of old"),
        pytest.param(
            f"A bridge will be built\n\n{ENGLISH}\n\nSubscribe by March 31, 2024 and save 50%", id="a term of an offer"
        ),
        pytest.param(f"A bridge will be built\n\n{ENGLISH}\n\nElection day is November 5, 2024", id="a day to come"),
        pytest.param(f"Дата: 19–21 августа 2024\nМесто: столица\n\n{RUSSIAN}", id="a range after a label"),
        pytest.param(
            f"Мост через реку построят\n\nХронология\n12 мая 1994 года – перемирие\n10 ноября 2020 года – заявление\n\n"
            f"{RUSSIAN}",
            id="a chronicle of single words",
        ),
        pytest.param(
            f"A bridge will be built\n\n{ENGLISH}\n\nTerms updated March 1, 2023", id="an update of the rules"
        ),
        pytest.param(
            f"A bridge will be built\n\n{ENGLISH}\n\nThe Second River War ended on November 10, 2020.",
            id="a last sentence",
        ),
        pytest.param(
            f"A bridge will be built\n\n{ENGLISH}\n\nUpcoming events\nJune 12, 2024 Forum of the rivers\n"
            "June 20, 2024 Week of bridges\nJuly 1, 2024 Summer school",
            id="events to come",
        ),
        pytest.param(f"Мост через реку построят\n\n{RUSSIAN}\n\nПн Вт Ср Чт Пт Сб Вс\nМай 2024", id="a calendar"),
        pytest.param(
            f"Мост через реку построят\n\n10 ноября 2020 года было подписано заявление о мосте. {RUSSIAN}",
            id="an event with its year in the first sentence",
        ),
        pytest.param(
            f"Мост через реку построят\n\n{RUSSIAN}\n\nОставить комментарий\nКомментарии (2)\nАнна 23.02.2022 10:15\n"
            "Наконец-то\nПётр 24.02.2022 11:00\nПосмотрим",
            id="comments right below",
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_where_nobody_says_it_there_is_no_date(text):
    assert alone(text).value is None


def test_today_is_the_day_of_collection():
    claim = alone(f"Мост через реку построят\n\nСегодня, 16:14\n\n{RUSSIAN}", collected=day("2021-03-05"))

    assert claim.value == "2021-03-05T16:14"
    assert claim.confidence < 0.9


def test_nothing_is_published_after_it_was_collected():
    text = f"Мост через реку построят\n\n05.03.2021\n\n{RUSSIAN}"

    assert alone(text, collected=day("2021-03-05")).value == "2021-03-05"
    assert alone(text, collected=day("2021-03-01")).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(f"Мост через реку построят\n\n03/04/2021\n\n{RUSSIAN}", "2021-04-03", id="ru"),
        pytest.param(
            f"A bridge will be built\n\n03/04/2021\n\n{ENGLISH} It costs $5m, U.S. officials say.",
            "2021-03-04",
            id="us",
        ),
        pytest.param(
            f"A bridge will be built\n\n03/04/2021\n\n{ENGLISH} It is to cost £5m.", "2021-04-03", id="british"
        ),
        pytest.param(
            f"A bridge will be built\n\n03/04/2021\n\n{ENGLISH}\n\n25/03/2021", "2021-04-03", id="another date"
        ),
    ],
)
def test_the_order_of_two_numbers_is_that_of_the_page(text, value):
    assert alone(text).value == value


def test_of_two_readings_the_other_is_an_alternative():
    claim = alone(f"A bridge will be built\n\n03/04/2021\n\n{ENGLISH}")

    assert {claim.value, *(one.value for one in claim.alternatives)} == {"2021-03-04", "2021-04-03"}
    assert claim.confidence < 0.9


def test_the_evidence_is_the_date_with_its_clock():
    text = f"Мост через реку построят\n\nПолитика, пятница, 5 марта 2021, 09:15\n\n{RUSSIAN}"

    evidence = alone(text).evidence

    assert evidence is not None
    assert (evidence.text, evidence.field) == ("пятница, 5 марта 2021, 09:15", "raw")
    assert text[evidence.start : evidence.end] == evidence.text


def test_a_header_confirms_the_metadata_and_gives_the_clock():
    text = f"Мост через реку построят\n\n05.03.2021, 09:15\n\n{RUSSIAN}"

    agreeing = alone(text, metadata={"published": "2021-03-05"})
    differing = alone(text, metadata={"published": "2021-07-01"})

    assert (agreeing.value, agreeing.provenance) == ("2021-03-05T09:15", "metadata")
    assert differing.value == "2021-07-01"
    assert differing.confidence < agreeing.confidence
    assert [one.value for one in differing.alternatives] == ["2021-03-05T09:15"]


def test_metadata_after_collection_are_not_believed():
    claim = alone(ENGLISH, metadata={"published": "2031-03-05"}, collected=day("2021-03-06"))

    assert claim.value is None


def test_when_it_was_modified_stands_in_and_is_believed_less():
    claim = alone(ENGLISH, metadata={"modified": "2021-03-05T09:15Z"})

    assert (claim.value, claim.provenance, claim.confidence) == ("2021-03-05T09:15+00:00", "metadata", 0.5)


def test_the_address_tells_the_header_from_other_dates():
    text = f"5 марта 2021\n\nМост через реку построят\n\n7 марта 2021\n\n{RUSSIAN}"

    assert alone(text, url="https://desk.example/2021/03/05/bridge").value == "2021-03-05"
    assert alone(text, url="https://desk.example/2021/03/07/bridge").value == "2021-03-07"


def test_an_update_alone_is_believed_less():
    claim = alone(
        f"A bridge will be built\n\n{ENGLISH}\n\nThis story was updated on August 20, 2024, to add a comment."
    )

    assert claim.value == "2024-08-20"
    assert claim.confidence < 0.9


@pytest.mark.parametrize(
    ("head", "value"),
    [
        pytest.param("09:15 05.03.2021\n(обновлено: 11:40 05.03.2021)", "2021-03-05T09:15", id="in the line below"),
        pytest.param("09:15 05.03.2021 (обновлено: 11:40 05.03.2021)", "2021-03-05T09:15", id="in one line"),
        pytest.param("5 марта 2021, 09:15,\n\nобновлено 5 марта 2021, 11:40", "2021-03-05T09:15", id="in words"),
        pytest.param("Обновлено: 5 марта 2021, 11:40\n5 марта 2021, 09:15", "2021-03-05T09:15", id="update first"),
        pytest.param("5 марта 2021\nОбновлено: 5 марта 2021, 11:40", "2021-03-05", id="publication without a clock"),
        pytest.param("Updated 5 March 2021, 11:40\nPublished 5 March 2021, 09:15", "2021-03-05T09:15", id="English"),
    ],
)
def test_the_minute_is_that_of_publication_not_of_an_update_on_the_same_day(head, value):
    assert date(f"Мост через реку построят\n\n{head}\n\n{RUSSIAN}").value == value


def test_the_date_below_the_name_of_a_photographer_is_no_picture_s():
    assert alone(f"Мост через реку построят\nФото: Вестник\n22 февраля 2022\n\n{RUSSIAN}").value == "2022-02-22"


def test_a_clock_and_a_dash_before_a_date_are_no_range():
    assert alone(f"Мост через реку построят\n18:45 – 21 августа 2024\n\n{RUSSIAN}").value == "2024-08-21T18:45"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        pytest.param(
            "Мост через реку построят Экономика Материалы 5 марта 2021 09:15 (UTC +04:00) Иван Петров Читать больше",
            "2021-03-05T09:15+04:00",
            id="before an author",
        ),
        pytest.param(
            "Мост через реку построят - 05.03.2021, Вестник Мост через реку построят 09:15 05.03.2021 (обновлено: 11:40 "
            "05.03.2021) © Вестник / Пётр Иванов Подписаться",
            "2021-03-05T09:15",
            id="before an update and a credit",
        ),
        pytest.param(
            f"{'Мост через реку построят к осени ' * 7}9:15 5 марта 2021 Экономика", "2021-03-05T09:15", id="far behind"
        ),
    ],
)
@pytest.mark.parametrize("dateline", ["", "СТОЛИЦА /Вестник/ - ", "СТОЛИЦА, 5 мар — Вестник. "])
def test_the_header_of_a_text_in_one_line_has_its_date(header, dateline, value):
    claim = date(f"{header} {dateline}{' '.join(f'{RUSSIAN} {RUSSIAN}'.split())}")

    assert (claim.value, claim.provenance) == (value, "header")
    assert claim.confidence <= 0.8


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Вестник большого города 09:15:31 5 марта 2021 Подписка", id="seconds"),
        pytest.param(f"Мост через реку построят 5 марта 2021 09:15 {'Политика Экономика Спорт ' * 20}", id="a menu"),
        pytest.param("Плотины на карте 5 марта 2021, 09:15 Паром встал на ремонт 3 марта 2021, 11:40", id="a list"),
    ],
)
def test_the_day_of_the_visit_and_those_of_lists_date_no_text_in_one_line(header):
    assert date(f"{header} {' '.join(f'{RUSSIAN} {RUSSIAN}'.split())}").value is None


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Толчок у нового моста ощутили 5 марта 2021 года в 09:15 жители трёх городов.", id="goes on"),
        pytest.param("Толчок у нового моста ощутили в трёх городах 5 марта 2021 года в 09:15.", id="ends"),
        pytest.param("Толчок ощутили у нового моста. Вестник писал об этом 5 марта 2021, 09:15 Москвы.", id="second"),
        pytest.param("Как сообщил сейсмологам Вестник, 5 марта 2021 года в 09:15 Иванов ощутил толчок.", id="comma"),
        pytest.param("Толчок ощутили у моста через реку 5 марта 2021 года. Ущерба нет.", id="no clock"),
    ],
)
def test_a_date_in_the_first_sentence_of_a_text_in_one_line_is_of_an_event(sentence):
    assert date(f"{sentence} {' '.join(f'{RUSSIAN} {RUSSIAN}'.split())}").value is None


def test_a_month_alone_is_a_month():
    claim = alone(f"A bridge will be built\n\nMarch 2021\n\n{ENGLISH}")

    assert (claim.value, claim.precision) == ("2021-03", "month")


def test_what_is_cut_as_related_links_counts_less():
    text = f"Мост через реку построят\n\n{RUSSIAN}\n\nНабережная\n\nТрамваи\n\nВесна\n\nНочь\n\n5 марта 2021, 09:15"
    start = text.index("Набережная")

    assert alone(text).value == "2021-03-05T09:15"
    cut = Document(RawDocument(text), (Cut(start, len(text), "related links"),))
    assert find_date(cut).published.confidence < alone(text).confidence


PIECES = st.sampled_from(
    ["5 марта 2021", "05.03.2021", "3/4/2021", "2021-03-05T18:20Z", "22 апр, 16:14", "29 февраля", "вчера", "2 hours ago",
     "Опубликовано", "Updated:", "©", "в пятницу", "БАКУ, ", "March 2021", "18:2005.03.2021", "12.05.21", "\n", "\n\n", " ", ". ",
     RUSSIAN, ENGLISH, "Комментарии", "Читайте также", "\r", "\u200b", "\xa0"]
)  # fmt: skip  # several to a line


@given(st.lists(PIECES | st.text(max_size=20), max_size=25).map("".join), st.none() | st.just(day("2022-01-01")))
def test_any_page_gives_valid_dates_that_stand_in_it(text, collected):
    claim = find_date(Document(RawDocument(text, collected=collected))).published

    assert (claim.value is None) == (claim.provenance == "none") == (claim.precision is None)
    assert 0 <= claim.confidence < 1
    assert len(claim.alternatives) <= 5
    for value in (claim.value, *(one.value for one in claim.alternatives)):
        if value is not None:
            moment = dt.datetime.fromisoformat(value if len(value) > 7 else f"{value}-01")
            assert collected is None or moment.date() <= collected.date() + dt.timedelta(days=1)
    for evidence in (claim.evidence, *(one.evidence for one in claim.alternatives)):
        if evidence is not None:
            assert text[evidence.start : evidence.end] == evidence.text


@given(st.text(max_size=300))
def test_any_text_gives_a_date_or_none(text):
    claim = find_date(Document(RawDocument(text))).published

    if claim.value is not None:
        dt.datetime.fromisoformat(claim.value if claim.precision in {"day", "minute"} else claim.value[:4] + "-01-01")
    if claim.evidence is not None:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
