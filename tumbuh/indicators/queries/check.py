"""Do the cells equal what the records say?"""

from dataclasses import dataclass

from django.db import connection, transaction

DIFFERENCES = """
SELECT coalesce(a.region_id, b.region_id), to_char(coalesce(a.month, b.month), 'YYYY-MM'),
    coalesce(a.indicator, b.indicator), coalesce(a.sex, b.sex), coalesce(a.age_group, b.age_group),
    a.numerator, a.denominator, b.numerator, b.denominator
FROM indicators_cell a FULL JOIN {rebuilt} b USING (region_id, month, indicator, sex, age_group)
WHERE (a.numerator, a.denominator) IS DISTINCT FROM (b.numerator, b.denominator)
ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class Difference:
    """A cell as it is kept and as a rebuild would have it; None where there is none."""

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
    """Cells that differ from those in the table `rebuilt` (a name of ours, never a user's)."""
    assert transaction.get_connection().in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES.format(rebuilt=rebuilt))
        return [Difference(*row) for row in cursor.fetchall()]
