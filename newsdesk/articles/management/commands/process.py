"""The pipeline without a database: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from newsdesk.articles.output import open_output
from newsdesk.articles.store import vocabulary_or
from newsdesk.pipeline.dates.story import assume_day, complete_from_story
from newsdesk.pipeline.document import DateClaim, Document, RawDocument
from newsdesk.pipeline.parsers import Rejected, jsonlines
from newsdesk.pipeline.record import claims_of, date_of, record_of
from newsdesk.pipeline.run import Failure, run
from newsdesk.pipeline.stories import Grouping, StoryItem, group
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
    """The records with ``story`` and ``reprint_of``, each named by the id of its first article; those without a date with
    that of their story, where its dates agree.

    Grouping needs all of them, and needs little of each: the records wait in a file, not in memory.
    """
    items: list[StoryItem] = []
    ids: list[str] = []
    undated: dict[str, DateClaim] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        for number, document in enumerate(documents):
            ids.append(document.raw.id)
            items.append(_story_item(f"{number:09}", document))  # ids of records may be given twice
            if document.published.value is None:
                undated[items[-1].id] = document.published
            waiting.write(json.dumps(_record(document)) + "\n")
        grouping = group(_with_assumed_days(items, undated))
        dates = dict(_dates_from_stories(items, undated, grouping))
        waiting.seek(0)
        for item, line in zip(items, waiting, strict=True):
            first, copied = grouping.story_of[item.id], grouping.reprint_of.get(item.id)
            story = {"story": ids[int(first)], "reprint_of": copied and ids[int(copied)]}
            yield json.loads(line) | story | dates.get(item.id, {})


def _with_assumed_days(items: Sequence[StoryItem], undated: Mapping[str, DateClaim]) -> list[StoryItem]:
    """The articles with a day for those that say it without its year, where the others leave one year."""
    days = {item.published for item in items if item.published}
    months = {name: claim.month_day for name, claim in undated.items() if claim.month_day}
    return [replace(item, published=assume_day(months[item.id], days)) if item.id in months else item for item in items]


def _dates_from_stories(
    items: Iterable[StoryItem], undated: Mapping[str, DateClaim], grouping: Grouping
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The dates that undated articles take from their stories, as fields of a record."""
    dated = defaultdict(list)
    for item in items:
        if item.published:
            dated[grouping.story_of[item.id]].append((item.id, item.published))
    for name, claim in undated.items():
        completed = complete_from_story(claim, dated[grouping.story_of[name]])
        if completed.value:
            yield name, date_of(asdict(completed))


def _story_item(name: str, document: Document) -> StoryItem:
    return StoryItem(
        name,
        document.fingerprint,
        document.language.value,
        document.published.day,
        document.title.value,
        tuple(claim.code for claim in document.countries),
    )
