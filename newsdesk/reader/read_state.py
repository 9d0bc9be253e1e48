"""Read, starred, archived: the marks of one reader, set from rows and articles by POST alone."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST
from pyroaring import BitMap

from newsdesk.articles.models import Article
from newsdesk.http import wants_partial
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.listing import Listing
from newsdesk.workspace import reading
from newsdesk.workspace.reading import Mark

UNDO = "undo"  # the tag of a message that can be undone; the moment stands behind it
ACTIONS: dict[str, tuple[Mark, bool]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "archive": ("archived", True),
    "unarchive": ("archived", False),
}


class MarkForm(forms.Form):
    """``read=12`` and so on: the name is what to do, the value the article."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields = {name: forms.IntegerField(required=False, min_value=1) for name in ACTIONS}

    @property
    def asked(self) -> tuple[str, int] | None:
        asked = [(name, pk) for name, pk in self.cleaned_data.items() if pk] if self.is_valid() else []
        return asked[0] if len(asked) == 1 else None


@require_POST
@login_required
def mark(request: HttpRequest) -> HttpResponse:
    """Mark one article; answers with its marks, or leads back."""
    asked = MarkForm(request.POST).asked
    if asked is None:
        return HttpResponse(gettext("Nothing was marked."), status=400, content_type="text/plain; charset=utf-8")
    name, pk = asked
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    kind, on = ACTIONS[name]
    state = reading.set_mark(_reader(request), article, kind, on=on)
    if wants_partial(request):
        return render(request, "reader/_marks.html", {"pk": pk, "state": state})
    return redirect(_back(request))


@require_POST
@login_required
def mark_all(request: HttpRequest) -> HttpResponse:
    """Mark as read a whole list, or its rows down to one (``above``); or take that back (``undo``)."""
    if moment := _moment(request.POST.get(UNDO, "")):
        count = reading.unread_again(_reader(request), moment)
        told = ngettext("%(count)s article is unread again.", "%(count)s articles are unread again.", count)
        messages.info(request, told % {"count": count})
        return redirect(_back(request))
    articles = ArticleFilter(QueryDict(request.POST.get("query", "")), request.user)
    ids = articles.ids
    if above := request.POST.get("above", ""):
        rows = Listing(articles).ids_to_here()
        ids = BitMap(rows[: rows.index(int(above)) + 1]) if above.isdecimal() and int(above) in rows else BitMap()
    count, moment = reading.read_all(_reader(request), ids)
    told = ngettext("%(count)s article is marked as read.", "%(count)s articles are marked as read.", count)
    messages.info(request, told % {"count": count}, extra_tags=f"{UNDO} {moment.isoformat()}" if count else "")
    return redirect(_back(request))


def _reader(request: HttpRequest) -> int:
    assert request.user.pk is not None
    return request.user.pk


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _back(request: HttpRequest) -> str:
    """The page that the button was on."""
    url = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if own else reverse("articles")
