"""Find the lines that return in the articles of each source."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.articles.models import Source
from newsdesk.articles.profiles import Preview, describe, learn, preview

LOOKING = 20.0  # seconds a source to find out which stored articles would change


class Command(BaseCommand):
    help = (
        "Count, source by source, in how many different articles each line stands, and keep those that return as "
        "evidence for cleaning. What editors decided on lines stays. Stored articles change only by “reprocess”."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", metavar="SLUG", help="only this one")
        parser.add_argument("--dry-run", action="store_true", help="count and say, store nothing")

    def handle(self, **options: Any) -> None:
        sources = Source.objects.order_by("pk")
        if slug := options["source"]:
            sources = sources.filter(pk=slug)
            if not sources:
                raise CommandError(f"There is no source “{slug}”. The admin lists their slugs.")
        changing = []
        for source in sources:
            learnt = learn(source, dry_run=options["dry_run"])
            if not learnt.articles:
                continue
            found = preview(source, learnt=learnt, budget=LOOKING)
            self.stdout.write(f"{describe(learnt)}; {_outcome(found)}")
            if found.changed:
                changing.append(found)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored.")
        elif changing:
            self.stdout.write("Stored articles stay as they are until they are processed again:")
            for found in changing:
                self.stdout.write(f"  {found.command}")


def _outcome(found: Preview) -> str:
    looked = "" if found.complete else f" of the newest {found.looked} of {found.articles} that were looked at"
    return f"{len(found.changed)} articles{looked} would change: {found.lost} lines cut, {found.regained} regained"
