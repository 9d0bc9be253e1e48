"""The pipeline over articles that are stored already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from newsdesk.articles import store
from newsdesk.articles.followers import Followed
from newsdesk.articles.models import Article
from newsdesk.pipeline.document import Document
from newsdesk.pipeline.run import Failure, run


def reprocess(
    ids: Iterable[int], *, workers: int | None = None, followed: Followed | None = None
) -> Iterator[list[Document | Failure]]:
    """Run the pipeline again and store what it says, corrections on top; yields each batch when it is stored, and adds to
    ``followed`` what became of what points into the bodies.

    Articles that were deleted meanwhile are left out.
    """
    raws = (store.raw_document(article, article.text) for article in _with_text(ids))
    documents = run(raws, store.stored_vocabulary(), workers=workers)
    for batch in store.batches(documents, store.BATCH):
        failed = [failure for failure in batch if isinstance(failure, Failure)]
        good = {int(document.raw.id): document for document in batch if isinstance(document, Document)}
        with transaction.atomic():
            found = Article.objects.select_for_update().in_bulk(good)
            there = [good[pk] for pk in good if pk in found]
            told = store.update([found[int(document.raw.id)] for document in there], there)
        if followed is not None:
            followed.update(told)
        yield [*there, *failed]


def _with_text(ids: Iterable[int]) -> Iterator[Article]:
    """In the order of the ids, a batch of texts at a time."""
    for batch in store.batches(ids, store.BATCH):
        yield from (
            Article.objects.filter(pk__in=batch).select_related("text").prefetch_related("corrections").order_by("pk")
        )
