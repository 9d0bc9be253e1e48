"""Take articles in from files and folders."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from newsdesk.articles.ingest import Ingest, find_files, read_file
from newsdesk.articles.profiles import describe, reprocess_command

SHOWN = 20  # rejected texts, and other things, that are named one by one


class Command(BaseCommand):
    help = (
        "Read text, HTML and JSON Lines, clean, date and label them, and store what is new. "
        "Files that cannot be read are named with the reason and do not stop the rest."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, or - for standard input")
        parser.add_argument("--source", default="", help="the publication that they come from: a name or a slug")
        parser.add_argument("--workers", type=int, help="processes (default: one a processor)")
        parser.add_argument("--dry-run", action="store_true", help="read and process, store nothing")

    def handle(self, **options: Any) -> None:
        files = list(find_files(options["paths"]))
        ingest = Ingest(source=options["source"], workers=options["workers"], dry_run=options["dry_run"])
        incoming = (one for name, file in files for one in read_file(name, file, sys.stdin.buffer))
        with tqdm(unit=" articles", total=_total(files), disable=None) as bar:
            for settled in ingest(incoming):
                bar.update(settled)
        summary = ingest.summary
        for rejected in summary.rejected[:SHOWN]:
            self.stderr.write(f"rejected: {rejected}")
        self.stdout.write(f"{summary}{' (nothing was stored)' if options['dry_run'] else ''}")
        if summary.repaired:
            self.stdout.write(f"{summary.repaired} repaired; what they were read from is kept beside them")
        for kind, count in summary.repairs.most_common():
            self.stdout.write(f"  repaired {count}: {kind}")
        for reason, count in summary.reasons():
            self.stdout.write(f"  rejected {count}: {reason}")
        if summary.twice:
            self.stdout.write(
                f"  ids that stand twice, with different texts: {len(summary.twice)} ({_enumerate(summary.twice)})"
            )
        for slug, texts in sorted(summary.elsewhere.items()):
            where = f"under {slug}" if slug else "without a source"
            self.stdout.write(f"  stored before {where}, and left so: {len(texts)} ({_enumerate(texts)})")
        if summary.elsewhere:
            self.stdout.write(
                "  --source is for what is new; of what is stored it is set on an article's page in the admin"
            )
        if summary.sources:
            verb = "would be" if options["dry_run"] else "were"
            self.stdout.write(f"  sources that were not known and {verb} created: {_enumerate(summary.sources)}")
        for learnt in summary.profiled:
            if learnt.new or learnt.gone:
                self.stdout.write(
                    f"  {describe(learnt)}; stored articles follow with: {reprocess_command(learnt.source)}"
                )
        if summary.rejected:
            sys.exit(1)


def _enumerate(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _total(files: list[tuple[str, Any]]) -> int | None:
    """One article a file, unless a file may hold many."""
    many = any(file is None or file.suffix in {".jsonl", ".ndjson", ".json"} for _, file in files)
    return None if many else len(files)
