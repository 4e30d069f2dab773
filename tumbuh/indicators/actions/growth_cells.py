"""The cells of indicators of growth: counted from the children of a desa and month, by sex and age group."""

from collections.abc import Iterable
from functools import cache

from tumbuh.indicators.actions.rollups import RollUp
from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.definitions import Definition
from tumbuh.indicators.rules.formula import TABLE, build_counts, compile_sql
from tumbuh.indicators.rules.values import GROUPS
from tumbuh.records.api import list_open_months

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


@cache
def write_query() -> str:
    """For all definitions, compiled once per process."""
    return write_desa_query(list_definitions())


GROWTH = RollUp(
    table="indicators_cell",
    keys=("indicator",),
    arrays=("numerators", "denominators"),
    length=len(GROUPS),
    write_desa_query=write_query,
    list_open_months=list_open_months,
)
