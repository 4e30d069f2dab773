"""What the buttons of an import do: each is one action and the way back to the page."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.intake.api import (
    FileRefusedError,
    IntakeError,
    cancel_import,
    choose_header,
    confirm_columns,
    defer_check,
    defer_commit,
    defer_undo,
    go_back,
    set_fields,
    start_commit,
    start_undo,
)
from tumbuh.regions.api import Level, find_region
from tumbuh.web.intake.views import find_or_404


def run(request: HttpRequest, import_id: UUID, step: Callable[[], None]) -> HttpResponse:
    """Do the step for an import that the user may see, say what went wrong, show the import again."""
    find_or_404(request, import_id)
    try:
        with transaction.atomic():  # the new state and its job together: neither is ever there alone
            step()
    except IntakeError as error:
        messages.error(request, str(error))
    return redirect("import", import_id)


def read_defaults(request: HttpRequest) -> dict[str, Any]:
    """What is said once for all lines of a list: `bulan` (2026-03) and `desa` (a code)."""
    found: dict[str, Any] = {}
    if text := request.POST.get("bulan", "").strip():
        try:
            found["month"] = date.fromisoformat(f"{text}-01")
        except ValueError as error:
            raise FileRefusedError(
                "MONTH_UNREADABLE", gettext("Bulan laporan tidak terbaca. Pilih bulannya.")
            ) from error
    if code := request.POST.get("desa", "").strip():
        region = find_region(code)
        if region is None or region.level != Level.DESA or not get_scope(request.user, IMPORT).contains(region.pk):
            raise FileRefusedError(
                "DESA_UNKNOWN", gettext("Desa dengan kode itu tidak ada di wilayah tugas Anda. Periksa kodenya.")
            )
        found["desa_id"] = region.pk
    return found


@login_required
@require_POST
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The user's word on sheets and columns: fields named `s<sheet>` and `c<sheet>-<column>`."""
    job = find_or_404(request, import_id)

    def step() -> None:
        sheets = job.columns.get("sheets", [])
        used = {sheet["reading"]["sheet"] for number, sheet in enumerate(sheets) if f"s{number}" in request.POST}
        choices = {
            sheet["reading"]["sheet"]: {
                column["index"]: request.POST[name]
                for column in sheet["reading"]["columns"]
                if (name := f"c{number}-{column['index']}-{column['visit']}") in request.POST
            }
            for number, sheet in enumerate(sheets)
        }
        chosen = set_fields(sheets, choices, used)
        confirm_columns(by=request.user, import_id=import_id, sheets=chosen, **read_defaults(request))
        defer_check(import_id)

    return run(request, import_id, step)


@login_required
@require_POST
def header(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Another header row for a sheet."""

    def step() -> None:
        row = request.POST.get("baris", "")
        if row.isdigit() and 0 < int(row) < 10_000:
            choose_header(by=request.user, import_id=import_id, sheet=request.POST.get("lembar", ""), row=int(row))

    return run(request, import_id, step)


@login_required
@require_POST
def save(request: HttpRequest, import_id: UUID) -> HttpResponse:
    def step() -> None:
        start_commit(by=request.user, import_id=import_id)
        defer_commit(import_id)

    return run(request, import_id, step)


@login_required
@require_POST
def back(request: HttpRequest, import_id: UUID) -> HttpResponse:
    return run(request, import_id, lambda: go_back(by=request.user, import_id=import_id))


@login_required
@require_POST
def cancel(request: HttpRequest, import_id: UUID) -> HttpResponse:
    return run(request, import_id, lambda: cancel_import(by=request.user, import_id=import_id))


@login_required
@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    def step() -> None:
        reason = request.POST.get("alasan", "")[:500]
        start_undo(by=request.user, import_id=import_id, reason=reason)
        defer_undo(import_id)

    return run(request, import_id, step)
