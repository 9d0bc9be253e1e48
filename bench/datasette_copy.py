"""The same articles as Datasette takes them: one table of plain SQLite with its full text, the many-valued columns as
JSON arrays, which it counts as facets by itself, and an index on each column that it filters or counts by.
"""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import venv
from contextlib import closing
from pathlib import Path

from django.db import connection

from newsdesk.articles.fields import unpack_text

HOME = Path(tempfile.gettempdir()) / "newsdesk_bench_datasette"
FACETS = ("country", "about", "topic", "language", "source")
ARRAYS = ("country", "topic")
LIMITS = {"sql_time_limit_ms": 120_000, "facet_time_limit_ms": 120_000}
COPY = """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY, title TEXT, body TEXT, published TEXT, language TEXT, source TEXT,
        about TEXT, country TEXT, topic TEXT
    );
    INSERT INTO articles
        SELECT a.id, a.title, unpack_text(t.raw_text), a.published, a.language, a.source_id,
            (SELECT country_id FROM site.articles_articlecountry WHERE article_id = a.id AND role = 'about'),
            (SELECT json_group_array(country_id) FROM site.articles_articlecountry WHERE article_id = a.id),
            (SELECT json_group_array(topic_id) FROM site.articles_articletopic WHERE article_id = a.id)
        FROM site.articles_article a JOIN site.articles_articletext t ON t.article_id = a.id ORDER BY a.id;
    CREATE INDEX articles_published ON articles (published);
    CREATE INDEX articles_language ON articles (language);
    CREATE INDEX articles_source ON articles (source);
    CREATE INDEX articles_about ON articles (about);
    CREATE VIRTUAL TABLE articles_fts USING fts5(title, body, content = 'articles', content_rowid = 'id');
    INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
    ANALYZE;
"""


def program() -> Path:
    """Datasette from PyPI, in an environment of its own, which is made where there is none."""
    found = HOME / "bin" / "datasette"
    if not found.exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([HOME / "bin" / "pip", "install", "--quiet", "datasette"], check=True)  # noqa: S603  (fixed words)
    return found


def place() -> Path:
    original = Path(connection.settings_dict["NAME"])
    return original.with_name(f"{original.stem}_datasette.db")


def copy() -> Path:
    """The rows of the connected SQLite database of Newsdesk, beside it."""
    original, target = Path(connection.settings_dict["NAME"]), place()
    if not target.exists():
        partial = target.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as database:
            database.create_function("unpack_text", 1, unpack_text, deterministic=True)
            database.execute("ATTACH ? AS site", [str(original)])
            database.executescript(COPY)
        partial.rename(target)
    return target


def command(database: Path, port: int) -> list[str]:
    settings = [word for name, value in LIMITS.items() for word in ("--setting", name, str(value))]
    return [str(program()), "serve", str(database), "--port", str(port), *settings]


def arrays_as_facets(names: tuple[str, ...] = FACETS) -> list[tuple[str, str]]:
    return [("_facet_array" if name in ARRAYS else "_facet", name) for name in names]
