"""What is exported, for whom, with which options; and what every file says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import newsdesk
from newsdesk.articles.models import Article
from newsdesk.articles.store import BATCH, batches
from newsdesk.people.access import User
from newsdesk.reader.exports.citations import STYLES
from newsdesk.reader.exports.notes import Note, Wanted, count_notes, notes_of

JSON = dict[str, Any]

ORDERS = {"": _("as in the list"), "date": _("by date, the first published first")}


class OptionsForm(forms.Form):
    """As they stand in the address of a download. Fields that are not there have the first of their values."""

    notes = forms.BooleanField(label=_("With notes"), required=False)
    private = forms.BooleanField(label=_("With those, too, that only you see"), required=False)
    style = forms.ChoiceField(label=_("Citations"), choices=list(STYLES.items()), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()), required=False)
    bom = forms.BooleanField(label=_("CSV for Excel (with a byte order mark)"), required=False)


@dataclass(frozen=True, slots=True)
class Options:
    notes: bool = False
    private: bool = False
    style: str = next(iter(STYLES))
    order: str = ""
    bom: bool = False

    @classmethod
    def of(cls, form: OptionsForm) -> Options:
        """A form that is valid."""
        return cls(**{name: value for name, value in form.cleaned_data.items() if value})


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with what goes with it: the notes that this reader may see, and what its collection says of it."""

    article: Article
    notes: list[Note]
    remark: str


@dataclass(frozen=True)
class Selection:
    """``query`` is that of the list, as its address writes it; ``url`` its whole address, ``site`` where this desk is served.
    ``summary`` and ``remarks``, by article, are what an analyst wrote in a collection, in Markdown.
    ``chosen``: of the notes only these."""

    ids: Sequence[int]
    name: str = "list"
    title: str = ""
    query: str = ""
    url: str = ""
    site: str = ""
    summary: str = ""
    remarks: Mapping[int, str] = field(default_factory=dict)
    user: User = field(default_factory=AnonymousUser)
    options: Options = Options()
    chosen: Collection[int] | None = None
    made: dt.datetime = field(default_factory=timezone.now)

    @cached_property
    def notes(self) -> int | None:
        """How many; None where they are left out."""
        return count_notes(self.ids, self.wanted) if self.options.notes else None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.user, self.options.private, self.chosen)

    @property
    def software(self) -> str:
        return f"Newsdesk {newsdesk.__version__}"

    @property
    def statement(self) -> JSON:
        """What every file says: which list, when, how much, by what."""
        stated: JSON = {
            "title": self.title,
            "query": self.query,
            "address": self.url,
            "made": self.made.isoformat(timespec="seconds"),
            "articles": len(self.ids),
            "annotations": self.notes,
            "software": self.software,
        }
        return {name: value for name, value in stated.items() if value not in ("", None)}

    @property
    def sentence(self) -> str:
        """The same on one line."""
        return "; ".join(f"{name}: {value}" for name, value in self.statement.items())

    def page_of(self, article: Article) -> str:
        """The address of an article in this desk."""
        return self.site + article.get_absolute_url()

    def entries(self) -> Iterator[Entry]:
        """A batch of rows at a time, so that memory does not grow with the export."""
        for batch in batches(self.ids, BATCH):
            yield from self.entries_of(batch)

    def entries_of(self, ids: Sequence[int]) -> Iterator[Entry]:
        found = Article.objects.for_list().select_related("source").in_bulk(ids)
        notes = notes_of(ids, self.wanted) if self.options.notes else {}
        for pk in ids:
            if article := found.get(pk):
                yield Entry(article, notes.get(pk, []), self.remarks.get(pk, ""))

    def annotated(self) -> Iterator[Entry]:
        """Articles that have notes, whether or not the options ask for notes; of the others no row is read."""
        for batch in batches(self.ids, BATCH):
            notes = notes_of(batch, self.wanted)
            for entry in self.entries_of([pk for pk in batch if pk in notes]):
                yield Entry(entry.article, notes[entry.article.pk], entry.remark)
