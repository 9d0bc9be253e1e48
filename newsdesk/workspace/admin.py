"""Saved views and collections in the admin; what somebody has read is nobody's business."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.people.models import Visibility
from newsdesk.workspace.models import Collection, CollectionItem, SavedView


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):
    list_display = ("name", "author", "visibility", "query", "updated")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("author",)
    search_fields = ("name", "query", "author__username")
    readonly_fields = ("created", "updated")
    raw_id_fields = ("author",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        """What is private stays so, to editors as well."""
        views = super().get_queryset(request)
        return views if request.user.is_superuser else views.exclude(visibility=Visibility.PRIVATE)


class CollectionItemInline(admin.TabularInline):
    model = CollectionItem
    extra = 0
    raw_id_fields = ("article",)


@admin.register(Collection)
class CollectionAdmin(SimpleHistoryAdmin):
    list_display = ("title", "author", "visibility", "updated")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("author",)
    search_fields = ("title", "introduction", "author__username")
    raw_id_fields = ("author",)
    inlines = (CollectionItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        """What is private stays so, to editors as well."""
        collections = super().get_queryset(request)
        return collections if request.user.is_superuser else collections.exclude(visibility=Visibility.PRIVATE)
