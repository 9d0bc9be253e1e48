"""How long the preview of a topic's rule takes, and applying it: made-up articles, stored whole.

    python -m bench.topics [--articles 100000] [--words 250] [--database sqlite:////tmp/newsdesk_topics.sqlite3]

Stores the articles where the database does not hold so many, with the names of the first dossier scattered among the
made-up words, so that the rules of fixtures/topics.json find something. Prints for each rule, and for rules that are
hard on the index, how many articles it would add, in what time (milliseconds, nothing kept from before), and how fast
one is applied.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import connection

from bench.corpus import make_entries

if TYPE_CHECKING:
    from newsdesk.pipeline.document import Document

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
BATCH = 300
SCATTERED = [
    "Карабахе",
    "карабахский",
    "Нагорном",
    "Карабахе",
    "Лачинский",
    "коридор",
    "миротворцы",
    "миротворцев",
    "Путин",
    "Алиев",
    "встретились",
    "вывод",
    "самолёт",
    "AZAL",
    "Актау",
    "разбился",
    "газа",
    "добыча",
    "нефти",
    "мирный",
    "договор",
    "Зангезурский",
    "Нахичевань",
    "дорога",
    "юг",
    "Армении",
    "СНГ",
    "Karabakh",
    "peacekeepers",
    "withdrawal",
    "Putin",
    "Aliyev",
    "met",
    "Moscow",
    "declaration",
    "allied",
    "plane",
    "crashed",
    "Baku",
    "Kremlin",
    "talks",
]
CODES = ("AZ", "RU", "AM", "KZ", "TR", "IR")
HARD = {
    "prefixes": "ка* OR пре* OR стр*",
    "near, frequent words": '"карабах путин"~25 OR "миротворец алиев"~25 OR "baku kremlin"~25',
    "exact form": "=Карабахе -=Путин",
    "exact phrase": '="Нагорном Карабахе" OR ="Мирный договор"',
    "absence": "-карабах*",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=250)
    parser.add_argument("--database", default="sqlite:////tmp/newsdesk_topics.sqlite3")
    options = parser.parse_args()
    os.environ.update(DATABASE_URL=options.database, DEBUG="false", SECRET_KEY="x" * 50, HTTPS="false")
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdesk.settings"
    django.setup()
    build(options.articles, options.words)
    show_previews()
    show_retag()


def build(articles: int, words: int) -> None:
    from django.core.management import call_command

    from newsdesk.articles import store
    from newsdesk.articles.models import Article
    from newsdesk.search import index

    call_command("migrate", verbosity=0)
    call_command("load_fixtures", no_articles=True, verbosity=0)
    if Article.objects.count() == articles:
        return
    assert not Article.objects.exists(), "another number of articles is stored there: name another database"
    start = time.perf_counter()
    for batch in store.batches(make_documents(articles, words), BATCH):
        store.add(batch)
    print(f"stored: {articles / (time.perf_counter() - start):.0f} articles a second")
    index.optimize()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def make_documents(articles: int, words: int) -> Iterator[Document]:
    from newsdesk.pipeline.document import (
        CountryClaim,
        DateClaim,
        Document,
        Fingerprint,
        LanguageClaim,
        RawDocument,
        TitleClaim,
    )

    source = random.Random(2)
    for entry in make_entries(articles, words):
        body = entry.body.split()
        if entry.id % 5 == 0:  # a fifth of the corpus is near the dossier
            for _ in range(12):
                at = source.randrange(len(SCATTERED))
                body.insert(source.randrange(len(body)), " ".join(SCATTERED[at : at + source.randint(1, 3)]))
        text = f"{' '.join(body)} {entry.id}"
        codes = source.sample(CODES, 2)
        yield Document(
            RawDocument(text, source_path=f"bench/{entry.id}.txt"),
            title=TitleClaim(entry.title, "header"),
            language=LanguageClaim("ru", 1.0),
            published=DateClaim(entry.day.isoformat(), "day", "header", 1.0) if entry.day else DateClaim(),
            countries=(CountryClaim(codes[0], "about", 0.9), CountryClaim(codes[1], "mentioned", 0.1)),
            fingerprint=Fingerprint(digest=str(entry.id)),
        )


def show_previews() -> None:
    from newsdesk.articles.topics import preview
    from newsdesk.search import bitmaps

    rows = json.loads((FIXTURES / "topics.json").read_text("utf-8"))
    rules = {row["pk"]: row["fields"]["rule"] for row in rows} | HARD
    preview(None, "карабах")  # the first one reads the grammar
    for name, rule in rules.items():
        bitmaps.current()._answers.clear()
        start = time.perf_counter()
        found = preview(None, rule)
        span = (time.perf_counter() - start) * 1e3
        unsure = f", {found.undecided} undecided" if found.undecided else ""
        print(f"{span:8.0f} ms  {name} ({len(rule)} characters): {found.matching} match{unsure}")


def show_retag() -> None:
    from newsdesk.articles import topics
    from newsdesk.articles.models import Topic

    topic, _ = Topic.objects.get_or_create(slug="bench", defaults={"name_en": "Bench", "name_ru": "Bench", "rule": "x"})
    for what, rule in (("gained", "карабах* language:ru"), ("evidence anew", "карабах* OR karabakh"), ("lost", "zzz")):
        start = time.perf_counter()
        topics.save_rule(topic, rule)
        done = sum(step.done for step in topics.retag(topic))
        span = time.perf_counter() - start
        print(f"retag, {what}: {done} articles in {span:.1f} s, {done / span:.0f} a second")


if __name__ == "__main__":
    main()
