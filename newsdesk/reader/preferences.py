"""What a reader sets for themselves, kept in cookies: so that the server knows it and no page flashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

YEAR = 365 * 24 * 3600
PANE = {"open": _("Shown"), "folded": _("Folded")}


class PreferencesForm(forms.Form):
    """Each field is a cookie; those with choices are an attribute ``data-…`` of the page and a row of buttons too."""

    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
        required=False,
    )
    family = forms.ChoiceField(
        label=_("Typeface of articles"), choices=[("serif", _("Serif")), ("sans", _("Sans serif"))], required=False
    )
    size = forms.ChoiceField(
        label=_("Size of text"),
        choices=[("small", _("Small")), ("normal", _("Normal")), ("large", _("Large")), ("huge", _("Very large"))],
        required=False,
    )
    measure = forms.ChoiceField(
        label=_("Length of lines"),
        choices=[("narrow", _("Short")), ("normal", _("Normal")), ("wide", _("Long"))],
        required=False,
    )
    leading = forms.ChoiceField(
        label=_("Space between lines"),
        choices=[("tight", _("Less")), ("normal", _("Normal")), ("loose", _("More"))],
        required=False,
    )
    rows = forms.ChoiceField(
        label=_("Rows of a list"),
        choices=[("full", _("With text and tags")), ("short", _("Titles alone"))],
        required=False,
    )
    filters = forms.ChoiceField(label=_("Filters on a wide screen"), choices=list(PANE.items()), required=False)
    list = forms.ChoiceField(label=_("List beside an article"), choices=list(PANE.items()), required=False)
    keys = forms.ChoiceField(
        label=_("Keyboard shortcuts"), choices=[("on", _("On")), ("off", _("Off"))], required=False
    )
    opening = forms.ChoiceField(
        label=_("An open article counts as read"),
        choices=[("on", _("After some seconds")), ("off", _("Never by itself"))],
        required=False,
    )
    offline = forms.ChoiceField(
        label=_("Articles opened last, for reading offline"),
        choices=[("off", _("Not kept")), ("on", _("Kept in this browser"))],
        required=False,
    )
    facets = forms.RegexField(r"^-?[a-z]+(\.-?[a-z]+)*$", max_length=200, required=False, widget=forms.HiddenInput)


ALWAYS = ("theme", "keys")  # the attributes that a page has even where they say what is the default


@dataclass(frozen=True, slots=True)
class Preferences:
    """``facets`` names the groups of filters that were opened by hand, and with ``-`` those that were folded."""

    theme: str = "system"
    keys: str = "on"
    family: str = "serif"
    size: str = "normal"
    measure: str = "normal"
    leading: str = "normal"
    rows: str = "full"
    filters: str = "open"
    list: str = "open"
    opening: str = "on"
    offline: str = "off"
    facets: str = ""

    @staticmethod
    def of(request: HttpRequest) -> Preferences:
        """What the cookies say; what they say wrongly counts as not said."""
        return _read(
            tuple((name, request.COOKIES[name]) for name in PreferencesForm.base_fields if name in request.COOKIES)
        )

    def with_(self, form: PreferencesForm) -> Preferences:
        return Preferences(**asdict(self) | {name: value for name, value in form.cleaned_data.items() if value})

    def keep(self, response: HttpResponse) -> None:
        """A cookie for what differs from the default, and none for what does not."""
        for name, value in asdict(self).items():
            if value != getattr(DEFAULT, name):
                response.set_cookie(name, value, max_age=YEAR, samesite="Lax")
            else:
                response.delete_cookie(name, samesite="Lax")

    @property
    def attributes(self) -> Mapping[str, str]:
        """Of the page, for its styles and scripts."""
        values = asdict(self)
        values.pop("facets")
        return {name: value for name, value in values.items() if name in ALWAYS or value != getattr(DEFAULT, name)}

    @property
    def opened(self) -> Mapping[str, bool]:
        """By the name of a facet, whether it was opened or folded by hand."""
        return {name.removeprefix("-"): not name.startswith("-") for name in self.facets.split(".") if name}


@lru_cache(maxsize=200)  # a page asks several times, and most readers say nothing
def _read(said: tuple[tuple[str, str], ...]) -> Preferences:
    form = PreferencesForm(dict(said))
    form.is_valid()
    return Preferences(**{name: value for name, value in form.cleaned_data.items() if value})


DEFAULT = Preferences()
