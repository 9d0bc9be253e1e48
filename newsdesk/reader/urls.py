"""Addresses of the reader."""

from django.conf.urls.i18n import urlpatterns as language_urls
from django.urls import URLPattern, URLResolver, path

from newsdesk.reader import views
from newsdesk.reader.story import story

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("articles/", views.article_list, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/source-line/", views.source_line, name="source-line"),
    path("articles/<int:pk>/cuts/", views.cuts, name="cuts"),
    path("stories/<int:pk>/", story, name="story"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("preferences/", views.preferences, name="preferences"),
    path("help/", views.help_page, name="help"),
    path("robots.txt", views.robots, name="robots"),
    *language_urls,
]
