"""The analysis of the situation in a real browser: a barrier is noted, the year concluded and put under the plan."""

from datetime import date

import pytest

from tests.browser.test_pages import check_page
from tests.factories.programme import load_here
from tests.factories.service_cells import make_service_cell
from tumbuh.accounts.api import User
from tumbuh.programme.api import ActionPlan, write_plan
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser
PLACE = "91.01"
PAGE, PLAN = f"/wilayah/{PLACE}/analisis-situasi", f"/program/rencana/{PLACE}"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_from_a_gap_to_the_plan(site, open_page, sign_in, width, scheme):
    load_here()
    region = get_region(PLACE)
    for service, received in (("pregnancy_iron_tablets", 60), ("pregnancy_check", 90)):
        make_service_cell(region, "PREGNANT", service, {("F", "POOR"): (received, 100)}, date(2031, 10, 1))
    make_service_cell(region, "*", "*", {("F", "POOR"): (50, 100)}, date(2031, 10, 1))
    user = User.objects.get(username="analis")
    write_plan(by=user, region=region, first_year=2031, last_year=2033, situation="Lihat analisisnya.")
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site)
    page.goto(f"{site}{PAGE}?tahun=2031")
    wrong = check_page(page, "open")
    page.get_by_role("link", name="Catat").first.click()
    wrong += check_page(page, "form")
    page.get_by_label("Jenis hambatan").select_option("SUPPLY")
    page.get_by_label("Uraian").fill("Tablet habis pada triwulan ketiga.")
    page.get_by_label("Sumber atau bukti").fill("Rapat Oktober")
    page.get_by_label("Usul tindakan").fill("Pesan lebih awal.")
    page.get_by_role("button", name="Simpan hambatan").click()
    page.get_by_role("button", name="Simpulkan analisis").click()
    page.get_by_text("Sejak itu tidak ada angka yang berubah").wait_for()
    wrong += check_page(page, "concluded")
    with page.expect_download() as book:
        page.get_by_role("link", name="Unduh XLSX").click()
    assert book.value.suggested_filename == f"analisis-situasi-{PLACE}-2031.xlsx"
    page.goto(f"{site}{PLAN}?mulai=2031&dasar=ya")
    page.get_by_label("Analisis situasi yang disimpulkan").select_option(label="2031")
    page.get_by_role("button", name="Jadikan dasar rencana").click()
    page.get_by_text("Dasar: analisis situasi 2031").wait_for()
    wrong += check_page(page, "plan")
    assert wrong == [] and ActionPlan.objects.get(region=region, first_year=2031).analysis.year == 2031
