"""W3C Web Annotation."""

from __future__ import annotations

import json

import pytest

from newsdesk.reader.exports.selection import Options
from tests.reader.exports.conftest import SITE

pytestmark = pytest.mark.django_db


def test_a_collection_with_its_page_holds_the_notes_that_one_may_see(write, notes, articles):
    collection = json.loads(write("jsonld"))

    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 2
    assert "query: topic=trade" in collection["label"]
    assert collection["generator"]["name"].startswith("Newsdesk ")
    page = collection["first"]
    assert (page["type"], page["partOf"]) == ("AnnotationPage", collection["id"])
    first = page["items"][0]
    assert first == {
        "id": f"{SITE}/articles/{articles[0].pk}/#note-{notes[0].pk}",
        "type": "Annotation",
        "motivation": "identifying",
        "creator": {"type": "Person", "name": "anna", "nickname": "anna"},
        "created": notes[0].created.isoformat(),
        "modified": notes[0].updated.isoformat(),
        "body": [
            {"type": "TextualBody", "value": "For **all**", "format": "text/markdown", "purpose": "commenting"},
            {"type": "TextualBody", "value": "claim", "purpose": "classifying"},
            {"type": "TextualBody", "value": "open", "purpose": "assessing"},
        ],
        "target": {
            "source": "https://herald.example/trade?a=1&b=2",
            "scope": f"{SITE}/articles/{articles[0].pk}/",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Ministers met",
                    "prefix": "",
                    "suffix": notes[0].suffix,
                },
                {"type": "TextPositionSelector", "start": 0, "end": 13},
            ],
        },
    }


def test_a_note_on_a_whole_article_has_no_selector(write, notes, anna):
    items = json.loads(write("jsonld", user=anna, options=Options(private=True)))["first"]["items"]

    whole = [item for item in items if item["body"][0]["value"] == "For Anna"]
    assert [set(item["target"]) for item in whole] == [{"source", "scope"}]


def test_every_annotation_keeps_to_the_rules_of_the_model(write, notes, anna):
    items = json.loads(write("jsonld", user=anna, options=Options(private=True)))["first"]["items"]

    assert len({item["id"] for item in items}) == len(items) == 4
    for item in items:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("https://")
        assert item["target"]["source"].startswith("https://")
        assert all(body["type"] == "TextualBody" and isinstance(body["value"], str) for body in item["body"])
        for selector in item["target"].get("selector", ()):
            assert selector["type"] in ("TextQuoteSelector", "TextPositionSelector")


def test_the_notes_are_there_unasked_and_an_empty_collection_is_valid(write, articles):
    collection = json.loads(write("jsonld", options=Options()))

    assert (collection["total"], collection["first"]["items"]) == (0, [])
