from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from newsdesk.articles import store
from newsdesk.articles.models import Claims
from newsdesk.articles.prepared import Prepare, title_to_index
from newsdesk.pipeline.document import Fingerprint
from newsdesk.pipeline.record import claims_of
from newsdesk.search import index
from newsdesk.search.engine import Engine
from newsdesk.search.fts5 import Fts5
from newsdesk.search.tsvector import TsVector
from tests.factories import make_country, make_document, make_topic

DOCUMENT = replace(
    make_document("Паром идёт в Баку.", title="Мост закрыт", about=["AZ"], topics=["sea"], published="2024-04-22"),
    fingerprint=Fingerprint(digest="d1", terms=(("most", 3),)),
)


@pytest.mark.parametrize("engine", [Fts5(), TsVector()], ids=["SQLite", "PostgreSQL"])
def test_a_process_that_knows_nothing_of_the_site_prepares_the_same(engine: Engine) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        prepared = pool.submit(Prepare(engine), DOCUMENT).result()

    assert prepared.document == DOCUMENT
    assert prepared.words.digest == engine.prepare("Мост закрыт", DOCUMENT.body).digest
    assert sorted(prepared.words.forms) == ["баку", "в", "закрыт", "идет", "мост", "паром"]


@pytest.mark.django_db
def test_what_is_stored_is_what_the_index_should_hold() -> None:
    make_country("AZ")
    make_topic("sea")

    (article,) = store.add([DOCUMENT])

    assert index.check(store.index_entries()).sound
    stored = Claims.objects.get(pk=article.pk)
    assert stored.claims == json.loads(json.dumps(claims_of(DOCUMENT)))
    assert Fingerprint.from_dict(stored.fingerprint) == DOCUMENT.fingerprint
    assert [(row.country_id, row.role, row.corrected) for row in article.country_rows.all()] == [("AZ", "about", False)]
    assert [(row.topic_id, row.corrected) for row in article.topic_rows.all()] == [("sea", False)]


def test_a_first_sentence_is_indexed_with_the_body_alone() -> None:
    claims = claims_of(DOCUMENT)

    assert title_to_index(claims) == "Мост закрыт"
    assert title_to_index({**claims, "title": {**claims["title"], "provenance": "first sentence"}}) == ""
