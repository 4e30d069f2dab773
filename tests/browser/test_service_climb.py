"""A package of services climbs to the province on small phones, one cell comes back and is answered."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.journey import enter
from tests.browser.test_climb import DESA, PLACES, press
from tests.browser.test_pages import check_page
from tests.factories.lives import enrol, make_woman, tell
from tests.factories.packages import MONTH, make_holders
from tests.factories.records import make_staged, save_rows
from tumbuh.accounts.api import whole_country
from tumbuh.records.api import CheckRow, PregnancyRow, ServiceRow
from tumbuh.records.models import ServiceReceived
from tumbuh.regions.api import get_region
from tumbuh.verification.api import SERVICES, Package, State, Tier

pytestmark = pytest.mark.browser
PACKAGE = f"/verifikasi/layanan/paket/{DESA}/{MONTH:%Y-%m}"
PHONE = 360


@pytest.fixture
def people(site):
    """Two pregnant women in the only desa of a kabupaten, one of whom got far too many tablets."""
    codes = {code: get_region(code) for code in PLACES.values()}
    desa = codes[DESA].pk
    with whole_country("a test"):
        save_rows(make_staged("BUDI", desa_id=desa))
        siti, dewi = enrol(make_woman(desa), make_woman(desa, "DEWI", date(1995, 3, 1)))
        tell(
            pregnancies=[PregnancyRow(one, desa, date(2025, 12, 1)) for one in (siti, dewi)],
            services=[ServiceRow(desa, "iron_tablets", date(2026, 3, 10), siti, quantity=900)],
            checks=[CheckRow(siti, desa, date(2026, 3, 10), muac_cm=Decimal("23.5"))],
        )
    return make_holders(codes, PLACES)


def test_four_people_on_phones_and_one_cell(site, people, open_page):
    pages = {}
    for tier, user in people.items():
        pages[tier] = open_page(f"{site}/masuk", width=PHONE)
        enter(pages[tier], site, user.username)
        pages[tier].goto(site + PACKAGE)
    operator, verifier = pages[Tier.DESA], pages[Tier.KECAMATAN]
    wrong = check_page(operator, "package of services")
    press(operator, "Kirim")
    verifier.reload()
    wrong += check_page(verifier, "package to review")
    expect(verifier.get_by_text("jumlah tidak wajar")).to_be_visible()
    expect(verifier.get_by_role("link", name="DEWI")).to_be_visible()
    row = verifier.locator("li", has=verifier.get_by_text("Tablet tambah darah: 900"))
    row.get_by_text("Tandai untuk dikembalikan").click()
    row.get_by_label("Jumlah").check()
    row.get_by_label("Keterangan").fill("di buku 90")
    wrong += check_page(verifier, "marked to be sent back")
    press(verifier, "Kembalikan isian yang ditandai")
    expect(verifier.get_by_text("1 isian dikembalikan")).to_be_visible()

    operator.goto(f"{site}/kerja")
    operator.get_by_role("link", name="Jawab pengembalian").click()
    operator.get_by_role("link", name="Jawab isian").click()
    wrong += check_page(operator, "returned cell")
    operator.get_by_label("Nilai yang benar").fill("90")
    operator.get_by_label("Jawaban").fill("salah ketik")
    press(operator, "Simpan jawaban")
    expect(operator.get_by_text("Diubah dari 900 menjadi 90")).to_be_visible()
    press(operator, "Kirim")

    verifier.goto(f"{site}{PACKAGE}/perubahan")
    expect(verifier.get_by_text("Jumlah: dari 900 menjadi 90")).to_be_visible()
    wrong += check_page(verifier, "what changed")
    for tier in (Tier.KECAMATAN, Tier.KABUPATEN, Tier.PROVINSI):
        pages[tier].goto(site + PACKAGE)
        press(pages[tier], "Setujui")
    expect(pages[Tier.PROVINSI].get_by_text("resmi").first).to_be_visible()
    with whole_country("a test"):
        assert Package.objects.get().state == State.ACCEPTED and Package.objects.get().data_set == SERVICES
        assert ServiceReceived.objects.get().quantity == 90
    pages[Tier.PROVINSI].goto(f"{site}/verifikasi/layanan/91.02/{MONTH:%Y-%m}")
    wrong += check_page(pages[Tier.PROVINSI], "board of services")
    pages[Tier.PROVINSI].goto(f"{site}/verifikasi/tenggat")
    wrong += check_page(pages[Tier.PROVINSI], "deadlines")
    assert wrong == []
