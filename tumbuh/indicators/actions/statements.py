"""The SQL that recomputes cells: from children to desa, from desa upwards."""

from collections.abc import Iterable
from functools import cache

from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.formula import TABLE, build_counts, compile_sql

# Writes the cells of %(regions)s and %(months)s so that they equal `fresh`; touches only what differs.
MERGE = """
WITH fresh AS MATERIALIZED ({fresh}),
gone AS (
    DELETE FROM {cell} c
    WHERE c.region_id = ANY(%(regions)s) AND c.month = ANY(%(months)s) AND c.level = %(level)s AND NOT EXISTS (
        SELECT 1 FROM fresh f WHERE f.region_id = c.region_id AND f.month = c.month AND f.indicator = c.indicator
            AND f.sex = c.sex AND f.age_group = c.age_group)
    RETURNING 1
),
kept AS (
    INSERT INTO {cell} AS c (region_id, level, month, indicator, sex, age_group, numerator, denominator)
    SELECT region_id, %(level)s, month, indicator, sex, age_group, numerator, denominator FROM fresh
    ON CONFLICT (region_id, month, indicator, sex, age_group) DO UPDATE
        SET numerator = excluded.numerator, denominator = excluded.denominator
        WHERE (c.numerator, c.denominator) IS DISTINCT FROM (excluded.numerator, excluded.denominator)
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept)
"""
SUMS = """
    SELECT r.parent_id AS region_id, c.month, c.indicator, c.sex, c.age_group,
        sum(c.numerator) AS numerator, sum(c.denominator) AS denominator
    FROM {cell} c JOIN regions_region r ON r.id = c.region_id
    WHERE r.parent_id = ANY(%(regions)s) AND c.level = %(level)s + 1 AND c.month = ANY(%(months)s)
    GROUP BY r.parent_id, c.month, c.indicator, c.sex, c.age_group
"""
DESA = """
    WITH {table} AS (
        SELECT * FROM records_child_month WHERE desa_id = ANY(%(regions)s) AND month = ANY(%(months)s)
    )
    SELECT g.desa_id AS region_id, g.month, v.indicator, g.sex, g.age_group, v.numerator, v.denominator
    FROM ({counts}) g CROSS JOIN LATERAL (VALUES {pairs}) AS v(indicator, numerator, denominator)
    WHERE v.denominator > 0
"""
CELL = "indicators_cell"


def write_desa_query(definitions: Iterable[Definition]) -> str:
    """The cells of desa computed from the children, for all definitions in one pass."""
    definitions = list(definitions)
    pairs = ", ".join(f"('{d.code}', g.{d.code}__n, g.{d.code}__d)" for d in definitions)
    counts = compile_sql(build_counts(definitions)).replace("%", "%%")
    return DESA.format(table=TABLE, counts=counts, pairs=pairs)


@cache
def get_desa_merge(cell: str = CELL) -> str:
    """The statement for desa cells, compiled once per process."""
    return MERGE.format(fresh=write_desa_query(list_definitions()), cell=cell)


@cache
def get_sum_merge(cell: str = CELL) -> str:
    """The statement for the cells of a level above, from the cells of the level below."""
    return MERGE.format(fresh=SUMS.format(cell=cell), cell=cell)
