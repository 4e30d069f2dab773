"""What is asked of a pace: another coverage of a service, with an effect that has a source or is one's own."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tumbuh.indicators.api import Change, make_change
from tumbuh.web.indicators.surveys import NumberField

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
