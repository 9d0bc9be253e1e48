"""Read everything that a desk held from one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.reader import archive


class Command(BaseCommand):
    help = (
        "Put back what `backup` wrote, into an empty desk: all of it or, where anything is wrong, nothing. The index "
        "is made anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete what is here first")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                counts = archive.read(opened, replace=replace)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except archive.ArchiveError as error:
            raise CommandError(f"{file}: {error} Nothing was changed.") from error
        self.stdout.write(f"{sum(counts.values())} rows, {counts.get('articles.article', 0)} articles.")
