"""Notes in the admin: on their own, and beside the article that they are about.

An editor sees there what they see in the reader, and what is private stays so. All changes go through notes.py, which signs
them, keeps their history, and overwrites nothing that somebody else has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.forms import Form, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pyroaring import BitMap
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.annotations import history, notes
from newsdesk.annotations.checking import candidates
from newsdesk.annotations.forms import (
    AddForm,
    EditForm,
    FileManyForm,
    ManyForm,
    ReassignManyForm,
    ReviewManyForm,
    VersionForm,
    WithdrawManyForm,
)
from newsdesk.annotations.models import Annotation, Kind
from newsdesk.articles.admin import ArticleAdmin, TopicFilter
from newsdesk.articles.marks import Mark, segments
from newsdesk.articles.models import Article
from newsdesk.articles.queries import among
from newsdesk.language.tokens import find_words
from newsdesk.people import access
from newsdesk.query import parse
from newsdesk.search import index

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 20  # notes on the page that asks what is to be done with many
NEAR = 5  # words before and after a passage on the list
AROUND = 700  # characters of the article before and after a passage
MOST_WORDS = 12  # of a search
MOST_ARTICLES = 15  # in the filter by article

CHANGED = _("Somebody has changed this note meanwhile, and nothing was done. This is how it stands now.")


# The list


class NoteTopicFilter(TopicFilter):
    column = "article"

    def within(self, request: HttpRequest) -> BitMap:
        return notes.annotated(request.user)


class NotedArticleFilter(admin.SimpleListFilter):
    """Those with the most notes, and the one that was chosen; on the page of any article its notes are linked."""

    title = _("article")
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        seen = notes.visible(request.user).order_by()
        counted = dict(seen.values_list("article").annotate(count=Count("pk")).order_by("-count")[:MOST_ARTICLES])
        if chosen := self._chosen():
            counted.setdefault(chosen, seen.filter(article=chosen).count())
        titles = Article.objects.only("title", "source_path").in_bulk(counted)
        return [
            (str(pk), f"{Truncator(str(titles[pk])).chars(50)} ({count})")
            for pk, count in counted.items()
            if pk in titles
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> QuerySet[Annotation]:
        return queryset if self.value() is None else queryset.filter(article=self._chosen())

    def _chosen(self) -> int:
        """0, which no article has, for what is no number."""
        value = self.value() or ""
        return int(value) if value.isdecimal() and len(value) < 19 else 0


class WithdrawnFilter(admin.SimpleListFilter):
    title = _("withdrawn")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("no")), ("yes", _("yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> QuerySet[Annotation]:
        value = self.value()
        return queryset if value is None else queryset.filter(withdrawn__isnull=value == "no")


class OnPagesOfTheirOwn:
    """Kinds and people are changed there, not from the form of a note."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("kind", "author"):
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # of what it is mixed into


@admin.register(Annotation)
class AnnotationAdmin(OnPagesOfTheirOwn, SimpleHistoryAdmin):
    change_form_template = "admin/annotations/annotation/change_form.html"
    object_history_template = "admin/annotations/annotation/history.html"
    list_display = ("shown", "kind", "shown_state", "author", "visibility", "shown_updated")
    list_filter = (
        "state",
        "kind",
        "anchored",
        "visibility",
        ("author", admin.RelatedOnlyFieldListFilter),
        WithdrawnFilter,
        NoteTopicFilter,
        NotedArticleFilter,
    )
    list_select_related = ("author", "article", "kind")
    search_fields = ("stems",)  # shows the box; see get_search_results
    search_help_text = _("Words in any form, in the passage, the note, its tags or the title of the article")
    ordering = ("-updated", "-pk")
    raw_id_fields = ("article",)
    list_per_page = 50
    show_full_result_count = False
    empty_value_display = _("former user")
    actions = ["review", "reassign", "file", "withdraw"]

    class Media:
        css = {"all": ("css/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        return notes.visible(request.user).order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Annotation], search_term: str
    ) -> tuple[QuerySet[Annotation], bool]:
        """Each word stands in the note or in the title of its article."""
        for form, stem in list(find_words(search_term))[:MOST_WORDS]:
            titled = index.search(parse(f'title:"{form}"'))
            queryset = queryset.filter(Q(stems__contains=f" {stem} ") | Q(article__in=among(titled)))
        return queryset, False

    def has_change_permission(self, request: HttpRequest, obj: Annotation | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or access.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Annotation | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or access.may_change(request.user, obj))

    @admin.display(description=_("annotation"), ordering="article__title")
    def shown(self, note: Annotation) -> SafeString:
        """The passage in its context, what is said of it, and where."""
        tags = ", ".join(note.tag_list)
        pieces = (
            ("desk-quote", _short_quote(note) if note.exact else ""),
            ("desk-said", Truncator(note.body).chars(240)),
            ("desk-fine", f"{_('reply')}: {note.article}" if note.parent_id else str(note.article)),
            ("desk-fine", tags),
        )
        shown = ((kind, text) for kind, text in pieces if text)
        return format_html_join("", '<span class="{}" dir="auto">{}</span>', shown)

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, note: Annotation) -> str:
        """And what else is to be known before one relies on it."""
        warnings = [note.get_anchored_display()] if note.anchored in Annotation.ASTRAY else []
        withdrawn = [str(_("withdrawn"))] if note.withdrawn else []
        return ", ".join([note.get_state_display(), *map(str, warnings), *withdrawn])

    @admin.display(description=_("changed"), ordering="updated")
    def shown_updated(self, note: Annotation) -> str:
        return date_format(timezone.localtime(note.updated), "j N Y, H:i")

    # One note

    def get_fieldsets(self, request: HttpRequest, obj: Annotation | None = None) -> Any:
        if obj is None:
            fields: tuple[Any, ...] = ("article", "exact", "body", "tags", ("kind", "visibility"))
        elif obj.parent_id is not None:
            fields = ("body", "author", "is_withdrawn", "from_version")
        else:
            fields = (
                "exact",
                "body",
                "tags",
                ("kind", "visibility"),
                ("state", "author"),
                "is_withdrawn",
                "from_version",
            )
        if obj is not None and not self.has_change_permission(request, obj):
            fields = fields[:-1]
        return [(None, {"fields": fields})]

    def get_form(
        self, request: HttpRequest, obj: Annotation | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Annotation]]:
        return super().get_form(request, obj, change=change, **{**kwargs, "form": EditForm if obj else AddForm})

    def get_readonly_fields(self, request: HttpRequest, obj: Annotation | None = None) -> tuple[str, ...]:
        if obj is not None and not self.has_change_permission(request, obj):
            return ("tags", "is_withdrawn", "from_version")
        return () if obj is None or notes.may_review(request.user, obj) else ("state",)

    def is_withdrawn(self, note: Annotation) -> bool:
        return note.withdrawn is not None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """With the passage in its context, and, where two changed the note at once, with both versions."""
        note, form = kwargs.get("obj"), context["adminform"].form
        if note is not None:
            stored = Annotation.objects.select_related("article__text", "author", "reviewed_by").get(pk=note.pk)
            stale = getattr(form, "stale", False)
            context |= {
                "note": stored,
                "passage": _in_context(stored),
                "astray": candidates(stored) if stored.anchored in Annotation.ASTRAY else None,
                "both": history.differences(stored, form.instance) if stale else None,
                "stale_by": stored.history.select_related("history_user").first() if stale else None,
                "replies": notes.visible(request.user).filter(parent=stored).select_related("author"),
            }
        response: HttpResponse = super().render_change_form(request, context, **kwargs)
        if context.get("both") is not None:
            response.status_code = 409
        return response

    def save_model(self, request: HttpRequest, obj: Annotation, form: ModelForm[Annotation], change: bool) -> None:
        if not isinstance(form, EditForm):
            written = {name: form.cleaned_data[name] for name in notes.WRITTEN}
            note = Annotation(article=obj.article, **written)
            obj.pk = notes.add(request.user, note, form.cleaned_data.get("passage")).pk
        elif values := form.changes():
            notes.edit(request.user, obj, values, form.cleaned_data["from_version"])
        obj.refresh_from_db()

    # Its history

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        note = self._find(request, object_id)
        context = self._context(request, note, _("History"))
        context["changes"] = history.changes(note, request.user)
        context["may_revert"] = self.has_change_permission(request, note)
        return TemplateResponse(request, "admin/annotations/annotation/history.html", context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What going back to an earlier state would change; and the going back."""
        note = self._find(request, object_id)
        if not self.has_change_permission(request, note):
            raise PermissionDenied
        row = history.rows_of(note, request.user).filter(pk=version_id).first() if version_id.isdecimal() else None
        if row is None:
            raise Http404
        form, status = VersionForm(request.POST or None), 200
        if request.method == "POST" and form.is_valid():
            try:
                notes.revert(request.user, note, row, form.cleaned_data["version"])
            except notes.ChangedMeanwhileError:
                self.message_user(request, CHANGED, messages.ERROR)
                status = 409
            except notes.HasRepliesError:
                self.message_user(request, notes.HAS_REPLIES, messages.ERROR)
                status = 422
            else:
                self.message_user(request, _("The note is what it was then."))
                return redirect("admin:annotations_annotation_change", note.pk)
        note = self._find(request, object_id)
        context = self._context(request, note, _("Go back to an earlier state"))
        context |= {"row": row, "differences": history.differences(note, row)}
        return TemplateResponse(request, "admin/annotations/annotation/revert.html", context, status=status)

    def _find(self, request: HttpRequest, object_id: str) -> Annotation:
        note = self.get_object(request, unquote(object_id))
        if note is None:
            raise Http404
        if not self.has_view_or_change_permission(request, note):
            raise PermissionDenied
        return note

    def _context(self, request: HttpRequest, note: Annotation | None, title: StrOrPromise) -> dict[str, Any]:
        found = {"opts": self.opts, "media": self.media, "title": title, "note": note}
        return {**self.admin_site.each_context(request), **found}

    # Many at once

    @admin.action(description=_("Review the selected annotations"), permissions=["change"])
    def review(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponse | None:
        return self._ask(request, queryset, ReviewManyForm, _("Review annotations"))

    @admin.action(description=_("Give the selected annotations to another person"), permissions=["change"])
    def reassign(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponse | None:
        return self._ask(request, queryset, ReassignManyForm, _("Give annotations to another person"))

    @admin.action(description=_("Change kind or visibility of the selected annotations"), permissions=["change"])
    def file(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponse | None:
        return self._ask(request, queryset, FileManyForm, _("Change kind or visibility of annotations"))

    @admin.action(description=_("Withdraw the selected annotations, or bring them back"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponse | None:
        return self._ask(request, queryset, WithdrawManyForm, _("Withdraw annotations, or bring them back"))

    def _ask(
        self, request: HttpRequest, chosen: QuerySet[Annotation], kind: type[ManyForm], title: StrOrPromise
    ) -> HttpResponse | None:
        """What is to be done, on a page of its own; then it is done, and told of how many it was not."""
        if "seen" not in request.POST:
            return self._show_question(request, chosen, kind(initial={"seen": _moment()}), title)
        form = kind(request.POST)
        if not form.is_valid():
            return self._show_question(request, chosen, form, title)
        done = notes.edit_many(request.user, chosen, form.changes(), form.cleaned_data["seen"])
        told = ngettext("%d annotation was changed.", "%d annotations were changed.", done.changed) % done.changed
        self.message_user(request, told, messages.SUCCESS if done.changed else messages.WARNING)
        for reason, count in done.left.most_common():
            left = ngettext("%(count)d was left alone: %(reason)s.", "%(count)d were left alone: %(reason)s.", count)
            self.message_user(request, left % {"count": count, "reason": reason}, messages.WARNING)
        return None

    def _show_question(
        self, request: HttpRequest, chosen: QuerySet[Annotation], form: Form, title: StrOrPromise
    ) -> HttpResponse:
        """``across``: all that the filters of the list leave, which are in the address."""
        across = request.POST.get("select_across") == "1"
        first = list(chosen.select_related(*self.list_select_related)[:SHOWN])
        context = self._context(request, None, title)
        context |= {
            "form": form,
            "action": request.POST["action"],
            "across": across,
            "selected": [note.pk for note in first[:1]] if across else list(chosen.values_list("pk", flat=True)),
            "count": chosen.count(),
            "shown": first,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/annotations/annotation/many.html", context, status=status)


def _short_quote(note: Annotation) -> SafeString:
    """Between the nearest words before and after it."""
    before, after = note.prefix.split(" ")[-NEAR:], note.suffix.split(" ")[:NEAR]
    return format_html("{}<mark>{}</mark>{}", " ".join(before), Truncator(note.exact).chars(240), " ".join(after))


def _moment() -> str:
    return timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%f%z")


def _in_context(note: Annotation) -> dict[str, Any] | None:
    """What of the article stands around the passage; None where it is not known where that is."""
    if note.start is None or note.end is None or note.anchored in Annotation.ASTRAY:
        return None
    body = note.article.text.body
    start, end = max(0, note.start - AROUND), min(len(body), note.end + AROUND)
    mark = Mark(note.start - start, note.end - start, "note")
    return {"pieces": segments(body[start:end], [mark]), "before": start > 0, "after": end < len(body)}


@admin.register(Kind)
class KindAdmin(admin.ModelAdmin):
    list_display = ("slug", "name_en", "name_ru", "look", "position")
    list_editable = ("position",)

    def save_model(self, request: HttpRequest, obj: Kind, form: ModelForm[Kind], change: bool) -> None:
        super().save_model(request, obj, form, change)
        index.announce()  # articles show what their notes are called


# Beside an article


class AnnotationInline(OnPagesOfTheirOwn, admin.StackedInline):
    """Notes of the article, each with a link to where it is changed, and a new one."""

    model = Annotation
    form = AddForm
    extra = 1
    show_change_link = True
    fields = (("kind", "visibility"), "body", "exact")
    verbose_name = _("note")
    verbose_name_plural = _("notes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        return notes.visible(request.user).filter(parent=None, withdrawn=None).order_by("start", "pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AnnotatedArticleAdmin(ArticleAdmin):
    inlines: Sequence[type[InlineModelAdmin]] = [AnnotationInline, *ArticleAdmin.inlines]

    def noted(self, request: HttpRequest) -> index.Noted:
        return lambda whose: notes.annotated(request.user, own=whose == "mine")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Annotation:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        for added in formset.extra_forms:
            if added.has_changed():
                written = {name: added.cleaned_data[name] for name in ("kind", "visibility", "body")}
                note = Annotation(article=form.instance, **written)
                notes.add(request.user, note, added.cleaned_data.get("passage"))


admin.site.unregister(Article)
admin.site.register(Article, AnnotatedArticleAdmin)
