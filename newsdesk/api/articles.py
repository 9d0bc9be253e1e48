"""Articles, their facets, and what editors correct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Status
from ninja.errors import HttpError

from newsdesk.api import schemas
from newsdesk.api.access import require
from newsdesk.api.errors import WrongValuesError
from newsdesk.api.paging import MOST, PER_PAGE, page_of
from newsdesk.api.schemas import answers
from newsdesk.articles import editing, store
from newsdesk.articles.forms import CorrectionForm
from newsdesk.articles.models import Article, ArticleCountry, Correction
from newsdesk.reader.filters import ArticleFilter, FacetFilter
from newsdesk.search import index

router = Router(tags=["articles"])

WRONG_FILTER = "A filter has a wrong value."
MAY_CORRECT = "articles.change_article"
Id = Annotated[int, Path(ge=1, lt=2**63)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
State = Annotated[
    str, Query(max_length=64, description="that came with the corrections that were read: nothing newer is overwritten")
]
Filters = Annotated[schemas.Filters, Query()]  # type: ignore[valid-type]  # made from the filters that there are


def filtered(request: HttpRequest) -> ArticleFilter:
    articles = ArticleFilter(request.GET, request.user)
    refuse_wrong(articles)
    return articles


def refuse_wrong(articles: ArticleFilter) -> None:
    if not articles.is_valid():
        faults = [{"parameter": fault.name, "messages": fault.messages} for fault in articles.faults]
        raise WrongValuesError(WRONG_FILTER, faults)


@router.get("/articles", response=answers(schemas.Articles), summary="Articles that pass the filters")
def list_articles(
    request: HttpRequest,
    filters: Filters,
    cursor: str = "",
    limit: Limit = PER_PAGE,
) -> dict[str, Any]:
    articles = filtered(request)
    page = page_of(articles, cursor, limit)
    return {"count": len(articles.ids), "items": rows(request, page.ids), "next": page.next}


@router.get("/facets", response=answers(schemas.Facets), summary="How many articles each value would give")
def list_facets(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    articles = filtered(request)
    counted = [one for one in articles.filters.values() if isinstance(one, FacetFilter) and one.counted]
    return {
        "count": len(articles.ids),
        "facets": {one.name: _choices(articles, one) for one in counted},
        "months": [{"month": f"{day:%Y-%m}", "count": count} for day, count in index.months(articles.ids)],
        "undated": index.undated(articles.ids),
    }


def _choices(articles: ArticleFilter, facet: FacetFilter) -> list[dict[str, Any]]:
    counts = index.counts(facet.name, articles.ids_without(facet.name))
    found = [
        {"value": value, "label": label, "count": counts[value]}
        for value, label in facet.names.items()
        if counts.get(value)
    ]
    return sorted(found, key=lambda choice: (-choice["count"], choice["value"]))


@router.get(
    "/articles/{pk}",
    response=answers(schemas.Record),
    summary="One article, as the export writes it",
)
def get_article(request: HttpRequest, pk: Id) -> dict[str, Any]:
    for record in store.records([pk]):
        return record
    raise Http404


@router.get(
    "/articles/{pk}/corrections",
    response=answers(schemas.Corrections),
    summary="What people said in place of the machine",
)
def list_corrections(request: HttpRequest, pk: Id) -> dict[str, Any]:
    return _corrections(get_object_or_404(Article.objects.select_related("claims"), pk=pk))


@router.patch(
    "/articles/{pk}",
    response=answers(schemas.Corrections),
    summary="Correct an article",
)
def correct_article(request: HttpRequest, pk: Id, state: State, wanted: schemas.Correction) -> dict[str, Any]:
    """What is given holds from now on, through reprocessing; a value that the machine says too withdraws a correction.
    Answers with all corrections that then hold."""
    require(request, MAY_CORRECT)
    with transaction.atomic():
        article = _lock(pk, state)
        editing.correct(article, _checked(article, wanted), request.user, wanted.reason)
    return list_corrections(request, pk)


def _checked(article: Article, wanted: schemas.Correction) -> dict[str, Any]:
    """The form of the admin says what is wrong: one set of rules for both."""
    given = {name: value for name, value in wanted.dict(exclude={"reason"}).items() if value is not None}
    data = {**editing.held_values(article), **given, "source": article.source_id or "", "url": article.url}
    data["topic_list"] = data.pop("topics")
    form = CorrectionForm(data, instance=article)
    if form.is_valid():
        return form.corrected_values()
    faults = [
        {"parameter": "topics" if name == "topic_list" else name, "messages": [str(message) for message in messages]}
        for name, messages in form.errors.items()
    ]
    raise WrongValuesError("Nothing was changed.", faults)


@router.delete(
    "/articles/{pk}/corrections/{correction}",
    response=answers(None, 204),
    summary="Withdraw a correction: the machine's claim shows again",
)
def withdraw_correction(request: HttpRequest, pk: Id, correction: Id, state: State) -> Status[None]:
    require(request, MAY_CORRECT)
    with transaction.atomic():
        article = _lock(pk, state)
        editing.withdraw([get_object_or_404(article.corrections, pk=correction)])
    return Status(204, None)


def _lock(pk: int, state: str) -> Article:
    """The article, if what holds of it is still what was read; so nobody overwrites what they have not seen."""
    article = get_object_or_404(Article.objects.select_for_update(of=("self",)), pk=pk)
    if not hasattr(article, "claims"):
        raise HttpError(409, "This article has not been processed yet.")
    if state != editing.state_of(article):
        raise HttpError(409, "It has changed meanwhile, and nothing was done: read its corrections again.")
    return article


def _corrections(article: Article) -> dict[str, Any]:
    return {
        "state": editing.state_of(article) if hasattr(article, "claims") else "",
        "items": [_corrected(one) for one in article.corrections.select_related("author")],
    }


def rows(request: HttpRequest, ids: Iterable[int]) -> list[dict[str, Any]]:
    """In the order of ``ids``; in three queries, however many."""
    ids = list(ids)
    found = Article.objects.for_list().in_bulk(ids)
    return [_row(request, found[pk]) for pk in ids if pk in found]


def _row(request: HttpRequest, article: Article) -> dict[str, Any]:
    countries = list(article.country_rows.all())
    return {
        "id": article.pk,
        "title": article.title,
        "title_stands_in": article.title_stands_in,
        "summary": article.summary,
        "source": article.source_id,
        "author": article.author,
        "section": article.section,
        "language": article.language,
        "published": article.published_value or None,
        "published_precision": article.published_precision or None,
        "published_provenance": article.published_provenance,
        "published_confidence": article.published_confidence,
        "collected": article.collected.isoformat() if article.collected else None,
        "about": [row.country_id for row in countries if row.role == ArticleCountry.Role.ABOUT],
        "mentioned": [row.country_id for row in countries if row.role == ArticleCountry.Role.MENTIONED],
        "topics": [row.topic_id for row in article.topic_rows.all()],
        "story": article.story_id,
        "words": article.words,
        "url": article.url,
        "page": request.build_absolute_uri(article.get_absolute_url()),
    }


def _corrected(one: Correction) -> dict[str, Any]:
    return {
        "id": one.pk,
        "field": one.field,
        "key": one.key,
        "value": one.value,
        "reason": one.note,
        "author": one.author.get_username() if one.author else None,
        "updated": one.updated.isoformat(),
    }
