"""`manage.py reprocess`: what becomes of articles that a stage cannot take, or that go while it runs."""

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command

from newsdesk.articles import reprocessing
from newsdesk.articles.models import Article
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import Failure
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def run_reprocess() -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("reprocess", workers=1, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, out.getvalue(), err.getvalue()


def with_each(act: Callable[[RawDocument], Document | Failure]) -> Callable[..., Iterator[Document | Failure]]:
    return lambda raws, *_, **__: (act(raw) for raw in raws)


def test_a_failed_stage_is_named_and_is_the_exit_status(monkeypatch):
    first, second = make_article(title="First"), make_article(title="Second")

    def fail_second(raw: RawDocument) -> Document | Failure:
        return Failure(raw, "date", "ValueError: no such day") if raw.id == str(second.pk) else Document(raw)

    monkeypatch.setattr(reprocessing, "run", with_each(fail_second))

    status, out, err = run_reprocess()

    assert status == 1
    assert "1 processed, 1 failed" in out
    assert f"failed: article {second.pk}" in err
    assert "date: ValueError: no such day" in err
    assert f"article {first.pk}" not in err


def test_an_article_that_is_deleted_meanwhile_is_skipped_and_said(monkeypatch):
    first, second = make_article(title="First"), make_article(title="Second")

    def delete_second(raw: RawDocument) -> Document | Failure:
        Article.objects.filter(pk=second.pk).delete()
        return Document(raw)

    monkeypatch.setattr(reprocessing, "run", with_each(delete_second))

    status, out, _ = run_reprocess()

    assert status == 0
    assert "1 processed, 0 failed, 1 deleted meanwhile and skipped" in out
    assert list(Article.objects.values_list("pk", flat=True)) == [first.pk]
