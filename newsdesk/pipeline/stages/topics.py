"""Topics: each is a rule in the query language, and the words by which it matches are its evidence.

A rule matches what a search for it finds: the title is one that the article has, and what the facets are asked for is
what they show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsdesk.language.tokens import tokenize
from newsdesk.pipeline.document import Document, Evidence, TopicClaim
from newsdesk.pipeline.vocabulary import Topic
from newsdesk.query import Found, IndexedText, Node, QueryError, parse
from newsdesk.query.rules import Rules
from newsdesk.query.tree import Facet, Has, walk

EXAMPLE = 'карабах* OR "Nagorno-Karabakh"'
MAX_EVIDENCE = 20  # spans of a topic: the first ones in the order of reading

# Facets that an article has only after its topics are found.
NOT_IN_RULES = {
    "topic": "rules that rest on each other could go round in a circle: write out the words instead",
    "story": "stories are made after topics: write out the words instead",
    "annotated": "articles are annotated after topics are found: filter the topic by it instead",
}


class FindTopics:
    """A stage. Raises ValueError for a rule that cannot be used, when it is made."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._rules = Rules({topic.slug: read_rule(topic) for topic in topics})

    def __call__(self, document: Document) -> Document:
        text = read_document(document)
        texts = {"title": document.title.value, "body": document.body}
        claims = (TopicClaim(slug, _quote(found, texts)) for slug, found in self._rules.match(text))
        return replace(document, topics=tuple(claims))


class RuleError(ValueError):
    """``position`` counts code points of the rule; ``value`` is what is wrong there, ``code`` what is wrong with it: one of
    `newsdesk.query.errors.MESSAGES`, ``empty``, or ``on `` and a facet of `NOT_IN_RULES`."""

    def __init__(self, message: str, code: str, position: int, value: str, example: str) -> None:
        super().__init__(message)
        self.code = code
        self.position = position
        self.value = value
        self.example = example


def read_rule(topic: Topic, *, strict: bool = False) -> Node:
    """``strict``: as `newsdesk.query.parse` means it, for a rule that is being written. Raises RuleError."""
    try:
        root = parse(topic.rule, strict=strict).root
    except QueryError as error:
        raise RuleError(
            f"The rule of the topic “{topic.slug}” is wrong at character {error.position + 1}: {error.message} "
            f"For example: {error.example}",
            error.code,
            error.position,
            error.value,
            error.example,
        ) from error
    if root is None:
        raise RuleError(
            f"The rule of the topic “{topic.slug}” is empty and would match everything. Write, for example: {EXAMPLE}",
            "empty",
            0,
            "",
            EXAMPLE,
        )
    for node in walk(root):
        match node:
            case Facet(name, value):
                field: str = name
            case Has(name):
                field, value = "has", name
            case _:
                continue
        if name in NOT_IN_RULES:
            asked = re.search(rf"\b{field}\s*:", topic.rule, re.IGNORECASE)
            raise RuleError(
                f"The rule of the topic “{topic.slug}” asks for {field}:{value}, but {NOT_IN_RULES[name]}.",
                f"on {name}",
                asked.start() if asked else 0,
                asked.group() if asked else "",
                EXAMPLE,
            )
    return root


def read_document(document: Document) -> IndexedText:
    about = frozenset(country.code for country in document.countries if country.role == "about")
    stands_in = document.title.provenance == "first sentence"  # and is in the body already
    return IndexedText(
        title=() if stands_in else tokenize(document.title.value),
        body=tokenize(document.body),
        facets={
            "country": frozenset(country.code for country in document.countries),
            "about": about,
            "language": frozenset({document.language.value}),
            "source": frozenset({document.raw.source}),
        },
        published=document.published.day,
    )


def _quote(found: Sequence[Found], texts: Mapping[str, str]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(place.start, place.end, texts[place.field][place.start : place.end], place.field)
        for place in found[:MAX_EVIDENCE]
    )
