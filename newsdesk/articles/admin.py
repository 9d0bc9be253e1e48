"""The admin: an article with its claims and evidence side by side, corrections, stories, topics, countries, sources."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pyroaring import BitMap
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.articles import editing, profiles, store, stories, topics
from newsdesk.articles.forms import (
    ArticleForm,
    ChangesForm,
    CorrectionForm,
    CountryForm,
    SourceForm,
    SourceLineForm,
    TopicForm,
)
from newsdesk.articles.history import changes_of_topic, corrections_of
from newsdesk.articles.marks import Mark, Segment, segments
from newsdesk.articles.models import Article, Correction, Country, Source, SourceLine, Story, Topic, name_field
from newsdesk.articles.profiles import Change
from newsdesk.articles.queries import among
from newsdesk.people.history import keep_what_was
from newsdesk.query import QueryError, parse
from newsdesk.search import index

LINE_SHOWN = 120  # characters

STALE_STATE = _("Somebody has changed this article meanwhile, and nothing was done. This is how it stands now.")


class CorrectedFilter(admin.SimpleListFilter):
    title = _("correction")
    parameter_name = "corrected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("corrected")), ("no", _("not corrected"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        corrected = Correction.objects.values("article")
        if self.value() == "yes":
            return queryset.filter(pk__in=corrected)
        if self.value() == "no":
            return queryset.exclude(pk__in=corrected)
        return queryset


class FacetFilter(admin.SimpleListFilter):
    """One facet of the index: a set of ids instead of a join. ``column`` has the article."""

    column = "pk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = self.names()
        counts = index.counts(str(self.parameter_name), self.within(request))
        found = [(value, f"{names.get(value, value)} ({count})") for value, count in counts.items() if count]
        return sorted(found, key=lambda choice: (-counts[choice[0]], choice[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(**{f"{self.column}__in": among(index.value(str(self.parameter_name), value))})

    def within(self, request: HttpRequest) -> BitMap:
        """The articles that are counted."""
        return index.everything()

    def names(self) -> dict[str, str]:
        raise NotImplementedError


class AboutFilter(FacetFilter):
    title = _("country it is about")
    parameter_name = "about"

    def names(self) -> dict[str, str]:
        return dict(Country.objects.values_list("code", name_field()))


class TopicFilter(FacetFilter):
    title = _("topic")
    parameter_name = "topic"

    def names(self) -> dict[str, str]:
        return dict(Topic.objects.values_list("slug", name_field()))


class CorrectionInline(admin.TabularInline):
    """Corrections as they stand; ticking one off withdraws it."""

    model = Correction
    extra = 0
    max_num = 0
    fields = readonly_fields = ("field", "key", "shown_value", "note", "author", "updated")
    verbose_name_plural = _("corrections that hold (delete one to withdraw it)")

    @admin.display(description=_("value"))
    def shown_value(self, correction: Correction) -> Any:
        """Of text that was kept or cut, which words."""
        if correction.field != Correction.Field.CUT:
            return correction.value
        told = _("kept: “%s”") if correction.decision.keep else _("cut: “%s”")
        return told % Truncator(" ".join(correction.excerpt.split())).chars(80)


@admin.register(Article)
class ArticleAdmin(SimpleHistoryAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines: Sequence[type[InlineModelAdmin]] = [CorrectionInline]
    list_display = ("shown_title", "published", "published_provenance", "source", "language", "shown_story")
    list_filter = (
        "published_provenance",
        "language",
        ("source", admin.RelatedOnlyFieldListFilter),
        AboutFilter,
        TopicFilter,
        CorrectedFilter,
    )
    list_select_related = ("source", "story")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title",)
    search_help_text = _("Like the search of the reader: words in any form, “phrases”, country:az, after:2022-02-01")
    autocomplete_fields = ("source",)
    actions = ["put_together", "split_off", "group_again"]
    fieldsets = (
        (None, {"fields": ("title", "published", "language", "section", "author", "state")}),
        (_("Countries and topics"), {"fields": ("about", "mentioned", "topic_list")}),
        (_("Why"), {"fields": ("reason",)}),
        (_("Where it came from"), {"fields": ("source", "url"), "classes": ("collapse",)}),
    )

    class Media:
        css = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in by `manage.py ingest`, with their raw text

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Until the pipeline has said something there is nothing to correct."""
        return bool(super().has_change_permission(request, obj)) and (obj is None or obj.processed is not None)

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Article]]:
        """Of the columns it writes only its own; what becomes a correction is none: "2022-02" is no day."""
        return super().get_form(request, obj, change=change, **{**kwargs, "fields": ArticleForm.Meta.fields})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).select_related("source", "story")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(pk__in=among(index.search(parse(search_term), noted=self.noted(request)))), False
        except QueryError as error:
            self.message_user(request, str(error), messages.ERROR)
            return queryset.none(), False

    def noted(self, request: HttpRequest) -> index.Noted:
        """Who sees which notes is for annotations/admin.py to say."""
        return index.nobody

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, unquote(object_id))
        context = {**(extra_context or {}), **(side_by_side(article) if article else {})}
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Where two corrected at once, with both versions."""
        form, article = context["adminform"].form, kwargs.get("obj")
        if not getattr(form, "stale", False) or article is None:
            return super().render_change_form(request, context, **kwargs)
        last = Correction.history.filter(article=article.pk).select_related("history_user").first()
        response: HttpResponse = super().render_change_form(
            request, {**context, "both": form.both(), "stale_by": last}, **kwargs
        )
        response.status_code = 409
        return response

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.put_back_view)
        return [path("<int:pk>/history/back/<int:row>/", view, name="articles_article_back"), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Of its corrections: what holds is made of them and of what the machine says."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("History of corrections"),
            "article": article,
            "changes": corrections_of(article),
            "state": editing.state_of(article) if hasattr(article, "claims") else "",
            "may_change": self.has_change_permission(request, article),
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context)

    @transaction.atomic
    def put_back_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        """Lets hold again what held before a change, if nothing was changed since it was shown."""
        article = Article.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if article is None or not self.has_change_permission(request, article):
            raise PermissionDenied
        found = Correction.history.filter(pk=row, article=pk).exclude(field=Correction.Field.CUT).first()
        if found is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request.POST.get("state") != editing.state_of(article):
            self.message_user(request, STALE_STATE, messages.ERROR)
        else:
            editing.put_back(article, found, request.user)
            self.message_user(request, _("What held before holds again."))
        return redirect("admin:articles_article_history", pk)

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        if {"source", "url"} & set(form.changed_data):
            keep_what_was(obj)
            obj.save(update_fields=["source", "url"])
            store.find_topics([obj.pk])
        assert isinstance(form, CorrectionForm)
        editing.correct(obj, form.corrected_values(), request.user, form.cleaned_data["reason"])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Correction:
            formset.save(commit=False)
            editing.withdraw(formset.deleted_objects)
        else:
            super().save_formset(request, form, formset, change)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        editing.remove([obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        editing.remove(queryset.values_list("pk", flat=True))

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, article: Article) -> str:
        return article.title or f"#{article.pk}"

    @admin.display(description=_("story"), ordering="story")
    def shown_story(self, article: Article) -> str:
        return f"#{article.story_id} ({article.story.size})" if article.story and article.story.size > 1 else ""

    @admin.action(description=_("Put the selected articles into one story"), permissions=["change"])
    def put_together(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        chosen = list(queryset.select_related("story"))
        story = max((article.story for article in chosen if article.story), key=lambda one: one.size, default=None)
        ids = [article.pk for article in chosen]
        if story is None:
            stories.split(ids, request.user.pk)
        else:
            stories.pin(ids, story.pk, request.user.pk)
        self.message_user(request, _("They are one story now, and stay so when stories are grouped again."))

    @admin.action(description=_("Split the selected articles off as a story of their own"), permissions=["change"])
    def split_off(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        stories.split(list(queryset.values_list("pk", flat=True)), request.user.pk)
        self.message_user(request, _("They are a story of their own now, and stay so when stories are grouped again."))

    @admin.action(description=_("Let the machine group the selected articles again"), permissions=["change"])
    def group_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        editing.withdraw(Correction.objects.filter(article__in=queryset, field=Correction.Field.STORY))
        self.message_user(request, _("The pins are withdrawn."))


def side_by_side(article: Article) -> dict[str, Any]:
    """The texts of an article with its cuts and evidence marked, and what the machine says, for the change form."""
    claims = article.claims.claims if hasattr(article, "claims") else None
    if claims is None:
        return {}
    cuts = [Mark(cut.start, cut.end, "cut", cut.reason) for cut in article.text.cut_spans]
    date = claims["published"]["evidence"]
    evidence = [
        Mark(span["start"], span["end"], kind, claim.get("code") or claim["slug"])
        for kind, many in (("country", claims["countries"]), ("topic", claims["topics"]))
        for claim in many
        for span in claim["evidence"]
        if span["field"] == "body"
    ]
    return {
        "machine": claims,
        "machine_countries": _joined(claims["countries"], "code", "role"),
        "machine_topics": ", ".join(claim["slug"] for claim in claims["topics"]),
        "body_text": _render(segments(article.text.body, evidence)),
        "raw_text": _render(
            segments(
                article.text.raw_text, [*cuts, *([Mark(date["start"], date["end"], "date", "date")] if date else [])]
            )
        ),
    }


def _joined(claims: Iterable[dict[str, Any]], *names: str) -> str:
    return ", ".join(" ".join(str(claim[name]) for name in names) for claim in claims)


def _render(pieces: Iterable[Segment]) -> SafeString:
    """Marks as ``<mark>``, cuts as ``<del>``, each with what it stands for."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Segment) -> SafeString | str:
    if not piece.marks:
        return piece.text
    labels = ", ".join(sorted({mark.label for mark in piece.marks}))
    if any(mark.kind == "cut" for mark in piece.marks):
        return format_html('<del class="desk-cut" title="{}">{}</del>', labels, piece.text)
    kinds = " ".join(sorted({f"desk-{mark.kind}" for mark in piece.marks}))
    return format_html('<mark class="{}" title="{}">{}</mark>', kinds, labels, piece.text)


@admin.register(Story)
class StoryAdmin(SimpleHistoryAdmin):
    list_display = ("shown", "size", "first", "last")
    list_filter = (("last", admin.DateFieldListFilter),)
    search_fields = ("title", "articles__title")
    ordering = ("-size", "-last")
    list_per_page = 50
    show_full_result_count = False
    actions = ["merge"]
    fields = ("title", "members")
    readonly_fields = ("members",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a story is opened by its articles

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return False  # it goes with its last article

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).with_first_title()

    @admin.display(description=_("story"))
    def shown(self, story: Any) -> str:
        return str(story)

    @admin.display(description=_("articles"))
    def members(self, story: Story) -> SafeString:
        rows = story.articles.select_related("source").order_by("published", "pk")
        return format_html_join(
            "",
            '<p><a href="../../../article/{}/change/">{}</a> {} {}</p>',
            ((article.pk, str(article), article.source or "", article.published or "") for article in rows),
        )

    @admin.action(description=_("Merge the selected stories"), permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        into, *others = queryset.order_by("-size", "pk")
        merged = stories.merge([into, *others], into, request.user.pk)
        self.message_user(
            request,
            ngettext("%d article is one story now.", "%d articles are one story now.", merged) % merged,
        )


class VocabularyAdmin(SimpleHistoryAdmin):
    """Rows that articles are filed under: what is deleted leaves the index too."""

    def delete_model(self, request: HttpRequest, obj: Country | Topic | Source) -> None:
        editing.remove_vocabulary([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        editing.remove_vocabulary(queryset)


@admin.register(Topic)
class TopicAdmin(VocabularyAdmin):
    """A rule is shown with what it would change while it is being written, before it is saved."""

    form = TopicForm
    change_form_template = "admin/articles/topic/change_form.html"
    list_display = ("name_en", "name_ru", "slug", "active", "follows", "articles_tagged")
    search_fields = ("slug", "name_en", "name_ru", "rule")
    list_filter = ("active",)

    class Media:
        css = {"all": ("css/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(tagged=Count("article_rows"))

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_urls(self) -> list[URLPattern]:
        preview = path("preview/", self.admin_site.admin_view(self.preview_view), name="articles_topic_preview")
        return [preview, *super().get_urls()]

    @admin.display(description=_("articles"), ordering="tagged")
    def articles_tagged(self, topic: Any) -> int:
        return int(topic.tagged)

    @admin.display(description=_("articles follow the rule"), boolean=True)
    def follows(self, topic: Topic) -> bool:
        return topic.retagged_to is None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what the rule would change, where one was sent that is not saved."""
        topic = self.get_object(request, unquote(object_id)) if object_id else None
        draft = topics.Draft(topic, request.POST["rule"]) if "rule" in request.POST else None
        slug = {"topic": topic.pk} if topic else {}
        context = {
            "draft": draft,
            "preview_url": f"{reverse('admin:articles_topic_preview')}?{urlencode(slug)}",
            "pending": topics.find_pending(topic, topics.BUDGET) if topic and topic.retagged_to is not None else None,
            "command": topics.retag_command(topic) if topic else "",
        }
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Where two changed it at once, with both versions."""
        form = context["adminform"].form
        if getattr(form, "stored", None) is None:
            return super().render_change_form(request, context, **kwargs)
        last = form.stored.history.select_related("history_user").first()
        response: HttpResponse = super().render_change_form(
            request, {**context, "both": form.both(), "stale_by": last}, **kwargs
        )
        response.status_code = 409
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What changed each time. To go back to an earlier state is a change like any other."""
        topic = self.get_object(request, unquote(object_id))
        if topic is None:
            raise Http404
        if not self.has_view_or_change_permission(request, topic):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("History"),
            "topic": topic,
            "changes": changes_of_topic(topic),
            "may_change": self.has_change_permission(request, topic),
        }
        return TemplateResponse(request, "admin/articles/topic/history.html", context)

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What the rule in the form would change; for htmx."""
        topic = Topic.objects.filter(pk=request.GET.get("topic", "")).first()
        allowed = self.has_change_permission(request, topic) if topic else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        draft = topics.Draft(topic, request.POST.get("rule", ""))
        return TemplateResponse(request, "articles/_topic_preview.html", {"draft": draft})

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm[Topic], change: bool) -> None:
        stored = Topic.objects.filter(pk=obj.pk).first()  # the form may have begun with a row of the history
        if stored and (stored.rule, stored.active) == (obj.rule, obj.active):
            obj.retagged_to = stored.retagged_to
            super().save_model(request, obj, form, change)
            return
        obj.retagged_to = 0
        super().save_model(request, obj, form, change)
        done = topics.apply(obj)
        told = {"gained": done.gained, "lost": done.lost, "left": done.left, "command": topics.retag_command(obj)}
        if done.left:
            text = _(
                "Saved. So far %(gained)d articles gained the topic and %(lost)d lost it; %(left)d are left. Continue on the "
                "page of the topic, or run “%(command)s”."
            )
            self.message_user(request, text % told, messages.WARNING)
        else:
            self.message_user(request, _("The rule was applied: %(gained)d gained, %(lost)d lost.") % told)


def tell_to_reprocess(model_admin: SimpleHistoryAdmin, request: HttpRequest) -> None:
    text = _("Saved. New articles follow it at once; run “manage.py reprocess” for those already here.")
    model_admin.message_user(request, text, messages.WARNING)


@admin.register(Country)
class CountryAdmin(VocabularyAdmin):
    form = CountryForm
    list_display = ("name_en", "name_ru", "code", "kind")
    list_filter = ("kind",)
    search_fields = ("code", "name_en", "name_ru")
    filter_horizontal = ("claimants",)

    def save_model(self, request: HttpRequest, obj: Country, form: ModelForm[Country], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "names" in form.changed_data:
            tell_to_reprocess(self, request)


@admin.register(Source)
class SourceAdmin(VocabularyAdmin):
    form = SourceForm
    list_display = ("name", "slug", "language", "country", "articles_from")
    list_filter = ("language",)
    list_select_related = ("country",)
    search_fields = ("slug", "name")
    autocomplete_fields = ("country",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(counted=Count("article"))

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return ("profile",) if obj else ()

    @admin.display(description=_("lines"))
    def profile(self, source: Source) -> SafeString:
        lines = Counter(source.lines.values_list("decision", flat=True))
        told = _("%(returning)d return, %(always)d always cut, %(never)d never cut") % {
            "returning": lines[""],
            "always": lines["always"],
            "never": lines["never"],
        }
        return format_html('<a href="{}">{}</a>', lines_url(source), told)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its lines go with it, though nobody may delete one alone."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return shown, counts, lacking - {SourceLine._meta.verbose_name}, protected

    @admin.display(description=_("articles"), ordering="counted")
    def articles_from(self, source: Any) -> int:
        return int(source.counted)


def lines_url(source: Source) -> str:
    query = urlencode({"source__slug__exact": source.pk})
    return f"{reverse('admin:articles_sourceline_changelist')}?{query}"


class SourceFilter(admin.RelatedOnlyFieldListFilter):
    """Also where one source alone has lines: the link from another must not show these."""

    def has_output(self) -> bool:
        return True


@admin.register(SourceLine)
class SourceLineAdmin(SimpleHistoryAdmin):
    """What returns in the articles of a source, and what editors decided. Each decision is shown with what it changes
    before it is saved. Whoever may change a source may change its lines."""

    form = SourceLineForm
    list_display = ("shown_line", "decision", "seen", "source")
    list_editable = ("decision",)
    list_filter = ("decision", ("source", SourceFilter))
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("text",)
    autocomplete_fields = ("source",)
    actions = ["always", "never", "by_evidence"]

    class Media:
        css = {"all": ("css/admin.css",)}

    def has_view_permission(self, request: HttpRequest, obj: SourceLine | None = None) -> bool:
        return request.user.has_perm("articles.view_source") or self.has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_source")

    def has_change_permission(self, request: HttpRequest, obj: SourceLine | None = None) -> bool:
        return request.user.has_perm("articles.change_source")

    def has_delete_permission(self, request: HttpRequest, obj: SourceLine | None = None) -> bool:
        return False  # "by evidence" withdraws a decision, and evidence comes and goes with the articles

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: SourceLine | None = None) -> tuple[str, ...]:
        return ("source", "text", "seen") if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceLine]:
        return super().get_queryset(request).select_related("source")

    def get_urls(self) -> list[URLPattern]:
        decide = path("decide/", self.admin_site.admin_view(self.decide_view), name="articles_sourceline_decide")
        return [decide, *super().get_urls()]

    @admin.display(description=_("line"), ordering="text")
    def shown_line(self, row: SourceLine) -> str:
        return Truncator(row.text).chars(LINE_SHOWN)

    @admin.display(description=_("different articles"), ordering=F("articles").asc(nulls_first=True))
    def seen(self, row: SourceLine) -> str:
        if row.articles is None:
            return str(_("not counted yet"))
        return str(_("%(articles)d of %(all)d") % {"articles": row.articles, "all": row.source.profiled_different})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and "_save" in request.POST and self.has_change_permission(request):
            formset_class = self.get_changelist_formset(request)
            rows = self._get_list_editable_queryset(request, formset_class.get_default_prefix())
            formset = formset_class(request.POST, queryset=rows)
            if formset.is_valid() and (changed := [form.save(commit=False) for form in formset if form.has_changed()]):
                return self.show_preview(request, [(row, row.decision) for row in changed])
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and self.has_change_permission(request):
            row = self.get_object(request, unquote(object_id)) if object_id else None
            if row or not object_id:
                form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
                if form.is_valid():
                    decided = form.save(commit=False)
                    return self.show_preview(request, [(decided, decided.decision)])
        return super().changeform_view(request, object_id, form_url, extra_context)

    @admin.action(description=_("Always cut the selected lines"), permissions=["change"])
    def always(self, request: HttpRequest, queryset: QuerySet[SourceLine]) -> HttpResponse:
        return self.show_preview(request, [(row, "always") for row in queryset])

    @admin.action(description=_("Never cut the selected lines"), permissions=["change"])
    def never(self, request: HttpRequest, queryset: QuerySet[SourceLine]) -> HttpResponse:
        return self.show_preview(request, [(row, "never") for row in queryset])

    @admin.action(description=_("Judge the selected lines by evidence"), permissions=["change"])
    def by_evidence(self, request: HttpRequest, queryset: QuerySet[SourceLine]) -> HttpResponse:
        return self.show_preview(request, [(row, "") for row in queryset])

    def show_preview(self, request: HttpRequest, decided: Iterable[tuple[SourceLine, str]]) -> HttpResponse:
        """What these decisions would change, before anything is saved."""
        by_source: dict[Source, list[Change]] = {}
        for row, decision in decided:
            by_source.setdefault(row.source, []).append(Change(row.text, decision))
        budget = profiles.BUDGET / len(by_source)
        previews = [profiles.preview(source, changes, budget=budget) for source, changes in by_source.items()]
        changes = [
            {"source": source.pk, "text": change.text, "decision": change.decision}
            for source, of_source in by_source.items()
            for change in of_source
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("What would change"),
            "previews": previews,
            "form": ChangesForm({"changes": json.dumps(changes, ensure_ascii=False)}),
            "at_once": all(preview.at_once for preview in previews),
            "back": self._back(by_source),
        }
        return TemplateResponse(request, "admin/articles/sourceline/preview.html", context)

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """Saves what was previewed, and applies it where that was asked for."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = ChangesForm(request.POST)
        if request.method != "POST" or not form.is_valid():
            if request.method == "POST":
                self.message_user(request, form.errors["changes"][0], messages.ERROR)
            return redirect("admin:articles_sourceline_changelist")
        by_source: dict[Source, list[Change]] = form.cleaned_data["changes"]
        for source, changes in by_source.items():
            told = profiles.settle(source, changes, at_once="apply" in request.POST)
            self.message_user(request, str(told), messages.SUCCESS if told.done else messages.WARNING)
        return redirect(self._back(by_source))

    def _back(self, by_source: Mapping[Source, object]) -> str:
        if len(by_source) == 1:
            return lines_url(next(iter(by_source)))
        return reverse("admin:articles_sourceline_changelist")
