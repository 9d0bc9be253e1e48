"""Out of a desk and into it again: every row of every table, on the database of the tests and from one to the other."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from newsdesk.annotations.models import Annotation
from newsdesk.api.models import Token
from newsdesk.articles import editing, stories
from newsdesk.articles.models import Article
from newsdesk.reader import archive
from newsdesk.search import index
from tests.factories import make_article, make_user
from tests.postgres import DEFAULT

TOP = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Article:
    """Something of everything: claims, corrections with their history, a story, notes, accounts, a token."""
    editor = make_user("editor", "leyla")
    article = make_article("Встреча в Баку — «да».", title="Встреча", about=["AZ"], topics=["trade"], source="herald")
    make_article("Another.", published=None)
    editing.correct(article, {"title": "Переговоры", "topics": []}, editor, "the paper")
    stories.split([article.pk], editor.pk)
    note = Annotation(article=article, author=editor, body="См. выше", exact="Баку")
    note.anchor()
    note.save()
    Token.issue(editor, "a script")
    return article


def written() -> bytes:
    file = io.BytesIO()
    archive.write(file)
    return file.getvalue()


def lines(data: bytes) -> list[Any]:
    """Without the head, which has the time."""
    return [json.loads(line) for line in gzip.decompress(data).decode().splitlines()][1:]


def test_every_row_comes_back(desk: Article) -> None:
    before = written()

    archive.read(io.BytesIO(before), replace=True)

    assert lines(written()) == lines(before)
    assert Article.objects.get(pk=desk.pk).title == "Переговоры"


def test_no_table_is_forgotten(desk: Article) -> None:
    with connection.cursor() as cursor:
        stored = set(connection.introspection.table_names(cursor))
    kept = {model._meta.db_table for model in archive.tables()}

    assert {name for name in stored - kept if not name.startswith("search_")} == {
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "django_session",
    }


def test_search_and_facets_are_there_again(desk: Article) -> None:
    data = written()

    archive.read(io.BytesIO(data), replace=True)

    assert list(index.value("about", "AZ")) == [desk.pk]
    call_command("check_index")


def test_new_rows_get_numbers_of_their_own(desk: Article) -> None:
    archive.read(io.BytesIO(written()), replace=True)

    assert make_article("One more.").pk > desk.pk


def test_it_fills_an_empty_desk_only(desk: Article) -> None:
    with pytest.raises(archive.ArchiveError, match="already"):
        archive.read(io.BytesIO(written()))

    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: "Гость".encode("cp1251"), "no backup of a desk"),
        (lambda data: gzip.compress(b'{"other": 1}\n'), "no backup of a desk"),
        (lambda data: gzip.compress(b"Ministers met.\n"), "no backup of a desk"),
        (lambda data: data[:20] + bytes(20) + data[40:], "no backup of a desk"),
        (lambda data: gzip.compress(gzip.decompress(data).replace(b"\n[", b"\n{[", 1)), "line [0-9]+ cannot be read"),
        (lambda data: gzip.compress(b"\n".join(gzip.decompress(data).splitlines()[:-1])), "its end is missing"),
        (lambda data: gzip.compress(gzip.decompress(data).replace(b'"herald"', b'"nobody"', 1)), "do not fit together"),
        (lambda data: gzip.compress(_without_a_row(gzip.decompress(data))), "counts other rows"),
        (
            lambda data: gzip.compress(gzip.decompress(data).replace(b'"articles.', b'"articles.9', 1)),
            "another version",
        ),
    ],
    ids=[
        "cut off",
        "no gzip",
        "another file",
        "a text",
        "other bytes",
        "half a line",
        "no end",
        "a broken link",
        "a row lost",
        "another version",
    ],
)
def test_what_is_damaged_changes_nothing(desk: Article, damage: Any, told: str) -> None:
    before = written()

    with pytest.raises(archive.ArchiveError, match=told):
        archive.read(io.BytesIO(damage(before)), replace=True)

    assert lines(written()) == lines(before)


def _without_a_row(data: bytes) -> bytes:
    found = data.splitlines(keepends=True)
    at = next(at for at, line in enumerate(found) if line.startswith(b"["))
    return b"".join(found[:at] + found[at + 1 :])


def test_the_commands_say_what_was_done_and_what_is_wrong(desk: Article, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "desk.jsonl.gz"

    call_command("backup", str(file))
    assert "2 articles" in capsys.readouterr().out
    call_command("restore", str(file), "--replace")
    assert "2 articles" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"is there already.*--replace"):
        call_command("backup", str(file))
    call_command("backup", str(file), "--replace")
    assert "2 articles" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", str(tmp_path / "none"))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path / "none" / "desk"))

    assert [path.name for path in tmp_path.iterdir()] == ["desk.jsonl.gz"]


def test_articles_and_notes_as_fixtures(desk: Article, tmp_path: Path) -> None:
    """`dumpdata` and `loaddata`: rows as Django writes them; the index follows."""
    file = tmp_path / "fixture.json"
    call_command("dumpdata", "articles", "annotations", "people", output=str(file), verbosity=0)
    editing.remove([desk.pk])

    call_command("loaddata", str(file), verbosity=0)
    call_command("check_index", "--mend")

    assert Article.objects.get(pk=desk.pk).title == "Переговоры"
    assert list(index.value("about", "AZ")) == [desk.pk]
    assert Annotation.objects.get().exact == "Баку"


@pytest.fixture
def postgres() -> Any:
    """An empty database on the server of the tests."""
    server = os.environ.get("TEST_DATABASE_URL", DEFAULT)
    try:
        admin = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("PostgreSQL does not answer")
    name = f"newsdesk_archive_{os.getpid()}"
    admin.execute(f"CREATE DATABASE {name}")
    yield server.rpartition("/")[0] + f"/{name}"
    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


def manage(database: str, *arguments: str) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "newsdesk.settings", "SECRET_KEY": "k" * 60, "HTTPS": "false"}
    environment = {**os.environ, **own, "DATABASE_URL": database}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_from_one_database_to_the_other_and_back(desk: Article, tmp_path: Path, postgres: str) -> None:
    first, second, third = (tmp_path / f"{number}.gz" for number in (1, 2, 3))
    first.write_bytes(written())
    sqlite = f"sqlite:///{tmp_path}/desk.sqlite3"

    for database, came, went in ((sqlite, first, second), (postgres, second, third)):
        manage(database, "migrate", "--verbosity", "0")
        manage(database, "restore", str(came))
        manage(database, "backup", str(went))

    assert lines(second.read_bytes()) == lines(first.read_bytes())
    assert lines(third.read_bytes()) == lines(first.read_bytes())


def test_a_database_without_tables_says_so(monkeypatch: pytest.MonkeyPatch, desk: Article) -> None:
    data = written()
    monkeypatch.setattr(archive, "schema", list)

    with pytest.raises(archive.ArchiveError, match=r"run manage\.py migrate first"):
        archive.read(io.BytesIO(data))
