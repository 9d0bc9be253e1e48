"""When an article was published: what a page says, what it only seems to say, and what nobody says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import DateClaim, Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.date import find_date

RUSSIAN = (
    "Министры двух стран договорились построить новый мост через пограничную реку, сообщили в ведомстве.\n\n"
    "Работы начнутся весной. По словам чиновников, очередей из грузовиков после этого станет заметно меньше."
)
ENGLISH = (
    "Ministers of both countries agreed to build a new bridge over the border river, the ministry said.\n\n"
    "Work is to begin in spring. Officials expect that queues of lorries will then be far shorter than today."
)


def date(text: str, **raw: object) -> DateClaim:
    return find_date(Clean({})(Document(RawDocument(text, **raw)))).published  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "body", "value"),
    [
        pytest.param("22 февраля 2022, 14:05", RUSSIAN, "2022-02-22T14:05", id="ru day month year time"),
        pytest.param("22.02.2022 14:05", RUSSIAN, "2022-02-22T14:05", id="ru numeric"),
        pytest.param("3 сентября 2025 года", RUSSIAN, "2025-09-03", id="ru with the word for year"),
        pytest.param("Вторник, 22 февраля 2022", RUSSIAN, "2022-02-22", id="ru with weekday"),
        pytest.param("February 22, 2022 2:05 PM", ENGLISH, "2022-02-22T14:05", id="en month first, 12 hours"),
        pytest.param("22 Feb 2022", ENGLISH, "2022-02-22", id="en short month"),
        pytest.param("Tuesday, 22 February 2022", ENGLISH, "2022-02-22", id="en with weekday"),
        pytest.param("2022-02-22", ENGLISH, "2022-02-22", id="iso"),
    ],
)
def test_a_date_line_under_the_headline_is_the_date(line, body, value):
    claim = date(f"A bridge will be built\n\n{line}\n\n{body}")

    assert (claim.value, claim.provenance) == (value, "header")


def test_the_prefix_before_the_first_sentence_is_the_date():
    claim = date(f" date 2023-07-04 {ENGLISH}")

    assert (claim.value, claim.precision, claim.provenance) == ("2023-07-04", "day", "header")


def test_a_missing_year_comes_from_what_the_text_tells_as_past():
    body = RUSSIAN + "\n\nВ апреле 2023 года стороны уже обсуждали проект, а в марте 2023 года его одобрил парламент."

    claim = date(f"Экономика, 27 апр, 18:40\n\nМост через реку построят\n\n{body}")

    assert (claim.value, claim.provenance, claim.year_from) == ("2023-04-27T18:40", "header", "text")


def test_a_year_that_nothing_tells_is_left_to_the_story():
    claim = date(f"Экономика, 27 апр, 18:40\n\nМост через реку построят\n\n{RUSSIAN}")

    assert (claim.value, claim.month_day) == (None, "--04-27")


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("© 2011–2024 Вестник. Все права защищены.", id="copyright"),
        pytest.param("Свидетельство о регистрации СМИ от 12.05.2014", id="registration"),
        pytest.param(
            "Статьи\n\nОбщество\n03.03.2024\n11:20\nКак живут у реки\nСпорт\n02.03.2024\n10:00\nКубок разыграли дома",
            id="other articles",
        ),
    ],
)
def test_dates_that_belong_to_something_else_are_not_taken(tail):
    assert date(f"Мост через реку построят\n\n{RUSSIAN}\n\n{tail}").value is None


def test_a_text_without_any_date_has_none():
    assert date(ENGLISH) == DateClaim()


def test_metadata_and_the_address_are_believed():
    stated = date(ENGLISH, metadata={"published": "2024-05-06T07:08:00+03:00"})
    in_url = date(ENGLISH, url="https://desk.example/2024/05/06/bridge/")

    assert (stated.value, stated.provenance) == ("2024-05-06T07:08+03:00", "metadata")
    assert (in_url.value, in_url.provenance) == ("2024-05-06", "url")


@given(st.text(max_size=300))
def test_any_text_gives_a_date_or_none(text):
    claim = find_date(Document(RawDocument(text))).published

    if claim.value is not None:
        dt.datetime.fromisoformat(claim.value if claim.precision in {"day", "minute"} else claim.value[:4] + "-01-01")
    if claim.evidence is not None:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
