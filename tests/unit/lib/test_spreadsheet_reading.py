"""Honest files of every format come out as the values that a person sees in them."""

import gc
import os
import subprocess
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.factories.workbooks import make_csv, make_long_xlsx, make_ods, make_raw_xlsx, make_xls, make_xlsx
from tumbuh.lib.spreadsheets.api import ErrorCode, FileKind, Limits, SpreadsheetError, inspect_file, read_sheets
from tumbuh.lib.spreadsheets.reader import Clock, run_child

MOMENT = datetime(2026, 10, 5, 13, 30)  # noqa: DTZ001  cells know no zone
ROWS = [
    ["Judul laporan", None, None],
    [None, None, None],
    ["NIK", "Tanggal", "Berat"],
    ["1701015205200001", date(2026, 10, 5), 8.5],
    ["007", date(2020, 2, 29), 12],
    ["a\u00a0b", None, -3.25],
]


def read_all(path, **options):
    return [row for chunk in read_sheets(path, **options) for row in chunk.rows]


def trim(row):
    return row[: max((n + 1 for n, value in enumerate(row) if value is not None), default=0)]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.csv", "berkas", "a.bin"])
@pytest.mark.parametrize("make", [make_xlsx, make_xls, make_ods])
def test_workbooks_give_texts_numbers_and_dates_whatever_their_name(tmp_path, make, name):
    path = make(tmp_path / name, {"Data": ROWS})
    assert [trim(row) for row in read_all(path)] == [trim(row) for row in ROWS]
    assert inspect_file(path) == {make_xlsx: "xlsx", make_xls: "xls", make_ods: "ods"}[make]


@pytest.mark.parametrize("make", [make_xlsx, make_xls, make_ods])
def test_row_numbers_are_those_of_the_sheet(tmp_path, make):
    rows = [[None], [None], [None, "x"], [None], ["y"]]
    (chunk,) = read_sheets(make(tmp_path / "a", {"Data": rows}))
    assert chunk.first_row == 1
    assert [trim(row) for row in chunk.rows] == [[], [], [None, "x"], [], ["y"]]
    assert chunk.sheet_rows == 5


def test_chunks_follow_each_other(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", {"A": [[n] for n in range(25)], "B": [], "C": [["c"]]})
    chunks = list(read_sheets(path, limits=Limits(chunk_rows=10)))
    assert [(c.sheet, c.first_row, len(c.rows)) for c in chunks] == [
        ("A", 1, 10),
        ("A", 11, 10),
        ("A", 21, 5),
        ("B", 1, 0),
        ("C", 1, 1),
    ]
    assert [row for chunk in chunks[:3] for row in chunk.rows] == [[n] for n in range(25)]


def test_hidden_sheets_are_marked(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name, hide in (("Terlihat", None), ("Sembunyi", "hide"), ("Lebih", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, name)
            if hide:
                getattr(sheet, hide)()
    assert [(c.sheet, c.is_hidden) for c in read_sheets(tmp_path / "a.xlsx")] == [
        ("Terlihat", False),
        ("Sembunyi", True),
        ("Lebih", True),
    ]


def test_formulas_booleans_errors_and_merged_cells(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1.5", None, 2.5)
        sheet.write_formula(0, 1, '="a"&"b"', None, "ab")
        sheet.write_boolean(0, 2, True)
        sheet.write_formula(0, 3, "=NA()", None, "#N/A")
        sheet.merge_range(1, 0, 1, 2, "Oktober 2026")
        sheet.write_datetime(1, 3, MOMENT, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    assert read_all(tmp_path / "a.xlsx") == [
        [2.5, "ab", True, None],
        ["Oktober 2026", None, None, MOMENT],
    ]


def test_dates_counted_from_1904(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", {"A": [[date(2026, 10, 5)]]}, date_1904=True)
    assert read_all(path) == [[date(2026, 10, 5)]]


def test_numbers_keep_what_the_file_says(tmp_path):
    cells = "".join(
        f'<c r="{column}1"><v>{text}</v></c>'
        for column, text in (
            ("A", "42"),
            ("B", "8.5"),
            ("C", "1701015205200000"),
            ("D", "7.3E+15"),
            ("E", "999999999999999"),
        )
    )
    (row,) = read_all(make_raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>'))
    assert row == [42, 8.5, 1701015205200000.0, 7.3e15, 999999999999999]
    assert [type(value) for value in row] == [int, float, float, float, int]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_delimited_text_in_any_separator_and_encoding(tmp_path, separator, encoding):
    rows = [["Nama", "Berat", "Catatan"], ["Siti Nurbayá", "8,5", None], ["Budi", "9,25", 'dua\nbaris; "kutip"\tx']]
    path = make_csv(tmp_path / "a.xlsx", rows, separator, encoding)
    assert inspect_file(path) is FileKind.CSV
    assert read_all(path) == rows


def test_a_sep_line_and_blank_lines_in_delimited_text(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"sep=|\r\na;b|c\r\n\r\n1;2|3\r\n")
    assert read_all(tmp_path / "a.csv") == [["a;b", "c"], [], ["1;2", "3"]]


def test_closing_the_iterator_ends_the_child(tmp_path):
    path = make_long_xlsx(tmp_path / "a.xlsx", 5000)
    rows = read_sheets(path)
    next(rows)
    assert list_children()
    rows.close()
    assert list_children() == []


def test_a_forgotten_iterator_leaves_no_child(tmp_path):
    path = make_long_xlsx(tmp_path / "a.xlsx", 5000)
    next(read_sheets(path))
    gc.collect()
    assert list_children() == []


def test_the_child_sees_no_secret_and_no_django(tmp_path, monkeypatch):
    monkeypatch.setenv("TUMBUH_SECRET_PROBE", "x")
    path = make_long_xlsx(tmp_path / "a.xlsx", 5000)
    rows = read_sheets(path)
    next(rows)
    (child,) = list_children()
    environment = Path(f"/proc/{child}/environ").read_text()
    libraries = Path(f"/proc/{child}/maps").read_text()
    rows.close()
    assert "PROBE" not in environment
    assert "python_calamine" in libraries
    assert "psycopg" not in libraries


def test_looking_first_or_beside_gives_the_same(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", {"Data": ROWS, "B": [], "C": [[n] for n in range(1200)]})
    order = {"path": str(path), "kind": "xlsx", "limits": {}}
    beside, after = (list(run_child(order | {"is_beside": way}, Clock(90.0))) for way in (True, False))
    assert beside == after
    assert len(beside) == 5


def test_the_scan_has_the_word_when_the_parser_dies(tmp_path):
    path = make_raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(SpreadsheetError) as caught:
        read_all(path)
    assert caught.value.code is ErrorCode.FAR_CELL
    assert list_children() == []


@pytest.mark.slow
def test_slow_callers_are_not_timed(tmp_path):
    path = make_long_xlsx(tmp_path / "a.xlsx", 3000)
    total = 0
    for chunk in read_sheets(path, limits=Limits(wall_seconds=3)):
        time.sleep(0.55)
        total += len(chunk.rows)
    assert total == 3000


def list_children():
    found = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    return [line.split()[0] for line in found.splitlines() if "spreadsheets.child" in line or "defunct" in line]
