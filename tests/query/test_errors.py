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


@pytest.mark.parametrize("field", ["after", "before"])
def test_a_wrong_date_is_answered_with_an_example_of_the_same_field(field: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(f"{field}:2021-02-30")

    assert refused.value.example == f"{field}:2022-02-01"


def test_an_error_survives_the_way_back_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(QueryError("after", 6, "yesterday")))

    assert (error.code, error.position, error.value) == ("after", 6, "yesterday")
