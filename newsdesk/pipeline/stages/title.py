"""The headline: the one above the body, what the format states, or the first sentence in its place."""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.cleaning.sentences import first_sentence
from newsdesk.pipeline.document import Document, TitleClaim

LONGEST = 300  # characters; a longer line is no headline
SAME = 0.4  # share of words from which a line says what the format states, perhaps in another wording
AGREED, STATED = 0.98, 0.95  # how sure what the format states is, with a line that says it and without

_SPACE = re.compile(r"\s+")


def find_title(document: Document) -> Document:
    return replace(document, title=_find(document))


def _find(document: Document) -> TitleClaim:
    """A record that states its title knows it; of a page, whose templates have short titles for lists and the same
    ones for every article, the line above the body comes first."""
    metadata = document.raw.metadata
    stated = _fold(metadata.get("title", ""))[:LONGEST]
    by_markup = "title_from" in metadata
    for cut in document.cuts:
        if cut.reason == "title":
            line = _fold(document.raw.text[cut.start : cut.end])
            if stated and _share(line, stated) >= SAME:
                return TitleClaim(line, "header", AGREED)
            if not stated or by_markup:
                return TitleClaim(line, "header", cut.score)
    if stated:
        return TitleClaim(stated, "metadata", STATED)
    if sentence := first_sentence(document.body):
        return TitleClaim(sentence, "first sentence", 0.5)
    return TitleClaim("", "none", 0.0)


def _share(line: str, stated: str) -> float:
    """Of the words of the shorter one, how many the other has too."""
    one, other = set(words_of(line)), set(words_of(stated))
    return len(one & other) / max(1, min(len(one), len(other)))


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
