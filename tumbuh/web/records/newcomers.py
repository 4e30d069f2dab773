"""Taking somebody new into the register of a desa, once it is sure that they are not there already."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.records.api import (
    CERTAIN,
    Match,
    Person,
    PersonRow,
    Sex,
    SourceBatch,
    enrol_people,
    list_desa_months,
    match_people,
)
from tumbuh.regions.api import Region
from tumbuh.web.records.day_choice import list_posyandus
from tumbuh.web.records.fields import DayField
from tumbuh.web.records.gates import get_desa_to_record
from tumbuh.web.records.once import RefusedError, make_token, save_once
from tumbuh.web.records.pages import count_months

SAME, OTHER = "sama", "lain"
MOTHER_MONTHS = 15 * 12  # a woman of that age is the one by whom a household without a KK number is known
DIGITS = _("Tulis 16 angka, atau kosongkan.")
ANSWERS = {
    Match.NIK_OTHER_DESA: _(
        "NIK ini terdaftar di desa lain. Minta desa itu mencatat kepindahannya, atau kirim lewat Data masuk supaya "
        "diputuskan di sana."
    ),
    Match.NIK_OTHER_IDENTITY: _("NIK ini milik orang lain dalam daftar. Periksa NIK-nya, atau kosongkan dulu."),
    Match.NIK_DIFFERS: _(
        "Orang dengan nama, tanggal lahir dan jenis kelamin itu sudah terdaftar dengan NIK lain. Periksa NIK-nya."
    ),
    Match.SEVERAL: _("Ada beberapa orang dengan nama dan tanggal lahir itu. Isi NIK-nya supaya jelas yang mana."),
}


class PersonForm(forms.Form):
    """Who it is, and the household."""

    name = forms.CharField(label=_("Nama"), max_length=150, error_messages={"required": _("Tulis namanya.")})
    sex = forms.ChoiceField(label=_("Jenis kelamin"))
    birth_date = DayField(label=_("Tanggal lahir"))
    nik = forms.RegexField(r"^\d{16}$", label=_("NIK"), required=False, error_messages={"invalid": DIGITS})
    kk = forms.RegexField(r"^\d{16}$", label=_("Nomor KK"), required=False, error_messages={"invalid": DIGITS})
    posyandu = forms.ChoiceField(label=_("Posyandu"), required=False)
    mother_name = forms.CharField(
        label=_("Nama ibu"), max_length=150, required=False, help_text=_("Untuk anak dan remaja.")
    )
    address = forms.CharField(label=_("Alamat"), max_length=300, required=False)
    rt = forms.CharField(label=_("RT"), max_length=5, required=False)
    rw = forms.CharField(label=_("RW"), max_length=5, required=False)

    def __init__(self, data: Any = None, *, desa: Region) -> None:
        super().__init__(data, auto_id="orang_%s")
        self.fields["sex"].choices = [(one.value, gettext(one.label)) for one in reversed(Sex)]
        self.fields["posyandu"].choices = [("", "–"), *list_posyandus(desa)[1:-1]]

    def ask(self, found: Person) -> None:
        """Whether it is somebody whose name is nearly the same."""
        words = gettext("Sama dengan %(name)s, lahir %(day)s")
        same = words % {"name": found.name, "day": f"{found.birth_date:%d-%m-%Y}"}
        self.fields["decision"] = forms.ChoiceField(
            label=gettext("Mirip dengan orang yang sudah terdaftar"), required=False, widget=forms.RadioSelect,
            choices=[(SAME, same), (OTHER, gettext("Orang lain, daftarkan"))],
        )  # fmt: skip


def make_row(desa: Region, told: dict[str, Any]) -> PersonRow:
    """The form as a row of the register; who is new counts from today on."""
    today = timezone.localdate()
    is_grown = count_months(told["birth_date"], today) >= MOTHER_MONTHS
    own = told["name"] if told["sex"] == Sex.FEMALE and is_grown else ""
    return PersonRow(
        desa.pk, told["name"].strip(), told["sex"], told["birth_date"], today,
        nik=told["nik"] or None, kk=told["kk"] or None, posyandu_id=int(told["posyandu"]) if told["posyandu"] else None,
        mother_name=told["mother_name"], family_name=told["mother_name"] if not is_grown else own,
        address=told["address"], rt=told["rt"], rw=told["rw"],
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest, code: str) -> HttpResponse:
    """The empty form; or somebody taken in, found, or asked about."""
    desa = get_desa_to_record(request, code)
    form = PersonForm(request.POST if request.method == "POST" else None, desa=desa)
    token = request.POST.get("kiriman") or make_token()
    if request.method == "POST" and form.is_valid():
        person = take_in(request, desa, form)
        if person is not None:
            return redirect("life-forms", person.public_id)
    page = {"desa": desa, "form": form, "token": token}
    return render(request, "records/new_person.html", page, status=422 if form.errors else 200)


def take_in(request: HttpRequest, desa: Region, form: PersonForm) -> Person | None:
    """The person, new or known; None where the form now asks or says what is wrong."""
    row = make_row(desa, form.cleaned_data)
    (found,) = match_people([row])
    near = find_near(request, found.person_id) if found.match is Match.NEAR_NAME else None
    decision = request.POST.get("decision", "")
    if near is not None and decision not in (SAME, OTHER):
        form.ask(near)
        form.add_error("decision", gettext("Pilih: orang yang sama, atau orang lain?"))
        return None
    if near is not None:
        row = decide(row, near, is_same=decision == SAME)
    elif found.match not in CERTAIN:
        form.add_error(None, str(ANSWERS.get(found.match, ANSWERS[Match.SEVERAL])))
        return None
    return enrol(request, desa, form, row)


def decide(row: PersonRow, near: Person, *, is_same: bool) -> PersonRow:
    return replace(row, chosen_id=near.pk) if is_same else replace(row, is_apart=True)


def find_near(request: HttpRequest, person_id: int | None) -> Person | None:
    return Person.objects.filter(get_scope(request.user, IMPORT).q("desa_id"), pk=person_id).first()


def enrol(request: HttpRequest, desa: Region, form: PersonForm, row: PersonRow) -> Person | None:
    """Written once; what was sent before is found by the same matching."""

    def write(batch: SourceBatch) -> list[tuple[int, Any]]:
        (one,) = enrol_people(by=request.user, batch=batch, rows=[row])
        return list_desa_months([one.person_id] if one.person_id else [])

    try:
        is_new = save_once(request, gettext("Orang baru"), write)
    except RefusedError as error:
        form.add_error(None, str(error))
        return None
    (found,) = match_people([replace(row, is_apart=False)])
    messages.success(request, gettext("Tercatat.") if is_new else gettext("Orang ini sudah tercatat."))
    return find_near(request, found.person_id)
