"""What an official writes of a survey."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumbuh.indicators.api import SurveyDetails


class NumberField(forms.DecimalField):
    """A number with comma or point, as people here write it."""

    def __init__(self, label: Any, *, required: bool = False, help_text: Any = "", least: int = 0) -> None:
        super().__init__(
            label=label, required=required, help_text=help_text, min_value=Decimal(least), max_value=Decimal(100),
            max_digits=5, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SurveyForm(forms.Form):
    """A result with what it rests on; the same survey again is a correction, and the old row stays."""

    source = forms.CharField(label=_("Nama survei"), max_length=80, help_text=_("Misalnya SSGI 2024."))
    year = forms.IntegerField(label=_("Tahun survei"), min_value=1990, max_value=2100)
    month = forms.IntegerField(label=_("Bulan survei (1–12, boleh kosong)"), required=False, min_value=1, max_value=12)
    value = NumberField(_("Balita stunting (%)"), required=True)
    low = NumberField(_("Batas bawah selang 95 % (%)"), help_text=_("Kosongkan bila laporan tidak menyebutnya."))
    high = NumberField(_("Batas atas selang 95 % (%)"))
    sample = forms.IntegerField(
        label=_("Jumlah balita sampel"), required=False, min_value=1, max_value=10_000_000,
        help_text=_("Bila selang tidak disebut, selang kira-kira dihitung dari jumlah ini."),
    )  # fmt: skip
    design_effect = NumberField(_("Efek rancangan (deff)"), least=1)
    document = forms.CharField(label=_("Dokumen"), max_length=300, help_text=_("Judul laporan dan halamannya."))
    link = forms.URLField(label=_("Alamat dokumen di internet"), required=False, max_length=500, assume_scheme="https")
    note = forms.CharField(label=_("Catatan"), required=False, max_length=500)
    is_withdrawn = forms.BooleanField(
        label=_("Hasil ini dicabut (tulis alasannya di catatan)"), required=False
    )  # fmt: skip

    def make_details(self) -> SurveyDetails:
        """What was written, as the room takes it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "is_withdrawn"}
        return SurveyDetails(**kept)
