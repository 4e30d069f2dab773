"""Who was lost sight of in a desa: open pregnancies, couples without a wedding, children whom nobody measured."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db import connection

from tumbuh.accounts.api import Scope

# OFFSET 0: each is looked up for the few of a desa, never the whole table.
PREGNANCIES = """
SELECT 'PREGNANCY' AS kind, p.public_id, p.name, coalesce(f.name, '') AS posyandu, y.due_on AS since, '' AS other
FROM records_person p CROSS JOIN LATERAL (
    SELECT y.due_on FROM records_pregnancy y WHERE y.mother_id = p.id AND y.ended_on IS NULL
        AND y.started_on + %(pregnancy_days)s::int < %(on)s OFFSET 0) y
LEFT JOIN regions_facility f ON f.id = p.posyandu_id
WHERE p.desa_id = %(desa)s AND p.sex = 'F' AND p.left_on IS NULL
"""
COUPLES = """
SELECT 'COUPLE', p.public_id, p.name, coalesce(f.name, ''), y.planned_on, coalesce(q.name, '')
FROM records_couple y
JOIN LATERAL (SELECT x.* FROM records_person x WHERE x.id = coalesce(y.bride_id, y.groom_id) OFFSET 0) p ON true
LEFT JOIN LATERAL (SELECT x.id, x.name FROM records_person x WHERE x.id = y.groom_id OFFSET 0) q ON q.id <> p.id
LEFT JOIN regions_facility f ON f.id = p.posyandu_id
WHERE y.desa_id = %(desa)s AND p.left_on IS NULL AND num_nonnulls(y.married_on, y.called_off_on) = 0
    AND y.planned_on + make_interval(months => %(couple_months)s) < %(on)s
"""
CHILDREN = """
SELECT 'CHILD', p.public_id, p.name, coalesce(f.name, ''), m.last, p.mother_name
FROM records_person p LEFT JOIN regions_facility f ON f.id = p.posyandu_id
LEFT JOIN LATERAL (SELECT max(x.measured_on) AS last FROM records_measurement x WHERE x.person_id = p.id) m ON true
WHERE p.desa_id = %(desa)s AND p.left_on IS NULL AND p.birth_date > (%(on)s::date - interval '60 months')
    AND greatest(p.registered_on, m.last) + make_interval(months => %(measured_months)s) < %(on)s
"""
LOST = f"WITH lost AS (({PREGNANCIES}) UNION ALL ({COUPLES}) UNION ALL ({CHILDREN}))"
LIST = f"{LOST} TABLE lost ORDER BY kind, posyandu, since NULLS FIRST, name"
COUNT = f"{LOST} SELECT count(*) FROM lost"  # noqa: S608


@dataclass(frozen=True)
class Limits:
    """From when on somebody counts as lost (definitions/parameters/lost-to-follow-up.yaml)."""

    pregnancy_days: int
    couple_months: int
    measured_months: int


@dataclass(frozen=True)
class Lost:
    """Somebody of whom nothing was heard: `since` the day that passed or the last visit, None: never measured.

    `other`: the groom of a couple, the mother of a child.
    """

    kind: str
    public_id: Any
    name: str
    posyandu: str
    since: date | None
    other: str


def get_limits(on: date) -> Limits:
    """The limits in force on a day; before the first, the first."""
    entries = read_limits()
    valid = [entry for entry in entries if entry["valid_from"] <= on] or entries[:1]
    newest = max(valid, key=lambda entry: entry["valid_from"])
    return Limits(*(int(newest[name]) for name in Limits.__dataclass_fields__))


@cache
def read_limits() -> list[dict[str, Any]]:
    content = yaml.safe_load((settings.DEFINITIONS / "parameters/lost-to-follow-up.yaml").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = content["values"]
    return entries


def list_lost(scope: Scope, desa_id: int, on: date) -> list[Lost]:
    """Everybody lost sight of, the longest time first in each posyandu; nobody outside the scope. One query."""
    if not scope.contains(desa_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIST, {"desa": desa_id, "on": on, **vars(get_limits(on))})
        return [Lost(*row) for row in cursor.fetchall()]


def count_lost(scope: Scope, desa_id: int, on: date) -> int:
    """How many list_lost brings."""
    if not scope.contains(desa_id):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"desa": desa_id, "on": on, **vars(get_limits(on))})
        return int(cursor.fetchone()[0])
