"""How far whole regions have come, and which of their months are official."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tumbuh.regions.api import Region
from tumbuh.verification.queries.packages import Row
from tumbuh.verification.rules import GROWTH, PASSED, State

# The desa of a region `r`: itself and whatever lies in its range of numbers.
DESA = """d.level = 4 AND d.is_active
    AND d.id BETWEEN r.id AND r.id + (ARRAY[99999999, 999999, 9999, 0])[r.level]"""


@dataclass(frozen=True)
class Status:
    """Of a region's month: the tier that every desa below has passed (0 to 4), and whether it is official."""

    passed: int
    is_official: bool
    desa: int
    counts: dict[int, int]  # desa by how many tiers they have passed


STATUS = """
SELECT count(d.id), count(*) FILTER (WHERE p.state = 'ACCEPTED' AND p.condition = ''), {counts}
FROM regions_region r JOIN regions_region d ON {desa}
LEFT JOIN verification_package p ON p.region_id = d.id AND p.month = %s AND p.data_set = %s
WHERE r.id = %s
""".format(
    desa=DESA,
    counts=", ".join(
        "count(*) FILTER (WHERE coalesce(p.state, 'DRAFT') IN ({}))".format(
            ", ".join(f"'{state}'" for state in State if PASSED[state] == passed)
        )
        for passed in range(5)
    ),
)
# Counted region by region and month by month along an index: the plan does not hang on what the server knows of the
# table. Packages of desa that are no more do not count.
ALL_ACCEPTED = """
WITH places AS MATERIALIZED (
    SELECT r.id, r.id + (ARRAY[99999999, 999999, 9999, 0])[r.level] AS high,
           (SELECT count(*) FROM regions_region d WHERE {desa}) AS desa
    FROM regions_region r
    WHERE r.id = ANY(%(regions)s) OR (%(with_children)s AND r.is_active AND r.parent_id = ANY(%(regions)s))
)
SELECT l.id, g.month FROM places l CROSS JOIN unnest(%(months)s::date[]) AS g(month)
WHERE l.desa > 0 AND l.desa * cardinality(%(data_sets)s::text[]) = (
    SELECT count(*) FROM verification_package p
    WHERE p.data_set = ANY(%(data_sets)s) AND p.month = g.month AND p.region_id BETWEEN l.id AND l.high
      AND p.state = 'ACCEPTED' AND p.condition = ''
      AND p.region_id <> ALL(ARRAY(SELECT id FROM regions_region WHERE level = 4 AND NOT is_active)))
""".replace("{desa}", DESA)


def get_status(region: Region, month: date, data_set: str = GROWTH) -> Status:
    """The status of a region's month, one query; of a region without desa: nothing passed."""
    with connection.cursor() as cursor:
        cursor.execute(STATUS, [month, data_set, region.pk])
        desa, official, *counts = cursor.fetchone()
    passed = min((number for number in range(5) if counts[number]), default=0)
    return Status(passed, 0 < desa == official, desa, dict(enumerate(counts)))


def summarise(rows: Collection[Row]) -> Status:
    """What `get_status` says of a region, from all its rows."""
    counts = Counter(row.passed for row in rows)
    official = bool(rows) and all(row.is_official for row in rows)
    return Status(min(counts, default=0), official, len(rows), {number: counts[number] for number in range(5)})


def list_official(
    region_ids: Collection[int], months: Collection[date], *, with_children: bool = False,
    data_sets: Collection[str] = (GROWTH,),
) -> set[tuple[int, date]]:  # fmt: skip
    """(region id, month) of those in which every active desa was accepted without an open condition; one query.

    `with_children`: the regions directly below are asked for too. Of several data sets each must be accepted.
    """
    values = {
        "regions": list(region_ids), "months": list(months), "with_children": with_children,
        "data_sets": list(data_sets),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ALL_ACCEPTED, values)
        return set(cursor.fetchall())
