import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.repair import Repaired, original_of, repair, repair_encoding


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        pytest.param("&laquo;Мост&raquo;&nbsp;&mdash; открыт", "«Мост»\xa0— открыт", id="names"),
        pytest.param("&#1052;ост &#x43e;ткрыт&#150;ура", "Мост открыт–ура", id="numbers"),
        pytest.param("&amp;quot;Мост&amp;quot; &amp;amp;amp; река", '"Мост" & река', id="escaped twice and thrice"),
        pytest.param("Мост&nbspоткрыт", "Мост\xa0открыт", id="without a semicolon"),
        pytest.param("Мост &NBSP; открыт", "Мост \xa0 открыт", id="in capitals"),
    ],
)
def test_entities_are_decoded(broken: str, right: str) -> None:
    assert repair(broken).text == right


@pytest.mark.parametrize(
    "healthy",
    [
        "AT&T and R&D; Tom & Jerry",
        "https://news.example/?a=1&copy=2&lang=ru&para=3",
        "&неизвестно; &nosuchentity; &#0; &#xd800;",
        "22\xa0февраля 2022\u202fг., «слово»\u2009— дело",
        "Строка\r\nи другая\r\n",
        "нефть подорожала на 3°, пишет «Вестник»…",
        "می‌خواهم",
        "семья 👨‍👩‍👧 дома",
    ],
)
def test_healthy_text_comes_back_itself(healthy: str) -> None:
    assert repair(healthy) == Repaired(healthy)


def test_invisible_characters_are_removed() -> None:
    assert repair("\ufeffпере\u00adго\u200bво\u2060ры \u200eidut\u200d") == Repaired(
        "переговоры idut", ("6 invisible characters removed",)
    )


def test_soft_hyphens_are_removed_where_joiners_stay() -> None:
    assert repair("می‌خواهم пере\u00adговоры").text == "می‌خواهم переговоры"


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_unusual_line_ends_are_those_of_everybody(end: str) -> None:
    assert repair(f"Первая{end}Вторая") == Repaired("Первая\nВторая", ("1 unusual line ends replaced",))


def test_letters_in_two_parts_are_put_together() -> None:
    assert repair("Чита\u0438\u0306те").text == "Читайте"


def test_every_repair_is_named_with_its_count() -> None:
    broken = "Ìèíèñòð ñîîáùèë æóðíàëèñòàì î ïåðåãîâîðàõ\r&laquo;пере\u00adговоры&raquo;"

    assert repair(broken) == Repaired(
        "Министр сообщил журналистам о переговорах\n«переговоры»",
        (
            "1 passages read again in their own encoding (cp1252 → cp1251)",
            "2 HTML entities decoded",
            "1 invisible characters removed",
            "1 unusual line ends replaced",
        ),
    )


def test_the_encoding_alone_leaves_markup_as_it_is() -> None:
    assert repair_encoding("<p>&laquo;ÐœÐ¾Ñ\x81Ñ‚&raquo;</p>").text == "<p>&laquo;Мост&raquo;</p>"


def test_what_is_the_same_in_utf8_is_not_kept_twice() -> None:
    assert original_of("Мост".encode(), "Мост") is None
    assert original_of("Мост".encode("cp1251"), "Мост") == "Мост".encode("cp1251")


@given(st.text())
def test_any_text_is_survived_and_repairing_it_again_changes_nothing_said(text: str) -> None:
    repaired = repair(text)

    assert (repaired.text == text) == (not repaired.repairs)
