"""Run the pipeline again over what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from newsdesk.articles import store, stories
from newsdesk.articles.models import Article
from newsdesk.pipeline.document import Document
from newsdesk.pipeline.run import Failure, run


class Command(BaseCommand):
    help = "Run the pipeline again over stored articles and group them anew. Corrections stay on top."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="articles; all where none is named")
        parser.add_argument(
            "--pending", action="store_true", help="only those never processed, such as loaded fixtures"
        )
        parser.add_argument("--workers", type=int, help="processes (default: one a processor)")

    def handle(self, **options: Any) -> None:
        articles = Article.objects.pending() if options["pending"] else Article.objects.all()
        if options["ids"]:
            articles = articles.filter(pk__in=options["ids"])
        ids = list(articles.order_by("pk").values_list("pk", flat=True))
        if not ids and not Article.objects.ungrouped().exists():
            self.stdout.write("Nothing to process.")
            return
        raws = (store.raw_document(article, article.text) for article in _with_text(ids))
        done, failed = 0, 0
        bar = tqdm(total=len(ids), unit="article", disable=None)
        documents = run(raws, store.stored_vocabulary(), workers=options["workers"])
        for batch in store.batches(documents, store.BATCH):
            good = [document for document in batch if isinstance(document, Document)]
            for failure in batch:
                if isinstance(failure, Failure):
                    self.stderr.write(f"{failure.raw.source_path}: {failure.stage}: {failure.error}")
                    failed += 1
            found = Article.objects.in_bulk([int(document.raw.id) for document in good])
            store.update([found[int(document.raw.id)] for document in good], good)
            done += len(good)
            bar.update(len(batch))
        bar.close()
        grouped = stories.join(ids) if options["ids"] else stories.regroup()
        self.stdout.write(
            f"{done} processed, {failed} failed; {grouped.stories} stories of two or more, "
            f"{grouped.dated} dates from stories changed."
        )


def _with_text(ids: list[int]) -> Iterator[Article]:
    """In the order of the ids, a batch of texts at a time."""
    for batch in store.batches(ids, store.BATCH):
        articles = Article.objects.filter(pk__in=batch).select_related("text").prefetch_related("corrections")
        yield from articles.order_by("pk")
