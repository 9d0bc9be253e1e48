"""Dates in metadata and addresses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.dates.stated import day_in_url, month_in_url, read_stated


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        pytest.param("2021-03-05", "2021-03-05", id="day"),
        pytest.param("2021-03-05T18:20:31+03:00", "2021-03-05T18:20+03:00", id="clock and zone"),
        pytest.param("2021-03-05 18:20", "2021-03-05T18:20", id="a blank between"),
        pytest.param("2021-03-05T18:20:31.123Z", "2021-03-05T18:20+00:00", id="UTC"),
        pytest.param("2021-03-05T18:20:31+0300", "2021-03-05T18:20+03:00", id="zone without a colon"),
        pytest.param("20210305", "2021-03-05", id="without hyphens"),
        pytest.param("2021-03-05T99:99", "2021-03-05", id="no such clock"),
        pytest.param("2021-03-05T18:20+99:00", "2021-03-05T18:20", id="no such zone"),
        pytest.param("2021-13-05", None, id="no such month"),
        pytest.param("5 марта 2021", None, id="words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_metadata_are_read(stated, value):
    read = read_stated(stated)

    assert (read.value if read else None) == value


@pytest.mark.parametrize(
    ("url", "day"),
    [
        pytest.param("https://desk.example/2021/03/05/bridge", dt.date(2021, 3, 5), id="folders"),
        pytest.param("https://desk.example/news/20210305/bridge.html", dt.date(2021, 3, 5), id="one number"),
        pytest.param("https://desk.example/bridge-2021-03-05", dt.date(2021, 3, 5), id="in the name"),
        pytest.param("https://desk.example/2021/02/31/bridge", None, id="no such day"),
        pytest.param("https://desk.example/news/1520210305999", None, id="inside a number"),
        pytest.param("https://desk.example/2021/03/bridge", None, id="month only"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_day_of_an_address_is_read(url, day):
    assert day_in_url(url) == day


def test_the_month_of_an_address_is_read():
    assert month_in_url("https://desk.example/2021/03/bridge") == (2021, 3)


@given(st.text(max_size=60))
def test_any_text_is_survived(text):
    read_stated(text)
    day_in_url(text)
    month_in_url(text)
