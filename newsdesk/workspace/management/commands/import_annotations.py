"""Take in annotations that were made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.people.models import Visibility
from newsdesk.workspace import importing


class Command(BaseCommand):
    help = "Import annotations: W3C Web Annotation JSON-LD, or what the API of Hypothesis answers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON or JSON-LD")
        parser.add_argument("--author", required=True, help="user name: whose annotations they become")
        parser.add_argument("--visibility", choices=Visibility.values, default=Visibility.PRIVATE, help="who sees them")
        parser.add_argument(
            "--site",
            default="http://127.0.0.1:8000",
            help="where this desk is served: its own addresses name articles too",
        )

    def handle(self, **options: Any) -> None:
        users = get_user_model()
        author = users.objects.filter(**{users.USERNAME_FIELD: options["author"]}).first()
        if author is None:
            raise CommandError(f"--author: there is nobody called {options['author']}.")
        try:
            found = importing.read(Path(options["file"]).read_bytes())
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except importing.UnreadableFileError as error:
            raise CommandError(f"{options['file']}: {error}") from error
        report = importing.store(found, author, options["visibility"], options["site"])
        for one in report.unplaced:
            self.stderr.write(f"not placed: {one.reason}: {one.label} ({one.source})")
        placed, known, unplaced = len(report.placed), report.known, len(report.unplaced)
        self.stdout.write(f"{placed} placed, {known} there already, {unplaced} not placed.")
