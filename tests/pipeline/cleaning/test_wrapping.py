import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean

HARBOUR = """
The port authority said on Monday that the ferry to the eastern shore would sail twice a day from June, since the new pier can take two ships at once and the old one is to be closed for repairs.
Порт объявил в понедельник, что паром на восточный берег с июня пойдёт дважды в день: новый причал принимает сразу два судна, а старый закроют на ремонт до самой осени.
Tickets will cost as much as before, and children below seven years of age travel free of charge on all routes.
"""
PARAGRAPHS = HARBOUR.strip().splitlines()


def wrap(paragraphs: list[str], width: int, indent: str = "", between: str = "\n\n") -> str:
    return between.join(textwrap.fill(one, width, initial_indent=indent, break_on_hyphens=False) for one in paragraphs)


@pytest.mark.parametrize("width", [50, 65, 72, 100])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("    ", "\n")])
def test_a_wrapped_paragraph_is_one_line(width: int, indent: str, between: str) -> None:
    text = wrap(PARAGRAPHS, width, indent, between)
    assert [line.text for line in split_lines(text)] == PARAGRAPHS


def test_what_stands_around_a_wrapped_text_stays_apart() -> None:
    text = f"Harbour News\nHome\nWeather\n\n{wrap(PARAGRAPHS, 70)}\n\nShare\nPrint\nAll rights reserved, Harbour News\n"
    assert [line.text for line in split_lines(text)] == [
        "Harbour News", "Home", "Weather", *PARAGRAPHS, "Share", "Print", "All rights reserved, Harbour News",
    ]  # fmt: skip  # several to a line


def test_a_long_notice_does_not_hide_that_a_text_is_wrapped() -> None:
    notice = "We use cookies to remember what you have read, and you can change that at any time in the settings. " * 2
    text = f"{notice.strip()}\n\n{wrap(PARAGRAPHS, 64)}"
    assert [line.text for line in split_lines(text)] == [notice.strip(), *PARAGRAPHS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(PARAGRAPHS), id="paragraphs"),
        pytest.param(
            "the harbour sleeps\nand nobody comes\nto ask the water\nwhat it has carried\nunder the bridge\n"
            "since the last of the ferries went home",
            id="verse with small letters",
        ),
        pytest.param(
            "Паром на восточный берег пойдёт дважды в день с июня\nМинистр открыл новый причал и обещал ещё один\n"
            "Цены на билеты останутся прежними до конца этого года\nСтарый причал закроют на ремонт до самой осени\n",
            id="headlines of one length",
        ),
        pytest.param("- one thing\n- another thing\n- a third thing that is longer than both\n", id="list"),
    ],
)
def test_lines_that_end_where_they_should_are_left_alone(text: str) -> None:
    assert [line.text for line in split_lines(text)] == [line.strip() for line in text.splitlines()]


def test_a_wrapped_list_keeps_its_points() -> None:
    points = [f"- {paragraph}" for paragraph in PARAGRAPHS]
    assert [line.text for line in split_lines(wrap(points, 60, between="\n"))] == points


@given(st.lists(st.text("ab .\n\r\u2028,Яя-", max_size=120), max_size=12).map("\n".join))
def test_a_line_is_what_stands_at_its_place(text: str) -> None:
    for line in split_lines(text):
        assert line.text.split() == text[line.start : line.end].split()
        assert len(line.text) == line.end - line.start


def test_a_wrapped_article_loses_its_chrome_and_nothing_else() -> None:
    text = f"Ferry to sail twice a day\n\n{wrap(PARAGRAPHS, 66)}\n\nSubscribe to our newsletter\n"
    assert Clean({})(Document(RawDocument(text))).body == wrap(PARAGRAPHS, 66)
