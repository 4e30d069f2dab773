"""Do the cells equal what the records say?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

DIFFERENCES = """
SELECT coalesce(a.region_id, b.region_id), to_char(coalesce(a.month, b.month), 'YYYY-MM'),
    concat_ws(' ', {names}), v.value, g.place::int, g.kept, g.rebuilt
FROM {table} a FULL JOIN {rebuilt} b USING (region_id, month, {keys})
CROSS JOIN LATERAL (VALUES {pairs}) AS v(value, kept, rebuilt)
CROSS JOIN LATERAL unnest(v.kept, v.rebuilt) WITH ORDINALITY AS g(kept, rebuilt, place)
WHERE v.kept IS DISTINCT FROM v.rebuilt AND g.kept IS DISTINCT FROM g.rebuilt
ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class Difference:
    """A count of a cell as it is kept and as a rebuild would have it; None where there is none.

    `cell` names the indicator, or group and service; `value` the column and `place` the position in its array, from 1.
    """

    region_id: int
    month: str
    cell: str
    value: str
    place: int
    kept: int | None
    rebuilt: int | None


def list_differences(table: str, rebuilt: str, *, keys: Sequence[str], arrays: Sequence[str]) -> list[Difference]:
    """Counts that differ from those in the table `rebuilt` (names of ours, never a user's)."""
    assert transaction.get_connection().in_atomic_block
    pairs = [f"('{array}', a.{array}, b.{array})" for array in arrays]
    statement = DIFFERENCES.format(
        table=table, rebuilt=rebuilt, keys=", ".join(keys), names=", ".join(keys), pairs=", ".join(pairs)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [Difference(*row) for row in cursor.fetchall()]
