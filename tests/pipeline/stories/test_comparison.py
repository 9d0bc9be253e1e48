"""What each version has that the others lack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.stages.fingerprint import fingerprint_of
from newsdesk.pipeline.stories.comparison import Own, Reading, Version, compare, find_own, read

QUOTE = "we shall open the second lane before the autumn rains begin"
SAID = "мы откроем вторую полосу до начала осенних дождей, и это решено"


def own(*bodies: str, languages: str = "", source: str = "", title: str = "") -> list[Own]:
    versions = [
        Version(str(at), language, title, body, source)
        for at, (body, language) in enumerate(zip(bodies, languages.split() or ["en"] * len(bodies), strict=True))
    ]
    return list(compare([read(version) for version in versions]).values())


def test_names_numbers_and_quotations_as_they_stand() -> None:
    first, second = own(
        f"The bridge at Salyan was closed, engineer Farid Mammadov said: “{QUOTE}”. It carries 4,300 lorries a day.",
        "The bridge at Salyan was closed on Monday, the district of Salyan said. No reason was given by anyone.",
    )

    assert first == Own(names=("Farid Mammadov",), numbers=("4,300 lorries",), quotes=(QUOTE,))
    assert second == Own()


@pytest.mark.parametrize(
    ("mine", "theirs", "languages", "expected"),
    [
        pytest.param("Он встретил Алиева.", "He met Aliyev there.", "ru en", (), id="transliterated"),
        pytest.param("Это решили в Тбилиси.", "They met in Tbilisi.", "ru en", (), id="a-city-of-both-languages"),
        pytest.param("He came to Georgia late.", "Он уже в Грузии.", "en ru", (), id="a-country-of-both-languages"),
        pytest.param("He saw the Armenians there.", "Там был армянский посол.", "en ru", (), id="by-its-adjective"),
        pytest.param("They sailed the Caspian once.", "Они были на Каспии.", "en ru", (), id="one-goes-on"),
        pytest.param("Там был Гусейнов.", "Someone was there.", "ru en", ("Гусейнов",), id="only-here"),
        pytest.param("Он знал Гусейнова. Там Гусейнов.", "No.", "ru en", ("Гусейнов",), id="shortest-form"),
        pytest.param("They told the President there.", "Это был он.", "en ru", (), id="a-title-is-no-name"),
        pytest.param("They came by Tuesday in April.", "Это был он.", "en ru", (), id="days-and-months-are-none"),
        pytest.param("Вчера Гусейнов уехал.", "He left.", "ru en", ("Гусейнов",), id="yesterday-is-none"),
        pytest.param("However, it came.", "It came too.", "en en", (), id="what-only-opens-a-sentence"),
        pytest.param("He knew Nagorno-Karabakh.", "It was Karabakh.", "en en", (), id="half-of-a-name"),
        pytest.param("He knew Abu-Bakr there.", "It was he.", "en en", ("Abu-Bakr",), id="a-name-with-a-hyphen"),
        pytest.param("They saw the Bridge.", "That bridge it was.", "en en", (), id="small-letters-elsewhere"),
        pytest.param("Orada Paşinyan vardı.", "Ministers met.", "az en", (), id="a-language-without-equivalents"),
    ],
)
def test_a_name_counts_only_where_the_others_surely_lack_it(
    mine: str, theirs: str, languages: str, expected: tuple[str, ...]
) -> None:
    assert own(mine, theirs, languages=languages)[0].names == expected


def test_the_name_of_the_outlet_is_no_news() -> None:
    assert own("He told Highland Herald so.", "Nothing.", source="Highland Herald")[0].names == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param("It took 340 people.", "It took 340 of them.", (), id="the-same"),
        pytest.param("It cost $1.2 billion at last.", "It cost 12.", ("$1.2 billion",), id="money-and-scale"),
        pytest.param("It grew by 63% again.", "It grew.", ("63%",), id="share"),
        pytest.param("1,2 млрд рублей.", "It cost 1.2 billion then.", (), id="the-same-in-another-notation"),
        pytest.param("Only 12 of them came.", "Some came.", ("12",), id="without-a-word-that-says-nothing"),
        pytest.param("The 4 ministers met.", "The ministers met.", (), id="often-written-as-a-word"),
        pytest.param("In 2019 it opened, on 14 May.", "It opened.", (), id="dates-are-not-numbers"),
    ],
)
def test_a_number_counts_by_its_value(mine: str, theirs: str, expected: tuple[str, ...]) -> None:
    assert own(mine, theirs)[0].numbers == expected


def test_a_quotation_that_another_has_without_marks_or_in_part_is_not_alone() -> None:
    assert own(f"He said: «{QUOTE}».", f"He said that {QUOTE} and left.")[0].quotes == ()
    assert own(f"He said: «{QUOTE}».", "The rains begin in autumn, so they hurry.")[0].quotes == (QUOTE,)


def test_quotations_are_compared_within_a_language() -> None:
    english, russian = own(f"He said: “{QUOTE}”.", f"Он сказал: «{SAID}».", languages="en ru")

    assert (english.quotes, russian.quotes) == ((QUOTE,), (SAID,))


def test_a_story_of_one_has_nothing_to_compare() -> None:
    assert own("He met Farid Mammadov and 300 others.") == [Own()]


def test_only_those_asked_for_are_compared_with_all() -> None:
    readings = [read(Version(pk, "en", "", f"They saw {name} there.")) for pk, name in (("1", "Orhan"), ("2", "Leyla"))]

    assert compare(readings, ["2"]) == {"2": Own(names=("Leyla",))}


def test_what_a_fingerprint_holds_is_shown_as_it_stands() -> None:
    body = "В Баку Фарида Гусейнова встретили 340 человек, и Гусейнов уехал."
    reading: Reading = read(Version("1", "ru", "", body))
    fingerprint = fingerprint_of("", body)

    assert [reading.show_name(name) for name in fingerprint.names] == ["Гусейнов", "Баку", "Фарида"]
    assert [reading.show_number(number) for number in fingerprint.numbers] == ["340 человек"]
    assert (reading.show_name("nobody"), reading.show_number("7")) == ("", "")


@given(st.lists(st.text(max_size=200), min_size=2, max_size=3))
def test_any_text_is_survived(bodies: list[str]) -> None:
    for body, found in zip(bodies, own(*bodies), strict=True):
        assert all(text in body for text in found.names)


def test_what_is_own_is_found_wherever_it_stands() -> None:
    body = f"Farid Mammadov closed it. It cost 4,300 manats, or 4,300 in all, Mammadov said: “{QUOTE}”."
    readings = [read(Version("1", "en", "Bridge", body)), read(Version("2", "en", "Bridge", "It was closed by them."))]

    spans, none = find_own(readings)

    assert [body[start:end] for start, end in spans] == ["Farid Mammadov", "4,300", "4,300", "Mammadov", QUOTE]
    assert none == []
