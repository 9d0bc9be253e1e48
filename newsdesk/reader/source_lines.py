"""One line of the raw text as a line of its source: what is decided on it, and what another decision would change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from newsdesk.articles.models import Article, Source, SourceLine
from newsdesk.articles.profiles import Change, Preview, preview
from newsdesk.pipeline.cleaning.lines import Line, split_lines
from newsdesk.pipeline.stages.clean import split_edges


class SourceLineForm(forms.Form):
    """The line by its place in the raw text, and what is to hold for it."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    decision = forms.ChoiceField(choices=SourceLine.Decision.choices, required=False)


@dataclass(frozen=True, slots=True)
class Choice:
    decision: str
    label: str
    url: str
    current: bool


class SourceLinePage:
    """``line`` of an article that has a source, and the decision that is asked about."""

    def __init__(self, article: Article, source: Source, line: Line, decision: str) -> None:
        self.article = article
        self.source = source
        self.line = line
        self.decision = decision

    @cached_property
    def row(self) -> SourceLine | None:
        return self.source.lines.filter(line=self.change.line).first()

    @property
    def change(self) -> Change:
        return Change(self.line.text, self.decision)

    @cached_property
    def preview(self) -> Preview:
        return preview(self.source, [self.change])

    @property
    def holds(self) -> str:
        return self.row.decision if self.row else SourceLine.Decision.EVIDENCE

    @property
    def holds_in_words(self) -> str:
        return str(SourceLine.Decision(self.holds).label)

    @property
    def has_figures(self) -> bool:
        return any(character.isdigit() for character in self.line.text)

    @property
    def saved(self) -> bool:
        """Whether it is decided so already."""
        return self.holds == self.decision

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(value, str(label), self.url_of(value), value == self.decision)
            for value, label in SourceLine.Decision.choices
        ]

    def url_of(self, decision: str) -> str:
        place: dict[str, str | int] = {"start": self.line.start, "end": self.line.end, "decision": decision}
        return f"{reverse('source-line', args=[self.article.pk])}?{urlencode(place)}"

    @property
    def url(self) -> str:
        return self.url_of(self.decision)

    @property
    def back_url(self) -> str:
        return f"{self.article.get_absolute_url()}?raw=1#raw-{self.line.start}"


def find_line(text: str, start: int, end: int) -> Line | None:
    """The first line that has something of this span, as the cleaning sees it: without a date before its text."""
    whole = split_lines(text)
    _, lines = split_edges(whole)
    of_span = (max(start, line.start) < min(end, line.end) for line in whole)
    return next((line for line, of in zip(lines, of_span, strict=True) if of), None)
