"""What an editor decided on a span holds against every rule and model, and costs no character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.cleaning.decisions import agrees, carry_over, fit, subtract
from newsdesk.pipeline.document import Cut, Decision, Document, RawDocument
from newsdesk.pipeline.stages.clean import REASONS, Clean
from newsdesk.pipeline.stages.title import find_title

RAW = """Menu News Sport
Ferry sails again
date 2022-02-22 The ferry between the two ports sails again from Thursday, the harbour office said in the morning.
Forty lorries had been waiting at the quay for eleven weeks, the captain told the town's radio station on Monday.
Read also: Who pays for the new quay
"""
CLEAN = Clean({})


def clean(text: str, *decisions: Decision) -> Document:
    return CLEAN(Document(RawDocument(text, decisions=decisions)))


def on(words: str, *, keep: bool) -> Decision:
    return Decision(RAW.index(words), RAW.index(words) + len(words), keep)


def lines(document: Document) -> list[str]:
    return document.body.splitlines()


def test_without_decisions_the_machine_cuts() -> None:
    assert [line[:9] for line in lines(clean(RAW))] == ["The ferry", "Forty lor"]


@pytest.mark.parametrize(
    "words",
    ["Menu News Sport", "Ferry sails again", "date 2022-02-22", "Read also: Who pays for the new quay", "Who pays"],
    ids=["line", "headline", "prefix", "teaser", "part of a line"],
)
def test_what_is_to_be_kept_is_in_the_body(words: str) -> None:
    assert words in clean(RAW, on(words, keep=True)).body
    assert words not in clean(RAW).body


def test_nothing_but_the_span_changes() -> None:
    kept = clean(RAW, on("Read also: Who pays for the new quay", keep=True))

    assert lines(kept) == [*lines(clean(RAW)), "Read also: Who pays for the new quay"]


@pytest.mark.parametrize(
    "words",
    ["Forty lorries had been waiting", " the harbour office said", "Menu News Sport\nFerry sails again"],
    ids=["beginning of a line", "within a line", "what is cut already"],
)
def test_what_is_to_be_cut_is_cut_and_says_by_whom(words: str) -> None:
    document = clean(RAW, on(words, keep=False))

    assert words.strip() not in document.body
    at = RAW.index(words.strip())
    (cut,) = [cut for cut in document.cuts if cut.start <= at < cut.end]
    assert (cut.reason, cut.score, cut.rule) == ("cut by an editor", 1.0, "correction")


def test_a_restored_headline_is_the_first_sentence() -> None:
    document = find_title(clean(RAW, on("Ferry sails again", keep=True)))

    assert document.title.provenance == "first sentence"
    assert "Ferry sails again" in document.title.value


def test_the_last_of_two_decisions_holds() -> None:
    whole, part = on("Forty lorries had been waiting", keep=False), on("lorries", keep=True)

    assert "lorries at the quay" in clean(RAW, whole, part).body
    assert "lorries" not in clean(RAW, part, whole).body


@pytest.mark.parametrize("span", [(-3, 4), (5, 5), (9, 2), (0, 10**6), (15, 16)], ids=str)
def test_a_span_outside_the_text_or_without_words_says_nothing(span: tuple[int, int]) -> None:
    decision = Decision(*span, keep=False)

    assert fit(RAW, decision) is None
    assert clean(RAW, decision).cuts == clean(RAW).cuts


CHARACTERS = st.one_of(st.characters(), st.sampled_from(" \n\t\u00a0\u200b\u00ad.,:"))
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=80),
    st.lists(st.sampled_from([*RAW.splitlines(), "", "  ", "Фото: ТАСС"]), max_size=8).map("\n".join),
)


@st.composite
def decided_texts(draw: st.DrawFn) -> tuple[str, list[Decision]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, st.booleans()), max_size=5))
    return text, [Decision(min(a, b), max(a, b), keep) for a, b, keep in spans]


@given(decided_texts())
def test_body_and_cuts_are_the_raw_text_and_every_decision_holds(decided: tuple[str, list[Decision]]) -> None:
    text, decisions = decided

    document = clean(text, *decisions)

    at, parts, fate = 0, [], ["kept"] * len(text)
    for cut in document.cuts:
        assert at <= cut.start < cut.end <= len(text)
        assert cut.reason in REASONS
        parts += [text[at : cut.start], text[cut.start : cut.end]]
        fate[cut.start : cut.end] = [cut.reason] * (cut.end - cut.start)
        at = cut.end
    assert "".join([*parts, text[at:]]) == text
    seen = [place for place in range(len(text)) if fit(text, Decision(place, place + 1, keep=True))]
    for place in seen:  # white space goes with what stands beside it
        said = [one.keep for one in decisions if one.start <= place < one.end]
        assert not said or (fate[place] == "kept") is said[-1]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("Added line.\n" + RAW, True),
        (RAW.replace("Read also", "See also"), False),
        (RAW + RAW, False),
    ],
    ids=["moved", "gone", "twice"],
)
def test_a_decision_follows_its_words_where_they_stand_once(new: str, found: bool) -> None:
    words = "Read also: Who pays for the new quay"

    carried = carry_over(on(words, keep=True), RAW, new)

    at = new.find(words)
    assert carried == (Decision(at, at + len(words), keep=True) if found else None)


def test_what_is_left_of_a_decision_beside_another_one() -> None:
    text = "one two three"

    assert subtract(text, Decision(0, 13, keep=True), 4, 7) == [Decision(0, 3, keep=True), Decision(8, 13, keep=True)]
    assert subtract(text, Decision(4, 7, keep=True), 0, 13) == []
    assert subtract(text, Decision(0, 3, keep=True), 4, 7) == [Decision(0, 3, keep=True)]


@pytest.mark.parametrize(
    ("span", "keeps", "cuts"),
    [((0, 3), False, True), ((4, 13), True, False), ((0, 7), False, False)],
    ids=["cut", "kept", "half"],
)
def test_whether_the_machine_says_the_same(span: tuple[int, int], keeps: bool, cuts: bool) -> None:
    text, machine = "one two three", [Cut(0, 4, "teaser")]

    assert agrees(text, Decision(*span, keep=True), machine) is keeps
    assert agrees(text, Decision(*span, keep=False), machine) is cuts
