"""The groups of the filter panel, with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from newsdesk.reader.addresses import MORE
from newsdesk.reader.filters import ArticleFilter, FacetFilter, Values
from newsdesk.search import index

SHOWN = 8  # choices before "show more"
ALL = 10_000
TIMELINE = "timeline"

State = Literal["", "included", "excluded"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value, the articles under it, and the addresses that two clicks lead to. A click on what is chosen already
    takes it off."""

    value: str
    label: str
    count: int
    state: State
    include_url: str
    exclude_url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """``hidden`` choices are left out of ``choices``; ``more_url`` shows all of them, or hides them again."""

    name: str
    label: str
    help: str
    choices: list[Choice]
    hidden: int
    expanded: bool
    more_url: str
    folded: bool
    chosen: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whether the timeline is shown as a table too."""

    shown: bool
    url: str


def make_numbers(articles: ArticleFilter) -> Numbers:
    return Numbers(TIMELINE in articles.address.values(MORE), articles.address.toggled(MORE, TIMELINE))


def make_facets(articles: ArticleFilter, opened: Mapping[str, bool] | None = None) -> list[Facet]:
    """Each facet counted under every filter but its own; those without anything to choose are left out. ``opened``
    says by name which ones the reader opened or folded by hand."""
    facets = [
        make_facet(articles, name, opened=(opened or {}).get(name))
        for name, filter_ in articles.filters.items()
        if isinstance(filter_, FacetFilter) and filter_.counted
    ]
    return [facet for facet in facets if facet.choices]


def make_facet(articles: ArticleFilter, name: str, limit: int = SHOWN, *, opened: bool | None = None) -> Facet:
    filter_: FacetFilter = articles.filters[name]
    chosen: Values = articles.values.get(name) or Values()
    counts = index.counts(name, articles.ids_without(name))
    values = _in_order(filter_, counts, chosen)
    shown = _shown(counts, values, chosen, limit)
    expanded = name in articles.address.values(MORE) and shown < len(values)
    return Facet(
        name=name,
        label=str(filter_.label),
        help=str(filter_.field.help_text),
        choices=[
            _make_choice(articles, filter_, value, counts.get(value, 0), chosen)
            for value in (values if expanded else values[:shown])
        ],
        hidden=0 if expanded else len(values) - shown,
        expanded=expanded,
        more_url=articles.address.toggled(MORE, name),
        folded=filter_.folded and not chosen if opened is None else not opened,
        chosen=len(chosen.all),
    )


def _in_order(filter_: FacetFilter, counts: Mapping[str, int], chosen: Values) -> list[str]:
    """What is chosen first, then by count, then by name. Values that nothing is known of any more are passed over."""
    names, first = filter_.names, {*chosen.all}
    listed = [value for value in names if counts.get(value) or value in first or filter_.keep_zeros]
    return sorted(listed, key=lambda value: (value not in first, -counts.get(value, 0), names[value]))


def _shown(counts: Mapping[str, int], values: list[str], chosen: Values, limit: int) -> int:
    """How many to show at first: all that are chosen; then those that have articles, up to a limit."""
    full = sum(bool(counts.get(value) or value in chosen.all) for value in values)
    limit = max(limit, len(chosen.all))
    return full if full <= limit + 1 else limit  # a link that shows one more is longer than the one


def _make_choice(articles: ArticleFilter, filter_: FacetFilter, value: str, count: int, chosen: Values) -> Choice:
    name: str = filter_.name
    state: State = "included" if value in chosen.include else "excluded" if value in chosen.exclude else ""
    others = {*articles.address.values(name)} - {value, f"-{value}"}
    include = others if state == "included" else others | {value}
    exclude = others if state == "excluded" else others | {f"-{value}"}
    return Choice(
        value=value,
        label=filter_.names[value],
        count=count,
        state=state,
        include_url=articles.address.url_with(**{name: include}),
        exclude_url=articles.address.url_with(**{name: exclude}),
    )
