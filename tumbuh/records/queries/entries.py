"""The services and checks of a desa's month with what is odd about each: what a verifier of services looks at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils import timezone

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import Code, read_content
from tumbuh.records.models import HealthCheck, Measurement, Person, ServiceReceived


class Oddity(StrEnum):
    """What is odd about a service; ranges and groups are those of definitions/receipts.yaml."""

    UNKNOWN = "UNKNOWN"  # no such code, or one that is never typed
    QUANTITY = "QUANTITY"
    AGE = "AGE"
    GROUP = "GROUP"
    AGAIN = "AGAIN"  # given once in a life, and there before
    BEFORE_BIRTH = "BEFORE_BIRTH"
    AFTER_LEAVING = "AFTER_LEAVING"


@dataclass(frozen=True)
class Entry:
    """A service or a check of the month. `person` is None where it was given to a household."""

    row: ServiceReceived | HealthCheck
    odd: tuple[Oddity, ...] = ()

    @property
    def kind(self) -> str:
        return "service" if isinstance(self.row, ServiceReceived) else "check"

    @property
    def on(self) -> date:
        return self.row.received_on if isinstance(self.row, ServiceReceived) else self.row.checked_on

    @property
    def person(self) -> Person | None:
        return self.row.person

    @property
    def is_odd(self) -> bool:
        return bool(self.odd)

    @property
    def is_late(self) -> bool:
        """Entered after its month was over."""
        return timezone.localdate(self.row.recorded_at) >= get_next_month(self.on.replace(day=1))


MODELS: dict[str, type[models.Model]] = {"measurement": Measurement, "service": ServiceReceived, "check": HealthCheck}


def list_month_entries(
    scope: Scope, desa_id: int, month: date, groups: dict[int, set[str]] | None = None
) -> list[Entry]:
    """The month's services, then its checks, by person; three queries. `groups`: the codes of groups by person."""
    if not scope.contains(desa_id):
        return []
    until = get_next_month(month)
    given = ServiceReceived.objects.filter(desa_id=desa_id, received_on__gte=month, received_on__lt=until)
    checks = HealthCheck.objects.filter(desa_id=desa_id, checked_on__gte=month, checked_on__lt=until)
    services = list(given.select_related("person", "household", "posyandu").order_by("person_id", "received_on", "pk"))
    again = find_again(services)
    found = [Entry(row, tuple(find_oddities(row, groups or {}, again))) for row in services]
    return [*found, *(Entry(row) for row in checks.select_related("person").order_by("person_id", "checked_on"))]


def find_again(services: Iterable[ServiceReceived]) -> set[int]:
    """Of the services that are given once in a life, those that the person had before; one query."""
    codes = read_content().codes
    once = [row for row in services if row.code in codes and codes[row.code].is_once and row.person_id]
    first: dict[tuple[Any, ...], date] = {}
    known = ServiceReceived.objects.filter(
        person_id__in={row.person_id for row in once}, code__in={row.code for row in once}
    )
    for person_id, code, day in known.values_list("person_id", "code", "received_on"):
        first[person_id, code] = min(day, first.get((person_id, code), day))
    return {row.pk for row in once if row.received_on > first[row.person_id, row.code]}


def find_oddities(row: ServiceReceived, groups: dict[int, set[str]], again: set[int]) -> Iterable[Oddity]:
    """What speaks against the service as it stands."""
    code = read_content().codes.get(row.code)
    if code is None or code.is_automatic or code.kind != "EVENT":
        yield Oddity.UNKNOWN
    elif not code.quantity[0] <= row.quantity <= code.quantity[1]:
        yield Oddity.QUANTITY
    if row.pk in again:
        yield Oddity.AGAIN
    if row.person is not None:
        yield from find_personal(row.person, row.received_on, code, groups.get(row.person_id or 0))


def find_personal(person: Person, on: date, code: Code | None, groups: set[str] | None) -> Iterable[Oddity]:
    """What does not go with whom it was given to; groups are not looked at where they are not known."""
    if on < person.birth_date:
        yield Oddity.BEFORE_BIRTH
    elif code and not code.age_months[0] <= count_months(person.birth_date, on) <= code.age_months[1]:
        yield Oddity.AGE
    elif code and code.groups and groups is not None and not groups & set(code.groups):
        yield Oddity.GROUP
    if person.left_on is not None and on > person.left_on:
        yield Oddity.AFTER_LEAVING


def count_months(since: date, until: date) -> int:
    """Completed months."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def get_next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def find_rows(scope: Scope, kind: str, keys: Collection[int]) -> dict[int, Any]:
    """The rows of a kind with these keys in scope, each with whose it is; one query."""
    model = MODELS[kind]
    also = ("person", "household") if model is ServiceReceived else ("person",)
    held = model._default_manager.filter(scope.q("desa_id"), pk__in=list(keys))
    return {row.pk: row for row in held.select_related(*also)}
