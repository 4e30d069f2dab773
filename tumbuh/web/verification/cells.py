"""Sending single cells back, and answering them one by one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.accounts.api import IMPORT, READ_PEOPLE, get_scope
from tumbuh.indicators.api import refresh
from tumbuh.records.api import (
    Measurement,
    SourceBatch,
    correct_entry,
    create_batch,
    find_rows,
    record_measurement,
    remove_entry,
)
from tumbuh.verification.api import (
    Cell,
    CellReturn,
    DataSet,
    Move,
    State,
    Tier,
    VerificationError,
    answer_cell,
    get_row,
    note_contributions,
    return_cells,
)
from tumbuh.web.site.viewer import may
from tumbuh.web.verification import entries, visits
from tumbuh.web.verification.addresses import find_address
from tumbuh.web.verification.gates import get_cell_or_404, get_desa_or_404, list_tiers
from tumbuh.web.verification.packages import list_options, list_reasons, name_subject
from tumbuh.web.verification.words import KINDS, TAKE_OUT, list_codes, read_value, show_value

CORRECTION = "CORRECTION"
MOST_SIGNS = 40  # of a value that is kept with a cell
RETURNABLE = {DataSet.GROWTH: visits.list_returnable, DataSet.SERVICES: entries.list_returnable}


@login_required
@require_POST
def send_back(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """The marked cells go back to the desa, the rest stays locked."""
    desa = get_desa_or_404(request, code)
    tiers = [
        option.rule.tier
        for option in list_options(get_row(desa, month, data_set), list_tiers(request, desa))
        if option.rule.move == Move.RETURN
    ]
    rows = RETURNABLE[data_set](get_scope(request.user, READ_PEOPLE), desa.pk, month)
    version = request.POST.get("versi", "")
    try:
        step = return_cells(
            by=request.user, region=desa, month=month, tier=tiers[0] if tiers else Tier.KECAMATAN,
            cells=read_cells(request, rows), reason=request.POST.get("alasan", ""), data_set=data_set,
            version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
        count = step.package.cells.filter(closed_at__isnull=True).count()
        messages.success(request, _("%(count)d isian dikembalikan ke desa.") % {"count": count})
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("package", data_set, code, month))


def read_cells(request: HttpRequest, rows: list[tuple[str, str, Any]]) -> list[Cell]:
    """The marked cells of the form: `c<key>` the fields, `r<key>` the reason, `n<key>` words, `b<key>` a file."""
    cells = []
    for key, kind, row in rows:
        reason, note = request.POST.get(f"r{key}", ""), request.POST.get(f"n{key}", "")
        for field in request.POST.getlist(f"c{key}"):
            if field in KINDS[kind]:
                value = show_value(row, field)[:MOST_SIGNS]
                cells.append(Cell(kind, row.pk, field, reason, note, value, request.FILES.get(f"b{key}")))
    return cells


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, cell_id: UUID) -> HttpResponse:
    """One returned cell: what is asked, the value to correct, the answer."""
    scope, held = get_cell_or_404(request, cell_id)
    row = find_rows(scope, held.object_kind, [held.object_id]).get(held.object_id)
    package = held.package
    address = find_address("package", package.data_set, package.region.code, package.month)
    may_answer = may(request, IMPORT, package.region_id) and package.state == State.RETURNED_DESA and not held.closed_at
    if request.method == "POST":
        if not may(request, IMPORT, package.region_id):
            raise Http404
        if answer(request, held, row):
            return redirect(address)
    page = {
        "cell": held, "row": row, "field": KINDS[held.object_kind].get(held.field, held.field),
        "whose": name_subject(row), "on": find_day(row), "may_answer": may_answer, "now": show_value(row, held.field),
        "reason": dict(list_reasons()).get(held.reason, held.reason), "package": package, "address": address,
        "region": package.region, "month": package.month, "codes": list_codes() if held.field == "code" else [],
    }  # fmt: skip
    return render(request, "verification/cell.html", page)


def find_day(row: Any) -> date | None:
    """On which day what the row says happened."""
    days = (getattr(row, name, None) for name in ("measured_on", "received_on", "checked_on"))
    return next((day for day in days if day is not None), None)


def answer(request: HttpRequest, held: CellReturn, row: Any) -> bool:
    """Correct the value, if a new one is given, and keep the answer, both or neither; whether it worked."""
    text = request.POST.get("nilai", "").strip()
    try:
        with transaction.atomic():
            if text and row is not None:
                change(request, held, row, text)
            answer_cell(by=request.user, cell=held, answer=request.POST.get("jawaban", ""))
    except VerificationError as error:
        messages.error(request, str(error))
    except (ValueError, KeyError, ArithmeticError):
        messages.error(request, _("Nilai itu tidak dapat dibaca. Tulis angka, misalnya 11,9."))
    except DatabaseError:
        messages.error(request, _("Nilai itu di luar batas yang dapat dicatat, atau bulan ini terkunci. Periksa lagi."))
    else:
        messages.success(request, _("Jawaban dicatat."))
        return True
    return False


def change(request: HttpRequest, held: CellReturn, row: Any, text: str) -> None:
    """The row as the desa says it is, or gone, and the desa's figures computed again."""
    if held.field == "row":
        if text != TAKE_OUT:
            raise ValueError(text)
        refresh(remove_entry(by=request.user, entry=row, reason=request.POST.get("jawaban", "")))
        return
    value = read_value(held.field, text)
    batch = create_batch(by=request.user, kind=CORRECTION, name=str(held.public_id))
    if held.object_kind == "measurement":
        correct(request, held, row, batch, value)
    else:
        refresh(correct_entry(by=request.user, batch=batch, entry=row, field=held.field, value=value))


def correct(request: HttpRequest, held: CellReturn, visit: Measurement, batch: SourceBatch, value: Any) -> None:
    """The measurement with the new value, its z-scores and the desa's figures computed again."""
    values = {"mode": visit.mode, "oedema": visit.oedema, held.field: value}
    saved = record_measurement(
        by=request.user, batch=batch, person=visit.person, measured_on=visit.measured_on, **values
    )
    note_contributions(by=request.user, desa_months=saved.entered_months)
    refresh(saved.desa_months)


@never_cache
@login_required
@require_safe
def evidence(request: HttpRequest, cell_id: UUID) -> HttpResponse:
    """The file that a verifier attached, to be kept and not to be shown by the browser."""
    _scope, held = get_cell_or_404(request, cell_id)
    if not held.evidence:
        raise Http404
    with held.evidence.open("rb") as file:  # at most LARGEST_EVIDENCE
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{held.evidence.name.split("/")[-1]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
