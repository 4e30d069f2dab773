"""Service cells counted by DuckDB from a copy of the register: a whole province in half of PostgreSQL's time.

The rules, the view of people by month and the way of the cells into their table are the same. PostgreSQL stays the
oracle (`tumbuh indicators check`). The caller holds the locks of months: writers wait, and count afterwards.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import chain

from django.db import connection, transaction

from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.actions.service_cells import SERVICES, write_cells_query
from tumbuh.records.api import Person, copy_register

MANY_PEOPLE = 20_000  # in the register, from which on copying it pays
COUNTED = "counted_services"
CREATE = f"""
DROP TABLE IF EXISTS {COUNTED};
CREATE TEMPORARY TABLE {COUNTED} (region_id bigint, month date, target_group text, service text,
    due integer[], received integer[], only_missing integer[]) ON COMMIT DROP
"""
COPY = f"COPY {COUNTED} FROM STDIN"
COLUMNS = "region_id, month, target_group, service, due, received, only_missing"
FRESH = f"SELECT {COLUMNS} FROM {COUNTED} WHERE region_id = ANY(%(regions)s) AND month = ANY(%(months)s)"
# A line as COPY reads it. Codes are capitals, small letters and underscores.
LINE = r"""
SELECT concat_ws(chr(9), region_id, month, target_group, service, {arrays}) || chr(10) FROM ({cells})
"""
logger = logging.getLogger(__name__)


class Engine(StrEnum):
    """Who counts."""

    DUCKDB = "duckdb"
    POSTGRESQL = "postgresql"


def prepare_rollups(rolls: Iterable[RollUp], months: Iterable[date], engine: Engine | None) -> list[RollUp]:
    """The roll-ups, that of services with its desa counted already where DuckDB does it. Months are locked.

    Where no engine is named PostgreSQL counts a small register and one that does not fit into DuckDB's memory.
    """
    import duckdb

    rolls = list(rolls)
    if engine == Engine.POSTGRESQL or (engine is None and Person.objects.count() < MANY_PEOPLE):
        return rolls
    try:
        with transaction.atomic():
            count_by_duckdb(sorted(set(months) & set(SERVICES.list_open_months())))
    except duckdb.OutOfMemoryException:
        if engine is not None:
            raise
        logger.warning("DuckDB's memory is too small for this register; PostgreSQL counts.")
        return rolls
    counted = replace(SERVICES, write_desa_query=lambda: FRESH)
    return [counted if roll is SERVICES else roll for roll in rolls]


def count_by_duckdb(months: list[date]) -> None:
    """Fill the temporary table with the service cells of all desa, month by month."""
    arrays = ", ".join(f"'{{' || array_to_string({name}, ',') || '}}'" for name in SERVICES.arrays)
    statement = LINE.format(arrays=arrays, cells=write_cells_query("duckdb"))
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        with copy_register() as copied, cursor.copy(COPY) as copy:
            for _part in chain.from_iterable(copied.list_parts(month) for month in months):
                copy.write("".join(line for (line,) in copied.duck.execute(statement).fetchall()))
        cursor.execute(f"CREATE INDEX ON {COUNTED} (month)")
        cursor.execute(f"ANALYZE {COUNTED}")
