"""Notes in the admin: on their own, and beside the article that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.annotations import notes
from newsdesk.annotations.models import Annotation, Kind
from newsdesk.articles.admin import ArticleAdmin
from newsdesk.articles.models import Article
from newsdesk.search import index


class AnnotationInline(admin.StackedInline):
    model = Annotation
    extra = 1
    fields = (("kind", "state"), "body", "exact")
    verbose_name = _("note")
    verbose_name_plural = _("notes")


class AnnotatedArticleAdmin(ArticleAdmin):
    inlines: Sequence[type[InlineModelAdmin]] = [AnnotationInline, *ArticleAdmin.inlines]

    def noted(self, request: HttpRequest) -> index.Noted:
        return lambda whose: notes.annotated(request.user, own=whose == "mine")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Annotation:
            super().save_formset(request, form, formset, change)
            return
        for annotation in formset.save(commit=False):
            sign(annotation, request)
            annotation.save()
        for annotation in formset.deleted_objects:
            annotation.delete()


admin.site.unregister(Article)
admin.site.register(Article, AnnotatedArticleAdmin)


@admin.register(Annotation)
class AnnotationAdmin(SimpleHistoryAdmin):
    list_display = ("__str__", "kind", "state", "author", "article", "updated")
    list_filter = ("state", "kind", "anchored", ("author", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("author", "article")
    list_editable = ("state",)
    search_fields = ("body", "exact", "article__title")
    raw_id_fields = ("article",)
    list_per_page = 50
    show_full_result_count = False
    fields = (
        "article",
        ("kind", "state"),
        "body",
        "tags",
        "exact",
        ("prefix", "suffix"),
        "anchored",
        "author",
        "visibility",
    )
    readonly_fields = ("prefix", "suffix", "anchored")

    def save_model(self, request: HttpRequest, obj: Annotation, form: ModelForm[Annotation], change: bool) -> None:
        sign(obj, request)
        super().save_model(request, obj, form, change)


@admin.register(Kind)
class KindAdmin(admin.ModelAdmin):
    list_display = ("slug", "name_en", "name_ru", "look", "position")
    list_editable = ("position",)

    def save_model(self, request: HttpRequest, obj: Kind, form: ModelForm[Kind], change: bool) -> None:
        super().save_model(request, obj, form, change)
        index.announce()  # articles show what their notes are called


def sign(annotation: Annotation, request: HttpRequest) -> None:
    """Name the author of a new note, and anchor its passage in the body."""
    if annotation.pk is None and annotation.author_id is None:
        annotation.author_id = request.user.pk
    annotation.anchor()
