"""Fills a database of Newsdesk with the made-up articles of `bench.corpus`, all its tables and both parts of the index.

    python -m bench.fill [--articles 100000] [--words 250] [--database sqlite:////tmp/newsdesk_100000.sqlite3]

The rows are what `store.add` would write, made from what is known of each article instead of by the pipeline, many at
once, and the bitmaps at the end: about four times as fast as an ingest. `tests/bench` holds that the index agrees.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import django
import numpy as np

from bench import corpus
from newsdesk.pipeline.document import (
    CountryClaim,
    DateClaim,
    Document,
    Evidence,
    LanguageClaim,
    RawDocument,
    TitleClaim,
    TopicClaim,
)
from newsdesk.pipeline.record import claims_of

if TYPE_CHECKING:
    from django.db.models import Model

    from bench.corpus import Made
    from newsdesk.articles.models import Article
    from newsdesk.search.words import Prepared, Row

BATCH = 2000  # bitmaps in one statement
AHEAD = 4  # chunks that are being made while one is written
HASHSIZE = {"loading": 64 << 20, "usual": 16 << 20}  # bytes: postings that FTS5 holds before it writes a segment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=250, help="mean length of a body")
    parser.add_argument("--database", default="", help="default: SQLite under /tmp, named after the number of articles")
    options = parser.parse_args()
    set_up(options.database or f"sqlite:////tmp/newsdesk_{options.articles}.sqlite3")
    fill(options.articles, options.words)


def set_up(database: str) -> None:
    """Django as the site has it, on this database."""
    os.environ.update(
        DATABASE_URL=database, DEBUG="false", SECRET_KEY="x" * 50, HTTPS="false", ANONYMOUS_READING="true"
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdesk.settings"
    django.setup()


def fill(articles: int, words: int) -> None:
    """Nothing is done where so many are there already."""
    from django.core.management import call_command

    from newsdesk.articles.models import Article

    call_command("migrate", verbosity=0)
    there = Article.objects.count()
    if there == articles:
        return
    assert not there, f"{there} articles are stored there: name another database"
    begun = time.perf_counter()
    write_reference()
    with _loading():
        keys = _write_articles(articles, words)
    _write_bitmaps(keys)
    _settle()
    seconds = time.perf_counter() - begun
    print(f"filled: {articles} articles in {seconds:.0f} s, {articles / seconds:.0f} a second", flush=True)


def write_reference() -> None:
    from newsdesk.articles.models import Country, Source, Topic

    Country.objects.bulk_create(
        Country(code=row["pk"], **{name: row["fields"][name] for name in ("kind", "name_en", "name_ru", "names")})
        for row in corpus.country_rows()
    )
    Topic.objects.bulk_create(
        Topic(
            slug=corpus.topic_name(number),
            name_en=f"Topic {number}",
            name_ru=f"Тема {number}",
            rule=" OR ".join(corpus.topic_words(number)),
        )
        for number in range(corpus.TOPICS)
    )
    Source.objects.bulk_create(
        Source(slug=corpus.source_name(number), name=f"Outlet {number}") for number in range(corpus.SOURCES)
    )


def _write_articles(articles: int, words: int) -> dict[tuple[str, str], list[int]]:
    """Made by several processes, written by this one. Gives what the bitmaps are to hold."""
    from django.db import connection, transaction

    from newsdesk.search import fulltext

    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    connection.close()
    with ProcessPoolExecutor(initializer=django.setup) as executor:
        for chunk in map_in_order(executor, partial(_make_rows, words=words), corpus.chunks(articles)):
            with transaction.atomic(), connection.cursor() as cursor:
                for statement, rows in chunk.rows.items():
                    cursor.executemany(statement, rows)
                fulltext.engine().write(chunk.words)
            for key, ids in chunk.keys.items():
                keys[key] += ids
    return keys


def map_in_order(executor: Executor, work: Callable[[range], Chunk], given: Iterable[range]) -> Iterator[Chunk]:
    """Like ``executor.map``, a few at a time: what is ready does not pile up."""
    waiting: deque[Future[Chunk]] = deque()
    for one in given:
        waiting.append(executor.submit(work, one))
        if len(waiting) > AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows by the statement that inserts them, rows of the full text, and ids by key of the bitmaps."""

    rows: dict[str, list[tuple[Any, ...]]]
    words: dict[int, Row]
    keys: dict[tuple[str, str], list[int]]


def _make_rows(ids: range, words: int) -> Chunk:
    from newsdesk.search import fulltext

    made = list(corpus.make_chunk(ids, words))
    engine = fulltext.engine()
    prepared = {one.id: engine.prepare(one.title, one.body) for one in made}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in _rows(made, prepared):
        statement, values = _insertion(row)
        rows.setdefault(statement, []).append(values)
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in made:
        for key in one.entry.place.keys:
            keys[key].append(one.id)
    return Chunk(rows, {article: one.row for article, one in prepared.items()}, dict(keys))


def _insertion(row: Model) -> tuple[str, tuple[Any, ...]]:
    from django.db import connection

    fields = [field for field in row._meta.concrete_fields if not (field.primary_key and row.pk is None)]
    columns = ", ".join(str(field.column) for field in fields)
    statement = f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  (our own tables)
    values = (field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
    return statement, tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)


def _rows(made: list[Made], prepared: dict[int, Prepared]) -> Iterator[Model]:
    """Those that others point to come first."""
    from newsdesk.articles.models import ArticleCountry, ArticleText, ArticleTopic, Claims, Story
    from newsdesk.search.models import Filing, Words

    rng = np.random.default_rng(made[0].id)
    yield from (Story(pk=one.story, size=one.of, first=one.day, last=one.day) for one in made if one.story == one.id)
    yield from map(_article, made)
    for one in made:
        cuts = [[start, end, reason, 0.9, "bench"] for start, end, reason in _cuts(one)]
        yield ArticleText(article_id=one.id, raw_text=one.raw_text, cuts=cuts)
        yield Claims(article_id=one.id, claims=_claims(one), fingerprint=_fingerprint(one, rng))
        for at, code in enumerate(one.countries):
            yield ArticleCountry(article_id=one.id, country_id=code, role="mentioned" if at else "about")
        for slug in one.topics:
            yield ArticleTopic(article_id=one.id, topic_id=slug)
        place = one.entry.place
        yield Filing(article=one.id, moment=place.moment, facets=place.facets)
        yield Words(article=one.id, digest=prepared[one.id].digest, words=prepared[one.id].packed)


def _article(made: Made) -> Article:
    from django.utils import timezone

    from newsdesk.articles import store
    from newsdesk.articles.models import Article

    return Article(
        pk=made.id,
        digest=store.digest_of(made.raw_text),
        source_id=made.source,
        source_path=f"bench/{made.id}.txt",
        url=f"https://{made.source}.example/{made.id}",
        collected=timezone.now(),
        title=made.title,
        summary=store.summarise(made.body),
        language=made.language,
        published=made.day,
        published_value=made.day.isoformat() if made.day else "",
        published_precision="day" if made.day else "",
        published_provenance="header" if made.day else "none",
        published_confidence=0.95 if made.day else 0.0,
        words=len(made.body.split()),
        story_id=made.story,
        processed=timezone.now(),
    )


def _cuts(made: Made) -> Iterator[tuple[int, int, str]]:
    start = made.raw_text.index(made.body)
    yield 0, start, "title"
    yield start + len(made.body), len(made.raw_text), "navigation"


def _claims(made: Made) -> dict[str, Any]:
    document = Document(
        RawDocument(made.raw_text),
        title=TitleClaim(made.title, "header"),
        language=LanguageClaim(made.language, 0.99),
        published=DateClaim(made.day.isoformat(), "day", "header", 0.95) if made.day else DateClaim(),
        countries=tuple(
            CountryClaim(code, "mentioned" if at else "about", 0.5, _evidence(made, code))
            for at, code in enumerate(made.countries)
        ),
        topics=tuple(TopicClaim(slug, _evidence(made, slug)) for slug in made.topics),
    )
    return {**claims_of(document), "reprint_of": made.reprint_of}


def _evidence(made: Made, key: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(*place) for place in made.spoken.get(key, ()))


def _fingerprint(made: Made, rng: np.random.Generator) -> dict[str, Any]:
    """As large as a true one, and the same as no other."""
    from newsdesk.language.names import to_latin

    return {
        "digest": str(made.id),
        "minhash": rng.integers(1 << 32, size=64).tolist(),
        "terms": [[to_latin(word[:8].lower()), 1] for word in made.body.split()[:48]],
        "names": [to_latin(word.lower()) for word in made.body.split()[48:56]],
        "numbers": [],
        "dates": [],
        "quotes": [],
    }


def _write_bitmaps(keys: dict[tuple[str, str], list[int]]) -> None:
    from django.db import transaction
    from pyroaring import BitMap

    from newsdesk.articles import store
    from newsdesk.search import bitmaps

    with transaction.atomic():
        for some in store.batches(keys, BATCH):
            bitmaps.write_bitmaps({key: BitMap(keys[key]) for key in some})
        bitmaps.revise()


@contextmanager
def _loading() -> Iterator[None]:
    """The full text as it is written fastest: SQLite holds more of it before it writes, PostgreSQL indexes it at the end."""
    from django.db import connection

    if connection.vendor == "sqlite":
        _set_hashsize(HASHSIZE["loading"])
        yield
        _set_hashsize(HASHSIZE["usual"])
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_vectors' AND indexdef LIKE '%USING gin%'"
        )
        indexes = dict(cursor.fetchall())
        cursor.execute(f"DROP INDEX {', '.join(indexes)}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for definition in indexes.values():
            cursor.execute(definition)


def _set_hashsize(size: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        for table in ("search_stems", "search_forms"):
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', %s)", [size])  # noqa: S608  (the name of our own table)


def _settle() -> None:
    """As the database is some time after an ingest: merged, counted, and new rows get free numbers."""
    from django.core.management.color import no_style
    from django.db import connection

    from newsdesk.articles.models import Article, Story
    from newsdesk.search import index

    index.optimize()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Article, Story]):
            cursor.execute(statement)
        # VACUUM, as PostgreSQL does by itself after so many rows: an index is read alone only where that was done
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main()
