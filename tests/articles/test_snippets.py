from hypothesis import given
from hypothesis import strategies as st

from newsdesk.articles.snippets import WIDTH, make_snippet, mark_words

WORD = "миротворцы"
TEXT = "Начало статьи о другом. " * 20 + f"Затем {WORD} ушли,\n\n и снова {WORD} пришли. " + "Конец. " * 60


def spans(text: str, word: str) -> list[tuple[int, int]]:
    return [(at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)]


def test_no_word_found_no_snippet() -> None:
    assert make_snippet(TEXT, []) == []


def test_the_words_found_are_marked_in_the_original_text() -> None:
    snippet = make_snippet(TEXT, spans(TEXT, WORD))

    assert [piece.text for piece in snippet if piece.marks] == [WORD, WORD]
    assert "".join(piece.text for piece in snippet).startswith("… ")
    assert f"Затем {WORD} ушли, и снова {WORD} пришли." in "".join(piece.text for piece in snippet)


def test_a_short_text_is_shown_whole() -> None:
    assert "".join(piece.text for piece in make_snippet("Они ушли.", [(4, 8)])) == "Они ушли."


def test_the_beginning_is_shown_from_its_first_letter() -> None:
    assert make_snippet(TEXT, [(0, 6)])[0].text == "Начало"


def test_where_most_words_are_wins() -> None:
    text = "one " + "x " * 300 + "one two one two"
    found = sorted(spans(text, "one") + spans(text, "two"))

    assert [piece.text for piece in make_snippet(text, found) if piece.marks] == ["one", "two", "one", "two"]


def test_words_of_a_title_are_marked() -> None:
    assert [(piece.text, bool(piece.marks)) for piece in mark_words("Вывод войск", [(6, 11)])] == [
        ("Вывод ", False),
        ("войск", True),
    ]


@given(st.text(max_size=600), st.lists(st.tuples(st.integers(0, 600), st.integers(1, 20)), max_size=5))
def test_any_text_gives_a_line_of_about_the_width(text: str, starts: list[tuple[int, int]]) -> None:
    found = [(start, start + length) for start, length in starts if start + length <= len(text)]

    shown = "".join(piece.text for piece in make_snippet(text, found))

    assert len(shown) <= WIDTH + 2
    assert "\n" not in shown
