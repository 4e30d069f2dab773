"""Recording what happened to one person, from the person's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.records.api import Couple, Life, Person, read_life
from tumbuh.web.records import couple_forms, life_forms, life_writing
from tumbuh.web.records.gates import find_person_to_record
from tumbuh.web.records.once import RefusedError, make_token, save_once
from tumbuh.web.records.pages import count_months, write_age
from tumbuh.web.records.purposes import find_purpose
from tumbuh.web.records.reading import record_reading

BEARING = range(10 * 12, 56 * 12)  # months of age
GROWN_MONTHS = 9 * 12


@dataclass(frozen=True)
class Event:
    """One form: its title, its fields, how it is written, and for whom it makes sense."""

    title: str | Promise
    form: type[Any]
    write: life_writing.Write
    suits: Callable[[Person, Life, int], bool]


EVENTS: dict[str, Event] = {
    "lahir": Event(
        _("Melahirkan atau kehamilan berakhir"), life_forms.BirthForm, life_writing.write_birth,
        lambda person, life, months: is_bearing(person, months),
    ),
    "hamil": Event(
        _("Kehamilan baru"), life_forms.PregnancyForm, life_writing.write_pregnancy,
        lambda person, life, months: is_bearing(person, months),
    ),
    "hpht": Event(
        _("Perbaiki HPHT atau risiko kehamilan terakhir"), life_forms.PregnancyCorrectionForm,
        life_writing.write_correction, lambda person, life, months: bool(life.pregnancies),
    ),
    "periksa": Event(
        _("Pemeriksaan kesehatan"), life_forms.CheckForm, life_writing.write_check,
        lambda person, life, months: person.left_on is None and months >= GROWN_MONTHS,
    ),
    "keterangan": Event(
        _("Keterangan: air, jamban, jaminan, akta, PAUD"), life_forms.StatementForm, life_writing.write_statements,
        lambda person, life, months: person.left_on is None,
    ),
    "nikah": Event(
        _("Menikah atau batal"), couple_forms.WeddingForm, life_writing.write_wedding,
        lambda person, life, months: find_couple(life) is not None,
    ),
    "catin": Event(
        _("Calon pengantin"), couple_forms.CoupleForm, life_writing.write_couple,
        lambda person, life, months: person.left_on is None and months >= GROWN_MONTHS and find_couple(life) is None,
    ),
    "pergi": Event(
        _("Pindah atau meninggal"), life_forms.LeavingForm, life_writing.write_leaving,
        lambda person, life, months: person.left_on is None,
    ),
    "kembali": Event(
        _("Ternyata masih di sini"), life_forms.ReturnForm, life_writing.write_return,
        lambda person, life, months: person.left_on is not None,
    ),
}  # fmt: skip


def is_bearing(person: Person, months: int) -> bool:
    return person.sex == "F" and person.left_on is None and months in BEARING


def find_couple(life: Life) -> Couple | None:
    """The couple that neither married nor called it off, the newest."""
    return next((one for one in reversed(life.couples) if not one.married_on and not one.called_off_on), None)


def read_person(request: HttpRequest, person: Person) -> tuple[Life, int]:
    """What is recorded of the person, and their age in months."""
    return (
        read_life(get_scope(request.user, IMPORT), [person]),
        count_months(person.birth_date, timezone.localdate()),
    )


def make_form(request: HttpRequest, name: str, person: Person, life: Life, data: Any = None) -> Any:
    more = {"scope": get_scope(request.user, IMPORT)} if name == "catin" else {}
    form = EVENTS[name].form(data, person=person, **more)
    if name == "nikah":
        form.couple = find_couple(life)
    if name == "hpht" and life.pregnancies:
        form.fill(life.pregnancies[-1])
    return form


@never_cache
@login_required
@require_safe
def life_forms_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All forms that make sense for the person."""
    person = find_person_to_record(request, public_id)
    purpose = find_purpose(request, person)
    if purpose is None:
        return redirect("child", public_id)
    record_reading(request, "records.life_forms.read", person, purpose)
    return show(request, person, *read_person(request, person))


@never_cache
@login_required
@require_POST
def record_life(request: HttpRequest, public_id: UUID, event: str) -> HttpResponse:
    """One form, saved; or the page with what is wrong beside its field."""
    person = find_person_to_record(request, public_id)
    if find_purpose(request, person) is None:
        return redirect("child", public_id)
    life, months = read_person(request, person)
    found = EVENTS.get(event)
    if found is None:
        raise Http404
    form = make_form(request, event, person, life, request.POST)
    if not found.suits(person, life, months):
        messages.error(request, gettext("Formulir ini tidak lagi sesuai untuk orang ini. Muat ulang lalu pilih lagi."))
        return redirect("life-forms", public_id)
    if form.is_valid() and save(request, event, form):
        return redirect("life-forms", public_id)
    return show(request, person, life, months, form=form, status=422)


def save(request: HttpRequest, name: str, form: Any) -> bool:
    """Whether it was saved; what stands in the way stands in the form."""
    event = EVENTS[name]
    try:
        is_new = save_once(request, str(event.title), lambda batch: event.write(request, batch, form))
    except RefusedError as error:
        form.add_error(None, str(error))
        return False
    said = gettext("%(what)s: tercatat.") if is_new else gettext("%(what)s: sudah tercatat sebelumnya.")
    messages.success(request, said % {"what": event.title})
    return True


def show(
    request: HttpRequest, person: Person, life: Life, months: int, *, form: Any = None, status: int = 200
) -> HttpResponse:
    forms = [
        (name, event.title, form if form and form.key == name else make_form(request, name, person, life))
        for name, event in EVENTS.items()
        if event.suits(person, life, months)
    ]
    page = {
        "person": person, "forms": forms, "opened": form.key if form else request.GET.get("buka", ""),
        "age": write_age(person.birth_date, timezone.localdate()), "token": make_token(),
    }  # fmt: skip
    if form:
        page["token"] = request.POST.get("kiriman", "")
    return render(request, "records/life.html", page, status=status)
