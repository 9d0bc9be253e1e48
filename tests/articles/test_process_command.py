import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "record.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

FERRY = (
    "The ferry between Derbent and Baku sails again from Thursday, the port said, after eleven weeks of repairs.\n\n"
    "Forty-two lorries had been waiting at the quay, Captain Orlan Veliyev told the town's radio on the first morning."
)
BRIDGE = (
    "Engineers of the Dilijan road office have closed the upper bridge: a flood washed 300 tonnes of gravel away.\n\n"
    "School buses go round by the valley until June, at a cost of 19,000 drams a day, according to Mayor Hasmik Toros."
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def write(*lines):
        file = tmp_path / "in.jsonl"
        file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8")
        return file

    return write


def process(*files, **options):
    """Exit status, the records that were written, and what was complained of."""
    output = files[0].with_suffix(".out") if files else Path(os.devnull)
    err = io.StringIO()
    try:
        call_command("process", *map(str, files), output=str(output), workers=1, fixtures=True, stderr=err, **options)
        status = 0
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    return status, [json.loads(line) for line in output.read_text("utf-8").splitlines()], err.getvalue()


def test_records_come_in_the_order_of_the_lines_and_keep_the_schema(write):
    page = f"<article><h1>A ferry</h1><p>{FERRY}</p></article>"
    records = [
        {"id": "z", "raw_text": f"2024-03-07 10:15\n{FERRY}", "source": "Quay", "collected": "2024-03-08T09:00:00"},
        {"id": 3, "html": page, "url": "https://quay.example/3"},
        {"id": "a", "raw_text": BRIDGE, "published": "2024-04-01"},
    ]

    status, found, _ = process(write(*records))

    assert status == 0
    assert [record["id"] for record in found] == ["z", "3", "a"]
    assert [list(VALIDATOR.iter_errors(record)) for record in found] == [[], [], []]
    assert found[0]["collected"] == "2024-03-08T09:00:00+00:00"


def test_a_record_says_what_cut_a_line_and_what_in_the_page_states_a_value(write):
    head = '<head><meta property="og:title" content="A ferry sails again"><title>A ferry sails again</title></head>'
    page = f"<html>{head}<body><p>{FERRY}</p><p>Share on Facebook</p></body></html>"

    _, [record], _ = process(write({"id": 1, "html": page}))

    assert record["stated_by"] == {"title": "og:title"}
    assert [(cut["text"].strip(), cut["reason"], cut["rule"]) for cut in record["cuts"]] == [
        ("Share on Facebook", "share", "phrase")
    ]
    assert 0.5 < record["cuts"][0]["score"] <= 1


def test_a_bad_line_is_named_and_stops_nothing(write):
    status, found, complaint = process(write({"id": "a", "raw_text": FERRY}, "{broken", "", {"id": "b"}, '{"id": "c"'))

    assert (status, [record["id"] for record in found]) == (1, ["a"])
    assert [number in complaint for number in ("line 2", "line 3", "line 4", "line 5")] == [True, False, True, True]


@pytest.mark.parametrize("name", ["in.jsonl", "absent.jsonl"], ids=["empty", "absent"])
def test_a_file_that_gives_nothing_is_named(write, name):
    file = write().with_name(name)

    status, found, complaint = process(file)

    assert (status, found) == (1, [])
    assert name in complaint


def test_an_output_that_cannot_be_written_is_named(write, tmp_path):
    with pytest.raises(CommandError, match=r"no_folder.* cannot be written"):
        call_command("process", str(write()), output=str(tmp_path / "no_folder" / "out"), fixtures=True)


def test_records_are_grouped_and_a_reprint_names_its_original(write):
    records = [
        {"id": "late", "raw_text": FERRY, "published": "2024-03-09"},
        {"id": "other", "raw_text": BRIDGE, "published": "2024-03-08"},
        {"id": "early", "raw_text": FERRY, "published": "2024-03-07"},
    ]

    _, found, _ = process(write(*records), stories=True)

    assert [(record["id"], record["story"], record["reprint_of"]) for record in found] == [
        ("late", "early", "early"),
        ("other", "other", None),
        ("early", "early", None),
    ]
    _, alone, _ = process(write(*records))
    for record in found:
        record["story"] = record["reprint_of"] = None
    assert alone == found


FERRY_RU = (
    "Паром между Дербентом и Баку снова ходит с четверга, сообщили в порту. Ремонт занял одиннадцать недель.\n\n"
    "У причала ждали сорок два грузовика, рассказал капитан Орлан Велиев городскому радио в первое утро."
)


def test_an_undated_record_takes_the_date_of_its_story(write):
    records = [
        {"id": "dated", "raw_text": FERRY, "published": "2024-03-07T10:15"},
        {"id": "undated", "raw_text": FERRY_RU},
        {"id": "no year", "raw_text": f"Порт, 7 мар, 18:20\n\nПаром снова ходит\n\n{FERRY_RU}"},
        {"id": "other", "raw_text": BRIDGE},
    ]

    _, found, _ = process(write(*records), stories=True)

    dates = {record["id"]: (record["published"], record["published_provenance"]) for record in found}
    assert dates["undated"] == ("2024-03-07", "story")
    assert dates["no year"] == ("2024-03-07T18:20", "story")
    assert dates["other"] == (None, "none")
    assert [list(VALIDATOR.iter_errors(record)) for record in found] == [[], [], [], []]


def run_command(*arguments, **options):
    environment = {**os.environ, "DATABASE_URL": "sqlite:////nonexistent/newsdesk.sqlite3", "SECRET_KEY": "x"}
    environment["DJANGO_SETTINGS_MODULE"] = "newsdesk.settings"
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def test_it_needs_no_database(write):
    command = run_command("process", "--workers", "1", str(write({"id": "a", "raw_text": FERRY})))
    out, err = command.communicate(timeout=120)

    assert (command.returncode, err) == (0, b"")
    assert {claim["code"] for claim in json.loads(out)["countries"]} == {"AZ", "RU"}


def test_a_closed_pipe_ends_it_without_a_word(write):
    many = [{"id": number, "raw_text": FERRY * 50} for number in range(40)]
    command = run_command("process", "--workers", "1", str(write(*many)))
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.readline()
    command.stdout.close()
    err = command.stderr.read()
    command.stderr.close()

    assert (command.wait(timeout=120), err) == (1, b"")
