"""What the reader hands out: kinds of file, chunks of rows, and the limits it keeps."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | None
Row = list[Cell]


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of one sheet, at most Limits.chunk_rows of them.

    `first_row` is the number, as Excel shows it (from 1), of rows[0]. Cells are plain values: text stays text,
    whole numbers below 10**15 are int, bigger or broken ones float, dates are date (datetime when a time of day
    was given), an empty cell and an error cell (#N/A) are None. Rows may differ in length.
    `sheet_rows` is the number of the sheet's last row, None where it is not known beforehand (csv).
    A sheet without rows comes as one chunk with rows == [].
    """

    sheet: str
    is_hidden: bool
    first_row: int
    rows: list[Row]
    sheet_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """A chunk on its way or put by: the place and number of its rows, the rows as bytes for `unpack_chunk`."""

    sheet: str
    is_hidden: bool
    first_row: int
    count: int
    sheet_rows: int | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for before it is refused. Sizes in bytes, times in seconds."""

    file_bytes: int = 60_000_000
    unzipped_bytes: int = 200_000_000
    entry_ratio: int = 100
    ratio_from_bytes: int = 1_000_000
    entries: int = 2_000
    sheets: int = 200
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 7_000_000
    sparse_cells: int = 1_000_000
    cell_characters: int = 32_767
    memory_bytes: int = 300_000_000
    memory_per_cell: int = 110
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    chunk_rows: int = 500
