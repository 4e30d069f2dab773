"""What leaves is inert: no text starts a formula, and comes back as it was."""

import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.workbooks import make_csv
from tumbuh.lib.spreadsheets.api import create_workbook, inert, read_sheets, write_cell

DANGEROUS = ["=1+1", "+62812", "-x", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://a")', "+1+1", "http://a.example"]


@pytest.mark.parametrize("text", DANGEROUS[:-1])
def test_delimited_text_is_defused_and_comes_back(tmp_path, text):
    safe = inert(text)
    assert safe == text or safe == "'" + text
    assert not str(safe).startswith(("=", "@", "\t", "\r"))
    path = make_csv(tmp_path / "a.csv", [["kolom", "lain"], [safe, "x"]], ";")
    (chunk,) = read_sheets(path)
    assert chunk.rows[1] == [text, "x"]


@pytest.mark.parametrize(
    "value", [-3, -3.5, "-3,5", "+7", "-12.25", "Siti", "'kutip", "", None, True, date(2026, 1, 2)]
)
def test_numbers_and_plain_values_stay(value):
    assert inert(value) == value


@settings(deadline=None)
@given(st.text())
def test_defusing_twice_or_once_leaves_no_formula(text):
    safe = str(inert(text))
    assert safe in (text, "'" + text)
    assert not safe.startswith(("=", "@", "\t", "\r"))


def test_workbook_cells_are_never_formulas(tmp_path):
    values = [
        *DANGEROUS,
        -3.5,
        7,
        Decimal("8.250"),
        True,
        date(2026, 10, 5),
        None,
        "1701015205200001",
        1701015205200001,
    ]
    book = create_workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("Galat")
    for row, value in enumerate(values):
        write_cell(sheet, row, 0, value)
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert b"hyperlink" not in archive.read("xl/worksheets/sheet1.xml")
    (chunk,) = read_sheets(tmp_path / "a.xlsx")
    expected = [*DANGEROUS, -3.5, 7, 8.25, True, date(2026, 10, 5), None, "1701015205200001", "1701015205200001"]
    got = [row[0] for row in chunk.rows]
    assert [str(v).replace("\r", "\n") for v in got] == [str(v).replace("\r", "\n") for v in expected]
