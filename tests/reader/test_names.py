from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from newsdesk.articles.models import Source
from newsdesk.reader.names import Names
from tests.factories import make_country, make_source

pytestmark = pytest.mark.django_db


def test_names_are_read_once_a_process() -> None:
    make_country("AZ")
    assert Names().countries["AZ"] == "Azerbaijan"

    with CaptureQueriesContext(connection) as queries:
        assert Names().countries["AZ"] == "Azerbaijan"

    assert len(queries) == 1  # whether they still hold


def test_a_name_that_changes_is_read_anew() -> None:
    source = make_source("herald", "Herald")
    assert Names().sources == {"herald": "Herald"}

    source.name = "The Herald"
    source.save()
    assert Names().sources == {"herald": "The Herald"}

    Source.objects.bulk_create([Source(slug="post", name="Post")])
    assert Names().sources == {"herald": "The Herald", "post": "Post"}

    source.delete()
    assert Names().sources == {"post": "Post"}


def test_each_language_has_its_own() -> None:
    make_country("AZ")

    with translation.override("ru"):
        russian = Names().countries["AZ"]

    assert (russian, Names().countries["AZ"]) == ("Азербайджан", "Azerbaijan")
