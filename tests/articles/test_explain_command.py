import json
import os

import pytest
from django.core.management import CommandError, call_command

from newsdesk.articles.profiles import Change, decide
from tests.articles.test_process_command import BRIDGE, FERRY, run_command
from tests.factories import make_country, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def explain(capsys):
    """Exit status, what was printed, what was complained of."""

    def explain(*paths, **options):
        status = 0
        try:
            call_command("explain", *map(str, paths), **{"no_color": True, **options})
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return explain


@pytest.fixture
def ferry(tmp_path):
    file = tmp_path / "ferry.txt"
    file.write_text(f"Menu\n2024-03-07 10:15\n{FERRY}\n\nПодробнее на сайте\n", "utf-8")
    return file


def test_a_file_is_explained_and_nothing_is_stored(explain, ferry, django_assert_num_queries):
    with django_assert_num_queries(5):
        status, out, err = explain(ferry)

    assert (status, err) == (0, "")
    assert "2024-03-07T10:15 (to the minute, header" in out
    assert "date line 9" in out
    assert "\x1b" not in out


def test_colour_where_it_is_asked_for(explain, ferry):
    assert "\x1b[90m2024-03-07 10:15\x1b[0m" in explain(ferry, no_color=False, force_color=True)[1]


def test_every_format_that_ingest_reads(explain, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(f"<html><body><article><h1>A ferry</h1><p>{FERRY}</p></article></body></html>".encode())
    lines = tmp_path / "many.jsonl"
    lines.write_text(
        "".join(json.dumps({"id": at, "raw_text": text}) + "\n" for at, text in (("a", FERRY), ("b", BRIDGE))), "utf-8"
    )
    koi = tmp_path / "koi.txt"
    koi.write_bytes(("Паром снова идёт из Дербента в Баку, сообщил порт в четверг. " * 6).encode("koi8-r"))

    status, out, _ = explain(tmp_path)

    assert status == 0
    assert [word in out for word in ("many.jsonl#a", "many.jsonl#b", "page.html", "koi8-r")] == [True] * 4


def test_json_has_all_claims_and_cuts(explain, ferry):
    _, out, _ = explain(ferry, json=True)

    (found,) = [json.loads(line) for line in out.splitlines()]
    assert found["published"]["value"] == "2024-03-07T10:15"
    assert found["encoding"] == "utf-8"
    assert {"start", "end", "reason", "score", "rule", "text"} == set(found["cuts"][0])
    assert FERRY.splitlines()[0] in found["body"]


def test_what_cannot_be_read_is_named_and_stops_nothing(explain, ferry, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()

    status, out, err = explain(empty, tmp_path / "absent.txt", ferry)

    assert status == 1
    assert "ferry.txt" in out
    assert [name in err for name in ("empty.txt", "absent.txt: No such file or directory. Check the path")] == [
        True
    ] * 2


def test_the_profile_of_a_source_counts(explain, ferry):
    line = "Forty-two lorries had been waiting at the quay, Captain Orlan Veliyev told the town's radio on the first morning."
    decide(make_source("quay", "The Quay"), [Change(line, "always")])
    make_country("AZ")  # a vocabulary without countries is none

    assert "always cut 100%" in explain(ferry, source="the quay")[1]
    assert "always cut" not in explain(ferry)[1]


def test_a_source_that_is_not_known_is_refused_by_name(ferry):
    with pytest.raises(CommandError, match=r"There is no source nowhere\. Known: "):
        call_command("explain", str(ferry), source="nowhere")


def test_it_needs_no_database(ferry):
    command = run_command("explain", "--width", "80", "-", stdin=os.open(ferry, os.O_RDONLY))
    out, err = command.communicate(timeout=120)

    assert (command.returncode, err) == (0, b"")
    assert "AZ " in out.decode()
    assert b"\x1b" not in out
