"""Chrome inside the lines of the article."""

import pytest

from newsdesk.pipeline.cleaning.inline import find_within, split_prefix
from newsdesk.pipeline.cleaning.lines import cut, split_lines

BODY = "Города у реки строят новый мост."
MORE = "Старый закрыт с мая, паром ходит дважды в день."


def without_prefix(text: str) -> str:
    (line,) = split_lines(text)
    return split_prefix(line)[1].text


def without_chrome(text: str) -> tuple[str, list[str]]:
    """What is left of a line, and the reasons of what was cut."""
    (line,) = split_lines(text)
    cuts = cut(text, find_within(line))
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
