"""Newsdesk on a home screen, and the last opened articles kept in this browser for reading offline.

Nothing is kept unless the reader asks for it under Display: then static/js/offline.js registers the service worker, which
takes itself away, with all that it kept, as soon as a page no longer asks for it.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from newsdesk.reader.freshness import code_version

PAPER = "#fcfbf8"
ICONS = (
    ("icons/newsdesk.svg", "any", "image/svg+xml", "any"),
    ("icons/icon-192.png", "192x192", "image/png", "any"),
    ("icons/icon-512.png", "512x512", "image/png", "any"),
    ("icons/icon-maskable-512.png", "512x512", "image/png", "maskable"),
)
MOST_KEPT = 50  # articles
KEPT = _("The server does not answer: this is the copy that is kept in this browser.")


@login_not_required
@require_safe
@cache_control(no_cache=True)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(_request: HttpRequest) -> JsonResponse:
    """What the system needs to know of Newsdesk to install it."""
    return JsonResponse(
        {
            "id": "/",
            "name": "Newsdesk",
            "short_name": "Newsdesk",
            "lang": get_language(),
            "start_url": reverse("front"),
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                {"src": static(path), "sizes": sizes, "type": kind, "purpose": purpose}
                for path, sizes, kind, purpose in ICONS
            ],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, since a worker rules only over what lies below its own address. It is anew with each version of the
    code, so that the page that it keeps for those offline is too."""
    context = {"most": MOST_KEPT, "version": code_version(), "note": KEPT}
    return render(request, "reader/service-worker.js", context, content_type="text/javascript")


@login_not_required
@require_safe
@cache_control(no_cache=True)
@vary_on_cookie
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that cannot be had; a script adds the articles that are kept. It is kept as well,
    and so has nobody's name."""
    return render(request, "reader/offline.html", {"user": AnonymousUser()})
