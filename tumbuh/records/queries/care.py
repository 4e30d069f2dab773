"""What is known of people for the services due to them: their month, what they received, what happened to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from tumbuh.accounts.api import Scope
from tumbuh.records.models import (
    Couple,
    HealthCheck,
    Household,
    Person,
    Pregnancy,
    ServiceReceived,
    Statement,
)
from tumbuh.records.queries.months import list_service_months

RECEIPTS = """
SELECT r.person_id, r.code, r.received_on, r.quantity FROM unnest(%(people)s::bigint[]) AS q(id)
CROSS JOIN LATERAL (SELECT * FROM records_receipt r WHERE r.person_id = q.id OFFSET 0) r
WHERE r.received_on <= %(until)s ORDER BY 1, 3, 2
"""


@dataclass(frozen=True)
class Life:
    """Everything that was recorded of some people besides visits, oldest first, and what was said of their homes."""

    pregnancies: list[Pregnancy]
    couples: list[Couple]
    checks: list[HealthCheck]
    received: list[ServiceReceived]
    statements: list[Statement]
    children: list[Person]


def list_counting_months() -> list[date]:
    """The months that count, newest first: the same for everybody, whatever of them a viewer may read."""
    return list_service_months()[::-1]


def list_receipts(people: Iterable[int], until: date) -> dict[int, list[tuple[date, str, int]]]:
    """What people (ids that the caller may read) received up to a day: (day, code, quantity), oldest first."""
    received: dict[int, list[tuple[date, str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(RECEIPTS, {"people": list(people), "until": until})
        for person_id, code, day, quantity in cursor.fetchall():
            received[person_id].append((day, code, quantity))
    return received


def read_life(scope: Scope, people: Sequence[Person]) -> Life:
    """What is recorded of people in scope, and of their households; nothing of those outside it. Six queries."""
    inside = [person for person in people if scope.contains(person.desa_id)]
    ids = [person.pk for person in inside]
    homes = {person.household_id for person in inside if person.household_id}
    theirs = Q(person_id__in=ids) | Q(household_id__in=homes)
    return Life(
        list(Pregnancy.objects.filter(mother_id__in=ids).order_by("started_on")),
        list(Couple.objects.filter(Q(bride_id__in=ids) | Q(groom_id__in=ids)).order_by("registered_on")),
        list(HealthCheck.objects.filter(person_id__in=ids).order_by("checked_on")),
        list(ServiceReceived.objects.filter(theirs).order_by("received_on", "code")),
        list(Statement.objects.filter(theirs).order_by("stated_on", "code")),
        list(Person.objects.filter(scope.q("desa_id"), mother_id__in=ids).order_by("birth_date", "pk")),
    )


def list_household(scope: Scope, home: Household) -> list[Person]:
    """The household's people in scope, oldest first."""
    return list(home.people.filter(scope.q("desa_id")).order_by("birth_date", "pk"))
