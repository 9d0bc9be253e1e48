"""How fast the site answers over HTTP, beside Datasette, a bare Django view and the engine alone, in one run.

    python -m bench.site [--articles 100000] [--words 250] [--rounds 30] [--database URL] [--alone] [--json FILE]

Builds the databases where they are not there yet (bench/fill.py, bench/datasette_copy.py: Datasette comes from PyPI
into an environment of its own under the temporary folder), starts all servers, and asks each the same questions in
turn over connections that are kept, so that whatever else the machine does hits all alike. Prints medians and 95th
percentiles in milliseconds, the processor time of a page, and the ratios; then what a page weighs, asks the database
for, and takes of memory. Datasette is left out on PostgreSQL, and with --alone: at a million
articles its page with all facets takes minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import brotli

from bench import corpus, datasette_copy
from bench.fill import fill, set_up
from bench.servers import Answer, Client, Server, free_port, gunicorn, serving

COUNTRY = "AZ"
DATES = ("2021-03-10", "2023-09-20")
WORD = 300  # the rank of the word that is searched for: a middling one
BURST = 20  # requests over which processor time is measured, in hundredths of a second
ENOUGH = 15.0  # seconds that a slow contestant may take for one question; it is asked fewer times then
SHARE = 0.95


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=250, help="mean length of a body")
    parser.add_argument("--rounds", type=int, default=30, help="times that each question is asked of each")
    parser.add_argument("--database", default="", help="default: SQLite under /tmp, named after the number of articles")
    parser.add_argument("--alone", action="store_true", help="without Datasette")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    set_up(options.database or f"sqlite:////tmp/newsdesk_{options.articles}.sqlite3")
    fill(options.articles, options.words)
    figures = measure(options.articles, options.rounds, alone=options.alone)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


def questions() -> dict[str, list[tuple[str, str]]]:
    """As the site takes them. An article is asked for by its address."""
    dates = [("published_after", DATES[0]), ("published_before", DATES[1])]
    word = corpus.make_words("ru")[WORD]
    return {
        "front, all facets": [],
        "country, dates, all facets": [("country", COUNTRY), *dates],
        "search, country, all facets": [("q", word), ("country", COUNTRY)],
        "front, Datasette without facets": [],
        "one article": [],
    }


def measure(articles: int, rounds: int, *, alone: bool = False) -> dict[str, Any]:
    from django.db import connection

    beside = connection.vendor == "sqlite" and not alone
    machine = f"{platform.machine()}, {_processor()}; Python {platform.python_version()}; {connection.vendor}"
    print(f"{articles} articles; {machine}")
    with ExitStack() as stack:
        servers = {
            "site": stack.enter_context(_serve(lambda port: gunicorn("newsdesk.wsgi", port))),
            "bare view": stack.enter_context(_serve(lambda port: gunicorn("bench.bare.wsgi", port))),
        }
        if beside:
            copied = datasette_copy.copy()
            servers["Datasette"] = stack.enter_context(_serve(lambda port: datasette_copy.command(copied, port)))
        site = servers["site"].port
        clients = {
            "site, logged in": Client(site, {"Cookie": log_in()}),
            "site, anonymous": Client(site),
            "bare view": Client(servers["bare view"].port),
        }
        if beside:
            clients["Datasette"] = Client(servers["Datasette"].port)
        found = {
            name: _ask(name, parameters, clients, servers, rounds, articles) for name, parameters in questions().items()
        }
        _print(found)
        weight = _weigh(clients["site, logged in"])
        memory = servers["site"].pss
    size = size_of_database()
    queries = _count_queries(articles)
    print(f"list page: {weight}")
    print(f"SQL queries: {queries}")
    print(f"memory of the site's two workers and master (PSS): {memory:.0f} MB")
    print(f"database: {size['database'] / 1e6:.0f} MB, {size['database'] / size['text']:.2f} times the text")
    return {
        "articles": articles,
        "machine": machine,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "milliseconds": found,
        "page": weight,
        "queries": queries,
        "pss": memory,
        **size,
    }


def _serve(command: Callable[[int], list[str]]) -> Any:
    port = free_port()
    return serving(command(port), port)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else "processor not known"


def log_in() -> str:
    """The cookie of a reader's session."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client as Browser

    browser = Browser()
    browser.force_login(User.objects.get_or_create(username="reader")[0])
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def _url(contestant: str, question: str, parameters: list[tuple[str, str]], turn: int, articles: int) -> str:
    number = 1 + turn * 7919 % articles
    if contestant != "Datasette":
        return f"/articles/{number}/" if question == "one article" else f"/articles/?{urlencode(parameters)}"
    name = datasette_copy.place().stem
    if question == "one article":
        return f"/{name}/articles/{number}"
    facets = [] if "without" in question else datasette_copy.arrays_as_facets()
    given = dict(parameters)
    asked = [("_size", "25"), ("_sort_desc", "published"), *facets]
    if "q" in given:
        asked.append(("_search", given["q"]))
    if "country" in given:
        asked.append(("country__arraycontains", given["country"]))
    if "published_after" in given:
        asked += [("published__gte", given["published_after"]), ("published__lte", given["published_before"])]
    return f"/{name}/articles?{urlencode(asked)}"


def _ask(
    question: str,
    parameters: list[tuple[str, str]],
    clients: dict[str, Client],
    servers: dict[str, Server],
    rounds: int,
    articles: int,
) -> dict[str, dict[str, float]]:
    spans: dict[str, list[float]] = {name: [] for name in clients}
    for turn in range(-2, rounds):  # the first two are not counted
        for name, client in clients.items():
            if sum(spans[name]) > ENOUGH:
                continue
            answer = client.get(_url(name, question, parameters, turn % articles, articles))
            assert answer.status == 200, (name, question, answer.status, answer.body[:300])
            if turn >= 0:
                spans[name].append(answer.seconds)
    found = {name: _summary(some) for name, some in spans.items()}
    for name, client in clients.items():
        server = servers[name.partition(",")[0]]
        requests = min(BURST, max(1, int(ENOUGH / statistics.median(spans[name]))))
        before = server.cpu
        for turn in range(requests):
            client.get(_url(name, question, parameters, turn % articles, articles))
        found[name]["cpu"] = 1000 * (server.cpu - before) / requests
    if question != "one article":
        found["engine"] = _summary(_time_engine(parameters, rounds))
    return found


def _summary(spans: list[float]) -> dict[str, float]:
    ordered = sorted(spans)
    return {
        "median": 1000 * statistics.median(ordered),
        "p95": 1000 * ordered[min(len(ordered) - 1, int(SHARE * len(ordered)))],
    }


def _time_engine(parameters: list[tuple[str, str]], rounds: int) -> list[float]:
    """What the page asks the index, in this process."""
    from django.core.signals import request_finished, request_started
    from django.http import QueryDict

    from newsdesk.reader.filters import ArticleFilter, FacetFilter
    from newsdesk.search import index

    spans = []
    for _ in range(rounds + 1):
        request_started.send(None)
        articles = ArticleFilter(QueryDict(urlencode(parameters)))
        articles.sets  # noqa: B018  (reads the address, which is no work of the engine; searches, which is)
        begun = time.perf_counter()
        for name, filter_ in articles.filters.items():
            if isinstance(filter_, FacetFilter) and filter_.counted:
                index.counts(name, articles.ids_without(name))
        index.months(articles.ids_without("published_after", "published_before", "dated"))
        index.page(articles.ids, offset=0, size=25)
        spans.append(time.perf_counter() - begun)
        request_finished.send(None)
    return spans[1:]


def _print(found: dict[str, dict[str, dict[str, float]]]) -> None:
    print(f"{'':34}{'':18}{'median':>9}{'p95':>9}{'CPU':>9}{'x site':>9}{'CPU x bare':>12}")
    for question, by_name in found.items():
        site, bare = by_name["site, logged in"], by_name["bare view"]
        for name, figures in by_name.items():
            cpu = f"{figures['cpu']:9.1f}" if "cpu" in figures else f"{'':9}"
            over = f"{figures['cpu'] / bare['cpu']:12.1f}" if "cpu" in figures and bare["cpu"] else ""
            ratio = figures["median"] / site["median"]
            print(f"{question:34}{name:18}{figures['median']:9.1f}{figures['p95']:9.1f}{cpu}{ratio:9.2f}{over}")


class _Page(HTMLParser):
    """Elements, and the addresses of what a browser fetches with the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements = 0
        self.assets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements += 1
        if tag == "script" and given.get("src"):
            self.assets.append(given["src"] or "")
        if tag == "link" and given.get("rel") in ("stylesheet", "icon"):
            self.assets.append(given.get("href") or "")
        if tag == "img" and given.get("src"):
            self.assets.append(given["src"] or "")


def _weigh(client: Client) -> dict[str, float]:
    """Bytes over the wire of the list page and all that belongs to it, for a browser that takes Brotli, as all do over
    HTTPS, and for one that takes gzip alone."""
    html = _text(client.get("/articles/"))
    page = _Page(html)
    assets = list(dict.fromkeys(urlsplit(url).path for url in page.assets))
    weights: dict[str, float] = {"requests": 1 + len(assets), "elements": page.elements, "HTML": len(html.encode())}
    for encoding in ("br", "gzip"):
        accepted = {"Accept-Encoding": "gzip, br" if encoding == "br" else "gzip"}
        weights[f"page {encoding}"] = len(client.get("/articles/", **accepted).body)
        weights[f"all {encoding}"] = weights[f"page {encoding}"] + sum(
            len(client.get(url, **accepted).body) for url in assets
        )
    return weights


def _text(answer: Answer) -> str:
    packed = answer.headers.get("Content-Encoding") == "br"
    return (brotli.decompress(answer.body) if packed else answer.body).decode()


def _count_queries(articles: int) -> dict[str, int]:
    """Of each page, for a reader who is logged in."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    browser = Browser(HTTP_HOST="127.0.0.1")
    browser.force_login(User.objects.get(username="reader"))
    counted = {}
    for question, parameters in questions().items():
        url = _url("site", question, parameters, 0, articles)
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        counted[question] = len(queries)
    return counted


def size_of_database() -> dict[str, int]:
    """Bytes of the raw texts, in UTF-8, and of the database with all that is in it."""
    from django.db import connection

    from newsdesk.articles.models import ArticleText

    texts = ArticleText.objects.order_by("pk").values_list("raw_text", flat=True).iterator(chunk_size=1000)
    text = sum(len(one.encode()) for one in texts)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return {"text": text, "database": Path(connection.settings_dict["NAME"]).stat().st_size}
        cursor.execute("SELECT pg_database_size(current_database())")
        return {"text": text, "database": cursor.fetchone()[0]}


if __name__ == "__main__":
    main()
