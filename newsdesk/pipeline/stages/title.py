"""The headline: the one above the body, what the format states, or the first sentence in its place."""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.pipeline.cleaning.sentences import first_sentence
from newsdesk.pipeline.document import Document, TitleClaim

LONGEST = 300  # characters; a longer line is no headline

_SPACE = re.compile(r"\s+")


def find_title(document: Document) -> Document:
    return replace(document, title=_find(document))


def _find(document: Document) -> TitleClaim:
    stated = _fold(document.raw.metadata.get("title", ""))[:LONGEST]
    for cut in document.cuts:
        if cut.reason == "title":
            return TitleClaim(_fold(document.raw.text[cut.start : cut.end]), "header", 0.98 if stated else cut.score)
    if stated:
        return TitleClaim(stated, "metadata", 0.95)
    if sentence := first_sentence(document.body):
        return TitleClaim(sentence, "first sentence", 0.5)
    return TitleClaim("", "none", 0.0)


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
