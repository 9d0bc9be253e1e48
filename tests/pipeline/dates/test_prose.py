"""How prose tells dates: by which of them it speaks of its own day."""

import datetime as dt

import pytest

from newsdesk.pipeline.dates.grammar import Mention
from newsdesk.pipeline.dates.page import Page
from newsdesk.pipeline.dates.prose import days_between
from newsdesk.pipeline.document import Cut, Document, RawDocument

SECOND = "\n\nПо словам чиновников, очередей из грузовиков после этого станет заметно меньше, чем было до сих пор."


def page(text: str, cuts: tuple[Cut, ...] = ()) -> Page:
    return Page(Document(RawDocument(text), cuts))


@pytest.mark.parametrize(
    ("sentence", "form", "days"),
    [
        pytest.param(
            "БАКУ, 5 марта 2021 — Министры договорились построить мост через реку.", "dateline", 0, id="place"
        ),
        pytest.param("Баку, 5 марта, Вестник. Министры договорились построить мост.", "dateline", 0, id="with agency"),
        pytest.param(
            "Баку. 5 марта 2021 года. Министры договорились построить мост через реку.", "dateline", 0, id="full stop"
        ),
        pytest.param(
            "Москва. 5 марта 2021 г. ВЕСТНИК.РУ - Министры договорились о мосте.", "dateline", 0, id="full stop, agency"
        ),
        pytest.param(
            "Baku. 5 March 2021. HERALD.EX/ Ministers agreed to build a bridge here.", "dateline", 0, id="en full stop"
        ),
        pytest.param(
            "Баку. 5 марта 2021 года министры скрепили договор своими подписями.", "event", 0, id="the sentence goes on"
        ),
        pytest.param(
            "Мост построят. 5 марта 2021 года. Так написано на доске у старой пристани.", "event", 0, id="a sentence"
        ),
        pytest.param(
            "Министры приехали в Баку. 5 марта 2021 года. Эта дата стоит в договоре.", "event", 0, id="its last word"
        ),
        pytest.param("LONDON, March 5 (Herald) - Ministers agreed to build a bridge.", "dateline", 0, id="en dateline"),
        pytest.param("Министры договорились сегодня, 5 марта, построить мост через реку.", "pointed", 0, id="today"),
        pytest.param("Министры договорились вчера, 5 марта, построить мост через реку.", "pointed", 1, id="yesterday"),
        pytest.param("Министры договорятся завтра, 5 марта, построить мост через реку.", "pointed", -1, id="tomorrow"),
        pytest.param("Министры договорились во вторник, 5 марта, построить мост.", "weekday", 0, id="ru weekday"),
        pytest.param("Ministers agreed on Tuesday (March 5) to build a bridge here.", "weekday", 0, id="en weekday"),
        pytest.param("Министр заявил 5 марта, что мост через реку всё-таки построят.", "told", 0, id="verb of news"),
        pytest.param(
            "Министры 5 марта скрепили договор о мосте своими подписями.", "told", 0, id="any past in the lead"
        ),
        pytest.param("The minister said March 5 that the bridge was to be built.", "told", 0, id="en verb of news"),
        pytest.param("Мост через реку обещают достроить до 5 марта, и тогда его откроют.", "future", 0, id="deadline"),
        pytest.param("The bridge will reopen on March 5, and no queues are then feared.", "future", 0, id="to come"),
        pytest.param(
            "Предыдущая встреча прошла 5 марта, и о ней сообщили все газеты.", "event", 0, id="earlier meeting"
        ),
        pytest.param("Стороны верны заявлению от 5 марта, о котором сообщили газеты.", "event", 0, id="a document"),
        pytest.param(
            "On March 5, 2021, Ministers agreed to build a bridge here at last.", "event", 0, id="no dateline"
        ),
    ],
)
def test_a_date_in_the_first_paragraph_has_its_form(sentence, form, days):
    (told,) = page(sentence + SECOND).told

    assert (told.form, told.days) == (form, days)


def test_a_place_with_its_full_stop_is_a_dateline_in_the_first_paragraph_alone():
    later = "Баку. 5 марта 2021 года. Под договором о мосте здесь поставили свои подписи сразу три министра."

    (told,) = page(f"Министры договорились построить мост через реку, сообщили в ведомстве.{SECOND}\n\n{later}").told

    assert told.form == "event"


def test_far_down_only_events_are_told():
    text = "\n\n".join(
        f"Министры {number} стран обсуждали этот мост очень долго и так подробно, как никогда прежде."
        for number in range(6)
    )

    (told,) = page(f"{text}\n\nМинистр заявил 5 марта, что мост через реку всё-таки построят к осени.").told

    assert told.form == "event"


def test_what_is_cut_as_a_teaser_tells_nothing():
    teaser = "Министр заявил 5 марта, что другой мост через реку закроют на ремонт."
    text = f"Министры договорились построить мост через реку, сообщили в ведомстве.\n\n{teaser}{SECOND}"
    start = text.index(teaser)

    assert page(text, (Cut(start, start + len(teaser), "teaser"),)).told == []


def test_the_days_of_the_week_are_heard():
    text = "Министры договорились во вторник, сообщили в ведомстве. В среду проект опубликуют для обсуждения."

    assert page(text).weekdays == {1}


@pytest.mark.parametrize(
    ("mention", "later", "days"),
    [
        pytest.param(Mention(0, 1, "words", 2021, 3, 5), dt.date(2021, 3, 7), 2, id="with year"),
        pytest.param(Mention(0, 1, "words", None, 3, 5), dt.date(2021, 3, 7), 2, id="without year"),
        pytest.param(Mention(0, 1, "words", None, 12, 31), dt.date(2021, 1, 1), 1, id="over the new year"),
        pytest.param(Mention(0, 1, "month", 2021, 3), dt.date(2021, 3, 7), None, id="month only"),
        pytest.param(Mention(0, 1, "words", None, 2, 29), dt.date(2022, 6, 1), None, id="no leap year near"),
    ],
)
def test_days_between_a_told_date_and_a_day(mention, later, days):
    assert days_between(mention, later) == days
