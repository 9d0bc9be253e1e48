from __future__ import annotations

from dataclasses import asdict

from newsdesk.pipeline.document import (
    CountryClaim,
    DateCandidate,
    DateClaim,
    Document,
    Evidence,
    LanguageClaim,
    RawDocument,
    TitleClaim,
    TopicClaim,
)
from newsdesk.pipeline.record import claims_of, document_of

WORDS = (Evidence(0, 4, "Baku"), Evidence(8, 12, "Baku", "title"))
DOCUMENT = Document(
    RawDocument("Baku in Baku."),
    title=TitleClaim("Baku", "header"),
    published=DateClaim("2024-04-22", "day", "header", 0.9, WORDS[0], (DateCandidate("2024", 0.1, WORDS[1]),)),
    language=LanguageClaim("en", 0.9),
    countries=(CountryClaim("AZ", "about", 0.4, WORDS), CountryClaim("GE", "mentioned", 0.1)),
    topics=(TopicClaim("trade", WORDS),),
)


def test_claims_are_what_their_dataclasses_hold() -> None:
    claims = claims_of(DOCUMENT)

    assert claims == {
        name: [asdict(one) for one in value]
        if isinstance(value, tuple)
        else value
        if isinstance(value, str)
        else asdict(value)
        for name, value in ((name, getattr(DOCUMENT, name)) for name in claims)
    }


def test_a_document_comes_back_from_its_claims() -> None:
    assert document_of(DOCUMENT.raw, (), claims_of(DOCUMENT)) == DOCUMENT
