"""Who has not signed in reads only where the desk is open to all (`ANONYMOUS_READING`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from newsdesk.http import with_next


class SignInMiddleware(LoginRequiredMiddleware):
    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.ANONYMOUS_READING:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # what sends htmx elsewhere is no redirect of HTTP
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """A part of a page is not replaced by a form to sign in: the whole page goes there, and comes back."""
        htmx = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware, which has no stub for it
        page = (htmx and htmx.current_url_abs_path) or request.get_full_path()
        url = with_next(resolve_url(self.get_login_url(view_func)), page)
        return HttpResponseClientRedirect(url) if htmx else HttpResponseRedirect(url)
