"""The SQL that recomputes cells: from children to desa, from desa upwards."""

from collections.abc import Iterable
from functools import cache

from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.formula import TABLE, build_counts, compile_sql
from tumbuh.indicators.rules.values import GROUPS

# Two ways to make the cells of %(regions)s and %(months)s equal to `fresh`. MERGE touches only what differs: for a few
# cells. DELETE and INSERT compare nothing, so that no planner's guess can make them slow: for many.
DELETE = "DELETE FROM {cell} WHERE region_id = ANY(%(regions)s) AND month = ANY(%(months)s) AND level = %(level)s"
INSERT = """
INSERT INTO {cell} (region_id, level, month, indicator, numerators, denominators)
SELECT region_id, %(level)s, month, indicator, numerators, denominators FROM ({fresh}) f
"""
MERGE = """
WITH fresh AS MATERIALIZED ({fresh}),
gone AS (
    DELETE FROM {cell} c
    WHERE c.region_id = ANY(%(regions)s) AND c.month = ANY(%(months)s) AND c.level = %(level)s AND NOT EXISTS (
        SELECT 1 FROM fresh f WHERE f.region_id = c.region_id AND f.month = c.month AND f.indicator = c.indicator)
    RETURNING 1
),
kept AS (
    INSERT INTO {cell} AS c (region_id, level, month, indicator, numerators, denominators)
    SELECT region_id, %(level)s, month, indicator, numerators, denominators FROM fresh
    ON CONFLICT (region_id, month, indicator) DO UPDATE
        SET numerators = excluded.numerators, denominators = excluded.denominators
        WHERE (c.numerators, c.denominators) IS DISTINCT FROM (excluded.numerators, excluded.denominators)
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept)
"""
SUMS = """
    SELECT r.parent_id AS region_id, c.month, c.indicator,
        ARRAY[{numerators}]::integer[] AS numerators, ARRAY[{denominators}]::integer[] AS denominators
    FROM {cell} c JOIN regions_region r ON r.id = c.region_id
    WHERE r.parent_id = ANY(%(regions)s) AND c.level = %(level)s + 1 AND c.month = ANY(%(months)s)
    GROUP BY r.parent_id, c.month, c.indicator
"""
# Every desa and month gets all groups, by rows of zeros: a join could be planned badly, a union cannot.
DESA = """
    WITH {table} AS (
        SELECT * FROM records_child_month WHERE desa_id = ANY(%(regions)s) AND month = ANY(%(months)s)
    ),
    counted AS MATERIALIZED (
        SELECT g.*, array_position({groups}, g.sex || '/' || g.age_group) AS place FROM ({counts}) g
    ),
    dense AS (
        SELECT desa_id, month, place, {sums} FROM (
            SELECT desa_id, month, place, {names} FROM counted
            UNION ALL
            SELECT d.desa_id, d.month, p.place, {zeros}
            FROM (SELECT DISTINCT desa_id, month FROM counted) d, generate_series(1, {length}) AS p(place)
        ) u GROUP BY desa_id, month, place
    ),
    wide AS (SELECT desa_id, month, {arrays} FROM dense GROUP BY desa_id, month)
    SELECT w.desa_id AS region_id, w.month, v.indicator, v.numerators, v.denominators
    FROM wide w CROSS JOIN LATERAL (VALUES {pairs}) AS v(indicator, numerators, denominators)
    WHERE indicators_total(v.denominators) > 0
"""
CELL = "indicators_cell"
PLACES = range(1, len(GROUPS) + 1)


def write_desa_query(definitions: Iterable[Definition]) -> str:
    """The cells of desa computed from the children, for all definitions in one pass."""
    definitions = list(definitions)
    codes = [definition.code for definition in definitions]
    names = [f"{code}__{part}" for code in codes for part in "nd"]
    return DESA.format(
        table=TABLE,
        counts=compile_sql(build_counts(definitions)).replace("%", "%%"),
        groups="ARRAY[" + ", ".join(f"'{sex}/{age}'" for sex, age in GROUPS) + "]",
        length=len(GROUPS),
        names=", ".join(names),
        zeros=", ".join("0" for _ in names),
        sums=", ".join(f"sum({name})::integer AS {name}" for name in names),
        arrays=", ".join(f"array_agg({name} ORDER BY place) AS {name}" for name in names),
        pairs=", ".join(f"('{code}', w.{code}__n, w.{code}__d)" for code in codes),
    )


def write_sums_query(cell: str) -> str:
    """The cells of regions computed from the regions below, group by group."""
    parts = {part: ", ".join(f"sum(c.{part}[{place}])" for place in PLACES) for part in ("numerators", "denominators")}
    return SUMS.format(cell=cell, **parts)


@cache
def get_fresh(*, from_children: bool, cell: str) -> str:
    """The query for desa cells (from the children) or for a level above (from the level below)."""
    return write_desa_query(list_definitions()) if from_children else write_sums_query(cell)


def write_merge(*, from_children: bool, cell: str = CELL) -> str:
    """The statement that brings a few cells in line; gives the number of cells changed."""
    return MERGE.format(fresh=get_fresh(from_children=from_children, cell=cell), cell=cell)


def write_replacement(*, from_children: bool, cell: str = CELL) -> tuple[str, str]:
    """The two statements that replace many cells."""
    return DELETE.format(cell=cell), INSERT.format(fresh=get_fresh(from_children=from_children, cell=cell), cell=cell)
