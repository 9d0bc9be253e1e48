"""What people write into notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations import anchors
from newsdesk.annotations.models import Annotation, Kind, pack_tags
from newsdesk.people.models import Visibility

LONGEST = 20_000  # characters of a note
WIDEST = 10_000  # of a passage


class NoteForm(forms.Form):
    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), empty_label=None)
    body = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, required=False
    )
    tags = forms.CharField(label=_("Tags"), max_length=500, required=False)
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)

    @classmethod
    def of(cls, note: Annotation) -> NoteForm:
        values = {"kind": note.kind_id, "body": note.body, "visibility": note.visibility}
        return cls(initial={**values, "tags": ", ".join(note.tag_list)})

    def clean_tags(self) -> str:
        """Divided by commas."""
        return pack_tags(self.cleaned_data["tags"].split(","))


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
                raise ValidationError(
                    gettext(
                        "These words do not stand in the text exactly once. The text may have changed meanwhile; choose them again, or more of them."
                    )
                )
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
