import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
SOUND = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "desk.example"}


SHOWN = "print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.DATABASES['default']['ENGINE'])"


def start(tmp_path, code=SHOWN, **environment):
    """What happens when the settings are read in a fresh process without a .env file."""
    code = f"import newsdesk.settings as s; {code}"
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path)}
    (tmp_path / "newsdesk").mkdir()
    for name in ("__init__.py", "settings.py"):
        (tmp_path / "newsdesk" / name).write_text((TOP / "newsdesk" / name).read_text("utf-8"), "utf-8")
    return subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_it_is_safe_by_default(tmp_path):
    started = start(tmp_path, **SOUND)

    assert started.stdout == "False True django.db.backends.sqlite3\n"


def test_a_missing_secret_stops_the_start_and_says_so(tmp_path):
    started = start(tmp_path)

    assert started.returncode == 1
    assert "SECRET_KEY is missing" in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "maybe"), ("HTTPS", "2"), ("HSTS_SECONDS", "long"), ("LANGUAGE_CODE", "de"), ("LOG_LEVEL", "loud")],
)
def test_a_wrong_value_stops_the_start_and_names_itself(tmp_path, name, value):
    started = start(tmp_path, **{**SOUND, name: value})

    assert started.returncode == 1
    assert name in started.stderr.splitlines()[-1]


def test_another_database_is_one_variable(tmp_path):
    started = start(tmp_path, **SOUND, DATABASE_URL="postgres://desk@localhost/desk")

    assert started.stdout.split()[-1] == "django.db.backends.postgresql"


def test_a_new_sqlite_database_lets_readers_read_and_has_large_pages(tmp_path):
    code = (
        "import sqlite3; c = sqlite3.connect('new.sqlite3'); "
        "c.executescript(s.DATABASES['default']['OPTIONS']['init_command'] + 'CREATE TABLE t (x)'); "
        "print(*(c.execute(f'PRAGMA {name}').fetchone()[0] for name in ('page_size', 'journal_mode')))"
    )

    assert start(tmp_path, code, **SOUND).stdout == "8192 wal\n"
