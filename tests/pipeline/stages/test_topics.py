import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import (
    CountryClaim,
    Cut,
    DateClaim,
    Document,
    Evidence,
    LanguageClaim,
    RawDocument,
    TitleClaim,
    TopicClaim,
)
from newsdesk.pipeline.stages.topics import MAX_EVIDENCE, FindTopics
from newsdesk.pipeline.vocabulary import Topic

TITLE = "Паромы снова ходят"
BODY = "Паром из Баку вышел в море. На пароме сорок машин."


def make_stage(**rules: str) -> FindTopics:
    return FindTopics(Topic(slug, slug, slug, rule) for slug, rule in rules.items())


def make_document(text: str = BODY, title: str = TITLE) -> Document:
    return Document(
        RawDocument(text, source="port-daily"),
        title=TitleClaim(title, "header"),
        language=LanguageClaim("ru", 1.0),
        published=DateClaim("2023-05-17T10:00", "minute", "header", 1.0),
        countries=(CountryClaim("AZ", "about", 0.9), CountryClaim("KZ", "mentioned", 0.1)),
    )


def test_a_topic_shows_the_words_that_match() -> None:
    document = make_stage(ferries="паром", planes="самолёт")(make_document())

    assert document.topics == (
        TopicClaim(
            "ferries",
            (
                Evidence(0, 6, "Паромы", "title"),
                Evidence(0, 5, "Паром", "body"),
                Evidence(31, 37, "пароме", "body"),
            ),
        ),
    )


def test_evidence_lies_in_the_body_and_not_in_the_raw_text() -> None:
    raw = "Реклама. Паром ушёл."
    document = replace(make_document(raw, title=""), cuts=(Cut(0, 9, "advertisement"),))

    (topic,) = make_stage(ferries="паром")(document).topics

    assert topic.evidence == (Evidence(0, 5, "Паром", "body"),)


@pytest.mark.parametrize(
    ("rule", "matches"),
    [
        pytest.param("паром country:az", True, id="about, as a country"),
        pytest.param("паром country:kz", True, id="mentioned, as a country"),
        pytest.param("паром about:kz", False, id="mentioned is not about"),
        pytest.param("паром language:ru", True, id="language"),
        pytest.param("паром source:port-daily", True, id="source"),
        pytest.param("паром after:2023-05-17 before:2023-05", True, id="dates"),
        pytest.param("паром after:2024", False, id="too early"),
    ],
)
def test_rules_know_what_earlier_stages_found(rule: str, matches: bool) -> None:
    document = make_stage(ferries=rule)(make_document())

    assert [topic.slug for topic in document.topics] == (["ferries"] if matches else [])


def test_evidence_is_capped() -> None:
    (topic,) = make_stage(ferries="паром")(make_document("паром " * 100, title="")).topics

    assert len(topic.evidence) == MAX_EVIDENCE
    assert topic.evidence[-1].start == 6 * (MAX_EVIDENCE - 1)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        pytest.param("паром *море", "“ferries” is wrong at character 7: .* For example: карабах", id="unreadable"),
        pytest.param("after:soon", "“ferries” is wrong at character 7: “soon” is not a date", id="no date"),
        pytest.param(" - ", "“ferries” is empty", id="empty"),
        pytest.param("паром -topic:planes", "“ferries” asks for topic:planes", id="rests on another topic"),
        pytest.param("паром -has:topic", "“ferries” asks for has:topic", id="rests on all topics"),
        pytest.param("story:7", "“ferries” asks for story:7", id="rests on a story"),
        pytest.param("annotated:no", "“ferries” asks for annotated:yes", id="rests on annotations"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_by_name(rule: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_stage(ferries=rule)


def test_the_stage_can_be_sent_to_a_worker() -> None:
    stage = make_stage(ferries="паром OR порт*")

    assert pickle.loads(pickle.dumps(stage))(make_document()) == stage(make_document())


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_survived_and_evidence_is_what_stands_there(text: str, title: str) -> None:
    document = make_stage(letters="on* OR a OR и OR -the", rest="-country:az OR language:ru")(
        make_document(text, title)
    )

    for topic in document.topics:
        for evidence in topic.evidence:
            field = document.title.value if evidence.field == "title" else document.body
            assert evidence.text == field[evidence.start : evidence.end] != ""
