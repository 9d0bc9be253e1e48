import pytest

from newsdesk.query import parse
from newsdesk.query.help import HELP, Entry
from newsdesk.query.parser import FIELDS

EXAMPLES = [example for entry in HELP for language in ("en", "ru") for example in entry.examples(language)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_a_query(example: str) -> None:
    assert parse(example).root is not None


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_field_is_explained(field: str, language: str) -> None:
    assert any(f"{field}:" in example for entry in HELP for example in entry.examples(language))


@pytest.mark.parametrize("entry", HELP, ids=lambda entry: entry.en)
def test_each_entry_speaks_both_languages(entry: Entry) -> None:
    assert entry.explain("en") != entry.explain("ru")
    assert len(entry.examples("en")) == len(entry.examples("ru"))
