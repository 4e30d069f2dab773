"""How fast and in how much memory 50,000 rows of 30 columns are read: python -m tests.bench.spreadsheets"""

import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.factories.eppgbm_sheet import GOOD, HEADINGS
from tests.factories.workbooks import make_csv, make_xlsx
from tumbuh.intake.eppgbm.api import guess_columns, read_row
from tumbuh.lib.spreadsheets.api import read_sheets

ROWS, COLUMNS = 50_000, 30
TODAY = date(2026, 11, 24)


def list_rows() -> list[list[object]]:
    """A header and rows that differ in number, NIK, name and values."""
    names = HEADINGS[:COLUMNS]
    rows: list[list[object]] = [list(names)]
    for n in range(ROWS):
        changes = {"No": n, "NIK": f"1701014107{n:06}", "Nama": f"Anak {n}", "Berat": f"{8 + n % 70 / 10:.1f}"}
        rows.append([{**GOOD, **changes}.get(name) for name in names])
    return rows


def measure(path: Path) -> None:
    """Print seconds and memory of reading, then of reading and understanding, one file."""
    for with_rules in (False, True):
        started, reading, count = time.perf_counter(), None, 0
        for chunk in read_sheets(path):
            reading = reading or guess_columns(chunk.rows)
            for cells in chunk.rows if with_rules else ():
                read_row(cells, reading, today=TODAY)
            count += len(chunk.rows)
        seconds = time.perf_counter() - started
        what = "read and understood" if with_rules else "read"
        print(f"{path.name}: {count} rows {what} in {seconds:.2f} s, {count / seconds:,.0f} rows/s")
    own, child = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory: largest child {child} MB; this process, with the builder of the file, {own} MB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rows = list_rows()
        make_csv(Path(folder, "rows.csv"), rows, ";")
        make_xlsx(Path(folder, "rows.xlsx"), {"Sheet1": rows})
        del rows
        measure(Path(folder, "rows.csv"))
        measure(Path(folder, "rows.xlsx"))
