"""Writing rows of one table in bulk: new ones added, changed ones changed, the same ones left alone."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection, models

STAGE = "records_merging"


class Merged(NamedTuple):
    """How many rows were new and how many changed; the rest said what was known."""

    new: int
    changed: int


def merge_rows(
    model: type[models.Model],
    columns: Sequence[str],
    key: Sequence[str],
    rows: Iterable[Sequence[Any]],
    where: str = "",
) -> Merged:
    """Write rows (values of `columns`; the last one of a key counts), in the caller's transaction.

    `key` are the columns of a unique constraint, `where` its condition. The last column is the batch: by itself it is
    no change, and a row that changed belongs to the batch that wrote it last.
    """
    table, values = model._meta.db_table, [column for column in columns if column not in key]
    names, same = ", ".join(columns), values[:-1]
    differs = f"({prefix('t', same)}) IS DISTINCT FROM ({prefix('excluded', same)})" if same else "false"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {STAGE} ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")
        cursor.execute(f"ALTER TABLE {STAGE} ADD line bigint GENERATED ALWAYS AS IDENTITY")
        with cursor.copy(f"COPY {STAGE} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"WITH written AS (INSERT INTO {table} AS t ({names})"
            f" SELECT DISTINCT ON ({', '.join(key)}) {names} FROM {STAGE} ORDER BY {', '.join(key)}, line DESC"
            f" ON CONFLICT ({', '.join(key)}) {where}"
            f" DO UPDATE SET ({', '.join(values)}, recorded_at) = ROW({prefix('excluded', values)}, now())"
            f" WHERE {differs} RETURNING (xmax = 0) AS is_new)"
            " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
        )
        merged = Merged(*cursor.fetchone())
        cursor.execute(f"DROP TABLE {STAGE}")
    return merged


def prefix(table: str, columns: Sequence[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)
