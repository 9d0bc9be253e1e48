from __future__ import annotations

import pytest

from newsdesk.search.models import Bitmap, Filing
from newsdesk.search.rows import insert

pytestmark = pytest.mark.django_db


def test_rows_come_in_as_the_models_read_them() -> None:
    insert(Filing, ["article", "moment", "facets"], [(1, 7, '{"country": ["AZ"]}'), (2, None, "{}")])

    assert list(Filing.objects.order_by("article").values_list("article", "moment", "facets")) == [
        (1, 7, {"country": ["AZ"]}),
        (2, None, {}),
    ]


def test_rows_that_are_there_are_replaced() -> None:
    names, over = ["facet", "value", "ids", "count"], ["facet", "value"]
    insert(Bitmap, names, [("country", "AZ", b"old", 1), ("country", "GE", b"left", 1)], over=over)

    insert(Bitmap, names, [("country", "AZ", b"new", 2), ("country", "TR", b"one more", 3)], over=over)

    rows = Bitmap.objects.order_by("value").values_list("value", "ids", "count")
    assert [(value, bytes(ids), count) for value, ids, count in rows] == [
        ("AZ", b"new", 2),
        ("GE", b"left", 1),
        ("TR", b"one more", 3),
    ]


def test_no_rows_are_no_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert(Filing, ["article", "moment", "facets"], [])
