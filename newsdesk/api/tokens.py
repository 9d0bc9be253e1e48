"""The page where one makes and revokes one's tokens."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from newsdesk.api.models import Token


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=100)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # as login_required has it
    own = Token.objects.filter(user=request.user.pk)
    if revoked := request.POST.get("revoke", ""):
        own.filter(pk=int(revoked) if revoked.isdecimal() and len(revoked) < 19 else 0).delete()
        return redirect("tokens")
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _made, secret = Token.issue(request.user, form.cleaned_data["name"])
        form = TokenForm()
    response = render(request, "api/tokens.html", {"form": form, "tokens": own, "secret": secret})
    response["Cache-Control"] = "no-store"
    return response
