"""The page of one's own account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsdesk.people.roles import LABELS


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    groups = request.user.groups.order_by("name").values_list("name", flat=True)
    return render(request, "people/account.html", {"roles": [LABELS.get(name, name) for name in groups]})
