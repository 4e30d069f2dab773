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

from tumbuh.accounts.api import IMPORT, READ_PEOPLE, Scope, get_scope
from tumbuh.indicators.api import refresh
from tumbuh.records.api import Measurement, Visit, create_batch, find_measurement, list_month_visits, record_measurement
from tumbuh.verification.api import (
    Cell,
    CellReturn,
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
from tumbuh.web.verification.gates import get_cell_or_404, get_desa_or_404, list_tiers
from tumbuh.web.verification.packages import list_options, list_reasons
from tumbuh.web.verification.words import FIELDS, read_value, show_value

CORRECTION = "CORRECTION"


@login_required
@require_POST
def send_back(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """The marked cells go back to the desa, the rest stays locked."""
    desa = get_desa_or_404(request, code)
    tiers = [
        option.rule.tier
        for option in list_options(get_row(desa, month), list_tiers(request, desa))
        if option.rule.move == Move.RETURN
    ]
    visits = list_month_visits(get_scope(request.user, READ_PEOPLE), desa.pk, month)
    version = request.POST.get("versi", "")
    try:
        step = return_cells(
            by=request.user, region=desa, month=month, tier=tiers[0] if tiers else Tier.KECAMATAN,
            cells=read_cells(request, visits), reason=request.POST.get("alasan", ""),
            version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
        count = step.package.cells.filter(closed_at__isnull=True).count()
        messages.success(request, _("%(count)d isian dikembalikan ke desa.") % {"count": count})
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect("package", code, month)


def read_cells(request: HttpRequest, visits: list[Visit]) -> list[Cell]:
    """The marked cells of the form: `c<row>` the fields, `r<row>` the reason, `n<row>` words, `b<row>` a file."""
    cells = []
    for visit in visits:
        key = visit.measurement.pk
        reason, note = request.POST.get(f"r{key}", ""), request.POST.get(f"n{key}", "")
        for field in request.POST.getlist(f"c{key}"):
            if field in FIELDS:
                value = show_value(visit.measurement, field)
                cells.append(Cell("measurement", key, field, reason, note, value, request.FILES.get(f"b{key}")))
    return cells


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, cell_id: UUID) -> HttpResponse:
    """One returned cell: what is asked, the value to correct, the answer."""
    scope, held = get_cell_or_404(request, cell_id)
    visit = find_visit(scope, held)
    package = held.package
    may_answer = may(request, IMPORT, package.region_id) and package.state == State.RETURNED_DESA and not held.closed_at
    if request.method == "POST":
        if not may(request, IMPORT, package.region_id):
            raise Http404
        if answer(request, held, visit):
            return redirect("package", package.region.code, package.month)
    page = {
        "cell": held, "visit": visit, "field": FIELDS.get(held.field, held.field), "may_answer": may_answer,
        "now": show_value(visit, held.field), "reason": dict(list_reasons()).get(held.reason, held.reason),
        "region": package.region, "month": package.month,
    }  # fmt: skip
    return render(request, "verification/cell.html", page)


def find_visit(scope: Scope, held: CellReturn) -> Measurement:
    """The measurement that the cell belongs to; Http404 when it is gone."""
    visit = find_measurement(scope, held.object_id)
    if visit is None:
        raise Http404
    return visit


def answer(request: HttpRequest, held: CellReturn, visit: Measurement) -> bool:
    """Correct the value, if a new one is given, and keep the answer, both or neither; whether it worked."""
    text = request.POST.get("nilai", "").strip()
    try:
        with transaction.atomic():
            if text:
                correct(request, held, visit, read_value(held.field, text))
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


def correct(request: HttpRequest, held: CellReturn, visit: Measurement, value: Any) -> None:
    """The measurement with the new value, its z-scores and the desa's figures computed again."""
    batch = create_batch(by=request.user, kind=CORRECTION, name=str(held.public_id))
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
