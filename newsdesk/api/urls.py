"""The HTTP API: its address, its description (OpenAPI 3.1) and its documentation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from newsdesk.api import articles, notes, tokens, vocabulary
from newsdesk.api.access import SessionAccess, TokenAccess
from newsdesk.api.errors import WrongValuesError

DESCRIPTION = """Articles, facets, topics, stories and annotations of this desk, with the permissions of its pages.

Sign in with `Authorization: Bearer TOKEN`; a token is made at `/account/tokens/`. Filters have the names that they have in
the addresses of the list: `?about=AZ&topic=karabakh&published_after=2024`. Lists are paged by `cursor`: give back
what `next` says, until it is null."""

api = NinjaAPI(
    title="Newsdesk",
    version="1",
    description=DESCRIPTION,
    auth=[TokenAccess(), SessionAccess()],
    urls_namespace="api",
)
api.add_router("", articles.router)
api.add_router("", vocabulary.router)
api.add_router("", notes.router)


@api.exception_handler(WrongValuesError)
def tell_wrong_values(request: HttpRequest, error: WrongValuesError) -> HttpResponse:
    return api.create_response(request, {"detail": str(error), "faults": error.faults}, status=422)


@api.exception_handler(ValidationError)
def tell_wrong_types(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """In the same shape."""
    faults = [{"parameter": str(one["loc"][-1]), "messages": [one["msg"]]} for one in error.errors]
    return tell_wrong_values(request, WrongValuesError("What was given cannot be read.", faults))


routes = api.urls
for pattern in routes[0]:  # a token signs in where no session does
    login_not_required(pattern.callback)  # type: ignore[type-var]  # a pattern has a view

urlpatterns = [
    path("api/", routes),
    path("account/tokens/", tokens.tokens, name="tokens"),
]
