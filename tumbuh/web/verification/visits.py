"""The review of a package of measurements: its quality beside the month before, odd visits and a sample of others."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tumbuh.accounts.api import Scope
from tumbuh.engines.anthropometry.api import GrowthFinding
from tumbuh.engines.measuring.api import Doubt
from tumbuh.records.api import (
    Quality,
    Visit,
    count_duplicates,
    find_month_doubts,
    list_month_visits,
    read_quality,
)
from tumbuh.verification.api import Row
from tumbuh.web.indicators.figures import list_months
from tumbuh.web.indicators.signs import name_doubts, read_grade
from tumbuh.web.verification.samples import pick
from tumbuh.web.verification.words import FIELDS


def review_visits(scope: Scope, row: Row, month: date, *, is_whole: bool) -> dict[str, Any]:
    """What the page shows of the desa's month."""
    desa = row.region
    visits = list_month_visits(scope, desa.pk, month)
    before = list_months(month, 2)[0]
    past = read_quality(scope, desa.pk, before, list_month_visits(scope, desa.pk, before))
    quality = read_quality(scope, desa.pk, month, visits)
    doubts = find_month_doubts(scope, desa.pk, month)
    return {
        "picture": compare(quality, past, count_duplicates(scope, desa.pk)),
        "measuring": read_grade(desa, month),
        "visits": [describe_visit(visit, doubts) for visit in pick(visits, row, month, is_whole=is_whole)],
        "total": len(visits),
        "fields": FIELDS,
    }


def list_returnable(scope: Scope, desa_id: int, month: date) -> list[tuple[str, str, Any]]:
    """(key in the form, kind, row) of what can be marked to be sent back."""
    visits: Sequence[Visit] = list_month_visits(scope, desa_id, month)
    return [(str(visit.measurement.pk), "measurement", visit.measurement) for visit in visits]


def compare(now: Quality, past: Quality, duplicates: int) -> list[tuple[str, Any, Any, str]]:
    """(label, this month, the month before, what to look at) of each sign of quality."""
    return [
        (_("Balita terdaftar"), now.registered, past.registered, ""),
        (_("Ditimbang"), now.measured, past.measured, ""),
        (_("Z-score tidak wajar"), now.flagged, past.flagged, _("periksa satu per satu")),
        (_("Tumbuh janggal sejak kunjungan lalu"), now.findings, past.findings, _("menyusut atau melonjak")),
        (_("Tanpa berat"), now.missing_weight, past.missing_weight, ""),
        (_("Tanpa panjang/tinggi"), now.missing_length, past.missing_length, ""),
        (_("Mungkin tercatat dua kali"), duplicates, None, _("nama mirip, lahir sama")),
        (_("Kegemaran angka, berat"), now.weight_preference, past.weight_preference, _("0 merata, 100 satu angka")),
        (_("Kegemaran angka, tinggi"), now.length_preference, past.length_preference, _("0 merata, 100 satu angka")),
        (_("Sebaran TB/U (SD)"), now.haz_sd, past.haz_sd, _("lazimnya 0,8 sampai 1,3")),
        (_("Sebaran BB/TB (SD)"), now.whz_sd, past.whz_sd, _("lazimnya 0,8 sampai 1,3")),
    ]


def describe_visit(visit: Visit, doubts: dict[int, Doubt]) -> dict[str, Any]:
    """A row of the table: the visit, the one before, and in words what is odd."""
    words = {
        GrowthFinding.SHRUNK: _("lebih pendek dari sebelumnya"),
        GrowthFinding.LENGTH_JUMP: _("tinggi melonjak"),
        GrowthFinding.WEIGHT_JUMP: _("berat melonjak"),
        GrowthFinding.WEIGHT_LOSS: _("berat turun tajam"),
    }
    odd = [text for bit, text in words.items() if bit in visit.findings]
    if visit.is_flagged:
        odd.insert(0, _("z-score tidak wajar"))
    odd += name_doubts(doubts.get(visit.measurement.pk, Doubt(0)) & ~(Doubt.FLAGGED | Doubt.SHRUNK))
    return {"visit": visit.measurement, "before": visit.before, "odd": odd}
