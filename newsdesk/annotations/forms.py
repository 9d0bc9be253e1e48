"""What people write into notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations import anchors, notes
from newsdesk.annotations.models import LONGEST_TAG, Annotation, Kind, pack_tags
from newsdesk.articles.models import Article
from newsdesk.people.models import Visibility

NOT_ONCE = _(
    "These words do not stand in the text exactly once. The text may have changed meanwhile; choose them again, or more of them."
)
LONGEST = 20_000  # characters of a note
WIDEST = 10_000  # of a passage
MOST_TAGS = 50
TAGS = MOST_TAGS * (LONGEST_TAG + len(", "))  # characters of all tags


class NoteForm(forms.Form):
    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), empty_label=None)
    body = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, required=False
    )
    tags = forms.CharField(label=_("Tags"), max_length=TAGS, required=False)
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)

    @classmethod
    def of(cls, note: Annotation) -> NoteForm:
        values = {"kind": note.kind_id, "body": note.body, "visibility": note.visibility}
        return cls(initial={**values, "tags": ", ".join(note.tag_list)})

    def clean_tags(self) -> str:
        """Divided by commas."""
        return pack_tags([self.cleaned_data["tags"]])


class ReplyForm(forms.Form):
    body = forms.CharField(label=_("Reply"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST)


class VersionForm(forms.Form):
    """From which version of the note a change was made."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(VersionForm):
    state = forms.ChoiceField(choices=Annotation.State.choices)


class PassageForm(forms.Form):
    """A passage of ``body``: by its place and words; by its words alone; or the sentences from the first to the last that is chosen.
    ``begins``: of a passage with a place only the first words are given, since an address has no room for all."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    exact = forms.CharField(
        label=_("Passage"), widget=forms.Textarea(attrs={"rows": 2}), max_length=WIDEST, required=False, strip=True
    )
    sentence = forms.TypedMultipleChoiceField(required=False, coerce=lambda value: tuple(map(int, value.split("-"))))

    def __init__(
        self, data: Any, body: str, sentences: list[tuple[int, int]] | None = None, *, begins: bool = False
    ) -> None:
        super().__init__(data)
        self.text, self.begins = body, begins
        self.fields["sentence"].choices = [(f"{start}-{end}", "") for start, end in sentences or ()]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """``passage`` is None for the whole article."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            cleaned["passage"] = self._find(cleaned)
        return cleaned

    def _find(self, cleaned: dict[str, Any]) -> anchors.Anchor | None:
        start, end, exact = cleaned["start"], cleaned["end"], cleaned["exact"]
        if start is not None and end is not None and self._agrees(start, end, exact):
            return anchors.anchor_at(self.text, *_trim(self.text, start, end))
        if exact:
            found = anchors.find(self.text, exact)
            if found is None:
                raise ValidationError(NOT_ONCE)
            return found
        if chosen := cleaned["sentence"]:
            return anchors.anchor_at(self.text, min(first for first, _ in chosen), max(last for _, last in chosen))
        return None

    def _agrees(self, start: int, end: int, exact: str) -> bool:
        """A selection in a browser has other spaces and line ends than the text."""
        chosen, given = ("".join(text.split()) for text in (self.text[start:end], exact))
        agrees = chosen.startswith(given) if self.begins and given else chosen == given
        return start < end <= len(self.text) and bool(chosen) and agrees


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    chosen = text[start:end]
    return start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())


# In the admin

STALE = _(
    "Somebody has changed this note meanwhile, and nothing was overwritten. How it stands now is shown beside what you wrote. Saving again puts yours in its place."
)


class AddForm(forms.ModelForm):
    tags = forms.CharField(label=_("Tags"), max_length=TAGS, required=False, help_text=_("Divided by commas"))

    class Meta:
        model = Annotation
        fields = ("article", "kind", "body", "tags", "exact", "visibility", "state", "author")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
            "exact": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def clean_tags(self) -> str:
        return pack_tags([self.cleaned_data["tags"]])

    def clean_body(self) -> str:
        return _lines(self.cleaned_data["body"], LONGEST)

    def clean_exact(self) -> str:
        return _lines(self.cleaned_data["exact"], WIDEST)

    def clean(self) -> dict[str, Any]:
        """``passage`` is there where one was given; None for the whole article."""
        cleaned = super().clean() or self.cleaned_data
        article, exact = cleaned.get("article"), cleaned.get("exact")
        self.refuse_nothing(exact)
        if article and exact:
            cleaned["passage"] = self.find_passage(article)
        return cleaned

    def refuse_nothing(self, exact: str | None) -> None:
        if not self.errors and not (self.cleaned_data["body"].strip() or exact):
            self.add_error("body", notes.EMPTY)

    def find_passage(self, article: Article) -> anchors.Anchor | None:
        exact = self.cleaned_data["exact"]
        found = anchors.find(article.text.body, exact) if exact else None
        if exact and not found:
            self.add_error("exact", NOT_ONCE)
        return found


class EditForm(AddForm):
    """A note in the admin. It is locked while it is checked: if it is another version by now than the one that was sent, nothing is
    saved, and ``stored`` is how it stands. Whoever sends the form again has seen that."""

    is_withdrawn = forms.BooleanField(
        label=_("Withdrawn"), required=False, help_text=_("Nothing is deleted: its author and editors still see it.")
    )
    from_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.instance
        self.initial = {
            **self.initial,
            "tags": ", ".join(note.tag_list),
            "is_withdrawn": note.withdrawn is not None,
            "from_version": note.version,
        }
        self.stored = note
        self.stale = False
        if author := self.fields.get("author"):
            author.queryset = authors(note.author_id)  # type: ignore[attr-defined]  # a field of models
            author.empty_label = _("former user")  # type: ignore[attr-defined]  # a field of models

    def clean(self) -> dict[str, Any]:
        cleaned = forms.ModelForm.clean(self) or self.cleaned_data
        self._lock(cleaned.get("from_version"))
        self.refuse_nothing(cleaned.get("exact"))
        if cleaned.get("visibility") == Visibility.PRIVATE and notes.has_replies_of_others(self.stored):
            self.add_error("visibility", notes.HAS_REPLIES)
        if "exact" in cleaned and cleaned["exact"] != _lines(self.stored.exact):
            cleaned["passage"] = self.find_passage(self.stored.article)
        return cleaned

    def _lock(self, version: int | None) -> None:
        self.stored = Annotation.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if self.stored.version != version:
            self.stale = True
            self.data = {**self.data.dict(), "from_version": str(self.stored.version)}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(None, STALE)

    def changes(self) -> dict[str, Any]:
        """What was written, where it is not what is stored, for `notes.edit`."""
        given = self.cleaned_data
        wanted = {name: given[name] for name in (*notes.WRITTEN, "state", "author") if name in given}
        found = {name: value for name, value in wanted.items() if value != _stored(self.stored, name)}
        if "passage" in given:
            found["passage"] = given["passage"]
        if given["is_withdrawn"] != (self.stored.withdrawn is not None):
            found["withdrawn"] = given["is_withdrawn"]
        return found


def _stored(note: Annotation, name: str) -> Any:
    value = getattr(note, name)
    return _lines(value) if isinstance(value, str) else value


def _lines(text: str, longest: int | None = None) -> str:
    """As texts here end them; a form sends others."""
    text = text.replace("\r\n", "\n")
    if longest is not None:
        MaxLengthValidator(longest)(text)
    return text


def authors(more: int | None = None) -> QuerySet[Any]:
    """Who may write notes."""
    users = get_user_model()._default_manager
    able = users.with_perm("annotations.add_annotation", backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(Q(pk__in=able) | Q(pk=more)).order_by("username")


class ManyForm(forms.Form):
    """What is to be done with many notes, once they were shown on a page at the moment ``seen``."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen" and value not in ("", None)}


class ReviewManyForm(ManyForm):
    state = forms.ChoiceField(label=_("Review"), choices=Annotation.State.choices)


class ReassignManyForm(ManyForm):
    author = forms.ModelChoiceField(get_user_model().objects.none(), label=_("To whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = authors()  # type: ignore[attr-defined]  # a field of models


class FileManyForm(ManyForm):
    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), required=False, empty_label=_("as it is"))
    visibility = forms.ChoiceField(
        label=_("Seen by"), choices=[("", _("as it is")), *Visibility.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.changes():
            raise ValidationError(_("Choose a kind, or who sees them."))
        return cleaned


class WithdrawManyForm(ManyForm):
    withdrawn = forms.TypedChoiceField(
        label=_("Withdrawn"),
        choices=[("yes", _("withdraw")), ("no", _("bring back"))],
        coerce=lambda value: value == "yes",
    )
