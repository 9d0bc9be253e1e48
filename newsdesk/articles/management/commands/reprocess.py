"""Run the pipeline again over what is stored."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from newsdesk.articles import stories
from newsdesk.articles.models import Article, Source
from newsdesk.articles.reprocessing import reprocess
from newsdesk.pipeline.run import Failure


class Command(BaseCommand):
    help = "Run the pipeline again over stored articles and group them anew. Corrections stay on top."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="articles; all where none is named")
        parser.add_argument("--source", metavar="SLUG", help="only those of this source")
        parser.add_argument(
            "--pending", action="store_true", help="only those never processed, such as loaded fixtures"
        )
        parser.add_argument("--workers", type=int, help="processes (default: one a processor)")

    def handle(self, **options: Any) -> None:
        articles = Article.objects.pending() if options["pending"] else Article.objects.all()
        if slug := options["source"]:
            if not Source.objects.filter(slug=slug).exists():
                raise CommandError(f"There is no source “{slug}”. The admin lists their slugs.")
            articles = articles.filter(source=slug)
        if options["ids"]:
            articles = articles.filter(pk__in=options["ids"])
        ids = list(articles.order_by("pk").values_list("pk", flat=True))
        if not ids and not Article.objects.ungrouped().exists():
            self.stdout.write("Nothing to process.")
            return
        done = 0
        followed = Counter[str]()
        failed: list[Failure] = []
        bar = tqdm(total=len(ids), unit="article", disable=None)
        for batch in reprocess(ids, workers=options["workers"], followed=followed):
            for failure in batch:
                if isinstance(failure, Failure):
                    failed.append(failure)
                else:
                    done += 1
            bar.update(len(batch))
        bar.close()
        grouped = stories.join(ids) if options["ids"] or slug else stories.regroup()
        for one in failed:
            self.stderr.write(f"failed: article {one.raw.id} {one.raw.source_path}: {one.stage}: {one.error}")
        gone = len(ids) - done - len(failed)
        deleted = f", {gone} deleted meanwhile and skipped" if gone else ""
        self.stdout.write(
            f"{done} processed, {len(failed)} failed{deleted}; {grouped.stories} stories of two or more, "
            f"{grouped.dated} dates from stories changed."
        )
        if followed:
            counts = ", ".join(f"{count} {what}" for what, count in followed.items())
            self.stdout.write(f"Passages of notes: {counts}.")
        if failed:
            sys.exit(1)
