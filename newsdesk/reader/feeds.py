"""Atom feeds: of any filter, and of a saved view. What came in last stands first.

A feed reader has no session: where one needs an account it brings the key of its user (`FeedKey`) in the address, and
reads what that user may.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.utils.xmlutils import SimplerXMLGenerator

from newsdesk.articles.models import Article, ArticleCountry
from newsdesk.people import access
from newsdesk.people.access import User
from newsdesk.people.keys import digest_of
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.freshness import etag_of
from newsdesk.workspace.models import FeedKey, SavedView

ENTRIES = 50
TOKEN = "token"  # noqa: S105  (the name of the parameter)
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class AtomFeed(Atom1Feed):
    """Django's, with the language of each entry and with categories that say what they are of."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for scheme, term, label in item["labels"]:
            handler.addQuickElement("category", "", {"scheme": scheme, "term": term, "label": label})

    def latest_post_date(self) -> dt.datetime:
        """When the newest entry was made, whatever its date of publication: an empty feed does not change."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@login_not_required
def list_feed(request: HttpRequest) -> HttpResponse:
    reader = find_reader(request)
    if reader is None:
        return _refuse()
    articles = ArticleFilter(request.GET, reader)
    name = ", ".join(chip.text for chip in articles.chips) or gettext("All articles")
    return _answer(request, reader, articles, name, articles.address.plain.url)


@login_not_required
def view_feed(request: HttpRequest, pk: int) -> HttpResponse:
    reader = find_reader(request)
    if reader is None:
        return _refuse()
    view = access.find(SavedView.objects.all(), reader, pk=pk)
    articles = ArticleFilter(QueryDict(view.query), reader)
    return _answer(request, reader, articles, view.name, view.get_absolute_url())


def feed_url(path: str, query: str = "", secret: str = "") -> str:
    """The address of a feed; ``query`` is that of the list."""
    parts = [part for part in (query.removeprefix("?"), urlencode({TOKEN: secret}) if secret else "") if part]
    return f"{path}?{'&'.join(parts)}" if parts else path


def find_reader(request: HttpRequest) -> User | None:
    """Whose key was brought; else who has signed in; else nobody in particular, where the desk is open to all."""
    if secret := request.GET.get(TOKEN):
        key = FeedKey.objects.select_related("user").filter(digest=digest_of(secret)).first()
        return key.user if key and key.user.is_active else None
    return request.user if request.user.is_authenticated or settings.ANONYMOUS_READING else None


def _refuse() -> HttpResponse:
    return HttpResponse(gettext("This feed needs a key."), status=401, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, reader: User, articles: ArticleFilter, name: str, url: str) -> HttpResponse:
    """Nothing is made for who has it already. Last-Modified is told, and the ETag decides."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    whose = None if isinstance(reader, AnonymousUser) else reader.pk
    marked = articles.sets["read"].serialize() if "read" in articles.sets else b""
    etag = etag_of(request, "feed", whose, name, articles.requested.query, marked)
    response = get_conditional_response(request, etag=etag) or _write(request, articles, name, url)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address may hold a key
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _write(request: HttpRequest, articles: ArticleFilter, name: str, url: str) -> HttpResponse:
    site = f"{request.scheme}://{request.get_host()}"
    feed = AtomFeed(
        title=_clean(f"{name} – Newsdesk"),
        link=site + url,
        description="",
        subtitle="; ".join(message for fault in articles.faults for message in fault.messages) or None,
        language=get_language(),
        feed_url=site
        + feed_url(request.path, articles.address.plain.query if url.startswith(reverse("articles")) else ""),
        feed_guid=site + url,
        author_name="Newsdesk",
    )
    for article in _newest(articles):
        feed.add_item(
            title=_clean(str(article)),
            link=site + article.get_absolute_url(),
            unique_id=site + article.get_absolute_url(),
            description=_clean(escape(article.summary)),
            author_name=_author(article, articles),
            pubdate=_published(article),
            updateddate=article.processed or article.collected or NEVER,
            language=article.language,
            labels=list(_labels(article, articles, f"{site}{reverse('articles')}?")),
        )
    written = StringIO()
    feed.write(written, "utf-8")
    headers = {"Last-Modified": http_date(feed.latest_post_date().timestamp())}
    return HttpResponse(written.getvalue(), content_type=feed.content_type, headers=headers)


def _newest(articles: ArticleFilter) -> list[Article]:
    """Ids are given in the order of arrival."""
    ids = articles.ids
    wanted = list(ids[max(0, len(ids) - ENTRIES) :]) if ids else []
    found = Article.objects.for_list().in_bulk(wanted)
    return [found[pk] for pk in reversed(wanted) if pk in found]


def _published(article: Article) -> dt.datetime | None:
    """The moment where it is stated with its offset from UTC; else the day."""
    if article.published_precision == Article.Precision.MINUTE:
        stated = dt.datetime.fromisoformat(article.published_value)
        if stated.tzinfo:
            return stated
    return dt.datetime.combine(article.published, dt.time(), dt.UTC) if article.published else None


def _author(article: Article, articles: ArticleFilter) -> str | None:
    """Who wrote it, and where."""
    named = (article.author, articles.names.sources.get(article.source_id or "", ""))
    return _clean(", ".join(part for part in named if part)) or None


def _labels(article: Article, articles: ArticleFilter, lists: str) -> Iterator[tuple[str, str, str]]:
    """Scheme, term and label: the scheme is what the list is filtered by."""
    names = articles.names
    for row in article.country_rows.all():
        kind = "about" if row.role == ArticleCountry.Role.ABOUT else "country"
        yield f"{lists}{kind}", row.country_id, names.countries[row.country_id]
    for topic in article.topic_rows.all():
        yield f"{lists}topic", topic.topic_id, names.topics[topic.topic_id]
    if article.source_id:
        yield f"{lists}source", article.source_id, names.sources[article.source_id]


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
