"""Words of the interface that stand for words of the core."""

from newsdesk.articles.faults import MESSAGES as TRANSLATED
from newsdesk.pipeline.encoding import decode
from newsdesk.pipeline.parsers import from_record
from newsdesk.pipeline.repair import repair
from newsdesk.pipeline.stages.clean import REASONS as REASONS_OF_CUTS
from newsdesk.pipeline.stages.topics import NOT_IN_RULES
from newsdesk.query.errors import MESSAGES
from newsdesk.reader.templatetags.reader import REASONS, REPAIRS
from newsdesk.reader.templatetags.reader import repair as say_repair


def test_each_reason_of_a_cut_has_a_name() -> None:
    assert REASONS.keys() == REASONS_OF_CUTS.keys()


def test_each_repair_has_a_name() -> None:
    broken = "Un d\u00c3\u00a9jeuner &amp; un caf\u0065\u0301,\u200b enfin\rVoil\u00e0"
    repairs = (
        *repair(broken).repairs,
        *decode(b"The bridge \xc3\xa9\xc3\xa9\xc3\xa9\xff is\0 open").repairs,
        *from_record({"raw_text": "The bridge is open.", "title": ["The bridge"]}).repairs,
    )

    assert {say_repair(one).split(" (")[0].split(":")[0] for one in repairs} == REPAIRS.keys() - {
        "invalid characters replaced",
        "tags nested too deeply: read without them",
    }
    assert say_repair("tags nested too deeply: read without them") == "tags nested too deeply: read without them"


def test_a_repair_is_said_with_its_detail_and_its_count() -> None:
    said = "3 passages read again in their own encoding (cp1251 → UTF-8)"

    assert say_repair(said) == "passages read again in their own encoding (cp1251 → UTF-8): 3"
    assert say_repair('"collected" is no ISO 8601 date (here)\n') == '"collected" is no ISO 8601 date (here)\n'


def test_each_fault_of_a_query_has_a_message_that_says_the_same() -> None:
    assert {code: str(message) for code, message in TRANSLATED.items() if code in MESSAGES} == {
        code: message.replace("{value}", "%(value)s") for code, (message, _) in MESSAGES.items()
    }


def test_each_fault_of_a_rule_has_a_message() -> None:
    assert TRANSLATED.keys() - MESSAGES.keys() == {"empty", *(f"on {facet}" for facet in NOT_IN_RULES)}
