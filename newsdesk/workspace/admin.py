"""Saved views and collections in the admin, as far as one may see them; what somebody has read is nobody's business."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from newsdesk.people import access
from newsdesk.people.models import Owned
from newsdesk.workspace.models import Collection, CollectionItem, SavedView


class AsFarAsSeen:
    """What is private stays so, to editors and superusers as well."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return access.visible(super().get_queryset(request), request.user)  # type: ignore[misc]  # of what it is mixed into

    def has_change_permission(self, request: HttpRequest, obj: Owned | None = None) -> bool:
        may = super().has_change_permission(request, obj)  # type: ignore[misc]  # of what it is mixed into
        return may and (obj is None or access.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Owned | None = None) -> bool:
        may = super().has_delete_permission(request, obj)  # type: ignore[misc]  # of what it is mixed into
        return may and (obj is None or access.may_change(request.user, obj))


@admin.register(SavedView)
class SavedViewAdmin(AsFarAsSeen, admin.ModelAdmin):
    list_display = ("name", "author", "visibility", "query", "updated")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("author",)
    search_fields = ("name", "query", "author__username")
    readonly_fields = ("created", "updated")
    raw_id_fields = ("author",)


class CollectionItemInline(admin.TabularInline):
    model = CollectionItem
    extra = 0
    raw_id_fields = ("article",)


@admin.register(Collection)
class CollectionAdmin(AsFarAsSeen, SimpleHistoryAdmin):
    list_display = ("title", "author", "visibility", "updated")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("author",)
    search_fields = ("title", "introduction", "author__username")
    raw_id_fields = ("author",)
    inlines = (CollectionItemInline,)

    def get_history_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """What was private when it was written stays so."""
        return access.visible(super().get_history_queryset(request, *args, **kwargs), request.user)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        self._find(request, object_id)
        return super().history_view(request, object_id, *args, **kwargs)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """An earlier state: one of those that are listed."""
        history = self._find(request, object_id).history.all()
        if not version_id.isdecimal() or not access.visible(history, request.user).filter(pk=version_id).exists():
            raise Http404
        return super().history_form_view(request, object_id, version_id, *args, **kwargs)

    def _find(self, request: HttpRequest, object_id: str) -> Collection:
        collection: Collection | None = self.get_object(request, unquote(object_id))
        if collection is None:
            raise Http404
        return collection
