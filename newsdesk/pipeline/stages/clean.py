"""Cuts what is not the article. The raw text stays; each cut says its reason, its score and the rule that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsdesk.pipeline.cleaning.lines import Removal, cut, split_lines
from newsdesk.pipeline.cleaning.segment import best_segment, prose_score
from newsdesk.pipeline.document import Document
from newsdesk.pipeline.vocabulary import Source

REASONS = {
    "title": "the headline, which stands above the body",
    "repeated headline": "the headline once more",
    "section line": "the section, above or below the headline",
    "date line": "when it was published or changed",
    "author box": "who wrote it, and about them",
    "photo credit": "whose the picture is",
    "video fallback": "what stands for a film that is not shown",
    "teaser": "another article, advertised in or after this one",
    "related links": "a list of other articles",
    "tags": "key words",
    "share": "buttons for sharing, printing and sending",
    "subscribe": "an invitation to subscribe, to sign in or to follow",
    "comments": "comments, and the invitation to write one",
    "cookie": "a notice about cookies or privacy",
    "advertisement": "an advertisement",
    "navigation": "menus, contacts, imprint",
    "always cut": "a line that an editor cuts from this source",
    "not the article": "does not read like the article",
    "whitespace": "empty space before or after the body",
}


class Clean:
    """The stage. ``sources`` by slug: their editors' decisions come before any rule."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources

    def __call__(self, document: Document) -> Document:
        text = document.raw.text
        lines = split_lines(text)
        start, end = best_segment([prose_score(line) for line in lines])
        removals = [
            Removal(line.start, line.end, "not the article", 0.5, "best segment")
            for index, line in enumerate(lines)
            if not start <= index < end
        ]
        return replace(document, cuts=cut(text, removals))
