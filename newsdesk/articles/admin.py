"""The admin: an article with its claims and evidence side by side, corrections, stories, topics, countries, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.articles import editing, stories
from newsdesk.articles.forms import CorrectionForm, CountryForm, SourceForm, TopicForm
from newsdesk.articles.marks import Mark, Segment, segments
from newsdesk.articles.models import Article, Correction, Country, Source, Story, Topic
from newsdesk.articles.queries import among
from newsdesk.query import QueryError, parse
from newsdesk.search import index

RETAG_NOW = 2_000  # articles; a rule that touches more is applied by `manage.py retag`, not while a page is waiting


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
    """One facet of the index: a set of ids instead of a join."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = self.names()
        counts = index.counts(str(self.parameter_name), index.everything())
        found = [(value, f"{names.get(value, value)} ({count})") for value, count in counts.items() if count]
        return sorted(found, key=lambda choice: (-counts[choice[0]], choice[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(pk__in=among(index.value(str(self.parameter_name), value)))

    def names(self) -> dict[str, str]:
        raise NotImplementedError


class AboutFilter(FacetFilter):
    title = _("country it is about")
    parameter_name = "about"

    def names(self) -> dict[str, str]:
        return dict(Country.objects.values_list("code", "name_en"))


class TopicFilter(FacetFilter):
    title = _("topic")
    parameter_name = "topic"

    def names(self) -> dict[str, str]:
        return dict(Topic.objects.values_list("slug", "name_en"))


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
    form = CorrectionForm
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
        (None, {"fields": ("title", "published", "language", "section", "author")}),
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).select_related("source", "story")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(pk__in=among(index.search(parse(search_term)))), False
        except QueryError as error:
            self.message_user(request, str(error), messages.ERROR)
            return queryset.none(), False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_queryset(request).select_related("text", "claims").filter(pk=object_id).first()
        context = {**(extra_context or {}), **(side_by_side(article) if article else {})}
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        if {"source", "url"} & set(form.changed_data):
            obj.save(update_fields=["source", "url"])
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
        oldest = Article.objects.filter(story=OuterRef("pk")).order_by("published", "pk")
        return super().get_queryset(request).annotate(first_title=Subquery(oldest.values("title")[:1]))

    @admin.display(description=_("story"))
    def shown(self, story: Any) -> str:
        return story.title or story.first_title or f"#{story.pk}"

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
    form = TopicForm
    list_display = ("name_en", "name_ru", "slug", "active", "articles_tagged")
    search_fields = ("slug", "name_en", "name_ru", "rule")
    list_filter = ("active",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(tagged=Count("article_rows"))

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @admin.display(description=_("articles"), ordering="tagged")
    def articles_tagged(self, topic: Any) -> int:
        return int(topic.tagged)

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm[Topic], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not {"rule", "active"} & set(form.changed_data):
            return
        if obj.active and len(index.search(parse(obj.rule))) > RETAG_NOW:
            self.message_user(
                request,
                _("Saved. The rule matches many articles: run “manage.py retag %s” to tag them.") % obj.slug,
                messages.WARNING,
            )
            return
        gained, lost = editing.retag(obj)
        self.message_user(
            request, _("The rule was applied: %(gained)d gained, %(lost)d lost.") % {"gained": gained, "lost": lost}
        )


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

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm[Source], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"always_cut", "never_cut"} & set(form.changed_data):
            tell_to_reprocess(self, request)

    @admin.display(description=_("articles"), ordering="counted")
    def articles_from(self, source: Any) -> int:
        return int(source.counted)
