"""What a line says about the date in it."""

import pytest

from newsdesk.pipeline.dates.grammar import walk_dates, with_clock_and_weekday
from newsdesk.pipeline.dates.layout import see_layout
from newsdesk.pipeline.dates.lines import LineOfDate, read_line
from newsdesk.pipeline.document import Document, RawDocument


def read(text: str) -> LineOfDate:
    """The last date of a text, in its line."""
    layout = see_layout(Document(RawDocument(text)))
    bare = [*walk_dates(text)][-1]
    number = layout.line_at(bare.start)
    line = layout.lines[number]
    return read_line(text, layout, with_clock_and_weekday(text, bare, line.start, line.end), number, line.start)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        pytest.param("Опубликовано 5 марта 2021", "published", id="ru published"),
        pytest.param("Дата публикации: 05.03.2021", "published", id="ru with a colon"),
        pytest.param("Опубликовано\n05.03.2021", "published", id="ru in the line above"),
        pytest.param("Published on March 5, 2021", "published", id="en with a preposition"),
        pytest.param("Posted: March 5, 2021 / 05:25 PM", "published", id="en posted"),
        pytest.param("date 2021-03-05", "published", id="en date"),
        pytest.param("Created March 5, 2021", "published", id="a weak word that begins the line"),
        pytest.param("By Ann Smith, created Friday, March 5, 2021", "published", id="a weak word behind the author"),
        pytest.param("The bridge created March 5, 2021", "", id="a weak word behind others"),
        pytest.param("March 5, 2021 · by ann · 7 Comments", "", id="with a counter of comments"),
        pytest.param("12 комментариев, 5 марта 2021", "", id="ru with a counter of comments"),
        pytest.param("5 марта 2021, комментарий читателя", "foreign_line", id="a comment"),
        pytest.param("Commentary / Europe & Asia 5 March 2021", "", id="a section that begins like comments"),
        pytest.param("See also: the treaty of 5 March 2021", "foreign", id="another article"),
        pytest.param("Обновлено: 05.03.2021 18:20", "updated", id="ru updated"),
        pytest.param("Last updated 5 March 2021", "updated", id="en updated"),
        pytest.param("Свидетельство о регистрации от 05.03.2021", "foreign", id="certificate"),
        pytest.param("Газета «Речник» №12 от 05.03.2021, стр. 4", "", id="the issue of a paper"),
        pytest.param("Дата и время происшествия: 05.03.2021, 06:14 UTC", "foreign", id="an accident"),
        pytest.param("Date of occurrence: 5 March 2021, 06:14 UTC", "foreign", id="an occurrence"),
        pytest.param("Date of the accident: 5 March 2021", "foreign", id="en accident"),
        pytest.param(
            "Газета «Комсомольский речник Заречья» №33 (26789) от 05.03.2021", "", id="a long name of a paper"
        ),
        pytest.param("Газета «Речник», рег. №1234 от 05.03.2009", "foreign", id="registration of a paper"),
        pytest.param("Журнал зарегистрирован № 01234 от 05.03.2009", "foreign", id="registration of a journal"),
        pytest.param("Приложение №12 от 05.03.2021", "foreign", id="a document"),
        pytest.param("© Вестник, 5 марта 2021", "foreign", id="copyright"),
        pytest.param("Родился 5 марта 1961", "foreign", id="birthday"),
        pytest.param("С 5 марта 2021 — директор завода", "foreign", id="since"),
        pytest.param("When: March 5, 2021, 19:00", "foreign", id="an event"),
        pytest.param("— Anna (@anna) March 5, 2021", "foreign", id="a post of somebody"),
        pytest.param("На снимке: мост, 5 марта 2021. Фото: Вестник", "foreign_line", id="a picture"),
        pytest.param("Correction 5 March 2021", "updated", id="en correction"),
        pytest.param("Исправлено 5 марта 2021", "updated", id="ru correction"),
        pytest.param("From the March 5th 2021 edition", "foreign_line", id="the paper in print"),
        pytest.param("Next release: 05.03.2021", "foreign", id="the next release"),
        pytest.param("Следующий выпуск: 05.03.2021", "foreign", id="ru the next release"),
        pytest.param("Курс EUR 98,10 на 05.03.2021", "foreign", id="rates"),
        pytest.param("Europe\nMarch 5, 2021", "", id="a section above that begins like a currency"),
        pytest.param("Фото\n5 марта 2021", "foreign", id="a picture in the line above"),
        pytest.param("Фото Анна Иванова\n5 марта 2021", "", id="a photographer in the line above"),
        pytest.param("Photos by Ann Smith\nMarch 5, 2021", "", id="en a photographer in the line above"),
        pytest.param("Политика, 5 марта 2021", "", id="none"),
        pytest.param("Новости от 05.03.2021", "", id="ru news of the day"),
    ],
)
def test_the_words_before_a_date_say_whose_it_is(line, label):
    assert read(line).label == label


@pytest.mark.parametrize(
    ("line", "form"),
    [
        pytest.param("05.03.2021 | 18:20", "alone", id="alone"),
        pytest.param("Пятница, 5 марта 2021 года", "alone", id="alone with weekday"),
        pytest.param("Опубликовано 5 марта 2021", "alone", id="alone with label"),
        pytest.param("Иван Петров, 5 марта 2021", "short", id="with the author"),
        pytest.param(
            "05.03.2021 Министры двух стран договорились построить новый мост.", "start", id="prefix of prose"
        ),
        pytest.param("5 марта 2021 года министры двух стран договорились о новом мосте.", "inside", id="a sentence"),
        pytest.param("Министры двух стран договорились о мосте в пятницу, 5 марта 2021.", "inside", id="an event"),
    ],
)
def test_the_line_of_a_date_has_its_form(line, form):
    assert read(line).form == form


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        pytest.param("12 января 2001 года — подписано соглашение", "event_line", id="a chronicle"),
        pytest.param("22 февраля 2022 — Политика", "", id="a section"),
        pytest.param("Набережную закроют на ремонт до осени 05.03.2021", "words_before", id="headline before"),
        pytest.param("05.03.2021 Набережную закроют на ремонт до осени", "words_after", id="headline after"),
    ],
)
def test_the_rest_of_the_line_is_seen(line, rest):
    assert read(line).rest == rest
