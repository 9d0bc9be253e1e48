from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.normalise import fold
from newsdesk.language.tokens import (
    LONGEST_REMEMBERED,
    Token,
    find_forms,
    find_possible_stems,
    find_stemmed,
    find_stems,
    find_stems_meant,
    tokenize,
)


def test_a_token_knows_its_place_in_the_text_as_it_stands() -> None:
    text = "ƏLİYEV — в Баку"

    tokens = tokenize(text)

    assert tokens == (Token(0, 6, "eliyev", "eliyev"), Token(9, 10, "в", "в"), Token(11, 15, "баку", "баку"))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        pytest.param("нагорно-карабахский", ["нагорно", "карабахский"], id="hyphen separates"),
        pytest.param("«Су-30»", ["су", "30"], id="quotes and digits"),
        pytest.param("22.02.2022, 16:14", ["22", "02", "2022", "16", "14"], id="date and time"),
        pytest.param("Azerbaijan’s and James' s", ["azerbaijan", "and", "james", "s"], id="possessive"),
        pytest.param("O'Neill, l'Azerbaïdjan", ["o", "neill", "l", "azerbaidjan"], id="apostrophe separates"),
        pytest.param("пам'ять памʼять", ["пам", "ять", "пам", "ять"], id="any apostrophe"),
        pytest.param("snake_case", ["snake", "case"], id="underscore separates"),
        pytest.param("пре\u00adзидент", ["президент"], id="soft hyphen stays inside"),
        pytest.param("и\u0306од", ["йод"], id="combining mark stays inside"),
        pytest.param("北京 ok", ["北", "京", "ok"], id="a Chinese character is a token"),
        pytest.param("🙂 … —", [], id="no words"),
    ],
)
def test_forms(text: str, forms: list[str]) -> None:
    assert find_forms(text) == forms
    assert [token.form for token in tokenize(text)] == forms


def test_stems_follow_the_script_of_the_word() -> None:
    assert find_stems("Переговоры negotiations მოლაპარაკება 2022") == ["переговор", "negoti", "მოლაპარაკება", "2022"]


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    tokens = tokenize(text)

    assert all(token.form == fold(token.form) and token.stem for token in tokens)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(one.end <= next_one.start for one, next_one in pairwise(tokens))
    assert find_stems(text) == [token.stem for token in tokens]


def test_a_text_too_long_to_be_remembered_is_read_all_the_same() -> None:
    text = "слово " * (LONGEST_REMEMBERED // 5)

    assert {token.form for token in tokenize(text)} == {"слово"}


def test_a_query_in_lower_case_may_mean_a_surname() -> None:
    assert find_stems_meant("Лавров") == ("лавров",)
    assert find_stems_meant("лавров") == ("лавров", "лавр")
    assert find_stems_meant("переговоры") == ("переговор",)


def test_all_stems_of_a_form_are_known() -> None:
    assert {stem for word in ("Песков", "песков") for stem in find_stems(word)} == set(find_possible_stems("песков"))


def test_places_of_stems_are_those_of_their_tokens():
    text = "Министры встретились. Встреча министров в Баку — the ministers' meeting."
    stems = {token.stem for token in tokenize("министр minister")}

    found = find_stemmed(text, stems)

    assert found == [(token.start, token.end) for token in tokenize(text) if token.stem in stems]
    assert [text[start:end] for start, end in found] == ["Министры", "министров", "ministers"]


@given(st.text("aAsSbэЭёЁеЕйИiİıßéñ'’ -.5_\u00ad\u0301лчКkə漢", max_size=30), st.integers(0, 30))
def test_tokens_of_a_stem_are_found_as_among_all(text: str, number: int) -> None:
    tokens = tokenize(text)
    stems = {token.stem for token in tokens[number : number + 2]}

    found = find_stemmed(text, stems)

    assert found == [(token.start, token.end) for token in tokens if token.stem in stems]


def test_a_stem_is_found_by_every_letter_that_is_folded_to_its_first() -> None:
    letters = [chr(point) for point in range(0x20000) if chr(point).isalpha()]
    texts = {text: stems for letter in letters if (stems := set(find_stems(text := f"{letter}овановка")))}

    missed = [text for text, stems in texts.items() if not find_stemmed(text, stems)]

    assert missed == []
