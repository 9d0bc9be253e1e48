"""Words of the interface that stand for words of the core."""

from newsdesk.pipeline.stages.clean import REASONS as REASONS_OF_CUTS
from newsdesk.query.errors import MESSAGES
from newsdesk.reader.filters import QUERY_MESSAGES
from newsdesk.reader.templatetags.reader import REASONS


def test_each_reason_of_a_cut_has_a_name() -> None:
    assert REASONS.keys() == REASONS_OF_CUTS.keys()


def test_each_fault_of_a_query_has_a_message_that_says_the_same() -> None:
    assert {code: str(message) for code, message in QUERY_MESSAGES.items()} == {
        code: message.replace("{value}", "%(value)s") for code, (message, _) in MESSAGES.items()
    }
