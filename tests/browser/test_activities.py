"""A desa operator plans a rembuk stunting, holds it, writes it down and follows it up; the kecamatan verifies it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.journey import enter
from tests.browser.test_pages import check_page
from tests.factories.accounts import make_user
from tests.factories.activities import DESA, make_photo
from tests.factories.programme import load_here
from tumbuh.activities.api import Activity, FollowUp, State, list_held
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser
PEOPLE = "Ani; PKK; P; pimpinan\nBudi; BPD; L; notulis\nCitra; Kader; P\nDedi; RT 1; L\nEka; Bidan; P"


@pytest.fixture
def people(site):
    """The operator of a desa and the verifier of its kecamatan."""
    make_user("operator", role="DESA_OPERATOR", region=get_region(DESA))
    make_user("camat", role="KECAMATAN_VERIFIER", region=get_region("91.01.01"))
    load_here()


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def plan(page, site: str, check) -> list[str]:
    """From the empty list to a planned rembuk of yesterday."""
    page.locator("nav").get_by_role("link", name="Kegiatan", exact=True).click()
    wrong = check(page, "empty list")
    page.get_by_role("link", name="Rencanakan kegiatan").click()
    wrong += check(page, "plan")
    page.get_by_label("Jenis kegiatan").select_option("REMBUK_STUNTING")
    page.get_by_label("Judul").fill("Rembuk stunting 2026")
    page.get_by_label("Tanggal", exact=True).fill((timezone.localdate() - timedelta(days=1)).isoformat())
    page.get_by_label("Tempat").fill("Balai desa")
    press(page, "Rencanakan")
    expect(page.get_by_text("Kegiatan direncanakan.")).to_be_visible()
    return wrong + check(page, "planned")


def write_down(page, check) -> list[str]:
    """The record, first with a wrong line, then right."""
    page.get_by_role("link", name="Catat pelaksanaan").click()
    page.get_by_label("Peserta", exact=True).fill(PEOPLE.replace("L; notulis", "notulis"))
    page.get_by_label("Situasi stunting dan layanan").fill("12 balita stunting")
    page.get_by_label("Kesepakatan dan komitmen bersama").fill("PMT lokal tiap minggu")
    page.get_by_label("Keputusan").fill("Dana desa untuk PMT")
    task = page.get_by_role("group", name="Tindak lanjut baru 1")
    task.get_by_label("Apa yang harus dikerjakan").fill("Menyusun RAB PMT")
    task.get_by_label("Lembaga penanggung jawab").fill("Sekretaris desa")
    task.get_by_label("Tenggat").fill("2026-01-31")
    press(page, "Simpan pelaksanaan")
    expect(page.get_by_text("Baris 2: jenis kelamin tidak dikenal")).to_be_visible()
    page.troubles.clear()  # the console tells of the 422
    wrong = check(page, "record with a wrong line")
    page.get_by_label("Peserta", exact=True).fill(PEOPLE)
    press(page, "Simpan pelaksanaan")
    expect(page.get_by_text("5 orang hadir, 3 perempuan")).to_be_visible()
    return wrong


def add_picture(page, check) -> list[str]:
    """A photo, no wider than the screen."""
    page.get_by_text("Tambah foto").click()
    photo = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": make_photo((1800, 900))}
    page.set_input_files("#foto-berkas", photo)
    page.get_by_label("Keterangan foto").fill("Balai desa penuh")
    press(page, "Simpan foto")
    image = page.get_by_role("img", name="Foto kegiatan 1")
    image.scroll_into_view_if_needed()
    assert image.bounding_box()["width"] <= page.viewport_size["width"]
    return check(page, "held")


def follow_up(page, site: str, check) -> list[str]:
    """The minutes to print, the board, and the month."""
    page.get_by_role("link", name="Cetak notulen").click()
    wrong = check(page, "minutes")
    page.goto(f"{site}/tindak-lanjut")
    wrong += check(page, "follow-ups")
    page.get_by_text("Catat perkembangan").click()
    page.get_by_label("Hasil atau alasan").fill("RAB disahkan")
    press(page, "Selesai")
    expect(page.get_by_text("RAB disahkan").first).to_be_visible()
    page.goto(f"{site}/kegiatan?tampilan=bulan")
    return wrong + check(page, "month")


def read_achieved(page, site: str) -> str:
    """What the regulation's output on rembuk stunting says of the province, a share of the desa."""
    page.goto(f"{site}/program/keluaran/P3.S1.I7.K1")
    cells = page.get_by_role("row").filter(has_text="2028").get_by_role("cell").all_inner_texts()
    return f"{cells[1]} dari {cells[2]}"


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_rembuk_from_plan_to_verification(site, people, open_page, width, script):
    check = check_page if script else lambda page, path: []  # axe itself is a script
    page, verifier = (open_page(f"{site}/masuk", width=width, script=script) for _each in range(2))
    enter(page, site, "operator")
    wrong = plan(page, site, check) + write_down(page, check)
    address = page.url
    wrong += add_picture(page, check)
    press(page, "Ajukan untuk diperiksa")
    expect(page.get_by_text("Menunggu diperiksa").first).to_be_visible()
    wrong += follow_up(page, site, check)

    enter(verifier, site, "camat")
    expect(verifier.get_by_role("link", name="Periksa 1 bukti yang diajukan")).to_be_visible()
    assert read_achieved(verifier, site) == "0 % dari 90 %"
    verifier.goto(f"{site}/bukti")
    wrong += check(verifier, "what waits")
    verifier.get_by_role("link", name="Rembuk stunting 2026").click()
    wrong += check(verifier, "a piece of evidence")
    verifier.goto(address)
    press(verifier, "Setujui")
    expect(verifier.get_by_text("Terverifikasi").first).to_be_visible()
    wrong += check(verifier, "verified")
    assert read_achieved(verifier, site) == "20 % dari 90 %"  # one of five desa
    wrong += check(verifier, "the output")
    assert wrong == [], "\n".join(wrong)
    assert Activity.objects.get().state == State.HELD and FollowUp.objects.get().state == "DONE"
    assert [one.is_verified for one in list_held(["REMBUK_STUNTING"])] == [True]


def test_forms_of_other_pages(site, people, open_page, sign_in):
    page = open_page(site, width=360)
    sign_in(page, site)
    wrong = []
    for path in ("/kegiatan/massal", "/kegiatan/baru", "/kegiatan", "/tindak-lanjut"):
        page.goto(site + path)
        wrong += check_page(page, path)
    page.goto(f"{site}/kegiatan/baru")
    page.get_by_label("Jenis kegiatan").select_option("KAMPANYE")
    page.get_by_label("Judul").fill("Kampanye ASI")
    page.get_by_label("Tanggal", exact=True).fill("2026-02-01")
    press(page, "Rencanakan")
    for summary in ("Catat jangkauan", "Catat survei", "Batalkan kegiatan"):
        page.get_by_text(summary).first.click()
    wrong += check_page(page, "campaign")
    page.get_by_role("link", name="Catat pelaksanaan").click()
    wrong += check_page(page, "record of a campaign")
    assert wrong == [], "\n".join(wrong)
