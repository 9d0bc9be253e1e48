"""What the head of an article says to programs: OpenGraph, and schema.org as JSON-LD.

JSON-LD is a block of data, which the policy for contents lets stand in a page: nothing in it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from newsdesk.articles.models import Article
from newsdesk.reader.article import ArticlePage

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # so that no text ends the element
_EXACT = (Article.Precision.MINUTE, Article.Precision.DAY)


def write_metadata(page: ArticlePage, url: str) -> SafeString:
    metas = format_html_join("\n  ", '<meta property="{}" content="{}">', _open_graph(page, url))
    data = json.dumps(_news_article(page, url), ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '{}\n  <script type="application/ld+json">{}</script>',
        metas,
        mark_safe(data),  # noqa: S308  (escaped one line above)
    )


def _open_graph(page: ArticlePage, url: str) -> Iterator[tuple[str, str]]:
    article = page.article
    yield "og:type", "article"
    yield "og:site_name", "Newsdesk"
    yield "og:title", str(article)
    yield "og:url", url
    if article.summary:
        yield "og:description", article.summary
    if article.published_precision in _EXACT:
        yield "article:published_time", article.published_value
    if article.author:
        yield "article:author", article.author
    if article.section:
        yield "article:section", article.section
    for claim in page.held.topics if page.held else ():
        if not claim.removed:
            yield "article:tag", claim.label


def _news_article(page: ArticlePage, url: str) -> dict[str, Any]:
    """What is not known is left out; a date is as exact as it is known."""
    article, held = page.article, page.held
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published_value,
        "inLanguage": article.language if article.language != "und" else "",
        "articleSection": article.section,
        "wordCount": article.words,
        "author": {"@type": "Person", "name": article.author} if article.author else None,
        "publisher": {"@type": "Organization", "name": article.source.name} if article.source else None,
        "about": [{"@type": "Place", "name": one.label} for one in held.about if not one.removed] if held else [],
        "keywords": [one.label for one in held.topics if not one.removed] if held else [],
        "isBasedOn": article.url,
        "url": url,
    }
    return {name: value for name, value in said.items() if value}
