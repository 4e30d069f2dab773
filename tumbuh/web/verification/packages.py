"""One desa's package of a month: its quality, its rows, its way so far, and the steps that the viewer may take."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import READ_PEOPLE, ROLES, get_scope
from tumbuh.audit.api import record_event
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
from tumbuh.verification.api import (
    RULES,
    Approval,
    Move,
    Row,
    Rule,
    State,
    Step,
    Tier,
    VerificationError,
    Wish,
    clear_condition,
    get_row,
    list_deadlines,
    list_open_cells,
    read_reasons,
    take_step,
)
from tumbuh.web.indicators.figures import list_months
from tumbuh.web.indicators.signs import name_doubts, read_grade
from tumbuh.web.verification.changes import find_since
from tumbuh.web.verification.gates import get_desa_or_404, list_tiers
from tumbuh.web.verification.recalls import describe_recalls
from tumbuh.web.verification.words import FIELDS, show_value

SAMPLE = 10  # rows to check besides the odd ones
MOST_ROWS = 600


@dataclass(frozen=True)
class Option:
    """A step that the viewer may take: the rule and where it can lead."""

    rule: Rule
    targets: list[State]

    @property
    def name(self) -> str:
        return f"{self.rule.move}-{int(self.rule.tier)}"


@never_cache
@login_required
@require_safe
def package(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """The review page; reading it is an event of the trail."""
    desa = get_desa_or_404(request, code)
    row = get_row(desa, month)
    scope = get_scope(request.user, READ_PEOPLE)
    visits = list_month_visits(scope, desa.pk, month)
    before = list_months(month, 2)[0]
    past = read_quality(scope, desa.pk, before, list_month_visits(scope, desa.pk, before))
    quality = read_quality(scope, desa.pk, month, visits)
    doubts = find_month_doubts(scope, desa.pk, month)
    record_event(
        by=request.user, action="records.month.read", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    tiers = list_tiers(request, desa)
    options = list_options(row, tiers)
    steps = describe_steps(row)
    is_whole = request.GET.get("semua") == "1"
    page = {
        "region": desa,
        "month": month,
        "row": row,
        "picture": compare(quality, past, count_duplicates(scope, desa.pk)),
        "measuring": read_grade(desa, month),
        "visits": [
            describe_visit(visit, doubts) for visit in (visits[:MOST_ROWS] if is_whole else pick(visits, row, month))
        ],
        "total": len(visits),
        "is_whole": is_whole,
        "cells": describe_cells(row, visits),
        "steps": steps,
        "since": find_since(row, [step for step, _role in steps]),
        "options": options,
        "may_return": any(option.rule.move == Move.RETURN for option in options),
        "reasons": list_reasons(),
        "fields": FIELDS,
        "may_clear": bool(
            row.package and row.package.condition and max(tiers, default=0) >= row.package.condition_tier
        ),
        "deadline": list_deadlines(month).get(row.owner) if row.owner else None,
    }
    return render(request, "verification/package.html", page | describe_recalls(row, tiers))


def may_clear(row: Row, tiers: list[Tier]) -> bool:
    """Whether the viewer can say that the package's condition is met: its tier or one above."""
    held = row.package
    return held is not None and held.condition_tier is not None and max(tiers, default=0) >= held.condition_tier


def list_options(row: Row, tiers: list[Tier]) -> list[Option]:
    """What the viewer may do with the package as it stands."""
    return [
        Option(rule, list(rule.targets))
        for rule in RULES
        if rule.tier in tiers and row.state in rule.sources and not rule.is_by_system
    ]


def pick(visits: list[Visit], row: Row, month: date) -> list[Visit]:
    """Every odd visit and a sample of the others: the same one each time for the same state of the package."""
    version = row.package.version if row.package else 0
    others = [visit for visit in visits if not visit.is_odd]
    drawn = random.Random(f"{row.region.pk} {month} {version}").sample(others, min(SAMPLE, len(others)))  # noqa: S311
    chosen = {id(visit) for visit in drawn}
    return [visit for visit in visits if visit.is_odd or id(visit) in chosen]


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


def describe_cells(row: Row, visits: list[Visit]) -> list[dict[str, Any]]:
    """Cells that were sent back: the child, what stood there, what stands there now, the answer."""
    if row.package is None:
        return []
    by_id = {visit.measurement.pk: visit.measurement for visit in visits}
    reasons = dict(list_reasons())
    return [
        {
            "cell": cell,
            "person": by_id[cell.object_id].person if cell.object_id in by_id else None,
            "field": FIELDS.get(cell.field, cell.field),
            "now": show_value(by_id[cell.object_id], cell.field) if cell.object_id in by_id else "",
            "reason": reasons.get(cell.reason, cell.reason),
        }
        for cell in list_open_cells(row.package)
    ]


def describe_steps(row: Row) -> list[tuple[Step, str]]:
    """The package's way so far: each step with the role by which it was taken, in words ("" where it is not known)."""
    steps = row.package.steps.select_related("by") if row.package else []
    return [(step, _(ROLES[step.role].label) if step.role in ROLES else step.role) for step in steps]


def list_reasons() -> list[tuple[str, str]]:
    """(code, words) of the reasons for sending back, in the reader's language."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return [(code, words[language]) for code, words in read_reasons().items()]


@login_required
@require_POST
def step(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """One step of the package as a whole; what speaks against it is said on its page."""
    desa = get_desa_or_404(request, code)
    try:
        wish, approval = read_wish(request)
        version = request.POST.get("versi", "")
        take_step(
            by=request.user, region=desa, month=month, wish=wish, approval=approval,
            version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
        messages.success(request, _("Langkah “%(move)s” dicatat.") % {"move": wish.move.label})
    except ValueError:
        messages.error(request, _("Langkah itu tidak dikenal. Muat ulang halaman ini."))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect("package", code, month)


def read_wish(request: HttpRequest) -> tuple[Wish, Approval]:
    """What the form asks for; ValueError when it names no step."""
    move, _dash, tier = request.POST.get("langkah", "").partition("-")
    target = request.POST.get("tujuan", "")
    due = request.POST.get("syarat_sampai", "")
    approval = Approval(
        condition=request.POST.get("syarat", ""), condition_due=date.fromisoformat(due) if due else None
    )
    return (
        Wish(
            Move(move), Tier(int(tier)), State(target) if target else None, request.POST.get("alasan", ""),
            request.POST.get("pengecualian", ""),
        ),
        approval,
    )  # fmt: skip


@login_required
@require_POST
def meet_condition(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """The package's condition is met, with the words on how; a package without one stays as it is."""
    desa = get_desa_or_404(request, code)
    held = get_row(desa, month).package
    try:
        if held is not None:
            clear_condition(by=request.user, package=held, reason=request.POST.get("alasan", ""))
            messages.success(request, _("Syarat terpenuhi"))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect("package", code, month)
