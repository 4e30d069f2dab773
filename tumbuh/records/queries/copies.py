"""A copy of the register for DuckDB: what the views of people and receipts read, as Parquet in files without a name.

It is personal data: a file that never had a name is nobody else's to open and goes with the process, however it ends.
DuckDB gets no folder to write to for the same reason; what does not fit into its memory fails.
"""

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from tumbuh.accounts.api import whole_country
from tumbuh.records.rules.dialects import COMPLETED_MONTHS, translate_view

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"  # a province of 170,000 children takes less than half; the web and PostgreSQL live beside it
THREADS = 2  # more would take the cores from those who use the site meanwhile
PART_PEOPLE = 100_000  # people in the register for each part
BLOCK = 4 * 1024 * 1024  # bytes of a table in memory at once
KEY, DAY, TEXT, IS, SMALL, SIZE = "int64", "date32", "string", "bool", "int16", "size"  # as Arrow calls them; decimals
TABLES: dict[str, dict[str, str]] = {
    "records_month": {"month": DAY, "next_month": DAY, "month_end": DAY},
    "records_person": {
        "id": KEY, "desa_id": KEY, "household_id": KEY, "mother_id": KEY, "sex": TEXT, "birth_date": DAY,
        "registered_on": DAY, "left_on": DAY,
    },
    "records_household": {"id": KEY, "decile": SMALL},
    "records_pregnancy": {
        "mother_id": KEY, "started_on": DAY, "ended_on": DAY, "counts_from": DAY, "is_risky": IS, "outcome": TEXT,
    },
    "records_couple": {
        "bride_id": KEY, "groom_id": KEY, "registered_on": DAY, "married_on": DAY, "called_off_on": DAY,
        "counts_from": DAY,
    },
    "records_healthcheck": {
        "person_id": KEY, "desa_id": KEY, "batch_id": TEXT, "checked_on": DAY, "muac_cm": SIZE, "hb_g_dl": SIZE,
        "weight_kg": SIZE, "height_cm": SIZE, "smoke": IS,
    },
    "records_measurement": {
        "person_id": KEY, "desa_id": KEY, "batch_id": TEXT, "measured_on": DAY, "weight_kg": SIZE, "lenhei_cm": SIZE,
        "haz": SMALL, "waz": SMALL, "whz": SMALL, "haz_flag": IS, "waz_flag": IS, "whz_flag": IS, "oedema": IS,
    },
    "records_statement": {"person_id": KEY, "household_id": KEY, "code": TEXT, "value": IS, "stated_on": DAY},
    "records_servicereceived": {
        "person_id": KEY, "household_id": KEY, "desa_id": KEY, "batch_id": TEXT, "code": TEXT, "received_on": DAY,
        "quantity": SMALL,
    },
}  # fmt: skip
VIEW = "SELECT pg_get_viewdef(%s::regclass)"
ASKED = "CREATE OR REPLACE VIEW records_month AS SELECT * FROM all_months WHERE month = DATE '{month}'"
PART = "CREATE OR REPLACE TABLE person_months AS SELECT * FROM everybody WHERE desa_id % {parts} = {part}"
PEOPLE = "SELECT count(*) FROM records_person"


class Stream(io.RawIOBase):
    """What COPY sends, as a file to read."""

    def __init__(self, parts: Any) -> None:
        self._parts, self._rest = iter(parts), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


@dataclass(frozen=True)
class RegisterCopy:
    """`duck` has the tables `person_months`, of the month last asked for, and `receipts`.

    A register in `parts` (a desa is whole in one of them) needs the memory of one at a time.
    """

    duck: "duckdb.DuckDBPyConnection"
    person_month: str
    parts: int

    def list_parts(self, month: date) -> Iterator[int]:
        """Fill `person_months` with one part of a month after the other; parts without anybody are left out."""
        self.duck.execute(ASKED.format(month=month))
        self.duck.execute(f"CREATE OR REPLACE TABLE everybody AS {self.person_month}")
        for part in range(self.parts):
            self.duck.execute(PART.format(parts=self.parts, part=part))
            if self.duck.execute("SELECT count(*) > 0 FROM person_months").fetchall()[0][0]:
                yield part


@contextmanager
def copy_register() -> Iterator[RegisterCopy]:
    """The whole register as it stands, in DuckDB. The caller sees to it that nobody writes while it is copied."""
    import duckdb

    with ExitStack() as stack, whole_country("roll-up"), connection.cursor() as cursor:
        limits = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": "", "preserve_insertion_order": False}
        duck = stack.enter_context(duckdb.connect(":memory:", config=limits))
        duck.execute(COMPLETED_MONTHS)
        for table, columns in TABLES.items():
            file = stack.enter_context(tempfile.TemporaryFile(dir=settings.VAR))
            copy_table(table, columns, file)
            name = "all_months" if table == "records_month" else table
            duck.execute(f"CREATE VIEW {name} AS FROM read_parquet('/proc/self/fd/{file.fileno()}')")
        views = {}
        for view in ("records_person_month", "records_receipt"):
            cursor.execute(VIEW, [view])
            views[view] = translate_view(cursor.fetchone()[0].rstrip().rstrip(";"))
        duck.execute(f"CREATE VIEW receipts AS {views['records_receipt']}")
        people = duck.execute(PEOPLE).fetchall()[0][0]
        yield RegisterCopy(duck, views["records_person_month"], people // PART_PEOPLE + 1)


def copy_table(table: str, columns: dict[str, str], file: IO[bytes]) -> None:
    """Some columns of a table as Parquet, block by block."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    types = {name: pa.decimal128(8, 3) if kind == SIZE else pa.type_for_alias(kind) for name, kind in columns.items()}
    schema = pa.schema(types)
    convert = csv.ConvertOptions(
        column_types=schema, true_values=["t"], false_values=["f"], null_values=[""],
        strings_can_be_null=True, quoted_strings_can_be_null=False,
    )  # fmt: skip
    read = csv.ReadOptions(column_names=schema.names, block_size=BLOCK, use_threads=False)
    select = f"SELECT {', '.join(schema.names)} FROM {table}"  # noqa: S608 - names of ours
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)") as copy,
        parquet.ParquetWriter(file, schema) as writer,
    ):
        lines = io.BufferedReader(Stream(copy), BLOCK)
        if lines.peek(1):
            for batch in csv.open_csv(lines, read_options=read, convert_options=convert):
                writer.write_batch(batch)
    file.flush()
