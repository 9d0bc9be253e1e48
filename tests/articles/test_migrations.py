"""What migrations do to rows that are there."""

import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE_PACKED, PACKED = [("articles", "0005_collected_at_import")], [("articles", "0006_packed_fingerprints")]
BEFORE_TEXTS, TEXTS = [("articles", "0007_markup")], [("articles", "0008_packed_texts")]
BEFORE, AFTER = [("articles", "0002_cut_decisions")], [("articles", "0003_source_lines")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    migrate(latest)


def test_lines_that_editors_decided_on_become_rows_and_lists_again(before: Any) -> None:
    lists = {"always_cut": ["Our town,  our news.", "Views: 12", "Both"], "never_cut": ["Advertisement", "Both"]}
    before.get_model("articles", "Source").objects.create(slug="herald", name="Herald", **lists)
    before.get_model("articles", "Source").objects.create(slug="silent", name="Silent")

    after = migrate(AFTER)

    rows = after.get_model("articles", "SourceLine").objects.order_by("pk")
    decided = [
        ("herald", "Our town, our news.", "Our town,  our news.", "always", None),
        ("herald", "Views: 0", "Views: 12", "always", None),
        ("herald", "Both", "Both", "never", None),
        ("herald", "Advertisement", "Advertisement", "never", None),
    ]
    assert list(rows.values_list("source", "line", "text", "decision", "articles")) == decided
    history = after.get_model("articles", "HistoricalSourceLine").objects.order_by("history_id")
    assert list(history.values_list("id", "decision")) == list(rows.values_list("id", "decision"))

    again = migrate(BEFORE)
    herald = again.get_model("articles", "Source").objects.get(slug="herald")
    assert (herald.always_cut, herald.never_cut) == (lists["always_cut"][:2], ["Both", "Advertisement"])


@pytest.fixture
def before_packed(transactional_db: None) -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE_PACKED)
    migrate(latest)


def test_fingerprints_are_packed_and_come_back(before_packed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("newsdesk.articles.migrations.0006_packed_fingerprints")
    monkeypatch.setattr(migration, "BATCH", 2)
    given = [
        {"claims": {"section": f"Экономика {number}"}, "fingerprint": {"digest": str(number), "terms": [["баку", 3]]}}
        for number in range(5)
    ]
    for number, columns in enumerate(given):
        article = before_packed.get_model("articles", "Article").objects.create(
            digest=str(number), collected=timezone.now()
        )
        before_packed.get_model("articles", "Claims").objects.create(article=article, **columns)

    for target in (PACKED, BEFORE_PACKED, PACKED):
        rows = migrate(target).get_model("articles", "Claims").objects.order_by("pk")
        assert list(rows.values("claims", "fingerprint")) == given


@pytest.fixture
def before_texts(transactional_db: None) -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE_TEXTS)
    migrate(latest)


def test_raw_texts_are_packed_and_come_back(before_texts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("newsdesk.articles.migrations.0008_packed_texts")
    monkeypatch.setattr(migration, "BATCH", 2)
    given = [{"raw_text": f"Встреча {number}\r\nв Баку", "markup": str(number)} for number in range(5)]
    for number, columns in enumerate(given):
        article = before_texts.get_model("articles", "Article").objects.create(
            digest=str(number), collected=timezone.now()
        )
        before_texts.get_model("articles", "ArticleText").objects.create(article=article, **columns)
    earlier = zlib.compress("Встреча в Баку".encode())
    before_texts.get_model("articles", "ArticleVersion").objects.create(article=article, digest="e", raw_text=earlier)

    for target in (TEXTS, BEFORE_TEXTS, TEXTS):
        models = migrate(target)
        rows = models.get_model("articles", "ArticleText").objects.order_by("pk")
        assert list(rows.values("raw_text", "markup")) == given

    assert models.get_model("articles", "ArticleVersion").objects.get().raw_text == "Встреча в Баку"
