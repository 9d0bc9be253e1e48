"""How dates are written, and what only looks like one."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.dates.grammar import Mention, find_relative, is_of_range, walk_dates, with_clock_and_weekday


def read(text: str) -> list[Mention]:
    return [with_clock_and_weekday(text, one, 0, len(text)) for one in walk_dates(text)]


def said(text: str) -> list[tuple[int | None, int | None, int | None, str]]:
    return [(one.year, one.month, one.day, one.clock + one.zone) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Russian words
        pytest.param("5 марта 2021", (2021, 3, 5, ""), id="ru genitive"),
        pytest.param("5 марта 2021 года", (2021, 3, 5, ""), id="ru with the word for year"),
        pytest.param("5 марта 2021 г.", (2021, 3, 5, ""), id="ru with the letter for year"),
        pytest.param("5 МАРТА, 2021", (2021, 3, 5, ""), id="ru capitals and comma"),
        pytest.param("5-го марта 2021", (2021, 3, 5, ""), id="ru ordinal"),
        pytest.param("Март 5, 2021", (2021, 3, 5, ""), id="ru month first"),
        pytest.param("17 янв", (None, 1, 17, ""), id="ru short without year"),
        pytest.param("17 янв. 2021, 09:15", (2021, 1, 17, "09:15"), id="ru short with clock"),
        pytest.param("09:15, 17 января 2021", (2021, 1, 17, "09:15"), id="ru clock first"),
        pytest.param("17 января 2021 в 9:15", (2021, 1, 17, "09:15"), id="ru clock after preposition"),
        pytest.param("17 января 2021 09.15", (2021, 1, 17, "09:15"), id="ru clock with a point"),
        pytest.param("17 сентября 2021, 09:15 МСК", (2021, 9, 17, "09:15+03:00"), id="Moscow after 2014"),
        pytest.param("17 сентября 2012, 09:15 МСК", (2012, 9, 17, "09:15"), id="Moscow when it changed its clocks"),
        pytest.param("суббота, 6 марта 2021", (2021, 3, 6, ""), id="ru weekday before"),
        pytest.param("28 мая", (None, 5, 28, ""), id="ru may"),
        pytest.param("1 сен 19", (2019, 9, 1, ""), id="ru short year"),
        pytest.param("9 ноя '18", (2018, 11, 9, ""), id="short year with apostrophe"),
        pytest.param("9 Nov.'18 / 12:40", (2018, 11, 9, "12:40"), id="short year with apostrophe behind a point"),
        # English words
        pytest.param("March 5, 2021", (2021, 3, 5, ""), id="en month first"),
        pytest.param("Mar. 5, 2021", (2021, 3, 5, ""), id="en short with a point"),
        pytest.param("MARCH 5 2021", (2021, 3, 5, ""), id="en capitals"),
        pytest.param("5 March 2021", (2021, 3, 5, ""), id="en day first"),
        pytest.param("2021 March 5", (2021, 3, 5, ""), id="en year first"),
        pytest.param("05 - 03 - 2021, 11:42", (2021, 3, 5, "11:42"), id="numbers with spaces"),
        pytest.param("2021 Март 5 (Пятница) 17:09:33", (2021, 3, 5, "17:09"), id="ru year first"),
        pytest.param("of 2020, March 5, 2021", (2021, 3, 5, ""), id="en between two years"),
        pytest.param("the 5th of March, 2021", (2021, 3, 5, ""), id="en ordinal with of"),
        pytest.param("March 5th, 2021", (2021, 3, 5, ""), id="en ordinal after the month"),
        pytest.param("05-Mar-2021", (2021, 3, 5, ""), id="en hyphens"),
        pytest.param("5/Mar/2021", (2021, 3, 5, ""), id="en slashes"),
        pytest.param("Friday, March 5, 2021", (2021, 3, 5, ""), id="en weekday"),
        pytest.param("Sept. 9", (None, 9, 9, ""), id="en without year"),
        pytest.param("March 5, 2021 at 4:05 p.m.", (2021, 3, 5, "16:05"), id="en afternoon"),
        pytest.param("March 5, 2021 12:30AM", (2021, 3, 5, "00:30"), id="en after midnight"),
        pytest.param("March 5, 2021 / 04:05 PM EST", (2021, 3, 5, "16:05-05:00"), id="en zone by name"),
        pytest.param("March 5, 2021 10:00 IST", (2021, 3, 5, "10:00"), id="en zone of several meanings"),
        pytest.param("Friday, 5 March 2021 | 14:05 GMT+4", (2021, 3, 5, "14:05+04:00"), id="zone with an offset"),
        pytest.param("March 5, 20214:05 pm", (2021, 3, 5, "16:05"), id="year and clock run together"),
        # numbers
        pytest.param("05.03.2021", (2021, 3, 5, ""), id="points"),
        pytest.param("5.3.2021", (2021, 3, 5, ""), id="points, one digit"),
        pytest.param("05. 03. 2021", (2021, 3, 5, ""), id="points and blanks"),
        pytest.param("05 . 03 . 2021", (2021, 3, 5, ""), id="points between blanks"),
        pytest.param("18:20 - 25 / 03 / 2021", (2021, 3, 25, "18:20"), id="slashes between blanks, clock first"),
        pytest.param("25 / 03 / 2021 18:20", (2021, 3, 25, "18:20"), id="slashes between blanks, clock last"),
        pytest.param("05.03.21", (2021, 3, 5, ""), id="points, short year"),
        pytest.param("25/03/2021", (2021, 3, 25, ""), id="slashes, day first by impossibility"),
        pytest.param("3/25/2021", (2021, 3, 25, ""), id="slashes, month first by impossibility"),
        pytest.param("2021-03-05", (2021, 3, 5, ""), id="iso"),
        pytest.param("2021/03/05", (2021, 3, 5, ""), id="year first with slashes"),
        pytest.param("2021.03.05 18:20", (2021, 3, 5, "18:20"), id="year first with points"),
        pytest.param("2021-03-05T18:20:31+03:00", (2021, 3, 5, "18:20+03:00"), id="iso with clock and zone"),
        pytest.param("2021-03-05T18:20Z", (2021, 3, 5, "18:20+00:00"), id="iso in UTC"),
        pytest.param("05.03.2021 | 18:20", (2021, 3, 5, "18:20"), id="clock after a bar"),
        pytest.param("[18:20/05.03.2021]", (2021, 3, 5, "18:20"), id="clock before a slash"),
        pytest.param("18:2005.03.2021", (2021, 3, 5, "18:20"), id="clock and date run together"),
        pytest.param("05.03.202118:20", (2021, 3, 5, "18:20"), id="date and clock run together"),
        pytest.param("18:2005.03.202147", (2021, 3, 5, "18:20"), id="a counter runs into the year"),
        pytest.param("05.03.2021 10:00-12:00", (2021, 3, 5, "10:00"), id="a range of hours is no zone"),
        # others
        pytest.param("5 березня 2021", (2021, 3, 5, ""), id="Ukrainian"),
        pytest.param("5 mart 2021", (2021, 3, 5, ""), id="Azerbaijani"),
        pytest.param("Fevralın 14-də", (None, 2, 14, ""), id="Azerbaijani, month first"),
        pytest.param("Октябрь 2020", (2020, 10, None, ""), id="month and year"),
        pytest.param("29 февраля", (None, 2, 29, ""), id="leap day without a year"),
        pytest.param("7 ноября 1917 года", (1917, 11, 7, ""), id="long ago"),
    ],
)
def test_a_date_is_read(text, expected):
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("192.168.10.20", id="address"),
        pytest.param("версия 2.14.2019.3", id="version"),
        pytest.param("31.02.2021", id="no such day"),
        pytest.param("45.13.2021", id="no such month"),
        pytest.param("16 сотрудников", id="a number of people"),
        pytest.param("you may 5 times", id="a verb"),
        pytest.param("в 14:05", id="a clock"),
        pytest.param("150.90", id="a price"),
        pytest.param("+7 495 123-45-67", id="a phone"),
        pytest.param("12.05.55", id="a short year far ahead"),
        pytest.param("счёт 4 / 5 / 10", id="numbers between slashes"),
        pytest.param("25 / 2021", id="two numbers between blanks"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_only_looks_like_a_date_is_not_read(text):
    assert said(text) == []


def test_the_year_does_not_swallow_the_number_after_it():
    assert said("17 января 15 человек") == [(None, 1, 17, "")]


def test_two_numbers_below_thirteen_may_stand_in_either_order():
    (mention,) = walk_dates("03/04/2021")

    assert (mention.either, mention.day, mention.month) == (True, 3, 4)


def test_points_put_the_day_first():
    (mention,) = walk_dates("03.04.2021")

    assert not mention.either


def test_a_weekday_is_told_and_belongs_to_the_span():
    (mention,) = read("вышло в пятницу, 5 марта 2021 года")

    assert (mention.weekday, mention.start) == (4, len("вышло в "))


def test_several_dates_of_a_line_are_read_in_order():
    assert [one[2] for one in said("с 5 марта 2021 по 8 марта 2021, затем 2021-03-12")] == [5, 8, 12]


@pytest.mark.parametrize(
    ("text", "days", "counted"),
    [
        pytest.param("Сегодня, 16:14", 0, False, id="ru today"),
        pytest.param("вчера", -1, False, id="ru yesterday"),
        pytest.param("2 часа назад", 0, True, id="ru hours"),
        pytest.param("3 дня назад", -3, True, id="ru days"),
        pytest.param("неделю назад", -7, True, id="ru a week"),
        pytest.param("Yesterday at 10:00", -1, False, id="en yesterday"),
        pytest.param("5 hours ago", 0, True, id="en hours"),
        pytest.param("an hour ago", 0, True, id="en an hour"),
        pytest.param("2 weeks ago", -14, True, id="en weeks"),
    ],
)
def test_a_relative_date_counts_days_from_its_anchor(text, days, counted):
    mention = find_relative(text, 0, len(text))

    assert mention is not None
    assert (mention.days, mention.counted) == (days, counted)


@pytest.mark.parametrize("text", ["долгое время", "cities", "Chicago", "часть назад"])
def test_words_that_hold_a_relative_one_are_not_it(text):
    assert find_relative(text, 0, len(text)) is None


@given(st.text(alphabet="0123456789./-: ,январьфевmayMarch\n", max_size=80))
def test_dates_lie_in_the_text_in_order_and_apart(text):
    mentions = list(walk_dates(text))

    spans = [(one.start, one.end) for one in mentions]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("piece", ["1 ", "16:14 ", "12345", "1.1.", "май ", "12 "])
def test_the_time_grows_with_the_length_only(piece):
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begun = time.process_time()
        list(walk_dates(text))
        return time.process_time() - begun

    short, long = min(seconds(50_000) for _ in range(3)), seconds(400_000)

    assert long < max(short, 0.005) * 30


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        pytest.param("19–21 августа 2024", [True], id="days of a month"),
        pytest.param("19 августа – 21 августа 2024", [True, True], id="both months"),
        pytest.param("August 19-21, 2024", [True], id="month first"),
        pytest.param("19.08.2024 – 21.08.2024", [True, True], id="numbers"),
        pytest.param("18:45 – 21 августа 2024", [False], id="a clock before"),
        pytest.param("22 February 2022 - 18:45", [False], id="a clock after"),
        pytest.param("22 February 2022 - Politics 12", [False], id="a section after"),
        pytest.param("22.02.2022 | 23.02.2022", [False, False], id="no dash"),
    ],
)
def test_ends_of_a_range_are_known(text, ranges):
    assert [is_of_range(text, mention) for mention in walk_dates(text)] == ranges
