import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import Document, Fingerprint, RawDocument, TitleClaim
from newsdesk.pipeline.stages.fingerprint import fingerprint_of, take_fingerprint

REPORT = (
    "В Гяндже 14 марта прошла встреча министров транспорта трёх стран. Руфат Гасанов сообщил, что новую ветку откроют "
    "осенью. «Поезда пойдут через перевал два раза в сутки, и билеты будут дешёвыми», — сказал Гасанов журналистам. "
    "На стройку выделили 12,5 млн манатов, заняты 1 340 рабочих. Первый состав прошёл испытания в 2021 году."
)


def test_fingerprint_is_made_from_title_and_body() -> None:
    document = Document(RawDocument(REPORT), title=TitleClaim("Ветку через перевал откроют осенью", "header"))

    assert take_fingerprint(document).fingerprint == fingerprint_of(document.title.value, REPORT)


def test_what_identifies_an_event_is_found() -> None:
    found = fingerprint_of("", REPORT)

    assert found.numbers == ("12500000", "1340")
    assert found.dates == ("--03-14", "2021")
    assert {"gasanov", "rufat"} <= set(found.names)
    assert len(found.quotes) == 2
    assert dict(found.terms)["gasanov"] == 2


def test_words_after_a_full_stop_are_no_names() -> None:
    names = fingerprint_of("", REPORT).names

    assert not {"poezda", "pervyy", "na"} & set(names)


def test_a_name_is_kept_once_whatever_its_case() -> None:
    body = "Вчера Мамедова видели в Шеки. Вечером Мамедову вручили орден, и с Мамедовым простились."

    assert fingerprint_of("", body).names.count("mamedov") == 1


NUMBERS = [
    pytest.param("погибли 67 человек", "67", id="Russian"),
    pytest.param("67 people were killed", "67", id="English"),
    pytest.param("собрали 1 250 подписей", "1250", id="space in thousands"),
    pytest.param("1,250 signatures", "1250", id="comma in thousands"),
    pytest.param("выросли на 3,5 процента", "3.5", id="Russian comma"),
    pytest.param("up 3.5 percent", "3.5", id="English point"),
    pytest.param("75 тысяч билетов", "75000", id="thousand in Russian"),
    pytest.param("75 thousand tickets", "75000", id="thousand in English"),
    pytest.param("2 млрд рублей", "2000000000", id="billion in Russian"),
    pytest.param("2 billion roubles", "2000000000", id="billion in English"),
    pytest.param("1.059,60 Euro", "1059.6", id="point in thousands, comma"),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number_is_the_same_in_any_writing(text: str, number: str) -> None:
    assert fingerprint_of("", text).numbers == (number,)


DATES = [
    pytest.param("это было 5 мая", ("--05-05",), id="Russian day"),
    pytest.param("on May 5", ("--05-05",), id="English day after the month"),
    pytest.param("on the 5th of May", ("--05-05",), id="English day before the month"),
    pytest.param("05.05.2020 утром", ("--05-05",), id="numeric date"),
    pytest.param("зимой 2019 года", ("2019",), id="year"),
    pytest.param("5 маек и 7 мартышек", (), id="words that begin like months"),
]


@pytest.mark.parametrize(("text", "dates"), DATES)
def test_dates_are_no_numbers(text: str, dates: tuple[str, ...]) -> None:
    assert fingerprint_of("", text).dates == dates


NEITHER = [
    pytest.param("волна COVID-19 спала", id="part of a word"),
    pytest.param("начало в 16:14", id="time of day"),
    pytest.param("версия 1.2.3 вышла", id="version"),
]


@pytest.mark.parametrize("text", NEITHER)
def test_other_figures_are_left_out(text: str) -> None:
    found = fingerprint_of("", text)

    assert (found.numbers, found.dates) == ((), ())


def test_the_title_stands_in_for_a_missing_body() -> None:
    found = fingerprint_of("Гасанов открыл вокзал в Гяндже", "")

    assert {"gasanov", "gyandzhe"} <= set(found.names)
    assert found.digest
    assert found.minhash


def test_a_headline_in_capitals_names_nobody() -> None:
    body = "The council met for three hours and put off the vote on the new bridge again."

    assert fingerprint_of("Council Puts Off Vote On New Bridge Again", body).names == ()


def test_same_words_in_other_typography_are_a_copy() -> None:
    other = REPORT.replace("«", "“").replace("»", "”").replace("—", "-").replace("трёх", "трех")

    assert fingerprint_of("", other).digest == fingerprint_of("", REPORT).digest


def test_fingerprint_survives_json() -> None:
    found = fingerprint_of("Ветку откроют", REPORT)

    assert Fingerprint.from_dict(json.loads(json.dumps(asdict(found)))) == found


def test_nothing_gives_an_empty_fingerprint() -> None:
    assert fingerprint_of("", "") == Fingerprint()
    assert Fingerprint.from_dict({}) == Fingerprint()


def test_a_long_article_is_less_than_three_kilobytes() -> None:
    body = " ".join(
        f"{REPORT} Глава{number} «Слово{number} о деле номер {number} было длинным»." for number in range(60)
    )

    assert len(json.dumps(asdict(fingerprint_of("Заголовок", body)))) < 3000


@given(st.text(), st.text())
def test_any_text_is_survived(title: str, body: str) -> None:
    found = fingerprint_of(title, body)

    assert Fingerprint.from_dict(json.loads(json.dumps(asdict(found)))) == found
    assert found.minhash == tuple(sorted(set(found.minhash)))
