"""What changed in a package since its reviewer last knew it, in words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import Change, Person, Sex, list_changes
from tumbuh.regions.api import Facility
from tumbuh.verification.api import Row, Step, Tier, find_baseline, get_row
from tumbuh.web.templatetags.numbers import day, decimal
from tumbuh.web.verification.gates import get_desa_or_404
from tumbuh.web.verification.words import FIELDS, show_value

PER_PAGE = 50
WORDS: dict[str, str | Promise] = {
    **FIELDS,
    "measured_on": _("Tanggal ukur"),
    "posyandu_id": _("Posyandu"),
    "name": _("Nama"),
    "sex": _("Jenis kelamin"),
    "birth_date": _("Tanggal lahir"),
    "mother_name": _("Orang tua"),
    "nik_index": _("NIK"),
    "household_id": _("Keluarga"),
    "birth_weight_kg": _("Berat lahir (kg)"),
    "birth_length_cm": _("Panjang lahir (cm)"),
    "registered_on": _("Terdaftar sejak"),
    "left_on": _("Keluar pada"),
    "left_reason": _("Alasan keluar"),
}
HIDDEN = {"nik_index", "household_id"}  # shown as there or not, never what it is


def find_since(row: Row, steps: list[Step]) -> Step | None:
    """The step since which the package's reviewer wants to know what changed, or None at the first review."""
    return find_baseline(steps, row.owner or Tier.PROVINSI)


@never_cache
@login_required
@require_safe
def changes(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """Children and measurements added, changed and removed; reading it is an event of the trail."""
    desa = get_desa_or_404(request, code)
    row = get_row(desa, month)
    since = find_since(row, list(row.package.steps.all())) if row.package else None
    found = list_changes(get_scope(request.user, READ_PEOPLE), desa.pk, month, since.taken_at) if since else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    keys = {getattr(side, "posyandu_id", None) for change in page for side in (change.before, change.after)}
    names = dict(Facility.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
    record_event(
        by=request.user, action="records.month.read", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    lines = [describe_change(change, names) for change in page]
    about = {"region": desa, "month": month, "since": since, "page": page, "lines": lines, "row": row}
    return render(request, "verification/changes.html", about)


def describe_change(change: Change, names: dict[int, str]) -> dict[str, Any]:
    """A line: whose, which visit, what happened, and each field with its value before and after."""
    visit = (change.after or change.before) if change.is_measurement else None
    return {
        "person": change.person,
        "is_here": isinstance(change.person, Person) and (change.is_measurement or change.after is not None),
        "on": visit.measured_on if visit else None,
        "kind": "added" if change.before is None else "removed" if change.after is None else "changed",
        "visit": visit if change.before is None or change.after is None else None,
        "fields": [
            (WORDS[field], *(write_side(side, field, names) for side in (change.before, change.after)))
            for field in change.fields
        ],
    }


def write_side(side: Any, field: str, names: dict[int, str]) -> str:
    """A field's value in words; of what identifies somebody, only whether it is there."""
    value = getattr(side, field)
    if field in FIELDS:
        return show_value(side, field)
    if field in HIDDEN:
        return gettext("ada") if value else gettext("kosong")
    if field == "posyandu_id":
        return names.get(value, "–")
    if field == "sex":
        return gettext(Sex(value).label)
    if isinstance(value, date):
        return day(value)
    return decimal(value, 2) if isinstance(value, Decimal) else str(value or "–")
