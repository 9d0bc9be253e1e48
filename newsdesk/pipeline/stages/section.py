"""Section and author: what the format states, else what was cut as such above (an author also below) the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsdesk.pipeline.cleaning.cues import is_section, is_time, without_time, words_of
from newsdesk.pipeline.cleaning.rules import SECTION_WORDS
from newsdesk.pipeline.document import Cut, Document

LONGEST = 60  # characters of a section or of a name

_SPACE = re.compile(r"\s+")
_PARTS = re.compile(r"\s*[,|/•·»›>—–]\s*|\s{2,}|\s+-\s+")
_UNLIKE = re.compile(r"[\d«»„“”\"./]")  # in no name of a section: "ISTANBUL Mar 12", "газета «Вести» № 43", "REPORT.AZ"
_LABEL = re.compile(
    r"^\(?(?:автор(?:ы)?(?:\s+(?:текста|статьи|материала|публикации))?|текст|беседовала?|подготовила?|записала?|"
    r"(?:reported\s+|written\s+|story\s+)?by|author)\s*:?\s+",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZА-ЯЁƏİÖÜÇŞ][\w.'’-]*(?:\s+(?:[A-ZА-ЯЁƏİÖÜÇŞ][\w.'’-]*|de|van|von|al|bin|el)){1,3}")


def find_section(document: Document) -> Document:
    metadata = document.raw.metadata
    section = metadata.get("section", "") or next(_sections(document), "")
    author = metadata.get("author", "") or next(_authors(document), "")
    return replace(document, section=section, author=author)


def _sections(document: Document) -> Iterator[str]:
    """Parts of the lines above the body that are no time: "Политика, 22 апр, 16:14" says "Политика"."""
    for cut in _above_body(document.cuts):
        if cut.reason not in {"title", "repeated headline"}:
            for line in document.raw.text[cut.start : cut.end].splitlines():
                known = len(words_of(line)) <= SECTION_WORDS
                for part in _split(line):
                    if (known and is_section(words_of(part))) or (
                        cut.reason == "section line" and not _UNLIKE.search(part)
                    ):
                        yield part


def _above_body(cuts: tuple[Cut, ...]) -> Iterator[Cut]:
    """The cuts that stand together at the beginning of the text."""
    end = 0
    for cut in cuts:
        if cut.start > end:
            return
        yield cut
        end = cut.end


def _split(line: str) -> Iterator[str]:
    for part in _PARTS.split(_SPACE.sub(" ", line).strip()):
        words = words_of(part)
        if (
            words
            and not is_time(part, words)
            and without_time(words)
            and not part[0].isdigit()
            and len(part) <= LONGEST
        ):
            yield part


def _authors(document: Document) -> Iterator[str]:
    for cut in document.cuts:
        if cut.reason != "author box":
            continue
        for line in document.raw.text[cut.start : cut.end].splitlines():
            text = _SPACE.sub(" ", line).strip()
            label = _LABEL.match(text)
            name = _NAME.match(text, label.end()) if label else None
            if name and len(name.group()) <= LONGEST:
                yield name.group()
