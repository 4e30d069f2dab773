"""What changed in a desa's register and in the measurements of one of its months since a moment.

Right for every way of writing, because the database itself keeps what a row held before: imports, forms, taking back.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from tumbuh.accounts.api import Scope
from tumbuh.records.models import Measurement, MeasurementHistory, Person, PersonHistory

ENTERED = ("measured_on", "weight_kg", "lenhei_cm", "mode", "muac_cm", "head_cm", "oedema", "posyandu_id")
WRITTEN = (
    "name", "sex", "birth_date", "mother_name", "nik_index", "posyandu_id", "household_id", "birth_weight_kg",
    "birth_length_cm", "registered_on", "left_on", "left_reason",
)  # fmt: skip
Rows = dict[int, Any]  # by key, from the register or from its history


@dataclass(frozen=True)
class Change:
    """A person or a measurement before and after: None before where it was added, None after where it is gone.

    `person`: whose it is, from the register or from history, or None where the child now lives out of reach; `fields`:
    those that differ.
    """

    person: Any
    before: Any
    after: Any
    fields: tuple[str, ...]

    @property
    def is_measurement(self) -> bool:
        return isinstance(self.before or self.after, Measurement | MeasurementHistory)


def list_changes(scope: Scope, desa_id: int, month: date, since: datetime) -> list[Change]:
    """Children of the desa, then measurements of its month, by name; none outside the scope. Six queries at most.

    What was taken out and put in again with the same content is no change.
    """
    if not scope.contains(desa_id):
        return []
    before, after = list_states(Person, PersonHistory, {"desa_id": desa_id}, since)
    people = pair(before, after, lambda row: (row.name_key, row.birth_date, row.sex))
    changes = [Change(now or past, past, now, differ(past, now, WRITTEN)) for past, now in people]
    before, after = list_states(Measurement, MeasurementHistory, {"desa_id": desa_id, "month": month}, since)
    whose = find_people({row.person_id for row in [*before.values(), *after.values()]})

    def describe(row: Any) -> Hashable:
        person = whose.get(row.person_id)
        child = (person.name_key, person.birth_date, person.sex) if person else row.person_id
        return child, row.measured_on

    visits = pair(before, after, describe)
    changes += [
        Change(whose.get((now or past).person_id), past, now, differ(past, now, ENTERED)) for past, now in visits
    ]
    told = [change for change in changes if change.fields or change.before is None or change.after is None]
    return sorted(told, key=order)


def order(change: Change) -> tuple[bool, str]:
    """Children first, each kind by name."""
    return change.is_measurement, change.person.name_key if change.person else ""


def list_states(
    model: type[models.Model], history: type[models.Model], place: dict[str, Any], since: datetime
) -> tuple[Rows, Rows]:
    """Of the rows of a place that were written since: what they held then, and what they hold now; two queries."""
    written = history.objects.filter(pgh_created_at__gt=since)
    touched = Exists(written.filter(pgh_obj_id=OuterRef("pk")))
    now = {row.pk: row for row in model.objects.filter(Q(recorded_at__gt=since) | touched, **place)}
    here = Q(pgh_obj_id__in=list(now)) | Q(pgh_obj_id__in=written.filter(**place).values("pgh_obj_id"))
    first: Rows = {}
    for row in written.filter(here).order_by("-pgh_id"):
        first[row.pgh_obj_id] = row  # the earliest comes last: what stood there at that moment
    then = {
        key: row
        for key, row in first.items()
        if row.recorded_at <= since and all(getattr(row, field) == value for field, value in place.items())
    }
    return then, now


def pair(before: Rows, after: Rows, describe: Callable[[Any], Hashable]) -> list[tuple[Any, Any]]:
    """(before, after) of the same row, or of a row that went and came again, told by what describes it."""
    pairs = [(row, after.get(key)) for key, row in before.items()]
    gone = {describe(row): row for row, now in pairs if now is None}
    found = [(row, now) for row, now in pairs if now is not None]
    found += [(gone.pop(describe(row), None), row) for key, row in after.items() if key not in before]
    return [*found, *((row, None) for row in gone.values())]


def differ(before: Any, after: Any, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields whose values are not the same; none where there is only one side."""
    if before is None or after is None:
        return ()
    return tuple(field for field in fields if read(before, field) != read(after, field))


def read(row: Any, field: str) -> Any:
    """A field's value so that it can be compared; of a household only whether there is one, its key says nothing."""
    value = getattr(row, field)
    if field == "household_id":
        return value is not None
    return bytes(value) if isinstance(value, memoryview) else value


def find_people(keys: set[int]) -> Rows:
    """The people with these keys, those that are gone as they last were; two queries at most."""
    people: Rows = {person.pk: person for person in Person.objects.filter(pk__in=keys)}
    if keys - people.keys():
        for row in PersonHistory.objects.filter(pgh_obj_id__in=keys - people.keys()).order_by("pgh_id"):
            people[row.pgh_obj_id] = row
    return people
