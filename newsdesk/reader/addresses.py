"""Addresses of the list. The URL is the state, and this is the one place that writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from newsdesk.articles.models import Article

PAGE = "page"
MORE = "more"  # what is shown in full: facets, and the numbers of the timeline
VIEW = "view"  # the saved view that the list was opened by: narrows nothing, and stays while filters change

PAIRS_REMEMBERED = 5000  # a page has hundreds of links, made of the same few pairs

Values = str | int | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The parameters that count, in the order in which an address writes them. ``many`` may be repeated; a parameter
    that has its value of ``defaults`` is left out."""

    path: str
    names: tuple[str, ...]
    many: frozenset[str]
    defaults: Mapping[str, str]

    def canonical(self, params: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        """No empty, doubled or unknown parameter; the values of each in order. So one list has one address."""
        cleaned = ((name, self.clean(name, params[name])) for name in self.names if name in params)
        return {name: values for name, values in cleaned if values}

    def clean(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        if name in self.many:
            return tuple(sorted({value.strip() for value in values} - {""}))
        last = values[-1].strip() if values else ""
        return () if last in ("", self.defaults.get(name)) else (last,)


@dataclass(frozen=True, slots=True)
class Address:
    scheme: Scheme
    params: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, data: QueryDict, scheme: Scheme) -> Self:
        return cls(scheme, scheme.canonical(dict(data.lists())))

    def values(self, name: str) -> tuple[str, ...]:
        return self.params.get(name, ())

    def with_(self, **changes: Values) -> Self:
        """The address after ``changes``; None drops a parameter. What changes the list begins at page one."""
        params = dict(self.params)
        if changes.keys() - {PAGE, MORE, VIEW}:
            params.pop(PAGE, None)
        params |= {name: self.scheme.clean(name, _texts(value)) for name, value in changes.items()}
        return type(self)(self.scheme, {name: params[name] for name in self.scheme.names if params.get(name)})

    def anew(self, **params: Values) -> Self:
        """The address of another list, with nothing of this one."""
        return type(self)(self.scheme, self.scheme.canonical({name: _texts(value) for name, value in params.items()}))

    def on(self, scheme: Scheme) -> Self:
        """The address of another page with the same filters, from its beginning."""
        kept = self.with_(**{PAGE: None, MORE: None}).params
        return type(self)(scheme, scheme.canonical(kept))

    @property
    def query(self) -> str:
        """``?country=AZ&topic=karabakh``, or nothing."""
        pairs = [_pair(name, value) for name, values in self.params.items() for value in values]
        return f"?{'&'.join(pairs)}" if pairs else ""

    @property
    def carried(self) -> str:
        """What names the list, whatever its page, without the question mark."""
        return self.with_(page=None, more=None).query.removeprefix("?")

    @property
    def plain(self) -> Self:
        """The list itself, on whatever page and by whatever saved view it was come to."""
        return self.with_(page=None, more=None, view=None)

    @property
    def canonical_url(self) -> str:
        """One address for one page of one list."""
        return self.url_with(view=None)

    @property
    def url(self) -> str:
        return self.scheme.path + self.query

    def url_with(self, **changes: Values) -> str:
        return self.with_(**changes).url

    def toggled(self, name: str, value: str) -> str:
        """The address with ``value`` added, or taken off where it is there."""
        return self.url_with(**{name: {*self.values(name)} ^ {value}})

    def without(self, *names: str) -> list[tuple[str, str]]:
        """Names and values that a form has to carry along, as hidden inputs, beside its own fields ``names``."""
        skipped = {PAGE, *names}
        return [(name, value) for name, values in self.params.items() if name not in skipped for value in values]


def article_url(article: Article, carried: str, **own: str) -> str:
    """The page of an article. It carries the list along (`Address.carried`), so that Back, previous and next stay in
    it; ``own`` are parameters of that page itself."""
    query = "&".join(part for part in (carried, urlencode(own)) if part)
    return article.get_absolute_url() + (f"?{query}" if query else "")


def comparison_url(one: int, other: int) -> str:
    """Two articles side by side: one address for a pair, whichever was asked for first."""
    return reverse("comparison", args=sorted((one, other)))


@lru_cache(PAIRS_REMEMBERED)
def _pair(name: str, value: str) -> str:
    return urlencode({name: value})


def _texts(value: Values) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str | int) else tuple(value)
