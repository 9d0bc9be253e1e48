import pytest
from django.contrib.auth import get_user_model

from newsdesk.articles import editing
from newsdesk.articles.models import Article
from newsdesk.reader.claims import Held, is_inferred, make_held
from newsdesk.reader.names import Names
from tests.factories import make_article, make_country, make_topic

pytestmark = pytest.mark.django_db

BODY = "Baku and Moscow agreed on trade."


@pytest.fixture
def article() -> Article:
    make_country("GE")
    make_topic("karabakh")
    return make_article(
        BODY, about=["AZ"], mentioned=["RU"], topics=["trade"], evidence={"AZ": ["Baku"], "trade": ["trade"]}
    )


def held(article: Article) -> Held:
    return make_held(Article.objects.get(pk=article.pk), Names())


def test_claims_come_with_their_evidence(article: Article) -> None:
    (azerbaijan,) = held(article).about

    assert (azerbaijan.key, azerbaijan.label, azerbaijan.removed) == ("country:AZ", "Azerbaijan", False)
    assert [(place.text, place.anchor) for place in azerbaijan.places] == [("Baku", "country:AZ:1")]
    assert [(mark.start, mark.end, mark.kind) for mark in azerbaijan.marks("body")] == [(0, 4, "country:AZ")]
    assert azerbaijan.marks("title") == []


def test_what_a_person_said_wins_and_what_they_took_off_stays_to_be_seen(article: Article) -> None:
    person = get_user_model().objects.create_user("leyla")
    values = {"about": ["GE"], "mentioned": ["RU"], "topics": ["karabakh"]}
    editing.correct(Article.objects.get(pk=article.pk), values, person, "read it twice")

    found = held(article)

    assert [(claim.label, claim.removed) for claim in found.about] == [("Georgia", False), ("Azerbaijan", True)]
    assert [(claim.label, claim.removed) for claim in found.topics] == [("Karabakh", False), ("Trade", True)]
    assert [(claim.label, claim.correction) for claim in found.mentioned] == [("Russia", None)]
    correction = found.about[0].correction
    assert correction is not None
    assert (str(correction.author), correction.note) == ("leyla", "read it twice")


def test_a_corrected_date_says_so(article: Article) -> None:
    editing.correct(Article.objects.get(pk=article.pk), {"published": "2020-11-10"}, None)

    date = held(article).date

    assert (date.provenance, date.provenance_text) == ("correction", "set by a person")
    assert date.correction is not None


@pytest.mark.parametrize(
    ("provenance", "confidence", "inferred"),
    [
        pytest.param("header", 0.5, False, id="a-date-line-states-it"),
        pytest.param("text", 0.95, False, id="sure-from-the-text"),
        pytest.param("text", 0.6, True, id="unsure-from-the-text"),
        pytest.param("story", 0.7, True, id="from-the-story"),
        pytest.param("none", 0.0, False, id="not-known"),
    ],
)
def test_a_date_that_nobody_stated_is_inferred(provenance: str, confidence: float, inferred: bool) -> None:
    article = Article(published_provenance=provenance, published_confidence=confidence)

    assert is_inferred(article) is inferred


@pytest.mark.parametrize(("confidence", "said"), [(0.97, "sure"), (0.8, "likely"), (0.4, "unsure")])
def test_confidence_in_words(confidence: float, said: str) -> None:
    article = make_article(confidence=confidence)

    assert held(article).date.sureness == said


def test_a_country_whose_row_is_gone_is_passed_over(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Names, "countries", {"RU": "Russia"})

    assert make_held(Article.objects.get(pk=article.pk), Names()).about == []
