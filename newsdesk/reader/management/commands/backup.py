"""Write everything that this desk holds to one file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.reader import archive


class Command(BaseCommand):
    help = (
        "Write all articles, corrections, annotations, accounts and their history to one file, as they are at one "
        "moment; the desk can be used meanwhile. `restore` reads it, into SQLite or PostgreSQL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="such as desk.jsonl.gz")
        parser.add_argument("--replace", action="store_true", help="a file that is there, at the end")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        if file.exists() and not replace:
            raise CommandError(f"{file} is there already. Give another name, or replace it with --replace.")
        try:
            with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as made:
                try:
                    counts = archive.write(made)
                except BaseException:
                    Path(made.name).unlink()
                    raise
            Path(made.name).replace(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{file}: {sum(counts.values())} rows, {counts['articles.article']} articles.")
