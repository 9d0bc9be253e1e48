"""What a reader sets for themselves, kept in cookies: so that the server knows it and no page flashes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Self

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

YEAR = 365 * 24 * 3600
THEMES = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
KEYS = {"on": _("On"), "off": _("Off")}


class PreferencesForm(forms.Form):
    theme = forms.ChoiceField(label=_("Theme"), choices=list(THEMES.items()), required=False)
    keys = forms.ChoiceField(label=_("Keyboard shortcuts"), choices=list(KEYS.items()), required=False)


@dataclass(frozen=True, slots=True)
class Preferences:
    theme: str = "system"
    keys: str = "on"

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """What the cookies say; what they say wrongly counts as not said."""
        form = PreferencesForm(request.COOKIES)
        form.is_valid()
        return cls(**{name: value for name, value in form.cleaned_data.items() if value})

    def with_(self, form: PreferencesForm) -> Preferences:
        return Preferences(**asdict(self) | {name: value for name, value in form.cleaned_data.items() if value})

    def keep(self, response: HttpResponse) -> None:
        for name, value in asdict(self).items():
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax")
