"""Lines of a source: when they are the same, when they return, and what is cut for it."""

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning import profile
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.cleaning.profile import LONGEST, LineCount, LineCounter, fold_line
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.vocabulary import Source

PROSE = (
    "The harbour board met on Tuesday and agreed to dredge the western channel before the autumn, its chairman said.",
    "Two barges will work in turns so that the ferry to the islands can keep to its timetable, the board promised.",
    "Fishermen had asked for the work for eight years, because their boats run aground at low tide in the channel.",
)


def make_source(
    lines: dict[str, int], *, articles: int = 20, always: tuple[str, ...] = (), never: tuple[str, ...] = ()
) -> Source:
    counted = tuple((fold_line(line), count) for line, count in lines.items())
    return Source("herald", "Herald", (), (), "", "", always, never, counted, articles)


def clean(lines: Sequence[str], source: Source) -> Document:
    return Clean({"herald": source})(Document(RawDocument("\n\n".join(lines), source="herald")))


def body(lines: Sequence[str], source: Source) -> list[str]:
    return clean(lines, source).body.split("\n\n")


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Просмотров: 12", "Просмотров: 1 204", id="thousands with a space"),
            pytest.param("Views: 7", "Views: 1,204,331", id="thousands with commas"),
            pytest.param("22.02.2022 10:15", "3.11.2024 9:05", id="dates"),
            pytest.param(" Our \t town,\u00a0our  news ", "Our town, our news", id="white space"),
        ],
    )
    def test_lines_that_say_the_same_are_equal(self, one: str, other: str) -> None:
        assert fold_line(one) == fold_line(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Views: 12", "Visits: 12", id="words"),
            pytest.param("Score 2:1", "Score 21", id="form of the figures"),
            pytest.param("x" * 400 + "a", "x" * 400 + "b", id="the end of a long line"),
        ],
    )
    def test_lines_that_differ_are_told_apart(self, one: str, other: str) -> None:
        assert fold_line(one) != fold_line(other)

    @given(st.text(max_size=2 * LONGEST))
    def test_folding_twice_changes_nothing_and_fits_the_column(self, text: str) -> None:
        folded = fold_line(text)

        assert fold_line(folded) == folded
        assert len(folded) <= LONGEST

    @given(st.text(min_size=LONGEST, max_size=2 * LONGEST), st.integers(0, 10**9))
    def test_figures_say_nothing(self, text: str, number: int) -> None:
        assert fold_line(f"{text}a {number} x") == fold_line(f"{text}a 0 x")


class TestCounting:
    def test_a_line_returns_in_three_different_articles(self) -> None:
        counter = LineCounter()
        for number, prose in enumerate(PROSE):
            counter.add(f"Our town, our news\n{prose}\nOur town, our news\nViews: {number}\nOnly here {'abc'[number]}")

        assert counter.counts() == {
            "Our town, our news": LineCount(3, "Our town, our news"),
            "Views: 0": LineCount(3, "Views: 2"),
        }

    def test_two_articles_are_no_evidence(self) -> None:
        counter = LineCounter()
        for prose in PROSE[:2]:
            counter.add(f"Our town, our news\n{prose}")

        assert counter.counts() == {}

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param(PROSE[0], id="prose"),
            pytest.param("word " * 30, id="many words"),
            pytest.param("12:45", id="figures alone"),
            pytest.param(
                "По словам начальника порта, работы по углублению канала начнутся в первых числах мая:", id="lead-in"
            ),
        ],
    )
    def test_what_may_not_be_cut_for_returning_is_not_counted(self, line: str) -> None:
        counter = LineCounter()
        for prose in PROSE:
            counter.add(f"{line}\n{prose}\n{prose}")

        assert counter.counts() == {}

    def test_a_line_that_is_most_of_its_text_is_the_article(self) -> None:
        counter = LineCounter()
        for _ in range(5):
            counter.add("Markets open higher\nMore")

        assert set(counter.counts()) == {"More"}

    def test_a_rare_line_of_a_large_source_does_not_return(self) -> None:
        counter = LineCounter()
        for number in range(200):
            counter.add(f"{PROSE[0]}\nPlain footer\n" + ("Old banner" if number < 3 else ""))

        assert set(counter.counts()) == {"Plain footer"}

    def test_decided_lines_are_counted_whatever_they_are(self) -> None:
        counter = LineCounter({fold_line(PROSE[0])})
        counter.add("\n".join(PROSE))

        assert counter.counts() == {fold_line(PROSE[0]): LineCount(1, PROSE[0])}

    def test_memory_does_not_grow_with_the_articles(self) -> None:
        def measure(articles: int) -> int:
            tracemalloc.start()
            counter = LineCounter()
            for number in range(articles):
                word = "".join(chr(97 + int(digit)) for digit in str(number))
                counter.add(f"Footer\n{PROSE[0]}\n" + "\n".join(f"{word} line {one}" for one in "abcdefgh"))
            held = tracemalloc.get_traced_memory()[0]
            tracemalloc.stop()
            assert counter.counts()["Footer"].articles == articles
            return held

        assert measure(5 * profile.WINDOW) < 2 * measure(profile.WINDOW - 1)

    def test_a_line_that_appears_late_is_missed_by_no_more_than_one_in_a_window(self) -> None:
        counter = LineCounter()
        for number in range(4 * profile.WINDOW):
            counter.add(f"{PROSE[0]}\n" + ("New banner" if number % 20 == 0 else ""))

        counted = counter.counts()["New banner"].articles

        assert 4 * profile.WINDOW // 20 - 4 <= counted <= 4 * profile.WINDOW // 20

    @given(st.lists(st.text(max_size=200), max_size=8))
    def test_any_text_is_survived(self, texts: list[str]) -> None:
        counter = LineCounter()
        for text in texts:
            counter.add(text)

        assert counter.articles == len(texts)
        assert all(count.articles <= len(texts) for count in counter.counts().values())


class TestCutting:
    def test_a_returning_line_at_the_edge_is_cut_with_its_reason(self) -> None:
        document = clean(
            [*PROSE, "Harbour and hills, since the old days"], make_source({"Harbour and hills, since the old days": 9})
        )

        assert document.body == "\n\n".join(PROSE)
        assert [(cut.reason, cut.score, cut.rule) for cut in document.cuts] == [
            ("returns in other articles", 0.9, "source profile")
        ]

    def test_what_its_words_say_is_the_reason(self) -> None:
        line = "Recommended by the harbour board itself."
        source = make_source({line: 9})
        assert body([PROSE[0], line, *PROSE[1:]], replace(source, line_counts=())) == [PROSE[0], line, *PROSE[1:]]

        document = clean([PROSE[0], line, *PROSE[1:]], source)

        assert document.body == "\n\n".join(PROSE)
        assert [(cut.reason, cut.rule) for cut in document.cuts] == [("related links", "source profile")]

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("По его словам,", id="standing phrase"),
            pytest.param("What is known", id="sub-heading"),
            pytest.param("— Я не знаю", id="answer"),
            pytest.param("Овен", id="label of a part"),
        ],
    )
    def test_a_line_in_the_flow_of_the_article_stays(self, line: str) -> None:
        lines = [PROSE[0], line, *PROSE[1:]]

        assert body(lines, make_source({line: 19})) == lines

    def test_prose_is_never_cut_for_returning(self) -> None:
        assert body(PROSE, make_source(dict.fromkeys(PROSE, 20))) == [*PROSE]

    def test_rows_of_a_table_that_differ_in_figures_stay(self) -> None:
        lines = [*PROSE, "Mainz 3 2", "Genk 1 0", "Thun 4 4"]
        counted = dict.fromkeys(lines[3:], 20)

        assert body(lines, make_source(counted)) == body(lines, make_source({}))

    def test_a_text_of_which_nothing_would_be_left_stays(self) -> None:
        lines = ["Торги открылись ростом", "Рубль крепнет"]

        assert body(lines, make_source(dict.fromkeys(lines, 20))) == lines

    def test_the_headline_is_not_cut_because_other_articles_link_to_it(self) -> None:
        headline = "Western channel to be dredged before the autumn"
        document = clean([headline, *PROSE], make_source({headline: 12}))

        assert [cut.reason for cut in document.cuts] == ["title"]

    @pytest.mark.parametrize(("count", "articles"), [(2, 4), (3, 200)])
    def test_too_little_evidence_changes_nothing(self, count: int, articles: int) -> None:
        lines = [*PROSE, "Harbour and hills, since the old days"]
        source = make_source({lines[-1]: count}, articles=articles)

        assert body(lines, source) == body(lines, make_source({}))

    def test_other_sources_are_not_concerned(self) -> None:
        lines = [*PROSE, "Harbour and hills, since the old days"]
        stage = Clean({"herald": make_source({lines[-1]: 9})})

        assert stage(Document(RawDocument("\n\n".join(lines), source="other"))).body == "\n\n".join(lines)


class TestDecisions:
    LINE = "Harbour and hills, since the old days"

    def test_never_comes_before_always_and_before_evidence(self) -> None:
        source = make_source({self.LINE: 20}, always=(self.LINE,), never=(self.LINE,))

        assert body([*PROSE, self.LINE], source) == [*PROSE, self.LINE]

    def test_never_comes_before_a_rule(self) -> None:
        assert body([*PROSE, "Advertisement"], make_source({}, never=("Advertisement",))) == [
            *PROSE,
            "Advertisement",
        ]

    def test_always_holds_for_prose_between_prose_and_whatever_its_figures(self) -> None:
        line = "This paper is printed in 12 towns and has been read at 4,000 breakfast tables since the war, every day."
        source = make_source({}, always=(line.replace("12", "9"),))

        document = clean([PROSE[0], line, *PROSE[1:]], source)

        assert document.body == "\n\n".join(PROSE)
        assert [(cut.reason, cut.score, cut.rule) for cut in document.cuts] == [("always cut", 1.0, "source profile")]


TEXTS = st.lists(
    st.sampled_from([*PROSE, "Footer", "What is known", "Advertisement", "10:15", "", "Mainz 3 2"]), max_size=12
)


@given(TEXTS, st.sets(st.sampled_from(["Footer", "What is known", "Mainz 3 2", "Advertisement", *PROSE])))
def test_evidence_never_cuts_prose_nor_more_than_the_lines_that_return(lines: list[str], returning: set[str]) -> None:
    text = "\n".join(lines)
    without = Clean({})(Document(RawDocument(text, source="herald")))
    found = Clean({"herald": make_source(dict.fromkeys(returning, 20))})(Document(RawDocument(text, source="herald")))

    left = [line.text for line in split_lines(found.body)]
    before = [line.text for line in split_lines(without.body)]
    assert bool(left) == bool(before)
    assert [line for line in before if line not in returning or line in PROSE] == [
        line for line in left if line not in returning or line in PROSE
    ]
