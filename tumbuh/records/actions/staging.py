"""The staging table: where callers put what they want matched and saved, in bulk.

A temporary table of the session, so nothing of it outlives the connection. A caller fills the columns of COLUMNS
(`copy_staged`, or an INSERT … SELECT of its own); `match_staged` fills the rest.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from tumbuh.regions.api import find_enclosing

COLUMNS = (
    "row_id",  # the caller's number of the row, unique; its order is the order of the file
    "desa_id",
    "posyandu_id",
    "name",
    "name_key",
    "sex",
    "birth_date",
    "mother_name",
    "nik_encrypted",
    "nik_index",
    "nik_status",
    "birth_weight_kg",
    "birth_length_cm",
    "measured_on",
    "weight_kg",
    "lenhei_cm",
    "mode",
    "head_cm",
    "muac_cm",
    "oedema",
    "decision",  # "" none, SAME as candidate_id or as the row same_as, OTHER child
    "candidate_id",
    "same_as",
    "kk_encrypted",
    "kk_index",
    "address",
    "rt",
    "rw",
)

# Half of each page stays free: matching then changes a row in its own page, which leaves the index alone.
CREATE = """
DROP TABLE IF EXISTS records_staged;
CREATE TEMPORARY TABLE records_staged (
    row_id bigint PRIMARY KEY, desa_id bigint NOT NULL, posyandu_id bigint, name text NOT NULL, name_key text NOT NULL,
    sex text NOT NULL, birth_date date NOT NULL, mother_name text NOT NULL DEFAULT '',
    nik_encrypted bytea, nik_index bytea, nik_status text NOT NULL DEFAULT 'MISSING',
    birth_weight_kg numeric(6, 3), birth_length_cm numeric(5, 2),
    measured_on date NOT NULL, weight_kg numeric(6, 3), lenhei_cm numeric(5, 2), mode text NOT NULL DEFAULT '',
    head_cm numeric(5, 2), muac_cm numeric(5, 2), oedema boolean NOT NULL DEFAULT false,
    decision text NOT NULL DEFAULT '', candidate_id bigint, same_as bigint,
    kk_encrypted bytea, kk_index bytea, address text NOT NULL DEFAULT '', rt text NOT NULL DEFAULT '',
    rw text NOT NULL DEFAULT '',
    person_id bigint, child bigint, verdict text NOT NULL DEFAULT '', action text NOT NULL DEFAULT 'insert',
    measurement_id bigint
) WITH (fillfactor = 50);
"""


def open_staging() -> None:
    """An empty staging table for this connection."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)


def find_place() -> int | None:
    """The smallest region that holds every staged row; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(desa_id), max(desa_id) FROM records_staged")
        return find_enclosing(desa_id for desa_id in cursor.fetchone() if desa_id is not None)


def close_staging() -> None:
    """Drop what was staged and what came of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS records_staged, records_merged, records_fills, records_saved, records_families, "
            "records_renewed, records_homes, records_taken"
        )


def copy_staged(rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, each with the values of COLUMNS in that order."""
    statement = f"COPY records_staged ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
