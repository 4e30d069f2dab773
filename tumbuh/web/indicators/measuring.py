"""How well children were measured: grades of posyandu and recorders, and the visits behind a sign."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_PEOPLE, get_scope
from tumbuh.audit.api import record_event
from tumbuh.indicators.api import Graded, read_measuring
from tumbuh.regions.api import Level, Region, list_children, list_lineage
from tumbuh.web.indicators.figures import list_months
from tumbuh.web.indicators.pages import make_trail
from tumbuh.web.indicators.signs import describe_rows, list_worst, name_signs
from tumbuh.web.indicators.two_numbers import find_month
from tumbuh.web.site.viewer import may
from tumbuh.web.verification.gates import get_desa_or_404, get_region_or_404

MOST_ROWS = 300


@never_cache
@login_required
@require_safe
def measuring(request: HttpRequest, code: str) -> HttpResponse:
    """The grades of a region in a month; at most twelve queries."""
    region = get_region_or_404(request, code)
    month, newest = find_month(request, region)
    page: dict[str, Any] = {
        "region": region, "month": month, "months": list_months(newest)[::-1] if newest else [],
        "trail": [*make_trail(list_lineage(region.code)), ("", _("Mutu pengukuran"))],
    }  # fmt: skip
    if region.level == Level.PROVINSI:
        page["choices"] = list_children(region)
    elif month is not None:
        page |= describe(request, region, month)
    return render(request, "indicators/measuring.html", page)


def describe(request: HttpRequest, region: Region, month: date) -> dict[str, Any]:
    """What the template writes of a month."""
    found = read_measuring(region, month)
    names = {place.pk: place for place in list_children(region)} if found.parts else {}
    may_read = may(request, READ_PEOPLE, region.pk)
    return {
        "whole": found.whole,
        "signs": name_signs(found.whole, found.rules),
        "rules": found.rules,
        "parts": [(names[one.key], describe_line(one, found.rules)) for one in found.parts if one.key in names],
        "posyandu": [describe_line(one, found.rules) for one in found.posyandu],
        "recorders": [describe_line(one, found.rules) for one in found.recorders],
        "is_desa": region.level == Level.DESA,
        "may_read": may_read,
        "letters": count_letters(found.posyandu),
    }


def describe_line(one: Graded, rules: dict[str, Any]) -> dict[str, Any]:
    return {"one": one, "worst": list_worst(one.now, rules)}


def count_letters(posyandu: list[Graded]) -> list[tuple[str, int]]:
    """How many posyandu have each grade, those without one last."""
    letters = [one.now.letter or "" for one in posyandu]
    return [(letter, letters.count(letter)) for letter in ("A", "B", "C", "D", "") if letter in letters]


@never_cache
@login_required
@require_safe
def measuring_rows(request: HttpRequest, code: str) -> HttpResponse:
    """The visits of a desa's month behind the signs, of one posyandu if asked; reading them is in the trail."""
    desa = get_desa_or_404(request, code)
    month, _newest = find_month(request, desa)
    if month is None:
        return redirect("measuring", code)
    posyandu, sign = request.GET.get("posyandu", ""), request.GET.get("tanda", "")
    rows, names = describe_rows(get_scope(request.user, READ_PEOPLE), desa, month, posyandu, sign)
    record_event(
        by=request.user, action="records.month.read", object_kind="region", object_id=desa.code, region_id=desa.pk
    )
    page = {
        "region": desa, "month": month, "rows": rows[:MOST_ROWS], "total": len(rows), "names": names, "sign": sign,
        "posyandu": posyandu,
        "trail": [
            *make_trail(list_lineage(desa.code)), (f"/wilayah/{desa.code}/mutu", _("Mutu pengukuran")),
            ("", _("Baris")),
        ],
    }  # fmt: skip
    return render(request, "indicators/measuring_rows.html", page)
