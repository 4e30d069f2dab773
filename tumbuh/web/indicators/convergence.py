"""What the target groups of a region were due and received: the complete package, services, regions below."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tumbuh.accounts.api import READ_FIGURES, READ_PEOPLE
from tumbuh.engines.convergence.api import EVERYBODY, PACKAGES, read_content
from tumbuh.indicators.api import (
    Coverage,
    average_share,
    list_complete_below,
    list_complete_trend,
    list_coverage,
)
from tumbuh.regions.api import Level, Region, list_lineage, list_regions
from tumbuh.verification.api import get_status
from tumbuh.web.indicators.pages import make_trail, say
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count, percent

DATA_SET = "services"


@login_required
@require_safe
def convergence(request: HttpRequest, code: str) -> HttpResponse:
    """One region's convergence in one month, for those who may read its figures."""
    lineage = list_lineage(code)
    if not lineage or not may(request, READ_FIGURES, lineage[-1].pk):
        raise Http404
    region = lineage[-1]
    trend = list_complete_trend(region)
    page: dict[str, Any] = {"region": region, "trail": [*make_trail(lineage), ("", gettext("Konvergensi layanan"))]}
    if not trend:
        return render(request, "indicators/convergence.html", page)
    months = [one.month for one in reversed(trend)]
    month = choose(months, request.GET.get("bulan", ""))
    coverage = list_coverage(region, month)
    page |= {
        "month": month,
        "months": months,
        "sentence": read_aloud(region, coverage),
        "groups": list_groups(coverage),
        "below": list_below(region, month),
        "level_below": Level(region.level + 1).label if region.level < Level.DESA else "",
        "status": get_status(region, month, data_set=DATA_SET),
        "may_read_people": region.level == Level.DESA and may(request, READ_PEOPLE, region.pk),
    }
    return render(request, "indicators/convergence.html", page)


def choose(months: list[date], asked: str) -> date:
    """The month asked for among those with figures, else the newest; 404 for another."""
    found = next((month for month in months if f"{month:%Y-%m}" == asked), None) if asked else months[0]
    if found is None:
        raise Http404
    return found


def find_complete(coverage: list[Coverage], group: str = EVERYBODY) -> Coverage | None:
    return next((one for one in coverage if (one.target_group, one.service) == (group, EVERYBODY)), None)


def read_aloud(region: Region, coverage: list[Coverage]) -> str:
    """One sentence: the complete share beside the average, and the service that alone completes most."""
    whole = find_complete(coverage)
    if whole is None:
        return gettext("%(region)s: belum ada layanan yang jatuh tempo.") % {"region": region.full_name}
    said = gettext(
        "%(region)s: %(share)s sasaran lengkap layanannya (%(received)s dari %(due)s); rata-rata layanan %(average)s."
    ) % {
        "region": region.full_name, "share": percent(whole.share), "received": count(whole.received),
        "due": count(whole.due), "average": percent(average_share(coverage)),
    }  # fmt: skip
    best = max((one for one in coverage if one.service != EVERYBODY), key=lambda one: one.only_missing, default=None)
    if best is not None and best.only_missing:
        titles = {rule.service.code: say(rule.service.title) for rule in read_content().rules}
        said += " " + gettext("%(service)s saja sudah melengkapi %(people)s orang.") % {
            "service": titles.get(best.service, best.service), "people": count(best.only_missing)}  # fmt: skip
    return said


def list_groups(coverage: list[Coverage]) -> list[dict[str, Any]]:
    """Each target group with its complete package and its services, in the order of the definitions."""
    content = read_content()
    found = {(one.target_group, one.service): one for one in coverage}
    groups = []
    for group in content.groups:
        rules = [rule for rule in content.rules if rule.group.code == group.code and rule.key in found]
        lines = [
            {
                "title": say(rule.service.title),
                "package": say(PACKAGES[rule.service.package]),
                "is_beside": not rule.service.in_package,
                "coverage": found[rule.key],
            }
            for rule in sorted(rules, key=lambda rule: rule.service.order)
        ]
        if lines:
            groups.append({"title": say(group.title), "code": group.code, "lines": lines,
                           "complete": found.get((group.code, EVERYBODY))})  # fmt: skip
    return groups


def list_below(region: Region, month: date) -> list[dict[str, Any]]:
    """The regions right below, the lowest complete share first; those without data last."""
    found = {one.region_id: one for one in list_complete_below(region, month)}
    if region.level >= Level.DESA:
        return []
    places = list_regions(within=region.code, level=Level(region.level + 1))
    lines = [{"region": place, "complete": found.get(place.pk)} for place in places]
    return sorted(
        lines, key=lambda line: (line["complete"] is None, (line["complete"] and line["complete"].share) or 0)
    )
