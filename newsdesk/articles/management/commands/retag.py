"""Apply topic rules to the stored articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from newsdesk.articles import topics
from newsdesk.articles.models import Topic


class Command(BaseCommand):
    help = (
        "Apply the rules of topics to the stored articles, with their evidence. Corrections stay on top. It may be broken "
        "off and goes on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="topics; all where none is named")

    def handle(self, **options: Any) -> None:
        rows = Topic.objects.order_by("slug")
        if options["slugs"]:
            rows = rows.filter(slug__in=options["slugs"])
            if missing := set(options["slugs"]) - set(rows.values_list("slug", flat=True)):
                raise CommandError(f"There is no topic {', '.join(sorted(missing))}. See /admin/articles/topic/.")
        for topic in rows:
            gained = lost = looked_at = 0
            bar = tqdm(desc=topic.slug, unit="article", disable=None)
            for step in topics.retag_all(topic):
                gained, lost, looked_at = gained + step.gained, lost + step.lost, looked_at + step.done
                bar.total = bar.n + step.done + step.left
                bar.update(step.done)
            bar.close()
            self.stdout.write(f"{topic.slug}: {gained} gained, {lost} lost, {looked_at} looked at")
