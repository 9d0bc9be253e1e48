"""How an article is cited: as CSL data, and in words by a style (GOST, Chicago, APA) through citeproc.

The styles in ``styles/`` are our own: they know news articles and nothing else.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from lxml import html

from newsdesk.articles.models import Article
from newsdesk.reader.article import byline_of
from newsdesk.reader.exports.text import Run, one_line

JSON = dict[str, Any]

STYLES = {"gost-r-7-0-5": _("GOST R 7.0.5–2008"), "chicago": _("Chicago, author and date"), "apa": _("APA")}
LOCALES = {"ru": "ru-RU", "en": "en-US"}

FOLDER = Path(__file__).parent / "styles"
# citeproc takes marks of HTML in a title for its own. Letters that no text has stand in for them on the way.
_HIDDEN = str.maketrans("<>&", "\ue0f0\ue0f1\ue0f2", "\ue0f0\ue0f1\ue0f2")
_SHOWN = str.maketrans("\ue0f0\ue0f1\ue0f2", "<>&")


def csl_item(article: Article) -> JSON:
    """CSL-JSON (citeproc's input) of one article; what is not known is left out."""
    item: JSON = {
        "id": f"newsdesk-{article.pk}",
        "type": "article-newspaper",
        "title": one_line(str(article)),
        "container-title": one_line(article.source.name if article.source else ""),
        "author": [{"literal": author}] if (author := one_line(byline_of(article))) else [],
        "section": one_line(article.section),
        "URL": article.url,
        "language": "" if article.language == "und" else article.language,
    }
    if article.published:
        parts = article.published_value[:10].split("-")
        item["issued"] = {"date-parts": [[int(part) for part in parts]]}
    if article.collected:
        day = article.collected
        item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    return {name: value for name, value in item.items() if value}


class Citations:
    """Writes citations in one style, in the language of the interface."""

    def __init__(self, style: str) -> None:
        locale = LOCALES.get((get_language() or "")[:2], "en-US")
        self._style = CitationStylesStyle(str(FOLDER / f"{style}.csl"), locale=locale, validate=False)

    def cite(self, article: Article) -> list[Run]:
        item = _hide(csl_item(article))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc warns of fields that it does not know, such as "section"
            bibliography = CitationStylesBibliography(self._style, CiteProcJSON([item]), formatter.html)
            bibliography.register(Citation([CitationItem(item["id"])]))
            (written,) = bibliography.bibliography()
        return list(_runs(html.fragment_fromstring(str(written), create_parent="p")))


def _hide(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_HIDDEN)
    if isinstance(value, dict):
        return {name: _hide(inner) for name, inner in value.items()}
    return [_hide(inner) for inner in value] if isinstance(value, list) else value


def _runs(element: html.HtmlElement, italic: bool = False) -> Iterable[Run]:
    if element.text:
        yield Run(element.text.translate(_SHOWN), italic=italic)
    for child in element:
        yield from _runs(child, italic or child.tag == "i")
        if child.tail:
            yield Run(child.tail.translate(_SHOWN), italic=italic)
