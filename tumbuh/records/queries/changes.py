"""What changed in a desa's register and in what one of its months holds since a moment: measurements, or services.

Right for every way of writing, because the database itself keeps what a row held before: imports, forms, taking back.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from tumbuh.accounts.api import Scope
from tumbuh.records.models import (
    Couple,
    HealthCheck,
    Measurement,
    MeasurementHistory,
    Person,
    PersonHistory,
    Pregnancy,
    ServiceReceived,
    Statement,
)
from tumbuh.records.models.histories import (
    CoupleHistory,
    HealthCheckHistory,
    PregnancyHistory,
    ServiceReceivedHistory,
    StatementHistory,
)
from tumbuh.records.queries.entries import get_next_month

ENTERED = ("measured_on", "weight_kg", "lenhei_cm", "mode", "muac_cm", "head_cm", "oedema", "posyandu_id")
WRITTEN = (
    "name", "sex", "birth_date", "mother_name", "nik_index", "posyandu_id", "household_id", "birth_weight_kg",
    "birth_length_cm", "registered_on", "left_on", "left_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One kind of what a package of services holds: its tables, whose a row is, its day, and what is compared.

    `is_of_month`: only rows of the month itself; the others hold on, so all that began before its end belong to it.
    """

    kind: str
    model: type[models.Model]
    history: type[models.Model]
    people: tuple[str, ...]
    day: str
    fields: tuple[str, ...]
    is_of_month: bool = False

    def find(self, desa_id: int, month: date) -> Q:
        until = Q(desa_id=desa_id, **{f"{self.day}__lt": get_next_month(month)})
        return until & Q(**{f"{self.day}__gte": month}) if self.is_of_month else until

    def holds(self, row: Any, desa_id: int, month: date) -> bool:
        day = getattr(row, self.day)
        return row.desa_id == desa_id and day < get_next_month(month) and (day >= month or not self.is_of_month)


LINES = (
    Line("service", ServiceReceived, ServiceReceivedHistory, ("person_id",), "received_on",
         ("code", "received_on", "quantity", "posyandu_id"), True),
    Line("check", HealthCheck, HealthCheckHistory, ("person_id",), "checked_on",
         ("checked_on", "weight_kg", "height_cm", "muac_cm", "hb_g_dl", "smoke"), True),
    Line("pregnancy", Pregnancy, PregnancyHistory, ("mother_id",), "started_on",
         ("started_on", "due_on", "ended_on", "outcome", "number", "is_risky", "is_wanted")),
    Line("couple", Couple, CoupleHistory, ("bride_id", "groom_id"), "registered_on",
         ("registered_on", "planned_on", "married_on", "called_off_on")),
    Line("statement", Statement, StatementHistory, ("person_id",), "stated_on", ("code", "value", "stated_on")),
)  # fmt: skip
Rows = dict[int, Any]  # by key, from the register or from its history


@dataclass(frozen=True)
class Change:
    """A person or a measurement before and after: None before where it was added, None after where it is gone.

    `person`: whose it is, from the register or from history, or None where the child now lives out of reach; `fields`:
    those that differ. `kind`: "child", "measurement" or that of a line of services.
    """

    person: Any
    before: Any
    after: Any
    fields: tuple[str, ...]
    kind: str = "child"

    @property
    def is_measurement(self) -> bool:
        return self.kind == "measurement"

    @property
    def is_told(self) -> bool:
        return bool(self.fields) or self.before is None or self.after is None


def list_changes(scope: Scope, desa_id: int, month: date, since: datetime) -> list[Change]:
    """Children of the desa, then measurements of its month, by name; none outside the scope. Six queries at most.

    What was taken out and put in again with the same content is no change.
    """
    if not scope.contains(desa_id):
        return []
    changes = list_person_changes(desa_id, since)
    here = {"desa_id": desa_id, "month": month}
    before, after = list_states(Measurement, MeasurementHistory, Q(**here), partial(agrees, here), since)
    whose = find_people({row.person_id for row in [*before.values(), *after.values()]})

    def describe(row: Any) -> Hashable:
        person = whose.get(row.person_id)
        child = (person.name_key, person.birth_date, person.sex) if person else row.person_id
        return child, row.measured_on

    visits = pair(before, after, describe)
    changes += [
        Change(whose.get((now or past).person_id), past, now, differ(past, now, ENTERED), "measurement")
        for past, now in visits
    ]
    return sorted((change for change in changes if change.is_told), key=order)


def list_service_changes(scope: Scope, desa_id: int, month: date, since: datetime) -> list[Change]:
    """People of the desa, then what its package of services holds, kind by kind, by name. Fourteen queries at most."""
    if not scope.contains(desa_id):
        return []
    changes = list_person_changes(desa_id, since)
    states = [
        (line, *list_states(line.model, line.history, line.find(desa_id, month),
                            lambda row, line=line: line.holds(row, desa_id, month), since))
        for line in LINES
    ]  # fmt: skip
    rows = [(line, row) for line, before, after in states for row in [*before.values(), *after.values()]]
    whose = find_people({getattr(row, one) for line, row in rows for one in line.people} - {None})
    for line, before, after in states:
        pairs = pair(before, after, partial(describe_row, line))
        changes += [
            Change(find_person(line, now or past, whose), past, now, differ(past, now, line.fields), line.kind)
            for past, now in pairs
        ]
    return sorted((change for change in changes if change.is_told), key=order)


def describe_row(line: Line, row: Any) -> Hashable:
    """What tells a row that went and came again: whose it is and all that it says."""
    whose = (*(getattr(row, one) for one in line.people), getattr(row, "household_id", None))
    return (*whose, *(getattr(row, field) for field in line.fields))


def find_person(line: Line, row: Any, whose: dict[int, Any]) -> Any:
    """The first of the row's people who is known."""
    return next((whose[key] for one in line.people if (key := getattr(row, one)) in whose), None)


def list_person_changes(desa_id: int, since: datetime) -> list[Change]:
    """People who came into the desa's register, left it or were changed."""
    here = {"desa_id": desa_id}
    before, after = list_states(Person, PersonHistory, Q(**here), partial(agrees, here), since)
    people = pair(before, after, lambda row: (row.name_key, row.birth_date, row.sex))
    return [Change(now or past, past, now, differ(past, now, WRITTEN)) for past, now in people]


def agrees(place: dict[str, Any], row: Any) -> bool:
    return all(getattr(row, field) == value for field, value in place.items())


ORDER = ("child", "measurement", *(line.kind for line in LINES))


def order(change: Change) -> tuple[int, str]:
    """People first, each kind by name."""
    return ORDER.index(change.kind), change.person.name_key if change.person else ""


def list_states(
    model: type[models.Model], history: type[models.Model], place: Q, lies_here: Callable[[Any], bool], since: datetime
) -> tuple[Rows, Rows]:
    """Of the rows of a place that were written since: what they held then, and what they hold now; two queries."""
    written = history.objects.filter(pgh_created_at__gt=since)
    touched = Exists(written.filter(pgh_obj_id=OuterRef("pk")))
    now = {row.pk: row for row in model.objects.filter(place, Q(recorded_at__gt=since) | touched)}
    here = Q(pgh_obj_id__in=list(now)) | Q(pgh_obj_id__in=written.filter(place).values("pgh_obj_id"))
    first: Rows = {}
    for row in written.filter(here).order_by("-pgh_id"):
        first[row.pgh_obj_id] = row  # the earliest comes last: what stood there at that moment
    then = {key: row for key, row in first.items() if row.recorded_at <= since and lies_here(row)}
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
