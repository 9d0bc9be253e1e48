import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.articles.marks import Mark
from newsdesk.articles.models import Correction
from newsdesk.pipeline.cleaning.lines import INVISIBLE
from newsdesk.pipeline.document import Cut
from newsdesk.reader.passages import LIT, Noted, Piece, divide, divide_raw, line_start

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
    lines = divide("ab\n\ncd", [Mark(1, 6, Noted(3, "red", 1).key, "passage-3")])

    assert [(piece.text, piece.notes, piece.anchors) for line in lines for piece in line] == [
        ("a", [], ()),
        ("b", [Noted(3, "red", 1)], ("passage-3",)),
        ("cd", [Noted(3, "red", 1)], ()),
    ]
    assert [piece.ends for line in lines for piece in line] == [(), (), (Noted(3, "red", 1),)]


def test_lines_cut_whole_for_one_reason_are_one_block() -> None:
    raw = "Menu\nNews\nThe body.\nRead also: more"
    cuts = [Cut(0, 10, "navigation"), Cut(20, len(raw), "related links")]

    assert [(block.reason, [line.text for line in block.lines]) for block in divide_raw(raw, cuts)] == [
        ("navigation", ["Menu", "News"]),
        ("", ["The body."]),
        ("related links", ["Read also: more"]),
    ]


def test_a_cut_inside_a_line_leaves_the_line_in_place() -> None:
    raw = "date 2022-02-22 The presidents met."

    (block,) = divide_raw(raw, [Cut(0, 16, "date line", 0.9, "prefix")])

    assert block.reason == ""
    assert [(piece.text, piece.cut and piece.cut.reason) for piece in block.lines[0].pieces] == [
        ("date 2022-02-22 ", "date line"),
        ("The presidents met.", None),
    ]


def test_a_claim_is_pointed_out_in_what_was_cut() -> None:
    raw = "22 Apr, 16:14\nThe body."

    block, _ = divide_raw(raw, [Cut(0, 14, "date line")], [Mark(0, 6, LIT)])

    assert [(piece.text, piece.marked) for piece in block.lines[0].pieces] == [("22 Apr", True), (", 16:14", False)]


def correction(start: int, end: int, *, keep: bool) -> Correction:
    return Correction(field="cut", key=f"{start}-{end}", value={"keep": keep, "text": ""})


RAW = "Menu\nNews\nSport\nThe body begins.\nIt ends.\nRead also: more"


def fates(cuts: list[Cut], *corrections: Correction) -> list[tuple[str, int, list[str], list[str]]]:
    return [
        (block.reason, len(block.lines), [cut.reason for cut in block.cuts], [one.key for one in block.corrections])
        for block in divide_raw(RAW, cuts, corrections=corrections)
    ]


def test_a_line_cut_in_part_stands_by_itself_with_its_cut() -> None:
    assert fates([Cut(16, 20, "date line", 0.9, "prefix")]) == [
        ("", 3, [], []),
        ("", 1, ["date line"], []),
        ("", 2, [], []),
    ]


def test_lines_that_a_person_restored_are_one_block() -> None:
    kept = correction(0, 9, keep=True)

    assert fates([Cut(10, 16, "navigation")], kept) == [
        ("", 2, [], ["0-9"]),
        ("navigation", 1, ["navigation"], []),
        ("", 3, [], []),
    ]
    block = divide_raw(RAW, [Cut(10, 16, "navigation")], corrections=[kept])[0]
    assert [piece.restored for line in block.lines for piece in line.pieces] == [True, True]
    assert block.undone_by_line is None


def test_a_line_that_a_person_cut_is_apart_from_what_the_machine_cut() -> None:
    cut = correction(10, 15, keep=False)
    cuts = [Cut(0, 10, "navigation"), Cut(10, 16, "cut by an editor", 1.0, "correction")]

    assert fates(cuts, cut)[:2] == [("navigation", 2, ["navigation"], []), ("cut by an editor", 1, [], ["10-15"])]
    assert divide_raw(RAW, cuts, corrections=[cut])[1].undone_by_line is cut


def test_two_lines_cut_one_by_one_are_undone_one_by_one() -> None:
    corrections = [correction(0, 4, keep=False), correction(5, 9, keep=False)]

    found = fates([Cut(0, 10, "cut by an editor", 1.0, "correction")], *corrections)

    assert [fate[3] for fate in found[:2]] == [["0-4"], ["5-9"]]


@pytest.mark.parametrize(("offset", "start"), [(0, 0), (3, 0), (5, 5), (20, 16), (10**6, 0)], ids=str)
def test_the_line_of_an_offset(offset: int, start: int) -> None:
    assert line_start(RAW, offset) == start


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

    found = [line for block in divide_raw(text, cuts) for line in block.lines]

    shown = [line.text for line in found]
    assert [text[line.start : line.end] for line in found] == shown

    unseen = str.maketrans("", "", INVISIBLE)
    assert " ".join(shown).translate(unseen).split() == text.translate(unseen).split()
