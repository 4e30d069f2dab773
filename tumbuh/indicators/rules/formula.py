"""Definitions as one Ibis expression on the table `child_months`; SQL for PostgreSQL is made from it.

Ibis is imported only when an expression is built: pages that read figures never pay for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from tumbuh.engines.definitions.api import Condition, read_test
from tumbuh.indicators.rules.conditions import COLUMNS, NULLABLE
from tumbuh.indicators.rules.definitions import Definition

if TYPE_CHECKING:
    import ibis.expr.types as ir

TABLE = "child_months"
GROUP_KEYS = ("desa_id", "month", "sex", "age_group")
TYPES = {int: "int64", str: "string", bool: "boolean", date: "date"}
TESTS: Mapping[str, Callable[[Any, Any], Any]] = {
    "is": lambda column, value: column == value,
    "below": lambda column, value: column < value,
    "above": lambda column, value: column > value,
    "between": lambda column, ends: column.between(*ends),
    "in": lambda column, value: column.isin(value),
}


def make_table() -> "ir.Table":
    """The unbound table child_months: the columns conditions may use, and the month and day measured."""
    import ibis

    columns = {name: TYPES[kind] for name, kind in COLUMNS.items()}
    return ibis.table({**columns, "month": "date", "measured_on": "date"}, name=TABLE)


def build_condition(table: "ir.Table", condition: Condition, nullable: Collection[str] = NULLABLE) -> Any:
    """The condition as a boolean Ibis expression that is never null."""
    import ibis

    if "all" in condition:
        return reduce(and_, (build_condition(table, part, nullable) for part in condition["all"]), ibis.literal(True))
    if "any" in condition:
        return reduce(or_, (build_condition(table, part, nullable) for part in condition["any"]), ibis.literal(False))
    if "not" in condition:
        return ~build_condition(table, condition["not"], nullable)
    name, test, value = read_test(condition)
    column = table[name]
    if test == "known":
        return column.notnull() if value else column.isnull()
    result = TESTS[test](column, value)
    return column.notnull() & result if name in nullable else result


def build_counts(definitions: Iterable[Definition]) -> "ir.Table":
    """One row per desa, month, sex and age group, with columns `<code>__n` and `<code>__d` for each definition."""
    table = make_table()
    counts = {}
    for definition in definitions:
        among = build_condition(table, definition.denominator.where)
        within = build_condition(table, {"all": [definition.denominator.where, definition.numerator.where]})
        counts[f"{definition.code}__n"] = table.count(where=within)
        counts[f"{definition.code}__d"] = table.count(where=among)
    return table.group_by(list(GROUP_KEYS)).agg(**counts)


def build_exclusions(definition: Definition) -> "ir.Table":
    """One row: `registered`, and the children of each exclusion by its code."""
    table = make_table()
    counts = {e.code: table.count(where=build_condition(table, e.part.where)) for e in definition.exclusions}
    return table.agg(registered=table.count(), **counts)


def compile_sql(expression: "ir.Table", dialect: str = "postgres", *, pretty: bool = True) -> str:
    """The expression as PostgreSQL (or "duckdb") reads it."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect, pretty=pretty))
