"""What the templates of the reader need beside Django's own tags."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import escape

from django import template
from django.contrib.messages.storage.base import Message
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations import markdown as notes
from newsdesk.articles.models import Article
from newsdesk.http import with_next
from newsdesk.people import access
from newsdesk.query import QueryError
from newsdesk.reader import feeds
from newsdesk.reader.article import ArticlePage
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.keys import Keymap
from newsdesk.reader.metadata import write_metadata
from newsdesk.reader.names import language_name, language_name_within
from newsdesk.reader.preferences import Preferences
from newsdesk.reader.read_state import UNDO

register = template.Library()

WORDS_A_MINUTE = 200

# By precision: how Django writes such a date. E is the month as it stands after a day.
DATE_FORMATS = {"minute": "j E Y", "day": "j E Y", "month": "F Y", "year": "Y"}

# Every reason of newsdesk.pipeline.stages.clean, in the language of the interface.
REASONS = {
    "title": _("headline"),
    "repeated headline": _("repeated headline"),
    "section line": _("section line"),
    "date line": _("date line"),
    "author box": _("author box"),
    "photo credit": _("photo credit"),
    "video fallback": _("video fallback"),
    "teaser": _("teaser"),
    "related links": _("related links"),
    "tags": _("tags"),
    "share": _("share"),
    "subscribe": _("subscribe"),
    "comments": _("comments"),
    "cookie": _("cookie notice"),
    "advertisement": _("advertisement"),
    "navigation": _("navigation"),
    "always cut": _("always cut"),
    "returns in other articles": _("returns in other articles"),
    "does not read like the article": _("does not read like the article"),
    "cut by an editor": _("cut by an editor"),
    "whitespace": _("empty space"),
}
# Every repair of newsdesk.pipeline.repair and of the parsers, without its count.
REPAIRS = {
    "passages read again in their own encoding": _("passages read again in their own encoding"),
    "HTML entities decoded": _("HTML entities decoded"),
    "letters put together": _("letters put together"),
    "invisible characters removed": _("invisible characters removed"),
    "unusual line ends replaced": _("unusual line ends replaced"),
    "invalid bytes replaced": _("invalid bytes replaced"),
    "invalid characters replaced": _("invalid characters replaced"),
    "zero bytes replaced": _("zero bytes replaced"),
    "a field is no text and was left out": _("a field is no text and was left out"),
    "tags nested too deeply: read without them": _("tags nested too deeply: read without them"),
}

_REPAIR = re.compile(r"(\d+ )?(.*?)( \(.*\))?", re.DOTALL)


@register.simple_tag(takes_context=True)
def preferences(context: Context) -> Preferences:
    request = context.get("request")
    return Preferences.of(request) if request else Preferences()


@register.simple_tag
def desk_link(url: str) -> SafeString:
    """A real link that htmx shortens to the part of the page that changes; of two clicks the later one wins."""
    escaped = escape(url)
    return SafeString(f'href="{escaped}" hx-get hx-target="#desk" hx-sync="#desk:replace"')


@register.simple_tag
def reading_link(url: str) -> SafeString:
    """A real link to an article that htmx shortens to the article, into the pane beside the list."""
    escaped = escape(url)
    to = 'hx-target="#article" hx-push-url="true" hx-sync="#reading:replace" data-pane'
    return SafeString(f'href="{escaped}" hx-get {to}')


@register.simple_tag(takes_context=True)
def keymap(context: Context) -> str:
    """What keys do, for keys.js."""
    request = context.get("request")
    return json.dumps((Keymap.of(request) if request else Keymap()).table, separators=(",", ":"))


@register.simple_tag
def feed_url(articles: ArticleFilter) -> str:
    """The feed of the list."""
    return feeds.feed_url(reverse("feed"), articles.address.plain.query)


@register.simple_tag(takes_context=True)
def article_metadata(context: Context, page: ArticlePage) -> SafeString:
    request = context["request"]
    return write_metadata(page, f"{request.scheme}://{request.get_host()}{page.article.get_absolute_url()}")


@register.filter
def undo_moment(message: Message) -> str:
    """By which what the message tells can be taken back; empty where it cannot."""
    tag, _space, moment = (message.extra_tags or "").partition(" ")
    return moment if tag == UNDO else ""


@register.simple_tag
def take_away_url(articles: ArticleFilter) -> str:
    """The formats in which this list can be taken away."""
    return reverse("take-away") + articles.address.with_(page=None, more=None).query


@register.filter
def published(article: Article) -> str:
    """The date as exactly as it is known: “22 April 2024”, “April 2024”, “2024”."""
    if article.published is None:
        return gettext("Undated")
    return date_format(article.published, DATE_FORMATS.get(article.published_precision, DATE_FORMATS["day"]))


@register.filter
def as_next(page: str) -> str:
    return with_next("", page)


@register.filter
def markdown(text: str) -> SafeString:
    return notes.render(text)


@register.filter
def clock(article: Article) -> str:
    """The time of day as the source stated it, with its offset from UTC where it stated one; never converted."""
    if article.published_precision != Article.Precision.MINUTE:
        return ""
    stated = dt.datetime.fromisoformat(article.published_value)
    if not stated.tzinfo:
        return f"{stated:%H:%M}"
    return f"{stated:%H:%M} UTC{stated.isoformat()[-6:].replace('+00:00', '')}"


@register.filter
def minutes(words: int) -> int:
    """Reading time."""
    return max(1, round(words / WORDS_A_MINUTE))


@register.filter
def language(code: str) -> str:
    return language_name(code)


@register.filter
def language_within(code: str) -> str:
    return language_name_within(code)


@register.filter
def reason(key: str) -> str:
    return str(REASONS.get(key, key))


@register.filter
def repair(said: str) -> str:
    """ "3 passages repaired (UTF-8 read as cp1251)" in the language of the interface."""
    match = _REPAIR.fullmatch(said)
    count, what, detail = match.groups("") if match else ("", said, "")
    return f"{REPAIRS.get(what, what)}{detail}{f': {count.strip()}' if count else ''}"


@register.filter
def percent(share: float) -> str:
    return f"{share:.0%}"


@register.simple_tag
def fault_place(query: str, error: QueryError) -> SafeString:
    """The query with the faulty part marked."""
    end = error.position + max(1, len(error.value) if query.startswith(error.value, error.position) else 1)
    return format_html("{}<mark>{}</mark>{}", query[: error.position], query[error.position : end] or "…", query[end:])


@register.filter
def enters_admin(user: access.User | None) -> bool:
    """Pages that tell of an error may know of no user."""
    return user is not None and access.may_enter_admin(user)
