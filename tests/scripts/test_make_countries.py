import json
import tomllib
from typing import Any

import pytest

from scripts.make_countries import (
    OUTPUT,
    TABLE,
    cldr_names,
    display_name,
    english_names,
    english_plural,
    main,
    make_rows,
    russian_feminine,
    russian_names,
    sound,
)


@pytest.fixture(scope="module")
def rows() -> dict[str, Any]:
    return {row["pk"]: row["fields"] for row in make_rows(tomllib.loads(TABLE.read_text("utf-8")))}


def test_the_fixture_is_what_the_script_makes(rows: dict[str, Any]) -> None:
    stored = {row["pk"]: row["fields"] for row in json.loads(OUTPUT.read_text("utf-8"))}

    assert stored == rows


def test_writing_twice_gives_the_same_bytes(tmp_path: Any) -> None:
    for name in ("first.json", "second.json"):
        main([str(tmp_path / name)])

    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()


@pytest.mark.parametrize(
    ("demonym", "plural"),
    [
        pytest.param("Armenian", ["Armenians"], id="adjective that is a noun"),
        pytest.param("German", ["Germans"], id="German is no man"),
        pytest.param("Pole", ["Poles"], id="noun"),
        pytest.param("Chinese", [], id="-ese"),
        pytest.param("British", [], id="-ish"),
        pytest.param("Frenchman", [], id="-man"),
        pytest.param("Swiss", [], id="-ss"),
        pytest.param("Icelandic", [], id="-ic"),
        pytest.param("Russo-", [], id="half of a word"),
    ],
)
def test_english_plurals(demonym: str, plural: list[str]) -> None:
    assert english_plural(demonym) == plural


@pytest.mark.parametrize(
    ("demonym", "feminine"),
    [
        pytest.param("норвежец", ["норвежка"], id="-ец after a consonant"),
        pytest.param("китаец", [], id="-аец is irregular"),
        pytest.param("чех", [], id="in the table if there is one"),
        pytest.param("чешский", [], id="adjective"),
    ],
)
def test_russian_feminines(demonym: str, feminine: list[str]) -> None:
    assert russian_feminine(demonym) == feminine


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        pytest.param("Краснодар", "Krasnodar", id="plain"),
        pytest.param("Шяуляй", "Shyaulyay", id="ш, я"),
        pytest.param("Хартум", "Khartum", id="kh"),
        pytest.param("Юрга", "Yurga", id="ю"),
    ],
)
def test_a_name_sounds_alike_in_both_scripts(russian: str, latin: str) -> None:
    assert sound(russian) == sound(latin)


def test_spellings_in_other_languages_are_left_out() -> None:
    city = {
        "name": "Tambov",
        "alternatenames": ["Tambov", "Tambova", "Тамбов", "Тамбовъ", "Тамбов хот", "Тамбову", "Tambow", "თამბოვი"],
    }

    assert russian_names(city) == ["Тамбов"]


def test_a_name_of_a_city_needs_letters_and_length() -> None:
    assert english_names({"name": "Tbilisi"}) == ["Tbilisi"]
    assert english_names({"name": "Of"}) == []
    assert english_names({"name": "6th of October City"}) == []


def test_names_that_only_tell_countries_apart_are_shown_and_not_matched() -> None:
    assert display_name("CD", "en") == "Congo - Kinshasa"
    assert cldr_names("CD", "en") == []
    assert cldr_names("TT", "en") == ["Trinidad and Tobago"]


def test_a_smaller_city_of_the_same_name_is_guarded(rows: dict[str, Any]) -> None:
    assert "Birmingham" in rows["GB"]["names"]["en"]["city"]
    assert "Birmingham" in rows["US"]["names"]["en"]["guarded"]


def test_a_city_that_is_a_given_name_is_guarded(rows: dict[str, Any]) -> None:
    assert "Владимир" in rows["RU"]["names"]["ru"]["guarded"]
    assert "Владимир" not in rows["RU"]["names"]["ru"]["city"]


def test_cities_of_a_disputed_region_are_in_its_own_row(rows: dict[str, Any]) -> None:
    assert "Sevastopol" in rows["X-CR"]["names"]["en"]["city"]
    assert not {"Sevastopol", "Simferopol", "Kerch", "Donetsk"} & set(rows["UA"]["names"]["en"]["city"])
    assert not {"Sevastopol", "Simferopol", "Kerch", "Donetsk"} & set(rows["RU"]["names"]["en"]["city"])
