from __future__ import annotations

import pytest

from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import BATCH, Failure, run, run_to
from newsdesk.pipeline.vocabulary import Vocabulary

VOCABULARY = Vocabulary.from_rows((), (), ())
RAWS = [RawDocument(f"The bridge number {number} was closed on Monday.", id=str(number)) for number in range(BATCH + 1)]


def length(document: Document) -> int:
    return len(document.raw.text)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_made_of_documents_comes_in_their_order(workers: int) -> None:
    assert list(run_to(length, RAWS, VOCABULARY, workers=workers)) == [len(raw.text) for raw in RAWS]


def test_documents_come_as_they_are() -> None:
    assert [result.raw for result in run(RAWS[:2], VOCABULARY, workers=1)] == RAWS[:2]


def test_of_a_failure_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, raw: RawDocument) -> Failure:
        return Failure(raw, "clean", "ValueError: no")

    monkeypatch.setattr("newsdesk.pipeline.run.Pipeline.__call__", fail)

    assert list(run_to(length, RAWS[:1], VOCABULARY, workers=1)) == [Failure(RAWS[0], "clean", "ValueError: no")]
