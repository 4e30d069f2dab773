"""Scorecard and sets in a real browser: accessible, quiet, narrow enough, and on paper."""

from datetime import date

import pytest

from tests.browser.test_pages import check_page
from tests.factories.accounts import make_user
from tests.factories.scorecard_desa import DESA, make_desa
from tests.factories.service_cells import make_service_cell
from tumbuh.indicators.api import refresh_scorecards
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser

CODE = "91.01.01.2001"
CARD = f"/wilayah/{CODE}/scorecard?triwulan=2026-Q1"
PATHS = [
    f"/wilayah/{CODE}", CARD, f"{CARD}&bacaan=QUARTER&rt=1a", f"/wilayah/{CODE}/scorecard?triwulan=2024-Q1",
    f"/wilayah/{CODE}/scorecard/orang?triwulan=2026-Q1&baris=CHILD_0_23.weighed",
    f"/wilayah/{CODE}/scorecard/orang?triwulan=2026-Q1&baris=MOTHER.pregnancy_check",
    f"/wilayah/{CODE}/himpunan/aksi-bangda-29", f"/wilayah/{CODE}/himpunan/perpres-72-2021",
]  # fmt: skip


@pytest.fixture
def desa(site):
    make_desa()
    refresh_scorecards([(DESA, date(2026, 1, 1))])
    counts = {("M", "POOR"): (3, 5), ("F", "OTHER"): (6, 7)}
    make_service_cell(get_region(CODE), "CHILD_0_23", "weighed", counts, date(2026, 9, 1))
    make_user("operator", role="DESA_OPERATOR", region=get_region(CODE))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "light"), (360, "dark")])
def test_pages(site, desa, open_page, sign_in, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site, "operator")
    wrong = []
    for path in PATHS:
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


def test_paper(site, desa, open_page, sign_in):
    """On A4 all five tables fit the width, without forms and links to people."""
    page = open_page(site)
    sign_in(page, site, "operator")
    page.goto(site + CARD)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # 182 mm at 96 dpi
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    assert page.locator("form:visible").count() == 0
    assert page.locator("text=Belum (T)").is_hidden()
    assert page.locator("h2:visible").count() >= 5
    boxes = page.locator(".table-box").evaluate_all("found => found.map(one => [one.scrollWidth, one.clientWidth])")
    assert all(inner <= outer + 1 for inner, outer in boxes)
