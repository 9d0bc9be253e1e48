"""Answers that need not be given again: an ETag for readers without an account, and 304 where nothing has changed.

What a page shows follows from its address, its reader's language and cookies, and what is stored. The latter is summed up
without reading it: the tokens of the index, which every writer of articles replaces, and the last row of each history,
which every change of a name, a note or a correction adds to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article, Correction, Country, Source, Story, Topic
from newsdesk.http import BESIDE, VARIES, wants_partial
from newsdesk.reader.preferences import Preferences
from newsdesk.search import bitmaps

RECORDED = (Annotation, Article, Correction, Country, Source, Story, Topic)
CODE = ("newsdesk/**/*.py", "newsdesk/**/*.mo", "newsdesk/**/*.json", "templates/**/*.html", "static/**/*")
SETTINGS = (settings.TIME_ZONE, settings.LANGUAGE_CODE, settings.ANONYMOUS_READING)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def fresh(view: View[P], /) -> View[P]:
    """Nobody but the browser keeps a page, and asks each time whether it still holds. Who has signed in gets all pages
    anew: they hold what is theirs."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not _may_be_kept(request):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store" if _is_signed_in(request) else "no-cache")
            return response
        etag = etag_of(request)
        response = get_conditional_response(request, etag=etag) or view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Language", *VARIES, BESIDE])
        return response

    return answer


def etag_of(request: HttpRequest, *more: object) -> str:
    """Weak, since compression makes other bytes of the same page."""
    parts = (
        code_version(),
        stored_version(),
        get_language(),
        Preferences.of(request),
        wants_partial(request),
        request.headers.get(BESIDE),
        request.build_absolute_uri(),
        *more,
    )
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def stored_version() -> tuple[object, ...]:
    """One query, for the last rows of some indexes."""
    with connection.cursor() as cursor:
        cursor.execute(_version_sql())
        return tuple(cursor.fetchone())


@cache
def _version_sql() -> str:
    """Written once: `history` makes a manager each time that it is asked for, which takes a tenth of a page."""
    histories = [model.history.model._meta.db_table for model in RECORDED]
    parts = [
        *(f"(SELECT max(history_id) FROM {table})" for table in histories),  # noqa: S608  (names of our own tables)
        *(f"(SELECT token FROM search_revision WHERE id = {pk})" for pk in (bitmaps.INDEX, bitmaps.SHOWN)),  # noqa: S608  (numbers of our own)
        "(SELECT max(updated) FROM workspace_savedview)",
    ]
    return f"SELECT {', '.join(parts)}"


@cache
def code_version() -> str:
    """Of templates, catalogues, scripts and code, by name, size and time; the same in each process of one installation."""
    files = sorted(path for pattern in CODE for path in Path(settings.BASE_DIR).glob(pattern))
    stats = ((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.is_file())
    return hashlib.blake2b(repr((*stats, *SETTINGS)).encode(), digest_size=16).hexdigest()


def _may_be_kept(request: HttpRequest) -> bool:
    """A message that waits to be told is shown once."""
    return request.method in ("GET", "HEAD") and not _is_signed_in(request) and "messages" not in request.COOKIES


def _is_signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)
