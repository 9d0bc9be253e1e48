"""Events below are made up; what matters is what their reports share."""

import datetime as dt
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.pipeline.stages.fingerprint import fingerprint_of
from newsdesk.pipeline.stories import Grouping, StoryIndex, StoryItem, group, scoring

MARCH = dt.date(2023, 3, 14)

TUNNEL_RU = (
    "Премьер Гасанов и его коллега Орбелиани подписали во вторник в Сигнахи соглашение о строительстве тоннеля под "
    "Ларским перевалом. Тоннель длиной 23 километра обойдётся в 1,4 млрд евро. «Мы ждали этого дня тридцать лет, и "
    "дорога наконец не будет зависеть от снега», — сказал Гасанов. Орбелиани пообещал, что рабочие начнут в мае."
)
TUNNEL_RU_OTHER = (
    "Под Ларским перевалом пробьют тоннель. Документ об этом подписан в Сигнахи, сообщило правительство. По словам "
    "премьера Гасанова, проект на 1,4 млрд евро оплатят поровну, а 23 километра пути строители пройдут за семь лет. "
    "Орбелиани назвал договорённость исторической для обеих стран."
)
TUNNEL_EN = (
    "Prime Minister Hasanov and his counterpart Orbeliani signed an agreement in Sighnaghi on Tuesday to build a "
    "tunnel under the Lars pass. The 23 kilometre tunnel will cost 1.4 billion euros, the government said. Work "
    "should begin in May, Orbeliani told reporters, calling the deal historic for both countries."
)
VISIT_RU = (
    "Премьер Гасанов и его коллега Орбелиани встретились в Батуми на открытии фестиваля вина. Гости попробовали 40 "
    "сортов, осмотрели подвалы и поговорили о туризме. Орбелиани подарил Гасанову старинный рог, а тот пригласил его "
    "на скачки в Шеки."
)
STRIKE_RU = (
    "Водители автобусов Кутаиси прекратили работу из-за задержки зарплаты. На линию не вышли 310 машин, сообщил "
    "профсоюз. Мэр Цагарели обещает выплатить долги до пятницы, но забастовщики ему не верят и требуют отставки."
)
DOSSIER = (
    "Гасанов и Орбелиани обсудили ход переговоров. Стороны продолжат консультации, сказано в сообщении.",
    "Орбелиани позвонил Гасанову и поздравил его с праздником. Разговор шёл о торговле и о визах.",
    "Гасанов заявил, что отношения с соседями улучшаются. Орбелиани с ним согласился, сообщает пресс-служба.",
)


def item(
    name: str, text: str, *, language: str = "ru", day: dt.date | None = MARCH, title: str = "", countries: str = ""
) -> StoryItem:
    return StoryItem(name, fingerprint_of(title, text), language, day, title, tuple(countries.split()))


def together(grouping: Grouping) -> set[frozenset[str]]:
    stories: dict[str, set[str]] = {}
    for article, story in grouping.story_of.items():
        stories.setdefault(story, set()).add(article)
    return {frozenset(articles) for articles in stories.values()}


def dossier() -> list[StoryItem]:
    """Articles with the same people in them, a month and more before, so that these names say little."""
    return [
        item(f"d{number}", text, day=MARCH - dt.timedelta(days=40 * number)) for number, text in enumerate(DOSSIER, 1)
    ]


def test_reports_of_one_event_in_other_words_are_one_story() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", TUNNEL_RU_OTHER), item("c", STRIKE_RU), *dossier()])

    assert grouping.story_of["a"] == grouping.story_of["b"] == "a"
    assert grouping.story_of["c"] == "c"
    assert grouping.reprint_of == {}


def test_a_link_says_why() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", TUNNEL_RU_OTHER), item("c", STRIKE_RU)])

    (link,) = grouping.links
    assert (link.a, link.b, link.kind) == ("b", "a", "event")
    assert {"23", "1400000000"} <= set(link.because.numbers)
    assert {"larsk", "signahi"} <= set(link.because.names)
    assert link.because.days_apart == 0


def test_russian_and_english_reports_are_one_story() -> None:
    english = item("b", TUNNEL_EN, language="en", countries="AZ GE")

    grouping = group([item("a", TUNNEL_RU, countries="AZ GE"), english, item("c", STRIKE_RU), *dossier()])

    assert grouping.story_of["b"] == "a"
    assert grouping.story_of["c"] == "c"
    (link,) = [link for link in grouping.links if link.kind == "translation"]
    assert {"23", "1400000000"} <= set(link.because.numbers)
    assert "sign" in link.because.terms


def test_two_events_of_one_dossier_stay_apart() -> None:
    later = MARCH + dt.timedelta(days=17 * 30)

    grouping = group([item("a", TUNNEL_RU), item("b", VISIT_RU, day=later), *dossier()])

    assert together(grouping) == {frozenset([name]) for name in ("a", "b", "d1", "d2", "d3")}


def test_two_events_of_one_week_stay_apart() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", VISIT_RU), item("c", STRIKE_RU), *dossier()])

    assert grouping.story_of["a"] != grouping.story_of["b"]


POST = (
    "Почтальоны вручат ветеранам поздравительные открытки ко Дню пожилых людей. Открытки подписаны от руки, к каждой "
    "приложена гвоздика. Адреса проверили волонтёры, письма принесут на дом до обеда. {}"
)
POST_OTHER = (
    "Ко Дню пожилых людей ветераны получат открытки. Их на дом доставят почтальоны, а помогут им волонтёры из училища "
    "связи. Поздравительные письма с гвоздикой готовили два месяца. {}"
)
IN_LAGODEKHI = ("Почтальоны Лагодехи разнесут открытки", "Старейшему жителю Лагодехи исполнился 101 год.")
IN_TELAVI = ("Ветеранам в Телави вручат открытки", "В Телави открытку получит и бывший машинист.")
HEADLINES = [
    pytest.param(IN_LAGODEKHI, IN_TELAVI, True, id="each names a place that the other lacks"),
    pytest.param(IN_LAGODEKHI, ("Ветеранам вручат открытки", ""), False, id="only one names a place"),
    pytest.param(
        IN_LAGODEKHI, (IN_TELAVI[0], "Телави поможет Лагодехи."), False, id="the text has what the title lacks"
    ),
    pytest.param(
        ("Открытки разнесут 8 ноября", "До 8 ноября."),
        ("Ветеранам вручат открытки 16 ноября", "До 16 ноября."),
        True,
        id="each names a day that the other lacks",
    ),
]


@pytest.mark.parametrize(("one", "other", "contradict"), HEADLINES)
def test_headlines_speak_against_one_event_if_each_names_what_the_other_text_lacks(
    one: tuple[str, str], other: tuple[str, str], contradict: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = item("a", POST.format(one[1]), title=one[0]), item("b", POST_OTHER.format(other[1]), title=other[0])

    score = scoring.score_pair(*items, scoring.Weights())

    monkeypatch.setattr(scoring, "CONTRADICTED", math.inf)
    assert (score < scoring.score_pair(*items, scoring.Weights())) is contradict


def test_the_same_words_long_after_are_another_event() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", TUNNEL_RU_OTHER, day=MARCH + dt.timedelta(days=30))])

    assert grouping.story_of["b"] == "b"


CHROME = "Читайте также\nПодпишитесь на наш канал\n{}\nФото: пресс-служба\nВсе новости раздела"
REPRINTS = [
    pytest.param(TUNNEL_RU, "copy", id="exact copy"),
    pytest.param(TUNNEL_RU.replace("«", "“").replace("»", "”").upper(), "copy", id="copy in other typography"),
    pytest.param(CHROME.format(TUNNEL_RU), "reprint", id="with chrome"),
    pytest.param(TUNNEL_RU[: len(TUNNEL_RU) // 2], "reprint", id="first half"),
    pytest.param(TUNNEL_RU[len(TUNNEL_RU) // 2 :], "reprint", id="second half"),
    pytest.param(f"{STRIKE_RU} {TUNNEL_RU}", "reprint", id="inside a digest"),
]


@pytest.mark.parametrize(("text", "kind"), REPRINTS)
def test_reprints_name_what_they_copy(text: str, kind: str) -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", text, day=MARCH + dt.timedelta(days=2)), item("v", VISIT_RU)])

    assert grouping.reprint_of == {"b": "a"}
    assert grouping.story_of["b"] == "a"
    assert [(link.a, link.b, link.kind) for link in grouping.links] == [("b", "a", kind)]


def test_a_reprint_of_a_reprint_names_the_first() -> None:
    days = [MARCH + dt.timedelta(days=number) for number in range(3)]

    grouping = group([item(name, TUNNEL_RU, day=day) for name, day in zip("abc", days, strict=True)])

    assert grouping.reprint_of == {"b": "a", "c": "a"}


def test_a_forecast_by_the_same_template_is_no_reprint() -> None:
    template = (
        "Синоптики обещают {0} в Гяндже переменную облачность без осадков, ветер юго-западный, умеренный. Температура "
        "воздуха днём поднимется до {1} градусов, ночью опустится до {2}. На дорогах возможен туман, водителей просят "
        "быть внимательнее и держать дистанцию."
    )

    grouping = group(
        [item("a", template.format("8 ноября", 11, 3)), item("b", template.format("16 ноября", 14, 6), day=None)]
    )

    assert grouping.reprint_of == {}


def test_an_undated_article_joins_by_its_content() -> None:
    undated = item("u", TUNNEL_RU_OTHER, day=None)

    grouping = group([item("a", TUNNEL_RU), undated, item("c", STRIKE_RU), *dossier()])

    assert grouping.story_of["u"] == "a"


def test_an_undated_article_joins_a_story_in_another_language() -> None:
    undated = item("u", TUNNEL_EN, language="en", day=None, countries="AZ GE")

    grouping = group([item("a", TUNNEL_RU, countries="AZ GE"), undated, item("c", STRIKE_RU), *dossier()])

    assert grouping.story_of["u"] == "a"


def test_an_undated_article_of_the_dossier_joins_nothing() -> None:
    grouping = group([item("a", TUNNEL_RU), item("u", VISIT_RU, day=None), *dossier()])

    assert grouping.story_of["u"] == "u"


@pytest.mark.parametrize(("day", "one_story"), [(MARCH, True), (None, False)], ids=["of one day", "without a day"])
def test_a_few_words_without_a_day_say_too_little(day: dt.date | None, one_story: bool) -> None:
    short = item("s", "Гасанов и Орбелиани подписали сегодня в Сигнахи документ о тоннеле.", day=day)
    english = item("e", "Hasanov and Orbeliani signed a paper in Sighnaghi today.", language="en", day=day)

    grouping = group([short, english, item("c", STRIKE_RU), *dossier()])

    assert (grouping.story_of["e"] == grouping.story_of["s"]) is one_story


ENDED_RU = "Переговоры в Сигнахи о тоннеле под Ларским перевалом {} завершились, сообщили Гасанов и Орбелиани. {}"


@pytest.mark.parametrize(
    ("told", "other", "one_story"),
    [
        pytest.param("14 марта", "2 июня", False, id="another day of the dossier"),
        pytest.param("14 марта", "16 марта", True, id="nearly the same day"),
        pytest.param("14 марта", "2 июня 2019 года", True, id="an old day with its year"),
        pytest.param("28 декабря", "2 января", True, id="over the end of the year"),
        pytest.param("14 марта", "30 февраля", False, id="a day that there is not"),
        pytest.param("14 марта", "вчера", True, id="no day"),
    ],
)
def test_undated_articles_that_tell_of_other_days_are_of_other_events(told: str, other: str, one_story: bool) -> None:
    grouping = group(
        [
            item("a", ENDED_RU.format(told, "Соглашение обсудят парламенты, а рабочих наймут летом."), day=None),
            item("b", ENDED_RU.format(other, "Итоги подведут позже, дату новой встречи не назвали."), day=None),
            *dossier(),
        ]
    )

    assert (grouping.story_of["a"] == grouping.story_of["b"]) == one_story


def test_an_undated_article_does_not_join_coverage_of_another_day_than_it_tells_of() -> None:
    text = ENDED_RU.format("2 июня", "Итоги подведут позже, дату новой встречи не назвали.")

    grouping = group([item("a", ENDED_RU.format("14 марта", "Рабочих наймут летом.")), item("u", text, day=None)])

    assert grouping.story_of["u"] == "u"


def test_an_article_pinned_alone_stays_alone() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", TUNNEL_RU), item("c", TUNNEL_RU_OTHER)], {"a": None})

    assert together(grouping) == {frozenset("a"), frozenset("bc")}


def test_articles_pinned_to_one_story_are_together() -> None:
    grouping = group(
        [item("a", TUNNEL_RU), item("b", STRIKE_RU), item("c", VISIT_RU)], {"a": "story:7", "b": "story:7"}
    )

    assert grouping.story_of == {"a": "story:7", "b": "story:7", "c": "c"}
    assert [(link.a, link.b, link.kind) for link in grouping.links] == [("b", "a", "pin")]


def test_others_may_join_a_pinned_story() -> None:
    grouping = group([item("a", TUNNEL_RU), item("b", TUNNEL_RU_OTHER)], {"a": "story:7"})

    assert grouping.story_of["b"] == "story:7"


def test_two_pinned_stories_are_never_joined() -> None:
    english = item("b", TUNNEL_EN, language="en")

    grouping = group([item("a", TUNNEL_RU), english], {"a": "story:1", "b": "story:2"})

    assert grouping.story_of == {"a": "story:1", "b": "story:2"}


def test_an_index_takes_up_stored_stories() -> None:
    index = StoryIndex()
    index.restore(item("1", TUNNEL_RU), "story:5")
    index.restore(item("2", STRIKE_RU), "story:6")

    placement = index.add(item("3", TUNNEL_RU_OTHER))

    assert placement.story == "story:5"
    assert [link.b for link in placement.links] == ["1"]


def test_an_index_joins_stories_across_languages_under_the_older_key() -> None:
    index = StoryIndex()
    index.restore(item("1", TUNNEL_RU, countries="AZ GE"), "story:5")
    index.restore(item("2", STRIKE_RU), "story:6")

    placement = index.add(item("3", TUNNEL_EN, language="en", countries="AZ GE"))

    assert placement.story == "story:5"
    assert placement.absorbed == ("3",)
    assert index.grouping().story_of == {"1": "story:5", "2": "story:6", "3": "story:5"}


def test_stories_become_one_when_a_later_report_has_what_both_have() -> None:
    reports = [item("a", TUNNEL_RU[:170]), item("b", TUNNEL_RU[200:]), item("c", TUNNEL_RU)]
    index = StoryIndex()

    for report in reports:
        index.add(report, settle=False)
    apart = together(index.grouping())
    index.settle()

    assert apart == {frozenset("ac"), frozenset("b")}
    assert together(index.grouping()) == {frozenset("abc")}
    assert group(reports).story_of == index.grouping().story_of


def test_a_story_that_an_editor_pinned_takes_in_no_other() -> None:
    pinned = item("b", TUNNEL_RU_OTHER)
    index = StoryIndex({"b": "story:7"})

    for report in (item("a", TUNNEL_RU), pinned):
        index.add(report)

    assert index.grouping().story_of == {"a": "a", "b": "story:7"}


def test_an_article_with_no_words_is_alone() -> None:
    grouping = group([item("a", ""), item("b", ""), item("c", TUNNEL_RU)])

    assert grouping.story_of == {"a": "a", "b": "b", "c": "c"}


TEXTS = (TUNNEL_RU, TUNNEL_RU_OTHER, TUNNEL_EN, VISIT_RU, STRIKE_RU, TUNNEL_RU[:200], *DOSSIER)
CORPUS = [
    item(
        f"{number:02}",
        TEXTS[number % len(TEXTS)],
        language="en" if TEXTS[number % len(TEXTS)] is TUNNEL_EN else "ru",
        day=None if number % 5 == 4 else MARCH + dt.timedelta(days=number // 4),
    )
    for number in range(18)
]
PINS = st.dictionaries(
    st.sampled_from([article.id for article in CORPUS]), st.sampled_from([None, "story:1", "story:2"]), max_size=6
)


@settings(max_examples=30)
@given(st.permutations(CORPUS))
def test_order_does_not_matter(corpus: Sequence[StoryItem]) -> None:
    assert group(corpus) == group(CORPUS)


@settings(max_examples=30)
@given(st.permutations(CORPUS), PINS)
def test_pins_always_hold(corpus: Sequence[StoryItem], pins: dict[str, str | None]) -> None:
    index = StoryIndex(pins)
    for article in corpus:
        index.add(article)

    for grouping in (group(corpus, pins), index.grouping()):
        for pinned, story in pins.items():
            if story is None:
                assert frozenset([pinned]) in together(grouping)
            else:
                assert grouping.story_of[pinned] == story


@settings(max_examples=30)
@given(st.permutations(CORPUS))
def test_every_article_of_a_story_is_linked_to_it(corpus: Sequence[StoryItem]) -> None:
    grouping = group(corpus)

    for articles in together(grouping):
        reached = {min(articles)}
        for _ in articles:
            reached |= {end for link in grouping.links for end in (link.a, link.b) if reached & {link.a, link.b}}
        assert reached == articles
