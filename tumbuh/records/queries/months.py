"""Which months count, and which of them a child touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from tumbuh.accounts.api import whole_country
from tumbuh.records.models import CountingMonth, Person, SourceBatch

UNDER_60_MONTHS = 1827  # days, as the view records_child_month counts
OPEN_MONTHS = """
    SELECT g.month::date
    FROM generate_series((SELECT min(month) FROM records_measurement)::timestamp,
                         (SELECT max(month) FROM records_measurement)::timestamp, interval '1 month') AS g(month)
    WHERE (SELECT min(e.month) FROM records_measurement e WHERE e.month >= g.month::date) = g.month::date
    ORDER BY 1
"""
DESA_MONTHS = """
    SELECT p.desa_id, x.month FROM records_measurement x JOIN records_person p ON p.id = x.person_id
    WHERE x.person_id = ANY(%(people)s)
    UNION
    SELECT desa_id, month FROM records_measurement WHERE person_id = ANY(%(people)s)
    UNION
    SELECT p.desa_id, m.month FROM records_person p JOIN records_month m ON p.registered_on < m.next_month
    WHERE p.id = ANY(%(people)s) AND (p.left_on IS NULL OR p.left_on > m.month)
    ORDER BY 1, 2
"""
# Months in which the child was measured, or counted by the register under either birth date.
CLOSED_OF = """
SELECT m.month FROM records_measurement m WHERE m.person_id = %(person)s
    AND verification_closed(m.desa_id, m.month, 'growth')
UNION
SELECT p.month FROM verification_package p WHERE p.region_id = %(desa)s AND p.data_set = 'growth'
    AND NOT p.is_whole_open AND p.month + interval '1 month' > %(since)s
    AND (%(until)s::date IS NULL OR %(until)s::date > p.month) AND p.month < %(last)s
ORDER BY 1
"""
CLOSED = """
SELECT EXISTS (SELECT FROM records_measurement m
               WHERE m.batch_id = %s AND verification_closed(m.desa_id, m.month, 'growth'))
"""

CLOSED_VISITS = """
SELECT DISTINCT m.month FROM records_measurement m
WHERE m.person_id = %s AND (%s::bigint[] IS NULL OR m.id = ANY(%s::bigint[]))
    AND verification_closed(m.desa_id, m.month, 'growth') ORDER BY 1
"""
# Months sent for verification, of whatever data, in which somebody with these days is counted in the register.
CLOSED_STAY = """
SELECT DISTINCT p.month FROM verification_package p
WHERE p.region_id = %(desa)s AND NOT p.is_whole_open AND p.month + interval '1 month' > %(since)s::date
    AND (%(until)s::date IS NULL OR %(until)s::date > p.month)
    AND (p.data_set <> 'growth' OR p.month < %(birth)s::date + 1827) ORDER BY 1
"""
# What people add to the figures of months that were sent for verification, without who they are.
CLOSED_FIGURES = """
SELECT desa_id, month, array_agg(line ORDER BY line) FROM (
    SELECT m.desa_id, m.month, (to_jsonb(m) - 'person_id')::text AS line FROM records_child_month m
        JOIN verification_package p ON p.region_id = m.desa_id AND p.month = m.month
        WHERE m.person_id = ANY(%(people)s) AND p.data_set = 'growth' AND NOT p.is_whole_open
    UNION ALL
    SELECT m.desa_id, m.month, (to_jsonb(m) - 'person_id')::text || coalesce((
            SELECT string_agg((to_jsonb(r) - 'person_id')::text, ' ' ORDER BY (to_jsonb(r) - 'person_id')::text)
            FROM records_receipt r WHERE r.person_id = m.person_id AND r.received_on >= m.month
                AND r.received_on < m.month + interval '1 month'), '')
        FROM records_person_month m JOIN verification_package p ON p.region_id = m.desa_id AND p.month = m.month
        WHERE m.person_id = ANY(%(people)s) AND p.data_set = 'services' AND NOT p.is_whole_open
) x GROUP BY 1, 2
"""


def list_open_months() -> list[date]:
    """The months that count: those in which anyone was measured, oldest first."""
    with whole_country("roll-up"), connection.cursor() as cursor:
        cursor.execute(OPEN_MONTHS)
        return [month for (month,) in cursor.fetchall()]


def list_service_months() -> list[date]:
    """The months that count for services: those in which anyone was measured or received anything, oldest first."""
    with whole_country("roll-up"):
        return list(CountingMonth.objects.order_by("month").values_list("month", flat=True))


def list_desa_months(people: Iterable[int]) -> list[tuple[int, date]]:
    """Desa (region ids) and months whose figures these people (person ids) touch, as the records stand now.

    A write that moves, changes or removes someone touches what this returns before it and what it returns after it.
    """
    with whole_country("roll-up"), connection.cursor() as cursor:
        cursor.execute(DESA_MONTHS, {"people": list(people)})
        return cursor.fetchall()


def list_closed_months(person: Person, birth_date: date) -> list[date]:
    """Months sent for verification whose figures change with the child's sex, or with its birth date to this one."""
    values = {
        "person": person.pk, "desa": person.desa_id, "since": person.registered_on, "until": person.left_on,
        "last": max(person.birth_date, birth_date) + timedelta(days=UNDER_60_MONTHS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(CLOSED_OF, values)
        return [month for (month,) in cursor.fetchall()]


@dataclass(frozen=True)
class Foreseen:
    """What a correction of a child's sex or birth date computes anew, and the months that stand in its way."""

    visits: int
    months: list[date]
    closed: list[date]


def foresee_correction(person: Person) -> Foreseen:
    """As the records stand now; another birth date may touch further months."""
    months = sorted({month for _desa, month in list_desa_months([person.pk])})
    return Foreseen(person.measurements.count(), months, list_closed_months(person, person.birth_date))


def has_closed_months(batch: SourceBatch) -> bool:
    """Whether measurements of the batch lie in months that were sent for verification, and so cannot go or change."""
    with whole_country("undo"), connection.cursor() as cursor:
        cursor.execute(CLOSED, [batch.pk])
        return bool(cursor.fetchone()[0])


def list_closed_visits(person_id: int, visits: list[int] | None = None) -> list[date]:
    """Months sent for verification in which the person was measured (of these measurements, when given)."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED_VISITS, [person_id, visits, visits])
        return [month for (month,) in cursor.fetchall()]


def list_closed_stay(desa_id: int, since: date, until: date | None, birth_date: date) -> list[date]:
    """Months of a desa that were sent for verification and count somebody who was registered and left on these days."""
    values = {"desa": desa_id, "since": since, "until": until, "birth": birth_date}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED_STAY, values)
        return [month for (month,) in cursor.fetchall()]


def read_closed_figures(people: list[int]) -> dict[tuple[int, date], list[str]]:
    """What these people add to each desa and month that was sent for verification."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED_FIGURES, {"people": people})
        return {(desa, month): lines for desa, month, lines in cursor.fetchall()}
