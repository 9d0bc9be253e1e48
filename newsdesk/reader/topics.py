"""The page of a topic: what it is, its rule, how much there is of it and when, and a rule that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import Truncator

from newsdesk.articles import topics
from newsdesk.articles.history import changes_of_topic
from newsdesk.articles.models import Topic
from newsdesk.people.access import User
from newsdesk.people.history import Change, Difference
from newsdesk.query import QueryError
from newsdesk.query.outline import Outline, outline
from newsdesk.reader.charts import Timeline, make_timeline
from newsdesk.reader.facets import ALL, make_facet
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.listing import Listing, Row
from newsdesk.reader.sparklines import Sparkline, make_sparklines

NEWEST = 5
SHORT = 120  # letters of a rule on the list of topics


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A line of the list of topics."""

    topic: Topic
    name: str
    rule: str
    count: int
    url: str
    sparkline: Sparkline | None


def list_topics() -> list[TopicEntry]:
    """All, those with the most articles first; those that are not in use last."""
    articles = ArticleFilter(QueryDict())
    choices = {choice.value: choice for choice in make_facet(articles, "topic", ALL).choices}
    counted = [choice for choice in choices.values() if choice.count]
    lines = dict(zip((choice.value for choice in counted), make_sparklines(articles, counted), strict=True))
    entries = [
        TopicEntry(
            topic=topic,
            name=str(topic),
            rule=Truncator(" ".join(topic.rule.split())).chars(SHORT),
            count=choices[topic.pk].count if topic.pk in choices else 0,
            url=articles.address.url_with(topic=topic.pk),
            sparkline=lines.get(topic.pk),
        )
        for topic in Topic.objects.all()
    ]
    return sorted(entries, key=lambda entry: (not entry.topic.active, -entry.count, entry.name))


class TopicPage:
    """``draft``: a rule that was sent and is not saved, made from ``state``; ``stale``: since somebody else has changed the topic meanwhile. ``running``: the
    page goes on applying the rule by itself."""

    def __init__(
        self,
        topic: Topic,
        user: User,
        *,
        editable: bool,
        draft: topics.Draft | None = None,
        state: str = "",
        stale: bool = False,
        running: bool = False,
    ) -> None:
        self.topic = topic
        self.user = user
        self.editable = editable
        self.draft = draft
        self.state = state or topics.state_of(topic)
        self.stale = stale
        self.running = running

    @property
    def name(self) -> str:
        return str(self.topic)

    @cached_property
    def articles(self) -> ArticleFilter:
        return ArticleFilter(QueryDict(urlencode({"topic": self.topic.pk})), self.user)

    @property
    def count(self) -> int:
        return len(self.articles.ids)

    @cached_property
    def newest(self) -> list[Row]:
        return Listing(self.articles).rows[:NEWEST]

    @cached_property
    def timeline(self) -> Timeline | None:
        return make_timeline(self.articles)

    @cached_property
    def rule(self) -> Outline | None:
        """The saved rule to be read; None for one that cannot be."""
        try:
            return outline(self.topic.rule)
        except QueryError:
            return None

    @property
    def yours(self) -> Difference:
        """What the draft would change of the rule that holds."""
        return Difference("", self.topic.rule, self.written)

    @property
    def written(self) -> str:
        """What stands in the box."""
        return self.draft.rule if self.draft else self.topic.rule

    @cached_property
    def pending(self) -> topics.Pending | None:
        """What is left to do, where anything is; a rule that cannot be read is never applied."""
        if self.rule is None:
            return None
        try:
            found = topics.find_pending(self.topic, topics.BUDGET)
        except ValueError:
            return None
        return found if found.left else None

    @cached_property
    def changes(self) -> list[Change]:
        return changes_of_topic(self.topic)

    @property
    def command(self) -> str:
        return topics.retag_command(self.topic)
