"""The extent of an Excel sheet, from the cell references in its XML, without parsing it."""

import re

from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.types import FileKind, Limits

# Cells with content only: a styled, empty cell (<c r="XFD1" s="3"/>) costs nothing and is common.
CELL = re.compile(rb""" r="([A-Za-z]{1,7})(\d{1,10})"[^>]*(?<!/)>""")
# The same with blanks around the equals sign: slower, for the rare file that has them.
SPACED_CELL = re.compile(rb""" r *= *"([A-Za-z]{1,7})(\d{1,10})"[^>]*(?<!/)>""")
PLAIN = bytes.maketrans(b"\t\r\n'", b'   "')
COUNT = re.compile(rb"""<(?:\w+:)?sst\b[^>]*""")
NUMBER = re.compile(rb"""[cC]ount\s*=\s*["'](\d+)["']""")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
DENSITY = 25
OVERLAP = 256
HEAD = 4096


def get_column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27, XFD 16384."""
    number = 0
    for byte in letters.upper():
        number = number * 26 + byte - 64
    return number


def get_reference(column: int, row: int) -> str:
    """The reverse: 16384, 1048576 is XFD1048576."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def find_cells(text: bytes) -> list[tuple[bytes, bytes]]:
    """Letters and number of each cell with content, in any legal spelling of the attribute."""
    plain = text.translate(PLAIN)
    is_spaced = b" r =" in plain or b" r= " in plain
    return (SPACED_CELL if is_spaced else CELL).findall(plain)


class CellScan:
    """Takes the blocks of one XML part, refuses what is too far or too much, and ends with the cells to be held."""

    def __init__(self, name: str, limits: Limits, kind: FileKind) -> None:
        self.name, self.limits, self.kind = name, limits, kind
        self.tail = b""
        self.columns = self.rows = self.cells = self.sheets = 0
        self.is_head = True

    def feed(self, block: bytes) -> None:
        """Look at the next block."""
        if self.kind is not FileKind.XLSX:
            return
        if self.is_head:
            self.check_strings(block)
        self.is_head = False
        text = self.tail + block
        # The last, perhaps cut, element is left for the next block.
        cut = max(text.rfind(b">") + 1, len(text) - OVERLAP * 64)
        self.tail = text[cut:]
        whole = text[:cut]
        if b"<" not in whole:
            return
        if self.name.endswith("workbook.xml"):
            self.sheets += len(SHEET.findall(whole))
        found = find_cells(whole)
        if found:
            letters, numbers = zip(*found, strict=True)
            self.cells += len(found)
            self.columns = max(self.columns, *map(get_column_number, set(letters)))
            self.rows = max(self.rows, *map(int, set(numbers)))
            self.check_extent()

    def check_strings(self, block: bytes) -> None:
        """Refuse a list of shared strings that claims more texts than a workbook may have cells."""
        root = COUNT.search(block[:HEAD])
        claims = [int(claim) for claim in NUMBER.findall(root.group())] if root else []
        if claims and max(claims) > self.limits.cells:
            raise SpreadsheetError(ErrorCode.TOO_MANY_STRINGS, found=max(claims), limit=self.limits.cells)

    def check_extent(self) -> None:
        """Refuse rows or columns beyond the limits, and single cells far away."""
        check_extent(self.rows, self.columns, self.cells, self.limits)

    def close(self) -> int:
        """Cells of the rectangle from A1; refuses when there are too many sheets."""
        if self.sheets > self.limits.sheets:
            raise SpreadsheetError(ErrorCode.TOO_MANY_SHEETS, found=self.sheets, limit=self.limits.sheets)
        check_extent(self.rows, self.columns, self.cells, self.limits, is_whole=True)
        return self.rows * self.columns


def check_extent(rows: int, columns: int, cells: int, limits: Limits, *, is_whole: bool = False) -> None:
    """Refuse a rectangle that is too high, too wide, too big, or (at the end) almost empty.

    `cells` are those with content seen so far: only at the end, or beyond a limit, can a sheet be called sparse.
    """
    area = rows * columns
    is_over = rows > limits.rows or columns > limits.columns or area > limits.cells
    is_sparse = area > limits.sparse_cells and area > DENSITY * cells
    if is_sparse and (is_over or is_whole):
        raise SpreadsheetError(ErrorCode.FAR_CELL, found=get_reference(columns, rows))
    if rows > limits.rows:
        raise SpreadsheetError(ErrorCode.TOO_MANY_ROWS, found=rows, limit=limits.rows)
    if columns > limits.columns:
        raise SpreadsheetError(ErrorCode.TOO_MANY_COLUMNS, found=columns, limit=limits.columns)
    if area > limits.cells:
        raise SpreadsheetError(ErrorCode.TOO_MANY_CELLS, found=area, limit=limits.cells)
