import json
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from newsdesk.articles import editing
from newsdesk.articles.models import Article
from tests.factories import make_article, make_country

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "record.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path):
    def export(wanted=""):
        file = tmp_path / "out.jsonl"
        call_command("export", filter=wanted, output=str(file))
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    return export


def raw_of(record):
    """Body and cuts put together again."""
    raw, at = "", 0
    for cut in record["cuts"]:
        kept = cut["start"] - len(raw)
        raw += record["body"][at : at + kept] + cut["text"]
        at += kept
        assert len(raw) == cut["end"]
    return raw + record["body"][at:]


def spans_that_lie(record, raw):
    """Evidence whose text is not what stands at its place."""
    spans = [(raw, record["published_evidence"])] if record["published_evidence"] else []
    for claim in (*record["countries"], *record["topics"]):
        spans += [(record["body"], span) for span in claim["evidence"]]
        spans += [(record["title"], span) for span in claim["title_evidence"]]
    return [span for text, span in spans if text[span["start"] : span["end"]] != span["text"]]


def test_every_record_of_the_demonstration_gives_its_raw_text_back_and_tells_where_its_evidence_stands(export):
    call_command("load_fixtures", verbosity=0)
    call_command("reprocess", pending=True, workers=1)

    records = export()

    raws = dict(Article.objects.values_list("pk", "text__raw_text"))
    assert len(records) == len(raws) >= 40
    for record in records:
        raw = raws[int(record["id"])]
        assert list(VALIDATOR.iter_errors(record)) == []
        assert raw_of(record) == raw
        assert spans_that_lie(record, raw) == []


def test_corrections_are_in_the_record_and_evidence_of_a_former_title_is_not(export):
    article = make_article("Baku and Tbilisi opened a road.", title="Road to Baku", about=["AZ"], published=None)
    article.claims.claims["countries"][0]["evidence"] = [
        {"start": 0, "end": 4, "text": "Baku", "field": "body"},
        {"start": 8, "end": 12, "text": "Baku", "field": "title"},
    ]
    article.claims.save()
    make_country("GE")
    values = {"title": "A new road", "published": "2024-05", "about": ["AZ"], "mentioned": ["GE"], "language": "ru"}
    editing.correct(article, values, None)

    [record] = export("language=ru")

    assert list(VALIDATOR.iter_errors(record)) == []
    assert (record["title"], record["title_provenance"]) == ("A new road", "correction")
    dated = (record["published"], record["published_precision"], record["published_provenance"])
    assert dated == ("2024-05", "month", "correction")
    assert record["countries"] == [
        {
            "code": "AZ",
            "role": "about",
            "evidence": [{"start": 0, "end": 4, "text": "Baku"}],
            "title_evidence": [],
        },
        {"code": "GE", "role": "mentioned", "evidence": [], "title_evidence": []},
    ]


def test_a_filter_chooses_and_undated_articles_come_last(export):
    make_article("One.", title="Old", published="2020-01-01", about=["AZ"])
    make_article("Two.", title="Undated", published=None, about=["AZ"])
    make_article("Three.", title="New", published="2024-01-01", mentioned=["AZ"])
    make_article("Four.", title="Elsewhere", about=["GE"])

    assert [record["title"] for record in export("country=AZ")] == ["New", "Old", "Undated"]
    assert [record["title"] for record in export("about=AZ")] == ["Old", "Undated"]


@pytest.mark.parametrize(
    ("wanted", "named"),
    [("colour=red", "there is no colour"), ("published_after=soon", "published_after")],
    ids=["unknown", "wrong value"],
)
def test_a_wrong_filter_exports_nothing_and_is_named(export, wanted, named):
    with pytest.raises(CommandError, match=named):
        export(wanted)
