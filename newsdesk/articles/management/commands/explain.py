"""What the pipeline makes of files, and why, on the terminal."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.articles.ingest import Sources, find_files, read_file
from newsdesk.articles.output import open_output
from newsdesk.articles.store import vocabulary_or
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.explanation import explain
from newsdesk.pipeline.parsers import Rejected
from newsdesk.pipeline.record import claims_of
from newsdesk.pipeline.run import Failure, run
from newsdesk.pipeline.vocabulary import Vocabulary


class Command(BaseCommand):
    help = (
        "Read files as ingest does, store nothing, and show what the pipeline says of each and why: title, date, "
        "language, countries and topics with their evidence, and the text with every cut, its reason, score and rule."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="FILE", help="file, folder, or - for standard input")
        parser.add_argument("--source", default="", help="the publication that they come from: a name or a slug")
        parser.add_argument("--width", type=int, help="characters a line (default: the terminal's, or 100)")
        parser.add_argument("--json", action="store_true", help="one JSON object a text, with all claims and cuts")

    def handle(self, **options: Any) -> None:
        vocabulary = vocabulary_or(Vocabulary.from_fixtures(Path(settings.BASE_DIR) / "fixtures"))
        self.sources = Sources(vocabulary.sources.values(), create=False)
        if options["source"] and not self.sources.find(options["source"], ""):
            known = ", ".join(sorted(vocabulary.sources)) or "none"
            raise CommandError(f"There is no source {options['source']}. Known: {known}.")
        self.rejected = 0
        width = options["width"] or shutil.get_terminal_size((100, 0)).columns
        color = not options["no_color"] and (options["force_color"] or sys.stdout.isatty())
        with open_output("-") as out:
            for result in run(self._raws(options["paths"], options["source"]), vocabulary, workers=1):
                if isinstance(result, Failure):
                    self._reject(f"{result.raw.source_path}: {result.stage}: {result.error}. Report it with the file.")
                elif options["json"]:
                    out.write(json.dumps(_as_json(result), ensure_ascii=False) + "\n")
                else:
                    out.writelines(f"{line}\n" for line in (*explain(result, width=width, color=color), ""))
        if self.rejected:
            sys.exit(1)

    def _raws(self, paths: list[str], source: str) -> Iterator[RawDocument]:
        for name, file in find_files(paths):
            for raw in read_file(name, file, sys.stdin.buffer):
                if isinstance(raw, Rejected):
                    self._reject(str(raw))
                else:
                    yield replace(raw, source=self.sources.find(source or raw.source, raw.url))

    def _reject(self, reason: str) -> None:
        self.rejected += 1
        self.stderr.write(f"rejected: {reason}")


def _as_json(document: Document) -> dict[str, Any]:
    """The claims as they are stored (pipeline/record.py), with what was read and what was cut from it."""
    raw = document.raw
    return {
        "id": raw.id,
        "source_path": raw.source_path,
        "source": raw.source,
        "url": raw.url,
        "encoding": raw.encoding,
        "repairs": list(raw.repairs),
        **claims_of(document),
        "body": document.body,
        "cuts": [{**asdict(cut), "text": raw.text[cut.start : cut.end]} for cut in document.cuts],
    }
