"""How fast articles come in, over the whole way: parsed, cleaned, labelled, stored, indexed, put into stories.

    python -m bench.ingest [--articles 30000] [--step 10000] [--words 250] [--database URL] [--workers 2] [--by-day]

Ingests made-up articles in runs of --step into an empty database, SQLite or PostgreSQL: each run from all years, as when
a heap is read in parts, or with --by-day in the order of time, as news come in. Prints for each run the articles a
second and the milliseconds of processor time an article (of all processes: this does not change with what else the
machine does), and how long stories took of it. The last line compares the last run with the first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench import corpus
from bench.fill import set_up, write_reference


class Run(NamedTuple):
    articles: int
    seconds: float
    cpu: float
    stories: float

    def __str__(self) -> str:
        return (
            f"{self.articles} articles in {self.seconds:.0f} s: {self.articles / self.seconds:.0f} a second, "
            f"{1000 * self.cpu / self.articles:.2f} ms of processor time each; stories {self.stories:.0f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=30_000)
    parser.add_argument("--step", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=250, help="mean length of a body")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", default="sqlite:////tmp/newsdesk_ingest.sqlite3")
    parser.add_argument("--by-day", action="store_true", help="the articles come in the order of time")
    options = parser.parse_args()
    set_up(options.database)
    prepare()
    runs = []
    lines = write_lines(options.articles, options.words, by_day=options.by_day)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(0, options.articles, options.step):
            file = Path(folder) / f"{number}.jsonl"
            file.write_bytes(b"".join(islice(lines, options.step)))
            runs.append(ingest(file, options.workers))
            print(runs[-1], flush=True)
    first, last = runs[0], runs[-1]
    print(
        f"last run over first: {(last.articles / last.seconds) / (first.articles / first.seconds):.2f} of the rate, "
        f"{(last.cpu / last.articles) / (first.cpu / first.articles):.2f} times the processor time"
    )
    show_size()


def prepare() -> None:
    from django.core.management import call_command

    from newsdesk.articles.models import Article

    call_command("migrate", verbosity=0)
    assert not Article.objects.exists(), "articles are stored there: name another database"
    write_reference()


def write_lines(articles: int, words: int, *, by_day: bool = False) -> Iterator[bytes]:
    """JSON Lines, as a scraper would write them. ``by_day``: those without a date are anywhere."""
    order: Iterable[corpus.Made] = corpus.make_articles(articles, words)
    if by_day:
        order = sorted(
            order, key=lambda made: made.day or corpus.FIRST_DAY + dt.timedelta(made.id * 7919 % corpus.DAYS)
        )
    for made in order:
        record = {"id": str(made.id), "raw_text": made.raw_text, "source": made.source}
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def ingest(file: Path, workers: int) -> Run:
    from newsdesk.articles import stories
    from newsdesk.articles.ingest import Ingest, read_file

    spent = 0.0
    join = stories.join

    def timed_join(ids: set[int]) -> object:
        nonlocal spent
        begun = time.perf_counter()
        done = join(ids)
        spent = time.perf_counter() - begun
        return done

    begun, cpu = time.perf_counter(), _cpu()
    stories.join = timed_join  # type: ignore[assignment]  # for the time of one run
    try:
        run = Ingest(workers=workers)
        for _ in run(read_file(file.name, file, sys.stdin.buffer)):
            pass
    finally:
        stories.join = join
    return Run(run.summary.new, time.perf_counter() - begun, _cpu() - cpu, spent)


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def show_size() -> None:
    from bench.site import size_of_database

    size = size_of_database()
    print(f"database: {size['database'] / 1e6:.0f} MB, {size['database'] / size['text']:.2f} times the text")


if __name__ == "__main__":
    main()
