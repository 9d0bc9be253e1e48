"""The page that takes in annotations from elsewhere."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_cookie

from newsdesk.annotations.models import Annotation
from newsdesk.people import access
from newsdesk.people.models import Visibility
from newsdesk.workspace import importing

SHOWN = 200  # of those that were not placed


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("JSON-LD of W3C Web Annotation, or JSON from the API of Hypothesis")
    )
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices, initial=Visibility.PRIVATE)

    def clean_file(self) -> list[importing.JSON]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > importing.LARGEST:
            raise ValidationError(_("The file is too large."))
        try:
            return importing.read(file.read())
        except importing.UnreadableFileError as error:
            raise ValidationError(_("No annotations can be read in this file.")) from error


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
@login_required
def import_notes(request: HttpRequest) -> HttpResponse:
    if not access.may_add(request.user, Annotation):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    report = None
    if form.is_bound and form.is_valid():
        site = f"{request.scheme}://{request.get_host()}"
        report = importing.store(form.cleaned_data["file"], request.user, form.cleaned_data["visibility"], site)
        form = ImportForm(initial={"visibility": form.cleaned_data["visibility"]})
    context = {"form": form, "report": report, "unplaced": report.unplaced[:SHOWN] if report else []}
    return render(request, "reader/import_notes.html", context, status=422 if form.is_bound and form.errors else 200)
