"""Stored articles that an article without a date could share a story with, without reading the whole corpus."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from django.db.models import QuerySet
from pyroaring import BitMap

from newsdesk.articles.models import Article
from newsdesk.language.stopwords import STOP_WORDS
from newsdesk.language.tokens import tokenize
from newsdesk.query.tree import Query, Word
from newsdesk.search import index

ASKED = 32  # words of an article that are looked up
COMMON = 1000  # a word that more articles have tells nothing apart
ALIKE = 30  # articles


def find_alike(arrivals: QuerySet[Article]) -> set[int]:
    """Those that share the rarest words: with a dated article the undated ones, with an undated article all."""
    everything = index.everything()
    undated = everything - index.between(None, None)
    found: set[int] = set()
    for article in arrivals.exclude(text=None).select_related("text"):
        within = (undated if article.published else everything) - BitMap([article.pk])
        found.update(_rank(article.title, article.text.body, within, len(everything)))
    return found


def _rank(title: str, body: str, within: BitMap, total: int) -> list[int]:
    if not within:
        return []
    weights: dict[int, float] = defaultdict(float)
    for stem in _choose_words(title, body):
        found = index.search(Query(stem, Word(stem)), within)
        if 0 < len(found) <= COMMON:
            rarity = math.log(1 + total / len(found))
            for article in found:
                weights[article] += rarity * rarity
    return sorted(weights, key=lambda article: (-weights[article], article))[:ALIKE]


def _choose_words(title: str, body: str) -> list[str]:
    """Names and figures first, then words of the title, then what the text says most often."""
    counts, marked = Counter[str](), Counter[str]()
    for text, bonus in ((title, 2), (body, 0)):
        for token in tokenize(text):
            if len(token.form) > 2 and token.form not in STOP_WORDS:
                counts[token.stem] += 1
                marked[token.stem] += bonus + 3 * (text[token.start].isupper() or text[token.start].isdigit())
    return sorted(counts, key=lambda stem: (-min(marked[stem], 12) - counts[stem], stem))[:ASKED]
