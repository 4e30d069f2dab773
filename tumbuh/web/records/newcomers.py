"""Taking somebody new into the register of a desa, once it is sure that they are not there already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from django.views.decorators.http import require_http_methods, require_POST

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
    note_apart,
)
from tumbuh.regions.api import Region
from tumbuh.web.records.alike import Alike, find_page, list_alike, read_answer
from tumbuh.web.records.day_choice import list_posyandus
from tumbuh.web.records.fields import DayField
from tumbuh.web.records.gates import get_desa_to_record
from tumbuh.web.records.once import RefusedError, make_token, save_once
from tumbuh.web.records.pages import count_months

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


@dataclass(frozen=True)
class Asked:
    """Whom a sending led to; or nobody yet, those who look alike, and what is to be answered of them (`is_open`)."""

    person: Person | None = None
    alike: Sequence[Alike] = ()
    error: str = ""
    is_open: bool = True


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
    asked = Asked()
    if request.method == "POST" and form.is_valid():
        asked = take_in(request, desa, form)
        if asked.person is not None:
            return redirect(find_page(request, asked.person), asked.person.public_id)
    token = request.POST.get("kiriman") or make_token()
    page = {"desa": desa, "form": form, "token": token, **show(request, asked)}
    return render(request, "records/new_person.html", page, status=422 if form.errors or asked.error else 200)


@never_cache
@login_required
@require_POST
def alike_people(request: HttpRequest, code: str) -> HttpResponse:
    """While the form is filled in: who of the register looks like the one told of so far. Nothing is written."""
    desa = get_desa_to_record(request, code)
    form = PersonForm(request.POST, desa=desa)
    form.is_valid()  # what is still missing is not said yet
    alike = list_alike(request, desa, form.cleaned_data)
    return render(request, "records/alike.html", show(request, Asked(alike=alike)))


def show(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the part of the page with those who look alike shows; what was answered stays in it."""
    kept = {name: request.POST.get(name, "") for name in ("decision", "reason")}
    return {"alike": asked.alike, "is_open": asked.is_open, "alike_error": asked.error, "kept": kept}


def take_in(request: HttpRequest, desa: Region, form: PersonForm) -> Asked:
    """The person, new or known; without one, those who are asked about or what is wrong."""
    row = make_row(desa, form.cleaned_data)
    (found,) = match_people([row])
    if found.match is Match.KNOWN:
        return Asked(enrol(request, form, replace(row, chosen_id=found.person_id)))
    known = [found.person_id] if found.person_id else []
    alike = list_alike(request, desa, form.cleaned_data, known)
    if found.match not in CERTAIN and found.match is not Match.NEAR_NAME:
        form.add_error(None, str(ANSWERS.get(found.match, ANSWERS[Match.SEVERAL])))
        return Asked(None, alike, is_open=False)
    if not alike:
        return Asked(enrol(request, form, row))
    answer = read_answer(request.POST, alike)
    if answer.error:
        return Asked(None, alike, answer.error)
    if answer.chosen:
        return Asked(find_again(request, desa, form, row, answer.chosen.person))
    return Asked(enrol(request, form, replace(row, is_apart=True), alike, answer.reason), alike)


def find_again(request: HttpRequest, desa: Region, form: PersonForm, row: PersonRow, person: Person) -> Person | None:
    """Somebody who was there already: what was blank is filled in their own desa; elsewhere nothing is written."""
    if person.desa_id == desa.pk:
        return enrol(request, form, replace(row, chosen_id=person.pk))
    words = gettext("%(name)s sudah terdaftar di %(desa)s. Tidak ada yang dicatat; catat kepindahannya dari desa itu.")
    messages.info(request, words % {"name": person.name, "desa": person.desa.name})
    return person


def enrol(
    request: HttpRequest, form: PersonForm, row: PersonRow, alike: Sequence[Alike] = (), reason: str = ""
) -> Person | None:
    """Written once, with why it is nobody of those who look alike; sent before, it is found by the same matching."""

    def write(batch: SourceBatch) -> list[tuple[int, Any]]:
        (one,) = enrol_people(by=request.user, batch=batch, rows=[row])
        person = find_recorded(request, one.person_id)
        if alike and person:
            note_apart(by=request.user, person=person, alike=[each.similar for each in alike], reason=reason)
        return list_desa_months([person.pk] if person else [])

    try:
        is_new = save_once(request, gettext("Orang baru"), write)
    except RefusedError as error:
        form.add_error(None, str(error))
        return None
    (found,) = match_people([replace(row, is_apart=False)])
    is_fresh = is_new and row.chosen_id is None
    messages.success(request, gettext("Tercatat.") if is_fresh else gettext("Orang ini sudah tercatat. Catat di sini."))
    return find_recorded(request, found.person_id)


def find_recorded(request: HttpRequest, person_id: int | None) -> Person | None:
    return Person.objects.filter(get_scope(request.user, IMPORT).q("desa_id"), pk=person_id).first()
