"""Addresses: the reader at the root, the admin beside it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("newsdesk.people.urls")),
    path("", include("newsdesk.api.urls")),
    path("", include("newsdesk.reader.urls")),
]
