"""What a desa's life lines say in a month, counted: the signs of a package of services beside its receipts."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from tumbuh.accounts.api import Scope
from tumbuh.records.queries.entries import get_next_month

COUNTS = """
SELECT (SELECT count(*) FROM records_pregnancy WHERE desa_id = %(desa)s AND started_on >= %(month)s
            AND started_on < %(until)s OR desa_id = %(desa)s AND ended_on >= %(month)s AND ended_on < %(until)s),
       (SELECT count(*) FROM records_pregnancy WHERE desa_id = %(desa)s AND ended_on IS NULL AND due_on < %(until)s
            AND started_on + 308 >= %(month)s AND started_on < %(until)s),
       (SELECT count(*) FROM records_couple WHERE desa_id = %(desa)s AND registered_on >= %(month)s
            AND registered_on < %(until)s),
       (SELECT count(*) FROM records_statement WHERE desa_id = %(desa)s AND stated_on >= %(month)s
            AND stated_on < %(until)s)
"""


@dataclass(frozen=True)
class Lives:
    """Of a desa's month: pregnancies that began or ended, those past their day without an end, couples, statements."""

    pregnancies: int
    overdue: int
    couples: int
    statements: int


def read_lives(scope: Scope, desa_id: int, month: date) -> Lives:
    """The counts; nothing outside the scope. One query."""
    if not scope.contains(desa_id):
        return Lives(0, 0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"desa": desa_id, "month": month, "until": get_next_month(month)})
        return Lives(*cursor.fetchone())
