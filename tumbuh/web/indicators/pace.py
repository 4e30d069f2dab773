"""The page of the pace: how likely each year's target is, and what another coverage of a service would do."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tumbuh.indicators.api import Change, Pace, Year, latest_month, make_change, read_pace, read_service_effects
from tumbuh.regions.api import Region, list_lineage
from tumbuh.web.indicators.outlook_chart import draw_pace
from tumbuh.web.indicators.pages import make_trail
from tumbuh.web.indicators.surveys import NumberField
from tumbuh.web.indicators.targets import list_targets
from tumbuh.web.site.trend import COMPACT, WIDE
from tumbuh.web.templatetags.numbers import chance, count, percent, share
from tumbuh.web.verification.gates import get_region_or_404

OWN = "own"


class WhatIfForm(forms.Form):
    """A service, its coverage now and then; an own assumption says its effect with an interval."""

    layanan = forms.ChoiceField(label=gettext_lazy("Layanan"))
    kini = NumberField(gettext_lazy("Cakupan sekarang (%)"), required=True)
    nanti = NumberField(gettext_lazy("Cakupan nanti (%)"), required=True)
    turun = NumberField(
        gettext_lazy("Anggapan sendiri: stunting turun berapa persen pada anak yang dilayani"),
        help_text=gettext_lazy("Hanya bila layanan “anggapan sendiri” dipilih."),
    )
    turun_min = NumberField(gettext_lazy("paling sedikit (%)"))
    turun_maks = NumberField(gettext_lazy("paling banyak (%)"))
    kena = NumberField(gettext_lazy("bagian balita yang tersentuh layanan ini (%)"))

    def __init__(self, *args: Any, services: list[dict[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.services = {service["code"]: service for service in services}
        named = [(code, say_text(service["title"])) for code, service in self.services.items()]
        self.fields["layanan"].choices = [*named, (OWN, _("anggapan sendiri"))]

    def clean(self) -> dict[str, Any]:
        """An own assumption needs its effect, bounds around it, and whom it concerns."""
        found = super().clean() or {}
        names = ("turun", "turun_min", "turun_maks", "kena")
        if found.get("layanan") == OWN and not self.errors:
            if any(found.get(name) is None for name in names):
                raise forms.ValidationError(
                    _("Anggapan sendiri memerlukan turunnya, rentangnya, dan bagian balitanya.")
                )
            if not found["turun_min"] <= found["turun"] <= found["turun_maks"] < 100:
                raise forms.ValidationError(_("Turunnya harus di dalam rentangnya, dan di bawah 100 %."))
        return found

    def make_change(self) -> Change:
        """What is asked, as the room takes it."""
        found = self.cleaned_data
        if found["layanan"] == OWN:
            held = {
                "ratio": 1 - float(found["turun"]) / 100, "low": 1 - float(found["turun_maks"]) / 100,
                "high": 1 - float(found["turun_min"]) / 100, "concerned": float(found["kena"]) / 100,
            }  # fmt: skip
        else:
            service = self.services[found["layanan"]]
            held = {name: service[name] for name in ("ratio", "low", "high", "concerned")}
        return make_change(**held, now=float(found["kini"]) / 100, then=float(found["nanti"]) / 100)


def say_text(text: dict[str, str]) -> str:
    """A definition's words in the page's language."""
    return text["en" if (get_language() or "id").startswith("en") else "id"]


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
