"""RIS, BibTeX and CSL JSON, each read by a parser of its own."""

from __future__ import annotations

import json

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON

from newsdesk.reader.exports.text import one_line
from tests.reader.exports.conftest import HOSTILE

pytestmark = pytest.mark.django_db


def test_ris_is_read_by_a_parser(write, notes, articles):
    first, second, third = rispy.loads(write("ris"))

    assert first["type_of_reference"] == "NEWS"
    assert first["title"] == "Trade grows"
    assert first["authors"] == ["Anna Petrova"]
    assert first["secondary_title"] == "Highland Herald & Sons"
    assert (first["year"], first["date"]) == ("2024", "2024/04/22/")
    assert first["urls"] == ["https://herald.example/trade?a=1&b=2"]
    assert first["notes"] == ["[claim, anna] “Ministers met” For **all**"]
    assert "query: topic=trade" in first["custom1"]
    assert second["title"] == one_line(HOSTILE)
    assert "custom1" not in second
    assert "year" not in third


def test_no_text_opens_a_field_of_ris(write, articles):
    remark = "one\r\nER  - \r\nTY  - JOUR\u2028TI  - forged\x85AU  - forged"

    entries = rispy.loads(write("ris", remarks={articles[0].pk: remark}))

    assert len(entries) == 3
    assert entries[0]["title"] == "Trade grows"
    assert entries[0]["notes"] == ["one ER - TY - JOUR TI - forged AU - forged"]


def test_bibtex_is_read_by_a_parser(write, notes, articles):
    library = parse_string(write("bibtex"))

    assert library.failed_blocks == []
    first, second, third = library.entries
    fields = {field.key: field.value for field in first.fields}
    assert (first.entry_type, first.key) == ("article", f"newsdesk-{articles[0].pk}")
    assert fields["title"] == "{Trade grows}"
    assert fields["journal"] == r"Highland Herald \& Sons"
    assert (fields["date"], fields["year"], fields["month"]) == ("2024-04-22", "2024", "apr")
    assert fields["url"] == "https://herald.example/trade?a=1&b=2"
    assert r"\textbackslash{}input\textbraceleft{}x\textbraceright{}" in second.fields_dict["title"].value
    assert "date" not in third.fields_dict
    assert r"query: topic=trade" in library.comments[0].comment


def test_csl_json_is_taken_by_citeproc_and_the_first_item_says_what_the_file_is(write, notes, articles):
    items = json.loads(write("csl"))

    known = [{name: value for name, value in item.items() if name not in ("custom", "section")} for item in items]
    assert list(CiteProcJSON(known)) == [f"newsdesk-{article.pk}" for article in articles]
    assert items[0]["custom"]["newsdesk"]["query"] == "topic=trade"
    assert items[0]["note"] == "[claim, anna] “Ministers met” For **all**"
    assert "custom" not in items[1]
    assert "issued" not in items[2]


ITEM = {  # the fields that we write, as the schema of CSL data 1.0.2 has them
    "id": str,
    "type": str,
    "title": str,
    "container-title": str,
    "author": list,
    "section": str,
    "URL": str,
    "language": str,
    "issued": dict,
    "accessed": dict,
    "abstract": str,
    "note": str,
    "custom": dict,
}


def test_csl_json_keeps_to_the_schema_of_csl_data(write, notes):
    for item in json.loads(write("csl")):
        assert item.keys() <= ITEM.keys()
        assert {name: type(value) for name, value in item.items()} == {name: ITEM[name] for name in item}
        assert item["type"] == "article-newspaper"
        assert all(set(name) == {"literal"} for name in item.get("author", ()))
        for date in (item[name] for name in ("issued", "accessed") if name in item):
            assert set(date) == {"date-parts"}
            assert all(isinstance(number, int) for part in date["date-parts"] for number in part)
            assert all(1 <= len(part) <= 3 for part in date["date-parts"])


def test_an_empty_list_is_valid_too(write):
    assert rispy.loads(write("ris", ids=[])) == []
    assert parse_string(write("bibtex", ids=[])).entries == []
    assert json.loads(write("csl", ids=[])) == []
