"""The least that answers the same questions in Django: the same sets and rows, each facet counted under every filter
but its own, one plain template. No session, no login, no translation, no layout, no links but to articles.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from pyroaring import BitMap

from newsdesk.articles.models import Article, ArticleCountry, ArticleText, ArticleTopic
from newsdesk.query import parse
from newsdesk.search import index

FACETS = ("about", "country", "topic", "language", "source")
SHOWN, SIZE = 9, 25
COLUMNS = ("pk", "title", "published", "source", "language", "summary")


def articles(request: HttpRequest) -> HttpResponse:
    sets = _sets(request)
    within = _all_of(sets)
    facets = []
    for facet in FACETS:
        counts = index.counts(facet, _all_of({name: ids for name, ids in sets.items() if name != facet}))
        facets.append((facet, sorted(counts.items(), key=lambda pair: -pair[1])[:SHOWN]))
    ids = index.page(within, offset=0, size=SIZE)
    rows = Article.objects.in_bulk(ids)
    countries, topics = defaultdict(list), defaultdict(list)
    for pk, code in ArticleCountry.objects.filter(article__in=ids).values_list("article", "country"):
        countries[pk].append(code)
    for pk, slug in ArticleTopic.objects.filter(article__in=ids).values_list("article", "topic"):
        topics[pk].append(slug)
    context = {
        "count": len(within),
        "facets": facets,
        "months": index.months(_all_of({name: found for name, found in sets.items() if name != "dates"})),
        "rows": [(rows[pk], countries[pk], topics[pk]) for pk in ids],
    }
    return render(request, "articles.html", context)


def article(request: HttpRequest, pk: int) -> HttpResponse:
    context = {
        "article": Article.objects.get(pk=pk),
        "text": ArticleText.objects.get(pk=pk).body,
        "countries": ArticleCountry.objects.filter(article=pk).values_list("country", "role"),
        "topics": ArticleTopic.objects.filter(article=pk).values_list("topic", flat=True),
    }
    return render(request, "article.html", context)


def _sets(request: HttpRequest) -> dict[str, BitMap]:
    sets = {name: index.value(name, request.GET[name]) for name in FACETS if name in request.GET}
    if "q" in request.GET:
        sets["q"] = index.search(parse(request.GET["q"]))
    if "published_after" in request.GET:
        after, before = (dt.date.fromisoformat(request.GET[f"published_{end}"]) for end in ("after", "before"))
        sets["dates"] = index.between(after, before)
    return sets


def _all_of(sets: dict[str, BitMap]) -> BitMap:
    return BitMap.intersection(*sets.values()) if sets else index.everything()


urlpatterns = [path("articles/", articles), path("articles/<int:pk>/", article)]
