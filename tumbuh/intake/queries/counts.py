"""Counts of an import's rows, stored on the import so that pages need not count."""

from typing import Any
from uuid import UUID

from django.db import connection

from tumbuh.intake.rules import Outcome

OUTCOMES = "SELECT outcome, count(*) FROM intake_row WHERE owner_id = %s GROUP BY outcome"
REASONS = """
SELECT x->>'code', x->>'severity', count(*) FROM intake_row, jsonb_array_elements(reasons) x
WHERE owner_id = %s AND reasons <> '[]' GROUP BY 1, 2 ORDER BY 3 DESC
"""


def count_rows(import_id: UUID) -> dict[str, Any]:
    """{outcome: rows, …, "rows": all, "reasons": [{code, severity, count}]}."""
    counts: dict[str, Any] = dict.fromkeys(Outcome.values, 0)
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [import_id])
        counts.update(cursor.fetchall())
        cursor.execute(REASONS, [import_id])
        reasons = [{"code": code, "severity": level, "count": count} for code, level, count in cursor.fetchall()]
    return counts | {"rows": sum(counts.values()), "reasons": reasons}
