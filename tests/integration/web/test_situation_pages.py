"""The page and workbook of an analysis of the situation: what is read, who writes, in few queries."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.service_cells import make_service_cell
from tumbuh.lib.spreadsheets.api import read_sheets
from tumbuh.programme.api import (
    Barrier,
    BarrierDetails,
    SituationAnalysis,
    conclude_analysis,
    note_barrier,
    write_plan,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
KABUPATEN, KECAMATAN, DESA = "91.01", "91.01.01", "91.01.01.2001"
KEY = "PREGNANT/pregnancy_iron_tablets"
PAGE = f"/wilayah/{KABUPATEN}/analisis-situasi"
SENT = {"aksi": "catat", "jenis": "SUPPLY", "uraian": "Tablet habis.", "bukti": "Rapat", "usul": "Pesan lebih awal."}


@pytest.fixture
def filled(province):
    for code, received in (("91", 400), (KABUPATEN, 60), (KECAMATAN, 10)):
        make_service_cell(
            province[code], *KEY.split("/"), {("F", "POOR"): (received, received + 40)}, date(2026, 10, 1)
        )
        make_service_cell(province[code], "*", "*", {("F", "POOR"): (5, 50)}, date(2026, 10, 1))
    return province


@pytest.fixture
def analyst(filled):
    return make_user("pengelola", role="KABUPATEN_ANALYST", region=filled[KABUPATEN])


@pytest.fixture
def officer(filled):
    return make_user("opd", role="OPD_OFFICER", region=filled[KABUPATEN])


def note(by, region, text="Tablet habis."):
    details = BarrierDetails(KEY, "SUPPLY", text, "Rapat", "Pesan lebih awal.")
    return note_barrier(by=by, region=region, year=2026, details=details)


def test_the_first_sentence_is_the_first_gap_and_the_order_is_explained(client, analyst):
    client.force_login(analyst)
    page = client.get(PAGE).content.decode()
    assert "40 dari 100 orang belum menerima" in page
    assert "Mengapa urutannya begini" in page and "belum disimpulkan" in page


def test_a_barrier_is_noted_changed_and_withdrawn_on_the_page(client, officer):
    client.force_login(officer)
    assert client.post(f"{PAGE}?catat={KEY}", SENT | {"uraian": ""}).status_code == 422
    client.post(f"{PAGE}?catat={KEY}", SENT)
    first = Barrier.objects.get()
    client.post(f"{PAGE}?hambatan={first.pk}", SENT | {"uraian": "Gudang kosong."})
    second = Barrier.objects.get(ended_at__isnull=True)
    assert (second.text, second.replaces) == ("Gudang kosong.", first)
    page = client.post(f"{PAGE}?hambatan={second.pk}", {"aksi": "tarik", "alasan": "Salah."}, follow=True)
    assert "Salah." in page.content.decode() and not Barrier.objects.filter(ended_at__isnull=True).exists()


def test_concluding_keeps_the_figures_says_what_changed_and_reopening_asks_why(client, filled, analyst):
    note(analyst, filled[KABUPATEN])
    client.force_login(analyst)
    page = client.post(PAGE, {"aksi": "simpulkan"}, follow=True).content.decode()
    assert "Sejak itu tidak ada angka yang berubah" in page and "angka sementara" in page
    kept = SituationAnalysis.objects.get()
    make_service_cell(filled[KABUPATEN], "PREGNANT", "pregnancy_check", {("F", "POOR"): (0, 70)}, date(2026, 10, 1))
    assert "pregnancy_check" not in str(kept.content["gaps"])
    assert client.post(PAGE, {"aksi": "buka", "alasan": ""}).status_code == 422
    page = client.post(PAGE, {"aksi": "buka", "alasan": "Angka dikoreksi."}, follow=True).content.decode()
    assert "Angka dikoreksi." in page and "70 dari 70" in page


def test_concluding_is_not_for_those_who_only_note(client, filled, officer):
    note(officer, filled[KABUPATEN])
    client.force_login(officer)
    page = client.post(PAGE, {"aksi": "simpulkan"}, follow=True).content.decode()
    assert "Peran Anda tidak mencakup" in page and not SituationAnalysis.objects.exists()


def test_the_workbook_has_summary_gaps_units_and_barriers_and_no_formula(client, filled, analyst, tmp_path):
    note(analyst, filled[KABUPATEN], text="=1+1")
    client.force_login(analyst)
    path = tmp_path / "analisis.xlsx"
    path.write_bytes(client.get(f"{PAGE}.xlsx?tahun=2026").content)
    sheets = {}
    for chunk in read_sheets(path):
        sheets.setdefault(chunk.sheet, []).extend(list(row) for row in chunk.rows)
    assert list(sheets) == ["Ringkasan", "Kesenjangan", "Wilayah", "Hambatan"]
    assert sheets["Kesenjangan"][1][0] == 1 and sheets["Kesenjangan"][1][3:7] == [100, 60, 40, 60]
    assert sheets["Hambatan"][1][3] == "=1+1"


@pytest.mark.parametrize("address", [f"/wilayah/{DESA}/analisis-situasi", "/wilayah/91/analisis-situasi",
                                     f"{PAGE}?tahun=2019", f"{PAGE}?tahun=x"])  # fmt: skip
def test_other_levels_and_years_without_figures_are_not_there(client, analyst, address):
    client.force_login(analyst)
    assert client.get(address).status_code == 404


def test_a_region_without_figures_says_what_to_do(client, filled):
    user = make_user("lain", role="KABUPATEN_ANALYST", region=filled["91.02"])
    client.force_login(user)
    page = client.get("/wilayah/91.02/analisis-situasi").content.decode()
    assert "belum ada angka layanan" in page and "/data-masuk" in page
    assert client.get("/wilayah/91.02/analisis-situasi.xlsx").status_code == 404


@pytest.mark.parametrize("state", ["open", "form", "concluded"])
def test_few_queries(client, filled, analyst, state, django_assert_max_num_queries):
    note(analyst, filled[KABUPATEN])
    if state == "concluded":
        conclude_analysis(by=analyst, region=filled[KABUPATEN], year=2026)
    client.force_login(analyst)
    client.get(PAGE)
    with django_assert_max_num_queries(MOST_QUERIES + (state == "open")):
        client.get(f"{PAGE}?catat={KEY}" if state == "form" else PAGE)


def test_a_plan_begins_with_the_analysis_and_rests_on_it(client, filled, analyst):
    note(analyst, filled[KABUPATEN])
    made = conclude_analysis(by=analyst, region=filled[KABUPATEN], year=2026)
    client.force_login(analyst)
    plan_page = f"/program/rencana/{KABUPATEN}"
    assert "Hambatan: Tablet habis." in client.get(plan_page).content.decode()
    plan = write_plan(by=analyst, region=filled[KABUPATEN], first_year=2026, last_year=2029, situation="Ya.")
    page = client.post(plan_page, {"aksi": "dasar", "analisis": made.pk}, follow=True).content.decode()
    plan.refresh_from_db()
    assert plan.analysis == made and "Dasar: analisis situasi 2026" in page


def test_the_region_page_leads_to_it(client, analyst):
    client.force_login(analyst)
    assert PAGE in client.get(f"/wilayah/{KABUPATEN}").content.decode()
