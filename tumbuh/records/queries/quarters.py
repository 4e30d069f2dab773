"""Who is asked in a quarter: pregnant women, those who gave birth in it, small children; what is known of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from tumbuh.accounts.api import Scope
from tumbuh.records.models import Person

# The quarters that count and the last day of their last month that counts. Tables of people are named, for only then
# does the connection tell the database whom it may reach; the view alone would be empty.
QUARTERS = """
SELECT date_trunc('quarter', month)::date, max(month_end) FROM records_month
WHERE EXISTS (SELECT FROM records_measurement) OR EXISTS (SELECT FROM records_servicereceived)
GROUP BY 1 ORDER BY 1
"""
STATEMENTS = ("water", "latrine", "insurance", "birth_certificate", "preschool")
LATEST = ", ".join(
    f"(array_agg(s.value ORDER BY s.own DESC, s.stated_on DESC) FILTER (WHERE s.code = '{code}'))[1] AS {code}"
    for code in STATEMENTS
)
# As in records_person_month: what was entered after a month was sent counts from `counts_from` on; an open pregnancy is
# lost sight of after 308 days; z-scores are those of 183 days, checks of grown-ups those of 365 days within the
# pregnancy; a person's own statement comes before the household's.
PEOPLE = """
WITH pregnancies AS (
    SELECT DISTINCT ON (y.mother_id) y.mother_id, y.started_on, y.is_risky,
        coalesce(y.ended_on, CASE WHEN y.started_on + 308 < %(read_on)s THEN y.started_on + 309 END) AS ended_on
    FROM records_pregnancy y JOIN records_person p ON p.id = y.mother_id
    WHERE p.desa_id = ANY(%(desas)s) AND p.sex = 'F' AND greatest(y.started_on, y.counts_from) <= %(read_on)s
        AND coalesce(y.ended_on, y.started_on + 308) >= %(first)s
    ORDER BY y.mother_id, y.started_on DESC
),
births AS (
    SELECT b.mother_id, max(b.birth_on) AS birth_on FROM (
        SELECT y.mother_id, y.ended_on AS birth_on
        FROM records_pregnancy y JOIN records_person p ON p.id = y.mother_id
        WHERE p.desa_id = ANY(%(desas)s) AND y.outcome IN ('LIVE', 'STILL')
            AND y.ended_on BETWEEN %(first)s AND %(read_on)s
            AND greatest(y.ended_on, y.counts_from) <= %(read_on)s
        UNION ALL
        SELECT x.mother_id, x.birth_date FROM records_person x JOIN records_person p ON p.id = x.mother_id
        WHERE p.desa_id = ANY(%(desas)s) AND p.sex = 'F' AND x.birth_date BETWEEN %(first)s AND %(read_on)s
            AND x.registered_on <= %(read_on)s
    ) b GROUP BY 1
),
asked AS (
    SELECT 'MOTHER' AS kind, coalesce(g.mother_id, b.mother_id) AS person_id, g.started_on AS pregnancy_on,
        g.ended_on AS pregnancy_ended_on, b.birth_on, coalesce(g.is_risky, false) AS is_risky
    FROM pregnancies g FULL JOIN births b ON b.mother_id = g.mother_id
    UNION ALL
    SELECT 'CHILD', p.id, NULL, NULL, NULL, false FROM records_person p
    WHERE p.desa_id = ANY(%(desas)s) AND p.birth_date > %(read_on)s - interval '84 months'
        AND p.birth_date <= %(read_on)s
)
SELECT p.id, p.desa_id, a.kind, p.birth_date, p.registered_on, a.pregnancy_on, a.pregnancy_ended_on, a.birth_on,
    a.is_risky, k.muac_mm, z.haz, z.whz, coalesce(z.oedema, false), {statements},
    coalesce('h' || p.household_id, 'h' || m.household_id, 'p' || coalesce(p.mother_id, p.id)),
    p.posyandu_id, coalesce(h.rt, ''), coalesce(h.rw, '')
FROM asked a
JOIN records_person p ON p.id = a.person_id AND p.registered_on <= %(read_on)s
    AND (p.left_on IS NULL OR p.left_on > date_trunc('month', %(read_on)s::date))
LEFT JOIN records_household h ON h.id = p.household_id
LEFT JOIN records_person m ON m.id = p.mother_id
LEFT JOIN LATERAL (
    SELECT (y.muac_cm * 10)::int AS muac_mm FROM records_healthcheck y
    WHERE a.kind = 'MOTHER' AND y.person_id = p.id AND y.muac_cm IS NOT NULL
        AND y.checked_on BETWEEN greatest(%(read_on)s - 365, a.pregnancy_on) AND %(read_on)s
    ORDER BY y.checked_on DESC LIMIT 1
) k ON true
LEFT JOIN LATERAL (
    SELECT (array_agg(y.haz ORDER BY y.measured_on DESC) FILTER (WHERE NOT y.haz_flag AND y.haz IS NOT NULL))[1] AS haz,
        (array_agg(y.whz ORDER BY y.measured_on DESC) FILTER (WHERE NOT y.whz_flag AND y.whz IS NOT NULL))[1] AS whz,
        (array_agg(y.oedema ORDER BY y.measured_on DESC))[1] AS oedema
    FROM records_measurement y
    WHERE a.kind = 'CHILD' AND y.person_id = p.id AND y.measured_on BETWEEN %(read_on)s - 183 AND %(read_on)s
        AND p.birth_date > %(read_on)s - interval '24 months'
) z ON true
LEFT JOIN LATERAL (
    SELECT {latest} FROM (
        SELECT y.code, y.value, y.stated_on, true AS own FROM records_statement y
        WHERE y.person_id = p.id AND y.stated_on <= %(read_on)s
        UNION ALL
        SELECT y.code, y.value, y.stated_on, false FROM records_statement y
        WHERE y.household_id = p.household_id AND y.stated_on <= %(read_on)s
    ) s
) s ON true
ORDER BY p.desa_id, a.kind DESC, p.id
"""
RECEIPTS = """
SELECT person_id, code, received_on, sum(quantity)::int FROM records_receipt
WHERE person_id = ANY(%s) AND code = ANY(%s) AND received_on <= %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


class QuarterPerson(NamedTuple):
    """A woman (kind MOTHER) or child (CHILD) asked in a quarter, as of the day it is read on."""

    person_id: int
    desa_id: int
    kind: str
    born_on: date
    registered_on: date
    pregnancy_on: date | None
    pregnancy_ended_on: date | None
    birth_on: date | None
    is_risky: bool
    muac_mm: int | None
    haz: int | None
    whz: int | None
    oedema: bool
    water: bool | None
    latrine: bool | None
    insurance: bool | None
    birth_certificate: bool | None
    preschool: bool | None
    household: str
    posyandu_id: int | None
    rt: str
    rw: str


def list_open_quarters() -> dict[date, date]:
    """First day of each quarter in which a month counts → the day it is read on, the end of its last such month."""
    with connection.cursor() as cursor:
        cursor.execute(QUARTERS)
        return dict(cursor.fetchall())


def list_quarter_people(desas: Iterable[int], first: date, read_on: date) -> list[QuarterPerson]:
    """Everybody in these desa whom the work in hand reaches, by desa; children up to the 7th birthday."""
    with connection.cursor() as cursor:
        statement = PEOPLE.format(latest=LATEST, statements=", ".join(f"s.{code}" for code in STATEMENTS))
        cursor.execute(statement, {"desas": list(desas), "first": first, "read_on": read_on})
        return [QuarterPerson(*row) for row in cursor.fetchall()]


def list_counted_receipts(people: Sequence[int], codes: Iterable[str], until: date) -> list[tuple[Any, ...]]:
    """(person, code, day, quantity) of what these people received up to a day, in the order of days."""
    with connection.cursor() as cursor:
        cursor.execute(RECEIPTS, [list(people), sorted(codes), until])
        return cursor.fetchall()


def list_named_people(scope: Scope, people: Iterable[int]) -> dict[int, Person]:
    """Those of these people who are in scope, by id, with their posyandu."""
    found = Person.objects.filter(scope.q("desa_id"), pk__in=list(people)).select_related("posyandu")
    return {person.pk: person for person in found}
