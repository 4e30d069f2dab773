"""Accounts in a real browser: an administrator invites, the invited one arrives; every page accessible."""

import re

import pytest

from tests.browser.test_pages import check_page
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.workbooks import make_xlsx
from tumbuh.accounts.api import COLUMNS, Assignment, load_institutions
from tumbuh.audit.api import SYSTEM
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser
PAGES = [
    "/akun", "/akun?peran=MIDWIFE", "/akun/wilayah", "/akun/wilayah?kecamatan=91.01.01", "/akun/baru",
    "/akun/baru?peran=DESA_OPERATOR&wilayah=jaya", "/akun/baru?peran=KECAMATAN_VERIFIER&wilayah=91.01.01",
    "/akun/massal", "/akun/instansi", "/akun/undangan",
]  # fmt: skip


@pytest.fixture
def enter(site, sign_in):
    """Signs the kabupaten's administrator in, once there are institutions and somebody below."""
    load_institutions(by=SYSTEM, province="91")
    make_user("admin.hulu", role="REGION_ADMIN", region=get_region("91.01"))
    make_user("bidan", role="MIDWIFE", region=get_region("91.01.01.2002"))

    def go(page) -> None:
        page.goto(f"{site}/masuk")
        page.fill("[name=login]", "admin.hulu")
        page.fill("[name=password]", PASSWORD)
        page.click("main form.card button")
        page.wait_for_url(f"{site}/kerja")

    return go


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_of_accounts(site, open_page, enter, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    enter(page)
    wrong = []
    for path in PAGES:
        page.goto(site + path)
        wrong += check_page(page, path)
    held = Assignment.objects.get(user__username="bidan")
    for path in (f"/akun/{held.user_id}", f"/akun/{held.user_id}/peran/{held.pk}/instansi"):
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


@pytest.mark.parametrize("script", [True, False])
def test_from_the_invitation_to_work(site, open_page, enter, script):
    page = open_page(site, script=script)
    enter(page)
    page.goto(f"{site}/akun/baru")
    page.select_option("[name=peran]", "DESA_OPERATOR")
    page.fill("[name=wilayah]", "sumber jaya")
    page.click("main form.card button")
    page.get_by_role("link", name="Desa Sumber Jaya").click()
    page.fill("[name=full_name]", "Siti Aminah")
    page.click("main form.card button")
    page.wait_for_url(re.compile(r"/akun/\d+$"))
    if script:
        assert check_page(page, "/akun/…") == []
    page.get_by_role("link", name="Lihat dan cetak undangan").click()
    link = page.locator(".slips .link").inner_text().strip()
    invited = open_page(link, width=360, script=script)
    assert invited.url == f"{site}/undangan"
    if script:
        assert check_page(invited, "/undangan") == []
    invited.fill("[name=password]", "hujan-di-bukit-2026")
    invited.fill("[name=again]", "hujan-di-bukit-2026")
    invited.click("main form.card button")
    invited.wait_for_url(f"{site}/kerja")
    assert "Desa Sumber Jaya" in invited.locator("main").inner_text()
    again = open_page(link)
    assert "tidak berlaku" in again.locator("h1").inner_text()


def test_many_at_once(site, open_page, enter, tmp_path):
    page = open_page(site, width=360)
    enter(page)
    rows = [
        ("91.01.01.2001", "", "Operator desa", "Siti Aminah", "", ""),
        ("91.02.01.2001", "", "Operator desa", "Budi", "", ""),
    ]
    path = make_xlsx(tmp_path / "akun.xlsx", {"Akun": [COLUMNS, *rows]})
    page.goto(f"{site}/akun/massal")
    page.set_input_files("[name=berkas]", str(path))
    page.click("main form button")
    page.wait_for_url(re.compile("/akun/massal/"))
    assert "1 akun akan dibuat, 0 sudah ada, 1 ditolak" in page.locator("h1").inner_text()
    assert check_page(page, "preview") == []
    page.get_by_role("button", name="Buat 1 akun").click()
    page.get_by_role("link", name="Cetak undangan").click()
    assert page.locator(".slips > li").count() == 1
    assert check_page(page, "slips") == []
