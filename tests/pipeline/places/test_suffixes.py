import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.places.suffixes import inflect, inflect_person, inhabitant


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        pytest.param("Rusiya", "rusiya rusiyanın rusiyaya rusiyanı rusiyada rusiyadan rusiyayla", id="back, vowel"),
        pytest.param("Türkiyə", "türkiyənin türkiyəyə türkiyəni türkiyədə türkiyədən", id="front, vowel"),
        pytest.param("İran", "iranın irana iranı iranda irandan iranla irandakı", id="back, consonant"),
        pytest.param("Pekin", "pekinin pekinə pekini pekində pekindən pekinlə", id="front, consonant"),
        pytest.param("London", "londonun londona londonu londonda londondan", id="rounded"),
        pytest.param("Bişkek", "bişkekin bişkekə bişkekdədir", id="copula"),
        pytest.param("Xankəndi", "xankəndiyə xankəndinə xankəndidə xankəndində", id="what is of something, both ways"),
    ],
)
def test_a_name_has_the_forms_that_vowel_harmony_gives(name: str, forms: str) -> None:
    assert set(forms.split()) <= inflect(name)


def test_of_several_words_the_last_has_the_forms() -> None:
    assert "birləşmiş ştatlarında" in inflect("Birləşmiş Ştatları")
    assert "nyu-yorkdan" in inflect("Nyu-York")


def test_people_are_one_or_many() -> None:
    assert {"erməni", "erməninin", "ermənilər", "ermənilərdən"} <= inflect_person("erməni")
    assert [inhabitant(place) for place in ("Rusiya", "Bakı", "Özbəkistan")] == ["rusiyalı", "bakılı", "özbəkistanlı"]


@given(st.text(max_size=20))
def test_any_name_has_its_bare_form(name: str) -> None:
    assert name.translate({ord("I"): "ı", ord("İ"): "i"}).lower() in inflect(name)
