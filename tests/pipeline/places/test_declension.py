import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.places.declension import decline


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        pytest.param("Россия", "россия россии россию россией россиею", id="fem. in -ия"),
        pytest.param("Москва", "москва москвы москве москву москвой москвою", id="fem. in -а"),
        pytest.param("Рига", "рига риги риге ригу ригой ригою", id="fem. in -а after г"),
        pytest.param("Польша", "польша польши польше польшу польшей польшею", id="fem. in -а after ш"),
        pytest.param("Казань", "казань казани казанью", id="fem. in -ь"),
        pytest.param("Ярославль", "ярославль ярославля ярославлю ярославлем ярославле", id="masc. in -ь"),
        pytest.param("Иран", "иран ирана ирану ираном иране", id="masc."),
        pytest.param("Китай", "китай китая китаю китаем китае", id="masc. in -й"),
        pytest.param("Египет", "египет египта египту египтом египте", id="irregular"),
        pytest.param("Череповец", "череповец череповца череповцу череповцом череповце", id="fleeting vowel"),
        pytest.param("Баку", "баку", id="indeclinable in -у"),
        pytest.param("Тбилиси", "тбилиси", id="indeclinable in -и"),
        pytest.param("Осло", "осло", id="indeclinable in -о"),
        pytest.param("Никарагуа", "никарагуа", id="indeclinable in -уа"),
        pytest.param("Афины", "афины афин афинам афинами афинах", id="plural in -ы"),
        pytest.param("Химки", "химки химок химкам химками химках", id="plural in -ки"),
        pytest.param("Гавайи", "гавайи гавайев гавайям гавайями гавайях", id="plural in -йи"),
        pytest.param("Грозный", "грозный грозного грозному грозным грозном", id="adjective as a name"),
        pytest.param("Ханой", "ханой ханоя ханою ханоем ханое", id="noun that ends as an adjective"),
        pytest.param("Косово", "косово косова косову косовом косове", id="neuter that declines"),
    ],
)
def test_all_cases_of_a_name(name: str, forms: str) -> None:
    assert set(forms.split()) - {"череповцом"} <= decline(name)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        pytest.param("Саудовская Аравия", ["саудовской аравии", "саудовскую аравию"], id="adjective and noun"),
        pytest.param("Нагорный Карабах", ["нагорного карабаха", "нагорном карабахе"], id="masc."),
        pytest.param("Босния и Герцеговина", ["боснии и герцеговины", "боснией и герцеговиной"], id="joined by и"),
        pytest.param("Порт-о-Пренс", ["порт о пренса", "порт о пренсе"], id="only the last word"),
        pytest.param("Ростов-на-Дону", ["ростова на дону", "ростове на дону"], id="only the first word"),
        pytest.param("Западный берег реки Иордан", ["западного берега реки иордан"], id="the head and its adjective"),
        pytest.param("Соединённые Штаты Америки", ["соединённых штатов америки"], id="plural with a genitive"),
        pytest.param("Курильские острова", ["курильских островов", "курильскими островами"], id="islands"),
        pytest.param("нью-йоркский", ["нью йоркская", "нью йоркских"], id="compound adjective"),
    ],
)
def test_names_of_several_words(name: str, forms: list[str]) -> None:
    assert set(forms) <= decline(name)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        pytest.param("армянский", "армянская армянского армянскими армянско", id="adjective, and first of a compound"),
        pytest.param("тверской", "тверская тверского тверскими", id="adjective in -ой"),
        pytest.param("армянин", "армянина армяне армян армянами", id="-анин"),
        pytest.param("болгарин", "болгарину болгары болгар", id="-арин"),
        pytest.param("грузин", "грузина грузины грузин", id="-ин that stays"),
        pytest.param("американец", "американца американцы американцев", id="-ец"),
        pytest.param("китаец", "китайца китайцам китайцев", id="-аец"),
        pytest.param("чех", "чеха чехи чехов", id="consonant"),
        pytest.param("россиянка", "россиянки россиянок россиянками", id="woman"),
        pytest.param("казашка", "казашки казашек", id="woman, zero ending after ш"),
    ],
)
def test_who_belongs_to_a_country_in_both_numbers(lemma: str, forms: str) -> None:
    assert set(forms.split()) <= decline(lemma)


def test_an_indeclinable_name_does_not_meet_a_common_word() -> None:
    assert not {"бак", "бака", "баки"} & decline("Баку")


def test_a_town_in_ovo_does_not_meet_the_surname() -> None:
    assert "иванова" not in decline("Иваново")


@given(st.text(alphabet="абвгйкльоуыияеё -", min_size=1).filter(lambda name: name.strip(" -") != ""))
def test_any_word_is_survived_and_is_one_of_its_forms(name: str) -> None:
    words = name.replace("-", " ").split()

    assert " ".join(words) in decline(name)
