from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.db import connection
from django.db.models import Value

from newsdesk.articles.fields import PackedJSONField, pack_text
from newsdesk.articles.models import ArticleText, ArticleVersion, Claims
from newsdesk.pipeline.document import Fingerprint
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FINGERPRINT = Fingerprint(digest="d1", minhash=tuple(range(64)), terms=(("баку", 3),), quotes=("q",))


def test_a_fingerprint_comes_back_as_it_was() -> None:
    article = make_article(fingerprint=FINGERPRINT)

    stored = Claims.objects.get(pk=article.pk).fingerprint

    assert Fingerprint.from_dict(stored) == FINGERPRINT


def test_claims_keep_their_letters() -> None:
    article = make_article("Встреча в Баку.", title="Встреча")

    with connection.cursor() as cursor:
        cursor.execute("SELECT claims FROM articles_claims WHERE article_id = %s", [article.pk])
        (stored,) = cursor.fetchone()

    assert "Встреча" in stored


def test_nothing_stays_nothing() -> None:
    article = make_article()

    missing = Claims.objects.filter(pk=article.pk).values_list(Value(None, PackedJSONField()), flat=True)

    assert list(missing) == [None]
    assert PackedJSONField(null=True).get_db_prep_value(None, connection) is None


def test_a_text_comes_back_to_the_character() -> None:
    text = "Встреча\r\nв Баку\x00 \ud83d half of a pair\n"
    article = make_article()

    ArticleText.objects.filter(pk=article.pk).update(raw_text=text)

    assert ArticleText.objects.get().raw_text == text
    assert list(ArticleText.objects.values_list("raw_text", flat=True)) == [text]


def test_a_text_takes_less_room_than_its_letters() -> None:
    text = "Министры встретились в Баку и говорили о торговле. " * 40
    article = make_article(text)

    with connection.cursor() as cursor:
        cursor.execute("SELECT length(raw_text) FROM articles_articletext WHERE article_id = %s", [article.pk])
        (stored,) = cursor.fetchone()

    assert stored < len(text) / 2


def test_fixtures_hold_texts_as_they_are() -> None:
    article = make_article("Встреча в Баку.")
    ArticleVersion.objects.create(article=article, digest="d", raw_text="Встреча.")

    written = serializers.serialize("json", [*ArticleText.objects.all(), *ArticleVersion.objects.all()])
    ArticleText.objects.all().delete()
    ArticleVersion.objects.all().delete()
    for row in serializers.deserialize("json", written):
        row.save()

    assert json.loads(written)[0]["fields"]["raw_text"] == "Встреча в Баку."
    assert ArticleText.objects.get().raw_text == "Встреча в Баку."
    assert ArticleVersion.objects.get().raw_text == "Встреча."


def test_what_another_process_packed_is_stored_as_it_is() -> None:
    article = make_article()

    ArticleText.objects.filter(pk=article.pk).update(raw_text=pack_text("Баку"))

    assert ArticleText.objects.get().raw_text == "Баку"
