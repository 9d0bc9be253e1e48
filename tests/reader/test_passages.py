from hypothesis import given
from hypothesis import strategies as st

from newsdesk.articles.marks import Mark
from newsdesk.pipeline.cleaning.lines import INVISIBLE
from newsdesk.pipeline.document import Cut
from newsdesk.reader.passages import LIT, Piece, divide, divide_raw

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def plain(lines: list[list[Piece]]) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lines]


def test_lines_that_are_not_blank_are_paragraphs() -> None:
    assert plain(divide("First.\n\n  Second.  \r\n \nThird.")) == ["First.", "Second.", "Third."]


def test_a_mark_keeps_to_its_words() -> None:
    text = "Baku said no.\nThe answer from Baku was short."
    at = text.rindex("Baku")

    lines = divide(text, [Mark(at, at + 4, "country:AZ", "country:AZ:1")])

    assert [(piece.text, piece.keys, piece.anchors) for piece in lines[1]] == [
        ("The answer from ", (), ()),
        ("Baku", ("country:AZ",), ("country:AZ:1",)),
        (" was short.", (), ()),
    ]


def test_marks_overlap() -> None:
    lines = divide("abcdef", [Mark(0, 4, "country:AZ", "a"), Mark(2, 6, "topic:war", "t"), Mark(2, 6, LIT)])

    assert [(piece.text, piece.claims, piece.lit, piece.anchors) for piece in lines[0]] == [
        ("ab", "country:AZ", False, ("a",)),
        ("cd", "country:AZ topic:war", True, ("t",)),
        ("ef", "topic:war", True, ()),
    ]


def test_a_mark_over_a_line_end_has_one_anchor() -> None:
    lines = divide("ab\n\ncd", [Mark(1, 6, "note:3", "passage-3")])

    assert [(piece.text, piece.notes, piece.anchors) for line in lines for piece in line] == [
        ("a", [], ()),
        ("b", ["note:3"], ("passage-3",)),
        ("cd", ["note:3"], ()),
    ]


def test_lines_cut_whole_for_one_reason_are_one_block() -> None:
    raw = "Menu\nNews\nThe body.\nRead also: more"
    cuts = [Cut(0, 10, "navigation"), Cut(20, len(raw), "related links")]

    assert [
        (block.reason, ["".join(piece.text for piece in line) for line in block.lines])
        for block in divide_raw(raw, cuts)
    ] == [("navigation", ["Menu", "News"]), ("", ["The body."]), ("related links", ["Read also: more"])]


def test_a_cut_inside_a_line_leaves_the_line_in_place() -> None:
    raw = "date 2022-02-22 The presidents met."

    (block,) = divide_raw(raw, [Cut(0, 16, "date line", 0.9, "prefix")])

    assert block.reason == ""
    assert [(piece.text, piece.cut and piece.cut.reason) for piece in block.lines[0]] == [
        ("date 2022-02-22 ", "date line"),
        ("The presidents met.", None),
    ]


def test_a_claim_is_pointed_out_in_what_was_cut() -> None:
    raw = "22 Apr, 16:14\nThe body."

    block, _ = divide_raw(raw, [Cut(0, 14, "date line")], [Mark(0, 6, LIT)])

    assert [(piece.text, piece.marked) for piece in block.lines[0]] == [("22 Apr", True), (", 16:14", False)]


@given(st.text(max_size=60), SPANS)
def test_no_word_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, "country:AZ", str(at)) for at, (start, end) in enumerate(spans)]

    unseen = str.maketrans("", "", INVISIBLE)
    assert " ".join(plain(divide(text, marks))).translate(unseen).split() == text.translate(unseen).split()


@given(st.text(max_size=60), SPANS)
def test_all_of_the_raw_text_is_shown(text: str, spans: list[tuple[int, int]]) -> None:
    cuts, at = [], 0
    for start, end in sorted(spans):
        if at <= start < end <= len(text):
            cuts.append(Cut(start, end, "teaser"))
            at = end

    shown = ["".join(piece.text for piece in line) for block in divide_raw(text, cuts) for line in block.lines]

    assert shown == [line.strip() for line in text.splitlines() if line.strip()]
