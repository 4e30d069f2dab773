"""A month's visits as columns for the engine of measurement quality, each with the child's values before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from tumbuh.accounts.api import Scope, whole_country
from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.measuring.api import NOTHING, Doubt, Visits, find_doubts

# The child's last earlier weight and length, found one by one: an index lookup each, whatever the register's size.
VISITS = """
SELECT m.id, m.desa_id, coalesce(m.posyandu_id, 0), coalesce(b.by_id, 0), m.measured_on - date '2000-01-01', m.age_days,
    m.weight_kg::float8, m.lenhei_cm::float8, m.lenhei_corrected_cm::float8, m.mode = 'L', m.mode = 'H',
    CASE WHEN m.haz_flag THEN NULL ELSE m.haz END, CASE WHEN m.whz_flag THEN NULL ELSE m.whz END,
    coalesce(m.haz, m.waz, m.whz, m.baz) IS NOT NULL, m.haz_flag OR m.waz_flag OR m.whz_flag OR m.baz_flag,
    w.weight_kg, w.days, l.corrected_cm, l.age_days
FROM records_measurement m JOIN records_sourcebatch b ON b.id = m.batch_id
LEFT JOIN LATERAL (
    SELECT q.weight_kg::float8 AS weight_kg, m.measured_on - q.measured_on AS days FROM records_measurement q
    WHERE q.person_id = m.person_id AND q.measured_on < m.measured_on AND q.weight_kg IS NOT NULL
    ORDER BY q.measured_on DESC LIMIT 1) w ON true
LEFT JOIN LATERAL (
    SELECT q.lenhei_corrected_cm::float8 AS corrected_cm, q.age_days FROM records_measurement q
    WHERE q.person_id = m.person_id AND q.measured_on < m.measured_on AND q.lenhei_corrected_cm IS NOT NULL
    ORDER BY q.measured_on DESC LIMIT 1) l ON true
WHERE m.desa_id = ANY(%(desas)s) AND m.month = %(month)s
"""
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class VisitTable:
    """Visits with their keys; posyandu and recorder are 0 where they are not known."""

    ids: IntArray
    desas: IntArray
    posyandu: IntArray
    recorders: IntArray
    visits: Visits


def read_visits(desas: Collection[int], month: date) -> VisitTable:
    """The visits of a month in these desa, whoever asks: for counts; one query."""
    with whole_country("roll-up"), connection.cursor() as cursor:
        cursor.execute(VISITS, {"desas": list(desas), "month": month})
        return make_table(cursor.fetchall())


def make_table(rows: list[tuple[Any, ...]]) -> VisitTable:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in range(19)]
    ids, desas, posyandu, recorders, days, age = (np.array(columns[at], np.int64) for at in range(6))
    numbers = [
        np.array([np.nan if v is None else v for v in columns[at]], np.float64) for at in (6, 7, 8, *range(15, 19))
    ]
    z = [np.array([NOTHING if v is None else v for v in columns[at]], np.int64) for at in (11, 12)]
    lying, standing, scored, flagged = (np.array(columns[at], np.bool_) for at in (9, 10, 13, 14))
    place = np.where(posyandu > 0, posyandu, -desas)
    keys = np.stack([place, days], axis=1)
    session = np.unique(keys, axis=0, return_inverse=True)[1].ravel() if rows else ids
    weight, length, corrected, *before = numbers
    visits = Visits(session, age, weight, length, corrected, lying, standing, *z, scored, flagged, *before)
    return VisitTable(ids, desas, posyandu, recorders, visits)


def find_bits(table: VisitTable, month: date) -> NDArray[np.uint8]:
    """`Doubt` bits of each visit, by the limits in force in the month."""
    growth, quality = get_parameters("growth-findings", month), get_parameters("measurement-quality", month)
    return find_doubts(
        table.visits, tolerance_cm=growth["length_tolerance_cm"], copied_within_days=quality["copied_within_days"]
    )


def find_month_doubts(scope: Scope, desa_id: int, month: date) -> dict[int, Doubt]:
    """What asks for a second look at each measurement (by its key) of a desa's month; empty outside the scope."""
    if not scope.contains(desa_id):
        return {}
    table = read_visits([desa_id], month)
    return {key: Doubt(int(bits)) for key, bits in zip(table.ids.tolist(), find_bits(table, month), strict=True)}
