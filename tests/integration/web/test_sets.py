"""The pages of official sets of indicators: rows, targets, files, queries."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.service_cells import make_service_cell
from tumbuh.lib.spreadsheets.api import read_sheets

CODE = "91.01.01.2001"
BANGDA, PERPRES = (f"/wilayah/{CODE}/himpunan/{code}" for code in ("aksi-bangda-29", "perpres-72-2021"))
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def operator(province, client):
    desa = province[CODE]
    for month in (date(2026, 6, 1), date(2026, 9, 1)):
        make_service_cell(desa, "CHILD_0_23", "weighed", {("M", "POOR"): (3, 5), ("F", "OTHER"): (6, 7)}, month)
    client.force_login(make_user("operator", role="DESA_OPERATOR", region=desa))


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_set_of_29(client, operator):
    text = read(client, BANGDA)
    assert "1 dari 29 indikator sudah ada datanya." in text
    assert f"75,0{NBSP}%" in text
    assert f"60,0{NBSP}% (3 dari 5)" in text and f"85,7{NBSP}% (6 dari 7)" in text
    assert "Kebutuhan dan pemakaian KB semua pasangan usia subur tidak dicatat" in text
    assert text.count("<tr><td") == 29


def test_targets(client, operator):
    text = read(client, PERPRES)
    assert f"90{NBSP}% (2024)" in text and "15,0" in text and "di bawah" in text
    assert "0 dari 1 yang ada sasarannya sudah tercapai." in text
    assert "10.000.000 keluarga, seluruh Indonesia (2024)" in text


@pytest.mark.parametrize(("query", "month"), [("", "September 2026"), ("?semester=2026-1", "Juni 2026"),
                                              ("?bulan=2026-06", "Juni 2026")])  # fmt: skip
def test_months_and_half_years(client, operator, query, month):
    assert f"· {month}</p>" in read(client, BANGDA + query)


@pytest.mark.parametrize("path", [f"{BANGDA}?bulan=2026-07", f"{BANGDA}?semester=x", BANGDA.replace("29", "30")])
def test_what_is_not_there(client, operator, path):
    assert client.get(path).status_code == 404


def test_nothing_yet(client, province):
    client.force_login(make_user("operator", role="DESA_OPERATOR", region=province[CODE]))
    assert "Belum ada layanan yang dihitung di wilayah ini" in read(client, BANGDA)


def test_files(client, operator, tmp_path):
    answer = client.get(f"{BANGDA}.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="aksi-bangda-29-{CODE}-2026-09.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    path = tmp_path / "buku.xlsx"
    path.write_bytes(client.get(f"{BANGDA}.xlsx").content)
    book = [row for chunk in read_sheets(path) for row in chunk.rows]
    assert len(rows) == len(book) == 30 and {len(row) for row in rows} == {len(rows[0])}
    weighed = next(row for row in rows if row[0] == "17")
    assert weighed[6:9] == ["9", "12", "75.00"]
    assert weighed[11:17] == ["3", "5", "6", "7", "3", "5"]


def test_queries_are_few(client, operator):
    client.get(BANGDA)
    with CaptureQueriesContext(connection) as caught:
        client.get(BANGDA)
    assert len([one for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 12


def test_the_way_there(client, operator, figures_of_the_desa):
    text = read(client, f"/wilayah/{CODE}")
    assert f'href="/wilayah/{CODE}/scorecard"' in text and f'href="{BANGDA}"' in text


@pytest.fixture
def figures_of_the_desa(province, targets):
    from tests.factories.cells import make_cells

    make_cells(province)
