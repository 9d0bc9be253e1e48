"""What a page states of itself, and what in it says so.

Order for each value: JSON-LD of the article, meta elements, microdata, the rest of the markup; for address and language
the markup first, since templates are wrong there more often. A value that cannot be right (the name of the site as
title, the home page as address, a change before the publication) is passed over and the next one asked.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

Element = Any  # lxml has no types
JSON = Any

ARTICLE_TYPES = re.compile(r"Article|BlogPosting|^Report$|^Review$|^VideoObject$")
# The names (or properties, in lower case) under which a meta element says it, the most certain first.
META = {
    "title": ("og:title", "twitter:title", "headline", "sailthru.title", "dc.title", "dcterms.title"),
    "author": (
        "author", "article:author_name", "dc.creator", "sailthru.author", "parsely-author", "byl", "article_author",
        "article:author",
    ),
    "section": ("article:section", "section", "og:section", "parsely-section", "category", "articlesection"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "originalpublicationdate", "pubdate", "pub_date",
        "publishdate", "publish_date", "publish-date", "dc.date.issued", "dcterms.issued", "dcterms.created",
        "parsely-pub-date", "sailthru.date", "article.published", "article_date_original", "cxenseparse:recs:publishtime",
        "mediator_published_time", "datecreated", "date", "dc.date", "ptime",
    ),
    "modified": (
        "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "article_date_updated",
        "revision_date", "lastmod", "last-modified",
    ),
    "url": ("og:url", "twitter:url"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "language": ("og:locale", "og:language", "inlanguage", "content-language", "language", "dc.language"),
}  # fmt: skip  # several to a line
LINKED = {
    "title": "headline", "author": "author", "section": "articleSection", "published": "datePublished",
    "modified": "dateModified", "url": "url", "site": "publisher", "language": "inLanguage",
}  # fmt: skip  # several to a line
MICRODATA = ("title", "author", "section", "published", "modified", "language")
LONGEST = 500  # a value longer than this is no title and no name
LONGEST_SECTION = 80
HEADLINE_WORDS = 4  # from which the first part of the title of a page is taken for the headline
OLDEST = 1985  # what is dated before is a placeholder
SAME = 0.5  # share of words by which JSON-LD speaks of the article on the page
# Values that templates give to every page.
NO_AUTHORS = frozenset({
    "admin", "administrator", "administration", "webmaster", "editor", "editors", "editorial", "author", "guest", "user",
    "anonymous", "unknown", "none", "null", "undefined", "админ", "администратор", "администрация", "редакция",
    "редактор", "автор", "гость", "модератор", "вебмастер", "ред", "web desk", "news desk", "newsdesk", "web editor",
})  # fmt: skip  # several to a line
NO_SECTIONS = frozenset({
    "post", "posts", "page", "article", "articles", "all", "home", "homepage", "home page", "front page", "main",
    "uncategorized", "без рубрики", "без категории", "главная", "статья", "статьи", "все", "none", "null", "undefined",
})  # fmt: skip  # several to a line

_SPACES = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+(?:[|\-–—·•:/«»]+)\s+|\s*[|]+\s*")
_TRAILING = re.compile(r",\s*([}\]])")
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_SIMPLE = re.compile(r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_LIST = re.compile(r",(?=\S)|[;|>]")
_BY = re.compile(r"^(?:by|автор|текст)\s*:?\s+", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:ltd|llc|inc|gmbh|pvt|plc|corp|co\.|ооо|оао|зао|company)(?:\W|$)|@|://|©", re.IGNORECASE)
_SLASHES = re.compile(r"^(\d{4})/(\d\d)/(\d\d)")
_ZONE = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")
_LETTERS = re.compile(r"[\W_]+")


def read_metadata(tree: Element) -> dict[str, str]:
    """Any of title, author, section, published, modified, url, site, language, and for each ``<key>_from``: what in
    the page says it ("JSON-LD headline", "og:title", "h1")."""
    page = _Page(tree)
    found: dict[str, str] = {}
    for key in ("site", "url", "title", "author", "section", "published", "modified", "language"):
        for origin, stated in page.values_of(key):
            if value := ACCEPT[key](page, stated):
                found[key], found[f"{key}_from"] = value, origin
                break
        page.site = found.get("site", "")
        page.host = urlsplit(found.get("url", "")).hostname or ""
    if found.get("modified", "9")[:10] < found.get("published", "")[:10]:
        del found["modified"], found["modified_from"]
    return found


@dataclass(slots=True)
class _Page:
    """The markup and what is known of it so far."""

    tree: Element
    metas: dict[str, str] = field(init=False)
    marked: list[Element] = field(init=False)
    article: dict[str, JSON] = field(init=False)
    site: str = ""
    host: str = ""

    def __post_init__(self) -> None:
        self.metas = _read_metas(self.tree)
        self.marked = [one for one in self.tree.iter() if isinstance(one.tag, str) and one.get("itemprop")]
        self.article = _find_article(self.tree, _first(self.metas, META["title"]))

    def values_of(self, key: str) -> Iterator[tuple[str, str]]:
        """What says it, and what it says, the most certain first."""
        metas = ((name, self.metas[name]) for name in META[key] if name in self.metas)
        if key == "url":
            yield from _canonical(self.tree)
        elif key == "language":
            yield (
                "html lang",
                self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
            )
        if value := self.article.get(LINKED[key]):
            yield f"JSON-LD {LINKED[key]}", _names(value) if key in {"author", "site"} else _fold(_text(value))
        yield from metas
        if key in MICRODATA:
            yield from _microdata(self.marked, LINKED[key])
        if key == "title":
            yield from _titles_of(self.tree, self.is_site)
        elif key == "published":
            yield from _times_of(self.tree)

    def is_site(self, name: str) -> bool:
        """Whether it is the name of the site: as the page says it, or as the address does."""
        letters, host = _letters(name), _letters(self.host.removeprefix("www."))
        return bool(letters) and (
            letters == _letters(self.site) or letters == host or (len(letters) >= 4 and host.startswith(letters))
        )


def _accept_title(page: _Page, value: str) -> str:
    value = _without_site(value, page.is_site)
    return "" if page.is_site(value) else value


def _accept_author(page: _Page, value: str) -> str:
    """People, or an agency; not who runs the site."""
    value = _BY.sub("", value)
    known = _SPACES.sub(" ", value.lower()).strip(" .")
    return "" if known in NO_AUTHORS or _COMPANY.search(value) or page.is_site(value) else value


def _accept_section(page: _Page, value: str) -> str:
    """The first of several that says something."""
    parts = (part.strip() for part in _LIST.split(value))
    return next(
        (
            part
            for part in parts
            if part and len(part) <= LONGEST_SECTION and part.lower() not in NO_SECTIONS and not page.is_site(part)
        ),
        "",
    )


def _accept_url(page: _Page, value: str) -> str:
    """An absolute address; that of the home page is no article's."""
    base = next((one.get("href") for one in page.tree.iter("base") if one.get("href")), "")
    try:
        address = urljoin(urljoin(page.metas.get("og:url", ""), base), value)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if urlsplit_safely(address) and (parts.path.strip("/") or parts.query) else ""


def _accept_time(_page: _Page, value: str) -> str:
    value = read_time(value)
    return value if value and int(value[:4]) >= OLDEST else ""


ACCEPT: dict[str, Callable[[_Page, str], str]] = {
    "title": _accept_title,
    "author": _accept_author,
    "section": _accept_section,
    "url": _accept_url,
    "published": _accept_time,
    "modified": _accept_time,
    "site": lambda _page, value: value,
    "language": lambda _page, value: _language(value),
}


def read_time(value: str) -> str:
    """ISO 8601, or nothing: a date alone stays a date, and a time without a zone is given none."""
    value = _ZONE.sub("", _SLASHES.sub(r"\1-\2-\3", value.strip()))
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
    """One line, with the entities that templates escape twice."""
    text = _SPACES.sub(" ", html.unescape(str(text))).strip()
    return text if len(text) <= LONGEST else ""


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.lower())


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


def _find_article(tree: Element, title: str) -> dict[str, JSON]:
    """The JSON-LD object of the page's own article: the one with the page's headline; the first where it has none."""
    objects = list(_read_linked_data(tree))
    named = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and len(one) > 1}
    articles = [one for one in objects if ARTICLE_TYPES.search(" ".join(_types(one)))]
    if not articles:
        return {}
    own = max(articles, key=lambda one: _share(_fold(_text(one.get("headline"))), title))
    if title and len(articles) > 1 and _share(_fold(_text(own.get("headline"))), title) < SAME:
        return {}
    return {key: _resolve(value, named) for key, value in own.items()}


def _resolve(value: JSON, named: dict[str, dict[str, JSON]]) -> JSON:
    """What stands elsewhere in the graph under the ``@id`` that is given in its place."""
    if isinstance(value, list):
        return [_resolve(one, named) for one in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _share(one: str, other: str) -> float:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) / max(1, len(words | others))


def _read_linked_data(tree: Element) -> Iterator[dict[str, JSON]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            text = _WRAPPED.sub("", script.text or "")
            try:
                yield from _objects(json.loads(_TRAILING.sub(r"\1", text), strict=False))
            except (ValueError, RecursionError):
                yield from _salvage(text)


def _salvage(text: str) -> Iterator[dict[str, JSON]]:
    """The plain values of an article whose JSON is broken, as by a quotation mark in its description."""
    types = re.findall(r'"@type"\s*:\s*"(\w+)"', text)
    values = list(_SIMPLE.finditer(text))
    once = {match[1] for match in values if sum(other[1] == match[1] for other in values) == 1}
    if sum(ARTICLE_TYPES.search(one) is not None for one in types) == 1:
        yield {"@type": "Article", **{match[1]: match[2].replace('\\"', '"') for match in values if match[1] in once}}


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


def _without_site(title: str, is_site: Callable[[str], bool]) -> str:
    """A title without the name of the site before or after it."""
    for match in _SITE_TAIL.finditer(title):
        if is_site(title[match.end() :]) and title[: match.start()].strip():
            return title[: match.start()].strip()
        if is_site(title[: match.start()]):
            return _without_site(title[match.end() :].strip(), is_site)
    return title


def _titles_of(tree: Element, is_site: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """A first-level heading that the title element says, too; the only one; the title element, but for the site."""
    headings = [heading for heading in map(_spoken, tree.iter("h1")) if heading and not is_site(heading)]
    title = _fold(next((one.text_content() for one in tree.iter("title")), ""))
    parts = [part for part in _SITE_TAIL.split(title) if part and not is_site(part)]
    longest = max(parts, key=lambda part: len(part.split()), default="")
    for heading in headings:
        # A heading that is the shorter part of the title is the name of the site.
        if len(heading) >= 15 and heading.lower() in title.lower() and not _is_lesser(heading, longest):
            yield "h1", heading
    if len(headings) == 1 and len(headings[0].split()) >= 3 and not _is_lesser(headings[0], longest):
        yield "h1", headings[0]
    if parts:
        yield "title element", parts[0] if len(parts[0].split()) >= HEADLINE_WORDS else longest


def _spoken(element: Element) -> str:
    return _fold(" ".join(element.itertext()))


def _is_lesser(heading: str, longest: str) -> bool:
    return heading.lower() not in longest.lower() and len(heading.split()) < len(longest.split())


def _times_of(tree: Element) -> Iterator[tuple[str, str]]:
    """The time that the markup marks as that of publication, or the only one of an article."""
    times = [one for one in tree.iter("time") if one.get("datetime")]
    for one in times:
        if one.get("pubdate") is not None:
            yield "time pubdate", _fold(one.get("datetime"))
    within = [one for one in times if next(one.iterancestors("article"), None) is not None]
    values = {_fold(one.get("datetime")) for one in within or times}
    if len(values) == 1:
        yield "time element", values.pop()


def _microdata(marked: Iterable[Element], name: str) -> Iterator[tuple[str, str]]:
    """What elements are marked as, but for those of comments and of other articles."""
    for element in marked:
        if element.tag == "meta" or name not in element.get("itemprop").split() or _is_of_another(element):
            continue
        inner = next((one for one in element.iterdescendants() if one.get("itemprop") == "name"), element)
        value = element.get("content") or element.get("datetime") or inner.get("content") or _spoken(inner)
        yield f"itemprop {name}", _fold(value)


def _is_of_another(element: Element) -> bool:
    """Whether it stands in a comment, in a list of others, or beside the article."""
    return any(
        one.tag in {"aside", "nav", "footer"} or (one.get("itemprop") or "") in {"comment", "itemListElement", "review"}
        for one in element.iterancestors()
    )


def _canonical(tree: Element) -> Iterator[tuple[str, str]]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            yield "link canonical", href


def _language(value: str) -> str:
    match = _LANGUAGE.match(value.strip())
    return match.group().lower() if match else ""
