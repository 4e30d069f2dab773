"""The page of the pace: how likely each year's target is, and what another coverage of a service would do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.indicators.api import Change, Pace, Year, latest_month, read_pace, read_service_effects
from tumbuh.regions.api import Region, list_lineage
from tumbuh.web.indicators.outlook_chart import draw_pace
from tumbuh.web.indicators.pages import make_trail
from tumbuh.web.indicators.targets import list_targets
from tumbuh.web.indicators.what_if import OWN, WhatIfForm, say_text
from tumbuh.web.site.trend import COMPACT, WIDE
from tumbuh.web.templatetags.numbers import chance, count, percent, share
from tumbuh.web.verification.gates import get_region_or_404


@never_cache
@login_required
@require_safe
def pace(request: HttpRequest, code: str) -> HttpResponse:
    """One region's pace up to its newest month; at most twelve queries."""
    region = get_region_or_404(request, code)
    newest = latest_month(region.code)
    page: dict[str, Any] = {
        "region": region, "newest": newest,
        "trail": [*make_trail(list_lineage(region.code)), ("", _("Laju menuju target"))],
    }  # fmt: skip
    if newest is not None:
        services = read_service_effects(newest)
        form = WhatIfForm(request.GET if "layanan" in request.GET else None, services=services)
        targets = [(target.year, target.value) for target in list_targets(region)]
        change = form.make_change() if form.is_bound and form.is_valid() else None
        found = read_pace(region, newest, targets, change)
        page |= describe(region, found, change) | {"form": form, "assumption": tell_assumption(form, change)}
    return render(request, "indicators/pace.html", page)


def describe(region: Region, found: Pace, change: Change | None) -> dict[str, Any]:
    """What the template writes."""
    title = _("Laju stunting {place} menuju target").format(place=region.full_name)
    pictures = {name: draw_pace(found, size, title) for name, size in (("wide", WIDE), ("compact", COMPACT))}
    return {
        "pace": found,
        "sentence": tell_pace(region, found),
        "pictures": pictures,
        "change": change,
        "level": percent(100 * found.rules["level"], 0),
    }


def tell_pace(region: Region, found: Pace) -> SafeString:
    """The sentence to read aloud: the next target and the last."""
    place = region.full_name
    if not found.is_ready:
        return format_html(
            _("{place}: belum cukup data. Ada {have} bulan berisi angka; perlu {need} untuk membaca laju."),
            place=place, have=count(len(found.months)), need=count(found.rules["minimum_months"]),
        )  # fmt: skip
    if not found.years:
        return format_html(_("{place}: belum ada target tahunan di depan untuk dibandingkan."), place=place)
    first, last = found.years[0], found.years[-1]
    told = format_html(
        _("{place}: dengan laju sekarang peluang mencapai target {year} ({target}) {chance}"),
        place=place, year=first.year, target=percent(first.target), chance=_chance(first),
    )  # fmt: skip
    if last is first:
        return format_html("{}.", told)
    more = _("{told}, dan target {year} ({target}) {chance}.")
    return format_html(more, told=told, year=last.year, target=percent(last.target), chance=_chance(last))


def _chance(year: Year) -> SafeString:
    """A probability in steps of five points: it is not known more closely than that."""
    return format_html("<strong>{}</strong>", chance(year.pace.probability))


def tell_assumption(form: WhatIfForm, change: Change | None) -> list[str]:
    """What the what-if takes for granted, always beside its result."""
    if change is None:
        return []
    effect, found = change.effect, form.cleaned_data
    words = [
        _("Cakupan berubah dari {now} menjadi {then}.").format(now=share(change.now), then=share(change.then)),
        _(
            "Anak yang dilayani: stunting turun {drop} (selang 95 % {low} sampai {high}); menyentuh {concerned} balita."
        ).format(
            drop=share(1 - effect.ratio), low=share(1 - effect.high), high=share(1 - effect.low),
            concerned=share(effect.concerned),
        ),
        _("Dampaknya dianggap sudah penuh pada tiap akhir tahun; laju lainnya tetap."),
    ]  # fmt: skip
    if found["layanan"] == OWN:
        return [*words, _("Besar dampak adalah anggapan pemakai halaman ini, tanpa sumber.")]
    service = form.services[found["layanan"]]
    source = _("Sumber besar dampak: {document}.").format(document=service["document"])
    return [*words, f"{source} {say_text(service['note']).capitalize()}."]
