import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdesk.query import Node, Query, QueryError, parse
from newsdesk.query.parser import FIELDS, MAX_DISTANCE, MAX_LENGTH, MAX_READINGS
from newsdesk.query.repair import MAX_DEPTH
from newsdesk.query.tree import (
    After,
    And,
    Before,
    Exact,
    Facet,
    Has,
    Near,
    Not,
    Often,
    Or,
    Phrase,
    Prefix,
    Word,
    walk,
)

BAKU, YEREVAN, TBILISI = Word("baku"), Word("yerevan"), Word("tbilisi")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("Baku", BAKU, id="word"),
        pytest.param("переговорах", Word("переговор"), id="word by stem"),
        pytest.param("Baku^3", Often(BAKU, 3), id="so often"),
        pytest.param("Baku^1 Yerevan^0", And((BAKU, YEREVAN)), id="once is always"),
        pytest.param("-(Baku OR Yerevan)^2", Not(Often(Or((BAKU, YEREVAN)), 2)), id="either so often, not"),
        pytest.param("title:Baku^2", Often(Word(BAKU.stem, "title"), 2), id="so often in the title"),
        pytest.param("Baku Yerevan", And((BAKU, YEREVAN)), id="words next to each other"),
        pytest.param("Baku AND Yerevan", And((BAKU, YEREVAN)), id="and"),
        pytest.param("Baku И Yerevan", And((BAKU, YEREVAN)), id="and in Russian"),
        pytest.param("Baku OR Yerevan", Or((BAKU, YEREVAN)), id="or"),
        pytest.param("Baku ИЛИ Yerevan", Or((BAKU, YEREVAN)), id="or in Russian"),
        pytest.param("Baku OR Yerevan Tbilisi", Or((BAKU, And((YEREVAN, TBILISI)))), id="and binds closer than or"),
        pytest.param("(Baku OR Yerevan) Tbilisi", And((Or((BAKU, YEREVAN)), TBILISI)), id="parentheses"),
        pytest.param("Baku NOT Yerevan", And((BAKU, Not(YEREVAN))), id="not"),
        pytest.param("Baku НЕ Yerevan", And((BAKU, Not(YEREVAN))), id="not in Russian"),
        pytest.param("Baku -Yerevan", And((BAKU, Not(YEREVAN))), id="minus"),
        pytest.param("Baku -(Yerevan Tbilisi)", And((BAKU, Not(And((YEREVAN, TBILISI))))), id="minus a group"),
        pytest.param("-Baku", Not(BAKU), id="only not"),
        pytest.param("NOT -Baku", BAKU, id="not not"),
        pytest.param("-(-Baku)", BAKU, id="not not in parentheses"),
        pytest.param("Baku (Yerevan (Tbilisi))", And((BAKU, YEREVAN, TBILISI)), id="flat"),
        pytest.param("Baku baku BAKU", BAKU, id="no repetition"),
        pytest.param("Baku or Yerevan", And((BAKU, YEREVAN)), id="operators are upper case only"),
        pytest.param("ORDER NOTE", And((Word("order"), Word("note"))), id="operators are whole words"),
        pytest.param("bridge over the river", And((Word("bridg"), Word("river"))), id="stop words count for little"),
        pytest.param("после", Word("после"), id="a stop word alone"),
        pytest.param('"bridge over the river"', Phrase(("bridg", "over", "the", "river")), id="phrase with them"),
        pytest.param('"союзническая декларация"', Phrase(("союзническ", "деклараци")), id="phrase by stem"),
        pytest.param("«Baku Yerevan»", Phrase(("baku", "yerevan")), id="Russian quotes"),
        pytest.param("“Baku Yerevan”", Phrase(("baku", "yerevan")), id="English quotes"),
        pytest.param("„Baku Yerevan“", Phrase(("baku", "yerevan")), id="German quotes"),
        pytest.param('"Baku"', BAKU, id="phrase of one word"),
        pytest.param("baku-yerevan", Phrase(("baku", "yerevan")), id="hyphen"),
        pytest.param("22.02.2022", Phrase(("22", "02", "2022")), id="numbers with points"),
        pytest.param('"Baku Yerevan"~5', Near(("baku", "yerevan"), 5), id="near"),
        pytest.param('"Baku Yerevan"~', Near(("baku", "yerevan"), 5), id="near without a number"),
        pytest.param('"Baku Yerevan Tbilisi"~1', Near(("baku", "yerevan", "tbilisi"), 2), id="nearer than can be"),
        pytest.param('"Baku Baku"~5', BAKU, id="near itself"),
        pytest.param('"Baku Yerevan"~0', Phrase(("baku", "yerevan")), id="near by 0 is a phrase"),
        pytest.param("baku-yerevan~3", Near(("baku", "yerevan"), 3), id="near with a hyphen"),
        pytest.param("Baku~2", BAKU, id="near with one word"),
        pytest.param("=Баку", Exact(("баку",), (("баку",),)), id="exact"),
        pytest.param("=песков", Exact(("песков",), (("песков", "песк"),)), id="exact with two stems"),
        pytest.param('="Baku talks"', Exact(("baku", "talks"), (("baku",), ("talk",))), id="exact phrase"),
        pytest.param("карабах*", Prefix("карабах", ("караб",)), id="prefix"),
        pytest.param(
            "нагорно-карабах*", Prefix("карабах", ("караб",), ("нагорн",)), id="prefix in a word with a hyphen"
        ),
        pytest.param("Лавров", Word("лавров"), id="surname"),
        pytest.param("лавров", Or((Word("лавров"), Word("лавр"))), id="perhaps a surname"),
        pytest.param("title:Baku", Word("baku", "title"), id="title"),
        pytest.param("Title: Baku", Word("baku", "title"), id="title with a space"),
        pytest.param("body:Baku", Word("baku", "body"), id="body"),
        pytest.param("title:(Baku -Yerevan)", And((Word("baku", "title"), Not(Word("yerevan", "title")))), id="group"),
        pytest.param('title:"Baku talks"~4', Near(("baku", "talk"), 4, "title"), id="near in the title"),
        pytest.param("title:(Baku body:Yerevan)", And((Word("baku", "title"), Word("yerevan", "body"))), id="inner"),
        pytest.param("country:az", Facet("country", "AZ"), id="country"),
        pytest.param("-country:az", Not(Facet("country", "AZ")), id="not a country"),
        pytest.param("country:az,AM", Or((Facet("country", "AZ"), Facet("country", "AM"))), id="list"),
        pytest.param("country:(az OR am)", Or((Facet("country", "AZ"), Facet("country", "AM"))), id="field of a group"),
        pytest.param("about:az", Facet("about", "AZ"), id="about"),
        pytest.param("topic:Air-Crash", Facet("topic", "air-crash"), id="topic"),
        pytest.param('source:"Some Daily"', Facet("source", "some-daily"), id="source"),
        pytest.param("language:RU", Facet("language", "ru"), id="language"),
        pytest.param("story:012", Facet("story", "12"), id="story"),
        pytest.param("annotated:yes", Facet("annotated", "yes"), id="annotated"),
        pytest.param("annotated:mine", Facet("annotated", "mine"), id="annotated by me"),
        pytest.param("annotated:мои", Facet("annotated", "mine"), id="annotated by me, in Russian"),
        pytest.param("annotated:нет", Not(Facet("annotated", "yes")), id="not annotated"),
        pytest.param("has:date", Has("date"), id="has a date"),
        pytest.param("has:тема", Has("topic"), id="has a topic"),
        pytest.param("has:Country", Has("country"), id="has a country"),
        pytest.param("after:2022-02-22", After(dt.date(2022, 2, 22)), id="after a day"),
        pytest.param("before:22.2.2022", Before(dt.date(2022, 2, 22)), id="before a day as Russians write it"),
        pytest.param("after:2022-02", After(dt.date(2022, 2, 1)), id="after a month"),
        pytest.param("before:2024-02", Before(dt.date(2024, 2, 29)), id="before a month"),
        pytest.param("before:02.2022", Before(dt.date(2022, 2, 28)), id="before a month as Russians write it"),
        pytest.param("after:2022", After(dt.date(2022, 1, 1)), id="after a year"),
        pytest.param("before:2022", Before(dt.date(2022, 12, 31)), id="before a year"),
        pytest.param("https://example.org", Phrase(("https", "exampl", "org")), id="an address is no field"),
        pytest.param("16:14", Phrase(("16", "14")), id="a time is no field"),
    ],
)
def test_meaning(text: str, root: Node | None) -> None:
    assert parse(text) == Query(text, root)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param('"Baku talks', '"Baku talks"', id="quote not closed"),
        pytest.param("«Baku talks", '"Baku talks"', id="Russian quote not closed"),
        pytest.param('Baku "', "Baku", id="quote at the end"),
        pytest.param('Baku ""', "Baku", id="nothing quoted"),
        pytest.param("^3", "", id="so often what"),
        pytest.param("Baku ^3", "Baku^3", id="so often after a space"),
        pytest.param("Baku ...^3", "Baku", id="so often nothing"),
        pytest.param("Baku () ^", "Baku", id="no number"),
        pytest.param("-", "", id="minus alone"),
        pytest.param("Baku - Yerevan", "Baku Yerevan", id="a dash"),
        pytest.param("Baku — Yerevan", "Baku Yerevan", id="a long dash"),
        pytest.param("Baku AND", "Baku", id="and at the end"),
        pytest.param("OR Baku", "Baku", id="or at the beginning"),
        pytest.param("Baku NOT", "Baku", id="not at the end"),
        pytest.param("Baku AND OR Yerevan", "Baku OR Yerevan", id="two operators"),
        pytest.param("Baku OR -", "Baku", id="operator and minus"),
        pytest.param("Baku)", "Baku", id="parenthesis not opened"),
        pytest.param("(Baku OR Yerevan", "(Baku OR Yerevan)", id="parenthesis not closed"),
        pytest.param("Baku ()", "Baku", id="empty parentheses"),
        pytest.param("Baku -()", "Baku", id="minus empty parentheses"),
        pytest.param("Baku (OR)", "Baku", id="only an operator in parentheses"),
        pytest.param("Baku title:", "Baku", id="field at the end"),
        pytest.param("(country:) Baku", "Baku", id="field in parentheses"),
        pytest.param("title: country:az", "country:az", id="field before a field"),
        pytest.param("title:OR Baku", "Baku", id="field before an operator"),
        pytest.param("Baku !!! ... ?", "Baku", id="punctuation"),
        pytest.param('"..."~4 Baku', "Baku", id="only punctuation quoted"),
        pytest.param("Baku ~5", "Baku", id="distance of nothing"),
        pytest.param("Baku *", "Baku", id="star alone"),
        pytest.param("Baku, Yerevan;", "Baku Yerevan", id="words with commas"),
    ],
)
def test_what_a_newcomer_types_is_read_as_meant(typed: str, meant: str) -> None:
    assert parse(typed).root == parse(meant).root


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        pytest.param("x" * (MAX_LENGTH + 1), "length", MAX_LENGTH, id="too long"),
        pytest.param("(" * 60 + "x", "depth", MAX_DEPTH, id="nested too deep"),
        pytest.param("a b*c", "star", 2, id="star inside"),
        pytest.param("*abc", "star", 0, id="star before"),
        pytest.param("a b*", "prefix", 2, id="prefix of a letter"),
        pytest.param('x "a b"~51', "distance", 2, id="distance too great"),
        pytest.param('"a b"~' + "9" * 5000, "distance", 0, id="distance beyond numbers"),
        pytest.param("Baku^101", "times", 4, id="too often"),
        pytest.param("Baku^" + "9" * 5000, "times", 4, id="often beyond numbers"),
        pytest.param("country:az^3", "often", 10, id="a value so often"),
        pytest.param("(Baku -Yerevan)^2", "often", 15, id="the absence of something so often"),
        pytest.param("contry:az", "field", 0, id="field misspelt"),
        pytest.param("after:yesterday", "after", 6, id="no date"),
        pytest.param("after:2022-02-30", "after", 6, id="no such day"),
        pytest.param("after:2022-13", "after", 6, id="no such month"),
        pytest.param("before:0000", "before", 7, id="no such year"),
        pytest.param("story:first", "story", 6, id="story by name"),
        pytest.param("annotated:perhaps", "annotated", 10, id="neither yes nor no"),
        pytest.param("has:wings", "has", 4, id="has what"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(text: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)

    assert (caught.value.code, caught.value.position) == (code, position)
    assert parse(caught.value.example).root is not None


@pytest.mark.parametrize(
    ("text", "code", "value", "position"),
    [
        pytest.param("(Baku OR Yerevan", "open", "(", 0, id="parenthesis"),
        pytest.param("Baku (Yerevan (Tbilisi)", "open", "(", 5, id="the outer one"),
        pytest.param('Baku "some words', "open", '"', 5, id="quote"),
        pytest.param("=«some words~5", "open", "«", 0, id="exact quote with a distance"),
        pytest.param("“some words» Baku", "open", "“", 0, id="quote of another kind"),
        pytest.param("Baku)", "idle", ")", 4, id="nothing to close"),
        pytest.param("Baku ()", "idle", "(", 5, id="nothing inside"),
        pytest.param("Baku AND", "idle", "AND", 5, id="nothing behind AND"),
        pytest.param("ИЛИ Баку", "idle", "ИЛИ", 0, id="nothing before OR"),
        pytest.param("Baku AND OR Yerevan", "idle", "AND", 5, id="one too many"),
        pytest.param("(Baku NOT)", "idle", "NOT", 6, id="nothing to exclude"),
        pytest.param("Baku title:", "idle", "title:", 5, id="nothing in the field"),
        pytest.param("^3 Baku", "idle", "^3", 0, id="nothing to count"),
    ],
)
def test_what_is_written_to_last_is_not_put_right(text: str, code: str, value: str, position: int) -> None:
    assert parse(text).root is not None
    with pytest.raises(QueryError) as caught:
        parse(text, strict=True)

    assert (caught.value.code, caught.value.value, caught.value.position) == (code, value, position)
    assert parse(caught.value.example, strict=True).root is not None


def test_nesting_is_counted_by_depth_and_not_by_number() -> None:
    assert parse("(baku) " * 200).root == BAKU
    assert parse("-title:baku " * 200).root == Not(Word("baku", "title"))
    with pytest.raises(QueryError, match="nested"):
        parse("-title:" * 60 + "baku")


def test_a_phrase_of_many_surnames_has_few_readings() -> None:
    root = parse('"' + "песков лавров козлов волков " * 3 + '"').root

    assert isinstance(root, Or)
    assert len(root.parts) == MAX_READINGS


PIECES = st.sampled_from(
    [
        *(f"{field}:" for field in FIELDS),
        *'"«»“”„()-=*~:,',
        *(" ", " ", " ", "AND", "OR", "NOT", "И", "ИЛИ", "НЕ", "~5", "2022-02-30", "22.02.2022", "az", "yes"),
        *("Баку", "переговорах", "лавров", "нагорно-карабах", "the", "и", "中", "İ", "\u00ad", "\u0306", "_", "\n"),
    ]
)


def nests_well(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return len(parts) > 1 and len(set(parts)) == len(parts) and not any(type(p) is type(node) for p in parts)
        case Not(part):
            return not isinstance(part, Not)
        case Phrase(stems):
            return len(stems) > 1
        case Near(stems, distance):
            return len(set(stems)) == len(stems) > 1 and len(stems) - 1 <= distance <= max(MAX_DISTANCE, len(stems))
        case Exact(forms, stems):
            return len(forms) == len(stems) > 0 and all(stems)
        case _:
            return True


@given(st.one_of(st.text(max_size=100), st.lists(PIECES, max_size=30).map("".join)))
@example("=" * 3 + '"')
@example('"~')
@example("-" * 1000)
@example("title:" * 1000)
@example('«"» (a)')
def test_any_input_gives_a_query_or_a_query_error(text: str) -> None:
    match read(text):
        case Query(typed, root):
            assert typed == text
            assert root is None or all(map(nests_well, walk(root)))
        case QueryError(position=position, example=works):
            assert 0 <= position <= len(text)
            assert parse(works).root is not None

    if not isinstance(strict := read(text, strict=True), QueryError):
        assert strict == read(text)


def read(text: str, *, strict: bool = False) -> Query | QueryError:
    try:
        return parse(text, strict=strict)
    except QueryError as error:
        return error
