"""Rules of topics over the stored articles: what one would change, and how they are applied.

A topic is a saved query: the machine's claim and a search for the rule agree (see `newsdesk.pipeline.stages.topics`), so the
index says which articles a rule would add and drop, and texts are read only of those that are shown or changed.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from pyroaring import BitMap

from newsdesk.articles import store
from newsdesk.articles.faults import describe
from newsdesk.articles.history import TOPIC
from newsdesk.articles.marks import Segment
from newsdesk.articles.models import Article, ArticleTopic, Claims, Correction, Topic
from newsdesk.articles.snippets import make_snippet, mark_words
from newsdesk.pipeline.record import claims_of
from newsdesk.pipeline.stages.topics import FindTopics, RuleError, read_rule
from newsdesk.pipeline.vocabulary import Topic as TopicRow
from newsdesk.query import Query
from newsdesk.search import index

BUDGET = 1.5  # seconds that the index has for a preview while an editor is typing
SLICE = 1.5  # seconds of retagging while a page is waiting
EXAMPLES = 6  # articles of each kind that a preview shows, the newest first
BATCH = 100  # articles between two looks at the clock


# What a rule would change


@dataclass(frozen=True, slots=True)
class Example:
    """An article with the words by which a rule matches, or by which it matched so far."""

    article: Article
    title: list[Segment]
    snippet: list[Segment]


@dataclass(frozen=True, slots=True)
class Preview:
    """``matching`` articles are found by the rule, ``staying`` have the topic and keep it. ``kept`` and ``refused``: a
    person gave or took off the topic, against the rule, and that stands. Of ``undecided`` the time did not suffice to
    say whether they match: all the rest is then a lower bound."""

    matching: int
    added: int
    dropped: int
    staying: int
    kept: int = 0
    refused: int = 0
    undecided: int = 0
    added_examples: list[Example] = field(default_factory=list)
    dropped_examples: list[Example] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return bool(self.added or self.dropped)


def preview(topic: Topic | None, rule: str, *, budget: float = BUDGET) -> Preview:
    """What ``rule`` would change for a topic, or would find for a new one. Raises RuleError.

    Three queries for the index, however many articles there are, and four for the examples.
    """
    row = TopicRow(topic.slug if topic else "", "", "", rule)
    found, undecided = index.search_for(Query(rule, read_rule(row)), budget)
    given, taken = corrected(topic)
    now = index.value("topic", topic.pk) if topic else BitMap()
    added = found - now - taken
    dropped = now - found - undecided - given
    return Preview(
        matching=len(found),
        added=len(added),
        dropped=len(dropped),
        staying=len(now & found),
        kept=len(given - found - undecided),
        refused=len(taken & found),
        undecided=len(undecided),
        added_examples=_examples(added, row),
        dropped_examples=_examples(dropped, None, row.slug),
    )


def corrected(topic: Topic | None) -> tuple[BitMap, BitMap]:
    """The articles to which people gave the topic, and those off which they took it."""
    given, taken = BitMap(), BitMap()
    if topic:
        rows = Correction.objects.filter(field="topic", key=topic.pk).values_list("article", "value")
        for article, holds in rows:
            (given if holds else taken).add(article)
    return given, taken


def _examples(ids: BitMap, row: TopicRow | None, slug: str = "") -> list[Example]:
    """The newest of these articles; with the words of a rule, or those that the claim of a topic rests on."""
    wanted = index.page(ids, offset=0, size=EXAMPLES)
    if not wanted:
        return []
    find = FindTopics([row]) if row else None
    slug = row.slug if row else slug
    made: dict[int, Example] = {}
    for article, document in store.held_documents(wanted):
        topics = (find(document) if find else document).topics
        evidence = next((claim.evidence for claim in topics if claim.slug == slug), ())
        title = article.title or str(article)
        in_title = [(span.start, span.end) for span in evidence if span.field == "title"]
        in_body = [(span.start, span.end) for span in evidence if span.field == "body"]
        made[article.pk] = Example(article, mark_words(title, in_title), make_snippet(document.body, in_body))
    return [made[pk] for pk in wanted if pk in made]


class Draft:
    """A rule that somebody writes for a topic: what it would change, or what is wrong with it. Nothing is looked up before
    it is asked for."""

    def __init__(self, topic: Topic | None, rule: str) -> None:
        self.topic = topic
        self.rule = rule

    @cached_property
    def fault(self) -> RuleError | None:
        try:
            read_rule(TopicRow(self.topic.slug if self.topic else "", "", "", self.rule), strict=True)
        except RuleError as error:
            return error
        return None

    @property
    def message(self) -> str:
        return describe(self.fault) if self.fault else ""

    @cached_property
    def preview(self) -> Preview | None:
        return None if self.fault else preview(self.topic, self.rule)


# Applying a rule


@dataclass(frozen=True, slots=True)
class Pending:
    """What is left to do: articles that gain the machine's claim, lose it, or keep it with evidence of a former rule;
    ``all`` are those that have it now or will."""

    gaining: BitMap
    losing: BitMap
    stale: BitMap
    all: int

    @property
    def left(self) -> int:
        return len(self.gaining) + len(self.losing) + len(self.stale)

    @property
    def done(self) -> int:
        return self.all - self.left

    @property
    def share(self) -> int:
        """Per cent, and never 100 while anything is left."""
        return min(99, 100 * self.done // self.all) if self.left else 100


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: how many articles were looked at, gained the topic and lost it, and how many are left."""

    done: int
    gained: int
    lost: int
    left: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What one request has done, and how many articles are left."""

    gained: int
    lost: int
    left: int


class ChangedMeanwhileError(Exception):
    """Another rule, or name, holds by now than the one that was shown."""


def state_of(topic: Topic) -> str:
    """Names all that people say of it, so that a change of it is noticed."""
    said = [getattr(topic, name) for name in TOPIC]
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


@transaction.atomic
def save_rule(topic: Topic, rule: str, state: str | None = None) -> None:
    """Store a new rule, which articles to come follow at once; `retag` is for those that are there. ``state``: from which it was made,
    where a person saw it."""
    if state is not None and state != state_of(Topic.objects.select_for_update().get(pk=topic.pk)):
        raise ChangedMeanwhileError
    topic.rule = rule
    topic.retagged_to = 0
    topic.save()


def find_pending(topic: Topic, budget: float = math.inf) -> Pending:
    """Which stored articles do not yet follow the rule. Nothing has to be remembered of a retagging that was broken
    off, but how far the evidence of those that stay was brought up to date."""
    wanted = undecided = BitMap()
    if topic.active:
        wanted, undecided = index.search_for(Query(topic.rule, read_rule(_row(topic))), budget)
    now = _claimed(topic)
    stale = BitMap()
    if topic.retagged_to is not None:
        stale = BitMap(pk for pk in wanted & now if pk > topic.retagged_to)
    return Pending(wanted - now, now - wanted - undecided, stale, len(wanted | now))


def _claimed(topic: Topic) -> BitMap:
    """The articles that have the topic by the machine, whatever people said."""
    given, taken = corrected(topic)
    claims = Claims.objects.filter(pk__in=list(given | taken)).values_list("pk", "claims__topics")
    by_machine = BitMap(pk for pk, topics in claims if any(claim["slug"] == topic.pk for claim in topics))
    return (index.value("topic", topic.pk) - given) | by_machine


def retag(topic: Topic) -> Iterator[Step]:
    """Apply the rule of a topic to the stored articles, a batch at a time: topic and evidence. Corrections stay on top.
    It may be broken off after any step, and goes on from there when it is begun again."""
    pending = find_pending(topic)
    left, done_to = pending.left, topic.retagged_to
    find = FindTopics([_row(topic)] if topic.active else [])
    same = Topic.objects.filter(pk=topic.pk, rule=topic.rule, active=topic.active)  # unless it is edited meanwhile
    for batch in store.batches(pending.gaining | pending.losing | pending.stale, BATCH):
        gained, lost = _retag(topic, find, batch)
        left -= len(batch)
        if done_to is not None:
            done_to = max(done_to, batch[-1])
            same.update(retagged_to=done_to)
        yield Step(len(batch), gained, lost, left)
    same.update(retagged_to=None)
    topic.retagged_to = None


def apply(topic: Topic, seconds: float = SLICE) -> Applied:
    """Retag for so long at most, while a page is waiting."""
    until = time.monotonic() + seconds
    gained = lost = left = 0
    for step in retag(topic):
        gained, lost, left = gained + step.gained, lost + step.lost, step.left
        if time.monotonic() > until and left:
            break
    return Applied(gained, lost, left)


@transaction.atomic
def _retag(topic: Topic, find: FindTopics, ids: Sequence[int]) -> tuple[int, int]:
    """How many articles gained the topic, and how many lost it."""
    changed: list[Claims] = []
    gained, lost, settled = BitMap(), BitMap(), BitMap()
    for article, document in store.held_documents(ids):
        claims = article.claims.claims
        before = [claim for claim in claims["topics"] if claim["slug"] == topic.pk]
        now = store.plain(claims_of(find(document))["topics"])
        if now != before:
            claims["topics"] = [claim for claim in claims["topics"] if claim not in before] + now
            changed.append(article.claims)
        if any(one.field == "topic" and one.key == topic.pk for one in article.corrections.all()):
            settled.add(article.pk)
        if len(now) > len(before):
            gained.add(article.pk)
        elif len(now) < len(before):
            lost.add(article.pk)
    store.write_claims(changed)
    _mark(topic, gained - settled, lost - settled)
    return len(gained), len(lost)


def _mark(topic: Topic, gained: Iterable[int], lost: Iterable[int]) -> None:
    rows = [ArticleTopic(article_id=pk, topic=topic) for pk in gained]
    ArticleTopic.objects.bulk_create(rows, ignore_conflicts=True)
    ArticleTopic.objects.filter(topic=topic, article__in=list(lost)).delete()
    index.refile("topic", topic.pk, gained=gained, lost=lost)


def retag_all(topic: Topic) -> Iterator[Step]:
    """Like `retag`, and the evidence of all articles anew where none is waiting for it."""
    if topic.retagged_to is None:
        Topic.objects.filter(pk=topic.pk).update(retagged_to=0)
        topic.retagged_to = 0
    return retag(topic)


def retag_command(topic: Topic) -> str:
    return f"manage.py retag {topic.pk}"


def _row(topic: Topic) -> TopicRow:
    return TopicRow(topic.pk, topic.name_en, topic.name_ru, topic.rule)
