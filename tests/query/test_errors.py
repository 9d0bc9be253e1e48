import pickle

import pytest

from newsdesk.query.errors import MESSAGES, QueryError
from newsdesk.query.parser import MAX_DISTANCE, parse


@pytest.mark.parametrize("code", MESSAGES)
def test_each_message_names_the_place_and_an_example_that_works(code: str) -> None:
    error = QueryError(code, 4, "value")

    assert str(error) == f"{error.message} (character 5; for example: {error.example})"
    assert "value" in error.message
    assert parse(error.example).root is not None


def test_the_message_about_distance_knows_the_greatest() -> None:
    assert str(MAX_DISTANCE) in QueryError("distance", 0, "x").message


def test_an_error_survives_the_way_back_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(QueryError("date", 6, "yesterday")))

    assert (error.code, error.position, error.value) == ("date", 6, "yesterday")
