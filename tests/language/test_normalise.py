import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.normalise import fold


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        pytest.param("Baku", "baku", id="case"),
        pytest.param("чёрный", "черный", id="yo"),
        pytest.param("ЙОД", "йод", id="short i stays"),
        pytest.param(unicodedata.normalize("NFD", "йод"), "йод", id="decomposed short i stays"),
        pytest.param(unicodedata.normalize("NFD", "Её"), "ее", id="decomposed yo"),
        pytest.param("Київ", "київ", id="Ukrainian yi stays"),
        pytest.param("Əliyev", "eliyev", id="schwa"),
        pytest.param("ƏLİYEV", "eliyev", id="capital schwa and dotted I"),
        pytest.param("Әлијев", "елијев", id="Cyrillic schwa"),
        pytest.param("Ağdam", "agdam", id="soft g"),
        pytest.param("Bakı", "baki", id="dotless i"),
        pytest.param("Şuşa", "susa", id="s with cedilla"),
        pytest.param("Göyçay", "goycay", id="o with diaeresis, c with cedilla"),
        pytest.param("Łódź", "lodz", id="stroke"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("Али́ев", "алиев", id="stress mark"),
        pytest.param("пре\u00adзи\u200bдент", "президент", id="soft hyphen and zero-width space"),
        pytest.param("O’Neill", "o'neill", id="typographic apostrophe"),
        pytest.param("нагорно‑карабахский", "нагорно-карабахский", id="hyphen that does not break"),
        pytest.param("სოხუმი", "სოხუმი", id="Georgian"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=30))
def test_composed_and_decomposed_are_one(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))
