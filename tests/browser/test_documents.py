"""Documents in a real browser: put in, found, published, on wide and narrow screens, with and without JavaScript."""

import pytest

from tests.browser.test_pages import check_page
from tests.factories.attachments import make_pdf, make_xlsx, make_zip
from tests.factories.documents import make_document
from tumbuh.accounts.api import User
from tumbuh.documents.api import publish
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.browser
TABLE = [
    ["kode wilayah", "jenis dokumen", "nomor", "tanggal", "tahun", "nama berkas"],
    ["91.01.01.2001", "RKPDES", "3/2025", "30/09/2025", 2026, "a.pdf"],
    ["91.01.01.2002", "RKPDES", "", "besok", 2026, "b.pdf"],
]


@pytest.fixture
def documents(site):
    analyst = User.objects.get(username="analis")
    words = "Rencana kerja desa memuat agenda pencegahan dan percepatan penurunan stunting " * 3
    made = [
        make_document(analyst, get_region(code), words + code, title=f"Rencana Kerja Pemerintah Desa {code} Tahun 2026")
        for code in ("91.01.01.2001", "91.01.01.2002")
    ]
    publish(by=analyst, document=made[0])
    return made


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark"), (320, "light")])
def test_documents_for_everybody(site, documents, open_page, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    wrong = []
    for path in ("/dokumen", "/dokumen?q=stunting", "/dokumen?q=tidakada", f"/dokumen/{documents[0].public_id}"):
        page.goto(site + path)
        wrong += check_page(page, path)
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_documents_at_work(site, documents, open_page, sign_in, tmp_path, width, scheme):
    page = open_page(site, width=width, scheme=scheme)
    sign_in(page, site)
    wrong = []
    own = f"/dokumen/{documents[1].public_id}"
    for path in ("/dokumen", "/dokumen/baru", "/dokumen/massal", own, f"{own}/ubah", f"{own}/ganti"):
        page.goto(site + path)
        wrong += check_page(page, path)
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    assert wrong == []


def test_a_document_without_javascript(site, open_page, sign_in, tmp_path):
    file = tmp_path / "rkpdes.pdf"
    file.write_bytes(make_pdf("Rencana kerja desa bagi pencegahan stunting"))
    page = open_page(site, width=360, script=False)
    sign_in(page, site)
    page.goto(f"{site}/dokumen/baru")
    page.select_option("[name=kind]", "RKPDES")
    page.set_input_files("[name=file]", file)
    for name, value in {"title": "RKPDes 2026", "region": "Talang Baru", "issued_on": "2025-09-30"}.items():
        page.fill(f"[name={name}]", value)
    page.click("main form button[type=submit]")
    page.get_by_text("mempunyai nomor").wait_for()
    page.fill("[name=number]", "3/2025")
    page.fill("[name=year]", "2026")
    page.set_input_files("[name=file]", file)
    page.click("main form button[type=submit]")
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_text("siapa pun dapat membacanya").wait_for()
    with page.expect_download() as download:
        page.get_by_text("Unduh PDF").click()
    assert download.value.suggested_filename == "rkpdes.pdf"
    page.goto(f"{site}/dokumen?q=stunting")
    assert page.locator("mark").first.inner_text() == "stunting"


@pytest.mark.parametrize("width", [1280, 360])
def test_many_at_once(site, open_page, sign_in, tmp_path, width):
    files = {"kiriman.zip": make_zip({"a.pdf": make_pdf("A"), "b.pdf": make_pdf("B"), "c.pdf": make_pdf("C")}),
             "tabel.xlsx": make_xlsx(TABLE)}  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page = open_page(site, width=width)
    sign_in(page, site)
    page.goto(f"{site}/dokumen/massal")
    page.set_input_files("[name=arsip]", tmp_path / "kiriman.zip")
    page.set_input_files("[name=tabel]", tmp_path / "tabel.xlsx")
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("1 dokumen baru, 0 sudah ada, 1 ditolak.").wait_for()
    assert check_page(page, "preview") == []
    page.screenshot(path=tmp_path / "preview.png", full_page=True)
    page.get_by_role("button", name="Simpan 1 dokumen").click()
    page.get_by_text("1 dokumen disimpan").wait_for()
    assert check_page(page, "saved") == []
