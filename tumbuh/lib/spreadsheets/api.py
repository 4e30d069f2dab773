"""The door of the spreadsheet reader and writer.

inspect_file(path) -> FileKind               by content; SpreadsheetError for anything else
read_sheets(path, limits=Limits()) -> Iterator[Chunk]
    streams the rows from a child process; closing the iterator kills the child.
    Raises SpreadsheetError: `.code` is stable, `str(error)` is one Indonesian sentence, `.english` the English one.
    An error can come after some chunks were handed out: the caller throws those away. Nothing of a zipped workbook is
    handed out before the look at the whole file has agreed, though it is parsed meanwhile.
read_packed(path, limits=Limits()) -> Iterator[Packed]
    the same chunks still packed, to be kept and unpacked later: unpack_chunk(packed) -> Chunk
inert(value) -> Cell                         for CSV: a text that a spreadsheet would run as a formula is defused
create_workbook(path) -> xlsxwriter Workbook nothing in it is ever turned into a formula, a number or a link
write_cell(sheet, row, column, value, style=None)   one cell as its own type (row and column from 0)
"""

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.kinds import inspect_file
from tumbuh.lib.spreadsheets.reader import read_packed, read_sheets
from tumbuh.lib.spreadsheets.types import Cell, Chunk, FileKind, Limits, Packed, Row
from tumbuh.lib.spreadsheets.wire import unpack_chunk
from tumbuh.lib.spreadsheets.writer import create_workbook, inert, write_cell

__all__ = [
    "Cell",
    "Chunk",
    "ErrorCode",
    "FileKind",
    "Limits",
    "Packed",
    "Row",
    "SpreadsheetError",
    "create_workbook",
    "inert",
    "inspect_file",
    "read_packed",
    "read_sheets",
    "unpack_chunk",
    "write_cell",
]
