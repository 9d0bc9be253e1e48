"""Spaces that do not break stay in the raw text: all that reads it takes them for spaces."""

from pathlib import Path

import pytest

from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import Pipeline
from newsdesk.pipeline.vocabulary import Topic, Vocabulary
from newsdesk.query import find_words, parse

TEXT = (
    "22 февраля 2022, 16:14\n\n"
    "Послы обсудили новый порт на берегу\n\n"
    "Посол Южной Кореи и глава порта обсудили новый причал, который строят третий год. Работы идут без перерыва, и к осени "
    "первые суда смогут выгрузить здесь зерно, сообщили в ведомстве.\n\n"
    "В порту работают 1 250 человек, половина из них приехала из соседних посёлков, рассказал глава порта журналистам."
)
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    countries = Vocabulary.from_fixtures(FIXTURES).countries
    return Pipeline(Vocabulary(countries, (Topic("port", "", "", '"глава порта"'),), {}))


@pytest.mark.parametrize("space", ["\xa0", "\u202f", "\u2009"], ids=["no-break", "narrow", "thin"])
def test_every_claim_is_that_of_the_text_with_plain_spaces(pipeline: Pipeline, space: str) -> None:
    plain, special = pipeline(RawDocument(TEXT)), pipeline(RawDocument(TEXT.replace(" ", space)))

    assert isinstance(plain, Document)
    assert isinstance(special, Document)
    assert special.published.value == plain.published.value == "2022-02-22T16:14"
    assert special.title == plain.title
    assert [claim.code for claim in special.countries] == [claim.code for claim in plain.countries] == ["KR"]
    assert [topic.slug for topic in special.topics] == ["port"]
    assert special.language == plain.language
    assert special.fingerprint == plain.fingerprint


def test_a_phrase_is_found_over_them() -> None:
    text = TEXT.replace(" ", "\xa0")

    [first, *_] = find_words(parse('"глава порта"'), text)

    assert text[slice(*first)] == "глава\xa0порта"
