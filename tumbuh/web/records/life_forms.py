"""Forms for what happens in a life: a pregnancy, its end, a check, what holds, a couple, leaving."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.engines.convergence.api import Code, read_content
from tumbuh.records.api import LOST_DAYS, TERM_DAYS, Leaving, Outcome, Person, Pregnancy, Sex
from tumbuh.web.records.fields import LIMITS, DayField, NumberField, make_number
from tumbuh.web.records.pages import CHART_MONTHS, count_months
from tumbuh.web.records.work import say

CHILDREN = 3  # of one birth, on one form
CHILD_GROUPS = ("CHILD_0_23", "CHILD_24_59")
YES_NO: list[tuple[str, str | Promise]] = [("", _("Tidak ditanya")), ("ya", _("Ya")), ("tidak", _("Tidak"))]


class LifeForm(forms.Form):
    """A form about one person; `key` makes its fields' ids their own on a page with several forms."""

    key = ""

    def __init__(self, data: Any = None, *, person: Person) -> None:
        self.person = person
        super().__init__(data, auto_id=f"{self.key}_%s")


class PregnancyForm(LifeForm):
    """A new pregnancy, with the arm and the blood if they were looked at."""

    key = "hamil"
    started_on = DayField(label=_("Hari pertama haid terakhir (HPHT)"), required=False)
    due_on = DayField(
        label=_("Hari perkiraan lahir (HPL)"), required=False, is_future=True,
        help_text=_("Cukup satu dari keduanya; yang lain dihitung."),
    )  # fmt: skip
    number = forms.IntegerField(label=_("Kehamilan ke"), required=False, min_value=1, max_value=20)
    is_risky = forms.BooleanField(label=_("Berisiko tinggi menurut tenaga kesehatan"), required=False)
    checked_on = DayField(label=_("Diperiksa pada"), required=False)
    muac_cm = make_number("muac_cm", _("LiLA (cm)"))
    hb_g_dl = make_number("hb_g_dl", _("Hb (g/dl)"))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and not found["started_on"]:
            if not found["due_on"]:
                self.add_error("started_on", gettext("Isi HPHT, atau HPL di bawahnya."))
                return found
            found["started_on"] = found["due_on"] - timedelta(days=TERM_DAYS)
        if not self.errors and (timezone.localdate() - found["started_on"]).days > LOST_DAYS:
            words = gettext("Lebih dari %(weeks)d minggu lalu. Catat persalinannya, bukan kehamilannya.")
            self.add_error("started_on", words % {"weeks": LOST_DAYS // 7})
        if not self.errors and found["due_on"]:
            span = (found["due_on"] - found["started_on"]).days
            if not 0 < span <= LOST_DAYS:
                self.add_error("due_on", gettext("HPL ini tidak cocok dengan HPHT: jaraknya sekitar 40 minggu."))
        if (found.get("muac_cm") or found.get("hb_g_dl")) and not found.get("checked_on"):
            self.add_error("checked_on", gettext("Isi hari pemeriksaannya."))
        return found


class PregnancyCorrectionForm(LifeForm):
    """The newest pregnancy with another first day or risk, and how that is known; `pregnancy` is set by the page."""

    key = "hpht"
    started_on = DayField(label=_("Hari pertama haid terakhir (HPHT)"))
    is_risky = forms.BooleanField(label=_("Berisiko tinggi menurut tenaga kesehatan"), required=False)
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, error_messages={"required": _("Tulis dari mana yang benar diketahui.")},
        help_text=_("Dari mana data yang benar diketahui. Disimpan dalam jejak kerja; jangan menulis nama atau NIK."),
    )  # fmt: skip

    def fill(self, pregnancy: Pregnancy) -> None:
        """What stands there now."""
        self.pregnancy = pregnancy
        self.initial = {"started_on": pregnancy.started_on, "is_risky": pregnancy.is_risky}


class BirthForm(LifeForm):
    """How a pregnancy ended, and the children born alive."""

    key = "lahir"
    ended_on = DayField(label=_("Tanggal lahir atau berakhirnya kehamilan"))
    outcome = forms.ChoiceField(label=_("Hasil"))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, person=person)
        self.fields["outcome"].choices = [(one.value, gettext(one.label)) for one in Outcome]
        sexes = [("", "–"), *((one.value, gettext(one.label)) for one in Sex)]
        for number in range(1, CHILDREN + 1):
            place = {"n": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=gettext("Nama anak %(n)s") % place, max_length=150, required=False,
                help_text=gettext("Belum bernama: tulis BAYI NY. dan nama ibunya.") if number == 1 else "",
            )  # fmt: skip
            self.fields[f"sex_{number}"] = forms.ChoiceField(
                label=gettext("Jenis kelamin anak %(n)s") % place, choices=sexes, required=False
            )
            weight, length = gettext("Berat lahir anak %(n)s (kg)"), gettext("Panjang lahir anak %(n)s (cm)")
            self.fields[f"weight_{number}"] = make_number("birth_weight_kg", weight % place)
            self.fields[f"length_{number}"] = make_number("birth_length_cm", length % place)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        children = self.list_children()
        for number, child in children:
            for field, words in (("name", gettext("Tulis namanya.")), ("sex", gettext("Pilih jenis kelaminnya."))):
                if not child[field]:
                    self.add_error(f"{field}_{number}", words)
        if found.get("outcome") == Outcome.LIVE and not children:
            self.add_error("name_1", gettext("Lahir hidup: tulis anak yang lahir."))
        if found.get("outcome") in (Outcome.STILL, Outcome.LOSS) and children:
            self.add_error(
                "name_1", gettext("Hanya anak lahir hidup yang didaftarkan. Kosongkan, atau ganti hasilnya.")
            )
        return found

    def list_children(self) -> list[tuple[int, dict[str, Any]]]:
        """Number and content of each child of whom anything is written."""
        children = []
        for number in range(1, CHILDREN + 1):
            fields = ("name", "sex", "weight", "length")
            child = {field: self.cleaned_data.get(f"{field}_{number}") for field in fields}
            if any(child.values()):
                children.append((number, child))
        return children


class CheckForm(LifeForm):
    """A grown-up's check on one day."""

    key = "periksa"
    checked_on = DayField(label=_("Diperiksa pada"))
    weight_kg = NumberField(*LIMITS["grown_weight_kg"], label=_("Berat (kg)"))
    height_cm = make_number("height_cm", _("Tinggi (cm)"))
    muac_cm = make_number("muac_cm", _("LiLA (cm)"))
    hb_g_dl = make_number("hb_g_dl", _("Hb (g/dl)"))
    smoke = forms.ChoiceField(label=_("Merokok atau serumah dengan perokok"), choices=YES_NO, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        found["smoke"] = read_answer(found.get("smoke", ""))
        values = (found.get(name) for name in ("weight_kg", "height_cm", "muac_cm", "hb_g_dl", "smoke"))
        if not self.errors and all(value is None for value in values):
            self.add_error(None, gettext("Isi sedikitnya satu hasil pemeriksaan."))
        return found


class StatementForm(LifeForm):
    """What holds of the person and the household from a day on."""

    key = "keterangan"
    stated_on = DayField(label=_("Berlaku sejak"))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, person=person)
        for code in read_content().codes.values():
            if code.kind == "STATEMENT" and is_asked(code, person):
                self.fields[code.code] = forms.ChoiceField(label=say(code.title), choices=YES_NO, required=False)

    def list_answers(self) -> list[tuple[str, bool]]:
        answers = [(name, read_answer(value)) for name, value in self.cleaned_data.items() if name != "stated_on"]
        return [(name, value) for name, value in answers if value is not None]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and not self.list_answers():
            self.add_error(None, gettext("Jawab sedikitnya satu dengan ya atau tidak."))
        return found


class LeavingForm(LifeForm):
    """Why and on which day somebody left."""

    key = "pergi"
    left_on = DayField(label=_("Tanggal"))
    reason = forms.ChoiceField(label=_("Sebab"))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, person=person)
        self.fields["reason"].choices = [(one.value, gettext(one.label)) for one in Leaving]


class ReturnForm(LifeForm):
    """Somebody who had left is there again: nothing to fill in."""

    key = "kembali"


def is_asked(code: Code, person: Person) -> bool:
    """Whether the statement makes sense: a household's needs one, a child's a child."""
    if code.holder == "HOUSEHOLD":
        return person.household_id is not None
    is_child = count_months(person.birth_date, timezone.localdate()) < CHART_MONTHS
    return is_child or any(group not in CHILD_GROUPS for group in code.groups)


def read_answer(text: str) -> bool | None:
    return {"ya": True, "tidak": False}.get(text)
