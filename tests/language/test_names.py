import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.lexicon import concept_of_name, concept_of_term
from newsdesk.language.names import sound, spell, to_latin
from newsdesk.language.tokens import analyse

SAME = [
    pytest.param("Алиев Алиева Алиеву Алиевым Алиеве Aliyev Əliyev", id="Aliyev"),
    pytest.param("Ильхам Ильхама Ильхамом Ilham İlham", id="Ilham, which ends like an instrumental"),
    pytest.param("Путин Путина Путиным Putin", id="Putin"),
    pytest.param("Зеленский Зеленского Зеленским Zelensky Zelenskyy Zelenskiy", id="Zelensky, an adjective"),
    pytest.param("Пашинян Пашиняном Pashinyan", id="Pashinyan"),
    pytest.param("Джонсон Джонсона Johnson", id="Johnson, дж for j"),
    pytest.param("Уильямс Williams", id="Williams, у for w"),
    pytest.param("Эрдоган Эрдогана Erdogan Erdoğan", id="Erdogan"),
    pytest.param("Мирзоян Mirzoyan", id="Mirzoyan"),
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_a_name_sound_alike(names: str) -> None:
    sounds = {sound(spell(analyse(name)[0])) for name in names.split()}

    assert len(sounds) == 1


DIFFERENT = [
    pytest.param("Иран", "Ирак", id="Iran, Iraq"),
    pytest.param("Путин", "Пашинян", id="Putin, Pashinyan"),
    pytest.param("Мали", "Мило", id="short names keep their vowels"),
    pytest.param("Лавров", "Ларин", id="Lavrov, Larin"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert sound(spell(one.lower())) != sound(spell(other.lower()))


@given(st.text())
def test_any_word_has_a_sound(word: str) -> None:
    assert sound(spell(word)) == sound(spell(word))
    assert isinstance(to_latin(word), str)


PLACES = [
    pytest.param("Пекина", "Beijing", id="Beijing"),
    pytest.param("Киеве", "Kyiv", id="Kyiv"),
    pytest.param("Россией", "Russian", id="a country and what is called after it"),
    pytest.param("Грузию", "Georgian", id="Georgia, not Greece"),
    pytest.param("ОДКБ", "CSTO", id="letters of an organisation"),
]


@pytest.mark.parametrize(("russian", "english"), PLACES)
def test_names_that_do_not_sound_alike_are_known(russian: str, english: str) -> None:
    assert concept_of_name(spell(russian.lower())) == concept_of_name(spell(english.lower()))


WORDS = [
    pytest.param("империи", "imperial", id="empire"),
    pytest.param("подписали", "signing", id="sign"),
    pytest.param("миротворцев", "peacekeepers", id="peacekeepers"),
    pytest.param("соседями", "neighbours", id="neighbours"),
]


@pytest.mark.parametrize(("russian", "english"), WORDS)
def test_words_meet_in_what_they_mean(russian: str, english: str) -> None:
    meant = [
        concept_of_term(to_latin(analyse(word)[1]), cyrillic=cyrillic)
        for word, cyrillic in ((russian, True), (english, False))
    ]

    assert meant[0] == meant[1]
    assert not meant[0].startswith("~")
