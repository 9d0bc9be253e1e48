"""What is cut and what stays. The cases of data/clean_*.txt are lines marked B (body), T (headline) or X (chrome);
`^` joins marked parts of one line."""

import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning.lines import Line, split_lines
from newsdesk.pipeline.cleaning.rules import judge
from newsdesk.pipeline.cleaning.verdicts import KEEP
from newsdesk.pipeline.cleaning.views import look
from newsdesk.pipeline.document import Document, RawDocument, Span
from newsdesk.pipeline.parsers.html import read_page
from newsdesk.pipeline.stages.clean import REASONS, Clean
from newsdesk.pipeline.stages.title import find_title
from newsdesk.pipeline.vocabulary import Source

Parts = list[tuple[str, str]]

DATA = Path(__file__).parent / "data"
PROSE = (
    "The council met on Monday and agreed to repair the old bridge before the winter, the mayor told reporters.",
    "Work will begin in June and take four months, during which a ferry will carry passengers across the river.",
    "The money comes from a fund that the county set up after the flood of 1998, according to the budget office.",
)


def read_cases(name: str) -> dict[str, Parts]:
    cases: dict[str, Parts] = {}
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line.startswith("=== "):
            parts = cases[line[4:]] = []
        else:
            parts += [(part[0], part[2:]) for part in line.split("^")] + [("", "\n")]
    return cases


CASES = {
    f"{language}: {name}": parts
    for language in ("ru", "en")
    for name, parts in read_cases(f"clean_{language}.txt").items()
}
TITLED = {name: parts for name, parts in CASES.items() if any(kind == "T" for kind, _ in parts)}
UNTITLED = {name: parts for name, parts in CASES.items() if name not in TITLED}


def clean(text: str, **fields: object) -> Document:
    document = Clean({})(Document(RawDocument(text, **fields)))  # type: ignore[arg-type]  # any fields of a raw document
    assert_gives_back(document)
    return document


def assert_gives_back(document: Document) -> None:
    """Body and cuts are the raw text, to the character."""
    raw, at, parts = document.raw.text, 0, []
    for cut in document.cuts:
        assert at <= cut.start < cut.end <= len(raw)
        assert cut.reason in REASONS
        assert 0 <= cut.score <= 1
        parts += [raw[at : cut.start], raw[cut.start : cut.end]]
        at = cut.end
    assert "".join([*parts, raw[at:]]) == raw
    assert document.body == document.body.strip()


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES)
def test_body_is_the_article_and_nothing_else(parts: Parts) -> None:
    document = clean("".join(text for _, text in parts))

    lines = [line.strip() for line in document.body.splitlines() if line.strip()]

    assert lines == [text.strip() for kind, text in parts if kind == "B"]


@pytest.mark.parametrize("parts", TITLED.values(), ids=TITLED)
def test_headline_is_found_and_not_repeated_in_the_body(parts: Parts) -> None:
    document = find_title(clean("".join(text for _, text in parts)))

    assert (document.title.value, document.title.provenance) == (dict(parts)["T"], "header")


@pytest.mark.parametrize("parts", UNTITLED.values(), ids=UNTITLED)
def test_first_sentence_stands_in_where_there_is_no_headline(parts: Parts) -> None:
    assert find_title(clean("".join(text for _, text in parts))).title.provenance == "first sentence"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Фото: ТАСС", "photo credit"),
        ("Photo: John Smith / AP", "photo credit"),
        ("© Reuters", "photo credit"),
        ("Image caption The old bridge before the repair", "photo credit"),
        ("Подпись к фото, Старый мост до ремонта", "photo credit"),
        ("The ferry at the old bridge. Photo via social media.", "photo credit"),
        ("Divers look at the piers, Ostrovo, May 3, 2021. (AA Photo)", "photo credit"),
        ("Паром у старого моста. Архивное фото", "photo credit"),
        ("[1/2]A ferry at the old bridge, May 3, 2021. REUTERS/Ann Porter Purchase Licensing Rights", "photo credit"),
        ("Item 1 of 2 A ferry at the old bridge, May 3, 2021", "photo credit"),
        ("Поделиться в соцсетях", "share"),
        ("Facebook Twitter Telegram", "share"),
        ("Подпишитесь на нас в Telegram и читайте первыми", "subscribe"),
        ("Follow us on Twitter and Facebook", "subscribe"),
        ("You can unsubscribe at any time.", "subscribe"),
        ("By signing up you agree to our terms of use and to the privacy policy of the river post.", "subscribe"),
        ("Sign in or join to unlock the audio version of this article", "subscribe"),
        ("Help us to stay on the water — become a River Post member today", "subscribe"),
        ("Keep up to date with what happens on the river and beyond.", "subscribe"),
        ("Новости реки быстрее. Скачайте мобильное приложение!", "subscribe"),
        ("Нам нужна ваша помощь: поддержите редакцию, 100 рублей, 300 рублей", "subscribe"),
        ("after newsletter promotion", "subscribe"),
        ("The River Briefing newsletter has all the news of the day. Sign up here.", "subscribe"),
        (
            "Sign up for the river's free weekly newsletter. Help us to keep the news of the river open to all.",
            "subscribe",
        ),
        ("Самое интересное, но не про реку – в нашем Telegram-канале", "subscribe"),
        ("Комментарии (14)", "comments"),
        ("Leave a comment", "comments"),
        ("Please keep your comments civil and free of personal attacks on other ferrymen.", "comments"),
        ("Comments are moderated and may take some hours to appear on the site.", "comments"),
        ("Abusive or obscene comments will be removed, and their authors may lose their accounts.", "comments"),
        ("Readers' comments are the opinions of their authors, not of the River Post.", "comments"),
        ("The River Post is not responsible for the content of comments that its readers leave.", "comments"),
        ("By leaving a comment you agree to the rules of the house and to the privacy policy.", "comments"),
        ("• Stay on topic. What has nothing to do with the river has no place here.", "comments"),
        ("- Don't post the same thing twice: other users have read your comment the first time.", "comments"),
        ("В комментариях не допускаются оскорбления паромщиков и их пассажиров.", "comments"),
        ("Запрещаются спам, флуд и ссылки на сайты, которые не имеют отношения к реке.", "comments"),
        ("- Комментарий не должен быть длиннее двух тысяч знаков.", "comments"),
        ("Редакция оставляет за собой право удалять комментарии, которые нарушают эти правила.", "comments"),
        ("Оставляя комментарий, вы соглашаетесь с правилами сайта.", "comments"),
        ("Комментарии публикуются после проверки модератором.", "comments"),
        ("Читайте также: Кто построит мост", "teaser"),
        ("READ ALSO: Who will build the bridge", "teaser"),
        ("Continue reading the main story", "teaser"),
        ("More...", "teaser"),
        ("More:Ferry tickets to cost 3.5 percent more", "teaser"),
        ("РЕЧНИК Pro: Пять ошибок, из-за которых тонут кофейни на баржах", "teaser"),
        ("Примерное время чтения: 4 минуты", "navigation"),
        ("Материалы по теме", "related links"),
        ("list 2 of 3Ferry tickets to cost more", "related links"),
        ("You may also like", "related links"),
        ("Реклама", "advertisement"),
        ("Sponsored content", "advertisement"),
        ("Теги: мост, река", "tags"),
        ("Filed under: bridges, rivers", "tags"),
        ("Автор: Пётр Соколов", "author box"),
        ("By Jane Porter", "author box"),
        ("Jane Porter writes on rivers and bridges. Her column appears on Mondays.", "author box"),
        ("Our Standards: The Herald’s principles of reporting", "navigation"),
        ("Видеообзор загружается...", "video fallback"),
        ("Перевод с английского: Анна Портнова", "author box"),
        ("Перевела Анна Портнова", "author box"),
        ("Translation by Ann Porter", "author box"),
        ("The bridge is closed for winter on facebook (opens in a new window)", "share"),
        ("Ann Porter and Jane Fields contributed reporting.", "author box"),
        ("View image in fullscreen", "photo credit"),
        ("View this post on Instagram", "video fallback"),
        ("Add us as a preferred source on Google", "share"),
        ("Read our full story here: The bridge is closed for winter", "related links"),
        ("Not ready to support today? Remind me later.", "subscribe"),
        ("Jane Porter is a pilot. The views expressed here are the author’s own.", "author box"),
        ("Мнение автора может не совпадать с мнением редакции", "author box"),
        ("Ваш браузер не поддерживает вставку видео", "video fallback"),
        ("Please enable JavaScript to view this video", "video fallback"),
        ("This website uses cookies. Accept all?", "cookie"),
        ("You have been successfully subscribed!", "subscribe"),
        ("End Quote Ann Porter Head of the harbour", "navigation"),
        ("Все права защищены", "navigation"),
        ("Просмотров: 1 204", "navigation"),
        ("НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЁН ИНОСТРАННЫМ АГЕНТОМ «РЕЧНИК» ЛИБО КАСАЕТСЯ ЕГО", "navigation"),
        (
            "Данное сообщение (материал) создано и распространено иностранным средством массовой информации «Речник».",
            "navigation",
        ),
        ("* «Союз паромщиков» признан в России нежелательной организацией, запрещена.", "navigation"),
        ("*Принадлежит компании, которая признана экстремистской и запрещена в России", "navigation"),
        ("* признан иностранным агентом", "navigation"),
        ("**Соцсеть компании, признанной экстремистской организацией", "navigation"),
        (
            "We are in danger. The prosecutor has designated River Radio as an “undesirable” organization, and our work as a crime.",
            "navigation",
        ),
        ("Thanks for reading River Notes! Subscribe for free to receive new posts and support my work.", "subscribe"),
        ("River Notes is a reader-supported publication.", "subscribe"),
        ("You have read 1 of your 2 free articles this month.", "subscribe"),
        ("Enjoying this article? Click here to subscribe for full access. Just $5 a month.", "subscribe"),
        ("You received this email because you signed up at our website.", "subscribe"),
        ("Our weekly newsletter contains a hand-picked selection of news, features and more.", "subscribe"),
        ("The river is rising. We cannot do this without you. Become a member for as little as $5.", "subscribe"),
        ("Your tax deductible gift can help to save the ferries of the whole river.", "subscribe"),
        ("Материал создан при поддержке читателей. Подпишитесь на ежемесячное пожертвование", "subscribe"),
        (
            "Terms and opinions in the article are the author’s own and do not necessarily coincide with the views of our team.",
            "author box",
        ),
        ("River Post takes no positions; the views represented herein are those of the author(s).", "author box"),
        ("Мнение авторов не является официальной позицией Института.", "author box"),
        ("Расскажите друзьям!", "share"),
        ("Выйти из полноэкранного режимаРазвернуть на весь экран", "photo credit"),
        ("Купить фото", "photo credit"),
        ("Читайте «Речник» в Telegram.", "subscribe"),
        ("Продолжение после рекламы", "advertisement"),
        ("Выйти из полноэкранного режима", "photo credit"),
        ("This article is more than 3 years old", "date line"),
        ("No media source currently available", "video fallback"),
        ("0:00 0:02:37 0:00", "video fallback"),
        ("Associated Press writers Ann Porter in Ostrovo and Jane Fields contributed to this report.", "author box"),
        ("Forwarded from Речной вестник", "share"),
        ("Pro Риски Как бизнесу страховать грузы, если порт закрыт", "teaser"),
        ("Pro Вы уволены: как сообщить новость и не попасть в суд", "teaser"),
        ("Чтобы быть в курсе событий, подписывайтесь на нас в Telegram", "subscribe"),
        ("Если вам интересна тема — ставьте лайк и подписывайтесь на канал, так мы увидимся чаще", "subscribe"),
        ("Отправляя форму, вы соглашаетесь с политикой конфиденциальности", "subscribe"),
        ("The work of River Post takes effort — and your support. Help us keep going. Donate here.", "subscribe"),
        ("А как думаете вы? Пишите в комментариях!", "comments"),
        ("Термины, мнения и идеи публикации не обязательно совпадают с мнением редакции", "author box"),
        ("SKIP ADVERTISEMENT", "advertisement"),
        ("Something went wrong, please try again later.", "share"),
        ("Is this page useful?", "share"),
        ("Interview by A. Porter-Bey", "author box"),
        ("Анна Портова, обозреватель", "author box"),
        ("Ann Porter, correspondent of River Post", "author box"),
    ],
    ids=str,
)
@pytest.mark.parametrize("place", [1, 3], ids=["within", "below"])
def test_line_is_cut_with_its_reason(line: str, reason: str, place: int) -> None:
    lines = [*PROSE]
    lines.insert(place, line)

    document = clean("\n\n".join(lines))

    assert document.body == "\n\n".join(PROSE)
    assert [cut.reason for cut in document.cuts] == [reason]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (["Skip The River Podcast and continue reading", "The River Podcast",
          "Each week we tell you what the water brought, and why it matters.", "Episodes",
          "End of The River Podcast"], "teaser"),
        (["Пропустить Рассылка и продолжить чтение.", "Рассылка реки",
          "Раз в неделю мы рассказываем, что принесла вода и что это значит.", "Конец истории Рассылка"], "teaser"),
        (["Sign up to The Morning Tide", "Our editors choose the best stories of the river and bring them to you.",
          "Enter your email", "after newsletter promotion"], "subscribe"),
        (["Recommended Stories", "list of 2 items", "list 1 of 2 Who will build the next bridge",
          "list 2 of 2 Ferry tickets to cost more", "end of list"], "related links"),
    ],
    ids=["podcast", "рассылка", "newsletter", "list"],
)  # fmt: skip  # several to a line
def test_a_block_that_says_where_it_begins_and_ends_is_cut_whole(block: list[str], reason: str) -> None:
    document = clean("\n\n".join([PROSE[0], *block, *PROSE[1:]]))

    assert document.body == "\n\n".join(PROSE)
    assert {cut.reason for cut in document.cuts} == {reason}


@pytest.mark.parametrize(
    "ending",
    [
        "© 2016-2022 River Post. All rights reserved.",
        "All rights reserved.",
        "© 2024 Речная газета. Все права защищены",
    ],
)
def test_a_notice_of_rights_behind_a_paragraph_does_not_take_it_along(ending: str) -> None:
    document = clean("\n\n".join([*PROSE[:-1], f"{PROSE[-1]} {ending}"]))

    assert document.body == "\n\n".join(PROSE)
    assert [cut.reason for cut in document.cuts] == ["navigation"]


@pytest.mark.parametrize(
    "line",
    [
        "The company will give land to farmers who join the programme for only $5 an acre, the mayor said.",
        "Комментарии экспертов о новом мосте расходятся: одни ждут очередей, другие их не боятся.",
        "The two views of the mayor do not meet: he wants a bridge and the ferries.",
        "Дом построен при поддержке читателей местной библиотеки и их детей.",
        "Pro-ferry votes are counted again in the whole of the lower town.",
        "Мэр сказал: пишите нам, а не в комментариях, и приходите на совет.",
    ],
)
def test_what_only_has_words_of_an_appeal_or_a_notice_stays(line: str) -> None:
    assert clean("\n\n".join([*PROSE[:2], line, *PROSE[2:]])).cuts == ()


RECALLING = "Ранее сообщалось, что мост закроют для машин на всё лето, а паром пойдёт с июня."


def test_a_paragraph_that_recalls_stays_behind_links() -> None:
    links = ["12.03.2024", "Who will build the next bridge", "11.03.2024", "The price of water in the lower town"]

    document = clean(
        "\n".join([*PROSE, "Share", *links, RECALLING, "Comments (3)", "Log in", "Ferry tickets cost more"])
    )

    assert document.body.rstrip().endswith(RECALLING)


def test_what_a_reader_recalls_is_not_kept_by_that() -> None:
    lines = [*PROSE, "Комментарии (1)", "Паромщик, 12.03.2024 10:15", RECALLING, "Ответить"]

    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert verdicts[lines.index(RECALLING)] is None


@pytest.mark.parametrize(
    "line",
    [
        "MacBook Pro: what the new one can do on a ferry",
        "Тариф Pro: 990 рублей в месяц за пять пользователей",
        "More: “We will not give up the harbour, whatever the ministry says about it.”",
        "More: the ferry runs until ten at night",
    ],
)
def test_what_is_sold_as_pro_or_goes_on_is_no_teaser(line: str) -> None:
    assert judge([look(one) for one in split_lines(line)]) == [None]


def test_a_table_between_two_paragraphs_stays() -> None:
    text = "\n\n".join([PROSE[0], "Changes in prices, %:\nPotatoes: +4.6\nFish: -0,3\nFerry tickets: 12", *PROSE[1:]])

    assert clean(text).body == text


PAIRS = [
    "Read also",
    "Council wants the old bridge back",
    "3 July 2025",
    "Who pays for the night ferry",
    "29 June 2025",
]


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        (["What the port says", "It has none.", "It is too small."], []),
        (["What the port says", "It has no such plans.", "“We are small”.", "Share"], [6 + 2, 7 + 2]),
        (["Ferries, bridges and what the council of the port wants", "It has no such plans."], []),
        (["Share", "What the port says", "It has no such plans."], []),
    ],
    ids=["too short", "heading and sentence", "another headline", "behind chrome"],
)
def test_behind_headlines_with_their_days_the_article_goes_on_below_a_heading(
    below: list[str], kept: list[int]
) -> None:
    verdicts = judge([look(line) for line in split_lines("\n".join([*PROSE, *PAIRS, *below]))])

    assert [index for index, verdict in enumerate(verdicts) if verdict == KEEP] == kept


QUOTED = [
    ["Ann Porter, economist:", "“Look at the ferries: they rose by a tenth last year, and nobody closes the port.”"],
    ["Политолог Ян Веслов:", "«Это сигнал, который ничего не стоит, никому не вредит и всем понятен»"],
]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([*PROSE, *QUOTED[0], *QUOTED[1]], 4),
        ([*PROSE, *QUOTED[0]], 0),
        ([*PROSE, "Comments", *QUOTED[0], *QUOTED[1]], 0),
    ],
    ids=["two", "one", "comments"],
)
def test_what_several_say_below_their_names_stays(lines: list[str], kept: int) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert verdicts.count(KEEP) == kept


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Работы обещают закончить до осени, сказал он.-0-", "-0-"),
        ("Комиссия соберётся на будущей неделе. —06Д—", "—06Д—"),
        ("The council will meet again next week, he said.--0--", "--0--"),
        ("The temperature fell from 4 to -0-", ""),
        ("He counted: three, two, one -", ""),
    ],
)
def test_the_mark_with_which_an_agency_ends_its_news_goes(line: str, mark: str) -> None:
    document = clean("\n\n".join([*PROSE, line]))

    assert document.body == "\n\n".join([*PROSE, line.removesuffix(mark).rstrip()])
    assert {cut.rule for cut in document.cuts} == ({"end mark"} if mark else set())


def test_a_refrain_that_says_the_headline_stays() -> None:
    text = "\n\n".join([*PROSE, "Twenty four seconds.", *PROSE])

    document = find_title(clean(f"Twenty four seconds\n\n{text}", metadata={"title": "Twenty four seconds"}))

    assert document.title.value == "Twenty four seconds"
    assert document.body == text


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (
            [*PROSE, "Stations that are planned on the line include:", "Astra", "Lower Quay", "Port", PROSE[0]],
            range(3, 7),
        ),
        (
            [*PROSE, "Breaches that were counted over the day:", "north - none", "south - none", "Talks go on there."],
            range(3, 6),
        ),
        ([*PROSE, "Stations that are planned on the line include:", "Astra", "Lower Quay", "Port", "Share"], []),
        ([*PROSE, "Read also:", "Astra", "Lower Quay", "Port", PROSE[0]], []),
        (["The sections of our site are these:", "Astra", "Lower Quay", "Port", *PROSE], []),
        ([*PROSE, "Comments", "What readers say of it all:", "Astra", "Lower Quay", PROSE[0]], []),
    ],
    ids=["stations", "values", "at the end", "links", "menu", "comments"],
)
def test_what_a_sentence_enumerates_stays(lines: list[str], kept: list[int] | range) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert [index for index, verdict in enumerate(verdicts) if verdict == KEEP] == [*kept]


LONG = "Ann Porter drives a lorry and has a theory of the bridge: the council argued like brothers, so it had to be loud, and the quiet ones were never the council's friends."


@pytest.mark.parametrize("box", ["Subscribe", "Share"])
@pytest.mark.parametrize("heading", ["What I make of it", "July: letters and pauses", "Tuesday"])
def test_a_heading_below_a_button_stays_with_its_paragraph(box: str, heading: str) -> None:
    document = clean("\n\n".join([*PROSE, box, heading, LONG, *PROSE, "Related articles", "Ferry tickets cost more"]))

    assert f"{heading}\n\n{LONG}" in document.body


TABLE = ["2021 | 14 | 2,07", "2022 | 19 | 2,74"]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (
            [
                PROSE[0],
                "Table 1",
                "Crossings, thousands.",
                "Year | Ferries | Crossings",
                *TABLE,
                "Note. Without mail.",
                PROSE[1],
            ],
            range(1, 7),
        ),
        ([PROSE[0], "Quay\tTons\tChange", "North\t510\t-23.6", "South\t20\t+0.1", PROSE[1]], range(1, 4)),
        (
            [
                PROSE[0],
                "Ferry tickets: €43.10/MWh",
                "Mail, winter: 312 долл./тыс. куб. м",
                "Fish: 11,200 (-44%)",
                PROSE[1],
            ],
            range(1, 4),
        ),
        (
            [PROSE[0], "Where they went", "Salt Island – 3 tons", "Others – 7 tons", "The port declined to comment."],
            range(1, 4),
        ),
        ([*PROSE, "Fish: 50,3 млн тонн", "Share of the port: 56%", "Share"], range(3, 5)),
        ([*PROSE, "In figures:", "Fish: 50,3 млн тонн", "Crabs: 56%", "Share"], range(3, 6)),
    ],
    ids=["cells", "tabs", "units", "a short sentence below", "the end", "the end below a colon"],
)
def test_a_table_stays_with_its_labels_and_its_note(lines: list[str], rows: range) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert [index for index, verdict in enumerate(verdicts) if verdict == KEEP] == list(rows)


@pytest.mark.parametrize(
    "lines",
    [
        ["Home | News | Sport", "Ferries | Bridges | Fish", *PROSE],
        [*PROSE, "Read also", "Fish: 50,3 млн тонн", "Crabs: 56%", *PROSE],
        [*PROSE, "Hockey", "Volga - Vodnik 3:3", "Locomotive - Start 5:2", *PROSE],
        [*PROSE, "Rates", "Euro: 99.1", "Dollar: 92.5", "Share"],
    ],
    ids=["menu", "links", "results", "rates below the article"],
)
def test_what_only_looks_like_a_table_is_left_to_the_model(lines: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert KEEP not in verdicts


def test_speech_in_turns_stays_to_the_end() -> None:
    turns = ["Q: Who pays?", "A: The county.", "Q: And then?", "A: Nobody knows."]
    around = [["Advertisement", "Story continues below advertisement"], ["Share", "57 comments"]]

    document = clean("\n\n".join([*PROSE, *around[0], *turns, *around[1]]))

    assert document.body == "\n\n".join([*PROSE, *turns])


@pytest.mark.parametrize(
    "comments",
    [
        [
            "Ann Porter on June 3, 2021 at 4:47 pm said:",
            "I have crossed this river for forty years and have never seen it so low as in this June.",
            "Jane Fields on June 4, 2021 at 6:12 am said:",
            "It was lower when I was young, and nobody spoke of it then, nor of the ferry or of the bridge.",
            "Ann Porter on June 4, 2021 at 9:30 am said:",
        ],
        [
            "Report comment",
            "Тридцать лет езжу через эту реку и ни разу не видел, чтобы воды было так мало, как этим летом.",
            "Пожаловаться на комментарий",
            "Ответить",
        ],
    ],
    ids=["who wrote it", "report"],
)
def test_a_thread_of_comments_is_cut(comments: list[str]) -> None:
    document = clean("\n\n".join([*PROSE, *comments]))

    assert document.body == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "told",
    [
        ["The port wrote on March 3, 2021.", "The mayor said on May 4, 2021."],
        ["Мэр написал 5 марта 2021 года.", "Об этом губернатор написал 7 мая 2021 года в блоге."],
        ["Людям некому пожаловаться.", "Куда нам теперь пожаловаться?"],
        ["Submitted by the county, the plan was read.", "Comment by the mayor followed."],
    ],
    ids=["wrote", "написал", "пожаловаться", "submitted"],
)
def test_sentences_that_tell_who_wrote_what_are_no_comments(told: list[str]) -> None:
    text = "\n\n".join([PROSE[0], told[0], PROSE[1], told[1], PROSE[2]])

    assert clean(text).body == text


def test_comments_of_which_each_has_its_speaker_are_no_speech() -> None:
    comments = ["Ann: I love this ferry.", "Bob: I do not.", "Ann: You never took it.", "Bob: I did, in May."]

    document = clean("\n\n".join([*PROSE, "Comments (4)", *comments]))

    assert not set(comments) & set(document.body.split("\n\n"))


@pytest.mark.parametrize("at", [0, 1], ids=["the first", "among others"])
def test_a_paragraph_with_a_credit_behind_keeps_its_words(at: int) -> None:
    """As long as no caption is, or where one may be the lead."""
    long = (
        PROSE[0]
        if at == 0
        else " ".join(PROSE[:2]).replace("reporters. Work", "reporters, and work").rstrip(".") + ", said the mayor."
    )
    article = [*PROSE[:at], long, *PROSE[1:]]

    document = clean("\n\n".join([*article[:at], f"{long} Photo: Reuters", *article[at + 1 :]]))

    assert document.body == "\n\n".join(article)


def test_two_invitations_within_an_article_take_nothing_along() -> None:
    asked = ["Sign up for our newsletter The Tide, every morning in your inbox", "Follow us on Telegram and Facebook"]

    document = clean("\n\n".join([PROSE[0], asked[0], PROSE[1], asked[1], PROSE[2]]))

    assert document.body == "\n\n".join(PROSE)


def test_a_few_words_above_a_paragraph_are_a_heading_behind_an_interruption_too() -> None:
    article = [PROSE[0], "Rain", PROSE[1], "The ferry", PROSE[2]]
    page = [
        "Home",
        "Sport",
        "12.03.2024",
        article[0],
        "Advertisement",
        *article[1:3],
        "Photo: Reuters",
        *article[3:],
        "Share",
    ]

    assert clean("\n\n".join(page)).body == "\n\n".join(article)


@pytest.mark.parametrize("byline", ["By Ann Porter", "BY Ann Porter", "Author: Ann Porter"])
def test_a_note_on_the_author_below_is_cut(byline: str) -> None:
    article = [*PROSE, "The ferry goes twice a day and takes nine cars, and nobody has counted those who wait for it."]

    document = clean(
        "\n\n".join([byline, *article, "Ann Porter is a fellow at the Institute of Rivers and has written on dams."])
    )

    assert document.body == "\n\n".join(article)


def test_of_whom_an_article_tells_is_no_author() -> None:
    article = [*PROSE, "Ann Porter is a journalist who has written on the river for forty years, and lives beside it."]
    text = "\n\n".join(["By Jane Fields", *article])

    assert clean(text).body == "\n\n".join(article)


def test_what_stands_between_two_appeals_speaks_of_the_same() -> None:
    appeal = [
        "We have a small favour to ask of you.",
        "The River Post has told the truth about the water for thirty years, and it will not be silent now.",
        "Please support us monthly, from the price of a ferry ticket.",
    ]

    document = clean("\n\n".join([*PROSE, *appeal]))

    assert document.body == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    ("header", "links", "left"),
    [
        ("Related articles", ["Who will build the next bridge", "The price of water"], ["The price of water"]),
        ("Читайте также", ["Кто построит следующий мост через реку"], []),
    ],
    ids=["the last may be a subheading", "one"],
)
def test_headlines_between_paragraphs_under_a_header_are_cut(header: str, links: list[str], left: list[str]) -> None:
    further = [
        "Until then lorries take the road over the dam, which is twice as long, a driver from the upper town said.",
        "The last repair was in 1974, when the railings were painted and two of the five piers got new stone.",
    ]
    article = [*PROSE, *left, *further]

    document = clean("\n\n".join([*PROSE, header, *links, *further]))

    assert document.body == "\n\n".join(article)
    assert {cut.reason for cut in document.cuts} == {"related links"}


def test_a_bare_day_before_the_first_words_is_cut() -> None:
    text = "\n".join([f"2022-02-22 {PROSE[0]}", *PROSE[1:]])

    document = find_title(clean(text))

    assert document.body == "\n".join(PROSE)
    assert [(cut.reason, cut.rule) for cut in document.cuts] == [("date line", "date prefix")]


@pytest.mark.parametrize("day", ["2020-09-27", "27.09.2020"])
def test_days_before_several_lines_are_what_happened_when(day: str) -> None:
    chronicle = "\n".join(f"{day} {sentence}" for sentence in PROSE)

    assert clean(chronicle).body == chronicle


SUMMARIES = (
    "Elephant stops a night bus",
    "It took the sugar cane, looked at the driver for a while and went back into the wood. Nobody was hurt.",
    "Ferry to get a new engine",
    "The old one has been in use since 1961. Its captain will keep a piston as a paperweight.",
    "Swans return to the lower town",
    "Anglers are asked to keep their distance until May.",
)


@pytest.mark.parametrize(
    ("header", "further", "left"),
    [
        ("Read also", [], 0),
        ("More news", ["© The River Post"], 0),
        ("Read also", [PROSE[2]], 2),
        ("Read also", ["1. Write to the council by Friday, with your name and address."], 2),
    ],
    ids=["at the end", "above the imprint", "the article goes on", "with a list"],
)
def test_summaries_under_a_header_are_cut(header: str, further: list[str], left: int) -> None:
    lines = [*PROSE[:2], header, *SUMMARIES, *further]

    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    said = [verdict.rule if verdict else "" for verdict in verdicts]
    links = len(SUMMARIES) - left
    assert [rule.partition(" ")[2] for rule in said[3 : 3 + links]] == [
        "under a header"
    ] * links  # the first is a headline, too
    assert not [rule for rule in said[3 + links :] if rule == "summaries under a header"]


DAYS = ("5 May 2021", "24 June 2021", "2 July 2021")
DAYS_BELOW = [
    line
    for day, headline, summary in zip(DAYS, SUMMARIES[::2], SUMMARIES[1::2], strict=True)
    for line in (headline, day, summary)
]
DAYS_ABOVE = [
    line
    for day, headline, summary in zip(DAYS, SUMMARIES[::2], SUMMARIES[1::2], strict=True)
    for line in (day, headline, summary)
]


@pytest.mark.parametrize(
    "lines",
    [
        [*PROSE, *PROSE, *DAYS_BELOW],
        [PROSE[0], "Read also", *DAYS_BELOW[:6]],
        [PROSE[0], "Read also", *DAYS_ABOVE[:6]],
        [PROSE[0], "Read also", *DAYS_ABOVE, *PROSE],
    ],
    ids=["below an article", "under a header", "the day first", "the article goes on"],
)
def test_other_articles_with_day_and_summary_are_cut(lines: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    links = [
        line for line, verdict in zip(lines, verdicts, strict=True) if verdict and verdict.reason == "related links"
    ]
    assert [line for line in links if line != "Read also"] == [
        line for line in lines if line in DAYS_BELOW and line not in PROSE
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [PROSE[0], *DAYS_ABOVE],
        [PROSE[0], *DAYS_BELOW],
        [*PROSE, *PROSE, *DAYS_BELOW, *PROSE],
        [*PROSE, *PROSE, *DAYS_BELOW[:6]],
        [*PROSE, "Read also", *DAYS_BELOW[:3]],
        [*PROSE, *PROSE, *(" ".join(PROSE * 2) if line.endswith(".") else line for line in DAYS_BELOW)],
    ],
    ids=["chronicle", "its days below", "within an article", "two", "one", "paragraphs"],
)
def test_a_chronicle_is_no_list_of_other_articles(lines: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert not [verdict for verdict in verdicts if verdict and verdict.rule == "dated summaries"]


@pytest.mark.parametrize(
    "lines",
    [
        SUMMARIES[:2],
        ("What will it cost?", SUMMARIES[1], "And who pays?", SUMMARIES[3]),
        ("— Кто заплатит", SUMMARIES[1], "— Область", SUMMARIES[3]),
        (SUMMARIES[0], " ".join(PROSE * 2), SUMMARIES[2], " ".join(PROSE * 2)),
        (SUMMARIES[1], SUMMARIES[0], SUMMARIES[3], SUMMARIES[2]),
    ],
    ids=["one", "questions", "speech", "paragraphs", "the headline is below"],
)
def test_other_lines_under_a_header_are_no_summaries(lines: Sequence[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join([*PROSE, "Read also", *lines]))])

    assert not [verdict for verdict in verdicts if verdict and verdict.rule == "summaries under a header"]


def test_in_an_interview_links_end_where_the_next_question_begins() -> None:
    talk = [
        "— Когда мост снова откроют для машин, и кто заплатит за ремонт после паводка?",
        "— Откроют к зиме, а заплатит область: деньги на это есть в бюджете, их выделили ещё в мае.",
    ]
    question = "— А паром останется?"

    document = clean("\n".join([*talk, "Читайте также", "Кто построит следующий мост", question, *talk]))

    assert not [
        cut
        for cut in document.cuts
        if cut.reason == "related links" and question in document.raw.text[cut.start : cut.end]
    ]


def test_dated_headlines_take_no_paragraphs_along() -> None:
    links = ["Related content", "5 May 2021", "Who will build the new bridge", "24 June 2021", "The price of water"]
    rest = [f"{sentence} Nobody asked why." for sentence in PROSE]

    document = clean("\n".join([*PROSE, *PROSE, *links, "What comes next", *rest]))

    cut = [document.raw.text[cut.start : cut.end] for cut in document.cuts if cut.rule == "dated headlines"]
    assert "\n".join(links[1:]) in "".join(cut)
    assert not [sentence for sentence in rest if sentence in "".join(cut)]


DATED_LINKS = ["5 May 2021", "Who will build the new bridge", "24 June 2021", "The price of water"]
CLOSING = "The council meets again in September, and nobody expects that it will have found the money by then."


@pytest.mark.parametrize("closing", [[CLOSING], [CLOSING, "Ann Porter"], [CLOSING, PROSE[0]]])
def test_the_end_of_an_article_below_two_dated_links_is_left_to_the_model(closing: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n".join([*PROSE, *PROSE, *DATED_LINKS, *closing]))])

    told = [verdict and verdict.rule for verdict in verdicts]
    assert told[6:10] == ["dated headlines"] * 4
    assert told[10] is None


@pytest.mark.parametrize(
    "links",
    [
        [*DATED_LINKS, "25 June 2021", "Swans return to the lower town", CLOSING],
        [*DATED_LINKS[:2], CLOSING, *DATED_LINKS[2:], CLOSING],
        [*DATED_LINKS, "Swans return to the lower town"],
    ],
    ids=["more links", "summaries", "another headline"],
)
def test_what_dated_headlines_are_a_list_of_is_cut(links: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n".join([*PROSE, *PROSE, *links]))])

    assert [verdict and verdict.rule for verdict in verdicts[6:]] == ["dated headlines"] * len(links)


@pytest.mark.parametrize(
    "sentence",
    [
        "By the time that the firemen came, the water had gone down again.",
        "Автор законопроекта сказал журналистам, что он его отзовёт.",
    ],
)
def test_a_sentence_is_no_byline(sentence: str) -> None:
    assert look(Line(0, len(sentence), sentence, gap=False)).cue is None


def test_one_headline_under_another_header_is_left_to_the_model() -> None:
    text = "\n\n".join([*PROSE, "Тема дня", "Почему паром нельзя заменить катером", *PROSE[:2]])

    assert not [cut for cut in clean(text).cuts if cut.rule == "headlines under a header"]


@pytest.mark.parametrize(
    "line",
    [
        "End of an era",
        "Перевод часов в области отменили навсегда",
        "Translated into ten languages, the book tells of a bridge that nobody needed, said its author.",
        "The country wants to become a member of the river union by 2030, its president said on Monday.",
        "The commission asked the company to change its privacy policy and to let users unsubscribe from the start.",
        "Он попросил жителей скачать приложение порта, чтобы узнавать об уровне воды заранее.",
        "The mayor asked the engineers to keep their comments civil and not to speak of the flood as their fault.",
        "The port said that it was not responsible for the delay, and its director made no comment on Monday.",
        "В комментариях к проекту жители запрещают строить у воды дома выше трёх этажей, говорит мэр.",
        "Министр не ответил на комментарий и сообщил, что сообщение о паводке будет проверено до вечера.",
        "Engineers from five countries contributed to this report, the ministry said on Monday.",
        "Skip this section of the road, the police advised drivers on Monday, for it is under water.",
        "The judge said that abusive comments by officials will not be tolerated in her court.",
        "The company is not responsible for comments made by its former director, a spokesman said.",
        "We need your help, the mayor told the residents of the lower town on Sunday.",
        "“We need your support,” he told the crowd in the square before the bridge.",
        "The price of a cup of coffee in the port has risen by a third since January, as that of bread.",
        "“We have a favor to ask,” the governor told reporters on Tuesday.",
        "Платформа оставляет за собой право удалять сообщения, сообщил представитель министерства.",
        "Оставляя отзыв о пароме, туристы чаще всего жалуются на холодную воду, показал опрос.",
        "В комментариях запрещается называть имена до приговора, решил суд в четверг.",
        "В чатах школы запрещается спам и обсуждение оценок, сообщили в департаменте.",
        "Сообщение не должно содержать сведений о воде, говорится в приказе губернатора.",
        "Читайте нас в телеграме, сказал на суде редактор газеты, и вы узнаете о реке больше.",
        "The paper cited the deal first. Reuters / Ipsos polled 1,200 adults in May.",
        "Настоящий материал произведён на заводе, который принадлежит иностранной компании из соседней страны.",
        "* Суд признал союз паромщиков нежелательной организацией, сообщил его адвокат.",
        "* Суд признал союз паромщиков нежелательной организацией, и паром больше не ходит.",
        "The River Fund has been declared an undesirable organization by Russia, and its staff left in May.",
        "The River Fund was declared an undesirable organization by the Russian government, its director said.",
        "The River Fund was declared an “undesirable” organization by Russia's Prosecutor General.",
        "**Минюст признал иностранным агентом паромщика Ивана Речного и ещё троих.**",
        "**Суд признал движение «Паром» экстремистским** и запретил ему ходить через реку, пишет «Речник».",
        "* Суд признал организацию экстремистской и запретил её паром до самой зимы.",
        "We are witnesses to it: the court has designated the River Fund as an undesirable organization for nothing.",
        "The Tide is a reader-supported publication that two sisters founded in 1911 and that their heirs own.",
        "Читайте «Речник» в Telegram, советует мэр, и вы узнаете о воде раньше соседей.",
        "Forwarded from court to court for years, the file of the old bridge was lost in the end.",
        "Herald reporters Ann Porter and Jane Fields contributed to this report, which won a prize in May.",
        "More: the ferry takes cars again, and its crew works in two shifts, the port said on Monday.",
    ],
    ids=lambda line: line[:40],
)
def test_what_only_sounds_like_an_appeal_stays(line: str) -> None:
    text = "\n\n".join([PROSE[0], line, *PROSE[1:]])

    assert clean(text).body == text


@pytest.mark.parametrize(
    ("before", "teaser", "after"),
    [
        ("Мост закрыт с мая.", "Читайте также: Сколько паромов ходит по Двине", "Следствие говорит о ржавчине опор."),
        (
            "Мост закрыт с мая.",
            "Читайте также: Письма из Баку, которые шли полгода",
            "Но на этом берегу ждать не хотят.",
        ),
        ("Мост закрыт.", "Смотрите также: Плотины Двины, карта", "Два других моста стоят с 1963 года, их чинят."),
        ("The bridge is closed.", "Read also: Who pays for the ferry", "Engineers speak of rust in the piers."),
        ("The bridge is closed.", "Read More: Who Will Pay for the New Ferry", "The engineers speak of rust."),
        ("The bridge is closed.", "Read more: Ferry is ready for winter.", "The engineers speak of rust. It is old."),
    ],
    ids=["name behind a small word", "comma", "name as second word", "English", "capitals", "full stop"],
)
def test_a_teaser_between_two_sentences_is_cut_and_no_more(before: str, teaser: str, after: str) -> None:
    paragraph = f"{PROSE[0]} {before} {teaser} {after}"

    document = clean("\n\n".join([paragraph, *PROSE[1:]]))

    assert document.body == "\n\n".join([f"{PROSE[0]} {before} {after}", *PROSE[1:]])
    assert [(cut.reason, cut.rule) for cut in document.cuts] == [("teaser", "teaser within")]


ENTRIES = ["14:05", "All quiet so far.", "13:30", "The ferry is late again.", "12:10", "Schools close at noon."]


def test_short_entries_of_a_live_page_stay() -> None:
    document = clean("\n".join([*PROSE, *ENTRIES, "Share"]))

    assert document.body == "\n".join([*PROSE, *ENTRIES])


def test_news_of_the_hour_below_an_article_are_not_kept_for_their_times() -> None:
    document = clean("\n".join(["The council repairs the bridge", *PROSE, *PROSE, "News feed", *ENTRIES]))

    assert document.body == "\n".join([*PROSE, *PROSE])


HEADED = [
    *("14:05", "Water falls", "At the upper bridge it stands two metres lower than in the night, the council says."),
    *("13:30", "Ferry stays ashore", "Its captain does not expect to sail before the end of the week."),
    *("12:10", "Schools close", "The pupils of the lower town may go to the upper town until the water is gone."),
]


def test_entries_of_a_live_page_keep_their_headings() -> None:
    document = clean("\n".join([PROSE[0], *HEADED, "Share"]))

    assert document.body == "\n".join([PROSE[0], *HEADED])


@pytest.mark.parametrize(
    "lines",
    [
        [*PROSE, *PROSE, *HEADED],
        [PROSE[0], "Latest news", *HEADED],
        [PROSE[0], *HEADED[:6]],
        [PROSE[0], *(line for line in HEADED if not line.endswith("."))],
        [PROSE[0], *(line for line in (*HEADED, *(f"21:0{at}" for at in range(5))))],
    ],
    ids=["below an article", "under a header", "two", "no text", "few of many"],
)
def test_news_of_the_hour_with_headings_are_left_to_the_model(lines: Sequence[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n".join(lines))])

    assert KEEP not in verdicts


HEADLINES = [
    f"{name} wants the {thing} of the river back by the end of the {time}"
    for name, thing, time in itertools.product(
        ("Council", "Harbour", "Chamber"), ("bridge", "ferry"), ("year", "week", "summer")
    )
]


def test_a_long_row_of_headlines_is_cut() -> None:
    document = clean("\n".join([*PROSE, *PROSE, *HEADLINES]))

    assert document.body.startswith("\n".join([*PROSE, *PROSE]))
    (cut,) = [cut for cut in document.cuts if cut.rule == "row of headlines"]
    assert document.raw.text[cut.start : cut.end].strip() == "\n".join(HEADLINES[5:-5])


@pytest.mark.parametrize(
    "row",
    [
        [f"{line}." for line in HEADLINES],
        [f"{number}. {line}" for number, line in enumerate(HEADLINES, 1)],
        [f"— {line}" for line in HEADLINES],
        HEADLINES[:8],
        ["The river runs by night", "And no one hears it go"] * 9,
    ],
    ids=["sentences", "figures", "dashes", "short", "verse"],
)
def test_what_only_looks_like_a_row_of_headlines_is_left_to_the_model(row: list[str]) -> None:
    assert not [cut for cut in clean("\n".join([*PROSE, *PROSE, *row, *PROSE])).cuts if cut.rule == "row of headlines"]


def test_the_result_of_a_match_stays_between_paragraphs() -> None:
    text = "\n\n".join(
        [PROSE[0], "«Дила» — «Самтредиа» — 2:3", "Голы: Петров, 6 (1:0). Сидоров, 30 (1:1).", *PROSE[1:]]
    )

    assert clean(text).body == text


def test_a_line_that_says_only_when_is_one_cut() -> None:
    document = clean("\n".join(["December 25, 2024 2:12 PM UTC", *PROSE]))

    assert [(cut.reason, document.raw.text[cut.start : cut.end].strip()) for cut in document.cuts] == [
        ("date line", "December 25, 2024 2:12 PM UTC")
    ]


def test_one_paragraph_break_is_left_where_a_line_was() -> None:
    document = clean(f"{PROSE[0]}\n\n\nAdvertisement\n\n{PROSE[1]}\nAdvertisement\n{PROSE[2]}\n")

    assert document.body == f"{PROSE[0]}\n\n\n{PROSE[1]}\n{PROSE[2]}"


@pytest.mark.parametrize("separator", ["x x x", "X", "* * *"])
def test_what_parts_two_sections_takes_nothing_along(separator: str) -> None:
    document = clean("\n\n".join([*PROSE, separator, *PROSE]))

    assert document.body.replace(f"{separator}\n\n", "") == "\n\n".join([*PROSE, *PROSE])
    assert not [cut for cut in document.cuts if cut.rule == "buttons"]


def test_a_letter_among_buttons_is_one() -> None:
    assert clean("\n".join([*PROSE, "Facebook", "X", "Telegram", *PROSE])).body == "\n".join([*PROSE, *PROSE])


@pytest.mark.parametrize("source", ["Source: River Post", "Источник: РИА Новости", "Источник: oldport.example"])
def test_whose_news_it_is_is_cut_below_a_paragraph(source: str) -> None:
    document = clean("\n\n".join([*PROSE, source]))

    assert document.body == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "lines",
    [
        ["Source: Council Wants the Bridge Back", *PROSE],
        [*PROSE, "Brent – 98.92 dollars", "Urals – 90.11 dollars", "Source: River Bank"],
        [*PROSE, "Source: a man who knows the mayor"],
        [*PROSE, "Источник: паромы подорожают"],
        [*PROSE, "Source: The Council Wants The Old Bridge Back"],
    ],
    ids=["headline above", "below a table", "a person", "what it says", "long"],
)
def test_what_a_source_says_is_no_credit(lines: list[str]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n\n".join(lines))])

    assert not [verdict for verdict in verdicts if verdict and verdict.rule == "source"]


def test_windows_line_breaks_are_kept() -> None:
    assert clean("\r\n\r\n".join([*PROSE, "Advertisement"])).body == "\r\n\r\n".join(PROSE)


def test_stated_title_is_found_in_the_text() -> None:
    text = "\n\n".join(["Home", "BRIDGE TO BE REPAIRED", *PROSE])

    document = find_title(clean(text, metadata={"title": "Bridge to be repaired"}))

    assert document.body == "\n\n".join(PROSE)
    assert document.title.value == "BRIDGE TO BE REPAIRED"


LABELLED = ["Upstream", "Nobody needs a ferry in winter", "Upstream", "The price of water"]


def test_of_pairs_of_a_label_and_a_headline_the_one_above_the_article_is_its_own() -> None:
    headline = "What the bridge has cost us, and what it will cost"

    document = find_title(clean("\n".join(["Commentary", headline, *PROSE, *PROSE, "Commentary", LABELLED[1]])))

    assert document.title.value == headline
    assert document.body == "\n".join([*PROSE, *PROSE])


@pytest.mark.parametrize(
    ("lines", "cut"),
    [
        ([*LABELLED, *PROSE, *PROSE], range(4)),
        ([*LABELLED[:2], *PROSE, *LABELLED], range(5, 9)),
        (["Exclusive", LABELLED[1], *PROSE, "Exclusive", LABELLED[3]], [0, 1, 5, 6]),
    ],
    ids=["two above", "one above", "known labels"],
)
def test_other_pairs_of_a_label_and_a_headline_are_other_articles(lines: list[str], cut: Sequence[int]) -> None:
    verdicts = judge([look(line) for line in split_lines("\n".join(lines))])

    assert [at for at, verdict in enumerate(verdicts) if verdict and verdict.rule == "label and headline"] == [*cut]


STANDFIRST = "Lorries have to take the road over the dam until the winter"


def test_the_standfirst_of_a_record_that_states_its_title_stays() -> None:
    text = "\n\n".join([STANDFIRST, *PROSE])

    assert clean(text, metadata={"title": "Council to mend what the flood has left"}).body == text


@pytest.mark.parametrize(
    ("above", "metadata"),
    [
        (STANDFIRST, {}),
        (STANDFIRST, {"title": "The River Post", "title_from": "title"}),
        ("Lorries must take the road over the dam", {"title": STANDFIRST}),
        (STANDFIRST, {"title": f"{STANDFIRST} - The River Post"}),
    ],
    ids=["nothing stated", "stated by the markup", "in another wording", "with the name of the site"],
)
def test_the_line_above_the_body_is_the_headline_else(above: str, metadata: dict[str, str]) -> None:
    assert clean("\n\n".join([above, *PROSE]), metadata=metadata).body == "\n\n".join(PROSE)


def test_headline_that_stands_twice_is_cut_twice() -> None:
    text = "\n\n".join(["The old bridge will be repaired", "The old bridge will be repaired", *PROSE])

    document = clean(text)

    assert document.body == "\n\n".join(PROSE)
    assert {cut.reason for cut in document.cuts} == {"repeated headline", "title"}


def test_a_paragraph_that_stands_again_and_again_is_no_headline_where_nothing_else_is_prose() -> None:
    assert PROSE[0] in clean("\n".join([PROSE[0]] * 4 + ["Footer"])).body


def test_editors_decide_about_lines_of_their_source() -> None:
    source = Source("herald", "Herald", always_cut=("Our town,  our news.",), never_cut=("Advertisement",))
    lines = [PROSE[0], "Our  town, our news.", PROSE[1], "Advertisement", PROSE[2]]

    document = Clean({"herald": source})(Document(RawDocument("\n\n".join(lines), source="herald")))

    assert document.body == "\n\n".join([PROSE[0], PROSE[1], "Advertisement", PROSE[2]])
    assert [(cut.reason, cut.rule) for cut in document.cuts] == [("always cut", "source profile")]


def test_text_with_nothing_but_chrome_has_no_body() -> None:
    assert clean("Главная\nПолитика\nВойти\nПоделиться\nКомментарии (3)\nРеклама\nВсе права защищены").body == ""


@pytest.mark.parametrize("text", ["", " \n ", "Слово", "Two words", "Мост открыли."], ids=repr)
def test_smallest_texts_are_kept(text: str) -> None:
    assert clean(text).body == text.strip()


def test_main_block_of_a_page_counts() -> None:
    lines = ["Home", "World", *PROSE, "Bridges of the region: a photo story by our reader from the hills"]
    text = "\n\n".join(lines)
    start = text.index(PROSE[0])

    document = clean(text, main=(Span(start, text.index("Bridges of") - 2),))

    assert document.body == "\n\n".join(PROSE)


def test_elements_of_a_page_tell_links_to_other_articles() -> None:
    links = ["The ferry ran all week while the ice was broken", "The inn by the bridge has been sold to its cook"]
    page = read_page(
        f"<html><body><nav><a href=/>Home</a><br><a href=/w>World</a></nav>{''.join(f'<p>{one}</p>' for one in PROSE)}"
        f"<div class='related-posts'><ul>{''.join(f'<li><a href=x>{one}</a>' for one in links)}</ul></div></body></html>"
    )

    with_elements, without = clean(page.text, markup=page.markup), clean(page.text)

    assert with_elements.body == "\n\n".join(PROSE)
    assert without.body.endswith("\n".join(links))


@pytest.mark.parametrize(
    "link",
    [
        "4 февраля 2020Паром получил новый двигатель",
        "12 февраля 2020 10:02Штормовое предупреждение объявили в трёх районах",
        "Feb 4, 2020How the ferry got its new engine",
        "04.02.2020«Паром» вышел в финал",
    ],
)
def test_a_headline_with_its_date_run_together_is_another_article(link: str) -> None:
    document = clean("\n".join([PROSE[0], link, *PROSE[1:]]))

    assert document.body == "\n".join(PROSE)
    assert [cut.reason for cut in document.cuts] == ["related links"]


@pytest.mark.parametrize(
    "above", [[], ["We use cookies, and so do our partners; by going on you agree to all of them."]]
)
def test_what_stands_first_is_the_headline_though_its_date_runs_into_it(above: list[str]) -> None:
    lines = [*above, "12 February 2020 10:02Bridge closed until the end of October", "By Ann Porter", *PROSE]

    document = find_title(clean("\n\n".join(lines)))

    assert document.title.value == "Bridge closed until the end of October"
    assert document.body == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "told",
    [
        ["4 февраля 2020 Мост был закрыт на ремонт"],
        ["10:02Rescuers reach the village on the far bank"],
        ["March 4K television sales beat all forecasts"],
        [
            "4 февраля 2018Началось проектирование моста",
            "5 мая 2019Вбита первая свая",
            "8 июня 2021Мост открыт для машин",
        ],
    ],
    ids=["a space", "no day", "no year", "what happened when"],
)
def test_a_date_before_a_headline_alone_speaks_for_nothing(told: list[str]) -> None:
    lines = [PROSE[0], *told, *PROSE[1:]]

    assert clean("\n".join(lines)).body == "\n".join(lines)


def test_a_standfirst_among_author_and_date_stays() -> None:
    standfirst = "County officials say that the ferry will run for four months, and passengers remain sceptical"
    above, below = ["Share", "Bridge to be repaired", standfirst], ["12 March 2024 10:15", "Share", "By Ann Porter"]

    document = clean("\n".join([*above, *below, *PROSE, "Tags: bridge, ferry", "Share", "Comments"]))

    assert document.body == "\n".join([standfirst, *PROSE])


@pytest.mark.parametrize(
    "caption",
    [
        "The old bridge in winter (Image: County Archive)",
        "The mayor announces the new ferry to a crowd in the harbour (Photo: County Archive)",
        "Workers at the western pier. It was built in 1901. (Photo: Ministry of Roads)",
        "People look at the bridge after the flood [Ann Porter/Reuters]",
        "The mayor looks at the plans of the new bridge by torchlight. (Ann Porter / The County Herald)",
        "The bridge carries nearly half of the county's lorries © Bloomberg",
        "The mayor says that it was never about the ferry. | Ann Porter/Herald via AFP",
        "Workers stand next to what is left of the western pier. Credit: Ministry of Roads",
        "The bridge seen from the ferry, April 12, 2021. (AP Photo/Ann Porter)",
        "A ferry waits at the old bridge. It runs every hour. REUTERS/Ann Porter",
        "Рабочие у опоры старого моста. Фото: Министерство дорог",
        "Мост с высоты, построен в 1978 г. в три смены. © РИА Новости / Анна Портнова",
        "Рабочие у опоры старого моста. Фото: А. Портнова",
        "Рабочие у опоры старого моста. Фото Анны Портновой",
        "Рабочие у опоры старого моста. Фото с сайта администрации города",
        "Рабочие у опоры старого моста. Фото из личного архива Анны Портновой",
        "The mayor on the ferry that he promised to buy. Photographer: Ann Porter/Herald",
        "The bridge seen from the ferry that takes its place until the winter Credit: Ann Porter/Alamy",
    ],
)
def test_a_caption_with_its_credit_is_cut_whole(caption: str) -> None:
    document = clean("\n\n".join([PROSE[0], caption, *PROSE[1:]]))

    assert document.body == "\n\n".join(PROSE)
    assert [cut.reason for cut in document.cuts] == ["photo credit"]


@pytest.mark.parametrize(
    "before",
    [[], PROSE[:-1]],
    ids=["the only paragraph", "the last paragraph"],
)
def test_of_a_paragraph_with_a_credit_behind_only_the_credit_is_cut(before: list[str]) -> None:
    document = clean("\n\n".join([*before, f"{PROSE[-1]} Фото: пресс-служба порта"]))

    assert document.body == "\n\n".join([*before, PROSE[-1]])


@pytest.mark.parametrize(
    "paragraph",
    [
        "The lower piers are safe again after two weeks of work, the ministry said on Monday.",
        "The piers are safe. Divers have looked at all of them. They found nothing that was new.",
        "Мост откроют для машин в сентябре, сообщил журналистам директор порта.",
    ],
)
@pytest.mark.parametrize("credit", ["(Photo: Ministry of Roads)", "(Фото: министерство дорог)"])
def test_a_paragraph_that_tells_something_keeps_its_words_where_a_credit_stands_behind(
    paragraph: str, credit: str
) -> None:
    document = clean("\n\n".join([PROSE[0], f"{paragraph} {credit}", *PROSE[1:]]))

    assert document.body == "\n\n".join([PROSE[0], paragraph, *PROSE[1:]])
    assert [cut.reason for cut in document.cuts] == ["photo credit"]


@pytest.mark.parametrize(
    "line",
    [
        "На старом мосту повесили доску. Фото Анны Портновой в музее нет.",
        "Мэр показал снимок. Фото с сайта города сделал пилот. Его искали всё лето.",
        "What the bank calls good: Credit: none before the winter, and then little",
        "Improving the Harbour's Image: The story of a ferry",
        "Город опубликовал Фото: Разрушенный мост",
    ],
)
def test_a_sentence_that_tells_of_pictures_is_no_caption(line: str) -> None:
    verdicts = judge([look(one) for one in split_lines("\n\n".join([*PROSE, line, *PROSE]))])

    assert not any(verdicts)


def test_a_long_paragraph_with_a_credit_behind_is_no_caption() -> None:
    long = " ".join(PROSE)

    document = clean("\n\n".join([PROSE[0], f"{long} Photo: Ann Porter", *PROSE[1:]]))

    assert document.body == "\n\n".join([PROSE[0], long, *PROSE[1:]])


@given(st.text(max_size=300))
def test_any_text_is_given_back(text: str) -> None:
    clean(text)


LINES = [
    "Реклама",
    "Pro",
    "22.02.2022",
    "10:15",
    "",
    " ",
    "Читайте также: мост",
    "The old bridge",
    *PROSE,
    "date 2022-02-22 Мост",
    "\t",
]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", "\u2028"]))
def test_any_mix_of_lines_is_given_back_and_no_prose_is_lost_whole(lines: list[str], separator: str) -> None:
    document = clean(separator.join(lines))

    assert document.body or not set(lines) & set(PROSE)


def test_time_grows_with_the_length_alone() -> None:
    text = "\n\n".join(PROSE) + "\n\n"
    stage = Clean({})

    def measure(copies: int) -> float:
        start = time.perf_counter()
        stage(Document(RawDocument(text * copies)))
        return time.perf_counter() - start

    measure(10)
    assert measure(4_000) < 40 * max(measure(400), 0.02)
