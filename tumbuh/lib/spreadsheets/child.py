"""The reading process: `python -m tumbuh.lib.spreadsheets.child`, started by reader.py, limited from its first line.

Takes one JSON line on stdin (path, kind, limits, is_beside), writes frames to stdout: chunks, then {"end": true} or an
error. With `is_beside` the file is looked at while it is parsed: see `stream_beside`.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from threading import Thread, stack_size
from typing import Any, BinaryIO

from tumbuh.lib.spreadsheets.archive import scan_archive
from tumbuh.lib.spreadsheets.delimited import iter_delimited
from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.types import FileKind, Limits
from tumbuh.lib.spreadsheets.wire import clean_rows, pack

SMALLEST_XLS_CELL = 6
STACK_BYTES = 1 << 20


def main() -> None:
    """Read the order, keep the limits, stream the rows."""
    order = json.loads(sys.stdin.readline())
    limits = Limits(**order["limits"])
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    set_limits(limits)
    gc.disable()  # rows are many, form no circles, and the process does not live long
    work = stream_beside if order["is_beside"] else stream
    try:
        work(order["path"], FileKind(order["kind"]), limits, out)
        out.write(pack({"end": True}))
    except SpreadsheetError as error:
        out.write(pack_error(error))
    except MemoryError:
        out.write(pack({"error": ErrorCode.OUT_OF_MEMORY.value, "values": {}}))


def pack_error(error: SpreadsheetError) -> bytes:
    return pack({"error": error.code.value, "values": error.values})


def set_limits(limits: Limits) -> None:
    """Little memory for the first look; the hard limit is what the largest honest workbook needs."""
    ceiling = limits.memory_bytes + limits.memory_per_cell * limits.cells
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, ceiling))


def allow_cells(cells: int, limits: Limits) -> None:
    """Raise the memory limit to what that many cells honestly need."""
    ceiling = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes + limits.memory_per_cell * cells, ceiling))


def stream(path: str, kind: FileKind, limits: Limits, out: BinaryIO | Any) -> None:
    """Write all chunks of the file."""
    if kind is FileKind.CSV:
        send(out, "", False, iter_delimited(path, limits), None, limits)
        return
    if kind is FileKind.XLS:
        cells = min(Path(path).stat().st_size // SMALLEST_XLS_CELL, limits.cells)
    else:
        cells = scan_archive(path, kind, limits)
    allow_cells(cells, limits)
    for sheet, is_hidden, rows, total in iter_sheets(path, limits):
        send(out, sheet, is_hidden, rows, total, limits)


def stream_beside(path: str, kind: FileKind, limits: Limits, out: BinaryIO | Any) -> None:
    """The same, the first sheet parsed while the scan still looks: not a byte goes out before the scan has agreed.

    A refusal by the scan ends the process at once. When the parser fails, the scan has the first word; when it dies,
    or memory is short before the scan has said how much is needed, nothing goes out and `stream` is tried instead.
    """
    cells: list[int] = []

    def scan() -> None:
        try:
            cells.append(scan_archive(path, kind, limits))
        except SpreadsheetError as error:
            out.write(pack_error(error))
            os._exit(0)
        except BaseException:
            os._exit(1)

    stack_size(STACK_BYTES)
    look = Thread(target=scan)
    look.start()
    sheets = iter_sheets(path, limits)
    try:
        first = next(sheets)
    except SpreadsheetError:
        look.join()
        raise
    except MemoryError:
        os._exit(1)
    look.join()
    allow_cells(cells[0], limits)
    for sheet, is_hidden, rows, total in chain([first], sheets):
        send(out, sheet, is_hidden, rows, total, limits)


def iter_sheets(path: str, limits: Limits) -> Iterator[tuple[str, bool, Iterable[list[Any]], int]]:
    """Name, hidden, rows from row 1 on, and last row of each data sheet."""
    import python_calamine as calamine  # after the limits, and only where it is needed

    try:
        # From the open file: given a path, calamine would trust the name's ending.
        with Path(path).open("rb") as file, calamine.load_workbook(file) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
            if not sheets:
                raise SpreadsheetError(ErrorCode.NO_SHEETS)
            if len(sheets) > limits.sheets:
                raise SpreadsheetError(ErrorCode.TOO_MANY_SHEETS, found=len(sheets), limit=limits.sheets)
            for meta in sheets:
                sheet = book.get_sheet_by_name(meta.name)
                is_hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                yield meta.name, is_hidden, sheet.iter_rows() if sheet.end else (), sheet.end[0] + 1 if sheet.end else 0
    except calamine.PasswordError as error:
        raise SpreadsheetError(ErrorCode.PASSWORD) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise SpreadsheetError(ErrorCode.BROKEN) from error


def send(out: Any, sheet: str, is_hidden: bool, rows: Iterable[list[Any]], total: int | None, limits: Limits) -> None:
    """Write the rows of one sheet in chunks, at least one."""
    source, first = iter(rows), 1
    while True:
        block = list(islice(source, limits.chunk_rows))
        if not block and first > 1:
            return
        try:
            cleaned, dates = clean_rows(block, limits.cell_characters)
        except ValueError as error:
            place = f"baris {first}–{first + len(block) - 1}"
            raise SpreadsheetError(ErrorCode.CELL_TOO_LONG, found=place, limit=limits.cell_characters) from error
        out.write(
            pack(
                {"sheet": sheet, "hidden": is_hidden, "first": first, "count": len(cleaned), "total": total},
                [cleaned, dates],
            )
        )
        first += len(block)
        if len(block) < limits.chunk_rows:
            return


if __name__ == "__main__":
    main()
