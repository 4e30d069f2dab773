"""Signing in and one's own security in a real browser: a passkey from first to last, and every page accessible."""

import pytest

from tests.browser.test_pages import check_page
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
SECURITY = "/akun/keamanan"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PAGES = [
    SECURITY, f"{SECURITY}/kata-sandi", f"{SECURITY}/aplikasi", f"{SECURITY}/kunci", f"{SECURITY}/kunci/tambah",
    "/akun/pastikan", "/akun/nonaktif",
]  # fmt: skip


def confirm(page, site: str) -> None:
    """The password once more, before the second factors can be changed."""
    page.goto(f"{site}/akun/pastikan?next={SECURITY}")
    page.fill("[name=password]", PASSWORD)
    page.click("main form.card button")
    page.wait_for_url(f"{site}{SECURITY}")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_of_security(site, open_page, sign_in, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site)
    confirm(page, site)
    wrong = []
    for path in PAGES:
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


def test_a_passkey_from_first_to_last(site, open_page, sign_in):
    page = open_page(site)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page, site)
    confirm(page, site)
    page.goto(f"{site}{SECURITY}/kunci/tambah")
    page.check("[name=passwordless]")
    page.click("#key_add")
    page.wait_for_url(f"{site}{SECURITY}/kode")
    assert page.locator("main code").count() == 10
    assert check_page(page, f"{SECURITY}/kode") == []
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{site}/masuk")
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/kerja")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{site}/masuk")  # or the password, and the key as the second step
    page.fill("[name=login]", "analis")
    page.fill("[name=password]", PASSWORD)
    page.click("main form.card button")
    page.wait_for_url(f"{site}/masuk/kode")
    assert check_page(page, "/masuk/kode") == []
    page.click("#key_use")
    page.wait_for_url(f"{site}/kerja")
    assert page.troubles == []
