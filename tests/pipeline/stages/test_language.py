import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import Document, LanguageClaim, RawDocument, TitleClaim
from newsdesk.pipeline.stages.language import STATED, find_language

RUSSIAN = "Паром отменили из-за сильного ветра, и пассажиры ждали на берегу до самого вечера."


def make_document(text: str, title: str = "", stated: str = "") -> Document:
    metadata = {"language": stated} if stated else {}
    return Document(RawDocument(text, metadata=metadata), title=TitleClaim(title, "header"))


def test_the_text_decides_against_the_metadata() -> None:
    document = find_language(make_document(RUSSIAN, stated="en"))

    assert document.language == LanguageClaim("ru", 1.0, "", 1.0)


def test_the_title_counts_too() -> None:
    assert find_language(make_document("2:1", title=RUSSIAN)).language.value == "ru"


@pytest.mark.parametrize(
    ("stated", "claim"),
    [
        pytest.param("ru-RU", LanguageClaim("ru", STATED), id="with a region"),
        pytest.param("AZ", LanguageClaim("az", STATED), id="in capitals"),
        pytest.param("Russian", LanguageClaim("und", 0.0), id="not a code"),
        pytest.param("", LanguageClaim("und", 0.0), id="not stated"),
    ],
)
def test_the_metadata_decide_where_there_is_too_little_text(stated: str, claim: LanguageClaim) -> None:
    assert find_language(make_document("2:1", stated=stated)).language == claim


@given(st.text(max_size=60), st.text(max_size=10))
def test_any_text_is_survived(text: str, stated: str) -> None:
    document = make_document(text, stated=stated)

    assert find_language(document).raw == document.raw
