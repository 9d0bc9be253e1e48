"""What an editor asks for in the raw text: to keep a span, to cut it, or to leave it to the machine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# By the name of the button that was pressed; its value is the span, as "120-164".
KEEP = {"keep": True, "cut": False, "undo": None}
NO_SPAN = _("There is no such place in the raw text, and nothing was done.")
SPAN = r"^[0-9]{1,9}-[0-9]{1,9}$"


class CutForm(forms.Form):
    """``digest`` names the raw text that the offsets are meant for."""

    digest = forms.CharField(max_length=64)
    keep = forms.RegexField(SPAN, required=False)
    cut = forms.RegexField(SPAN, required=False)
    undo = forms.RegexField(SPAN, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pressed = [name for name in KEEP if cleaned.get(name)]
        if len(pressed) != 1:
            raise ValidationError(NO_SPAN)
        (name,) = pressed
        return {**cleaned, "wish": KEEP[name], "span": tuple(map(int, cleaned[name].split("-")))}
