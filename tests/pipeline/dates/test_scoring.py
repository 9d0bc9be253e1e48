"""The weights are data; what they make is a share of probability."""

import pytest

from newsdesk.pipeline.dates.candidates import Candidate
from newsdesk.pipeline.dates.context import find_candidates
from newsdesk.pipeline.dates.grammar import Mention
from newsdesk.pipeline.dates.page import Page
from newsdesk.pipeline.dates.scoring import BIAS, SET_BY_HAND, WEIGHTS, rank, score
from newsdesk.pipeline.document import Cut, Document, RawDocument


def candidate(key: str, **features: float) -> Candidate:
    return Candidate(Mention(0, 10, "iso"), 0, key, None, features)


def test_the_shares_of_days_and_of_none_make_one():
    weights = {BIAS: 0.0}

    ranked = rank([candidate("2021-03-05"), candidate("2021-03-06")], weights)

    assert [one.probability for one in ranked] == pytest.approx([1 / 3, 1 / 3])


def test_the_best_candidate_stands_for_its_day():
    weights = {BIAS: 0.0, "good": 2.0, "bad": -2.0}
    bad, good = candidate("2021-03-05", bad=1.0), candidate("2021-03-05", good=1.0)

    (ranked,) = rank([bad, good], weights)

    assert ranked.candidate is good


def test_without_candidates_there_is_no_day():
    assert rank([]) == []


def test_weights_far_apart_do_not_overflow():
    ranked = rank([candidate("2021-03-05", huge=1.0), candidate("2021-03-06")], {BIAS: 0.0, "huge": 5000.0})

    assert [one.probability for one in ranked] == pytest.approx([1.0, 0.0])


def test_a_label_counts_for_a_date_and_a_copyright_against_it():
    assert score({"published": 1.0}) > score({}) > score({"foreign": 1.0})


def test_every_feature_of_a_page_has_its_weight():
    text = (
        "Пятница, 5 марта 2021\nМост через реку построят\nОпубликовано: 05.03.2021 18:20:11\nОбновлено: 06.03.2021\n\n"
        "БАКУ, 5 марта — Министры двух стран договорились построить мост через реку, сообщили в ведомстве.\n\n"
        "Министр заявил во вторник, 2 марта 2021 года, что работы начнутся весной, и очередей станет меньше.\n\n"
        "Читайте также\nНабережную закроют на ремонт до осени\n04.03.2021\n3 марта\n02.03.21\nМарт 2021\n"
        "Комментарии\nАнна 7 марта 2021 10:00\n12 января 2001 года — подписано соглашение\n© 5 мая 2011\n"
    )
    document = Document(RawDocument(text, url="https://desk.example/2021/03/05/"), (Cut(0, 21, "date line"),))

    names = {name for one in find_candidates(Page(document)) for name in one.features}

    assert names <= {*WEIGHTS, *SET_BY_HAND}
