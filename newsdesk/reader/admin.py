"""Annotations taken out of the admin and into it. The rest of their admin is in newsdesk.annotations, which knows no exports."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsdesk.annotations.admin import AnnotationAdmin
from newsdesk.annotations.models import Annotation
from newsdesk.people.models import Visibility
from newsdesk.reader.downloads import stream
from newsdesk.reader.exports import NOTE_EXPORTS
from newsdesk.reader.exports.selection import Options, Selection
from newsdesk.reader.note_import import SHOWN, ImportForm
from newsdesk.workspace import importing

SALT = "newsdesk.reader.admin.import"
LONGEST = 2_000_000  # characters that go along in a page; a request of 2.5 MB is refused
LASTS = 24 * 60 * 60  # seconds that a preview holds


class ConfirmForm(forms.Form):
    """What was previewed, on its way through the browser."""

    given = forms.CharField(widget=forms.HiddenInput)
    visibility = forms.ChoiceField(choices=Visibility.choices, widget=forms.HiddenInput)

    def clean_given(self) -> list[importing.JSON]:
        try:
            return list(signing.loads(self.cleaned_data["given"], salt=SALT, max_age=LASTS))
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is too old. Choose the file again.")) from error


class TakenAnnotationAdmin(AnnotationAdmin):
    change_list_template = "admin/annotations/annotation/change_list.html"
    actions = [*AnnotationAdmin.actions, "as_web_annotations", "as_table", "as_lines"]

    def get_urls(self) -> list[URLPattern]:
        taken = path("import/", self.admin_site.admin_view(self.import_view), name="annotations_annotation_import")
        return [taken, *super().get_urls()]

    @admin.action(description=_("Export the selected annotations as W3C Web Annotation"), permissions=["view"])
    def as_web_annotations(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponseBase:
        return self._export(request, queryset, "jsonld")

    @admin.action(description=_("Export the selected annotations as CSV"), permissions=["view"])
    def as_table(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponseBase:
        return self._export(request, queryset, "csv")

    @admin.action(description=_("Export the selected annotations as JSON Lines"), permissions=["view"])
    def as_lines(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponseBase:
        return self._export(request, queryset, "jsonl")

    def _export(self, request: HttpRequest, chosen: QuerySet[Annotation], name: str) -> HttpResponseBase:
        """As everywhere, without those that are withdrawn."""
        pairs = list(chosen.filter(withdrawn=None).values_list("pk", "article"))
        if left := chosen.count() - len(pairs):
            told = ngettext("%d is withdrawn, and was left out.", "%d are withdrawn, and were left out.", left)
            self.message_user(request, told % left, messages.WARNING)
        site = f"{request.scheme}://{request.get_host()}"
        selection = Selection(
            sorted({article for _pk, article in pairs}),
            name="notes",
            title=str(_("Annotations chosen in the admin")),
            query=request.GET.urlencode(),
            url=site + request.get_full_path(),
            site=site,
            user=request.user,
            options=Options(notes=True),
            chosen=frozenset(pk for pk, _article in pairs),
        )
        return stream(selection, NOTE_EXPORTS[name])

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A file is read and shown as it would be placed; then it is taken in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        site = f"{request.scheme}://{request.get_host()}"
        context = self._context(request, None, _("Import annotations")) | {"form": ImportForm(), "limit": SHOWN}
        if request.method == "POST" and "given" in request.POST:
            confirmed = ConfirmForm(request.POST)
            if confirmed.is_valid():
                given = confirmed.cleaned_data
                report = importing.store(given["given"], request.user, given["visibility"], site)
                placed = len(report.placed)
                told = ngettext("%d annotation was taken in.", "%d annotations were taken in.", placed) % placed
                self.message_user(request, told)
                return redirect("admin:annotations_annotation_changelist")
            self.message_user(request, " ".join(map(str, confirmed.errors.get("given", []))), messages.ERROR)
        elif request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            context["form"] = form
            if form.is_valid():
                raws, visibility = form.cleaned_data["file"], form.cleaned_data["visibility"]
                packed = signing.dumps(raws, salt=SALT, compress=True)
                if len(packed) > LONGEST:
                    form.add_error(
                        "file",
                        _("This is too much for a preview. Divide the file, or use “manage.py import_annotations”."),
                    )
                else:
                    context["report"] = importing.preview(raws, request.user, visibility, site)
                    context["confirm"] = ConfirmForm(initial={"given": packed, "visibility": visibility})
        status = 422 if context["form"].errors else 200
        return TemplateResponse(request, "admin/annotations/annotation/import.html", context, status=status)


admin.site.unregister(Annotation)
admin.site.register(Annotation, TakenAnnotationAdmin)
