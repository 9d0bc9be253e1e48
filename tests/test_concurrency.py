"""Reading while another process writes: a reader never sees “database is locked”."""

import json
import os
import subprocess
import sys

import pytest

from bench.corpus import make_articles
from newsdesk.articles.store import BATCH

ARTICLES = BATCH + 20


@pytest.fixture
def run(tmp_path):
    """Starts Python on a SQLite file of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite3", "TEST_DATABASE_URL": ""}

    def start(*words):
        return subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True)

    return start


def test_readers_see_no_error_while_articles_come_in(run, tmp_path):
    first, heap, done = tmp_path / "first.jsonl", tmp_path / "heap.jsonl", tmp_path / "done"
    lines = [json.dumps({"id": str(made.id), "raw_text": made.raw_text}) for made in make_articles(ARTICLES + 1, 60)]
    first.write_text(lines[0])
    heap.write_text("\n".join(lines[1:]))
    for words in (["migrate", "-v0"], ["load_fixtures", "--no-articles"], ["ingest", str(first)]):
        run("manage.py", *words).communicate()
    reader = run("-m", "tests.reading", str(done))
    assert reader.stdout.readline() == "reading\n"

    ingest = run("manage.py", "ingest", str(heap), "--workers", "1")
    summary, _ = ingest.communicate()
    done.touch()
    answers, _ = reader.communicate()

    new = int(summary.partition(" new")[0].split()[-1])
    assert new > BATCH  # more than one transaction; of made-up articles a few are rejected
    assert json.loads(answers).keys() == {"200"}
