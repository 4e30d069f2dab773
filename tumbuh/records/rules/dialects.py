"""Our views in DuckDB's SQL: translated from PostgreSQL's own text of them, so that there is one definition only."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

# As the function of this name in the database.
COMPLETED_MONTHS = """
CREATE MACRO records_completed_months(since, until) AS (year(until) - year(since)) * 12
    + month(until) - month(since) - (day(until) < day(since))::integer
"""
# DuckDB divides decimals as floating numbers. Ours have few decimals and small divisors: a quotient that is no whole
# number is further from the next one than this, so that rounding down gives what exact numbers give.
LITTLE = "1e-9"


def translate_view(text: str) -> str:
    """The text of a view (pg_get_viewdef) as DuckDB reads it."""
    import sqlglot

    return sqlglot.parse_one(text, read="postgres").transform(lift_floor).sql("duckdb")


def lift_floor(node: "exp.Expression") -> "exp.Expression":
    from sqlglot import exp

    if not isinstance(node, exp.Floor):
        return node
    return exp.Floor(this=exp.Add(this=exp.Paren(this=node.this), expression=exp.Literal.number(LITTLE)))
