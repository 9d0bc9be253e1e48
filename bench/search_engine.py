"""How fast the index alone is: synthetic articles in, then the questions of a page, without HTTP and templates.

    python -m bench.search_engine [--articles 100000] [--words 400] [--database sqlite:////tmp/engine.sqlite3]

Builds the index where the database holds none of that size, and prints the median and the best time of each
question, in milliseconds. "cold" means that the answer was not kept from a question before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection, transaction

from bench.corpus import COUNTRIES, FOREMOST, SOURCES, TOPICS, make_entries, make_words, topic_name

if TYPE_CHECKING:
    from newsdesk.query.tree import Query
    from newsdesk.search.index import Entry

BATCH, MANY = 300, 20_000
VALUES = {"country": COUNTRIES, "topic": TOPICS, "source": SOURCES, "language": 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--words", type=int, default=400, help="mean length of a body; 0 for facets alone, many a batch"
    )
    parser.add_argument("--database", default="sqlite:////tmp/newsdesk_engine.sqlite3")
    parser.add_argument("--repeat", type=int, default=15)
    options = parser.parse_args()
    set_up(options.database)
    build(options.articles, options.words)
    ask(options.repeat)


def set_up(database: str) -> None:
    os.environ.update(DATABASE_URL=database, DEBUG="true")
    from newsdesk import settings as site

    settings.configure(INSTALLED_APPS=["newsdesk.search"], DATABASES=site.DATABASES, USE_TZ=True)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def build(articles: int, words: int) -> None:
    from newsdesk.search import index
    from newsdesk.search.models import Filing

    if Filing.objects.count() == articles:
        return
    index.remove(list(Filing.objects.values_list("article", flat=True)))
    text_bytes, spans = 0, []
    batch: list[index.Entry] = []
    for entry in make_entries(articles, words):
        batch.append(entry)
        text_bytes += len(entry.title.encode()) + len(entry.body.encode())
        if len(batch) == (BATCH if words else MANY) or entry.id == articles:
            start = time.perf_counter()
            put(batch, texts=bool(words))
            spans.append((time.perf_counter() - start) / len(batch))
            batch = []
    tenth = max(1, len(spans) // 10)
    print(
        f"put: {1 / statistics.mean(spans):.0f} articles a second; "
        f"first tenth {1 / statistics.mean(spans[:tenth]):.0f}, last {1 / statistics.mean(spans[-tenth:]):.0f}"
    )
    start = time.perf_counter()
    index.optimize()
    print(f"optimize: {time.perf_counter() - start:.1f} s")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = Path(connection.settings_dict["NAME"]).stat().st_size
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    print(f"text: {text_bytes / 1e6:.0f} MB; index: {size / 1e6:.0f} MB")


def put(batch: list[Entry], *, texts: bool) -> None:
    from newsdesk.search import bitmaps, index

    if texts:
        index.put(batch)
    else:
        with transaction.atomic():
            bitmaps.file({entry.id: entry.place for entry in batch})
            bitmaps.revise()


def ask(repeat: int) -> None:
    from newsdesk.language.tokens import find_stems
    from newsdesk.query.tree import And, Exact, Near, Node, Phrase, Prefix, Query, Word
    from newsdesk.search import bitmaps, index

    vocabulary = make_words("ru")
    frequent, second, middle, rare = (find_stems(vocabulary[rank])[0] for rank in (0, 1, 300, 1900))
    exact = Exact((vocabulary[300],), ((middle,),))
    queries: dict[str, Node] = {
        "frequent word": Word(frequent),
        "middling word": Word(middle),
        "rare word": Word(rare),
        "two frequent words": And((Word(frequent), Word(second))),
        "frequent and middling": And((Word(frequent), Word(middle))),
        "phrase of frequent words": Phrase((frequent, second)),
        "near": Near((frequent, middle), 5),
        "prefix": Prefix(vocabulary[300][:3], ()),
        "exact form": exact,
        "word of the title": Word(frequent, "title"),
    }
    everything = index.everything()
    print(f"{len(everything)} articles, {sum(map(len, bitmaps.current().facets.values()))} values")
    first, last = dt.date(2021, 3, 10), dt.date(2023, 9, 20)
    country, topic = index.value("country", FOREMOST[1]), index.value("topic", topic_name(1))

    def forget() -> None:
        bitmaps.current()._answers.clear()

    def reload() -> None:
        bitmaps._shared = bitmaps.Snapshot(0, ())
        bitmaps.current()

    def list_page() -> None:
        request_started.send(None)
        within = index.value("country", FOREMOST[1]) & index.between(first, last)
        for facet in (*VALUES, "about"):
            index.counts(facet, within)
        index.months(within)
        index.page(within, offset=0, size=25)
        request_finished.send(None)

    def search_page(query: Query) -> None:
        request_started.send(None)
        within = index.search(query) & index.value("country", FOREMOST[1])
        for facet in (*VALUES, "about"):
            index.counts(facet, within)
        index.months(within)
        index.page(within, offset=0, size=25)
        request_finished.send(None)

    show("all bitmaps read anew", reload, repeat)
    show("is the copy up to date", lambda: index.undated(country), repeat)
    for facet in VALUES:
        show(
            f"counts of {VALUES[facet]} values ({facet}), everything",
            partial(index.counts, facet, everything),
            repeat,
        )
    show("counts of 220 values (country), under a filter", lambda: index.counts("country", country & topic), repeat)
    show("histogram by month, everything", lambda: index.months(everything), repeat)
    show("dates from a day to a day, cold", lambda: index.between(first, last), repeat, forget)
    show("first page of everything", lambda: index.page(everything, offset=0, size=25), repeat)
    show("page in the middle", lambda: index.page(everything, offset=len(everything) // 2, size=25), repeat)
    show("last page", lambda: index.page(everything, offset=len(everything) - 25, size=25), repeat)
    show("first page of country and topic", lambda: index.page(country & topic, offset=0, size=25), repeat)
    show("stories folded: everything, cold", lambda: index.fold(everything), repeat, forget)
    show("stories folded: everything", lambda: index.fold(everything), repeat)
    show("stories folded: country and topic", lambda: index.fold(country & topic), repeat)
    for name, node in queries.items():
        query = Query("", node)
        found = index.search(query)
        show(f"search: {name} ({len(found)} hits), cold", partial(index.search, query), repeat, forget)
    for name in ("frequent word", "middling word", "frequent and middling"):
        query = Query("", queries[name])
        show(
            f"first page by rank: {name}",
            partial(index.page_by_rank, query, everything, offset=0, size=25),
            max(3, repeat // 5),
        )
        show(
            f"first page by rank: {name}, one country",
            partial(index.page_by_rank, query, country, offset=0, size=25),
            max(3, repeat // 5),
        )
    show("LIST: country, dates, 5 facets, histogram, page; cold", list_page, repeat, forget)
    show("LIST, warm", list_page, repeat)
    middling = Query("", queries["middling word"])
    show("SEARCH: word, country, 5 facets, histogram, page; cold", lambda: search_page(middling), repeat, forget)
    show("SEARCH, warm", lambda: search_page(middling), repeat)


def show(name: str, question: Callable[[], object], repeat: int, before: Callable[[], None] | None = None) -> None:
    spans = []
    for _ in range(repeat + 1):
        if before:
            before()
        start = time.perf_counter()
        question()
        spans.append(time.perf_counter() - start)
    print(f"{statistics.median(spans[1:]) * 1e3:9.2f} {min(spans[1:]) * 1e3:9.2f}  {name}")


if __name__ == "__main__":
    main()
