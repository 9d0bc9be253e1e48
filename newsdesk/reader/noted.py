"""Notes across articles, filtered and searched.

The search compares stems of whole words, kept in a column of each note: it reads all notes that the other filters leave.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations import notes
from newsdesk.annotations.models import Annotation, Kind, stems_of
from newsdesk.articles.queries import among
from newsdesk.people.models import Visibility
from newsdesk.reader.filters import ArticleFilter

PER_PAGE = 50
ANY = ("", _("any"))
WITHDRAWN = [("", _("left out")), ("too", _("shown, too")), ("only", _("shown alone"))]


class NoteFilter(forms.Form):
    words = forms.CharField(label=_("Words of note or passage"), max_length=200, required=False)
    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), required=False, empty_label=_("any"))
    state = forms.ChoiceField(label=_("Review"), choices=[ANY, *Annotation.State.choices], required=False)
    author = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("By"), required=False, empty_label=_("anybody")
    )
    tag = forms.CharField(label=_("Tag"), max_length=50, required=False)
    seen = forms.ChoiceField(label=_("Seen by"), choices=[ANY, *Visibility.choices], required=False)
    placed = forms.ChoiceField(label=_("Passage"), choices=[ANY, *Annotation.Anchored.choices], required=False)
    withdrawn = forms.ChoiceField(label=_("Withdrawn ones"), choices=WITHDRAWN, required=False)
    noted_after = forms.DateField(
        label=_("Noted from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    noted_before = forms.DateField(
        label=_("Noted until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, seen: QuerySet[Annotation]) -> None:
        super().__init__(data)
        people = get_user_model().objects.filter(pk__in=seen.order_by().values("author"))
        self.fields["author"].queryset = people.order_by("username")  # type: ignore[attr-defined]  # a field of models

    def narrow(self, found: QuerySet[Annotation]) -> QuerySet[Annotation]:
        """Nothing where a value is wrong; what was withdrawn only where it is asked for."""
        if not self.is_valid():
            return found.none()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        columns = {"kind": "kind", "state": "state", "author": "author", "seen": "visibility", "placed": "anchored"}
        found = found.filter(**{columns[name]: value for name, value in given.items() if name in columns})
        if (withdrawn := given.get("withdrawn")) != "too":
            found = found.filter(withdrawn__isnull=withdrawn != "only")
        for stem in stems_of(given.get("words", "")).split():
            found = found.filter(stems__contains=f" {stem} ")
        if tag := given.get("tag"):
            found = found.filter(tags__contains=f"\n{' '.join(tag.casefold().split())}\n")
        if after := given.get("noted_after"):
            found = found.filter(created__gte=_midnight(after))
        if before := given.get("noted_before"):
            found = found.filter(created__lt=_midnight(before + dt.timedelta(days=1)))
        return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int | None
    url: str
    current: bool


class NoteListing:
    """A page of the notes that one may see, the newest first. Parameters of the list of articles narrow it to those articles."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.articles = ArticleFilter(request.GET, request.user)
        self.form = NoteFilter(request.GET, notes.visible(request.user))

    @property
    def found(self) -> QuerySet[Annotation]:
        """All of them, in no order; none where a filter has a wrong value."""
        found = self.form.narrow(notes.visible(self.request.user))
        if not self.articles.is_valid():
            return found.none()
        if not self.articles.sets:
            return found
        kept = [pk for pk, article in found.order_by().values_list("pk", "article") if article in self.articles.ids]
        return found.filter(pk__in=among(kept))

    @cached_property
    def page(self) -> Page[Annotation]:
        found = self.found.select_related("article__source", "author", "kind", "parent").order_by("-created", "-pk")
        return Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def astray(self) -> int:
        """How many passages of what one sees are to be checked."""
        return notes.visible(self.request.user).filter(anchored__in=Annotation.ASTRAY, withdrawn=None).count()

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The filters of articles, for the form to carry along; the form has its own fields."""
        return self.articles.address.without(*self.form.fields)

    @property
    def tags(self) -> list[str]:
        """Those of the notes that one sees, to choose from."""
        packed = notes.visible(self.request.user).exclude(tags="").order_by().values_list("tags", flat=True).distinct()
        return sorted({tag for tags in packed for tag in tags.strip().split("\n")})

    @property
    def pages(self) -> list[Numbered]:
        if self.page.paginator.num_pages < 2:
            return []
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [
            Numbered(number, self.url_of(number), number == self.page.number)
            if isinstance(number, int)
            else Numbered(None, "", False)
            for number in numbers
        ]

    def url_of(self, number: int) -> str:
        pairs = [
            (name, value) for name, values in self.request.GET.lists() for value in values if name != "page" and value
        ]
        return "?" + urlencode([*pairs, *([("page", str(number))] if number > 1 else [])])
