"""What is wrong with a query or with the rule of a topic, in the language of the interface."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from newsdesk.pipeline.stages.topics import RuleError
from newsdesk.query import QueryError

# By the code of the error; its own message is in English.
MESSAGES = {
    "length": _("The query is longer than %(value)s characters."),
    "address": _("This is too long for an address: a search in such letters has at most %(value)s characters."),
    "depth": _("Parentheses, NOT and fields are nested more than %(value)s deep."),
    "open": _("What “%(value)s” opens is not closed."),
    "idle": _("“%(value)s” has nothing to go with."),
    "star": _("A * can stand only at the end of a word, not as in “%(value)s”."),
    "prefix": _("Before a * there must be at least two letters: “%(value)s” is too short."),
    "distance": _("The distance after ~ is a number up to 50, not “%(value)s”."),
    "times": _("The number after ^ is at most 100, not “%(value)s”."),
    "often": _("“%(value)s” counts words only: nothing that is excluded, and no field but title and body."),
    "field": _("There is no field “%(value)s”: look it up in the help, or leave out the colon."),
    **dict.fromkeys(("after", "before"), _("“%(value)s” is not a date.")),
    "story": _("“%(value)s” is not the number of a story."),
    "annotated": _("“%(value)s” is neither yes, nor no, nor mine."),
    "has": _("“%(value)s” is not something that an article has or lacks."),
    "empty": _("The rule is empty and would match everything."),
    "on topic": _("Rules that rest on each other could go round in a circle: write out the words instead."),
    "on story": _("Stories are made after topics: write out the words instead."),
    "on annotated": _("Articles are annotated after topics are found: filter the topic by it instead."),
}


def describe(error: QueryError | RuleError) -> str:
    return str(MESSAGES.get(error.code, error)) % {"value": error.value}
