"""Apply topic rules to the stored articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.articles import editing
from newsdesk.articles.models import Topic


class Command(BaseCommand):
    help = "Apply the rules of topics to the stored articles. Corrections stay on top."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="topics; all where none is named")

    def handle(self, **options: Any) -> None:
        topics = Topic.objects.order_by("slug")
        if options["slugs"]:
            topics = topics.filter(slug__in=options["slugs"])
            if missing := set(options["slugs"]) - set(topics.values_list("slug", flat=True)):
                raise CommandError(f"There is no topic {', '.join(sorted(missing))}. See /admin/articles/topic/.")
        for topic in topics:
            gained, lost = editing.retag(topic)
            self.stdout.write(f"{topic.slug}: {gained} gained, {lost} lost")
