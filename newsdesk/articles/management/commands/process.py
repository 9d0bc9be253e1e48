"""The pipeline without a database: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from newsdesk.articles.store import vocabulary_or
from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.parsers import Rejected, jsonlines
from newsdesk.pipeline.record import claims_of, record_of
from newsdesk.pipeline.run import Failure, run
from newsdesk.pipeline.vocabulary import Vocabulary


class Command(BaseCommand):
    help = (
        'Run the pipeline and store nothing. In: JSON Lines {"id", "raw_text" or "html", "source"?, "collected"?} '
        "from files or standard input. Out: one record a line (docs/record.md), in the same order."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", default=["-"], help="JSON Lines; - is standard input")
        parser.add_argument("--output", default="-", help="file to write (default: standard output)")
        parser.add_argument("--workers", type=int, help="processes (default: one a processor)")
        parser.add_argument("--fixtures", action="store_true", help="use the fixtures' vocabulary, not the stored one")

    def handle(self, **options: Any) -> None:
        fixtures = Vocabulary.from_fixtures(Path(settings.BASE_DIR) / "fixtures")
        vocabulary = fixtures if options["fixtures"] else vocabulary_or(fixtures)
        self.rejected = 0
        with _open(options["output"]) as out:
            for document in run(self._raws(options["files"]), vocabulary, workers=options["workers"]):
                if isinstance(document, Failure):
                    self._reject(f"{document.raw.id}: {document.stage}: {document.error}")
                    continue
                raw = document.raw
                record = record_of(
                    claims_of(document),
                    id=raw.id,
                    raw_text=raw.text,
                    cuts=document.cuts,
                    source=raw.source,
                    source_path=raw.source_path,
                    url=raw.url,
                    collected=raw.collected.isoformat() if raw.collected else None,
                )
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        if self.rejected:
            sys.exit(1)

    def _raws(self, files: list[str]) -> Iterator[RawDocument]:
        for name in files:
            with sys.stdin.buffer if name == "-" else Path(name).open("rb") as lines:
                for parsed in jsonlines.parse(name, lines):
                    if isinstance(parsed, Rejected):
                        self._reject(str(parsed))
                    else:
                        yield parsed

    def _reject(self, reason: str) -> None:
        self.rejected += 1
        self.stderr.write(f"rejected: {reason}")


def _open(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdout) if name == "-" else Path(name).open("w", encoding="utf-8")
