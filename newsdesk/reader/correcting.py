"""What an article is said to be, corrected in place by an editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from newsdesk.articles import editing
from newsdesk.articles.forms import ArticleForm
from newsdesk.articles.models import Article, ArticleCountry, Country, Topic
from newsdesk.people import access

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COUNTRY = "country-"  # and its code: the name of the control that says what the article has to do with it
NONE = "none"
ROLES: list[tuple[str, StrOrPromise]] = [*ArticleCountry.Role.choices, (NONE, _("none of it"))]


class RoleInput(forms.SelectMultiple):
    """The countries whose controls say the name of the field."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        found = [key.removeprefix(COUNTRY) for key in data if key.startswith(COUNTRY) and data[key] == name]
        added = data.get("add_country")
        return list(dict.fromkeys([*found, *([added] if added and data.get("add_role") == name else [])]))


@dataclass(frozen=True, slots=True)
class CountryRow:
    """``machine``: what the machine says, where something else is given now."""

    code: str
    name: str
    role: str
    machine: StrOrPromise

    @property
    def control(self) -> str:
        return f"{COUNTRY}{self.code}"


class ClaimsForm(ArticleForm):
    """Like the form of the admin, for what readers see: a control for each country that is claimed, and one to add another."""

    about = forms.ModelMultipleChoiceField(Country.objects.all(), label=_("About"), required=False, widget=RoleInput)
    mentioned = forms.ModelMultipleChoiceField(
        Country.objects.all(), label=_("Mentions"), required=False, widget=RoleInput
    )
    topic_list = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    add_country = forms.ModelChoiceField(
        Country.objects.all(), label=_("Another country"), required=False, empty_label=""
    )
    add_role = forms.ChoiceField(label=_("has to do with it"), choices=ArticleCountry.Role.choices, required=False)

    class Meta(ArticleForm.Meta):
        fields = ()  # type: ignore[assignment]  # where it came from is changed in the admin

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def plain(self) -> list[forms.BoundField]:
        """What is written as it is read."""
        return [self[name] for name in editing.SCALARS]

    @property
    def countries(self) -> list[CountryRow]:
        """Those that are claimed, by a person or the machine, and those that were sent, by name."""
        machine, given = _roles(editing.machine_values(self.instance)), self._given()
        codes = dict.fromkeys([*_roles(self.initial), *machine, *given])
        names = {country.pk: str(country) for country in Country.objects.filter(pk__in=codes)}
        labels = dict(ROLES)
        rows = [
            CountryRow(
                code,
                names[code],
                role := given.get(code, NONE),
                labels[said] if (said := machine.get(code, NONE)) != role else "",
            )
            for code in codes
            if code in names
        ]
        return sorted(rows, key=lambda row: (row.role == NONE, row.role != "about", row.name))

    def _given(self) -> dict[str, str]:
        if not self.is_bound:
            return _roles(self.initial)
        return _roles({name: self[name].data for name in ("about", "mentioned")})

    @property
    def roles(self) -> list[tuple[str, StrOrPromise]]:
        return ROLES


@transaction.atomic
def correct(article: Article, data: Any, user: access.User) -> ClaimsForm:
    """Save what was sent, if it is sound and nothing else holds by now."""
    form = ClaimsForm(data, instance=article)
    if form.is_valid():
        editing.correct(article, form.corrected_values(), user, form.cleaned_data["reason"])
    return form


def _roles(values: Mapping[str, Any]) -> dict[str, str]:
    return {**dict.fromkeys(values["mentioned"], "mentioned"), **dict.fromkeys(values["about"], "about")}
