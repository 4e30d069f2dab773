"""Double entries in a real browser: the list, a pair, a merge and its taking back; accessible, at 360 px too."""

from datetime import date

import pytest

from tests.browser.test_pages import check_page
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.records import make_staged, save_rows
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import DuplicateCandidate, Person, find_duplicates
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser


@pytest.fixture
def pair(site):
    """A child written twice, measured on the same day in both entries."""
    names = {"KHANZA AZZAHRA PUTRI": "NURHAYATI", "KHANSA AZAHRA P": "NUR HAYATI"}
    for name, mother in names.items():
        save_rows(make_staged(name, mother_name=mother, nik="9101014503240001" if name.endswith("PUTRI") else None))
    find_duplicates(by=SYSTEM, today=date(2026, 6, 1))
    make_user("operator.desa", role="DESA_OPERATOR", region=get_region("91.01.01.2001"))
    return DuplicateCandidate.objects.get()


@pytest.mark.parametrize(
    ("width", "scheme", "script"), [(1280, "light", True), (360, "dark", True), (360, "light", False)]
)
def test_from_the_list_to_a_merge_and_back(site, open_page, pair, width, scheme, script):
    page = open_page(site, width=width, scheme=scheme, script=script)
    page.goto(f"{site}/masuk")
    page.fill("[name=login]", "operator.desa")
    page.fill("[name=password]", PASSWORD)
    page.click("main form.card button")
    page.wait_for_url(f"{site}/kerja")
    page.goto(f"{site}/anak-ganda")
    wrong = check_page(page, "list") if script else []
    page.click("main table a")
    page.wait_for_url(f"{site}/anak-ganda/{pair.public_id}")
    assert page.locator("text=9101014503240001").count() == 0
    wrong += check_page(page, "pair") if script else []
    page.fill("#alasan_gabung", "buku KIA sama")
    page.click("text=Gabungkan")
    page.wait_for_url(f"{site}/anak-ganda/gabungan")
    assert Person.objects.count() == 1
    page.click("details summary:has-text('Batalkan')")
    wrong += check_page(page, "merges") if script else []
    page.fill("details [name=alasan]", "ternyata dua anak")
    page.click("text=Jadikan dua catatan lagi")
    page.wait_for_selector("text=Dibatalkan oleh")
    assert Person.objects.count() == 2
    assert wrong == []
