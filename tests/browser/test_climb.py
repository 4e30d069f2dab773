"""One package climbs to the province, one cell comes back and is answered: four people, each in an own browser."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.journey import enter
from tests.browser.test_pages import check_page
from tests.factories.packages import MONTH, climb, make_holders, submit
from tests.factories.records import make_staged, save_rows
from tumbuh.accounts.api import whole_country
from tumbuh.records.models import Measurement
from tumbuh.regions.api import get_region
from tumbuh.verification.api import Move, Package, State, Tier, Wish, take_step

pytestmark = pytest.mark.browser
DESA = "91.02.01.2001"
PACKAGE = f"/verifikasi/paket/{DESA}/{MONTH:%Y-%m}"
PLACES = {Tier.DESA: DESA, Tier.KECAMATAN: "91.02.01", Tier.KABUPATEN: "91.02", Tier.PROVINSI: "91"}


@pytest.fixture
def people(site):
    """A child with two visits in the only desa of a kabupaten, and somebody for each tier there."""
    codes = {code: get_region(code) for code in PLACES.values()}
    with whole_country("a test"):
        save_rows(
            make_staged(
                "AISYAH", desa_id=codes[DESA].pk, measured_on=MONTH.replace(month=2, day=10), lenhei_cm=Decimal("86")
            ),
            make_staged("AISYAH", desa_id=codes[DESA].pk),
        )
    return make_holders(codes, PLACES)


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def test_four_people_and_one_cell(site, people, open_page):
    pages = {}
    for tier, user in people.items():
        pages[tier] = open_page(f"{site}/masuk", width=360 if tier == Tier.KECAMATAN else 1280)
        enter(pages[tier], site, user.username)
        pages[tier].goto(site + PACKAGE)
    operator, verifier = pages[Tier.DESA], pages[Tier.KECAMATAN]
    wrong = check_page(operator, "package")
    press(operator, "Kirim")
    verifier.reload()
    wrong += check_page(verifier, "package on a phone")
    expect(verifier.get_by_text("lebih pendek dari sebelumnya")).to_be_visible()
    verifier.get_by_text("Tandai untuk dikembalikan").first.click()
    verifier.get_by_label("Panjang/tinggi (cm)").check()
    verifier.get_by_label("Keterangan").fill("di buku 86,4")
    press(verifier, "Kembalikan isian yang ditandai")
    expect(verifier.get_by_text("1 isian dikembalikan")).to_be_visible()

    operator.goto(f"{site}/kerja")
    operator.get_by_role("link", name="Jawab pengembalian").click()
    operator.get_by_role("link", name="Jawab isian").click()
    wrong += check_page(operator, "cell")
    operator.get_by_label("Nilai yang benar").fill("86,4")
    operator.get_by_label("Jawaban").fill("salah baca di papan ukur")
    press(operator, "Simpan jawaban")
    expect(operator.get_by_text("Diubah dari 84,5 menjadi 86,4")).to_be_visible()
    press(operator, "Kirim")

    for tier in (Tier.KECAMATAN, Tier.KABUPATEN, Tier.PROVINSI):
        page = pages[tier]
        page.goto(site + PACKAGE)
        if tier == Tier.PROVINSI:  # other kabupaten do not hold this one back
            wrong += check_page(page, "package at the top")
        press(page, "Setujui")
    expect(pages[Tier.PROVINSI].get_by_text("resmi").first).to_be_visible()
    with whole_country("a test"):
        assert Package.objects.get().state == State.ACCEPTED
        assert Measurement.objects.get(month=MONTH).lenhei_cm == Decimal("86.40")
    pages[Tier.PROVINSI].goto(f"{site}/verifikasi/91.02/{MONTH:%Y-%m}")
    wrong += check_page(pages[Tier.PROVINSI], "board")
    assert wrong == []


def test_a_package_asked_back_and_what_changed_since(site, people, open_page):
    desa = get_region(DESA)
    with whole_country("a test"):
        climb(people, desa, Tier.KABUPATEN)
    verifier = open_page(f"{site}/masuk", width=360)
    enter(verifier, site, people[Tier.KECAMATAN].username)
    verifier.goto(site + PACKAGE)
    verifier.get_by_label("Mengapa paket ini harus kembali").fill("dua anak tertukar")
    press(verifier, "Minta paket kembali")
    wrong = check_page(verifier, "asked back, on a phone")

    holder = open_page(f"{site}/masuk")
    enter(holder, site, people[Tier.KABUPATEN].username)
    holder.goto(f"{site}/kerja")
    holder.get_by_role("link", name="Putuskan permintaan paket kembali").click()
    wrong += check_page(holder, "asked for a package")
    press(holder, "Kabulkan dan batalkan persetujuan")
    expect(holder.get_by_text("Dikabulkan: dua anak tertukar")).to_be_visible()

    with whole_country("a test"):
        back = Wish(Move.RETURN, Tier.KECAMATAN, State.RETURNED_DESA, "unggah ulang")
        take_step(by=people[Tier.KECAMATAN], region=desa, month=MONTH, wish=back)
        save_rows(make_staged("AISYAH", desa_id=desa.pk, lenhei_cm=Decimal("86.4")))
        submit(people[Tier.DESA], desa)
    verifier.goto(site + PACKAGE)
    verifier.get_by_role("link", name="Lihat apa yang berubah").click()
    expect(verifier.get_by_text("dari 84,5 menjadi 86,4")).to_be_visible()
    wrong += check_page(verifier, "what changed, on a phone")
    assert wrong == []
