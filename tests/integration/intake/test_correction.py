"""The workbook to correct: same cells, notes where the fault is, ready to be sent again."""

import zipfile
from datetime import date

import pytest

from tests.factories.eppgbm import HEADER, make_row, write_xlsx
from tests.factories.imports import run, tell
from tumbuh.intake.api import write_correction
from tumbuh.lib.spreadsheets.api import read_sheets
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
A, B = "9101014503240001", "9101014503240002"


def read_back(path) -> list[list]:
    return [row for chunk in read_sheets(path) for row in chunk.rows]


def test_round_trip(user, tmp_path):
    rows = [
        make_row(1, NIK=A),
        make_row(2, NIK=B, Nama="UMAR", JK="L", Desa_Kel="SALAH SEKALI", Alamat='=HYPERLINK("http://x")', RT="007"),
        make_row(3, Nama="GITA", Tgl_Lahir=date(2024, 3, 5), Berat="sebelas"),
    ]
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", rows))
    assert [outcome for _, outcome, _ in tell(taken)] == ["new", "refused", "refused"]
    path = tmp_path / "koreksi.xlsx"
    assert write_correction(taken, path) == 2
    head, second, third = read_back(path)
    assert head == [*HEADER, "Catatan"]
    assert second[1] == B and second[14] == "007" and second[16] == '=HYPERLINK("http://x")'
    assert third[4] == date(2024, 3, 5) and third[19] == "sebelas"
    assert "SALAH SEKALI" in second[-1] and "sebelas" in third[-1]
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        comments = book.read("xl/comments1.xml").decode()
    assert "<f>" not in sheet
    assert 'ref="M2"' in comments and 'ref="T3"' in comments

    fixed = [second[:-1], third[:-1]]
    fixed[0][12], fixed[1][19] = "TALANG BARU", "11,4"
    again = run(user, write_xlsx(tmp_path / "b.xlsx", fixed, title=[]))
    assert [outcome for _, outcome, _ in tell(again)] == ["new", "new"]
    assert (Person.objects.count(), Measurement.objects.count()) == (3, 3)


def test_sent_again_as_it_is_the_same_rows_are_refused(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A), make_row(2, Desa_Kel="SALAH SEKALI")]))
    write_correction(taken, tmp_path / "koreksi.xlsx")
    again = run(user, tmp_path / "koreksi.xlsx")
    assert [(outcome, "DESA_UNKNOWN" in codes) for _, outcome, codes in tell(again)] == [("refused", True)]


def test_nothing_to_correct(user, tmp_path):
    taken = run(user, write_xlsx(tmp_path / "a.xlsx", [make_row(1, NIK=A)]))
    assert write_correction(taken, tmp_path / "koreksi.xlsx") == 0
