"""The SQL that recomputes the cells of a roll-up: from the records to desa, from desa upwards."""

from tumbuh.indicators.actions.rollups import RollUp

# Two ways to make the cells of %(regions)s and %(months)s equal to `fresh`. MERGE touches only what differs: for a few
# cells. DELETE and INSERT compare nothing, so that no planner's guess can make them slow: for many.
DELETE = "DELETE FROM {cell} WHERE region_id = ANY(%(regions)s) AND month = ANY(%(months)s) AND level = %(level)s"
INSERT = """
INSERT INTO {cell} (region_id, level, month, {columns})
SELECT region_id, %(level)s, month, {columns} FROM ({fresh}) f
"""
MERGE = """
WITH fresh AS MATERIALIZED ({fresh}),
gone AS (
    DELETE FROM {cell} c
    WHERE c.region_id = ANY(%(regions)s) AND c.month = ANY(%(months)s) AND c.level = %(level)s AND NOT EXISTS (
        SELECT 1 FROM fresh f WHERE f.region_id = c.region_id AND f.month = c.month AND {same})
    RETURNING 1
),
kept AS (
    INSERT INTO {cell} AS c (region_id, level, month, {columns})
    SELECT region_id, %(level)s, month, {columns} FROM fresh
    ON CONFLICT (region_id, month, {keys}) DO UPDATE
        SET {sets} WHERE ({olds}) IS DISTINCT FROM ({news})
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept)
"""
SUMS = """
    SELECT r.parent_id AS region_id, c.month, {keys}, {sums}
    FROM {cell} c JOIN regions_region r ON r.id = c.region_id
    WHERE r.parent_id = ANY(%(regions)s) AND c.level = %(level)s + 1 AND c.month = ANY(%(months)s)
    GROUP BY r.parent_id, c.month, {keys}
"""


def write_sums_query(roll: RollUp, cell: str) -> str:
    """The cells of regions computed from the regions below, group by group."""
    sums = [f"ARRAY[{write_places(array, roll.length)}]::integer[] AS {array}" for array in roll.arrays]
    return SUMS.format(cell=cell, keys=", ".join(f"c.{key}" for key in roll.keys), sums=", ".join(sums))


def write_places(array: str, length: int) -> str:
    return ", ".join(f"sum(c.{array}[{place}])" for place in range(1, length + 1))


def write_fresh(roll: RollUp, *, from_records: bool, cell: str) -> str:
    """The query for desa cells (from the records) or for a level above (from the level below)."""
    return roll.write_desa_query() if from_records else write_sums_query(roll, cell)


def write_merge(roll: RollUp, *, from_records: bool, cell: str) -> str:
    """The statement that brings a few cells in line; gives the number of cells changed."""
    return MERGE.format(
        cell=cell,
        fresh=write_fresh(roll, from_records=from_records, cell=cell),
        columns=", ".join(roll.keys + roll.arrays),
        keys=", ".join(roll.keys),
        same=" AND ".join(f"f.{key} = c.{key}" for key in roll.keys),
        sets=", ".join(f"{value} = excluded.{value}" for value in roll.arrays),
        olds=", ".join(f"c.{value}" for value in roll.arrays),
        news=", ".join(f"excluded.{value}" for value in roll.arrays),
    )


def write_replacement(roll: RollUp, *, from_records: bool, cell: str) -> tuple[str, str]:
    """The two statements that replace many cells."""
    fresh = write_fresh(roll, from_records=from_records, cell=cell)
    return DELETE.format(cell=cell), INSERT.format(fresh=fresh, cell=cell, columns=", ".join(roll.keys + roll.arrays))
