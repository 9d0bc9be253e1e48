"""What readers notice of an ingest: their waiting times over HTTP, idle and while articles come in.

    python -m bench.readers [--articles 100000] [--incoming 10000] [--readers 2] [--database FILE]

Works on a copy of the SQLite database that `bench.site` builds, or on the PostgreSQL database of --database (to which
the articles are added). Readers, logged in and one after another, ask for the front page, a filtered list, a search and
articles, with a second's thought in between; first alone, then while `manage.py ingest` runs. Prints medians and 95th
percentiles, their ratio, and how many requests failed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from bench import corpus
from bench.fill import fill, set_up
from bench.ingest import write_lines
from bench.servers import Client, free_port, gunicorn, serving
from bench.site import COUNTRY, log_in

IDLE = 30.0  # seconds
THOUGHT = 1.0  # seconds between the pages of a reader, on average


@dataclass(slots=True)
class Seen:
    spans: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return sorted(self.spans)[int(0.95 * len(self.spans))]

    def __str__(self) -> str:
        return (
            f"{len(self.spans)} pages, median {1000 * statistics.median(self.spans):.0f} ms, "
            f"p95 {1000 * self.p95:.0f} ms, {len(self.failed)} failed {self.failed[:3] or ''}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=250, help="mean length of a body")
    parser.add_argument("--incoming", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--database", default="", help="default: SQLite under /tmp, named after the number of articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(options.database or _copy(options.articles, Path(folder)))
        fill(options.articles, options.words)
        file = Path(folder) / "incoming.jsonl"
        every = write_lines(options.articles + options.incoming, options.words)
        file.write_bytes(b"".join(islice(every, options.articles, None)))
        measure(file, options.readers, options.articles)


def _copy(articles: int, folder: Path) -> str:
    built = Path(f"/tmp/newsdesk_{articles}.sqlite3")  # noqa: S108  (where bench.site builds it)
    copy = folder / "copy.sqlite3"
    if built.exists():
        shutil.copyfile(built, copy)
    return f"sqlite:///{copy}"


def measure(file: Path, readers: int, articles: int) -> None:
    port = free_port()
    with serving(gunicorn("newsdesk.wsgi", port), port):
        cookie = log_in()
        _read(port, cookie, 1, articles, _after(3))
        idle = _read(port, cookie, readers, articles, _after(IDLE))
        print(f"idle: {idle}", flush=True)
        begun = time.perf_counter()
        ingest = subprocess.Popen(  # noqa: S603  (fixed words)
            [sys.executable, "manage.py", "ingest", str(file)], stdout=subprocess.DEVNULL, env=os.environ
        )
        busy = _read(port, cookie, readers, articles, lambda: ingest.poll() is not None)
        print(f"while articles came in, for {time.perf_counter() - begun:.0f} s: {busy}")
        print(f"p95 is {busy.p95 / idle.p95:.1f} times what it is idle; the ingest's exit status was {ingest.wait()}")


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _read(port: int, cookie: str, readers: int, articles: int, over: Callable[[], bool]) -> Seen:
    seen = Seen()
    threads = [
        threading.Thread(target=_be_reader, args=(Client(port, {"Cookie": cookie}), articles, number, over, seen))
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _be_reader(client: Client, articles: int, number: int, over: Callable[[], bool], seen: Seen) -> None:
    chance = random.Random(number)
    words = corpus.make_words("ru", 1000)
    while not over():
        time.sleep(chance.expovariate(1 / THOUGHT))
        url = chance.choice(
            (
                "/articles/",
                f"/articles/?{urlencode({'country': COUNTRY, 'published_after': 2018 + chance.randrange(8)})}",
                f"/articles/?{urlencode({'q': chance.choice(words)})}",
                f"/articles/{chance.randint(1, articles)}/",
            )
        )
        try:
            answer = client.get(url)
        except OSError as error:
            seen.failed.append(f"{url}: {error}")
            continue
        if answer.status == 200:
            seen.spans.append(answer.seconds)
        else:
            seen.failed.append(f"{url}: {answer.status}")


if __name__ == "__main__":
    main()
