"""Do the cells equal what the records say?"""

from dataclasses import dataclass

from django.db import connection, transaction

from tumbuh.indicators.rules.values import GROUPS

DIFFERENCES = """
SELECT coalesce(a.region_id, b.region_id), to_char(coalesce(a.month, b.month), 'YYYY-MM'),
    coalesce(a.indicator, b.indicator), g.place, g.n, g.d, g.rebuilt_n, g.rebuilt_d
FROM indicators_cell a FULL JOIN {rebuilt} b USING (region_id, month, indicator)
CROSS JOIN LATERAL unnest(a.numerators, a.denominators, b.numerators, b.denominators)
    WITH ORDINALITY AS g(n, d, rebuilt_n, rebuilt_d, place)
WHERE (a.numerators, a.denominators) IS DISTINCT FROM (b.numerators, b.denominators)
    AND (g.n, g.d) IS DISTINCT FROM (g.rebuilt_n, g.rebuilt_d)
ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Difference:
    """A group of a cell as it is kept and as a rebuild would have it; None where there is none."""

    region_id: int
    month: str
    indicator: str
    sex: str
    age_group: str
    numerator: int | None
    denominator: int | None
    rebuilt_numerator: int | None
    rebuilt_denominator: int | None


def list_differences(rebuilt: str) -> list[Difference]:
    """Groups that differ from those in the table `rebuilt` (a name of ours, never a user's)."""
    assert transaction.get_connection().in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES.format(rebuilt=rebuilt))
        return [Difference(*row[:3], *GROUPS[row[3] - 1], *row[4:]) for row in cursor.fetchall()]
