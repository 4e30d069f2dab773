"""Who is due and who received, counted by the three readings: plain Python, DuckDB and PostgreSQL."""

import json

from tests.factories.person_months import STORED
from tumbuh.engines.convergence.api import Content, Counts, count_people
from tumbuh.indicators.rules.coverage import COUNTS, STRATUM, compile_coverage, list_keys, put_tables
from tumbuh.indicators.rules.needs import make_people, make_receipts

TYPES = {"int64": "bigint", "string": "text", "boolean": "boolean", "date": "date"}
Village = list  # of (row, receipts)


def split(village: Village) -> tuple[list[dict], list[dict]]:
    """Rows of person_months, and rows of receipts with those of a person once."""
    names = ["person_id", "desa_id", "month", "month_end", *STORED]
    people = [{name: row[name] for name in names} for row, _ in village]
    of_person = {row["person_id"]: receipts for row, receipts in village}
    receipts = [
        {"person_id": person, "code": r.code, "received_on": r.received_on, "quantity": r.quantity}
        for person, found in of_person.items()
        for r in found
    ]
    return people, receipts


def collect(content: Content, names, rows) -> dict:
    """{(stratum, group, service): (due, received, only missing)} of those with anybody due."""
    found = {}
    for row in (dict(zip(names, values, strict=True)) for values in rows):
        stratum = tuple(row[name] for name in STRATUM)
        for number, key in enumerate(list_keys(content)):
            counts = tuple(row[f"{name}_{number}"] for name in COUNTS)
            if counts[0]:
                found[(stratum, *key)] = counts
    return found


def count_by_python(content: Content, village: Village) -> dict:
    counts: Counts = count_people(content, village)
    return {
        ((s.desa_id, s.month, s.sex, s.poverty), group, service): (c.due, c.received, c.only_missing)
        for (s, group, service), c in counts.items()
    }


class DuckDB:
    """The statement over Arrow tables, compiled once."""

    def __init__(self, content: Content) -> None:
        self.content, self.sql = content, compile_coverage(content, "duckdb")

    def __call__(self, village: Village) -> dict:
        import duckdb
        import pyarrow

        types = {
            "int64": pyarrow.int64(),
            "string": pyarrow.string(),
            "boolean": pyarrow.bool_(),
            "date": pyarrow.date32(),
        }
        with duckdb.connect() as connection:
            for table, rows in zip((make_people(), make_receipts()), split(village), strict=True):
                schema = pyarrow.schema([(name, types[str(kind)]) for name, kind in table.schema().items()])
                connection.register(table.get_name(), pyarrow.Table.from_pylist(rows, schema=schema))
            result = connection.execute(self.sql)
            return collect(self.content, [column[0] for column in result.description], result.fetchall())


class PostgreSQL:
    """The statement over rows sent as JSON, compiled once."""

    def __init__(self, content: Content) -> None:
        queries = {}
        for table in (make_people(), make_receipts()):
            columns = ", ".join(f'"{name}" {TYPES[str(kind)]}' for name, kind in table.schema().items())
            queries[table.get_name()] = f"SELECT * FROM jsonb_to_recordset(__rows__::jsonb) AS t({columns})"
        statement = put_tables(compile_coverage(content), **queries)
        self.content, self.sql = content, statement.replace("%", "%%").replace("__rows__", "%s")

    def __call__(self, village: Village) -> dict:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(self.sql, [json.dumps(rows, default=str) for rows in split(village)])
            return collect(self.content, [column.name for column in cursor.description], cursor.fetchall())
