"""Collections: articles picked by hand, in an order, with notes; kept at ``/collections/``, taken away as a brief."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from newsdesk.annotations import markdown
from newsdesk.articles.models import Article
from newsdesk.http import render_page, wants_partial
from newsdesk.people import access
from newsdesk.reader.downloads import TakeAway, refuse, send, show_sheet
from newsdesk.reader.exports.selection import Options, OptionsForm, Selection
from newsdesk.workspace import collecting
from newsdesk.workspace.models import Collection, CollectionItem

MOST = 200  # collections that a page lists
STEPS = {"up": -1, "down": 1}


class CollectionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class cannot be subscripted when the code runs
    """``seen`` is when the collection was last changed as this form knew it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Collection
        fields = ("title", "introduction", "visibility")
        widgets = {"introduction": forms.Textarea({"rows": 6})}


class NewCollectionForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Collection
        fields = ("title",)


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = CollectionItem
        fields = ("note",)


class CollectionPage:
    def __init__(self, request: HttpRequest, collection: Collection, form: CollectionForm | None = None) -> None:
        self.request = request
        self.collection = collection
        self.editable = access.may_change(request.user, collection)
        self.deletable = may_delete(request.user, collection)
        self.stale = bool(form)
        self._form = form

    @cached_property
    def items(self) -> list[CollectionItem]:
        return list(self.collection.items.select_related("article__source"))

    @property
    def introduction(self) -> str:
        return markdown.render(self.collection.introduction)

    @property
    def form(self) -> CollectionForm:
        return self._form or CollectionForm(instance=self.collection, initial={"seen": self.collection.updated})

    @property
    def changes(self) -> list[collecting.Change]:
        return collecting.changes_of(self.collection)

    @property
    def take_away_url(self) -> str:
        return reverse("collection-take-away", args=[self.collection.pk])


def may_delete(user: access.User, collection: Collection) -> bool:
    """One's own; another's only with the right to."""
    own = user.is_authenticated and collection.author_id == user.pk
    return access.may_change(user, collection) and (own or user.has_perm("workspace.delete_collection"))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def collections(request: HttpRequest) -> HttpResponse:
    """One's own and those of others; a POST makes one."""
    if request.method == "POST":
        return _make(request)
    return _show_collections(request, NewCollectionForm())


@login_required
def _make(request: HttpRequest) -> HttpResponse:
    form = NewCollectionForm(request.POST)
    _require_adding(request)
    if not form.is_valid():
        return _show_collections(request, form, 422)
    return redirect(_save_new(request, form))


def _show_collections(request: HttpRequest, form: NewCollectionForm, status: int = 200) -> HttpResponse:
    seen = access.visible(Collection.objects.with_sizes().select_related("author"), request.user)[:MOST]
    own = [one for one in seen if one.author_id == request.user.pk]
    context = {
        "own": own,
        "shared": [one for one in seen if one not in own],
        "form": form if access.may_add(request.user, Collection) else None,
    }
    return render(request, "reader/collections.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find(Collection.objects.select_related("author"), request.user, pk=pk)
    if request.method != "POST":
        return _show(request, found)
    found = access.find_to_change(Collection.objects.all(), request.user, pk=pk)
    if "item" in request.POST:
        return _change_item(request, found)
    if "delete" in request.POST:
        return _delete(request, found)
    return _edit(request, found)


def _show(
    request: HttpRequest, found: Collection, form: CollectionForm | None = None, status: int = 200
) -> HttpResponse:
    page = CollectionPage(request, found, form)
    context = {"page": page, "collection": found}
    return render_page(request, "reader/collection.html", context, partial="items", status=status)


def _edit(request: HttpRequest, found: Collection) -> HttpResponse:
    """What somebody else changed meanwhile is shown, and nothing is overwritten unseen."""
    held = str(found.updated)
    data = request.POST.copy()
    form = CollectionForm(data, instance=Collection.objects.get(pk=found.pk))
    if not form.is_valid():
        return _show(request, found, form, 422)
    if form.cleaned_data["seen"] != held:
        data["seen"] = held
        return _show(request, found, form, 409)
    form.save()
    return redirect(found)


def _delete(request: HttpRequest, found: Collection) -> HttpResponse:
    if not may_delete(request.user, found):
        raise PermissionDenied
    found.delete()
    messages.info(request, gettext("The collection “%(title)s” is deleted.") % {"title": found.title})
    return redirect("collections")


def _change_item(request: HttpRequest, found: Collection) -> HttpResponse:
    """Moved, removed, or commented."""
    given = request.POST["item"]
    if not given.isdecimal() or len(given) > 18:
        raise Http404
    item = get_object_or_404(found.items.select_related("collection"), pk=given)
    if "remove" in request.POST:
        collecting.remove(item)
    elif (step := STEPS.get(request.POST.get("move", ""))) is not None:
        collecting.move(item, step)
    elif (form := ItemForm(request.POST)).is_valid():
        collecting.comment(item, form.cleaned_data["note"])
    if wants_partial(request):
        return _show(request, found)
    return redirect(f"{found.get_absolute_url()}#item-{item.article_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Put an article into a collection, or into a new one."""
    _require_adding(request)
    given = request.GET.get("article", "")
    article = get_object_or_404(Article, pk=given if given.isdecimal() and len(given) < 19 else 0)
    if request.method != "POST":
        return _show_adding(request, article, NewCollectionForm())
    form = NewCollectionForm(request.POST)
    if chosen := request.POST.get("collection", ""):
        if not chosen.isdecimal() or len(chosen) > 18:
            raise Http404
        into = access.find_to_change(Collection.objects.all(), request.user, pk=chosen)
    elif form.is_valid():
        into = _save_new(request, form)
    else:
        return _show_adding(request, article, form, 422)
    collecting.add(into, article)
    if wants_partial(request):
        return _show_adding(request, article, NewCollectionForm())
    return redirect(request.get_full_path())


def _show_adding(request: HttpRequest, article: Article, form: NewCollectionForm, status: int = 200) -> HttpResponse:
    holding = set(CollectionItem.objects.filter(article=article).values_list("collection", flat=True))
    choices = [(one, one.pk in holding) for one in collecting.changeable(request.user)]
    context = {"article": article, "choices": choices, "form": form, "partial": wants_partial(request)}
    return render_page(request, "reader/collection_add.html", context, partial="adding", status=status)


def _require_adding(request: HttpRequest) -> None:
    if not access.may_add(request.user, Collection):
        raise PermissionDenied


def _save_new(request: HttpRequest, form: NewCollectionForm) -> Collection:
    made: Collection = form.save(commit=False)
    made.author_id = request.user.pk
    made.save()
    return made


@require_safe
@vary_on_cookie
def collection_take_away(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find(Collection.objects.all(), request.user, pk=pk)
    form = OptionsForm(initial={"notes": True})
    return show_sheet(request, TakeAway(request, select(request, found, Options()), form, found.get_absolute_url()))


@require_safe
@vary_on_cookie
@never_cache
def collection_export(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    found = access.find(Collection.objects.all(), request.user, pk=pk)
    form = OptionsForm(request.GET)
    if not form.is_valid():
        return refuse(
            request, [f"{form.fields[field].label}: {' '.join(map(str, said))}" for field, said in form.errors.items()]
        )
    return send(request, select(request, found, Options.of(form)), name)


def select(request: HttpRequest, found: Collection, options: Options) -> Selection:
    items = found.items.all()
    ids = [item.article_id for item in items]
    if options.order == "date":
        ids = list(Article.objects.filter(pk__in=ids).in_time().values_list("pk", flat=True))
    site = f"{request.scheme}://{request.get_host()}"
    return Selection(
        ids,
        name=f"collection-{found.pk}",
        title=found.title,
        query=f"collection={found.pk}",
        url=site + found.get_absolute_url(),
        site=site,
        summary=found.introduction,
        remarks={item.article_id: item.note for item in items if item.note},
        user=request.user,
        options=options,
    )
