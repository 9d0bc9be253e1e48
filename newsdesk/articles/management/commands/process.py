"""The pipeline without a database: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from newsdesk.articles.output import open_output
from newsdesk.articles.store import vocabulary_or
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.parsers import Rejected, jsonlines
from newsdesk.pipeline.record import claims_of, record_of
from newsdesk.pipeline.run import Failure, run
from newsdesk.pipeline.stories import StoryItem, group
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
        parser.add_argument(
            "--stories", action="store_true", help="group the records too; they are written when all are read"
        )
        parser.add_argument("--fixtures", action="store_true", help="use the fixtures' vocabulary, not the stored one")

    def handle(self, **options: Any) -> None:
        fixtures = Vocabulary.from_fixtures(Path(settings.BASE_DIR) / "fixtures")
        vocabulary = fixtures if options["fixtures"] else vocabulary_or(fixtures)
        self.rejected = 0
        documents = self._documents(run(self._raws(options["files"]), vocabulary, workers=options["workers"]))
        with open_output(options["output"]) as out:
            for record in _with_stories(documents) if options["stories"] else map(_record, documents):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        if self.rejected:
            sys.exit(1)

    def _raws(self, files: list[str]) -> Iterator[RawDocument]:
        for name in files:
            try:
                with sys.stdin.buffer if name == "-" else Path(name).open("rb") as lines:
                    for parsed in jsonlines.parse(name, lines):
                        if isinstance(parsed, Rejected):
                            self._reject(str(parsed))
                        else:
                            yield replace(parsed, original=None)
            except Rejected as rejected:
                self._reject(str(rejected.at(name)))
            except OSError as error:
                self._reject(f"{name}: {error.strerror}. Check the path and the permissions.")

    def _documents(self, results: Iterable[Document | Failure]) -> Iterator[Document]:
        for result in results:
            if isinstance(result, Failure):
                self._reject(f"{result.raw.id}: {result.stage}: {result.error}")
            else:
                yield result

    def _reject(self, reason: str) -> None:
        self.rejected += 1
        self.stderr.write(f"rejected: {reason}")


def _record(document: Document) -> dict[str, Any]:
    raw = document.raw
    return record_of(
        claims_of(document),
        id=raw.id,
        raw_text=raw.text,
        cuts=document.cuts,
        source=raw.source,
        source_path=raw.source_path,
        url=raw.url,
        collected=raw.collected.isoformat() if raw.collected else None,
        metadata=raw.metadata,
    )


def _with_stories(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """The records with ``story`` and ``reprint_of``, each named by the id of its first article.

    Grouping needs all of them, and needs little of each: the records wait in a file, not in memory.
    """
    items: list[StoryItem] = []
    ids: list[str] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        for number, document in enumerate(documents):
            ids.append(document.raw.id)
            items.append(_story_item(f"{number:09}", document))  # ids of records may be given twice
            waiting.write(json.dumps(_record(document)) + "\n")
        grouping = group(items)
        waiting.seek(0)
        for item, line in zip(items, waiting, strict=True):
            first, copied = grouping.story_of[item.id], grouping.reprint_of.get(item.id)
            yield json.loads(line) | {"story": ids[int(first)], "reprint_of": copied and ids[int(copied)]}


def _story_item(name: str, document: Document) -> StoryItem:
    return StoryItem(
        name,
        document.fingerprint,
        document.language.value,
        document.published.day,
        document.title.value,
        tuple(claim.code for claim in document.countries),
    )
