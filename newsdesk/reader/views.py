"""The pages: the desk, the list, the article, and what a reader sets for themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from django_htmx.http import HttpResponseClientRedirect, push_url, reswap, retarget

from newsdesk.annotations import notes
from newsdesk.articles import editing, profiles, topics
from newsdesk.articles.models import Article, Correction, Topic
from newsdesk.http import BESIDE, render_page, wants_partial
from newsdesk.people import access
from newsdesk.query import parse
from newsdesk.query.help import HELP
from newsdesk.query.tree import Facet
from newsdesk.reader import correcting
from newsdesk.reader.article import ArticlePage
from newsdesk.reader.charts import make_timeline
from newsdesk.reader.correcting import ClaimsForm
from newsdesk.reader.cuts import NO_SPAN, CutForm
from newsdesk.reader.desk import Desk
from newsdesk.reader.facets import make_facets, make_numbers
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.freshness import fresh
from newsdesk.reader.keys import LATIN, Keymap, KeysForm
from newsdesk.reader.listing import Listing
from newsdesk.reader.preferences import Preferences, PreferencesForm
from newsdesk.reader.recovery import find_suggestion, find_ways_out
from newsdesk.reader.saved_views import FEW, OpenView, make_saved_views
from newsdesk.reader.source_lines import SourceLineForm, SourceLinePage, find_line
from newsdesk.reader.stories import StoryList
from newsdesk.reader.topics import TopicPage, list_topics
from newsdesk.search import index
from newsdesk.workspace import reading

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAY_CUT = MAY_CORRECT = "articles.change_article"
MAY_CHANGE_TOPIC = "articles.change_topic"
STALE = _("The raw text has changed meanwhile, and nothing was done. This is how it stands now.")
EMPTY = _("Nothing would be left to read, so this was not cut. Delete the article in the admin if it is none.")
CORRECTED = _("Corrected.")
DONE = {True: _("Restored."), False: _("Cut."), None: _("Undone.")}


@require_safe
@vary_on_cookie
def front(request: HttpRequest) -> HttpResponse:
    desk = Desk(request.GET, request.user)
    saved_views = [] if desk.articles.chips else make_saved_views(request, FEW)
    context = {
        "desk": desk,
        "articles": desk.articles,
        "saved_views": saved_views,
        "old_views": [one for one in saved_views if not one.new],
        "timeline": desk.timeline,
        "numbers": make_numbers(desk.articles),
        "partial": wants_partial(request),
    }
    response = render_page(request, "reader/desk.html", context, partial="desk")
    return push_url(response, desk.articles.requested.url) if wants_partial(request) else response


@require_safe
@fresh
@vary_on_cookie
def article_list(request: HttpRequest) -> HttpResponse:
    articles = ArticleFilter(request.GET, request.user)
    listing = Listing(articles)
    beside = BESIDE in request.headers
    context = {
        "articles": articles,
        "listing": listing,
        "facets": make_facets(articles, Preferences.of(request).opened),
        "timeline": make_timeline(articles),
        "numbers": make_numbers(articles),
        "ways_out": find_ways_out(articles) if articles.is_valid() and not listing.count else [],
        "suggestion": find_suggestion(articles) if articles.is_valid() and not listing.count else None,
        "empty": not index.everything(),
        "open_view": OpenView(articles, request.user),
        "partial": wants_partial(request),
        "beside": beside,
    }
    response = render_page(request, "reader/articles.html", context, partial="desk")
    patch_vary_headers(response, [BESIDE])
    return push_url(response, articles.requested.url) if wants_partial(request) and not beside else response


@require_safe
@fresh
@vary_on_cookie
def article(request: HttpRequest, pk: int) -> HttpResponse:
    return show_article(request, pk, why=request.GET.get("why", ""), raw="raw" in request.GET)


@require_POST
@permission_required(MAY_CUT, raise_exception=True)
def cuts(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep or cut a span of the raw text; answers with the raw text as it then stands."""
    found = get_object_or_404(Article.objects.select_related("text"), pk=pk)
    form = CutForm(request.POST)
    if not form.is_valid():
        return show_article(request, pk, raw=True, problem=NO_SPAN, status=400)
    (start, end), wish = form.cleaned_data["span"], form.cleaned_data["wish"]
    try:
        editing.decide(found, start, end, wish, request.user, digest=form.cleaned_data["digest"])
    except editing.StaleTextError:
        return show_article(request, pk, raw=True, problem=STALE, status=409)
    except editing.EmptyBodyError:
        return show_article(request, pk, raw=True, problem=EMPTY, status=422)
    except ValueError:
        return show_article(request, pk, raw=True, problem=NO_SPAN, status=400)
    if wants_partial(request):
        return show_article(request, pk, raw=True, done=DONE[wish])
    return redirect(ArticlePage(found, ArticleFilter(request.GET, request.user)).line_url(start))


def show_article(
    request: HttpRequest,
    pk: int,
    *,
    why: str = "",
    raw: bool,
    problem: StrOrPromise = "",
    done: StrOrPromise = "",
    status: int = 200,
) -> HttpResponse:
    found = get_object_or_404(
        Article.objects.select_related("source", "story", "text", "claims").prefetch_related(
            Prefetch("corrections", Correction.objects.select_related("author")),
            Prefetch("annotations", notes.visible(request.user).select_related("author", "kind", "reviewed_by")),
        ),
        pk=pk,
    )
    editable = raw and request.user.has_perm(MAY_CUT)
    page = ArticlePage(
        found, ArticleFilter(request.GET, request.user), why=why, raw=raw, editable=editable, user=request.user
    )
    state = reading.states(page.articles.reader, [found.pk]).get(found.pk, reading.UNREAD)
    context = {
        "page": page,
        "article": found,
        "problem": problem,
        "done": done,
        "state": state,
        "partial": wants_partial(request),
    }
    return render_page(request, "reader/article.html", context, partial="article", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
@login_required
@permission_required(MAY_CORRECT, raise_exception=True)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what the article is said to be, beside its text or, without a script, on a page of its own."""
    found = get_object_or_404(Article.objects.select_related("claims", "text").exclude(processed=None), pk=pk)
    page = ArticlePage(found, ArticleFilter(request.GET, request.user), user=request.user)
    if request.method != "POST":
        return _show_correcting(request, page, ClaimsForm(instance=found))
    form = correcting.correct(found, request.POST, request.user)
    if not form.is_valid():
        return _show_correcting(request, page, form, status=409 if form.stale else 422)
    if wants_partial(request):
        return show_article(request, pk, raw=False, done=CORRECTED)
    messages.info(request, str(CORRECTED))
    return redirect(page.text_url)


def _show_correcting(request: HttpRequest, page: ArticlePage, form: ClaimsForm, *, status: int = 200) -> HttpResponse:
    beside = wants_partial(request)
    context = {
        "article": page.article,
        "form": form,
        "action": page.correct_url,
        "back": page.text_url,
        "beside": beside,
    }
    if form.stale:
        last = Correction.history.filter(article=page.article.pk).select_related("history_user").first()
        context |= {"both": form.both(), "stale_by": last}
    response = render_page(request, "reader/correct.html", context, partial="form", status=status)
    return reswap(retarget(response, "#correct-form"), "innerHTML") if beside else response


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
@login_required
@permission_required("articles.change_source", raise_exception=True)
def source_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a line for all articles of its source, after a look at what that changes."""
    found = get_object_or_404(Article.objects.select_related("source", "text").exclude(source=None), pk=pk)
    form = SourceLineForm(request.POST if request.method == "POST" else {"decision": "always", **request.GET.dict()})
    line = (
        find_line(found.text.raw_text, form.cleaned_data["start"], form.cleaned_data["end"])
        if form.is_valid()
        else None
    )
    if line is None or found.source is None:
        raise Http404
    page = SourceLinePage(found, found.source, line, form.cleaned_data["decision"])
    if request.method != "POST":
        return render(request, "reader/source_line.html", {"page": page, "article": found})
    messages.info(request, str(profiles.settle(page.source, [page.change], at_once="apply" in request.POST)))
    return redirect(page.url)


@require_safe
@vary_on_cookie
def stories(request: HttpRequest) -> HttpResponse:
    found = StoryList(request.GET, request.user)
    return render(request, "reader/stories.html", {"page": found, "articles": found.articles})


@require_safe
@vary_on_cookie
def topic_list(request: HttpRequest) -> HttpResponse:
    may_add = access.may_enter_admin(request.user) and request.user.has_perm("articles.add_topic")
    return render(request, "reader/topics.html", {"topics": list_topics(), "may_add": may_add})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
@vary_on_cookie
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What a topic is, and for those who may change it what another rule would change; a saved rule is applied here,
    for as long as a request may take."""
    found = get_object_or_404(Topic, pk=slug)
    editable = request.user.has_perm(MAY_CHANGE_TOPIC)
    if request.method != "POST":
        running = editable and "apply" in request.GET
        return _show_topic(request, TopicPage(found, request.user, editable=editable, running=running))
    if not editable:
        raise PermissionDenied
    if "apply" in request.POST:
        return _apply(request, found)
    draft, state = topics.Draft(found, request.POST.get("rule", "")), request.POST.get("state", "")
    if "save" not in request.POST or draft.fault:
        status = 422 if "save" in request.POST else 200
        return _show_topic(
            request,
            TopicPage(found, request.user, editable=True, draft=draft, state=state),
            partial="preview",
            status=status,
        )
    try:
        topics.save_rule(found, draft.rule, state)
    except topics.ChangedMeanwhileError:
        found.refresh_from_db()
        page = TopicPage(found, request.user, editable=True, draft=topics.Draft(found, draft.rule), stale=True)
        return _show_topic(request, page, status=409)
    return _apply(request, found)


def _apply(request: HttpRequest, found: Topic) -> HttpResponse:
    done = topics.apply(found)
    if done.left and wants_partial(request):
        return _show_topic(request, TopicPage(found, request.user, editable=True, running=True), partial="pending")
    if done.left:
        return redirect(f"{found.get_absolute_url()}?apply")
    messages.info(request, gettext("The rule is applied to all articles."))
    url = found.get_absolute_url()
    return HttpResponseClientRedirect(url) if wants_partial(request) else redirect(url)


def _show_topic(request: HttpRequest, page: TopicPage, *, partial: str = "preview", status: int = 200) -> HttpResponse:
    context = {"page": page, "topic": page.topic, "draft": page.draft, "pending": page.pending}
    return render_page(request, "reader/topic.html", context, partial=partial, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def preferences(request: HttpRequest) -> HttpResponse:
    """Theme, text and panes. The language is set by Django's own view."""
    back = _page_before(request)
    form = PreferencesForm(request.POST)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = redirect(back or "articles")
        Preferences.of(request).with_(form).keep(response)
        return response
    chosen = Preferences.of(request)
    rows = [(field, getattr(chosen, field.name)) for field in PreferencesForm().visible_fields()]
    context = {"back": back, "rows": rows, "partial": wants_partial(request)}
    return render_page(request, "reader/preferences.html", context, partial="choices")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def keys(request: HttpRequest) -> HttpResponse:
    """Which key does what. What the form refuses is not kept, and says why."""
    back = _page_before(request) or reverse("articles")
    form = KeysForm(request.POST if request.method == "POST" else None, initial=Keymap.of(request).written)
    if request.method != "POST" or not (form.is_valid() or "reset" in request.POST):
        status = 422 if request.method == "POST" else 200
        return render(
            request, "reader/keys.html", {"form": form, "back": back, "codes": json.dumps(LATIN)}, status=status
        )
    response = redirect(f"{reverse('keys')}?{urlencode({'next': back})}")
    Keymap({} if "reset" in request.POST else form.cleaned_data).keep(response)
    messages.info(request, gettext("The keys are as they stand here now."))
    return response


@login_not_required
@require_safe
@vary_on_cookie
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search, what the filters do, and the keys."""
    language = (get_language() or "")[:2]
    searching = [
        (entry.explain(language), [(example, _finds(example)) for example in entry.examples(language)])
        for entry in HELP
    ]
    context = {"searching": searching, "keys": Keymap.of(request).help, "partial": wants_partial(request)}
    return render_page(request, "reader/help.html", context, partial="help")


def _finds(example: str) -> bool:
    """Not where it names a source or a story that this corpus does not have."""
    match parse(example).root:
        case Facet("source" | "story" as name, value):
            return bool(index.value(name, value))
    return True


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """The corpus belongs to its publishers: no search engine is to copy it."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def _page_before(request: HttpRequest) -> str:
    """Where one was, if that is one of our pages: by the form, by htmx, which has changed the page since its links were
    written, by the link, by the browser. Empty where none says it."""
    shown = request.htmx.current_url_abs_path if wants_partial(request) else ""  # type: ignore[attr-defined]  # see wants_partial
    referer = request.headers.get("Referer", "")
    before = "" if request.path in referer else referer
    said = (request.POST.get("next"), shown, request.GET.get("next"), before)
    return next((url for url in said if url and _is_own(request, url)), "")


def _is_own(request: HttpRequest, url: str) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
