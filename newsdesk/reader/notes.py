"""Notes in the reader: made on an article, talked about, reviewed; listed across articles; checked where the text has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from django_htmx.http import reswap, retarget, trigger_client_event

from newsdesk.annotations import notes
from newsdesk.annotations.checking import candidates
from newsdesk.annotations.forms import NoteForm, PassageForm, ReplyForm, ReviewForm, VersionForm
from newsdesk.annotations.history import changes
from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from newsdesk.http import wants_partial
from newsdesk.people import access
from newsdesk.pipeline.cleaning.sentences import split_sentences
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.noted import NoteListing
from newsdesk.reader.views import show_article

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORM = "annotations/form.html"
STALE = _("Somebody has changed this note meanwhile, and nothing was done. This is how it stands now.")


def _carried(request: HttpRequest) -> str:
    """The list that an article was reached from, which addresses carry along."""
    carried = ArticleFilter(request.GET, request.user).address.carried
    return f"?{carried}" if carried else ""


def _article_with_text(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("text"), pk=pk)


# On an article


@require_safe
@vary_on_cookie
@login_required
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, for a passage that was selected or, without a script, one to choose."""
    article = _article_with_text(pk)
    if not access.may_add(request.user, Annotation):
        raise PermissionDenied
    passage = PassageForm(request.GET, article.text.body, begins=True)
    chosen = passage.cleaned_data["passage"] if passage.is_valid() else None
    return _show_form(request, article, NoteForm(initial={"kind": "note", "visibility": "team"}), passage, chosen)


@require_POST
@vary_on_cookie
@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article_with_text(pk)
    body = article.text.body
    form, passage = NoteForm(request.POST), PassageForm(request.POST, body, list(split_sentences(body)))
    if not access.may_add(request.user, Annotation):
        raise PermissionDenied
    sound = passage.is_valid() and form.is_valid()
    chosen = passage.cleaned_data.get("passage") if passage.is_valid() else None
    if sound and not chosen and not form.cleaned_data["body"].strip():
        form.add_error("body", notes.EMPTY)
        sound = False
    if not sound:
        return _show_form(request, article, form, passage, chosen, status=422)
    values = {name: form.cleaned_data[name] for name in notes.WRITTEN}
    note = notes.add(request.user, Annotation(article=article, **values), chosen)
    return _answer(request, note, _("Noted."))


def _show_form(
    request: HttpRequest, article: Article, form: NoteForm, passage: PassageForm, chosen: Any, *, status: int = 200
) -> HttpResponse:
    body = article.text.body
    context = {
        "article": article,
        "form": form,
        "passage": passage,
        "chosen": chosen,
        "sentences": [] if chosen else [(f"{start}-{end}", body[start:end]) for start, end in split_sentences(body)],
        "action": reverse("note-add", args=[article.pk]) + _carried(request),
        "back": article.get_absolute_url() + _carried(request),
    }
    return _form(request, context, status=status)


def _form(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """In place where htmx asked for it, even if what it sent was meant for the article."""
    if not wants_partial(request):
        return render(request, FORM, context, status=status)
    response = render(request, f"{FORM}#form", {**context, "beside": True}, status=status)
    return reswap(retarget(response, "#note-form"), "innerHTML")


def _answer(request: HttpRequest, note: Annotation, done: StrOrPromise) -> HttpResponse:
    """The article as it now is, with the note in the margin; or the page that this was sent from."""
    if wants_partial(request):
        response = show_article(request, note.article_id, raw=False, done=done)
        return trigger_client_event(response, "noted", {"note": f"note-{note.parent_id or note.pk}"}, after="settle")
    messages.info(request, str(done))
    return redirect(note.parent or note)


def _stale(request: HttpRequest, note: Annotation) -> HttpResponse:
    """Nothing was done: the note as it now is, where it was asked for."""
    if wants_partial(request) and request.htmx.target == "article":  # type: ignore[attr-defined]  # set by django_htmx's middleware, which has no stub for it
        return show_article(request, note.article_id, raw=False, problem=STALE, status=409)
    if wants_partial(request):
        return _show_check(request, problem=STALE, status=409)
    return _show_note(request, note, problem=STALE, status=409)


# One note


@require_safe
@vary_on_cookie
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said about it, and how it came to say what it says."""
    return _show_note(request, notes.find(request.user, pk))


def _show_note(request: HttpRequest, found: Annotation, *, status: int = 200, **context: Any) -> HttpResponse:
    replies = notes.visible(request.user).filter(parent=found).select_related("author", "kind").order_by("pk")
    context = {
        "note": found,
        "article": found.article,
        "replies": replies,
        "changes": changes(found, request.user),
        "may_change": access.may_change(request.user, found),
        "may_review": notes.may_review(request.user, found),
        "may_reply": found.parent_id is None and access.may_add(request.user, Annotation),
        "reply": ReplyForm(),
        "states": Annotation.State.choices,
        **context,
    }
    return render(request, "annotations/note.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = notes.find_to_change(request.user, pk)
    reply = found.parent_id is not None
    if request.method != "POST":
        form = ReplyForm(initial={"body": found.body}) if reply else NoteForm.of(found)
        return _show_edit(request, found, form, found.version)
    form = ReplyForm(request.POST) if reply else NoteForm(request.POST)
    version = VersionForm(request.POST)
    if not version.is_valid():
        return HttpResponse(status=400)
    if form.is_valid() and not found.exact and not form.cleaned_data["body"].strip():
        form.add_error("body", notes.EMPTY)
    if not form.is_valid():
        return _show_edit(request, found, form, version.cleaned_data["version"], status=422)
    try:
        changed = notes.change(found, form.cleaned_data, version.cleaned_data["version"])
    except notes.ChangedMeanwhileError as changed_meanwhile:
        theirs = changed_meanwhile.note
        return _show_edit(request, found, form, theirs.version, theirs=theirs, status=409)
    except notes.HasRepliesError:
        form.add_error("visibility", notes.HAS_REPLIES)
        return _show_edit(request, found, form, version.cleaned_data["version"], status=422)
    return _answer(request, changed, _("Changed."))


def _show_edit(
    request: HttpRequest,
    found: Annotation,
    form: NoteForm | ReplyForm,
    version: int,
    *,
    theirs: Annotation | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "article": found.article,
        "note": found,
        "form": form,
        "version": version,
        "theirs": theirs,
        "chosen": found if found.exact else None,
        "action": reverse("note-edit", args=[found.pk]) + _carried(request),
        "back": (found.parent or found).get_absolute_url(),
    }
    return _form(request, context, status=status)


@require_POST
@vary_on_cookie
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    found = notes.find(request.user, pk)
    if found.parent_id is not None or not access.may_add(request.user, Annotation):
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show_note(request, found, reply=form, status=422)
    made = notes.add(request.user, Annotation(article=found.article, parent=found, body=form.cleaned_data["body"]))
    return _answer(request, made, _("Replied."))


@require_POST
@vary_on_cookie
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = notes.find_to_change(request.user, pk), VersionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    back = "back" in request.POST
    try:
        notes.withdraw(found, form.cleaned_data["version"], back=back)
    except notes.ChangedMeanwhileError as changed_meanwhile:
        return _stale(request, changed_meanwhile.note)
    return _answer(request, found, _("Brought back.") if back else _("Withdrawn."))


@require_POST
@vary_on_cookie
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = notes.find(request.user, pk), ReviewForm(request.POST)
    if not notes.may_review(request.user, found):
        raise PermissionDenied
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        notes.review(request.user, found, form.cleaned_data["state"], form.cleaned_data["version"])
    except notes.ChangedMeanwhileError as changed_meanwhile:
        return _stale(request, changed_meanwhile.note)
    return _answer(request, found, _("Reviewed."))


# Passages that are no longer sure


@require_safe
@vary_on_cookie
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """Those of one's own, and for editors those of the team: the words then beside the words now."""
    return _show_check(request)


def _show_check(
    request: HttpRequest, *, done: StrOrPromise = "", problem: StrOrPromise = "", status: int = 200
) -> HttpResponse:
    found = notes.visible(request.user).filter(anchored__in=Annotation.ASTRAY, withdrawn=None)
    found = found.select_related("article__text", "author", "kind").order_by("article", "pk")
    mine = [one for one in found[:1000] if access.may_change(request.user, one)]
    context = {"astray": [candidates(one) for one in mine[:50]], "count": len(mine), "done": done, "problem": problem}
    template = "annotations/check.html#check" if wants_partial(request) else "annotations/check.html"
    return render(request, template, context, status=status)


@require_POST
@vary_on_cookie
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the passage that was found, take another, or let the note be about the whole article."""
    found, form = notes.find_to_change(request.user, pk), VersionForm(request.POST)
    passage = PassageForm(request.POST, found.article.text.body)
    if (
        not form.is_valid()
        or not passage.is_valid()
        or not ("detach" in request.POST or passage.cleaned_data["passage"])
    ):
        return HttpResponse(status=400)
    chosen = None if "detach" in request.POST else passage.cleaned_data["passage"]
    try:
        notes.place(found, form.cleaned_data["version"], chosen)
    except notes.ChangedMeanwhileError as changed_meanwhile:
        return _stale(request, changed_meanwhile.note)
    if wants_partial(request):
        return _show_check(request, done=_("Placed.") if chosen else _("Detached."))
    return redirect("notes-check")


# All notes


@require_safe
@vary_on_cookie
def across(request: HttpRequest) -> HttpResponse:
    listing = NoteListing(request)
    template = "annotations/notes.html#notes" if wants_partial(request) else "annotations/notes.html"
    return render(request, template, {"listing": listing, "form": listing.form})
