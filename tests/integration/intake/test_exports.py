"""Sheets for other systems: what leaves comes in again as known, in scope only, and is told to the trail."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import preview, run, tell
from tests.factories.lists import preview_list, run_list, write_list
from tumbuh.accounts.api import acting_as
from tumbuh.audit.models import Event
from tumbuh.intake.api import SHEETS, IntakeError, NotAllowedError, export_sheet, find_source
from tumbuh.lib.spreadsheets.api import read_sheets

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
NIK, MOTHER = "9101014503240001", "9101014107950001"


@pytest.fixture(autouse=True)
def register(user, tmp_path):
    """Two children measured in March, one of them stunted, and a pregnant woman."""
    rows = [make_row(1, NIK=NIK), make_row(2, Nama="UMAR", JK="L", Tinggi="76", Berat="9,5", Nama_Ortu="RINI")]
    run(user, write_xlsx(tmp_path / "anak.xlsx", rows))
    woman = {
        "nik": MOTHER, "name": "SITI AMINAH", "birth_date": "01/07/1995", "due_on": "05/08/2026", "status": "KEK",
        "date": "10/03/2026", "check": "v", "iron": "v", "tablets": 30, "water": "v", "latrine": "x", "rt": "1",
    }  # fmt: skip
    run_list(user, write_list(tmp_path / "ibu.xlsx", "opensid_pregnant", [woman]))


def write(user, regions, path, name, code="91.01.01.2001", **values):
    values = {"month": MARCH, "purpose": "SERVICE", **values}
    with acting_as(user):
        return export_sheet(by=user, name=name, region=regions[code], path=path, **values)


def read(path) -> list[list]:
    return [list(row) for chunk in read_sheets(path) for row in chunk.rows]


def test_the_eppgbm_sheet_comes_in_again_as_known(user, regions, tmp_path):
    path = tmp_path / "keluar.xlsx"
    assert write(user, regions, path, "eppgbm") == 2
    headings, first, second = read(path)
    assert headings[:6] == ["No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir"] and headings[11] == "Pukesmas"
    line = dict(zip(headings, second, strict=False))
    assert (dict(zip(headings, first, strict=False))["NIK"], line["TB/U"]) == (NIK, "Sangat pendek")
    again = preview(user, path)
    assert [(outcome, codes) for _, outcome, codes in tell(again)] == [
        ("already_there", ()), ("already_there", ("NIK_MISSING",))]  # fmt: skip


def test_form_2a_comes_in_again_as_known(user, regions, tmp_path):
    path = tmp_path / "keluar.xlsx"
    assert write(user, regions, path, "kpm-2a") == 1
    headings, woman = read(path)
    assert headings == [field.label for field in find_source("kpm_pregnant").fields]
    line = dict(zip(headings, woman, strict=False))
    assert (line["NIK"], line["Status Kehamilan (Normal/Risti/KEK)"], line["Jumlah Pil Fe"]) == (MOTHER, "KEK", 30)
    assert (line["Periksa Kehamilan"], line["Kunjungan Rumah"], line["Kepemilikan Jamban"]) == ("v", "x", "x")
    again = preview_list(user, path)
    assert again.source == "kpm_pregnant"
    assert [outcome for _, outcome, _ in tell(again)] == ["already_there"], (
        "what was received on the 10th is not doubled"
    )


def test_form_1_counts(user, regions, tmp_path):
    path = tmp_path / "keluar.xlsx"
    write(user, regions, path, "kpm-1")
    counts = dict(read(path)[1:])
    assert counts["Ibu hamil"] == 1 and counts["Ibu hamil KEK atau risiko tinggi"] == 1
    assert counts["Anak 24-59 bulan"] == 2 and counts["Anak 0-23 bulan"] == 0
    assert counts["Rumah tangga sasaran tanpa jamban layak"] == 1


def test_the_aksi_bangda_sheet_has_a_line_for_each_desa(user, regions, tmp_path):
    path = tmp_path / "keluar.xlsx"
    assert write(user, regions, path, "aksi-bangda", code="91.01") == 3
    headings, *lines = read(path)
    line = dict(zip(headings, lines[0], strict=False))
    assert (line["Kode Desa"], line["Jumlah Balita Diukur"], line["Jumlah Ibu Hamil"]) == ("91.01.01.2001", 2, 1)
    assert (line["Jumlah Sangat Pendek"], line["Jumlah Pendek"]) == (1, 0)
    assert all(other[4:] == [0] * 5 for other in lines[1:])


@pytest.mark.parametrize("name", list(SHEETS))
def test_who_may(regions, tmp_path, name):
    stranger = make_user("lain", role="DESA_OPERATOR", region=regions["91.02.01.2001"])
    with pytest.raises(NotAllowedError):
        write(stranger, regions, tmp_path / "keluar.xlsx", name)
    assert not Event.objects.filter(action="intake.sheet.exported").exists()


def test_a_purpose_is_needed_and_kept(user, regions, tmp_path):
    with pytest.raises(IntakeError, match="Keperluan"):
        write(user, regions, tmp_path / "keluar.xlsx", "eppgbm", purpose=" ")
    with pytest.raises(IntakeError, match="wilayah"):
        write(user, regions, tmp_path / "keluar.xlsx", "eppgbm", code="91.01")
    write(user, regions, tmp_path / "keluar.xlsx", "eppgbm", purpose="CHECKING")
    event = Event.objects.get(action="intake.sheet.exported")
    assert (event.reason, event.region_id) == ("CHECKING", 9101012001)


def test_by_the_page(client, user):
    client.force_login(user)
    page = client.get("/wilayah/91.01.01.2001/lembar").content.decode()
    assert 'value="eppgbm"' in page and 'value="2026-03"' in page
    sent = {"sheet": "kpm-1", "month": "2026-03", "purpose": "OTHER", "detail": ""}
    assert client.post("/wilayah/91.01.01.2001/lembar", sent).status_code == 422
    answer = client.post("/wilayah/91.01.01.2001/lembar", {**sent, "purpose": "SERVICE"})
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith('kpm-1-91.01.01.2001-2026-03.xlsx"')
    assert 'value="eppgbm"' not in client.get("/wilayah/91.01/lembar").content.decode()
    assert client.get("/wilayah/91/lembar").status_code == 404
