"""Sheets for other systems: which one, of which month, and for what."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.intake.api import IntakeError, export_sheet, list_sheets
from tumbuh.records.api import Purpose, list_open_months
from tumbuh.regions.api import Region, find_region
from tumbuh.web.intake.views import XLSX


class ExportForm(forms.Form):
    """The purpose is asked as for a person's page; the words beside it are needed for another one."""

    sheet = forms.ChoiceField(label=_("Lembar"))
    month = forms.ChoiceField(label=_("Bulan"))
    purpose = forms.ChoiceField(label=_("Keperluan"), choices=Purpose.choices)
    detail = forms.CharField(
        label=_("Keterangan"), max_length=200, required=False,
        help_text=_("Wajib diisi untuk keperluan lain. Jangan menulis nama atau NIK."),
    )  # fmt: skip

    def __init__(self, region: Region, *args: Any) -> None:
        super().__init__(*args)
        self.fields["sheet"].choices = [(sheet.name, sheet.title) for sheet in list_sheets(region)]
        months = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in reversed(list_open_months())]
        self.fields["month"].choices = months

    def clean(self) -> dict[str, str]:
        found = super().clean()
        if found.get("purpose") == Purpose.OTHER and not found.get("detail", "").strip():
            self.add_error("detail", _("Tulis keperluan Anda dengan singkat."))
        return found

    @property
    def reason(self) -> str:
        return ": ".join(filter(None, [self.cleaned_data["purpose"], self.cleaned_data["detail"].strip()]))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a sheet; the answer to the form is the workbook."""
    region = find_region(code)
    scope = get_scope(request.user, READ_PEOPLE)
    if region is None or not all(scope.contains(end) for end in region.span) or not list_sheets(region):
        raise Http404
    form = ExportForm(region, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return make_workbook(request, region, form)
    return render(request, "intake/export.html", {"region": region, "form": form}, status=422 if form.errors else 200)


def make_workbook(request: HttpRequest, region: Region, form: ExportForm) -> HttpResponse:
    """The file, or the form again with what went wrong."""
    name, month = form.cleaned_data["sheet"], date.fromisoformat(f"{form.cleaned_data['month']}-01")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lembar.xlsx"
        try:
            export_sheet(by=request.user, name=name, region=region, month=month, purpose=form.reason, path=path)
        except IntakeError as error:
            form.add_error(None, str(error))
            return render(request, "intake/export.html", {"region": region, "form": form}, status=422)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}-{region.code}-{month:%Y-%m}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
