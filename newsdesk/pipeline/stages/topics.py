"""Topics: each is a rule in the query language, and the words by which it matches are its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsdesk.language.tokens import tokenize
from newsdesk.pipeline.document import Document, Evidence, TopicClaim
from newsdesk.pipeline.vocabulary import Topic
from newsdesk.query import Found, IndexedText, Node, QueryError, parse
from newsdesk.query.rules import Rules
from newsdesk.query.tree import Facet, walk

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


def read_rule(topic: Topic) -> Node:
    try:
        root = parse(topic.rule).root
    except QueryError as error:
        raise ValueError(
            f"The rule of the topic “{topic.slug}” is wrong at character {error.position + 1}: {error.message} "
            f"For example: {error.example}"
        ) from error
    if root is None:
        raise ValueError(
            f"The rule of the topic “{topic.slug}” is empty and would match everything. "
            'Write, for example: карабах* OR "Nagorno-Karabakh"'
        )
    for node in walk(root):
        if isinstance(node, Facet) and node.name in NOT_IN_RULES:
            raise ValueError(
                f"The rule of the topic “{topic.slug}” asks for {node.name}:{node.value}, "
                f"but {NOT_IN_RULES[node.name]}."
            )
    return root


def read_document(document: Document) -> IndexedText:
    about = frozenset(country.code for country in document.countries if country.role == "about")
    return IndexedText(
        title=tokenize(document.title.value),
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
