import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import anchors as anchors_bench
from newsdesk.annotations.anchors import Anchor, Outcome, Placement, anchor_at, find, place

BODY = "Trains run again. Trains to Baku run again from May."


def test_a_passage_that_occurs_once_is_found_with_its_context():
    anchor = find(BODY, "to Baku")

    assert anchor is not None
    assert (anchor.start, anchor.end, BODY[anchor.start : anchor.end]) == (25, 32, "to Baku")
    assert anchor.prefix == "Trains run again. Trains "
    assert anchor.suffix == " run again from May."


@pytest.mark.parametrize(
    ("hint", "start"),
    [
        pytest.param({"start": 18}, 18, id="where it was"),
        pytest.param({"suffix": " run again."}, 0, id="by the words after it"),
        pytest.param({"prefix": "again. "}, 18, id="by the words before it"),
    ],
)
def test_one_of_several_places_is_told_by(hint, start):
    anchor = find(BODY, "Trains", **hint)

    assert anchor is not None
    assert anchor.start == start


@pytest.mark.parametrize("exact", ["Trains", "Tbilisi", ""], ids=["several places", "no place", "nothing"])
def test_nothing_is_guessed(exact):
    assert find(BODY, exact) is None


@given(st.text(max_size=40), st.text(max_size=5))
def test_what_is_found_is_what_was_asked_for(body, exact):
    anchor = find(body, exact)

    if anchor is not None:
        assert body[anchor.start : anchor.end] == exact


def anchor_of(body: str, words: str) -> Anchor:
    start = body.index(words)
    return anchor_at(body, start, start + len(words))


LEAD = "The two ministers met in Baku on Monday and spoke about trade for three hours."
QUOTE = "Lorries now pass the border in nine hours."
END = "Hauliers had asked for a second lane, officials said after the meeting."
TEXT = f"{LEAD}\n\n{QUOTE} {END}"


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        pytest.param(TEXT, "exact", QUOTE, id="the same body"),
        pytest.param(f"Share this page\n\n{TEXT}", "moved", QUOTE, id="words before it"),
        pytest.param(f"{QUOTE} {END}", "moved", QUOTE, id="what stood before is gone"),
        pytest.param(TEXT.replace(" ", "\u00a0"), "moved", QUOTE.replace(" ", "\u00a0"), id="other spaces"),
        pytest.param(f"{QUOTE}\n\nMore on this.\n\n{TEXT}", "moved", QUOTE, id="repeated elsewhere"),
        pytest.param(TEXT.replace("nine hours", "ten hours"), "uncertain", QUOTE.replace("nine", "ten"), id="edited"),
        pytest.param(f"{LEAD} {END}", "orphaned", "", id="deleted"),
        pytest.param(f"{LEAD}\n\nThe lane is closed. {END}", "orphaned", "", id="rewritten"),
        pytest.param(f"{END}\n\nOther news. {QUOTE}\n\nYet other news.", "uncertain", QUOTE, id="among other words"),
        pytest.param("", "orphaned", "", id="nothing left"),
    ],
)
def test_a_passage_follows_its_body(body, outcome, words):
    anchor = anchor_of(TEXT, QUOTE)

    found = place(body, anchor)

    assert found.outcome == outcome
    assert body[found.start : found.end] == words if words else found.start is None


def test_of_two_places_that_are_as_good_as_each_other_none_is_taken():
    body = "It rained in Baku. The lane is closed. It rained in Baku. The lane is closed."

    found = place(body, Anchor(100, 113, "rained in Baku", "It ", ". The lane is closed."))

    assert found == Placement(Outcome.ORPHANED)


def test_a_copy_does_not_stand_in_for_a_passage_that_is_gone():
    body = f"{QUOTE} So much for the border.\n\nThen they spoke about the weather, and later of roads.\n\n{TEXT}"
    anchor = anchor_at(body, body.rindex(QUOTE), body.rindex(QUOTE) + len(QUOTE))

    found = place(body.replace(f"{LEAD}\n\n{QUOTE} {END}", f"{LEAD} {END}"), anchor)

    assert found.outcome == "orphaned"


SPEECH = "The hall was full by six. Good evening. The minister spoke of roads for an hour. Nobody asked him about the bridge."


@pytest.mark.parametrize(
    ("body", "start"),
    [
        pytest.param(
            "The hall was full by six. Nobody asked him about the bridge. The minister spoke of roads for an hour. Good evening.",
            102,
            id="as the sentence that it was",
        ),
        pytest.param(
            "The hall was full by six. Nobody asked him about the bridge. We wish a good evening. Good evening to you too.",
            None,
            id="within another sentence",
        ),
        pytest.param("Good evening. Nobody came. Good evening. It rained.", None, id="twice"),
        pytest.param("Guten Abend. Nobody came.", None, id="not at all"),
    ],
)
def test_a_few_words_that_were_a_sentence_are_found_where_they_are_one(body, start):
    found = place(body, anchor_of(SPEECH, "Good evening."))

    assert (found.start, found.outcome) == (start, "orphaned" if start is None else "uncertain")


def test_a_word_moves_with_its_short_sentence():
    body = "Nobody asked him about the bridge. The hall was full by six. Good evening. The minister spoke of roads for an hour."

    found = place(body, anchor_of(SPEECH, "evening"))

    assert body[found.start : found.end] == "evening"


@pytest.mark.parametrize(
    ("body", "start"),
    [
        pytest.param(
            f"In short: {QUOTE}\n\n{LEAD} It rained there all day and all night. {QUOTE} But the sun came out, so they went for a walk. {END}",
            172,
            id="one of two lies between what lay around it",
        ),
        pytest.param(f"{LEAD} It rained. {QUOTE} It snowed. {QUOTE} It thawed. {END}", None, id="both do"),
        pytest.param(f"{QUOTE} It rained. {QUOTE} It snowed.", None, id="what lay around it is gone"),
    ],
)
def test_a_copy_is_told_by_what_lay_before_and_after(body, start):
    found = place(body, anchor_of(TEXT, QUOTE))

    assert (found.start, found.outcome) == (start, "orphaned" if start is None else "uncertain")


REPORT = (
    "The report was short. Nobody in the hall had read the report before the meeting. Lorries wait at the border. "
    "The minister was late, and left early. It rained."
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(
            "The report was short. Lorries wait at the border. The minister was late, and left early. "
            "Nobody in the hall had read the report before the meeting. It rained.",
            "had read the [report]",
            id="with its sentence",
        ),
        pytest.param("The report was short. Lorries wait at the border. It rained.", "", id="its sentence is gone"),
        pytest.param(
            "The report was short. Nobody likes the report. It rained in the hall.", "", id="its words are other ones"
        ),
    ],
)
def test_one_of_several_words_moves_with_what_told_it_from_the_others(body, words):
    start = REPORT.rindex("report")

    found = place(body, anchor_at(REPORT, start, start + len("report")))

    at = words.find("[")
    assert found.start == (body.index(words.replace("[", "").replace("]", "")) + at if words else None)


def test_of_overlapping_formulas_the_one_to_the_letter_is_taken():
    text = "Ministers, who had known each other for years, said that they trust one another and each other's word."
    start = text.rindex("other")

    found = place(f"More news. {text}", anchor_at(text, start, start + len("other")))

    assert found.start == start + len("More news. ")


def test_of_a_passage_that_moved_nothing_new_is_taken_for_an_edit():
    body = f"{LEAD} {END} In short: {QUOTE} So they went home, officials said after the meeting."

    found = place(body, anchor_of(TEXT, QUOTE))

    assert found.start is None or body[found.start : found.end] == QUOTE


def test_plain_letters_are_found_when_those_around_them_are_set_right():
    body = (
        "Начало встречи перенесли на час. Россия и AZAL объявили о союзе. Документ подписали во вторник. AZAL молчит."
    )
    broken = body.encode().decode("cp1251", "replace")

    found = place(body, anchor_of(broken, "AZAL"))

    assert (found.start, found.end) == (body.index("AZAL"), body.index("AZAL") + 4)


def test_letters_that_were_read_wrongly_are_found_when_they_are_set_right():
    body = "Начало встречи перенесли на час. Россия и Азербайджан объявили о союзе. Документ подписали во вторник."
    broken = body.encode().decode("cp1251", "replace")
    quote = "Россия и Азербайджан объявили о союзе."

    found = place(body, anchor_of(broken, quote.encode().decode("cp1251", "replace")))

    assert body[found.start : found.end] == quote


def test_offsets_count_code_points():
    anchor = anchor_of("Über 🙂🙂 sprach niemand, sagte İlham.", "İlham")

    found = place("Neu: Über 🙂🙂 sprach niemand, sagte İlham.", anchor)

    assert (found.start, found.end) == (anchor.start + 5, anchor.end + 5)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_any_text_is_survived(body, other, start, length):
    anchor = anchor_at(body, start, min(len(body), start + length))

    found = place(other, anchor)

    assert found.start is None or 0 <= found.start < (found.end or 0) <= len(other)


def test_of_passages_in_edited_texts_nearly_all_are_placed_and_none_wrongly():
    table, failed = anchors_bench.measure(anchors_bench.make_cases(400))

    assert [(case.kind, case.old.quote) for case, found in failed if found.start is not None] == []
    assert anchors_bench.share_placed(table) >= anchors_bench.FLOOR - 0.005  # one of so few weighs more
