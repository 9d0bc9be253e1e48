"""Forms of the admin: what an editor types is checked here, and says what is wrong and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.articles import editing
from newsdesk.articles.corrections import WrongDateError, read_date, resolve
from newsdesk.articles.languages import is_known
from newsdesk.articles.models import Article, Country, Source, SourceLine, Topic
from newsdesk.articles.profiles import Change
from newsdesk.articles.topics import Draft, state_of
from newsdesk.people.history import Difference
from newsdesk.pipeline.dates.years import OLDEST

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DATE_FAULTS = {
    "form": _("“%(value)s” is not a date. Write 2022, 2022-02, 2022-02-22, 22.02.2022 or 2022-02-22T16:14."),
    "day": _("There is no “%(value)s” in the calendar."),
    "time": _("There is no such time as in “%(value)s”: hours go to 23, minutes and seconds to 59."),
    "old": _("“%(value)s” is too long ago: articles are dated from %(oldest)s on."),
    "future": _("“%(value)s” is still to come."),
}
KINDS = ("name", "demonym", "capital", "region", "city", "guarded")


def _names(field: forms.Field, keys: list[str]) -> list[str]:
    """As people read them, of countries and topics; one that is gone by its key."""
    assert isinstance(field, forms.ModelMultipleChoiceField)
    assert field.queryset is not None
    names = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=keys)}
    return [names.get(key, key) for key in keys]


class CorrectionForm(forms.ModelForm):
    """An article as it holds. Changed fields become corrections; a field set to what the machine says withdraws one."""

    title = forms.CharField(label=_("Title"), max_length=500, required=False)
    published = forms.CharField(
        label=_("Published"),
        required=False,
        max_length=32,
        help_text=_("2022, 2022-02, 2022-02-22, 22.02.2022 or 2022-02-22T16:14; empty: not known"),
    )
    language = forms.CharField(
        label=_("Language"), max_length=8, required=False, help_text=_("ISO 639 code; und: not known")
    )
    section = forms.CharField(label=_("Section"), max_length=100, required=False)
    author = forms.CharField(label=_("Author"), max_length=200, required=False)
    about = forms.ModelMultipleChoiceField(
        Country.objects.all(),
        label=_("Countries it is about"),
        required=False,
        widget=FilteredSelectMultiple(_("countries"), False),
    )
    mentioned = forms.ModelMultipleChoiceField(
        Country.objects.all(),
        label=_("Countries it mentions"),
        required=False,
        widget=FilteredSelectMultiple(_("countries"), False),
    )
    topic_list = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=FilteredSelectMultiple(_("topics"), False)
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Kept in the history")
    )

    class Meta:
        model = Article
        fields = ("source", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and hasattr(self.instance, "claims"):
            held = editing.held_values(self.instance)
            self.initial.update(held, topic_list=held["topics"])
            self._show_machine()

    def _show_machine(self) -> None:
        """Beside each field, what the machine says."""
        claims = resolve(self.instance.claims.claims, ())
        for name, value in editing.machine_values(self.instance).items():
            field = self.fields["topic_list" if name == "topics" else name]
            shown = ", ".join(_names(field, value)) if isinstance(value, list) else value
            claim = claims.get(name)
            if isinstance(claim, dict):
                origin = str(Article.Provenance(claim["provenance"]).label) if name == "published" else ""
                details = (origin, f"{claim['confidence']:.0%}")
                shown = f"{shown or '—'} ({', '.join(filter(None, details))})"
            told = format_html("{}", _("The machine says: %s") % (shown or "—"))  # Django does not escape help texts
            field.help_text = format_html("{}<br>{}", told, field.help_text) if field.help_text else told

    def clean_published(self) -> str:
        value = str(self.cleaned_data["published"]).strip()
        if not value or "published" not in self.changed_data:
            return value
        try:
            return read_date(value, timezone.now())
        except WrongDateError as error:
            raise ValidationError(DATE_FAULTS[error.code] % {"value": value, "oldest": OLDEST}) from error

    def clean_language(self) -> str:
        value = str(self.cleaned_data["language"]).strip().lower()
        if value and not (value.isascii() and value.isalpha() and 2 <= len(value) <= 3):
            raise ValidationError(_("Write a code of two or three letters, such as ru, en or az."))
        if value not in ("", "und") and "language" in self.changed_data and not is_known(value):
            raise ValidationError(
                _("There is no language “%(value)s” here. Write its code, such as ru, en or az.") % {"value": value}
            )
        return value or "und"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if both := set(cleaned.get("about") or ()) & set(cleaned.get("mentioned") or ()):
            names = ", ".join(sorted(str(country) for country in both))
            self.add_error("mentioned", _("Either about or mentioned, not both: %(countries)s.") % {"countries": names})
        return cleaned

    def corrected_values(self) -> dict[str, Any]:
        """What the editor changed, in the shape that `editing.correct` takes."""
        changed = set(self.changed_data)
        values = {name: self.cleaned_data[name] for name in editing.SCALARS if name in changed}
        if changed & {"about", "mentioned"}:
            values["about"] = [country.pk for country in self.cleaned_data["about"]]
            values["mentioned"] = [country.pk for country in self.cleaned_data["mentioned"]]
        if "topic_list" in changed:
            values["topics"] = [topic.pk for topic in self.cleaned_data["topic_list"]]
        return values


STALE = _(
    "Somebody has changed this article meanwhile, and nothing was overwritten. What holds now is shown beside what you wrote. Saving again puts yours in its place."
)


class ArticleForm(CorrectionForm):
    """In the admin. The article is locked while the form is checked: if another state of it holds than the one that was sent, nothing
    is saved. Whoever sends the form again has seen that."""

    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale = False
        if hasattr(self.instance, "claims"):
            self.initial = {**self.initial, "state": editing.state_of(self.instance)}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        state = editing.state_of(Article.objects.select_for_update(of=("self",)).get(pk=self.instance.pk))
        if cleaned.get("state") != state:
            self.stale = True
            _refuse(self, state, STALE)
        return cleaned

    def both(self) -> list[Difference]:
        """What holds now, and what was written, where they differ."""
        found = []
        for name in self.changed_data:
            if name in self.initial and name != "state":
                field = self.fields[name]
                now = self.get_initial_for_field(field, name)
                yours = field.widget.value_from_datadict(self.data, {}, name)
                found.append(Difference(str(field.label), _told(now), _told(yours)))
        return found


def _refuse(form: forms.BaseForm, state: str, told: StrOrPromise) -> None:
    """Nothing is saved. Sent again, the form was made from the state that holds now, since that was shown."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["state"] = state
    form.data = data
    form.add_error(None, told)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value or "")


STALE_TOPIC = _(
    "Somebody has changed this topic meanwhile, and nothing was overwritten. What holds now is shown beside what you wrote. Saving again puts yours in its place."
)


class TopicForm(forms.ModelForm):
    """While a rule is being written, it may be sent with `PREVIEW`: then it is checked, and nothing is saved. Like an article, the
    topic is locked meanwhile, and nothing is saved if it is another one by now than the one that was shown."""

    PREVIEW = "_preview"

    state = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Topic
        fields = ("slug", "name_en", "name_ru", "rule", "description", "active")
        widgets = {
            "rule": forms.Textarea(attrs={"rows": 12, "cols": 80, "class": "vLargeTextField", "spellcheck": "false"})
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored: Topic | None = None  # as it is, where that is not what was shown
        if found := self._find(Topic.objects.all()):  # the instance may be a row of the history
            self.initial = {**self.initial, "state": state_of(found)}

    def _find(self, topics: QuerySet[Topic]) -> Topic | None:
        return topics.filter(pk=self.instance.pk).first() if self.instance.pk else None

    def is_valid(self) -> bool:
        return super().is_valid() and self.PREVIEW not in self.data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        found = self._find(Topic.objects.select_for_update())
        if found and cleaned.get("state") != (state := state_of(found)):
            self.stored = found
            _refuse(self, state, STALE_TOPIC)
        return cleaned

    def both(self) -> list[Difference]:
        """What holds now, and what was written, where they differ."""
        found = []
        for name, field in self.fields.items():
            if name != "state" and self.stored is not None:
                now = getattr(self.stored, name)
                yours = field.widget.value_from_datadict(self.data, {}, name)
                if _told(now) != _told(yours):
                    found.append(Difference(str(field.label), _told(now), _told(yours)))
        return found

    def clean_rule(self) -> str:
        rule = str(self.cleaned_data["rule"])
        draft = Draft(None, rule)
        if fault := draft.fault:
            told = _("%(fault)s It is character %(number)d. For example: %(example)s")
            raise ValidationError(
                told % {"fault": draft.message, "number": fault.position + 1, "example": fault.example}
            )
        return rule


class CountryForm(forms.ModelForm):
    class Meta:
        model = Country
        fields = ("code", "kind", "name_en", "name_ru", "claimants", "names")

    def clean_names(self) -> dict[str, Any]:
        names = self.cleaned_data["names"] or {}
        if not isinstance(names, dict) or not all(
            isinstance(kinds, dict)
            and all(
                kind in KINDS and isinstance(values, list) and all(isinstance(value, str) for value in values)
                for kind, values in kinds.items()
            )
            for kinds in names.values()
        ):
            raise ValidationError(
                _('Write {"en": {"name": ["Azerbaijan"], "demonym": ["Azerbaijani"]}, "ru": {…}}. Kinds: %(kinds)s.')
                % {"kinds": ", ".join(KINDS)}
            )
        return names


class SourceForm(forms.ModelForm):
    class Meta:
        model = Source
        fields = ("slug", "name", "domains", "aliases", "language", "country")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for name in ("domains", "aliases"):
            value = cleaned.get(name) or []
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                self.add_error(name, _('Write a list of texts: ["first", "second"].'))
            cleaned[name] = value
        return cleaned


class SourceLineForm(forms.ModelForm):
    """A decision on a line. What it is decided on stays what it is: another line is another row."""

    class Meta:
        model = SourceLine
        fields = ("source", "text", "decision")

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if len(text.splitlines()) > 1:
            raise ValidationError(_("One line at a time: write one without a line break."))
        return text


class ChangesForm(forms.Form):
    """Decisions on their way from the preview: [{"source": slug, "text": line, "decision": "always"}]."""

    changes = forms.JSONField(widget=forms.HiddenInput)

    def clean_changes(self) -> dict[Source, list[Change]]:
        """By source."""
        given = self.cleaned_data["changes"]
        try:
            sources = Source.objects.in_bulk({str(one["source"]) for one in given})
            changes: dict[Source, list[Change]] = {source: [] for source in sources.values()}
            for one in given:
                if not str(one["text"]).strip():
                    raise ValueError("no line")
                decision = SourceLine.Decision(one["decision"])
                changes[sources[str(one["source"])]].append(Change(str(one["text"]), decision.value))
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError(_("These decisions cannot be read. Go back and choose them again.")) from error
        return changes
