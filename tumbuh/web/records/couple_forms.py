"""Forms of bridal couples: who marries whom, and what became of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Scope
from tumbuh.records.api import Person, find_named
from tumbuh.web.records.fields import DayField
from tumbuh.web.records.life_forms import LifeForm
from tumbuh.web.records.pages import count_months

MARRIED, CALLED_OFF = "MARRIED", "CALLED_OFF"
GROWN_MONTHS = 9 * 12  # younger people have no couples in the register's views
OUTSIDE = "luar"


class CoupleForm(LifeForm):
    """A new couple: the person and somebody found by name in the desa, newly registered, or from elsewhere."""

    key = "catin"
    registered_on = DayField(label=_("Mendaftar pada"))
    planned_on = DayField(label=_("Rencana hari pernikahan"), required=False, is_future=True)
    partner_name = forms.CharField(
        label=_("Nama pasangan"), max_length=150, required=False,
        help_text=_("Dicari di desa ini. Kosongkan bila pasangannya tinggal di desa lain."),
    )  # fmt: skip
    partner_born = DayField(
        label=_("Tanggal lahir pasangan"), required=False,
        help_text=_("Isi hanya bila pasangannya belum terdaftar di desa ini dan hendak didaftarkan."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, person: Person, scope: Scope | None = None) -> None:
        super().__init__(data, person=person)
        self.found: list[Person] = []
        name = (data.get("partner_name", "").strip() if data else "")[:150]
        if name and scope is not None:
            self.offer(find_named(scope, person.desa_id, name, sex="M" if person.sex == "F" else "F"))

    def offer(self, people: list[Person]) -> None:
        """The people of that name, one of whom is chosen."""
        self.found = people
        names = [(str(one.public_id), f"{one.name}, {one.birth_date:%d-%m-%Y}") for one in people]
        choices = [*names, (OUTSIDE, gettext("Bukan orang-orang ini"))]
        self.fields["partner"] = forms.ChoiceField(
            label=gettext("Pasangannya"), choices=choices, required=False, widget=forms.RadioSelect
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        planned, registered = found.get("planned_on"), found.get("registered_on")
        if planned and registered and planned < registered:
            self.add_error("planned_on", gettext("Rencananya tidak dapat sebelum hari mendaftar."))
        if born := found.get("partner_born"):
            if registered and count_months(born, registered) < GROWN_MONTHS:
                self.add_error("partner_born", gettext("Tanggal lahir ini terlalu muda untuk calon pengantin."))
        elif not self.errors and found.get("partner_name") and not found.get("partner"):
            self.add_error("partner" if self.found else "partner_name", self.ask())
        return found

    def ask(self) -> str:
        if self.found:
            return gettext("Pilih pasangannya di daftar ini.")
        return gettext("Tidak ada yang bernama begitu di desa ini. Isi tanggal lahirnya, atau kosongkan namanya.")

    def get_partner(self) -> Person | None:
        """The one chosen from the list."""
        chosen = self.cleaned_data.get("partner", "")
        return next((one for one in self.found if str(one.public_id) == chosen), None)


class WeddingForm(LifeForm):
    """What became of a couple."""

    key = "nikah"
    how = forms.ChoiceField(label=_("Hasil"), choices=[(MARRIED, _("Menikah")), (CALLED_OFF, _("Batal menikah"))])
    ended_on = DayField(label=_("Tanggal"))
