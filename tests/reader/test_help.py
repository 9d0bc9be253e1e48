"""The page of help."""

import json
from pathlib import Path

import pytest
from django.test import Client

from newsdesk.query.help import HELP
from tests.factories import make_article

FIXTURE = Path(__file__).parents[2] / "fixtures" / "sources.json"
SOURCE = "northern-wire"


def test_the_source_of_the_example_is_one_of_the_demonstration() -> None:
    examples = {example for entry in HELP for language in ("en", "ru") for example in entry.examples(language)}

    assert {one.removeprefix("source:") for one in examples if one.startswith("source:")} == {SOURCE}
    assert SOURCE in {row["pk"] for row in json.loads(FIXTURE.read_text("utf-8"))}


@pytest.mark.django_db
def test_an_example_of_a_source_is_a_link_where_there_is_one(client: Client) -> None:
    link = f'<a href="/articles/?q=source%3A{SOURCE}">'
    before = client.get("/help/").content.decode()
    make_article(source=SOURCE)

    assert link not in before
    assert f"<code>source:{SOURCE}</code>" in before
    assert link in client.get("/help/").content.decode()
