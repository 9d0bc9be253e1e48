"""The filters of the list. `ArticleFilter` is the one list of them: controls, counts, chips and links follow from it.

A filter answers with a set of ids from the index instead of narrowing a queryset: no join, no DISTINCT, and a count
that cannot disagree with the list. Values of one filter are joined by OR, filters by AND; ``-`` excludes a value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import quote_plus

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from pyroaring import BitMap

from newsdesk.annotations import notes
from newsdesk.articles.faults import describe
from newsdesk.articles.models import Article
from newsdesk.people.access import User
from newsdesk.query import Query, QueryError, parse
from newsdesk.query.dates import read_days
from newsdesk.reader.addresses import MORE, PAGE, VIEW, Address, Scheme
from newsdesk.reader.names import Names
from newsdesk.search import index
from newsdesk.workspace import reading

ROOM = 6_600  # bytes of an address for a search; servers take 8,190 for all of a request line (see Makefile)
DATES = ("published_after", "published_before", "dated")


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one facet: an article has one of ``include`` and none of ``exclude``."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude)

    @property
    def all(self) -> tuple[str, ...]:
        return self.include + self.exclude


@dataclass(frozen=True, slots=True)
class Chip:
    """One active value, and the address of the list without it."""

    name: str
    label: str
    text: str
    excluded: bool
    url: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Order:
    value: str
    label: str
    url: str
    current: bool


def make_orders(address: Address, name: str, labels: Mapping[str, Any], chosen: str) -> list[Order]:
    """One of ``labels`` holds at a time; each leads to the address with it as the parameter ``name``."""
    return [
        Order(value, str(label), address.url_with(**{name: value}), value == chosen) for value, label in labels.items()
    ]


@dataclass(frozen=True, slots=True)
class ReadChoice:
    """One of the states of reading, and how many articles of the list are in it."""

    value: str
    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that the list cannot be filtered by, and the address without it."""

    name: str
    label: str
    messages: list[str]
    url: str


class UnreadableQueryError(ValidationError):
    """A search that cannot be read; ``error`` has the place of the fault."""

    def __init__(self, error: QueryError) -> None:
        super().__init__(describe(error))
        self.error = error


class ValuesField(forms.Field):
    """``country=AZ&country=-RU``. ``names`` gives the values there are, with what they are called: it is asked where
    one is to be checked."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, names: Callable[[], Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names

    def clean(self, value: Iterable[str] | None) -> Values:
        given = sorted({item.strip() for item in value or ()} - {""})
        values = Values(
            tuple(item for item in given if not item.startswith("-")),
            tuple(item[1:] for item in given if item.startswith("-")),
        )
        if values and (unknown := [item for item in values.all if item not in self.names()]):
            raise ValidationError([gettext("“%(value)s” is not known here.") % {"value": item} for item in unknown])
        return values


class QueryField(forms.CharField):
    """A search that fits into the address of its list, with room for what else is in it."""

    def clean(self, value: Any) -> Query | None:
        text = super().clean(value)
        try:
            _refuse_what_fits_no_address(text)
            return parse(text) if text else None
        except QueryError as error:
            raise UnreadableQueryError(error) from error


def _refuse_what_fits_no_address(text: str) -> None:
    size = len(quote_plus(text))
    if size > ROOM:
        most = len(text) * ROOM // size
        raise QueryError("address", most, str(most))


class DayField(forms.Field):
    """A day, as `read_days` reads it; of a month or a year the one that it begins or, with ``last``, ends with."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.last = last

    def clean(self, value: Any) -> dt.date | None:
        text = (value or "").strip()
        try:
            return read_days(text)[self.last] if text else None
        except ValueError as error:
            message = gettext("“%(value)s” is not a date. Write it as 2022-02-22, 22.02.2022, 2022-02 or 2022.")
            raise ValidationError(message % {"value": text}) from error


class ReadField(forms.ChoiceField):
    """What one has read is known only of who has signed in."""

    def __init__(self, *, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.signed_in = signed_in

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.signed_in:
            raise ValidationError(gettext("Sign in to filter by what you have read."))


class ListForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        after, before = cleaned.get("published_after"), cleaned.get("published_before")
        if after and before and after > before:
            self.add_error("published_before", gettext("The last day is before the first."))
        return cleaned


class IdsFilter(Filter):  # type: ignore[misc]  # django-filter has no types
    """``many``: the parameter may be repeated. ``default``: the value that an address leaves out."""

    many = False
    default = ""
    parent: ArticleFilter

    def ids(self, value: Any) -> BitMap | None:
        """The articles that pass, or None where the filter narrows nothing."""
        raise NotImplementedError

    def texts(self, value: Any) -> Iterator[tuple[str, str]]:
        """For the chips: each active value as it stands in the address, and as it is called."""
        raise NotImplementedError

    def page_url(self, text: str) -> str:
        """The page about an active value, as it stands in the address; empty where there is none."""
        return ""


class FacetFilter(IdsFilter):
    """Values of a facet of the index. ``names`` is the attribute of `Names` that lists them; ``keep_zeros`` lists
    values without articles too, ``folded`` keeps the group shut while nothing in it is chosen."""

    field_class = ValuesField
    many = True
    counted = True

    def __init__(self, names: str, *, keep_zeros: bool = False, folded: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = names
        self.keep_zeros = keep_zeros
        self.folded = folded

    @property
    def names(self) -> Mapping[str, str]:
        return getattr(self.parent.names, self.kind)  # type: ignore[no-any-return]  # each kind of names is such a mapping

    @property
    def field(self) -> forms.Field:
        self.extra["names"] = lambda: self.names
        return super().field  # type: ignore[no-any-return]  # django-filter has no types

    def ids(self, value: Values) -> BitMap | None:
        if not value:
            return None
        kept = _any_of(self.name, value.include) if value.include else index.everything()
        return kept - _any_of(self.name, value.exclude)

    def texts(self, value: Values) -> Iterator[tuple[str, str]]:
        yield from ((item, self.names[item]) for item in value.include)
        yield from ((f"-{item}", self.names[item]) for item in value.exclude)


class StoryFilter(FacetFilter):
    """Stories are reached from the articles: there are too many of them to list and count."""

    counted = False

    @property
    def names(self) -> Mapping[str, str]:
        return self.parent.stories

    def page_url(self, text: str) -> str:
        return reverse("story", args=[int(text.removeprefix("-"))])


class QueryFilter(IdsFilter):
    field_class = QueryField

    def ids(self, value: Query | None) -> BitMap | None:
        return index.search(value, noted=self.parent.noted) if value else None

    def texts(self, value: Query | None) -> Iterator[tuple[str, str]]:
        if value:
            (text,) = self.parent.address.values(self.name)
            yield text, text


class AfterFilter(IdsFilter):
    field_class = DayField

    def ids(self, value: dt.date | None) -> BitMap | None:
        return index.between(value, None) if value else None

    def texts(self, value: dt.date | None) -> Iterator[tuple[str, str]]:
        if value:
            yield value.isoformat(), date_format(value, "j E Y")


class BeforeFilter(AfterFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(last=True, **kwargs)

    def ids(self, value: dt.date | None) -> BitMap | None:
        return index.between(None, value) if value else None


class ChoicesFilter(IdsFilter):
    """One of a few fixed values, each with what it is called."""

    field_class: type[forms.Field] = forms.ChoiceField
    CHOICES: Mapping[str, Any] = {}  # strings, translated when they are shown

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(self.CHOICES.items()), **kwargs)

    def texts(self, value: str) -> Iterator[tuple[str, str]]:
        if value:
            yield value, str(self.CHOICES[value])


class DatedFilter(ChoicesFilter):
    """Articles whose date is known, or not."""

    CHOICES = {"yes": _("with a date"), "no": _("without a date")}

    def ids(self, value: str) -> BitMap | None:
        if not value:
            return None
        dated = index.between(None, None)
        return dated if value == "yes" else index.everything() - dated


class ReadFilter(ChoicesFilter):
    """What the reader did with the articles."""

    field_class = ReadField
    CHOICES = {"unread": _("Unread"), "read": _("Read"), "starred": _("Starred"), "archived": _("Archived")}

    @property
    def field(self) -> forms.Field:
        self.extra["signed_in"] = self.parent.reader is not None
        return super().field  # type: ignore[no-any-return]  # django-filter has no types

    def ids(self, value: str) -> BitMap | None:
        if not value:
            return None
        if value == "unread":
            return index.everything() - self.parent.marked("read")
        return self.parent.marked(cast("reading.Mark", value))


class AnnotatedFilter(ChoicesFilter):
    """Articles with a note that the reader sees, without one, or with one of their own."""

    CHOICES = {"yes": _("with notes"), "no": _("without notes"), "mine": _("with notes of mine")}

    def ids(self, value: str) -> BitMap | None:
        if not value:
            return None
        everything = index.everything()
        noted = everything & self.parent.noted("mine" if value == "mine" else "yes")
        return everything - noted if value == "no" else noted


class SortFilter(ChoicesFilter):
    """Narrows nothing; among the filters because it is part of the address in the same way."""

    default = "newest"
    CHOICES = {"newest": _("Newest"), "oldest": _("Oldest"), "relevance": _("Relevance")}

    def ids(self, value: str) -> BitMap | None:
        return None

    def texts(self, value: str) -> Iterator[tuple[str, str]]:
        return iter(())


class FoldFilter(SortFilter):
    """Narrows nothing either: the list has one row for each story."""

    default = ""
    CHOICES = {"1": _("Stories")}


class ArticleFilter(FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Declare a filter here, and it is in the panel, the counts, the chips and every link. The order is that of the
    panel and of the parameters in an address."""

    q = QueryFilter(label=_("Search"))
    about = FacetFilter("countries", label=_("About"))
    country = FacetFilter("countries", label=_("Country"), help_text=_("About it, or naming it."), folded=True)
    topic = FacetFilter("topics", label=_("Topic"), keep_zeros=True)
    language = FacetFilter("languages", label=_("Language"))
    source = FacetFilter("sources", label=_("Source"))
    story = StoryFilter("stories", label=_("Story"))
    published_after = AfterFilter(label=_("From"))
    published_before = BeforeFilter(label=_("To"))
    dated = DatedFilter(label=_("Articles"))
    read = ReadFilter(label=_("Reading"))
    annotated = AnnotatedFilter(label=_("Notes"))
    sort = SortFilter(label=_("Order"))
    fold = FoldFilter(label=_("Rows"))

    class Meta:
        model = Article
        form = ListForm
        fields: list[str] = []

    @classmethod
    def scheme(cls, page: str = "articles", own: tuple[str, ...] = ()) -> Scheme:
        """For another page than the list, which may have parameters of its ``own``."""
        filters = cls.base_filters
        return Scheme(
            path=reverse(page),
            names=(*filters, VIEW, *own, MORE, PAGE),
            many=frozenset(name for name, filter_ in filters.items() if filter_.many) | {MORE},
            defaults={name: filter_.default for name, filter_ in filters.items()} | {PAGE: "1"},
        )

    def __init__(
        self,
        data: QueryDict,
        user: User | None = None,
        *,
        scheme: Scheme | None = None,
        names: Names | None = None,
        marked: dict[str, BitMap] | None = None,
    ) -> None:
        """``user`` is whose reading and notes count; ``scheme`` that of the page that is filtered, where it is not the list;
        ``names`` and what they ``marked`` may be shared by many filters."""
        super().__init__(data)
        self.user: User = user or AnonymousUser()
        self.reader: int | None = self.user.pk if self.user.is_authenticated else None
        self.names = names or Names()
        self._marked = {} if marked is None else marked
        self.requested = Address.of(data, scheme or self.scheme())
        for name, filter_ in self.filters.items():
            filter_.name = name

    @cached_property
    def stories(self) -> dict[str, str]:
        return self.names.stories(value.removeprefix("-") for value in self.requested.values("story"))

    @cached_property
    def address(self) -> Address:
        """The address asked for without what is wrong in it: the ground that all links stand on."""
        return self.requested.with_(**{**dict.fromkeys(self.errors), "sort": self.order, PAGE: self.page})

    @property
    def page(self) -> int:
        given = self.requested.values(PAGE)
        return max(1, int(given[0])) if given and given[0].isdecimal() and len(given[0]) < 10 else 1

    @property
    def values(self) -> dict[str, Any]:
        """What the sound filters are set to."""
        self.errors  # noqa: B018  (validates)
        return self.form.cleaned_data  # type: ignore[no-any-return]  # django-filter has no types

    @property
    def typed_days(self) -> dict[str, str]:
        """What stands in the fields of the dates: a day that was refused, too."""
        return {name: self._typed_day(name) for name in ("published_after", "published_before")}

    def _typed_day(self, name: str) -> str:
        (typed,) = self.requested.values(name) or ("",)
        try:
            day = self.form.fields[name].clean(typed)
        except ValidationError:
            return typed
        return day.isoformat() if day else ""

    @property
    def query(self) -> Query | None:
        return self.values.get("q")

    def marked(self, mark: reading.Mark) -> BitMap:
        """The articles that the reader has read, starred or archived; asked for once."""
        if mark not in self._marked:
            self._marked[mark] = BitMap() if self.reader is None else reading.marked(self.reader, mark)
        return self._marked[mark]

    def noted(self, whose: str) -> BitMap:
        """The articles with a note that the user sees ("yes") or wrote ("mine"); asked for once."""
        key = f"noted: {whose}"
        if key not in self._marked:
            self._marked[key] = notes.annotated(self.user, own=whose == "mine")
        return self._marked[key]

    @property
    def order(self) -> str:
        """Only a search has an order by relevance."""
        chosen = self.values.get("sort") or SortFilter.default
        return SortFilter.default if chosen == "relevance" and not self.query else chosen

    @property
    def folds(self) -> bool:
        """Whether each story has but one row."""
        return bool(self.values.get("fold"))

    @cached_property
    def folded(self) -> index.Folded:
        """The first article of each story, in the order of the list."""
        if self.order == "relevance" and self.query:
            return index.fold_by_rank(self.query, self.ids, noted=self.noted)
        return index.fold(self.ids, newest_first=self.order == "newest")

    @cached_property
    def sets(self) -> dict[str, BitMap]:
        """The articles that pass each of the sound filters that are set."""
        found = ((name, self.filters[name].ids(value)) for name, value in self.values.items())
        return {name: ids for name, ids in found if ids is not None}

    @cached_property
    def ids(self) -> BitMap:
        """The articles of the list: none at all where a value is invalid. (FilterSet.qs would return every row.)"""
        return self.ids_without()

    def page_of_ids(self, offset: int, size: int) -> list[int]:
        """Of the list in its order: articles, or the ones that stand for their stories."""
        if self.folds:
            return self.folded.page(offset, size)
        if self.order == "relevance" and self.query:
            return index.page_by_rank(self.query, self.ids, offset=offset, size=size, noted=self.noted)
        return index.page(self.ids, offset=offset, size=size, newest_first=self.order == "newest")

    def ids_without(self, *names: str) -> BitMap:
        """What the filters but these leave: a facet is counted under every filter but its own. Nothing where a value is
        invalid: without it, it would be another question that is answered."""
        if not self.is_valid():
            return BitMap()
        kept = [ids for name, ids in self.sets.items() if name not in names]
        return BitMap.intersection(*kept) if kept else index.everything()

    @property
    def list_address(self) -> Address:
        """Of the list of these articles, from whatever page."""
        return self.address.on(self.scheme())

    @property
    def cleared_url(self) -> str:
        return self.address.anew(sort=self.order, fold=self.values.get("fold")).url

    @property
    def hidden_inputs(self) -> list[tuple[str, str]]:
        """What the search form carries along: all but its own fields."""
        return self.address.without("q", "published_after", "published_before")

    @property
    def chosen_topic(self) -> str:
        """The one topic that is chosen; empty where none or several are."""
        chosen = self.values.get("topic")
        return chosen.include[0] if chosen and len(chosen.include) == 1 else ""

    @property
    def orders(self) -> list[Order]:
        offered = {value: label for value, label in SortFilter.CHOICES.items() if value != "relevance" or self.query}
        return make_orders(self.address, "sort", offered, self.order)

    @property
    def foldings(self) -> list[Order]:
        """What a row stands for."""
        return make_orders(
            self.address, "fold", {"": _("Articles"), **FoldFilter.CHOICES}, self.values.get("fold") or ""
        )

    @cached_property
    def readings(self) -> list[ReadChoice]:
        """None for who has not signed in. A click on what is chosen takes it off."""
        if self.reader is None:
            return []
        chosen, ids, filter_ = self.values.get("read"), self.ids_without("read"), self.filters["read"]
        return [
            ReadChoice(
                value,
                str(label),
                ids.intersection_cardinality(filter_.ids(value)),
                self.address.url_with(read=None if value == chosen else value),
                value == chosen,
            )
            for value, label in ReadFilter.CHOICES.items()
        ]

    def filter_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(pk__in=self.ids)

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                name,
                str(self.filters[name].label),
                text,
                *self._without(name, value),
                self.filters[name].page_url(value),
            )
            for name, cleaned in self.values.items()
            for value, text in self.filters[name].texts(cleaned)
        ]

    def _without(self, name: str, value: str) -> tuple[bool, str]:
        filter_ = self.filters[name]
        rest = [other for other in self.address.values(name) if filter_.many and other != value]
        return filter_.many and value.startswith("-"), self.address.url_with(**{name: rest})

    @cached_property
    def faults(self) -> list[Fault]:
        return [
            Fault(name, str(self.filters[name].label), list(messages), self.requested.url_with(**{name: None}))
            for name, messages in self.errors.items()
        ]

    @property
    def room(self) -> int:
        return ROOM

    @property
    def too_long(self) -> str:
        """What a script says of a longer search, for which it knows the number."""
        return describe(QueryError("address", 0, "{most}"))

    @cached_property
    def query_error(self) -> QueryError | None:
        """The fault in the search box, with its place."""
        faults = self.errors.as_data().get("q", ())
        return next((fault.error for fault in faults if isinstance(fault, UnreadableQueryError)), None)


def _any_of(facet: str, values: Iterable[str]) -> BitMap:
    return BitMap.union(BitMap(), *(index.value(facet, value) for value in values))
