"""Rows of child_months made by hand, and the three engines that count them."""

import json
from datetime import date

from tests.factories import oracle
from tumbuh.indicators.rules.formula import GROUP_KEYS, build_counts, compile_sql, make_table

MONTH = date(2026, 9, 1)
TYPES = {"int64": "int", "string": "text", "boolean": "boolean", "date": "date"}
PLAIN = {
    "person_id": 1,
    "desa_id": 9101012001,
    "month": MONTH,
    "sex": "M",
    "age_group": "12-23",
    "measured_on": MONTH,
    "is_weighed": True,
    "is_measured": True,
    "oedema": False,
    "weight_gain": "N",
    "haz": 0,
    "waz": 0,
    "whz": 0,
    "baz": 0,
    "haz_flag": False,
    "waz_flag": False,
    "whz_flag": False,
    "baz_flag": False,
    "haz_before": 0,
    "haz_before_days": 30,
}


def make_child(**changes) -> dict:
    """A healthy, measured boy of 12 to 23 months, with changes."""
    assert set(changes) <= set(PLAIN)
    return {**PLAIN, **changes}


def collect(definitions, names, rows) -> dict[str, dict]:
    """{indicator: {group: [numerator, denominator]}} from rows of counts by column name."""
    found = {definition.code: {} for definition in definitions}
    for row in (dict(zip(names, values, strict=True)) for values in rows):
        for code, cells in found.items():
            if row[f"{code}__d"]:
                cells[tuple(row[key] for key in GROUP_KEYS)] = [row[f"{code}__n"], row[f"{code}__d"]]
    return found


def count_by_oracle(definitions, children) -> dict[str, dict]:
    return {definition.code: oracle.count(definition, children) for definition in definitions}


def count_by_duckdb(definitions, children) -> dict[str, dict]:
    """The same expression on DuckDB, over an Arrow table."""
    import duckdb
    import pyarrow

    types = {"int64": pyarrow.int64(), "string": pyarrow.string(), "boolean": pyarrow.bool_(), "date": pyarrow.date32()}
    schema = pyarrow.schema([(name, types[str(kind)]) for name, kind in make_table().schema().items()])
    with duckdb.connect() as connection:
        connection.register("child_months", pyarrow.Table.from_pylist(children, schema=schema))
        result = connection.execute(compile_sql(build_counts(definitions), "duckdb"))
        return collect(definitions, [column[0] for column in result.description], result.fetchall())


def count_by_postgres(definitions, children) -> dict[str, dict]:
    """The compiled SQL on PostgreSQL, over rows sent as JSON."""
    from django.db import connection

    columns = ", ".join(f'"{name}" {TYPES[str(kind)]}' for name, kind in make_table().schema().items())
    columns = columns.replace('"desa_id" int', '"desa_id" bigint')
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH child_months AS (SELECT * FROM jsonb_to_recordset(%s::jsonb) AS t({columns})) "
            + compile_sql(build_counts(definitions)).replace("%", "%%"),
            [json.dumps(children, default=str)],
        )
        return collect(definitions, [column.name for column in cursor.description], cursor.fetchall())
