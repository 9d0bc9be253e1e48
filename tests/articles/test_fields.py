from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Value

from newsdesk.articles.fields import PackedJSONField
from newsdesk.articles.models import Claims
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
