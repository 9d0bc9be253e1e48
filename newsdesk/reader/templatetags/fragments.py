"""What stands on a page of the list dozens of times: choices, bars, parts of rows.

Written in Python, since a template takes five to ten times as long for each of them, and they are most of the page.
Whatever is put in between quotes or tags goes through `escape`, or is a SafeString.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from newsdesk.articles.marks import Segment
from newsdesk.reader.charts import Bar, Layer
from newsdesk.reader.facets import Choice, Facet
from newsdesk.reader.listing import Coverage, Row
from newsdesk.reader.templatetags.reader import clock, desk_link, published

register = template.Library()

EXCERPT = 200  # characters
TOPICS, COUNTRIES = 4, 6  # named at first; the others are counted, and named where one points


@register.simple_tag
def choices(facet: Facet) -> SafeString:
    """The list items of a facet."""
    name, without = escape(facet.name), gettext("Without %(name)s")
    return SafeString("".join(_choice(name, without, choice) for choice in facet.choices))


def _choice(facet: str, without: str, choice: Choice) -> str:
    value, label = escape(choice.value), escape(choice.label)
    state = f" is-{choice.state}" if choice.state else ""
    zero = "" if choice.count else " is-zero"
    return (
        f'<li class="choice{state}{zero}">'
        f'<a id="in-{facet}-{value}" class="choice-in"{_current(choice, "included")} {desk_link(choice.include_url)}>'
        f'<bdi class="choice-label">{label}</bdi> <span class="choice-count">{choice.count}</span></a>'
        f'<a id="out-{facet}-{value}" class="choice-out"{_current(choice, "excluded")} {desk_link(choice.exclude_url)}'
        f' title="{escape(without % {"name": choice.label})}"></a></li>'
    )


def _current(choice: Choice, state: str) -> str:
    return ' aria-current="true"' if choice.state == state else ""


@register.simple_tag
def columns(bars: Iterable[Bar], layers: Sequence[Layer] = ()) -> SafeString:
    """The bars of the timeline, each a link; what is seen of them is drawn here, or in the layers."""
    return SafeString("".join(_column(bar, drawn=not layers) for bar in bars))


def _column(bar: Bar, *, drawn: bool) -> str:
    chosen = ' class="is-chosen"' if bar.chosen else ""
    column = f'<path class="column" d="{bar.column}"/>' if drawn else ""
    return (
        f'<a{chosen} tabindex="-1" {desk_link(bar.url)}><title>{escape(bar.label)}: {bar.count}</title>'
        f'<path d="{bar.place}"/>{column}</a>'
    )


@register.filter
def when(row: Row) -> SafeString:
    article = row.article
    if not article.published:
        return SafeString(f'<span class="undated">{escape(gettext("Undated"))}</span>')
    said = f'<time datetime="{escape(article.published_value)}">{escape(published(article))}</time>'
    if time := clock(article):
        said += f' <span class="row-clock">{escape(time)}</span>'
    if row.inferred:
        said += f' <span class="inferred" title="{escape(row.provenance)}">{escape(gettext("inferred"))}</span>'
    return SafeString(said)


@register.filter
def marked(pieces: Sequence[Segment]) -> SafeString:
    return SafeString("".join(map(_marked, pieces)))


def _marked(piece: Segment) -> str:
    return f"<mark>{escape(piece.text)}</mark>" if piece.marks else escape(piece.text)


@register.filter
def excerpt(row: Row) -> str:
    """The passage that was searched for, else the beginning."""
    if row.snippet:
        return marked(row.snippet)
    summary = row.article.summary
    return summary if len(summary) <= EXCERPT else f"{summary[: EXCERPT - 1]}…"


@register.filter
def covered(row: Row) -> SafeString:
    """How many articles tell of the same, as a link to the story."""
    story = row.article.story
    if row.coverage:
        said = coverage_text(row.coverage)
    elif story and story.size > 1:
        said = ngettext("%(count)s article in the story", "%(count)s articles in the story", story.size)
        said %= {"count": story.size}
    else:
        return SafeString("")
    return SafeString(f'<a href="{escape(row.story_url)}">{escape(said)}</a>')


@register.filter
def coverage_text(coverage: Coverage) -> str:
    """“3 of 7 articles, 2 outlets, Russian, English”."""
    count, of, outlets = coverage.count, coverage.of, coverage.outlets
    if count < of:
        articles = ngettext("%(count)s of %(of)s article", "%(count)s of %(of)s articles", of)
    else:
        articles = ngettext("%(count)s article", "%(count)s articles", count)
    said = [articles % {"count": count, "of": of}]
    if outlets:
        said.append(ngettext("%(count)s outlet", "%(count)s outlets", outlets) % {"count": outlets})
    return ", ".join([*said, *coverage.languages])


@register.filter
def labels(row: Row) -> SafeString:
    """Topics and countries as the items of a definition list."""
    groups = (
        (' class="own-line"', gettext("Topics"), row.topics, TOPICS),
        ("", gettext("About"), row.about, COUNTRIES),
        ("", gettext("Mentions"), row.mentioned, COUNTRIES),
    )
    return SafeString(
        "".join(
            f"<div{line}><dt>{escape(label)}</dt> <dd>{escape(', '.join(names[:shown]))}{_others(names[shown:])}</dd></div>"
            for line, label, names, shown in groups
            if names
        )
    )


def _others(names: list[str]) -> str:
    return f' <span title="{escape(", ".join(names))}">+{len(names)}</span>' if names else ""
