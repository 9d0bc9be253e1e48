"""Addresses of the reader."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from newsdesk.reader import collection, downloads, feeds, note_import, notes, offline, read_state, saved_views, views
from newsdesk.reader.comparison import comparison
from newsdesk.reader.story import story

urlpatterns = [
    path("", views.front, name="front"),
    path("articles/", views.article_list, name="articles"),
    path("articles/feed/", feeds.list_feed, name="feed"),
    path("articles/export/", downloads.take_away, name="take-away"),
    path("articles/export/<slug:name>/", downloads.export, name="export"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/source-line/", views.source_line, name="source-line"),
    path("articles/<int:pk>/correct/", views.correct, name="correct"),
    path("articles/<int:pk>/cuts/", views.cuts, name="cuts"),
    path("articles/<int:pk>/compare/<int:other>/", comparison, name="comparison"),
    path("stories/", views.stories, name="stories"),
    path("articles/<int:pk>/notes/", notes.add, name="note-add"),
    path("articles/<int:pk>/notes/new/", notes.new, name="note-new"),
    path("notes/", notes.across, name="notes"),
    path("notes/check/", notes.check, name="notes-check"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/edit/", notes.edit, name="note-edit"),
    path("notes/<int:pk>/reply/", notes.reply, name="note-reply"),
    path("notes/<int:pk>/withdraw/", notes.withdraw, name="note-withdraw"),
    path("notes/<int:pk>/review/", notes.review, name="note-review"),
    path("notes/<int:pk>/place/", notes.place, name="note-place"),
    path("stories/<int:pk>/", story, name="story"),
    path("topics/", views.topic_list, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("views/", saved_views.views, name="views"),
    path("views/<int:pk>/", saved_views.view, name="view"),
    path("views/<int:pk>/feed/", feeds.view_feed, name="view-feed"),
    path("feed-key/", saved_views.feed_key, name="feed-key"),
    path("reading/", read_state.mark, name="mark"),
    path("reading/all/", read_state.mark_all, name="mark-all"),
    path("collections/", collection.collections, name="collections"),
    path("collections/add/", collection.add, name="collection-add"),
    path("collections/<int:pk>/", collection.collection, name="collection"),
    path("collections/<int:pk>/export/", collection.collection_take_away, name="collection-take-away"),
    path("collections/<int:pk>/export/<slug:name>/", collection.collection_export, name="collection-export"),
    path("notes/import/", note_import.import_notes, name="import-notes"),
    path("preferences/", views.preferences, name="preferences"),
    path("preferences/keys/", views.keys, name="keys"),
    path("help/", views.help_page, name="help"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("offline/", offline.offline, name="offline"),
    path("robots.txt", views.robots, name="robots"),
    path("language/", login_not_required(set_language), name="set_language"),
]
