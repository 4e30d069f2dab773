"""What changed in a package since its reviewer last knew it, in words."""

from datetime import date
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
from tumbuh.records.api import Change, Outcome, Person, Sex, list_changes, list_service_changes
from tumbuh.regions.api import Facility
from tumbuh.verification.api import GROWTH, SERVICES, DataSet, Row, Step, Tier, find_baseline, get_row
from tumbuh.web.templatetags.numbers import day
from tumbuh.web.verification.gates import get_desa_or_404
from tumbuh.web.verification.words import CHECK_FIELDS, FIELDS, SERVICE_FIELDS, show_value

PER_PAGE = 50
WORDS: dict[str, str | Promise] = {
    **FIELDS,
    **SERVICE_FIELDS,
    **CHECK_FIELDS,
    "started_on": _("Hari pertama haid terakhir"),
    "due_on": _("Perkiraan lahir"),
    "ended_on": _("Berakhir pada"),
    "outcome": _("Hasil persalinan"),
    "number": _("Kehamilan ke"),
    "is_risky": _("Berisiko tinggi"),
    "is_wanted": _("Diinginkan"),
    "planned_on": _("Rencana menikah"),
    "married_on": _("Menikah pada"),
    "called_off_on": _("Batal pada"),
    "stated_on": _("Tanggal keterangan"),
    "value": _("Isi keterangan"),
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
# What is told of a row that came or went.
SHOWN = {
    "measurement": ("weight_kg", "lenhei_cm"),
    "service": ("code", "quantity"),
    "check": ("weight_kg", "height_cm", "muac_cm", "hb_g_dl"),
    "pregnancy": ("ended_on", "outcome"),
    "couple": ("married_on",),
    "statement": ("code", "value"),
}
LISTS = {GROWTH: list_changes, SERVICES: list_service_changes}
HIDDEN = {"nik_index", "household_id"}  # shown as there or not, never what it is


def find_since(row: Row, steps: list[Step]) -> Step | None:
    """The step since which the package's reviewer wants to know what changed, or None at the first review."""
    return find_baseline(steps, row.owner or Tier.PROVINSI)


@never_cache
@login_required
@require_safe
def changes(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """People, and what the package holds of them, added, changed and removed; reading it is an event of the trail."""
    desa = get_desa_or_404(request, code)
    row = get_row(desa, month, data_set)
    since = find_since(row, list(row.package.steps.all())) if row.package else None
    scope = get_scope(request.user, READ_PEOPLE)
    found = LISTS[data_set](scope, desa.pk, month, since.taken_at) if since else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    keys = {getattr(side, "posyandu_id", None) for change in page for side in (change.before, change.after)}
    names = dict(Facility.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
    record_event(
        by=request.user, action="records.month.read", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    lines = [describe_change(change, names) for change in page]
    about = {
        "region": desa, "month": month, "data_set": data_set, "since": since, "page": page, "lines": lines, "row": row,
    }  # fmt: skip
    return render(request, "verification/changes.html", about)


def describe_change(change: Change, names: dict[int, str]) -> dict[str, Any]:
    """A line: whose, which row, what happened, and each field with its value before and after."""
    row = change.after or change.before
    is_alone = change.before is None or change.after is None
    return {
        "person": change.person,
        "household": getattr(row, "household_id", None) if change.kind != "child" else None,
        "is_here": isinstance(change.person, Person) and (change.kind != "child" or change.after is not None),
        "kind": "added" if change.before is None else "removed" if change.after is None else "changed",
        "what": say_what(change.kind, row),
        "values": ", ".join(write_side(row, field, names) for field in SHOWN.get(change.kind, ())) if is_alone else "",
        "fields": [
            (WORDS[field], *(write_side(side, field, names) for side in (change.before, change.after)))
            for field in change.fields
        ],
    }


def say_what(kind: str, row: Any) -> str:
    """Which row of somebody, in words."""
    words = {
        "child": (gettext("lahir %(day)s"), "birth_date"),
        "measurement": (gettext("pengukuran %(day)s"), "measured_on"),
        "service": (gettext("layanan %(day)s"), "received_on"),
        "check": (gettext("pemeriksaan %(day)s"), "checked_on"),
        "pregnancy": (gettext("kehamilan sejak %(day)s"), "started_on"),
        "couple": (gettext("calon pengantin sejak %(day)s"), "registered_on"),
        "statement": (gettext("keterangan %(day)s"), "stated_on"),
    }
    text, field = words[kind]
    return text % {"day": day(getattr(row, field))}


def write_side(side: Any, field: str, names: dict[int, str]) -> str:
    """A field's value in words; of what identifies somebody, only whether it is there."""
    value = getattr(side, field)
    if field in HIDDEN:
        return gettext("ada") if value else gettext("kosong")
    if field == "posyandu_id":
        return names.get(value, "–")
    if field == "sex":
        return gettext(Sex(value).label)
    if field == "outcome":
        return gettext(Outcome(value).label) if value else "–"
    return show_value(side, field) if value != "" else "–"
