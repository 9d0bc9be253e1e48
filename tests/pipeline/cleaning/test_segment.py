from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.segment import best_segment, find_core

TITLE = "Ferry to sail twice a day from June"
TEASERS = [
    "A long summary of another story that somebody wrote for the front page of this site, with all that happened.",
    "One more long summary of another story, which tells of a bridge, a mayor, and what the bridge has cost so far.",
    "And a third, longer than the article itself, about a school that was painted blue and then green over the year.",
]
ARTICLE = [
    "The ferry to the eastern shore will sail twice a day from June, the port said on Monday after a long meeting.",
    "Tickets will cost as much as before, and children below seven years of age travel free of charge on all routes.",
]


def core(lines: list[str], title: str = "") -> list[str]:
    scores = [float(len(line.split())) if line.endswith(".") else -3.0 for line in lines]
    first, last = find_core([words_of(line) for line in lines], scores, words_of(title))
    return lines[first:last]


def test_the_core_lies_below_the_line_that_says_the_title_of_the_page_again() -> None:
    assert core([f"{TITLE} | Harbour News", "Home", *TEASERS, "Weather", TITLE, *ARTICLE, "Share"]) == ARTICLE


def test_a_stated_title_is_looked_for_from_the_first_line() -> None:
    assert core(["Home", *TEASERS, TITLE, *ARTICLE], title=f"{TITLE} - Harbour News") == ARTICLE


def test_without_a_headline_it_is_the_longest_prose() -> None:
    assert core(["Home", *TEASERS, *["Weather", "Sport", "Culture", "Money"] * 3, *ARTICLE[:1]]) == TEASERS


def test_a_title_said_again_in_a_list_of_links_is_passed_over() -> None:
    lines = [TITLE, *ARTICLE, "Most read", TITLE, "The bridge will cost more", "Share"]
    assert core(lines) == ARTICLE


def test_nothing_is_best_where_there_is_no_prose() -> None:
    assert best_segment([-3.0, -3.0]) == (0, 0)
    assert core(["Home", "Weather"]) == []
    assert core([]) == []
