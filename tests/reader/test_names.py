from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from newsdesk.articles.models import Source
from newsdesk.reader.names import Names, language_name_within
from tests.factories import make_country, make_source, make_topic

pytestmark = pytest.mark.django_db


def test_a_page_reads_names_in_one_query() -> None:
    make_country("AZ")
    make_topic("trade")
    make_source("herald", "Herald")
    names = Names()

    with CaptureQueriesContext(connection) as queries:
        found = names.countries, names.topics, names.sources

    assert found == ({"AZ": "Azerbaijan"}, {"trade": "Trade"}, {"herald": "Herald"})
    assert len(queries) == 1


def test_a_name_is_shown_as_it_is_now_however_it_was_written() -> None:
    make_source("herald", "Herald")
    assert Names().sources == {"herald": "Herald"}

    Source.objects.update(name="The Herald")

    assert Names().sources == {"herald": "The Herald"}


def test_each_language_has_its_own() -> None:
    make_country("AZ")

    with translation.override("ru"):
        russian = Names().countries["AZ"]

    assert (russian, Names().countries["AZ"]) == ("Азербайджан", "Azerbaijan")


@pytest.mark.parametrize(("interface", "names"), [("en", "Russian, zz"), ("ru", "русский, zz")])
def test_a_language_within_a_sentence_is_written_as_the_interface_writes_it(interface: str, names: str) -> None:
    with translation.override(interface):
        assert ", ".join(language_name_within(code) for code in ("ru", "zz")) == names
