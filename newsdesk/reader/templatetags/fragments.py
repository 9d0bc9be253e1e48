"""What stands on a page of the list dozens of times: choices, bars, parts of rows.

Written in Python, since a template takes five to ten times as long for each of them, and they are most of the page.
Whatever is put in between quotes or tags goes through `escape`, or is a SafeString.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from newsdesk.articles.marks import Segment
from newsdesk.reader.charts import Bar, Layer
from newsdesk.reader.facets import Choice, Facet
from newsdesk.reader.listing import Coverage, Row
from newsdesk.reader.templatetags.reader import clock, desk_link, published, reading_link
from newsdesk.workspace.reading import UNREAD, State

register = template.Library()

EXCERPT = 160  # characters: two lines of a list that stands alone
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


@register.simple_tag(takes_context=True)
def rows(context: Context, some: Iterable[Row], seen_up_to: int | None = None) -> SafeString:
    """The items of a list of articles; later ones than ``seen_up_to`` are new. Who may collect, and in a whole list who
    may mark it, finds that beside each."""
    signed_in = context["user"].is_authenticated
    adding_url = reverse("collection-add") if context["perms"]["workspace"]["add_collection"] else ""
    down_url = reverse("mark-all") if signed_in and "listing" in context else ""
    return SafeString("".join(_row(row, signed_in, adding_url, down_url, seen_up_to) for row in some))


def _row(row: Row, signed_in: bool, adding_url: str, down_url: str, seen_up_to: int | None) -> str:
    article, state, pk = row.article, row.state, row.article.pk
    said = f"{' is-read' if state.read else ''}{' is-archived' if state.archived else ''}"
    stands_in = " stands-in" if article.title_stands_in or not article.title else ""
    language = f'lang="{escape(article.language)}" dir="auto"'
    original = f' data-original="{escape(article.url)}"' if article.url else ""
    source = f"<bdi>{escape(row.source)}</bdi>" if row.source else f"<span>{escape(gettext('Unknown source'))}</span>"
    return (
        f'<li class="row{said}" id="row-{pk}">'
        f'<p class="row-when">{_when(row)}{_new(pk, seen_up_to)}{_add_to(pk, adding_url)}</p>'
        f'<div class="row-main"><h3 class="row-title{stands_in}" {language}>'
        f"<a {reading_link(row.url)}{original}>{marked(row.title)}</a></h3>"
        f'<p class="row-meta">{source} <span>{escape(row.language)}</span> {_covered(row)} {_down_to_here(pk, down_url)} '
        f'<span class="row-acts">{marks(pk, state, signed_in)}</span></p>'
        f'<p class="row-text" {language}>{_excerpt(row)}</p>'
        f"{_labels(row)}</div></li>"
    )


def _new(pk: int, seen_up_to: int | None) -> str:
    if seen_up_to is None or pk <= seen_up_to:
        return ""
    new = pgettext("since one last looked", "new")
    return f' <strong class="row-new">{escape(new)}</strong>'


def _add_to(pk: int, url: str) -> str:
    if not url:
        return ""
    link = f'href="{url}?article={pk}" hx-get hx-target="#sheet" hx-swap="innerHTML" data-sheet'
    text = pgettext("a collection", "Add to…")
    return f' <a class="add-to mark-verb" {link}>{escape(text)}</a>'


def _down_to_here(pk: int, url: str) -> str:
    if not url:
        return ""
    to = f'form="marking" formaction="{url}" name="above" value="{pk}"'
    text = gettext("Read down to here")
    return f'<button type="submit" class="mark-verb down-to-here" {to}>{escape(text)}</button>'


@register.simple_tag
def marks(pk: int, state: State = UNREAD, signed_in: bool = False) -> SafeString:
    """What a reader did with an article, as buttons that change it. Without an account it is empty: reading.js fills it
    from what this browser keeps."""
    if not signed_in:
        return SafeString(f'<span class="marks" data-marks="{pk}"></span>')
    archived = pgettext("mark", "Archived") if state.archived else pgettext("verb", "Archive")
    take_out = gettext("Take it out of the archive")
    title = f' title="{escape(take_out)}"' if state.archived else ""
    verb = "" if state.archived else ' class="mark-verb"'
    read, star = escape(pgettext("mark", "Read")), escape(pgettext("mark", "Star"))
    to = f'hx-post="{reverse("mark")}" hx-target="closest .marks" hx-swap="outerHTML"'
    button = '<button type="submit" form="marking"'
    return SafeString(
        f'<span class="marks" data-marks="{pk}">'
        f'{button} class="mark-archive" data-mark="archived" name="{"unarchive" if state.archived else "archive"}" value="{pk}"{title} {to}>'
        f"<span{verb}>{escape(archived)}</span></button> "
        f'{button} class="mark-read" data-mark="read" name="{"unread" if state.read else "read"}" value="{pk}"'
        f' aria-pressed="{_truth(state.read)}" title="{read}" {to}><span>{read}</span></button> '
        f'{button} class="mark-star" data-mark="starred" name="{"unstar" if state.starred else "star"}" value="{pk}"'
        f' aria-pressed="{_truth(state.starred)}" title="{star}" {to}><span>{star}</span></button></span>'
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _when(row: Row) -> str:
    article = row.article
    if not article.published:
        return f'<span class="undated">{escape(gettext("Undated"))}</span>'
    said = f'<time datetime="{escape(article.published_value)}">{escape(published(article))}</time>'
    if time := clock(article):
        said += f' <span class="row-clock">{escape(time)}</span>'
    if row.inferred:
        said += f' <span class="inferred" title="{escape(row.provenance)}">{escape(gettext("inferred"))}</span>'
    return said


def marked(pieces: Sequence[Segment]) -> str:
    return "".join(map(_marked, pieces))


def _marked(piece: Segment) -> str:
    return f"<mark>{escape(piece.text)}</mark>" if piece.marks else escape(piece.text)


def _excerpt(row: Row) -> str:
    """The passage that was searched for, else the beginning."""
    if row.snippet:
        return marked(row.snippet)
    summary = row.article.summary
    return escape(summary if len(summary) <= EXCERPT else f"{summary[:EXCERPT].rsplit(' ', 1)[0]}…")


def _covered(row: Row) -> str:
    """How many articles tell of the same, as a link to the story."""
    story = row.article.story
    if row.coverage:
        said = coverage_text(row.coverage)
    elif story and story.size > 1:
        said = ngettext("%(count)s article in the story", "%(count)s articles in the story", story.size)
        said %= {"count": story.size}
    else:
        return ""
    return f'<a href="{escape(row.story_url)}">{escape(said)}</a>'


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


def _labels(row: Row) -> str:
    """Topics and countries as a definition list, if there are any."""
    groups = (
        (' class="own-line"', gettext("Topics"), row.topics, TOPICS),
        ("", gettext("About"), row.about, COUNTRIES),
        ("", gettext("Mentions"), row.mentioned, COUNTRIES),
    )
    items = "".join(
        f"<div{line}><dt>{escape(label)}</dt> <dd>{escape(', '.join(names[:shown]))}{_others(names[shown:])}</dd></div>"
        for line, label, names, shown in groups
        if names
    )
    return f'<dl class="labels">{items}</dl>' if items else ""


def _others(names: list[str]) -> str:
    return f' <span title="{escape(", ".join(names))}">+{len(names)}</span>' if names else ""
