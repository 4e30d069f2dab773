"""Where a region's desa stand in a month, who is late, approving many at once; and the deadlines."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumbuh.accounts.api import MANAGE_DEADLINES, get_scope
from tumbuh.indicators.api import latest_month
from tumbuh.regions.api import Level, Region, list_children
from tumbuh.verification.api import (
    HOLDS,
    DataSet,
    Row,
    Tier,
    VerificationError,
    is_due,
    list_deadlines,
    list_due_from,
    list_late,
    list_rows,
    list_rules_on,
    set_deadline,
    summarise,
    verify_all,
)
from tumbuh.web.indicators.figures import list_months
from tumbuh.web.site.viewer import list_my_regions
from tumbuh.web.verification.addresses import find_address
from tumbuh.web.verification.gates import get_region_or_404, list_tiers

STATEMENT = "Saya menyatakan telah memeriksa data ini dan bertanggung jawab atas kebenarannya."


@dataclass(frozen=True)
class Part:
    """A region below with how many of its desa each tier has passed."""

    region: Region
    counts: list[int]
    late: int


@never_cache
@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """On to the board of the first of the viewer's regions, in the newest month with data."""
    regions = list_my_regions(request)
    if not regions:
        raise Http404
    region = regions[0]
    month = latest_month(region.code) or timezone.localdate().replace(day=1)
    return redirect("board", region.code, month)


@never_cache
@login_required
@require_safe
def board(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """Of a data set: one line a desa below a kecamatan, one a region above it; at most twelve queries."""
    region = get_region_or_404(request, code)
    rows = list_rows(region, month, data_set)
    late = {row.region.pk for row in list_late(rows, month, data_set)}
    is_fine = region.level >= Level.KECAMATAN
    page = {
        "region": region,
        "month": month,
        "data_set": data_set,
        "holds": HOLDS[data_set],
        "data_sets": list(DataSet),
        "months": list_months(latest_month() or month)[::-1],
        "status": summarise(rows),
        "rows": rows if is_fine else [],
        "late": late,
        "parts": [] if is_fine else list_parts(region, rows, late),
        "deadlines": list_deadlines(month) if is_due(data_set, month) else {},
        "tiers": list(Tier),
        "waiting": list_waiting_here(request, region, rows),
        "statement": _(STATEMENT),
    }
    return render(request, "verification/board.html", page)


def list_parts(region: Region, rows: list[Row], late: set[int]) -> list[Part]:
    """The regions directly below, each with its desa counted by the tiers that they have passed."""
    parts = []
    for child in list_children(region):
        low, high = child.span
        mine = [row for row in rows if low <= row.region.pk <= high]
        passed = Counter(row.passed for row in mine)
        counts = [passed[number] for number in range(5)]
        parts.append(Part(child, counts, sum(row.region.pk in late for row in mine)))
    return parts


def list_waiting_here(request: HttpRequest, region: Region, rows: list[Row]) -> list[tuple[Tier, int]]:
    """(tier, packages) that wait for the viewer here, for approving all at once; the desa's own are sent singly."""
    tiers = [tier for tier in list_tiers(request, region) if tier != Tier.DESA]
    counted = [(tier, sum(row.owner == tier and row.package is not None for row in rows)) for tier in tiers]
    return [(tier, count) for tier, count in counted if count]


@login_required
@require_POST
def approve_all(request: HttpRequest, code: str, month: date, data_set: DataSet) -> HttpResponse:
    """Everything that waits for the viewer's tier in the region, with a declaration."""
    region = get_region_or_404(request, code)
    tiers = [tier for tier in list_tiers(request, region) if tier != Tier.DESA]
    if not tiers:
        raise Http404
    asked = request.POST.get("tingkat", "")
    tier = next((tier for tier in tiers if str(int(tier)) == asked), tiers[0])
    statement = _(STATEMENT) if request.POST.get("pernyataan") else ""
    exception = request.POST.get("pengecualian", "")
    try:
        steps = verify_all(
            by=request.user, region=region, month=month, tier=tier, statement=statement, exception=exception,
            data_set=data_set,
        )  # fmt: skip
        told = {"count": len(steps), "data": data_set.label}
        messages.success(request, _("%(count)d paket disetujui: %(data)s.") % told)
    except VerificationError as error:
        messages.error(request, str(error))
    return redirect(find_address("board", data_set, code, month))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: HttpRequest) -> HttpResponse:
    """Until when each tier is due, and for those who may, setting it."""
    may_set = bool(get_scope(request.user, MANAGE_DEADLINES).spans)
    month = timezone.localdate().replace(day=1)
    if request.method == "POST":
        if not may_set:
            raise Http404
        change_deadline(request, month)
        return redirect("deadlines")
    due, rules = list_deadlines(month), list_rules_on(month)
    rows = [(tier, due[tier], rules[tier]) for tier in Tier]
    page = {
        "rows": rows, "month": month, "may_set": may_set, "tiers": list(Tier), "due_from": list_due_from(),
    }  # fmt: skip
    return render(request, "verification/deadlines.html", page)


def change_deadline(request: HttpRequest, month: date) -> None:
    """Take the form's word; what is wrong with it is said on the page."""
    values = {name: request.POST.get(name, "") for name in ("tingkat", "hari", "alasan")}
    tiers = [tier for tier in Tier if str(int(tier)) == values["tingkat"]]
    if not tiers or not values["hari"].isdecimal():
        messages.error(request, _("Pilih tingkat dan tulis hari tenggat sebagai angka."))
        return
    try:
        set_deadline(by=request.user, tier=tiers[0], day=int(values["hari"]), valid_from=month, reason=values["alasan"])
        messages.success(request, _("Tenggat disimpan dan berlaku mulai bulan ini."))
    except VerificationError as error:
        messages.error(request, str(error))
