"""The language of title and body."""

from __future__ import annotations

import re
from dataclasses import replace

from newsdesk.language.detect import UNKNOWN, detect_language
from newsdesk.pipeline.document import Document, LanguageClaim

STATED = 0.5  # confidence in what the source says of itself, where there is too little text to tell

_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)


def find_language(document: Document) -> Document:
    """The text decides. What the metadata state counts only where there is too little text: templates often lie."""
    detected = detect_language(f"{document.title.value}\n{document.body}")
    claim = LanguageClaim(*detected)
    if detected.code == UNKNOWN and (stated := _CODE.fullmatch(document.raw.metadata.get("language", "").strip())):
        claim = LanguageClaim(stated[1].lower(), STATED)
    return replace(document, language=claim)
