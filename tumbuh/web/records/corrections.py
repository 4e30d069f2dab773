"""Correcting a child's sex or birth date, on the child's page."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tumbuh.accounts.api import IMPORT
from tumbuh.indicators.api import refresh
from tumbuh.records.api import (
    BirthDateError,
    Foreseen,
    Person,
    ReasonMissingError,
    RecordsError,
    Sex,
    correct_child,
    foresee_correction,
)
from tumbuh.web.records.purposes import find_purpose
from tumbuh.web.records.reading import find_person, read_child, record_reading
from tumbuh.web.site.viewer import may

LOCKED = "TM001"  # the database's own guard of months that were sent for verification
PLACES: dict[type[RecordsError], str] = {BirthDateError: "birth_date", ReasonMissingError: "reason"}


class DateInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CorrectionForm(forms.Form):
    """What the z-scores hang on besides the measurements, and how the right value is known."""

    sex = forms.ChoiceField(label=_("Jenis kelamin"))
    birth_date = forms.DateField(
        label=_("Tanggal lahir"), widget=DateInput, error_messages={"invalid": _("Tulis tanggal yang ada.")}
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False,
        help_text=_("Dari mana data yang benar diketahui. Disimpan dalam jejak kerja; jangan menulis nama atau NIK."),
    )  # fmt: skip

    def __init__(self, data: object, *, person: Person) -> None:
        now = {"sex": person.sex, "birth_date": person.birth_date}
        super().__init__(data, initial=now, auto_id="perbaiki_%s")
        self.fields["sex"].choices = [(one.value, gettext(one.label)) for one in Sex]


def offer_correction(request: HttpRequest, person: Person, form: CorrectionForm | None = None) -> dict[str, object]:
    """What the child's page shows of it: nothing to whoever may only read."""
    if not may(request, IMPORT, person.desa_id):
        return {}
    return {"correction": form or CorrectionForm(None, person=person), "foreseen": describe(foresee_correction(person))}


def describe(foreseen: Foreseen) -> dict[str, object]:
    """How much will be computed anew, and the closed months by name."""
    named = [date_format(month, "F Y") for month in foreseen.months]
    return {
        "visits": foreseen.visits,
        "months": len(named),
        "between": f"{named[0]} – {named[-1]}" if len(named) > 1 else "".join(named),
        "closed": ", ".join(date_format(month, "F Y") for month in foreseen.closed),
    }


@never_cache
@login_required
@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The child with another sex or birth date, everything that hangs on them computed anew; or the page with what is
    wrong beside its field."""
    person = find_person(request, public_id)
    if not may(request, IMPORT, person.desa_id):
        raise Http404
    purpose = find_purpose(request, person)
    if purpose is None:
        return redirect("child", public_id)
    form = CorrectionForm(request.POST, person=person)
    if form.is_valid() and save(request, person, form):
        return redirect("child", public_id)
    person.refresh_from_db()
    record_reading(request, "records.child.read", person, purpose)
    page = read_child(request, person) | offer_correction(request, person, form)
    return render(request, "records/child.html", page, status=422)


def save(request: HttpRequest, person: Person, form: CorrectionForm) -> bool:
    """Whether it was saved; what is refused stands in the form."""
    try:
        with transaction.atomic():
            touched = correct_child(by=request.user, person=person, **form.cleaned_data)
            refresh(touched)
    except RecordsError as error:
        form.add_error(PLACES.get(type(error)), str(error))
        return False
    except DatabaseError as error:  # sent for verification between the look and the write
        if getattr(error.__cause__, "sqlstate", "") != LOCKED:
            raise
        form.add_error(None, gettext("Bulan anak ini baru saja dikirim dan terkunci. Muat ulang halaman ini."))
        return False
    said = gettext("Perubahan disimpan dan angkanya dihitung ulang.") if touched else gettext("Tidak ada yang berubah.")
    messages.success(request, said)
    return True
