"""Rebuild beside the kept cells and compare."""

from django.db import connection, transaction

from tumbuh.accounts.api import whole_country
from tumbuh.indicators.actions.measuring import MeasuringDifference, list_measuring_differences
from tumbuh.indicators.actions.refresh import ROLLUPS, list_all_months, list_desas, lock_months, merge_months
from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.queries.check import Difference, list_differences


def check() -> list[Difference]:
    """The cells that differ from a full rebuild: none, if all is well. Nothing is changed; writers wait meanwhile.

    Run it when the queue is empty: a month that has just begun to count is filled by the worker.
    """
    with whole_country("roll-up"), transaction.atomic():
        lock_months(list_all_months())
        return [difference for roll in ROLLUPS for difference in check_rollup(roll)]


def check_rollup(roll: RollUp) -> list[Difference]:
    """One roll-up's differences; months are locked."""
    beside = f"{roll.table}_rebuilt"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {beside} (LIKE {roll.table} INCLUDING ALL) ON COMMIT DROP")
        desas = set(list_desas())
        merge_months(roll, dict.fromkeys(sorted(list_all_months()), desas), beside)
        cursor.execute(f"ANALYZE {beside}")
        differences = list_differences(roll.table, beside, keys=roll.keys, arrays=roll.arrays)
        cursor.execute(f"DROP TABLE {beside}")
    return differences


def check_measuring() -> list[MeasuringDifference]:
    """The counts of measurement quality that differ from counting anew; writers wait meanwhile."""
    with whole_country("roll-up"), transaction.atomic():
        months = list_all_months()
        lock_months(months)
        return list_measuring_differences(months, list_desas())
