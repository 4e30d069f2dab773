"""Many accounts from one workbook, over the web."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.accounts import make_user
from tests.factories.workbooks import make_xlsx
from tumbuh.accounts.api import COLUMNS, AccountBatch, User
from tumbuh.lib.spreadsheets.api import read_sheets
from tumbuh.notifications.api import send_due

DESA = "91.01.01.2001"


@pytest.fixture
def send(office, tmp_path):
    def go(*rows, header=COLUMNS):
        content = make_xlsx(tmp_path / "akun.xlsx", {"Akun": [header, *rows]}).read_bytes()
        return office.post("/akun/massal", {"berkas": SimpleUploadedFile("akun.xlsx", content)})

    return go


def read(answer, tmp_path) -> list[list]:
    path = tmp_path / "turun.xlsx"
    path.write_bytes(BytesIO(answer.content).getvalue())
    return [row for chunk in read_sheets(path) for row in chunk.rows]


def test_from_template_to_slips(office, province, send, tmp_path, django_assert_max_num_queries):
    header, *rows = read(office.get("/akun/massal/templat"), tmp_path)
    assert header == list(COLUMNS)
    start = rows.index(header)
    rows, kecamatan = rows[:start], rows[start + 1 :]
    assert [(row[0], row[2]) for row in kecamatan[:2]] == [
        ("91.01.01", "Verifikator kecamatan/puskesmas"), ("91.01.02", "Verifikator kecamatan/puskesmas"),
    ]  # fmt: skip
    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("91.01.01.2001", "Operator desa", "desa-9101012001"),
        ("91.01.01.2002", "Operator desa", "desa-9101012002"),
        ("91.01.02.1001", "Operator desa", "desa-9101021001"),
    ]
    for row in rows:
        row[3] = f"Orang {row[0]}"
    answer = send(*rows, ["91.02.01.2001", "", "Operator desa", "Orang lain", "", ""])
    assert answer.status_code == 302 and User.objects.count() == 1
    page = office.get(answer.url).content.decode()
    assert "3 akun akan dibuat, 0 sudah ada, 1 ditolak" in page and "tidak ada di bawah wilayah Anda" in page
    office.post(answer.url)
    office.post(answer.url)  # twice
    assert User.objects.count() == 4
    page = office.get(answer.url).content.decode()
    assert "3 akun dibuat." in page and "Orang 91" not in page
    batch = AccountBatch.objects.get()
    with django_assert_max_num_queries(14):
        page = office.get("/akun/undangan", {"buku": batch.pk}).content.decode()
    assert page.count('class="qr"') == 3
    header, *slips = read(office.get("/akun/undangan/unduh", {"buku": batch.pk}), tmp_path)
    assert [slip[1] for slip in slips] == ["desa-9101012001", "desa-9101012002", "desa-9101021001"]
    assert all(slip[4].startswith("http://testserver/undangan/") for slip in slips)
    assert read(office.get("/akun/massal/templat"), tmp_path)[1][0] == COLUMNS[0]  # no desa is lacking now


def test_what_is_wrong_is_said_and_nothing_kept(office, send, admin):
    assert office.post("/akun/massal").status_code == 422
    assert "Judul kolom" in send(header=("A", "B")).content.decode()
    assert "Belum ada nama" in send().content.decode()
    bad = SimpleUploadedFile("akun.xlsx", b"PK\x03\x04 broken")
    assert office.post("/akun/massal", {"berkas": bad}).status_code == 422
    assert not AccountBatch.objects.exists()


def test_a_workbook_is_its_makers_alone(office, client, province, send):
    address = send((DESA, "", "Operator desa", "Siti", "", "")).url
    client.force_login(make_user("lain", role="REGION_ADMIN", region=province["91.01"]))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert User.objects.filter(username__startswith="desa-").count() == 0


def test_kecamatan_offer_their_institutions_and_are_filled_in_from_them(office, province, institutions, send, tmp_path):
    content = office.get("/akun/massal/templat").content
    (tmp_path / "templat.xlsx").write_bytes(content)
    with ZipFile(tmp_path / "templat.xlsx") as book:
        offered = re.findall(
            r'sqref="(\w+)"><formula1>(.*?)</formula1>', book.read("xl/worksheets/sheet2.xml").decode()
        )
    chunks = {chunk.sheet: chunk.rows for chunk in read_sheets(tmp_path / "templat.xlsx")}
    first, last = re.fullmatch(r"'Daftar instansi'!\$C\$(\d+):\$C\$(\d+)", dict(offered)["G2"]).groups()
    listed = chunks["Daftar instansi"][int(first) - 1 : int(last)]
    names = [row[2] for row in listed]
    assert {row[0] for row in listed} == {"91.01.01"} and "Pemerintah Kecamatan" in " ".join(names)
    answer = send(("91.01.01", "", "Verifikator kecamatan/puskesmas", "Budi", "", "", names[0]))
    assert names[0] in office.get(answer.url).content.decode()
    office.post(answer.url)
    assert User.objects.get(first_name="Budi").assignments.get().institution.name == names[0]


def test_what_is_mailed_and_what_must_be_printed(office, province, send, settings, tmp_path):
    settings.HAS_NOTICE_MAIL = True
    rows = [
        (DESA, "", "Operator desa", "Siti", "siti@contoh.id", ""),
        ("91.01.01.2002", "", "Operator desa", "Ani", ""),
    ]
    address = send(*rows).url
    for _ in range(2):
        office.post(address)
    assert send_due() == 1 and mail.outbox[0].to == ["siti@contoh.id"]
    assert "1 dikirim lewat surel, 1 harus dicetak" in office.get(address).content.decode()
    batch = AccountBatch.objects.get()
    page = office.get("/akun/undangan", {"buku": batch.pk}).content.decode()
    assert "1 dikirim lewat surel, 1 harus dicetak" in page and page.count('class="qr"') == 2
    page = office.get(f"/akun/undangan?buku={batch.pk}&cetak").content.decode()
    assert page.count('class="qr"') == 1 and "Ani" in page and "Siti" not in page
    _header, *slips = read(office.get("/akun/undangan/unduh", {"buku": batch.pk}), tmp_path)
    assert [(slip[0], slip[6]) for slip in slips] == [("Siti", "lewat surel"), ("Ani", "harus dicetak")]
    account = office.get(f"/akun/{User.objects.get(first_name='Siti').pk}").content.decode()
    assert "dikirim lewat surel" in account


def test_without_a_mail_server_all_are_printed(office, province, send):
    address = send((DESA, "", "Operator desa", "Siti", "siti@contoh.id", "")).url
    office.post(address)
    assert "0 dikirim lewat surel, 1 harus dicetak" in office.get(address).content.decode()
