"""Which line is taken for the headline. Each text is given as its lines; the body begins with LEAD."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning.headline import BIAS, FILE, Candidate, find_candidates, rank
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.cleaning.rules import judge
from newsdesk.pipeline.cleaning.views import look
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.title import find_title

LEAD = "The ferry between Oldport and the island of Marn will stop for the winter, the harbour company said on Monday."
MORE = "The company lost two of its three captains in the summer and has found nobody to take their place, it said."
HEADLINE = "Island ferry stops for the winter"

RUSSIAN_LEAD = "Паром между Старым портом и островом Марн зимой ходить не будет, сообщила в понедельник компания порта."
RUSSIAN_MORE = "Летом ушли два капитана из трёх, и заменить их пока некем, говорится в заявлении пароходства."
RUSSIAN_HEADLINE = "Паром на остров Марн остановят на зиму"


def title_of(*lines: str) -> str:
    document = find_title(Clean({})(Document(RawDocument("\n".join(lines)))))
    return document.title.value if document.title.provenance == "header" else ""


@pytest.mark.parametrize(
    "lines",
    [
        (HEADLINE, "", LEAD, "", MORE),
        (HEADLINE, LEAD, MORE),
        ("Home", "News", "Sport", "", HEADLINE, "", "By Jane Porter", "12 May 2021", "", LEAD, "", MORE),
        ("Facebook", "Email", "Print", "", HEADLINE, "", "Related stories", "", "Ferry captain leaves the company", "",
         LEAD, "", MORE),
        (HEADLINE, "", "The ferry Marn at the quay of Oldport (Photo: Reuters)", "", LEAD, "", MORE),
        ("News", "", HEADLINE, "", "Company of the harbour finds no captain for the ferry", "", "By Jane Porter",
         "12 May 2021 14:05", "", LEAD, "", MORE),
        (f"{HEADLINE} | The Oldport Herald", "Home", "News", "Sport", "", "Ferry captain leaves the company", "",
         HEADLINE, "", LEAD, "", MORE),
    ],
    ids=["above the body", "without empty lines", "menu and byline", "related stories between", "caption between",
         "deck between", "said by the title of the page"],
)  # fmt: skip  # several to a line
def test_headline_is_told_from_what_stands_around_it(lines: tuple[str, ...]) -> None:
    assert title_of(*lines) == HEADLINE


@pytest.mark.parametrize(
    "lines",
    [
        ("Главная", "Политика", "Спорт", "", RUSSIAN_HEADLINE, "", "12 мая 2021, 14:05", "", RUSSIAN_LEAD, "",
         RUSSIAN_MORE),
        (RUSSIAN_HEADLINE, "", "Фото: пресс-служба порта", "", RUSSIAN_LEAD, "", RUSSIAN_MORE),
        ("Новости", "", "12.05.2021 14:05", "", RUSSIAN_HEADLINE, "", RUSSIAN_LEAD, "", RUSSIAN_MORE),
    ],
    ids=["menu and date", "photo credit", "date above"],
)  # fmt: skip  # several to a line
def test_russian_headline_is_told_from_what_stands_around_it(lines: tuple[str, ...]) -> None:
    assert title_of(*lines) == RUSSIAN_HEADLINE


@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, "", MORE),
        ("Home", "News", "Sport", "", LEAD, "", MORE),
        ("Related stories", "Swimmers set a record", "Choir wins a prize in Graz", "", LEAD, "", MORE),
        ("The quay of Oldport (Photo: Reuters)", "", LEAD, "", MORE),
        ("Jane Porter", "12 May 2021", "", LEAD, "", MORE),
        (LEAD,),
    ],
    ids=["prose alone", "menu", "teasers", "caption", "byline", "one paragraph"],
)
def test_nothing_is_taken_for_a_headline_where_there_is_none(lines: tuple[str, ...]) -> None:
    assert title_of(*lines) == ""


MENU = ("Портовые вести", "Политика", "Спорт", "Погода", "Архив")
STANDFIRST = "Как пароходство два года искало капитанов и почему остров останется без переправы"


@pytest.mark.parametrize(
    "lines",
    [
        (*MENU, "3.11.2022 12:40", "Рубрика:", "Общество", RUSSIAN_HEADLINE, "Текст:", "Нина Ветрова", "(Старый порт)",
         "Портовые вести - Неделя: № 12(345)", "Как живут без переправы на острове", "", RUSSIAN_LEAD, "", RUSSIAN_MORE),
        (*MENU, "", "Общество", "3 ноября, 12:40 / Общество", RUSSIAN_HEADLINE, "Капитанов ищут второй год",
         "Нина Ветрова", "", RUSSIAN_LEAD, RUSSIAN_MORE),
    ],
    ids=["author, town and number of the issue", "date above in a block"],
)  # fmt: skip  # several to a line
def test_headline_beside_date_or_author_is_found_among_labels(lines: tuple[str, ...]) -> None:
    assert title_of(*lines) == RUSSIAN_HEADLINE


def test_headline_of_two_sentences_above_the_date_is_no_paragraph() -> None:
    headline = "Ferry to the island of Marn will stop for the winter. Here is what the harbour company said."

    assert title_of("The Oldport Herald", "News", "Sport", headline, "8:02 am, July 4, 2022", LEAD, MORE) == headline


def test_credit_with_a_sign_is_no_headline() -> None:
    caption = "Ferry of the harbour company between Oldport and the island of Marn © Herald"

    assert title_of("News", HEADLINE, "", caption, "", "By Jane Porter", "12 May 2021", "", LEAD, "", MORE) == HEADLINE


@pytest.mark.parametrize("label", ["Эксклюзив", "Молния", "Срочно", "Обновлено", "Exclusive", "Breaking"])
def test_label_above_the_headline_makes_it_no_teaser(label: str) -> None:
    lines = (*MENU, "", "3 ноября, 12:40 / Общество", label, RUSSIAN_HEADLINE, "Нина Ветрова", "", RUSSIAN_LEAD)

    assert title_of(*lines, RUSSIAN_MORE) == RUSSIAN_HEADLINE


def test_labels_that_return_are_those_of_teasers() -> None:
    teasers = ("Эксклюзив", "Хор получил награду в городе Грац", "Эксклюзив", "Пловцы побили рекорд области")

    assert title_of(*MENU, *teasers, "", RUSSIAN_LEAD, "", RUSSIAN_MORE) == ""


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("Остров, который ждёт", ("3 ноября 2022, 12:40", "Нина Ветрова")),
        ("Паром — и никого", ("Нина Ветрова", "3 ноября 2022, 12:40")),
        (RUSSIAN_HEADLINE, ("3 ноября 2022, 12:40", "Нина Ветрова")),
    ],
    ids=["above the date", "above the author", "without a pause"],
)
def test_headline_stands_above_its_standfirst(headline: str, lines: tuple[str, ...]) -> None:
    assert title_of(*MENU, headline, STANDFIRST, *lines, RUSSIAN_LEAD, RUSSIAN_MORE) == headline


def test_standfirst_of_two_sentences_stands_below_a_headline_without_a_pause() -> None:
    standfirst = "Как пароходство два года искало капитанов. Остров останется без переправы, и никто не знает, до когда"

    lines = (*MENU, "Хлеб по воде", standfirst, "3 ноября 2022, 12:40", "Нина Ветрова", RUSSIAN_LEAD, RUSSIAN_MORE)

    assert title_of(*lines) == "Хлеб по воде"


@pytest.mark.parametrize("line", ["Теги: паром, остров Марн, зима", "Читать полностью"])
def test_what_says_that_it_is_chrome_is_no_candidate(line: str) -> None:
    views = [look(one) for one in split_lines("\n\n".join([RUSSIAN_HEADLINE, line, RUSSIAN_LEAD, RUSSIAN_MORE]))]

    assert [one.index for one in find_candidates(views, judge(views), [False, False, True, True])] == [0]


@pytest.mark.parametrize(
    "above", ["Портовые вести: новости города", "В мире моря"], ids=["name of the site", "part of a menu"]
)
def test_line_above_a_long_headline_is_no_headline(above: str) -> None:
    headline = f"{RUSSIAN_HEADLINE} и весну, сообщила компания порта"

    assert title_of(above, headline, "3 ноября 2022, 12:40", RUSSIAN_LEAD, RUSSIAN_MORE) == headline


def test_caption_below_the_author_is_no_headline() -> None:
    headline = "«Мы не вернёмся». Разговор с капитаном"
    caption = "Паром компании порта у острова Марн"

    lines = ("Ссылки для доступа", headline, "3 ноября 2022", "Нина Ветрова", caption, "Поделиться", "В закладки")

    assert title_of(*lines, RUSSIAN_LEAD, RUSSIAN_MORE) == headline


def test_dated_teaser_above_the_headline_is_none() -> None:
    teaser = ("Политика", "Хор получил награду в городе Грац", "2 ноября 2022")

    assert title_of(*teaser, RUSSIAN_HEADLINE, "Поделиться", RUSSIAN_LEAD, RUSSIAN_MORE) == RUSSIAN_HEADLINE


def test_equal_lines_have_their_probabilities_added() -> None:
    weights = {BIAS: 0.0}
    candidates = [Candidate(0, "a b", {}), Candidate(1, "c d", {}), Candidate(2, "a b", {})]

    ranked = rank(candidates, weights)

    assert [one.index for one in ranked] == [0, 2, 1]
    assert [round(one.score, 2) for one in ranked] == [0.5, 0.5, 0.25]  # the rest is that of none


def test_every_weight_belongs_to_a_feature() -> None:
    views = [look(line) for line in split_lines("\n".join([HEADLINE, "", LEAD, "", MORE]))]

    candidates = find_candidates(views, judge(views), [False, True, True])

    assert {BIAS, *candidates[0].features} == set(json.loads(FILE.read_text("utf-8")))


LINES = [HEADLINE, LEAD, MORE, "", "Home", "12 May 2021", "By Jane Porter", "Â", "?", "Related stories", "Why so?"]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines_have_probabilities(lines: list[str]) -> None:
    views = [look(line) for line in split_lines("\n".join(lines))]
    for kept in ([True] * len(views), [False] * len(views)):
        assert all(0 <= one.score <= 1 for one in rank(find_candidates(views, judge(views), kept)))
