import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning.sentences import first_sentence
from newsdesk.pipeline.document import Cut, Document, RawDocument, TitleClaim
from newsdesk.pipeline.stages.title import find_title


def test_headline_above_the_body_is_the_title() -> None:
    raw = RawDocument("Мост  открыли\n\nДвижение пустили утром.", metadata={"title": "Мост открыли — Правда"})

    document = find_title(Document(raw, cuts=(Cut(0, 15, "title", 0.9),)))

    assert document.title == TitleClaim("Мост открыли", "header", 0.98)


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ({}, TitleClaim("Мост открыли", "header", 0.9)),
        ({"title": "Открыли новый мост"}, TitleClaim("Мост открыли", "header", 0.98)),
        ({"title": "Хор получил награду"}, TitleClaim("Хор получил награду", "metadata", 0.95)),
        ({"title": "Хор получил награду", "title_from": "og:title"}, TitleClaim("Мост открыли", "header", 0.9)),
    ],
    ids=["nothing stated", "other words for it", "the record knows its title", "templates of a page do not"],
)
def test_line_and_stated_title_that_differ(metadata: dict[str, str], title: TitleClaim) -> None:
    raw = RawDocument("Мост открыли\n\nДвижение пустили утром.", metadata=metadata)

    assert find_title(Document(raw, cuts=(Cut(0, 14, "title", 0.9),))).title == title


def test_stated_title_comes_where_no_line_says_it() -> None:
    document = find_title(Document(RawDocument("Движение пустили утром.", metadata={"title": "Мост открыли"})))

    assert document.title == TitleClaim("Мост открыли", "metadata", 0.95)


def test_first_sentence_stands_in_and_says_so() -> None:
    document = find_title(Document(RawDocument("Движение пустили утром. Мост строили два года.")))

    assert (document.title.value, document.title.provenance) == ("Движение пустили утром", "first sentence")


BODY = "Паром ходить не будет, сообщила в понедельник компания порта. Летом ушли два капитана. " * 4


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Паром встанет до весны - 03.11.2022, Вести Паром встанет до весны 12:40 03.11.2022 ©", "Паром встанет до весны"),
        ("Паром встанет до весны? | Вести Паром встанет до весны? 3 ноября", "Паром встанет до весны?"),
        ("Паром встанет до весны Паром встанет до весны 3 ноября", "Паром встанет до весны"),
        ("Паром встанет до весны Общество Материалы 3 ноября 2022 12:40", "Паром встанет до весны"),
        ("Паром встанет до весны: нет капитанов Опубликовано: 03.11.2022, 12:40", "Паром встанет до весны: нет капитанов"),
        ("Главная » Общество » Паром встанет до весны vesti.test - 03.11.2022 - 12:40", "Паром встанет до весны"),
        ("Ferry Stops for the Winter By Jane Porter November 3, 2022 The quay", "Ferry Stops for the Winter"),
        ("Ferry Captain Visits World 12:40 3 November 2022", "Ferry Captain Visits World"),
    ],
    ids=["said twice", "twice with a bar", "twice at once", "section", "label", "trail and site", "author and date",
         "capitals hide a section"],
)  # fmt: skip  # several to a line
def test_text_of_one_line_begins_with_its_headline(header: str, title: str) -> None:
    found = find_title(Document(RawDocument(f"{header} {BODY}"))).title

    assert (found.value, found.provenance) == (title, "header")


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Паром отошёл 3 ноября 2022, 12:40 по местному времени. {BODY}",
        f"Паром отошёл 3 ноября 2022 года в 12:40 и пропал. {BODY}",
        f"Паром ушёл. Его ждали два года. 03.11.2022 12:40 Вести {BODY}",
        f"12:40 03.11.2022 {BODY}",
        f"Глава порта Нина Ветрова уходит. Глава порта Нина Ветрова сказала это утром. {BODY}",
        f"The survey by Jane Porter May 5, 2022 Found Nothing. {BODY}",
        f"Паром встанет до весны 3 ноября 2022 12:40\n{BODY}",
        "Паром встанет до весны 3 ноября 2022 12:40 Нина Ветрова",
    ],
    ids=["no header", "date in a sentence", "hour in a sentence", "sentences before the date", "date first",
         "sentences that begin alike", "author in a sentence", "more lines", "short"],
)  # fmt: skip  # several to a line
def test_first_sentence_stands_in_for_a_line_without_a_headline(text: str) -> None:
    assert find_title(Document(RawDocument(text))).title.provenance == "first sentence"


@given(
    st.lists(
        st.sampled_from(["Паром", "встанет", "12:40", "3 ноября", "—", "|", "By Jane Porter", "»", "."]), min_size=40
    )
)
def test_any_text_of_one_line_has_a_title_of_bounded_length(words: list[str]) -> None:
    assert len(find_title(Document(RawDocument(" ".join(words)))).title.value) <= 300


def test_empty_body_has_no_title() -> None:
    document = find_title(Document(RawDocument("Реклама"), cuts=(Cut(0, 7, "advertisement"),)))

    assert document.title == TitleClaim("", "none", 0.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("В 2022 г. мост закрыли. Потом открыли.", "В 2022 г. мост закрыли"),
        ("Завод им. Кирова, т.е. бывший Путиловский, закрыт. Это решено.", "Завод им. Кирова, т.е. бывший Путиловский, закрыт"),
        ("А. С. Петров приехал. Его ждали.", "А. С. Петров приехал"),
        ("The U.S. Congress voted. Mr. Smith did not.", "The U.S. Congress voted"),
        ("Dr. Allen met Gen. Brown on Jan. 5 in St. Louis. They talked.", "Dr. Allen met Gen. Brown on Jan. 5 in St. Louis"),
        ("«Мы едем!» — сказал он. И уехал.", "«Мы едем!» — сказал он"),
        ("Кто придёт? Никто.", "Кто придёт?"),
        ("Рост составил 2.5 процента. Это много.", "Рост составил 2.5 процента"),
        ("Подождите… Он идёт. Вот.", "Подождите…"),
        ("no capital. here. at all", "no capital. here. at all"),
        ("\n\n  Один абзац\nдругой", "Один абзац"),
        ("БАКУ, 12 марта. /ТАСС/. Мост открыли утром. Да.", "Мост открыли утром"),
        ("Баку. 12 марта. REPORT.AZ: Мост открыли.", "Мост открыли"),
        ("BAKU, Azerbaijan, March 12. The bridge opened.", "The bridge opened"),
        ("TBILISI, Feb. 3 (Reuters) - The bridge opened.", "The bridge opened"),
        ("TBILISI (AP) — The bridge opened.", "The bridge opened"),
        ("Ильхам Петров 12 марта прибыл в Баку.", "Ильхам Петров 12 марта прибыл в Баку"),
        ("Мост (старый) — памятник. Да.", "Мост (старый) — памятник"),
        ("Baku, March 12, AZERTAC", "Baku, March 12, AZERTAC"),
        ("", ""),
    ],
    ids=["года", "имени", "initials", "U.S.", "titles", "quotation", "question", "number", "ellipsis", "no capital",
         "paragraph", "dateline", "dateline with full stops", "dateline alone", "dateline and agency",
         "place and agency", "a day in a sentence", "brackets", "nothing but a dateline", "empty"],
)  # fmt: skip  # several to a line
def test_first_sentence_ends_where_it_ends(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_long_sentence_is_cut_at_a_word() -> None:
    text = "слово, " * 60

    sentence = first_sentence(text)

    assert len(sentence) <= 160
    assert sentence.endswith(" слово…")


@given(st.text(max_size=400))
def test_any_text_has_a_first_sentence_of_bounded_length(text: str) -> None:
    assert len(first_sentence(text)) <= 160
