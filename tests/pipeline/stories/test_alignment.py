"""Two versions side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.stories.alignment import LONGEST, MOST_JOINED, Fate, Row, Sentence, align
from newsdesk.pipeline.stories.comparison import Version, read

CLOSED = "The bridge at Salyan was closed to lorries on Monday."
WALKED = "In all, 340 people walked across the river to work."
ENGINEER = "Then Farid Mammadov blamed rust in the northern pillar."
MARKET = "Traders at the market complained about empty stalls."


def side_by_side(left: str, right: str, languages: str = "en en") -> list[tuple[list[str], list[str]]]:
    """Each row as two lists of a fate and the words that are marked: *own*, or _otherwise_ in the sentence beside."""
    one, other = languages.split()
    rows = align(read(Version("1", one, "", left)), read(Version("2", other, "", right)))
    return [([show(left, each) for each in row.left], [show(right, each) for each in row.right]) for row in rows]


def show(body: str, sentence: Sentence) -> str:
    marked = [("*" if mark.difference == "own" else "_") + body[mark.start : mark.end] for mark in sentence.marks]
    elsewhere = [f"→{sentence.elsewhere}"] if sentence.elsewhere else []
    return " ".join([f"{sentence.number}", sentence.fate, *elsewhere, *marked])


def test_the_same_sentences_stand_side_by_side_and_what_one_has_alone_between_them() -> None:
    rows = side_by_side(f"{CLOSED} {ENGINEER} {WALKED}", f"{CLOSED} {WALKED} {MARKET}")

    assert rows == [
        (["1 same"], ["1 same"]),
        (["2 alone *Farid Mammadov"], []),
        (["3 same"], ["2 same"]),
        ([], ["3 alone"]),
    ]


def test_of_a_sentence_told_otherwise_the_words_are_marked() -> None:
    rows = side_by_side(CLOSED, "The bridge at Salyan was shut to all lorries on Monday, 22 months late.")

    assert rows == [(["1 like _closed"], ["1 like _shut _all _22 months late *22"])]


def test_where_nearly_all_is_told_otherwise_only_what_is_missing_is_marked() -> None:
    rows = side_by_side(
        "Farid Mammadov of the district closed the bridge at Salyan when rust had eaten the northern pillar.",
        "Because the northern pillar was full of rust, Salyan has no bridge.",
    )

    assert rows == [(["1 like *Farid Mammadov"], ["1 like"])]


def test_what_is_told_in_another_place_says_where() -> None:
    rows = side_by_side(f"{MARKET} {CLOSED} {WALKED} {ENGINEER}", f"{CLOSED} {WALKED} {ENGINEER} {MARKET}")

    assert rows == [
        (["1 elsewhere →4"], []),
        (["2 same"], ["1 same"]),
        (["3 same"], ["2 same"]),
        (["4 same"], ["3 same"]),
        ([], ["4 elsewhere →1"]),
    ]


def test_a_sentence_stands_beside_the_two_that_it_was_split_into() -> None:
    whole = "The bridge at Salyan was closed to lorries on Monday, and 340 people walked across the river to work."

    assert side_by_side(whole, f"{CLOSED} {WALKED}") == [(["1 like _and"], ["1 like", "2 like _In all"])]


def test_sentences_that_return_are_paired_in_order() -> None:
    assert side_by_side(f"{CLOSED} {CLOSED}", f"{CLOSED} {CLOSED} {CLOSED}") == [
        (["1 same"], ["1 same"]),
        (["2 same"], ["2 same"]),
        ([], ["3 elsewhere →2"]),
    ]


def test_of_too_few_words_nothing_is_said() -> None:
    assert side_by_side("It did.", MARKET) == [(["1 unclear"], ["1 alone"])]


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        pytest.param("Там были Ильхам Алиев и другие.", "Others came with Ilham Aliyev.", id="names"),
        pytest.param("Пешком шли 5200 жителей.", "Of residents 5,200 went on foot.", id="a-number"),
        pytest.param("Это было 14 мая 2024 года в Баку.", "So it was in Baku on 14 May.", id="a-name-and-a-day"),
        pytest.param("Правительство подписало договор.", "The treaty was signed by the cabinet.", id="known-words"),
    ],
)
def test_across_languages_by_what_survives_translation(russian: str, english: str) -> None:
    rows = side_by_side(f"Никто не знал. {russian} Вот так.", f"{english} So they went.", "ru en")

    assert (["2 like"], ["1 like"]) in rows


def test_of_a_translation_nothing_is_alone_but_what_names_counts_or_quotes() -> None:
    rows = side_by_side(
        "Там был Гусейнов с братом и сестрой. Рынок был пуст, торговцы жаловались на погоду и дороги.",
        "It took 340 people a year. Traders grumbled about rain and mud at the fair in town.",
        "ru en",
    )

    assert rows == [(["1 alone *Гусейнов", "2 unclear"], ["1 alone *340", "2 unclear"])]


def test_a_quotation_is_marked_to_its_end_whatever_it_names() -> None:
    said = "Farid Mammadov paid 4,300 manats. Emil Rzayev paid 5,200 manats. Nobody will wait any longer."

    rows = side_by_side(f"{CLOSED} “{said}”", CLOSED)

    assert rows[1][0][2] == "4 alone *Nobody will wait any longer."


def test_a_quotation_is_marked_in_each_of_its_sentences() -> None:
    rows = side_by_side(f"{CLOSED} “We shall open the second lane. Nobody will wait any longer.”", CLOSED)

    assert rows[1] == (
        ["2 alone *We shall open the second lane.", "3 alone *Nobody will wait any longer."],
        [],
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("", "", [], id="both-empty"),
        pytest.param(CLOSED, "", [(["1 alone *Salyan"], [])], id="one-empty"),
        pytest.param("…", "—\n—", [(["1 unclear"], ["1 unclear", "2 unclear"])], id="signs"),
    ],
)
def test_bodies_without_words(left: str, right: str, expected: object) -> None:
    assert side_by_side(left, right) == expected


def test_what_has_no_full_stop_is_cut() -> None:
    rows = side_by_side("word " * (LONGEST + 1), "other")

    assert [row[0] for row in rows] == [["1 unclear", "2 unclear"]]


def test_nothing_is_joined_without_end() -> None:
    reasons = ["rain", "snow", "wind", "ice", "rust", "fire", "flood", "smoke", "frost", "hail", "mud", "fog"]

    rows = side_by_side(
        " ".join(f"The bridge at Salyan was closed by {reason}." for reason in reasons), "The bridge at Salyan closed."
    )

    assert max(len(left) for left, right in rows if right) == MOST_JOINED


words = st.sampled_from(
    [
        *f"{CLOSED} {WALKED} {ENGINEER}".split(),
        "Алиев",
        "Aliyev",
        "«он сказал, что мост закрыт",
        "»",
        "340",
        "\n",
        "\n\n",
    ]
)
texts = st.lists(words, max_size=80).map(" ".join) | st.text(max_size=60)


@given(texts, texts, st.sampled_from(["en en", "en ru", "ru az"]))
def test_every_sentence_stands_once_in_its_order(left: str, right: str, languages: str) -> None:
    one, other = languages.split()
    rows = align(read(Version("1", one, "", left)), read(Version("2", other, "", right)))

    for body, sentences in ((left, lefts(rows)), (right, rights(rows))):
        assert [each.number for each in sentences] == list(range(1, len(sentences) + 1))
        at = 0
        for each in sentences:
            assert not any(map(str.isalnum, body[at : each.start]))
            assert each.start < each.end
            assert all(each.start <= mark.start < mark.end <= each.end for mark in each.marks)
            at = each.end
        assert not any(map(str.isalnum, body[at:]))
    assert all(row.left and row.right for row in rows if row.pair)
    numbers = {each.number for each in rights(rows)}
    assert {each.elsewhere for each in lefts(rows) if each.fate is Fate.ELSEWHERE} <= numbers


def lefts(rows: list[Row]) -> list[Sentence]:
    return [each for row in rows for each in row.left]


def rights(rows: list[Row]) -> list[Sentence]:
    return [each for row in rows for each in row.right]
