"""Compare search and facets with the articles, and set right what differs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from newsdesk.articles import store
from newsdesk.articles.models import Article
from newsdesk.search import index
from newsdesk.search.check import Report


class Command(BaseCommand):
    help = (
        "Compare search and facets with the articles: exit status 1 if they disagree. With --mend, set right what "
        "differs; nothing can be ingested meanwhile, but the desk can be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="set right what differs")

    def handle(self, **options: Any) -> None:
        total = Article.objects.exclude(processed=None).count()
        bar = tqdm(store.index_entries(), total=total, unit="article", disable=None)
        report = index.check(bar, mend=options["mend"])
        for line in _describe(report):
            self.stdout.write(line)
        if report.sound:
            self.stdout.write(f"{report.articles} articles: search and facets agree with them.")
        elif report.mended:
            self.stdout.write("All of this is set right now.")
        else:
            self.stderr.write("Run it with --mend to set this right.")
            sys.exit(1)


def _describe(report: Report) -> list[str]:
    values = ", ".join(f"{facet}={value or 'none'}" for facet, value in report.bitmaps[:10])
    more = ", …" if len(report.bitmaps) > 10 else ""
    findings = {
        f"{len(report.misfiled)} articles are filed under other dates or values": report.misfiled,
        f"{len(report.misread)} articles are searched by other words": report.misread,
        f"{len(report.surplus)} articles are in the index alone": report.surplus,
        f"{len(report.bitmaps)} facet values hold other articles: {values}{more}": report.bitmaps,
        "the full text is not made of the words that are stored": report.postings,
    }
    return [f"Wrong: {finding}." for finding, wrong in findings.items() if wrong]
