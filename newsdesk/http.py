"""One way to answer: the page, or only the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

LONGEST_ADDRESS = 8_000  # bytes; servers take 8,190 for a request line (see Makefile)
BESIDE = "Newsdesk-Beside"  # a header: the list is wanted beside the article that is open, and the address stays
VARIES = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]  # what decides between page and part


def with_next(url: str, page: str) -> str:
    """An address that leads back to ``page``; alone where that would be too long, since letters are escaped twice in it."""
    query = urlencode({"next": page}, safe="/")
    return f"{url}?{query}" if len(query) < LONGEST_ADDRESS else url


def wants_partial(request: HttpRequest) -> bool:
    """Boosted links and history restores carry HX-Request too, and need the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware, which has no stub for it
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, partial: str, status: int = 200
) -> HttpResponse:
    """Render ``template``, or only its ``partial`` (django-template-partials) for htmx."""
    name = f"{template}#{partial}" if wants_partial(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, VARIES)
    return response
