"""The scorecard's pages: what they say, to whom, with how many queries, and what their workbook holds."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.scorecard_desa import DESA, make_desa
from tumbuh.audit.models import Event
from tumbuh.indicators.api import refresh_scorecards
from tumbuh.indicators.models import ScorecardCell, ScorecardQuarter
from tumbuh.lib.spreadsheets.api import read_sheets

NBSP = "\N{NO-BREAK SPACE}"
CODE = "91.01.01.2001"
PAGE, BOOK, PEOPLE = (f"/wilayah/{CODE}/scorecard{part}?triwulan=2026-Q1" for part in ("", ".xlsx", "/orang"))
MOST_QUERIES = 12


@pytest.fixture
def desa(province):
    people = make_desa()
    refresh_scorecards([(DESA, date(2026, 1, 1)), (DESA, date(2025, 10, 1))])
    return people


@pytest.fixture
def operator(province, client, desa):
    user = make_user("operator", role="DESA_OPERATOR", region=province[CODE])
    client.force_login(user)
    return user


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def read_table(text: str, number: int) -> list[list[str]]:
    """The rows of a table as they are read."""
    part = text[text.index(f'id="tabel-{number}"') :]
    rows = re.findall(r"<tr.*?</tr>", part[: part.index("</table>")], re.DOTALL)
    return [
        [re.sub(r"<span class=\"visually-hidden.*?</span>|<.*?>", "", cell).replace(NBSP, " ").strip()
         for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]  # fmt: skip


def test_the_five_tables_of_the_paper(client, operator):
    text = read(client, PAGE)
    assert f"54,5{NBSP}% layanan yang seharusnya sudah diterima" in text
    assert [row[-1] for row in read_table(text, 1)[1:]] == ["4", "3", "1", "3", "1"]
    assert [row[-1] for row in read_table(text, 2)[1:]] == ["3", "1", "1", "1", "0"]
    weighed = next(row for row in read_table(text, 3) if "ditimbang" in " ".join(row))
    assert weighed[2:] == ["2", "3", "66,7 %", "1"]
    assert [row[2:] for row in read_table(text, 4)[1:]] == [
        ["10", "17", "58,8 %"], ["14", "27", "51,9 %"], ["24", "44", "54,5 %"],
    ]  # fmt: skip
    assert [row[2:] for row in read_table(text, 5)[1:]] == [["belum ada data"] * 3] * 2
    assert "sementara" in text and "Keadaan 31 Maret 2026" in text


def test_another_reading(client, operator):
    text = read(client, f"{PAGE}&bacaan=QUARTER")
    assert [row[2:] for row in read_table(text, 4)[1:]][-1] == ["26", "41", "63,4 %"]


def test_part_of_the_desa(client, operator):
    """Only those of one RT: Ani and her child Eka."""
    text = read(client, f"{PAGE}&rt=1a")
    assert [row[-1] for row in read_table(text, 1)[1:]] == ["1", "1", "0", "1", "1"]
    assert [row[2:4] for row in read_table(text, 4)[1:]] == [["3", "6"], ["7", "10"], ["10", "16"]]
    assert "Hanya sebagian desa:" in text


def test_above_the_desa(client, province, desa):
    client.force_login(make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"]))
    text = read(client, "/wilayah/91.01/scorecard?triwulan=2026-Q1")
    assert f"54,5{NBSP}%" in text and "Hulu Satu" in text
    assert "/orang?" not in text


def test_a_quarter_without_data(client, operator):
    text = read(client, f"/wilayah/{CODE}/scorecard?triwulan=2024-Q2")
    assert "belum ada data scorecard untuk Triwulan II 2024" in text
    assert "Belum ada sasaran pada triwulan ini" in text


@pytest.mark.parametrize("query", ["triwulan=2026-Q5", "triwulan=x", "triwulan=0000-Q1", "bacaan=MINE"])
def test_a_question_that_is_none(client, operator, query):
    assert client.get(f"/wilayah/{CODE}/scorecard?{query}").status_code == 404


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}&rt=1a", PEOPLE, f"{PEOPLE}&baris=CHILD_0_23.weighed", BOOK])
def test_queries_are_few(client, operator, path):
    read_first = client.get(path)
    assert read_first.status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    reads = [
        one["sql"] for one in caught.captured_queries if one["sql"].startswith("SELECT") or "WITH" in one["sql"][:9]
    ]
    assert len([sql for sql in reads if "audit_" not in sql]) <= MOST_QUERIES


class TestPeople:
    def test_why_somebody_has_t(self, client, operator):
        text = read(client, f"{PEOPLE}&baris=CHILD_0_23.weighed")
        assert "1 orang dengan hasil T" in text
        assert "fani" in text and "dodi" not in text
        assert "1 dari 3 bulan dalam triwulan ini. Bulan tanpa: Januari, Maret. Terakhir 12 Februari 2026." in text

    def test_those_to_whom_it_does_not_apply(self, client, operator):
        text = read(client, f"{PEOPLE}&baris=MOTHER.home_visit&hasil=TS")
        assert "ani" in text and "citra" in text and "betty" not in text

    def test_reading_is_an_event(self, client, operator):
        read(client, PEOPLE)
        event = Event.objects.get(action="indicators.scorecard.people_listed")
        assert event.object_id == CODE

    def test_others_state_a_purpose_first(self, client, province, desa):
        """An analyst's daily work is not to read people: asked once, logged with the reading."""
        client.force_login(make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"]))
        path = f"{PEOPLE}&baris=MOTHER.iron_tablets"
        text = read(client, path)
        assert "Untuk apa Anda membuka daftar orang" in text and "ani" not in re.findall(r'row">(\w+)<', text)
        address = path.replace("orang", "keperluan")
        assert client.post(address, {"purpose": ""}).status_code == 400
        answer = client.post(address, {"purpose": "SUPERVISION", "detail": ""}, follow=True)
        assert answer.redirect_chain and "Ani" in answer.content.decode().title()
        assert Event.objects.get(action="indicators.scorecard.people_listed").reason == "SUPERVISION"

    @pytest.mark.parametrize("query", ["baris=MOTHER.dance", "hasil=X"])
    def test_a_line_that_is_none(self, client, operator, query):
        assert client.get(f"{PEOPLE}&{query}").status_code == 404


def count_cells(row) -> int:
    """Cells up to the last that is filled."""
    return max(number for number, cell in enumerate(row, 1) if cell not in (None, ""))


def test_workbook(client, operator, tmp_path):
    """In each of the five tables every row has as many cells as the heading above it."""
    answer = client.get(BOOK)
    assert answer["Content-Disposition"] == f'attachment; filename="scorecard-{CODE}-2026-Q1.xlsx"'
    path = tmp_path / "scorecard.xlsx"
    path.write_bytes(answer.content)
    rows = [row for chunk in read_sheets(path) for row in chunk.rows]
    starts = [number for number, row in enumerate(rows) if str(row[0]).startswith("Tabel ")]
    assert len(starts) == 5
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        table = [row for row in rows[start + 1 : end] if sum(cell not in (None, "") for cell in row) > 1]
        assert len({count_cells(row) for row in table}) == 1
    flat = [cell for row in rows for cell in row]
    assert "Total tingkat konvergensi" in flat and 24 in flat and 44 in flat


def test_data_that_the_worker_has_not_counted_yet_is_not_called_missing(client, operator):
    ScorecardQuarter.objects.all().delete()
    ScorecardCell.objects.all().delete()
    assert "sedang dihitung" in read(client, PAGE)
    assert "sedang dihitung" not in read(client, PAGE.replace("2026-Q1", "2019-Q1"))
