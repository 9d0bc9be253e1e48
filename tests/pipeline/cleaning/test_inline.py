"""Chrome inside the lines of the article."""

import pytest

from newsdesk.pipeline.cleaning.inline import find_within, split_prefix
from newsdesk.pipeline.cleaning.lines import cut, split_lines
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.title import find_title

BODY = "Города у реки строят новый мост."
MORE = "Старый закрыт с мая, паром ходит дважды в день."


def without_prefix(text: str) -> str:
    (line,) = split_lines(text)
    return split_prefix(line)[1].text


def without_chrome(text: str, first: bool = False) -> tuple[str, list[str]]:
    """What is left of a line, and the reasons of what was cut."""
    (line,) = split_lines(text)
    cuts = cut(text, find_within(line, first))
    kept, at = "", 0
    for one in cuts:
        kept, at = kept + text[at : one.start], one.end
    return kept + text[at:], [one.reason for one in cuts]


@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param("16:42, 3 ноября", id="month that begins with its short form"),
        pytest.param("16:42, 3 ноября 2023", id="the same with its year"),
        pytest.param("16:42, 3 ноября 2023 г.", id="and with the word for it"),
        pytest.param("19:03, 19 июня 2024 —", id="dash"),
        pytest.param("3 нояб. 2023, 16:42", id="short month"),
        pytest.param("16:42 - 03 / 11 / 2023", id="blanks around the separators"),
        pytest.param("9 September 2023, 4:42 p.m.", id="English"),
        pytest.param("Sept. 9, 2023 4:42 PM |", id="English with a bar"),
        pytest.param("Опубликовано: 19 июня 2024", id="label"),
        pytest.param("2024-06-19", id="bare figures"),
        pytest.param("19.06.2024", id="bare figures with points"),
    ],
)
@pytest.mark.parametrize("sentence", ["Города у реки строят новый мост.", "Amnesty asked for a new bridge."])
def test_a_date_before_the_first_words_is_cut_whole(prefix, sentence):
    assert without_prefix(f"{prefix} {sentence}") == sentence


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("14:05, 3 ноября в городе открыли новый мост через реку.", id="clock and day"),
        pytest.param("3 ноября 2023 г. 14:05 мск на мосту заметили трещину.", id="day and clock"),
        pytest.param("Published on 5 March 2021 in a journal, the study of the bridge is cited.", id="label"),
        pytest.param("16:42, 3 ноября 2023", id="nothing but a date"),
        pytest.param("2023-11-03 был днём, когда мост открыли.", id="bare figures"),
        pytest.param("2023-11-03T05:00:00Z", id="a time stamp"),
        pytest.param("2023-11-03T05:00:00+03:00 The bridge is open.", id="a time stamp with words"),
        pytest.param("03.11.2023 – 05.11.2023 Ярмарка на мосту", id="from one day to another"),
    ],
)
def test_a_date_that_begins_the_sentence_stays(text):
    assert without_prefix(text) == text


def test_a_small_letter_behind_a_dash_begins_the_article():
    assert without_prefix("14:05, 3 ноября — мост через реку открыли.") == "мост через реку открыли."


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        pytest.param(f"{BODY} Читайте также: Кто платит за паром {MORE}", ["teaser"], id="teaser"),
        pytest.param(
            f"{BODY} Читайте также: Кто платит за паром {MORE} Фото: пресс-служба",
            ["teaser", "photo credit"],
            id="credit",
        ),
        pytest.param(
            f"{BODY} Читайте также: Кто платит за паром {MORE} Смотрите также: Плотины на карте",
            ["teaser", "teaser"],
            id="teaser behind",
        ),
        pytest.param(
            f"{BODY} Читайте также: Кто платит за паром Смотрите также: Плотины реки на карте {MORE}",
            ["teaser"],
            id="two in a row",
        ),
    ],
)
def test_all_chrome_of_a_line_is_cut(text, reasons):
    assert without_chrome(text) == (f"{BODY} {MORE}", reasons)


def test_teasers_between_several_sentences_are_cut():
    teaser = "Читайте также: Кто платит за паром"

    assert without_chrome(f"{BODY} {teaser} {MORE} {teaser} {BODY}") == (f"{BODY} {MORE} {BODY}", ["teaser", "teaser"])


@pytest.mark.parametrize(
    ("tail", "reasons"),
    [
        pytest.param("Подписывайтесь на наш Telegram-канал!", ["subscribe"], id="subscribe"),
        pytest.param("Follow us on Facebook and Twitter", ["subscribe"], id="English"),
        pytest.param("Subscribe to our weekly newsletter.", ["subscribe"], id="newsletter"),
        pytest.param("Теги: мост, паром, Двина", ["tags"], id="tags"),
        pytest.param(
            "Следите за нами в Telegram и WhatsApp Подписывайтесь на канал Вестник Тэги: #мост #паром Связанные новости "
            "Паром встал на ремонт до весны 30 мая 15:02 У моста посадили тополя 29 мая 18:44 Плотину покажут туристам "
            "28 мая 10:00 Лента новостей",
            ["subscribe"],
            id="longer than an ending",
        ),
        pytest.param("Подпишитесь на рассылку! Теги: мост, паром", ["subscribe", "tags"], id="two"),
        pytest.param(
            "Подписывайтесь на нас в соцсетях! © Вестник, 2024. Использование материалов разрешено только со ссылкой.",
            ["subscribe"],
            id="imprint",
        ),
        pytest.param(
            "Подписывайтесь на наш канал! Смотрите также: Плотины на карте", ["subscribe"], id="teaser behind"
        ),
    ],
)
def test_a_tail_is_cut_to_the_end_of_its_line(tail, reasons):
    assert without_chrome(f"{BODY} {MORE} {tail}") == (f"{BODY} {MORE}", reasons)


@pytest.mark.parametrize(
    "source", ["Источник: РИА Новости", "Source: Reuters", "Источник: Пресс-служба Порта", "Source: oldport.example"]
)
def test_whose_news_it_is_is_cut_behind_the_last_sentence(source):
    assert without_chrome(f"{BODY} {MORE} {source}") == (f"{BODY} {MORE}", ["author box"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{BODY} Источник: порт заплатит за паром.", id="what it says"),
        pytest.param(f"{BODY} Источник: РИА Новости. {MORE}", id="between two sentences"),
        pytest.param(f"{BODY} Source: The Council Wants The Old Bridge Back", id="long"),
        pytest.param("Воду нашли не там. Источник: Родник За Старым Мостом И Плотиной", id="a spring"),
        pytest.param("У реки назван источник: Днепр", id="within a sentence"),
    ],
)
def test_what_a_source_says_stays(text):
    assert without_chrome(text) == (text, [])


def test_an_invitation_between_two_sentences_is_cut_alone():
    text = f"{BODY} Подписывайтесь на наш Telegram-канал! {MORE} Теги: мост, паром"

    assert without_chrome(text) == (f"{BODY} {MORE}", ["subscribe", "tags"])


def test_a_teaser_and_a_tail_are_cut():
    text = f"{BODY} Читайте также: Кто платит за паром {MORE} Следите за нами в Telegram Тэги: #мост"

    assert without_chrome(text) == (f"{BODY} {MORE}", ["teaser", "subscribe"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{BODY} Подписывайтесь под обращением до мая, просят жители.", id="no channel"),
        pytest.param(f"«{BODY} Подписывайтесь на мой канал!» — говорит капитан в каждом ролике.", id="quotation"),
        pytest.param(f"{BODY} Следите за нами, предлагает паромщик, и не отставайте.", id="no channel either"),
        pytest.param(f"{BODY} Теги на опорах моста закрасили.", id="tags without a colon"),
        pytest.param(
            f"{BODY} Следите за нами в Telegram Вчера мэр города рассказал, что старый мост через реку откроют только к "
            "зиме, а новый через два года, когда высохнет бетон последних опор.",
            id="a sentence that cannot be told from it",
        ),
        pytest.param(
            f"{BODY} Теги: мост, паром Версия для печати Как город будет жить без моста 5 марта 2021 Вчера мэр рассказал, что "
            f"старый мост через реку откроют только к зиме, когда высохнет бетон последних опор. {MORE} На главную",
            id="sentences, and other chrome",
        ),
    ],
)
def test_what_only_begins_like_a_tail_stays(text):
    assert without_chrome(text) == (text, [])


@pytest.mark.parametrize(
    "dateline",
    [
        pytest.param("СТОЛИЦА /Вестник/ -", id="agency"),
        pytest.param("СТОЛИЦА, 5 мар — Вестник.", id="day and agency"),
        pytest.param("RIVERTON, Kent, March 5. Herald.", id="English"),
        pytest.param("RIVERTON, March 5 (Reuters) -", id="agency in brackets"),
    ],
)
@pytest.mark.parametrize(
    ("header", "title"),
    [
        pytest.param(
            "Мост через реку построят Экономика Материалы 5 марта 2021 09:15 (UTC +04:00) Иван Петров Читать больше",
            "Мост через реку построят",
            id="section",
        ),
        pytest.param(
            "Мост через реку построят - 05.03.2021, Вестник Мост через реку построят 09:15 05.03.2021 (обновлено: 11:40 "
            "05.03.2021) © Вестник / Пётр Иванов Подписаться",
            "Мост через реку построят",
            id="headline twice, update, credit",
        ),
        pytest.param(
            "Мост через реку построят в Грузии 5 марта 2021, 09:15", "Мост через реку построят в Грузии", id="date"
        ),
    ],
)
def test_the_header_before_a_dateline_is_cut_and_its_headline_known(header, title, dateline):
    text = f"{header} {dateline} {' '.join([BODY, MORE] * 5)}"

    document = find_title(Clean({})(Document(RawDocument(text))))

    assert document.body == f"{dateline} {' '.join([BODY, MORE] * 5)}"
    assert [one.reason for one in document.cuts] == ["date line"]
    assert document.title.value == title


@pytest.mark.parametrize(
    ("header", "dateline"),
    [("09:15 05.03.2021", "NEW RIVERTON (AP) —"), ("09:15 05.03.2021 Иван Петров", "СТОЛИЦА /Вестник/ -")],
    ids=["agency alone", "no headline"],
)
def test_a_header_may_have_no_headline(header, dateline):
    text = f"{header} {dateline} {BODY} {MORE}"

    assert without_chrome(text, first=True) == (f"{dateline} {BODY} {MORE}", ["date line"])


@pytest.mark.parametrize(
    "text",
    [
        "Толчок ощутили 5 марта 2021 в 09:15 ВМС США (НАТО) — участники учений. Никто не пострадал.",
        "The quake struck at 09:15 on 5 March 2021, 10:15 Moscow time, and the USGS, NOAA (AP) — both agencies said so.",
        "Ship Marn left port 5 March 2021 09:15 GMT, heading north, NATO (AP) — the alliance — said. It came back.",
    ],
)
def test_a_sentence_with_a_date_and_letters_is_no_header(text):
    assert without_chrome(text, first=True) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Мост через реку построят 5 марта 2021 СТОЛИЦА /Вестник/ - {BODY}", id="no clock"),
        pytest.param(f"Мост через реку построят 5 марта 2021, 09:15 Иван Петров {BODY}", id="no dateline"),
        pytest.param(
            f"Толчок ощутили у моста 5 марта 2021 года в 09:15 жители трёх городов СТОЛИЦА /Вестник/ - {BODY}",
            id="prose",
        ),
        pytest.param(
            f"Толчок у моста был 5 марта 2021 в 09:15. {BODY} СТОЛИЦА, 6 марта — Вестник. {MORE}",
            id="sentences between",
        ),
        pytest.param(f"{BODY * 13} 5 марта 2021, 09:15 СТОЛИЦА /Вестник/ - {BODY}", id="far behind"),
    ],
)
def test_what_is_no_header_before_a_dateline_stays(text):
    assert without_chrome(text, first=True) == (text, [])


def test_only_the_first_line_has_a_header():
    text = f"Мост через реку построят 5 марта 2021, 09:15 СТОЛИЦА /Вестник/ - {BODY}"

    assert without_chrome(text) == (text, [])


@pytest.mark.parametrize(
    "rest",
    [
        "Share on Facebook Tweet Print Your email © 2016-2022 River Post. All rights reserved.",
        "This post is also available in: Русский (Russian) Tags: Bridges Ferry Print Back to top button",
        "Поделиться Facebook Telegram Печать",
    ],
)
def test_buttons_behind_the_last_sentence_of_an_article_in_one_line_are_cut(rest):
    article = " ".join([BODY, MORE] * 9)

    assert without_chrome(f"{article} {rest}") == (article, ["share"])


@pytest.mark.parametrize(
    "last",
    [
        "Об этом мэр написал в Telegram и Facebook",
        "The regulator named Facebook, YouTube and Twitter as channel owners that must register by May",
        "Под запрет, сказано в законе, подпадают Telegram, YouTube и Facebook",
        "The ministry blocked these services: Telegram, WhatsApp, Facebook;",
    ],
)
def test_a_last_sentence_without_its_full_stop_is_none(last):
    text = " ".join([BODY, MORE] * 9) + " " + last

    assert without_chrome(text) == (text, [])
