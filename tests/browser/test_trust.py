"""Two numbers, measurement quality and pace in a real browser: accessible, narrow, on paper, used by officials."""

from datetime import date

import pytest

from tests.browser.test_pages import check_page
from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.children import make_batch, make_person, measure
from tumbuh.indicators.api import rebuild
from tumbuh.indicators.models import Cell
from tumbuh.regions.api import Facility, Region, get_region

pytestmark = pytest.mark.browser
DESA = "91.01.01.2001"
MONTHS = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(7, 22)]
WHAT_IF = "?layanan=complementary_food&kini=10&nanti=80"
PATHS = [
    "/wilayah/91.01/dua-angka", "/wilayah/91.01.01/dua-angka", "/wilayah/91/mutu", "/wilayah/91.01/mutu",
    f"/wilayah/{DESA}/mutu", f"/wilayah/{DESA}/mutu/baris", f"/wilayah/{DESA}/mutu/baris?tanda=weight_rounds",
    "/wilayah/91.01/laju", f"/wilayah/91.01/laju{WHAT_IF}",
]  # fmt: skip


@pytest.fixture
def trusted(site, sign_in):
    """Visits of a posyandu that rounds, figures of fifteen months, and the province's administrator at the door."""
    desa = get_region(DESA)
    posyandu = Facility.objects.create(kind="POSYANDU", name="Melati Satu di Hulu", region=desa)
    batch = make_batch()
    for number in range(40):
        person = make_person(desa.pk, date(2025, 3, 1 + number % 28), batch)
        for at, length in ((date(2026, 9, 5), 72), (date(2026, 10, 5), 71 + number % 3)):
            measure(
                person, at, weight_kg=8 + number % 5, lenhei_cm=length, lenhei_corrected_cm=length, posyandu=posyandu,
                mode="L", haz=number * 10 - 200, whz=number * 10 - 200,
            )  # fmt: skip
    rebuild()
    Cell.objects.all().delete()
    make_cells({region.code: region for region in Region.objects.all()}, months=MONTHS)
    make_user("kepala", role="PROVINSI_ADMIN", region=get_region("91"))

    def enter(page) -> None:
        sign_in(page, site, "kepala")

    return enter


def enter_survey(page, site: str, value: str = "21,5") -> None:
    page.goto(f"{site}/wilayah/91.01/dua-angka")
    page.locator("main details summary").click()
    for name, text in {
        "source": "SSGI 2024", "year": "2024", "value": value, "low": "19", "high": "24", "document": "Laporan",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", text)
    page.get_by_role("button", name="Catat", exact=True).click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_of_trust(site, open_page, trusted, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    trusted(page)
    enter_survey(page, site)
    wrong = []
    for path in PATHS:
        page.goto(site + path)
        for closed in page.locator("main details").all():
            closed.evaluate("one => { one.open = true }")
        wrong += check_page(page, path)
    assert wrong == []


def test_a_survey_is_entered_refused_and_corrected(site, open_page, trusted):
    page = open_page(site, width=360)
    trusted(page)
    enter_survey(page, site, value="30")
    assert "di dalam selangnya" in page.locator("main").inner_text()
    assert page.locator("[name=value]").input_value() == "30"
    page.troubles.clear()  # the refusal's own status
    page.fill("[name=value]", "22,4")
    page.get_by_role("button", name="Catat", exact=True).click()
    page.wait_for_url(f"{site}/wilayah/91.01/dua-angka")
    assert "22,4" in page.locator("h1").inner_text()
    assert check_page(page, "/wilayah/91.01/dua-angka") == []


def test_on_paper_stand_figures_and_assumptions_without_forms(site, open_page, trusted):
    page = open_page(site)
    trusted(page)
    for path, words in (("/wilayah/91.01/dua-angka", "kali sesering"), (f"/wilayah/91.01/laju{WHAT_IF}", "Dewey KG")):
        page.goto(site + path)
        page.emulate_media(media="print")
        assert page.get_by_text(words).first.is_visible()
        assert page.locator("main .picture svg").first.is_visible()
        assert not page.locator("main form").first.is_visible()
        page.emulate_media(media="screen")
