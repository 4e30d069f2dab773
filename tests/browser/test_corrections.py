"""Correcting a child's identity in a real browser: said before, refused beside the field, saved."""

import pytest
from playwright.sync_api import expect

from tests.browser.journey import state_purpose
from tests.browser.test_pages import check_page
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run
from tumbuh.accounts.api import find_user
from tumbuh.records.models import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme", "script"), [(1280, "light", True), (360, "dark", True), (360, "light", False)]
)
def test_a_birth_date_is_corrected(site, open_page, sign_in, tmp_path, width, scheme, script):
    visits = [make_row(m, NIK="9101014503240001", Tanggal_Pengukuran=f"10/{m:02d}/2026") for m in (3, 4)]
    run(find_user("analis"), write_xlsx(tmp_path / "maret.xlsx", visits))
    child = Person.objects.get()
    page = open_page(site, width=width, scheme=scheme, script=script)
    sign_in(page, site)
    page.goto(f"{site}/anak/{child.public_id}")
    state_purpose(page)
    page.get_by_text("Perbaiki jenis kelamin atau tanggal lahir").click()
    form = page.locator("form[action$='/identitas']")
    expect(page.get_by_text("status gizi pada 2 kunjungan anak ini")).to_be_visible()
    wrong = check_page(page, "offered") if script else []
    form.locator("[name=birth_date]").fill("2026-03-20")
    form.locator("[name=reason]").fill("buku KIA")
    form.get_by_role("button").click()
    expect(page.locator("#perbaiki_birth_date_error")).to_contain_text("tidak dapat sesudah itu")
    page.troubles.clear()  # the browser notes the 422 as an error
    wrong += check_page(page, "refused") if script else []
    form.locator("[name=birth_date]").fill("2024-01-05")
    form.get_by_role("button").click()
    expect(page.get_by_text("Perubahan disimpan dan angkanya dihitung ulang.")).to_be_visible()
    wrong += check_page(page, "saved") if script else []
    assert wrong == []
    child.refresh_from_db()
    assert child.birth_date.isoformat() == "2024-01-05"
