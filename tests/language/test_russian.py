import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.language.russian import stem_russian
from newsdesk.language.tokens import find_stems

PARADIGMS = {
    "place in -ах": "Карабах Карабаха Карабаху Карабахом Карабахе",
    "place in -ан": "Азербайджан Азербайджана Азербайджану Азербайджаном Азербайджане",
    "place in -ия": "Грузия Грузии Грузию Грузией",
    "place in -ев": "Киев Киева Киеву Киевом Киеве",
    "place in -ай": "Китай Китая Китаю Китаем Китае",
    "place in -а": "Шуша Шуши Шуше Шушу Шушой",
    "surname in -ев": "Алиев Алиева Алиеву Алиевым Алиеве Алиевы Алиевых Алиевой",
    "surname in -ов": "Байрамов Байрамова Байрамову Байрамовым Байрамове",
    "surname in -ин": "Путин Путина Путину Путиным Путине",
    "surname in -ян": "Мирзоян Мирзояна Мирзояну Мирзояном Мирзояне",
    "surname in -ский": "Зеленский Зеленского Зеленскому Зеленским Зеленском",
    "name in -ам": "Ильхам Ильхама Ильхаму Ильхамом Ильхаме",
    "name in -ей": "Сергей Сергея Сергею Сергеем Сергее",
    "name in -ий": "Дмитрий Дмитрия Дмитрию Дмитрием Дмитрии",
    "noun in -ец": "миротворец миротворца миротворцу миротворцем миротворцы миротворцев миротворцам миротворцами",
    "noun in -лец": "владелец владельца владельцы владельцев",
    "noun in -ок": "участок участка участку участком участки участков",
    "noun in -ка": "поставка поставки поставку поставкой поставок поставкам",
    "noun in -ал": "генерал генерала генералу генералом генерале генералы генералов",
    "noun in -ит": "кредит кредита кредиту кредитом кредиты кредитов",
    "noun in -ием": "соглашение соглашения соглашению соглашением соглашении соглашений соглашениях",
    "noun in -ие after a husher": "оружие оружия оружию оружием оружии",
    "noun in -анин": "россиянин россиянина россияне россиян россиянам",
    "noun in -ель": "представитель представителя представители представителей представителям",
    "noun in -ень": "уровень уровня уровню уровнем уровне уровней",
    "plural only": "переговоры переговоров переговорам переговорами переговорах",
    "soft sign": "область области областью областей областям",
    "adjective": "военный военного военному военным военном военная военной военную военные военных военными",
    "soft adjective": "последний последнего последнему последним последнем последняя последние последних",
    "participle": "подписанный подписанного подписан подписана подписано подписаны",
    "verb": "подписал подписала подписали подписало подписать",
    "verb in -овать": "требовал требовать требует требуют",
    "reflexive verb": "встретился встретилась встретились встретиться встретится",
}


@pytest.mark.parametrize("forms", PARADIGMS.values(), ids=PARADIGMS)
def test_all_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len(set(find_stems(forms))) == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Алиев Али", id="surname and first name"),
        pytest.param("Грузия груз", id="Georgia and freight"),
        pytest.param("Баку бак", id="Baku and a tank"),
        pytest.param("Дания данные", id="Denmark and data"),
        pytest.param("Дели дело", id="Delhi and a matter"),
        pytest.param("Лавров лавр", id="surname and laurel"),
        pytest.param("после посол", id="after and an ambassador"),
        pytest.param("Китай кит", id="China and a whale"),
    ],
)
def test_different_words_keep_different_stems(words: str) -> None:
    assert len(set(find_stems(words))) == 2


def test_a_capitalised_genitive_plural_in_a_name_is_no_surname() -> None:
    assert find_stems("Штатов Эмиратов") == find_stems("Штаты Эмираты")


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяіїўғ", min_size=1, max_size=20), st.booleans())
def test_any_word_has_a_stem(word: str, capitalised: bool) -> None:
    assert stem_russian(word, capitalised=capitalised)
