"""Load countries, topics and sources, and the demonstration articles into an empty desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from newsdesk.articles.models import Article, Country, Source, Topic

REFERENCE = {"countries.json": Country, "topics.json": Topic, "sources.json": Source}
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


class Command(BaseCommand):
    help = (
        "Add the countries, topics and sources that are missing, and the demonstration articles where there are none. "
        "Rows that are there, edited or not, are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-articles", action="store_true", help="reference data only")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        for name, model in REFERENCE.items():
            present = {str(pk) for pk in model._default_manager.values_list("pk", flat=True)}
            loaded = _load(name, lambda row, present=present: str(row["pk"]) not in present)
            if loaded:
                self.stdout.write(f"{name}: {loaded} added")
                if model is Topic and Article.objects.exclude(processed=None).exists():
                    Topic.objects.exclude(pk__in=present).update(retagged_to=0)
                    self.stdout.write("Run “manage.py retag” to tag the articles that are here already.")
        if not options["no_articles"] and not Article.objects.exists():
            rows = _load("articles.json", lambda _: True)
            self.stdout.write(f"articles.json: {rows // 2} articles added")


def _load(name: str, wanted: Any) -> int:
    rows = [row for row in json.loads((FIXTURES / name).read_text("utf-8")) if wanted(row)]
    objects = list(serializers.deserialize("python", rows, handle_forward_references=True))
    for loaded in objects:
        loaded.save()
    for loaded in objects:
        if loaded.deferred_fields:
            loaded.save_deferred_fields()
    return len(objects)
