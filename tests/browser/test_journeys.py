"""What people do from beginning to end, in a real browser, with the real queue and worker."""

import re

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from tests.browser.journey import MONTH, empty_queue, enter, read_file, send, state_purpose, work, write_faulty
from tests.browser.test_pages import check_page
from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tests.factories.workbooks import make_ole, make_raw_xlsx, make_xlsx
from tumbuh.intake.api import Import
from tumbuh.lib.spreadsheets.api import read_sheets
from tumbuh.records.models import Household, Measurement, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESA = "/wilayah/91.01.01.2001"


@pytest.fixture
def empty_site(live_server, transactional_db):
    """The address of a province without a single child, its users, an empty queue."""
    empty_queue()
    caches["pages"].clear()
    regions = make_province()
    make_user("operator", role="KABUPATEN_ANALYST", region=regions["91.01"])
    make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    make_user("tetangga", role="KABUPATEN_ANALYST", region=regions["91.02"])
    make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"])
    yield live_server.url
    empty_queue()


def press(page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def save_first(page, site, path) -> str:
    """A file all the way into the register; the address of its import."""
    at = read_file(page, site, path)
    press(page, "Kolom sudah benar, periksa isinya")
    work()
    page.goto(at)
    press(page, "Simpan semuanya")
    work()
    page.goto(at)
    page.get_by_text("tersimpan:").wait_for()
    return at


def test_from_the_workbook_to_the_figure_and_back(empty_site, open_page, tmp_path):
    site, page = empty_site, open_page(empty_site)
    enter(page, site, "admin")
    page.goto(site + DESA)
    assert "belum ada data penimbangan" in page.locator("h1").inner_text()
    at = read_file(page, site, write_faulty(tmp_path / "oktober.xlsx"))
    assert "pastikan arti kolomnya" in page.locator("h1").inner_text()
    assert page.get_by_label("Pukesmas").input_value() == "puskesmas"
    press(page, "Kolom sudah benar, periksa isinya")
    expect(page.locator("progress")).to_be_visible()
    work()
    page.get_by_text("baris diperiksa").wait_for()  # the page asks by itself
    assert (
        page.locator("h1").inner_text().startswith("7 baris diperiksa: 4 baru, 0 berubah, 1 perlu ditinjau, 2 ditolak")
    )
    for words in ("tertulis dalam gram", "dibaca sebagai SUMBER JAYA", "belum terjadi", "tertukar kolom"):
        assert page.get_by_text(re.compile(words, re.I)).count(), words
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("baris .*xlsx")).click()
    assert [len(chunk.rows) for chunk in read_sheets(waiting.value.path())] == [4]  # heading and three rows
    assert Measurement.objects.count() == 0
    press(page, "Simpan semuanya")
    work()
    page.get_by_text("tersimpan: 4 pengukuran baru").wait_for()
    look_at_the_figure(page, site, at)
    look_at_the_child(page, site, tmp_path)
    page.goto(at)
    page.get_by_text("Batalkan impor ini").click()
    page.get_by_label("Alasan").fill("berkas bulan lain")
    press(page, "Batalkan seluruh impor")
    work()
    page.get_by_text("sudah dibatalkan").wait_for()
    page.goto(site + DESA)
    assert "belum ada data penimbangan" in page.locator("h1").inner_text()
    assert (Person.objects.count(), Measurement.objects.count(), Household.objects.count()) == (0, 0, 0)
    assert page.troubles == []


def look_at_the_figure(page, site: str, at: str) -> None:
    """The desa's share is right at once, and *Mengapa?* leads to the import."""
    page.goto(site + DESA)
    assert "25,0" in page.locator("h1").inner_text()  # Budi, of four
    page.locator(".hero .why, .figure-card a").first.click()
    origin = page.get_by_role("link", name="oktober.xlsx").first
    origin.wait_for()
    page.goto(f"{site}/mengapa/stunting/91.01.01.2001/{MONTH}")
    page.locator("main").get_by_role("link", name="oktober.xlsx").click()
    assert page.url == at


def look_at_the_child(page, site: str, folder) -> None:
    """From the desa to a child with its curve and its brother; on paper too."""
    page.goto(site + DESA)
    page.get_by_role("link", name="Daftar anak").click()
    page.get_by_role("link", name="AISYAH PUTRI").click()
    state_purpose(page)
    assert page.locator("figure svg").count() == 3
    expect(page.get_by_role("link", name="BUDI HARTONO")).to_be_visible()
    page.emulate_media(media="print")
    sheet = page.pdf(path=folder / "anak.pdf", prefer_css_page_size=True)
    page.emulate_media(media="screen")
    pages = len(re.findall(rb"/Type\s*/Page\b", sheet))
    assert sheet.startswith(b"%PDF") and 1 <= pages <= 2 and len(sheet) > 20_000
    page.get_by_role("link", name="Angka Desa Sumber Jaya").click()
    assert page.url == site + DESA


def test_a_neighbour_finds_nothing(empty_site, open_page, tmp_path):
    site, page = empty_site, open_page(empty_site)
    enter(page, site, "operator")
    at = save_first(page, site, write_faulty(tmp_path / "oktober.xlsx"))
    child = Person.objects.order_by("pk").first()
    stranger = open_page(site)
    enter(stranger, site, "tetangga")
    for path in (at, f"{at}/tinjau", f"{at}/koreksi.xlsx", f"{site}/anak/{child.public_id}", f"{site}{DESA}/anak"):
        answer = stranger.goto(path)
        assert answer.status == 404, path
        assert child.name not in stranger.content() and "oktober" not in stranger.content()
    stranger.goto(f"{site}/data-masuk")
    assert stranger.get_by_text("oktober.xlsx").count() == 0
    stranger.goto(site + DESA)
    assert stranger.get_by_role("link", name="Daftar anak").count() == 0


def test_the_whole_way_without_javascript(empty_site, open_page, tmp_path):
    site, page = empty_site, open_page(empty_site, script=False)
    enter(page, site, "admin")
    at = save_first(page, site, write_faulty(tmp_path / "oktober.xlsx"))
    look_at_the_figure_without_script(page, site)
    page.goto(f"{at}/tinjau")
    page.locator("main input[type=radio]").first.check()
    press(page, "Catat keputusan")
    expect(page.get_by_text("1 keputusan dicatat")).to_be_visible()
    page.goto(at)
    page.locator("summary", has_text="Batalkan impor ini").click()
    page.get_by_label("Alasan").fill("berkas bulan lain")
    press(page, "Batalkan seluruh impor")
    work()
    page.goto(at)
    assert "sudah dibatalkan" in page.locator("h1").inner_text()


def look_at_the_figure_without_script(page, site: str) -> None:
    page.goto(site + DESA)
    assert "25,0" in page.locator("h1").inner_text()
    page.locator(".figure-card a").first.click()
    page.locator("main").get_by_role("link", name="oktober.xlsx").click()
    page.goto(f"{site}{DESA}/anak")
    page.get_by_role("link", name="AISYAH PUTRI").click()
    state_purpose(page)
    assert page.locator("figure svg").count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_flow_on_a_phone(empty_site, open_page, tmp_path, scheme):
    site, page = empty_site, open_page(empty_site, width=360, scheme=scheme)
    enter(page, site, "admin")
    wrong = check_page(page, "/kerja")
    page.goto(f"{site}/data-masuk/unggah")
    wrong += check_page(page, "upload")
    send(page, site, write_faulty(tmp_path / "oktober dengan nama yang sangat panjang sekali sampai tidak muat.xlsx"))
    page.wait_for_url(f"{site}/data-masuk/*-*")
    at = page.url
    wrong += check_page(page, "reading")
    for name, button in (("confirm", "Kolom sudah benar, periksa isinya"), ("preview", "Simpan semuanya")):
        work()
        page.goto(at)
        wrong += check_page(page, name)
        press(page, button)
        wrong += check_page(page, f"after {name}")
    work()
    page.goto(at)
    child = Person.objects.get(name="AISYAH PUTRI")
    page.goto(f"{site}/anak/{child.public_id}")
    wrong += check_page(page, "purpose")
    state_purpose(page)
    for path in (at, f"{at}/tinjau", f"{site}/data-masuk", site + DESA, f"{site}{DESA}/anak",
                 f"{site}/anak/{child.public_id}", f"{site}/mengapa/stunting/91.01.01.2001/{MONTH}"):  # fmt: skip
        page.goto(path)
        wrong += check_page(page, path)
    page.goto(at)
    page.locator("summary", has_text="Batalkan impor ini").click()
    wrong += check_page(page, "undo form")
    page.get_by_label("Alasan").fill("coba")
    press(page, "Batalkan seluruh impor")
    work()
    page.goto(at)
    wrong += check_page(page, "undone")
    assert wrong == []


def write_hostile(folder) -> dict:
    """Files that no import can read, with a word of the sentence that says why."""
    folder.mkdir()
    made = {name: folder / f"{name}.xlsx" for name in ("pdf", "truncated", "password", "far", "empty", "none", "big")}
    made["pdf"].write_bytes(b"%PDF-1.7\n" + b"1 0 obj\n" * 50)
    make_xlsx(made["truncated"], {"A": [["Nama", "JK"]] * 500})
    made["truncated"].write_bytes(made["truncated"].read_bytes()[:2000])
    make_ole(made["password"], "EncryptedPackage")
    make_raw_xlsx(made["far"], '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    make_xlsx(made["empty"], {"A": []})
    made["none"].write_bytes(b"")
    made["big"].write_bytes(b"PK\x03\x04" + bytes(30_000_000))
    words = {"pdf": "PDF", "truncated": "rusak|terpotong", "password": "sandi", "far": "XFD1048576|jauh",
             "empty": "kosong|judul|Tidak ada baris", "none": "kosong", "big": "rusak|terpotong|besar|MB"}  # fmt: skip
    return {name: (path, words[name]) for name, path in made.items()}


def test_hostile_files_get_a_sentence(empty_site, open_page, tmp_path):
    site, page = empty_site, open_page(empty_site)
    enter(page, site, "operator")
    for name, (path, words) in write_hostile(tmp_path / "hostile").items():
        send(page, site, path)
        page.wait_for_load_state()
        if "/unggah" not in page.url:
            work()
            page.goto(page.url)
        said = page.locator("main").inner_text()
        assert re.search(words, said, re.I), (name, said)
        answer = page.locator("[role=alert]").or_(page.get_by_text("Baris judul lain"))
        expect(answer.first, name).to_be_visible()
        assert "Traceback" not in page.content() and page.locator("main").get_by_role("link").count(), name
    save_first(page, site, write_faulty(tmp_path / "oktober.xlsx"))
    assert Measurement.objects.count() == 4


def test_a_button_pressed_twice_does_it_once(empty_site, open_page, tmp_path):
    site, page = empty_site, open_page(empty_site)
    enter(page, site, "operator")
    at = read_file(page, site, write_faulty(tmp_path / "oktober.xlsx"))
    for name in ("Kolom sudah benar, periksa isinya", "Simpan semuanya"):
        page.goto(at)
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=name).dblclick()
        work()
    page.goto(at)
    assert "tersimpan: 4 pengukuran baru" in page.locator("h1").inner_text()
    page.go_back()
    assert (Import.objects.count(), Measurement.objects.count()) == (1, 4)


def test_first_run(live_server, open_page, transactional_db):
    empty_queue()
    page = open_page(f"{live_server.url}/")
    page.get_by_role("link", name=re.compile("Siapkan|Mulai", re.I)).first.click()
    page.wait_for_url(f"{live_server.url}/mulai")
    for name, value in (("full_name", "Admin Pertama"), ("username", "admin")):
        page.fill(f"[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "padi-menguning-2026")
    page.select_option("[name=province]", "36")
    press(page, "Mulai")
    page.wait_for_url(f"{live_server.url}/kerja")
    work()
    page.get_by_text("Provinsi Banten").first.wait_for()
    expect(page.get_by_role("link", name=re.compile("Unggah")).first).to_be_visible()
    assert page.goto(f"{live_server.url}/mulai").status == 404
    empty_queue()
