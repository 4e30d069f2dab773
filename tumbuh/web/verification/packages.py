"""One desa's package of a month: its quality, its rows, its way so far, and the steps that the viewer may take."""

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

from tumbuh.accounts.api import READ_PEOPLE, ROLES, Scope, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.api import find_rows
from tumbuh.verification.api import (
    HOLDS,
    RULES,
    Approval,
    DataSet,
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
    is_due,
    list_deadlines,
    list_open_cells,
    read_reasons,
    take_step,
)
from tumbuh.web.records.names import name_household
from tumbuh.web.verification.addresses import find_address
from tumbuh.web.verification.changes import find_since
from tumbuh.web.verification.entries import review_entries
from tumbuh.web.verification.gates import get_desa_or_404, list_tiers
from tumbuh.web.verification.recalls import describe_recalls
from tumbuh.web.verification.visits import review_visits
from tumbuh.web.verification.words import KINDS, show_value

# What a review shows of a data set, and on which page.
REVIEWS = {
    DataSet.GROWTH: (review_visits, "verification/package.html"),
    DataSet.SERVICES: (review_entries, "verification/services.html"),
}


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
def package(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """The review page; reading it is an event of the trail."""
    desa = get_desa_or_404(request, code)
    row = get_row(desa, month, data_set)
    scope = get_scope(request.user, READ_PEOPLE)
    is_whole = request.GET.get("semua") == "1"
    review, template = REVIEWS[data_set]
    shown = review(scope, row, month, is_whole=is_whole)
    record_event(
        by=request.user, action="records.month.read", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    tiers = list_tiers(request, desa)
    options = list_options(row, tiers)
    steps = describe_steps(row)
    page = {
        "region": desa,
        "month": month,
        "data_set": data_set,
        "holds": HOLDS[data_set],
        "row": row,
        "is_whole": is_whole,
        "cells": describe_cells(scope, row),
        "steps": steps,
        "since": find_since(row, [step for step, _role in steps]),
        "options": options,
        "may_return": any(option.rule.move == Move.RETURN for option in options),
        "reasons": list_reasons(),
        "may_clear": may_clear(row, tiers),
        "deadline": list_deadlines(month).get(row.owner) if row.owner and is_due(data_set, month) else None,
    }
    return render(request, template, shown | page | describe_recalls(row, tiers))


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


def describe_cells(scope: Scope, row: Row) -> list[dict[str, Any]]:
    """Cells that were sent back: whose, what stood there, what stands there now, the answer; a query for each kind."""
    cells = list_open_cells(row.package) if row.package else []
    reasons, rows = dict(list_reasons()), {}
    for kind in {cell.object_kind for cell in cells}:
        keys = [cell.object_id for cell in cells if cell.object_kind == kind]
        rows |= {(kind, key): found for key, found in find_rows(scope, kind, keys).items()}
    return [
        {
            "cell": cell,
            "whose": name_subject(rows.get((cell.object_kind, cell.object_id))),
            "field": KINDS[cell.object_kind].get(cell.field, cell.field),
            "now": show_value(rows.get((cell.object_kind, cell.object_id)), cell.field),
            "reason": reasons.get(cell.reason, cell.reason),
        }
        for cell in cells
    ]


def name_subject(row: Any) -> str:
    """Whose row it is: a person's or a household's; "" where it is gone."""
    if row is None:
        return ""
    return row.person.name if row.person else name_household(row.household)


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
def step(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """One step of the package as a whole; what speaks against it is said on its page."""
    desa = get_desa_or_404(request, code)
    try:
        wish, approval = read_wish(request)
        version = request.POST.get("versi", "")
        take_step(
            by=request.user, region=desa, month=month, wish=wish, approval=approval, data_set=data_set,
            version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
        messages.success(request, _("Langkah “%(move)s” dicatat.") % {"move": wish.move.label})
    except ValueError:
        messages.error(request, _("Langkah itu tidak dikenal. Muat ulang halaman ini."))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("package", data_set, code, month))


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
def meet_condition(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """The package's condition is met, with the words on how; a package without one stays as it is."""
    desa = get_desa_or_404(request, code)
    held = get_row(desa, month, data_set).package
    try:
        if held is not None:
            clear_condition(by=request.user, package=held, reason=request.POST.get("alasan", ""))
            messages.success(request, _("Syarat terpenuhi"))
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("package", data_set, code, month))
