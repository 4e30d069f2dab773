"""The extent of an OpenDocument sheet: repeats are counted, not unfolded."""

from xml.parsers import expat

from tumbuh.lib.spreadsheets.cells import check_extent
from tumbuh.lib.spreadsheets.errors import ErrorCode, SpreadsheetError
from tumbuh.lib.spreadsheets.types import Limits

CELLS = ("table:table-cell", "table:covered-table-cell")
TABLE, ROW, PARAGRAPH = "table:table", "table:table-row", "text:p"
COLUMNS_REPEATED, ROWS_REPEATED = "table:number-columns-repeated", "table:number-rows-repeated"
TYPE = "office:value-type"
FORMULA = "table:formula"


class OdsScan:
    """Takes the blocks of content.xml; refuses far cells, repeats without end and entities."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets = self.area = 0
        self.rows = self.columns = self.cells = 0
        self.row = self.column = self.row_cells = self.row_repeat = self.cell_repeat = 0
        self.is_filled = self.in_cell = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        """A document type declaration has no place here."""
        raise SpreadsheetError(ErrorCode.XML_ENTITIES, found="content.xml")

    def feed(self, block: bytes) -> None:
        """Look at the next block."""
        try:
            self.parser.Parse(block, False)
        except expat.ExpatError as error:
            raise SpreadsheetError(ErrorCode.BROKEN) from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, row or cell begins, or a cell turns out to have text."""
        if name in CELLS:
            self.cell_repeat = get_repeat(attributes.get(COLUMNS_REPEATED))
            self.is_filled = TYPE in attributes or FORMULA in attributes
            self.in_cell = True
        elif name == PARAGRAPH:
            self.is_filled = self.is_filled or self.in_cell
        elif name == ROW:
            self.row_repeat = get_repeat(attributes.get(ROWS_REPEATED))
            self.column = self.row_cells = 0
        elif name == TABLE:
            self.sheets += 1
            self.row = self.rows = self.columns = self.cells = 0

    def end(self, name: str) -> None:
        """A cell, row or table ends."""
        if name in CELLS:
            self.column += self.cell_repeat
            self.in_cell = False
            if self.is_filled:
                self.columns = max(self.columns, self.column)
                self.row_cells += self.cell_repeat
        elif name == ROW:
            self.row += self.row_repeat
            if self.row_cells:
                self.rows = self.row
                self.cells += self.row_cells * self.row_repeat
                check_extent(self.rows, self.columns, self.cells, self.limits)
        elif name == TABLE:
            check_extent(self.rows, self.columns, self.cells, self.limits, is_whole=True)
            self.area += self.rows * self.columns

    def close(self) -> int:
        """Cells of all sheets together (the reader holds them at once)."""
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise SpreadsheetError(ErrorCode.BROKEN) from error
        if self.sheets > self.limits.sheets:
            raise SpreadsheetError(ErrorCode.TOO_MANY_SHEETS, found=self.sheets, limit=self.limits.sheets)
        check_extent(1, 1, self.area, self.limits)
        if self.area > self.limits.cells:
            raise SpreadsheetError(ErrorCode.TOO_MANY_CELLS, found=self.area, limit=self.limits.cells)
        return self.area


def get_repeat(text: str | None) -> int:
    """A repeat count; 1 when absent, SpreadsheetError when it is no plain number."""
    if text is None:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise SpreadsheetError(ErrorCode.BROKEN)
    return int(text)
