"""Rebuild beside the kept cells and compare."""

from django.db import connection, transaction

from tumbuh.accounts.api import whole_country
from tumbuh.indicators.actions.measuring import MeasuringDifference, list_measuring_differences
from tumbuh.indicators.actions.refresh import list_all_months, list_desas, lock_months, merge_months
from tumbuh.indicators.queries.check import Difference, list_differences

BESIDE = "indicators_cell_rebuilt"


def check() -> list[Difference]:
    """The cells that differ from a full rebuild: none, if all is well. Nothing is changed; writers wait meanwhile."""
    with whole_country("roll-up"), transaction.atomic(), connection.cursor() as cursor:
        lock_months(list_all_months())
        cursor.execute(f"CREATE TEMPORARY TABLE {BESIDE} (LIKE indicators_cell INCLUDING ALL) ON COMMIT DROP")
        desas = set(list_desas())
        merge_months(dict.fromkeys(sorted(list_all_months()), desas), BESIDE)
        cursor.execute(f"ANALYZE {BESIDE}")
        differences = list_differences(BESIDE)
        cursor.execute(f"DROP TABLE {BESIDE}")
        return differences


def check_measuring() -> list[MeasuringDifference]:
    """The counts of measurement quality that differ from counting anew; writers wait meanwhile."""
    with whole_country("roll-up"), transaction.atomic():
        months = list_all_months()
        lock_months(months)
        return list_measuring_differences(months, list_desas())
