import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.pipeline.mojibake import CYRILLIC, Kind, find_mojibake

SENTENCE = "Министр сообщил журналистам, что переговоры в Баку продолжатся в среду."
ARTICLE = (
    "Мост через реку открыли к осени\n\n"
    "В четверг на станции Заречная открыли новый мост через реку. Строители работали без перерыва почти два года.\n\n"
    "«Дорога до города теперь вдвое короче», — сказал глава района Эдуард Щукин.\n\n"
    "Спорт"
)
DEMONSTRATION = Path(__file__).parents[2] / "fixtures" / "articles.json"


def misread(text: str, written: str, read: str) -> str:
    """A byte that means nothing is read as its own number, as browsers do."""
    pieces = []
    for byte in text.encode(written):
        try:
            pieces.append(bytes([byte]).decode(read))
        except UnicodeDecodeError:
            pieces.append(chr(byte))
    return "".join(pieces)


@pytest.mark.parametrize("read", ["cp1252", "latin-1", *CYRILLIC])
def test_utf8_that_was_read_otherwise_is_restored(read: str) -> None:
    assert find_mojibake(misread(ARTICLE, "utf-8", read))[0] == ARTICLE


@pytest.mark.parametrize(
    ("written", "read"), [pair for pair in product(CYRILLIC, ("cp1252", "latin-1", *CYRILLIC)) if pair[0] != pair[1]]
)
def test_cyrillic_that_was_read_in_another_encoding_is_restored(written: str, read: str) -> None:
    assert find_mojibake(misread(SENTENCE, written, read))[0] == SENTENCE


def test_each_kind_is_counted() -> None:
    broken = misread(SENTENCE, "utf-8", "cp1251")

    assert find_mojibake(broken) == (SENTENCE, {Kind("UTF-8", "cp1251"): 1})
    assert str(Kind("UTF-8", "cp1251")) == "cp1251 → UTF-8"


@pytest.mark.parametrize("read", ["cp1252", "cp1251"])
def test_two_layers_are_taken_off(read: str) -> None:
    broken = misread(misread(SENTENCE, "utf-8", read), "utf-8", read)

    assert find_mojibake(broken)[0] == SENTENCE


def test_two_layers_of_different_kinds_are_taken_off() -> None:
    broken = misread(misread(SENTENCE, "cp1251", "cp1252"), "utf-8", "cp1251")

    assert find_mojibake(broken)[0] == SENTENCE


@pytest.mark.parametrize(("written", "read"), [("utf-8", "cp1251"), ("cp1251", "cp1252"), ("koi8-r", "cp1251")])
def test_only_the_broken_paragraphs_are_changed(written: str, read: str) -> None:
    first, second = ARTICLE.split("\n\n")[1:3]
    second = second.encode(written, "ignore").decode(written)

    assert find_mojibake(f"{first}\n{misread(second, written, read)}\nСпорт")[0] == f"{first}\n{second}\nСпорт"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        pytest.param("The minister said it wasnâ€™t over.", "The minister said it wasn’t over.", id="quotation mark"),
        pytest.param("Un dÃ©jeuner au cafÃ©", "Un déjeuner au café", id="accents"),
        pytest.param("It\x92s over \x97 for now", "It’s over — for now", id="control characters"),
    ],
)
def test_western_text_is_restored(broken: str, right: str) -> None:
    assert find_mojibake(broken)[0] == right


def test_foreign_words_beside_broken_russian_stay() -> None:
    broken = misread(SENTENCE, "cp1251", "cp1252")

    assert (
        find_mojibake(f"{broken}\nThe café in Orléans\n{broken}")[0] == f"{SENTENCE}\nThe café in Orléans\n{SENTENCE}"
    )


def test_a_letter_that_was_lost_is_known_where_only_one_can_be_meant() -> None:
    text = "И снова переговоры в Баку: Ирина Ильина рассказала о них"

    assert find_mojibake(text.encode().decode("cp1251", "replace"))[0] == text


def test_letters_that_are_lost_for_good_are_marked() -> None:
    assert (
        find_mojibake("все, кто ждал встречи".encode().decode("cp1252", "replace"))[0]
        == "в\ufffdе, кто ждал в\ufffdтречи"
    )


@pytest.mark.parametrize(
    "healthy",
    [
        pytest.param("АвтоВАЗ и КамАЗ представили в УрФУ новую модель, 40 кВт·ч", id="capitals inside words"),
        pytest.param("Ђорђе Његош је рекао да ће се вратити у Београд", id="Serbian"),
        pytest.param("Қазақстан Республикасының Президенті Қасым-Жомарт Тоқаев", id="Kazakh"),
        pytest.param("У Києві підписали угоду: «Її чекали рік», — сказав посол", id="Ukrainian"),
        pytest.param("Il va à la gare où l’été s’achève, déjà fatigué", id="French"),
        pytest.param("Þórður Árnason sagði að veðrið væri gott í Reykjavík", id="Icelandic"),
        pytest.param("İlham Əliyev Şuşada çıxış edib, görüş keçirilib", id="Azerbaijani"),
        pytest.param("там сам тот уже тема", id="bytes of cp866 that are UTF-8"),
        pytest.param("ПОЛИТИКА\nСССР» и США…\nот А до С…\n25 С° в тени\nРёв моторов", id="capitals and marks"),
        pytest.param("врем� публикации: 4 �нвар�, по�леднее обновление 5 �нвар�", id="lost letters"),
        pytest.param("ÄÖÜß ÀÈÉ", id="accented capitals"),
        pytest.param("Ход 1… e5 2. ♘f3 → ½–½ ™ © «»", id="symbols"),
    ],
)
def test_healthy_text_comes_back_itself(healthy: str) -> None:
    assert find_mojibake(healthy) == (healthy, {})


def test_no_article_of_the_demonstration_is_changed() -> None:
    texts = [
        row["fields"]["raw_text"] for row in json.loads(DEMONSTRATION.read_text("utf-8")) if "raw_text" in row["fields"]
    ]

    assert [text for text in texts if find_mojibake(text) != (text, {})] == []
    assert len(texts) > 50


@settings(max_examples=200)
@given(st.lists(st.sampled_from((ARTICLE + " " + SENTENCE).split()), min_size=1, max_size=30))
def test_words_of_healthy_text_in_any_order_are_healthy(words: list[str]) -> None:
    text = " ".join(words)

    assert find_mojibake(text) == (text, {})


@given(st.text())
def test_any_text_is_survived_and_what_is_said_is_true(text: str) -> None:
    found, kinds = find_mojibake(text)

    assert (found == text) == (not kinds)
    assert found.count("\n") == text.count("\n")
