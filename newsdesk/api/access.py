"""Who asks: a token, or the session of a page. What they may then do is decided where pages decide it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer

from newsdesk.api.models import Token

READING = ("GET", "HEAD", "OPTIONS")


class TokenAccess(HttpBearer):
    """`Authorization: Bearer nd_…`. A wrong token is refused, and not taken for nobody's."""

    def authenticate(self, request: HttpRequest, token: str) -> AbstractUser:
        found = Token.of(token)
        if found is None:
            raise HttpError(401, "This token is not known here, or was revoked.")
        request.user = found.user
        return found.user


class SessionAccess(APIKeyCookie):
    """The session of a browser, with its CSRF token where something changes; or nobody, where the desk is open to all."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        """Raises HttpError for a session without the CSRF token; who has no session has nothing to be forged."""
        return super()._get_key(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> AbstractUser | AnonymousUser | None:
        open_to_all = settings.ANONYMOUS_READING and request.method in READING
        return request.user if request.user.is_authenticated or open_to_all else None


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise HttpError(403, f"This needs the permission {permission}.")
