from hypothesis import given
from hypothesis import strategies as st

from newsdesk.articles.marks import Mark, Segment, segments, to_raw
from newsdesk.pipeline.document import Cut, body_of

MARKS = st.lists(
    st.builds(Mark, st.integers(-2, 30), st.integers(-2, 30), st.sampled_from(["country", "cut"])), max_size=6
)


def test_overlapping_marks_share_the_piece_in_the_middle():
    country, topic = Mark(0, 6, "country"), Mark(3, 9, "topic")

    pieces = segments("abcdefghij", [country, topic])

    assert pieces == [
        Segment("abc", (country,)),
        Segment("def", (country, topic)),
        Segment("ghi", (topic,)),
        Segment("j"),
    ]


@given(st.text(max_size=25), MARKS)
def test_segments_give_the_text_back(text, marks):
    assert "".join(piece.text for piece in segments(text, marks)) == text


@given(st.text(max_size=25), MARKS)
def test_every_mark_inside_the_text_covers_its_own_words(text, marks):
    pieces = segments(text, marks)

    for mark in set(marks):
        if 0 <= mark.start < mark.end <= len(text):
            assert "".join(piece.text for piece in pieces if mark in piece.marks) == text[mark.start : mark.end]


@given(st.text(min_size=6, max_size=20), st.sets(st.integers(0, 19), max_size=6), st.data())
def test_offsets_of_the_body_are_found_in_the_raw_text(raw, removed, data):
    cuts = tuple(Cut(at, at + 1, "teaser") for at in sorted(removed) if at < len(raw))
    body = body_of(raw, cuts)
    if not body:
        return
    at = data.draw(st.integers(0, len(body) - 1))

    start, end = (
        to_raw(at, [(c.start, c.end) for c in cuts]),
        to_raw(at + 1, [(c.start, c.end) for c in cuts], end=True),
    )

    assert raw[start:end] == body[at]
