"""Saved views: lists with a name. Kept from the list, seen at ``/views/``, counted for the front page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_cookie
from pyroaring import BitMap

from newsdesk.people import access
from newsdesk.people.access import User
from newsdesk.reader.addresses import VIEW
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.names import Names
from newsdesk.search import index
from newsdesk.workspace.models import FeedKey, SavedView, ViewVisit

MOST = 200  # views that their page counts
FEW = 12  # and the front page


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class cannot be subscripted when the code runs
    class Meta:
        model = SavedView
        fields = ("name", "visibility")


@dataclass(frozen=True, slots=True)
class ViewCount:
    """A view for one reader. ``new``: what came in since they last looked; where they never did, ``since`` is None and
    nothing is new, since all would be. ``own``: whether they may change it. ``wrong``: a value of its filter is not known any more."""

    view: SavedView
    articles: ArticleFilter
    new: int
    total: int
    since: dt.datetime | None
    own: bool
    wrong: bool

    @property
    def name(self) -> str:
        return self.view.name

    @property
    def url(self) -> str:
        return self.view.get_absolute_url()

    @property
    def feed_url(self) -> str:
        return reverse("view-feed", args=[self.view.pk])


def make_saved_views(request: HttpRequest, most: int = MOST) -> list[ViewCount]:
    """What is new by saved view: one's own first, then those that one may see, by name.

    The number of queries does not grow with the views: their sets come from the index, which remembers each search.
    """
    views = access.visible(SavedView.objects.select_related("author"), request.user)
    others = Case(When(author=request.user.pk or 0, then=0), default=1)
    return count(views.order_by(others, "name", "pk")[:most], request.user)


def count(views: Iterable[SavedView], user: User) -> list[ViewCount]:
    views = list(views)
    names, visits = Names(), _visits(views, user)
    queries = [QueryDict(view.query) for view in views]
    names.stories(value.removeprefix("-") for query in queries for value in query.getlist("story"))
    marked: dict[str, BitMap] = {}
    counted = []
    for view, query in zip(views, queries, strict=True):
        articles = ArticleFilter(query, user, names=names, marked=marked)
        visit = visits.get(view.pk)
        counted.append(
            ViewCount(
                view,
                articles,
                new=_count_since(articles.ids, visit),
                total=len(articles.ids),
                since=visit.moment if visit else None,
                own=access.may_change(user, view),
                wrong=not articles.is_valid(),
            )
        )
    return counted


def _visits(views: Iterable[SavedView], user: User) -> dict[int, ViewVisit]:
    if not user.is_authenticated:
        return {}
    return {visit.view_id: visit for visit in ViewVisit.objects.filter(user=user.pk, view__in=list(views))}


def _count_since(ids: BitMap, visit: ViewVisit | None) -> int:
    """Ids are given in the order of arrival."""
    return ids.range_cardinality(visit.last_article + 1, 2**32) if visit else 0


class OpenView:
    """The list beside the view that it was opened by, where it was by one that this reader may see; and what may be done
    with it."""

    def __init__(self, articles: ArticleFilter, user: User) -> None:
        self.articles = articles
        self.user = user

    @cached_property
    def view(self) -> SavedView | None:
        given = self.articles.requested.values(VIEW)
        if not given or not given[0].isdecimal() or len(given[0]) > 18:
            return None
        return access.visible(SavedView.objects.select_related("author"), self.user).filter(pk=given[0]).first()

    @property
    def may_save(self) -> bool:
        return bool(self.articles.chips) and self.articles.is_valid() and access.may_add(self.user, SavedView)

    @cached_property
    def own(self) -> bool:
        return self.view is not None and access.may_change(self.user, self.view)

    @cached_property
    def form(self) -> ViewForm:
        if self.view and self.own:
            return ViewForm(instance=self.view)
        return ViewForm(initial={"name": ", ".join(chip.text for chip in self.articles.chips)[:100]})

    @property
    def query(self) -> str:
        """What would be saved."""
        return query_of(self.articles)

    @property
    def changed(self) -> bool:
        """Whether the list is another one by now."""
        assert self.view
        return self.articles.requested.plain.query.removeprefix("?") != self.view.query

    @cached_property
    def visit(self) -> ViewVisit | None:
        return _visits([self.view], self.user).get(self.view.pk) if self.view else None

    @property
    def new(self) -> int:
        """Since this reader last looked."""
        return _count_since(self.articles.ids, self.visit)

    @property
    def seen_up_to(self) -> int | None:
        """Rows above are new."""
        return self.visit.last_article if self.visit else None


def query_of(articles: ArticleFilter) -> str:
    return articles.address.plain.query.removeprefix("?")


def list_url(view: SavedView) -> str:
    """The list that a view stands for, under its name."""
    address = ArticleFilter.scheme().path
    query = f"{view.query}&" if view.query else ""
    return f"{address}?{query}{VIEW}={view.pk}"


# Pages


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def views(request: HttpRequest) -> HttpResponse:
    """One's own views and those of others; a POST saves one."""
    if request.method == "POST":
        return _save(request)
    return _show_views(request)


@login_required
def _save(request: HttpRequest) -> HttpResponse:
    if not access.may_add(request.user, SavedView):
        raise PermissionDenied
    articles = _sent_filter(request)
    form = ViewForm(request.POST)
    if not form.is_valid() or not articles.is_valid():
        return _refuse(request, articles, form)
    view: SavedView = form.save(commit=False)
    view.author_id, view.query = request.user.pk, query_of(articles)
    view.save()
    _see(view, request.user)
    messages.info(request, gettext("“%(name)s” is saved.") % {"name": view.name})
    return redirect(list_url(view))


def _refuse(request: HttpRequest, articles: ArticleFilter, form: ViewForm) -> HttpResponse:
    """Only a name can be wrong of what the list sends."""
    context = {"form": form, "query": articles.requested.plain.query.removeprefix("?"), "articles": articles}
    return render(request, "reader/view_form.html", context, status=422)


def _show_views(request: HttpRequest, secret: str = "") -> HttpResponse:
    counted = make_saved_views(request)
    context = {
        "own": [one for one in counted if one.view.author_id == request.user.pk and request.user.is_authenticated],
        "shared": [
            one for one in counted if not request.user.is_authenticated or one.view.author_id != request.user.pk
        ],
        "may_save": access.may_add(request.user, SavedView),
        "key": FeedKey.objects.filter(user=request.user.pk).first() if request.user.is_authenticated else None,
        "secret": secret,
    }
    return render(request, "reader/views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the list. A POST marks it as seen, renames it, gives it another filter, or deletes it."""
    found = access.find(SavedView.objects.all(), request.user, pk=pk)
    if request.method != "POST":
        return redirect(list_url(found))
    if "seen" in request.POST:
        return _mark_seen(request, found)
    if not access.may_change(request.user, found):
        raise PermissionDenied
    if "delete" in request.POST:
        found.delete()
        messages.info(request, gettext("“%(name)s” is deleted.") % {"name": found.name})
        return redirect("views")
    return _change(request, found)


def _change(request: HttpRequest, found: SavedView) -> HttpResponse:
    if "update" in request.POST:
        articles = _sent_filter(request)
        if not articles.is_valid():
            return _refuse(request, articles, ViewForm(instance=found))
        found.query = query_of(articles)
        found.save()
        messages.info(request, gettext("“%(name)s” has this filter now.") % {"name": found.name})
        return redirect(list_url(found))
    form = ViewForm(request.POST, instance=found)
    if not form.is_valid():
        return _refuse(request, ArticleFilter(QueryDict(found.query), request.user), form)
    form.save()
    return redirect(list_url(found))


@login_required
def _mark_seen(request: HttpRequest, found: SavedView) -> HttpResponse:
    _see(found, request.user)
    return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect(list_url(found))


def _see(view: SavedView, user: User) -> None:
    assert user.pk is not None
    everything = index.everything()
    newest = everything.max() if everything else 0
    ViewVisit.objects.update_or_create(user_id=user.pk, view=view, defaults={"last_article": newest})


def _sent_filter(request: HttpRequest) -> ArticleFilter:
    return ArticleFilter(QueryDict(request.POST.get("query", "")), request.user)


@require_POST
@login_required
@never_cache
def feed_key(request: HttpRequest) -> HttpResponse:
    """Make a key for feed readers, which is shown this once, or take it back."""
    assert not isinstance(request.user, AnonymousUser)
    if "revoke" in request.POST:
        FeedKey.objects.filter(user=request.user).delete()
        messages.info(request, gettext("The key is revoked: feed readers that use it get nothing any more."))
        return redirect(reverse("views") + "#feeds")
    return _show_views(request, FeedKey.make(request.user))
