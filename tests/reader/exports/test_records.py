"""JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from newsdesk.reader.exports.records import BOM, COLUMNS
from newsdesk.reader.exports.selection import Options
from tests.reader.exports.conftest import HOSTILE, SITE

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs" / "record.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

pytestmark = pytest.mark.django_db


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_json_lines_hold_records_with_notes_and_the_first_says_what_the_file_is(write, notes, articles):
    records = [json.loads(line) for line in write("jsonl").splitlines()]

    assert [error.message for record in records for error in VALIDATOR.iter_errors(record)] == []
    assert [record["id"] for record in records] == [str(article.pk) for article in articles]
    assert [note["body"] for note in records[0]["annotations"]] == ["For **all**"]
    assert records[0]["annotations"][0]["exact"] == records[0]["body"][0:13]
    assert records[0]["export"]["query"] == "topic=trade"
    assert [record.get("export") for record in records[1:]] == [None, None]


def test_json_lines_without_notes_are_plain_records(write, notes):
    records = [json.loads(line) for line in write("jsonl", options=Options()).splitlines()]

    assert not any("annotations" in record for record in records)


def test_a_table_has_a_row_an_article_with_its_notes(write, notes, articles):
    first, second, third = rows(write("csv"))

    assert first["title"] == "Trade grows"
    assert first["source"] == "Highland Herald & Sons"
    assert (first["about"], first["topics"], first["published"]) == ("AZ", "trade", "2024-04-22")
    assert first["page"] == f"{SITE}/articles/{articles[0].pk}/"
    assert first["annotations"] == "'[claim, anna] “Ministers met” For **all**".removeprefix("'")
    assert (second["published"], third["published"]) == ("2023-05", "")
    assert first["export"].startswith("title: Trade; query: topic=trade; ")
    assert (second["export"], third["export"]) == ("", "")


def test_no_cell_of_a_table_is_a_formula(write, notes):
    second = rows(write("csv", remarks={}))[1]

    assert second["title"].startswith("'=HYPERLINK")
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for value in second.values())


def test_a_table_survives_line_ends_and_quotes(write, articles):
    remark = 'one\r\n"two", three\x00'

    first = rows(write("csv", remarks={articles[0].pk: remark}))[0]

    assert first["remark"] == 'one\r\n"two", three'
    assert tuple(first) == COLUMNS


@pytest.mark.parametrize("bom", [True, False])
def test_excel_gets_its_byte_order_mark_where_it_is_wanted(write, bom):
    assert write("csv", options=Options(bom=bom)).startswith(BOM) == bom


def test_a_hostile_title_is_the_same_in_the_record(write, articles):
    records = [json.loads(line) for line in write("jsonl").splitlines()]

    assert records[1]["title"] == HOSTILE
