"""Writing cells that nothing will run: a text stays a text, a number a number."""

import math
import os
import re
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tumbuh.lib.spreadsheets.types import Cell

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
LONGEST = 32_767
# Excel knows no date before 1900 and no more than 15 digits of a number.
FIRST_YEAR = 1900
EXACT = 10**15


def inert(value: Cell) -> Cell:
    """For delimited text: a text that a spreadsheet would run gets an apostrophe in front; all else as it is.

    Numbers, also negative ones and those written as text, stay numbers. Our own reader takes the apostrophe off again.
    """
    if isinstance(value, str) and value.startswith(DANGEROUS) and not NUMBER.fullmatch(value):
        return "'" + value
    return value


def create_workbook(path: str | os.PathLike[str]) -> xlsxwriter.Workbook:
    """A new workbook in which no text becomes a formula, number or link; rows must be written in order."""
    return xlsxwriter.Workbook(
        os.fspath(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell | Decimal, style: Format | None = None) -> None:
    """Write one cell (row and column from 0) as its own type; long digit strings and old dates as text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (date, datetime)) and value.year >= FIRST_YEAR:
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, (int, float, Decimal)) and is_exact(value):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST], style)


def is_exact(value: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps the number: finite, and no whole number of more than 15 digits."""
    return math.isfinite(value) and (isinstance(value, float) or abs(int(value)) < EXACT)
