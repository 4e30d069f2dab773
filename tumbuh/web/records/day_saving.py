"""A posyandu day in one save: measurements, services and checks of everybody, one source, one transaction."""

from collections import Counter
from datetime import date

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from tumbuh.records.api import (
    LifeRows,
    Person,
    SourceBatch,
    VisitRow,
    check_open,
    count_implausible,
    record_measurements,
    save_life,
)
from tumbuh.regions.api import Region
from tumbuh.verification.api import GROWTH, SERVICES, note_contributions
from tumbuh.web.records.day_choice import Choice
from tumbuh.web.records.day_entries import Entered
from tumbuh.web.records.once import save_once
from tumbuh.web.templatetags.numbers import count


def save_day(request: HttpRequest, desa: Region, choice: Choice, entered: Entered) -> str:
    """Save it and say what became of it; RefusedError where it cannot be."""
    told: Counter[str] = Counter()

    def write(batch: SourceBatch) -> list[tuple[int, date]]:
        return [
            *write_visits(request, batch, desa, choice.day, entered, told),
            *write_life(request, batch, desa, choice.day, entered, told),
        ]

    name = gettext("Hari posyandu %(day)s") % {"day": date_format(choice.day, "j F Y")}
    if not save_once(request, name, write):
        return gettext("Sudah tercatat: kiriman ini sudah masuk sebelumnya dan tidak dicatat dua kali.")
    return say_saved(told, entered.size)


def write_visits(
    request: HttpRequest, batch: SourceBatch, desa: Region, day: date, entered: Entered, told: Counter[str]
) -> list[tuple[int, date]]:
    if not entered.visits:
        return []
    check_open(desa.pk, [day], GROWTH)
    people = Person.objects.in_bulk(list(entered.visits))
    visits = [VisitRow(people[key], day, **values) for key, values in entered.visits.items()]
    saved = record_measurements(by=request.user, batch=batch, visits=visits)
    note_contributions(by=request.user, desa_months=saved.entered_months)
    told.update(new=saved.measurements_new, changed=saved.measurements_changed, odd=count_implausible(batch.pk))
    return saved.desa_months


def write_life(
    request: HttpRequest, batch: SourceBatch, desa: Region, day: date, entered: Entered, told: Counter[str]
) -> list[tuple[int, date]]:
    if not entered.services and not entered.checks:
        return []
    check_open(desa.pk, [day], SERVICES)
    rows = LifeRows(services=entered.services, checks=entered.checks)
    saved = save_life(by=request.user, batch=batch, rows=rows)
    told.update(new=saved.new, changed=saved.changed)
    return saved.desa_months


def say_saved(told: Counter[str], size: int) -> str:
    """How many were new, changed, and there already; and what should be measured again."""
    said = gettext("Tersimpan: %(new)s catatan baru, %(changed)s diubah, %(same)s sudah ada.") % {
        "new": count(told["new"]),
        "changed": count(told["changed"]),
        "same": count(size - told["new"] - told["changed"]),
    }
    if not told["odd"]:
        return said
    words = ngettext(
        "%(n)s hasil ukur tidak wajar: ukur ulang selagi anaknya masih di sini.",
        "%(n)s hasil ukur tidak wajar: ukur ulang selagi anaknya masih di sini.",
        told["odd"],
    )
    return f"{said} {words % {'n': count(told['odd'])}}"
