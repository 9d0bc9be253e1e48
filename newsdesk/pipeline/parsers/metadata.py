"""What a page states of itself. Order: JSON-LD of the article, meta elements, the markup."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Element = Any  # lxml has no types
JSON = Any

ARTICLE_TYPES = re.compile(r"Article|BlogPosting|^Report$|^Review$|^VideoObject$")
# The names (or properties, in lower case) under which a meta element says it, the most certain first.
META = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title"),
    "author": ("author", "article:author_name", "dc.creator", "sailthru.author", "parsely-author", "byl"),
    "section": ("article:section", "section", "parsely-section", "category", "articlesection"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
        "publish-date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "article.published",
        "article_date_original", "cxenseparse:recs:publishtime", "mediator_published_time", "date", "dc.date", "ptime",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified"),
    "url": ("og:url", "twitter:url"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "language": ("og:locale", "content-language", "language", "dc.language"),
}  # fmt: skip
LONGEST = 500  # a value longer than this is no title and no name

_SPACES = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+[|\-–—·•:/«»]+\s+")
_TRAILING = re.compile(r",\s*([}\]])")


def read_metadata(tree: Element) -> dict[str, str]:
    """Any of title, author, section, published, modified, url, site, language, as strings."""
    metas = _read_metas(tree)
    stated = {key: _first(metas, names) for key, names in META.items()}
    stated["title"] = _without_site(stated["title"], stated["site"])
    linked = _read_article(tree, stated)
    found = {key: linked.get(key) or stated.get(key) or "" for key in META}
    found["title"] = found["title"] or _title_of(tree, found["site"])
    found["published"] = found["published"] or _time_of(tree)
    found["url"] = _canonical(tree) or found["url"]
    found["language"] = _language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "") or (
        _language(found["language"])
    )
    for key in ("published", "modified"):
        found[key] = read_time(found[key])
    found["url"] = found["url"] if urlsplit_safely(found["url"]) else ""
    return {key: value for key, value in found.items() if value}


def read_time(value: str) -> str:
    """ISO 8601, or nothing: a date alone stays a date."""
    value = value.strip()
    try:
        if len(value) <= len("2022-02-22"):
            return dt.date.fromisoformat(value).isoformat()
        return dt.datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def urlsplit_safely(url: str) -> bool:
    """Whether it is a web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _fold(text: object) -> str:
    text = _SPACES.sub(" ", str(text)).strip()
    return text if len(text) <= LONGEST else ""


def _read_metas(tree: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        value = _fold(element.get("content") or element.get("datetime") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and (name := element.get(attribute)):
                metas.setdefault(name.strip().lower(), value)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _read_article(tree: Element, stated: dict[str, str]) -> dict[str, str]:
    """The JSON-LD object of the page's own article: the one with the page's headline, else the first."""
    articles = [one for one in _read_linked_data(tree) if ARTICLE_TYPES.search(" ".join(_types(one)))]
    if not articles:
        return {}
    own = (one for one in articles if stated["title"] and _fold(one.get("headline", "")) == stated["title"])
    article = next(own, articles[0])
    return {
        "title": _fold(_text(article.get("headline"))),
        "author": _names(article.get("author")),
        "section": _fold(_text(article.get("articleSection"))),
        "published": _fold(_text(article.get("datePublished"))),
        "modified": _fold(_text(article.get("dateModified"))),
        "site": _names(article.get("publisher")),
        "language": _fold(_text(article.get("inLanguage"))),
    }


def _read_linked_data(tree: Element) -> Iterator[dict[str, JSON]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield from _objects(json.loads(_TRAILING.sub(r"\1", script.text or ""), strict=False))
            except (ValueError, RecursionError):
                continue  # many pages carry broken JSON-LD; what the meta elements say stands


def _objects(data: JSON) -> Iterator[dict[str, JSON]]:
    """Objects in the lists, graphs and pages around them."""
    waiting = [data]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one)


def _types(item: dict[str, JSON]) -> list[str]:
    types = item.get("@type", "")
    return [str(one) for one in types] if isinstance(types, list) else [str(types)]


def _text(value: JSON) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return value if isinstance(value, str) else ""


def _names(value: JSON) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(dict.fromkeys(filter(None, (_fold(_text(one)) for one in values))))


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site at its end."""
    *head, tail = _SITE_TAIL.split(title)
    return (
        title[: title.rindex(tail)].rstrip(" |-–—·•:/«»") if head and site and tail.lower() == site.lower() else title
    )


def _title_of(tree: Element, site: str) -> str:
    """The only first-level heading; else the title element, of which the longest part is the headline."""
    headings = [heading for heading in (_fold(one.text_content()) for one in tree.iter("h1")) if heading]
    title = _fold(next((one.text_content() for one in tree.iter("title")), ""))
    parts = _SITE_TAIL.split(title)
    for heading in headings:
        if len(heading) >= 15 and heading.lower() in title.lower():
            return heading
    if len(headings) == 1 and len(headings[0].split()) >= 3:
        return headings[0]
    return _without_site(title, site) if site and title.lower().endswith(site.lower()) else max(parts, key=len)


def _time_of(tree: Element) -> str:
    """The one time that the markup marks as that of publication, or the only one of an article."""
    times = [one for one in tree.iter("time") if one.get("datetime")]
    marked = [one for one in times if one.get("pubdate") is not None or one.get("itemprop") == "datePublished"]
    within = [one for one in times if next(one.iterancestors("article"), None) is not None]
    other = [one for one in tree.iter() if isinstance(one.tag, str) and one.get("itemprop") == "datePublished"]
    for element in (*marked, *other):
        if value := element.get("datetime") or element.get("content"):
            return _fold(value)
    values = {_fold(one.get("datetime")) for one in within or times}
    return values.pop() if len(values) == 1 else ""


def _canonical(tree: Element) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and urlsplit_safely(href := (link.get("href") or "").strip()):
            return href
    return ""


def _language(value: str) -> str:
    match = _LANGUAGE.match(value.strip())
    return match.group().lower() if match else ""
