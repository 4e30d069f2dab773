"""The pages of documents: what they show to whom, what they do, and how many queries they need."""

import re

import pytest

from tests.factories.accounts import make_user
from tests.factories.attachments import make_pdf
from tests.factories.documents import make_document
from tumbuh.documents.api import Document, publish, replace_file
from tumbuh.documents.models import LegalRelation

pytestmark = pytest.mark.django_db
FIELDS = {
    "kind": "RKPDES", "title": "RKPDes Sumber Jaya 2026", "region": "91.01.01.2001", "number": "3/2025",
    "issued_on": "2025-09-30", "year": "2026",
}  # fmt: skip


@pytest.fixture
def document(operator, desa):
    return make_document(operator, desa, "Halaman satu", "Dana bagi pencegahan stunting <b>desa</b>")


def upload(name="rkpdes.pdf", content=None):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, make_pdf("Rencana") if content is None else content)


def test_put_a_document_in(client, operator):
    client.force_login(operator)
    page = client.get("/dokumen/baru").content.decode()
    assert 'value="91.01.01.2001"' in page and "Peraturan Desa atau Peraturan Lurah" in page
    answer = client.post("/dokumen/baru", {**FIELDS, "file": upload()}, follow=True)
    page = answer.content.decode()
    assert "Dokumen disimpan" in page and "RKPDes Sumber Jaya 2026" in page and "30 September 2025" in page
    assert "belum diterbitkan" in page and "teks dapat dicari" in page
    answer = client.post("/dokumen/baru", {**FIELDS, "file": upload()}, follow=True)
    assert "sudah ada" in answer.content.decode() and Document.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file": ("a.exe", b"MZ program")}, "tidak diterima"),
        ({"file": ("a.pdf", b"")}, "Berkas kosong"),
        ({"number": ""}, "mempunyai nomor"),
        ({"region": "91.02"}, "tidak ada di lingkup Anda"),
        ({"kind": "RKPD"}, "tidak dibuat di tingkat wilayah ini"),
        ({"year": "26"}, "tidak wajar"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, operator, change, words):
    client.force_login(operator)
    file = upload(*change["file"]) if "file" in change else upload()
    answer = client.post("/dokumen/baru", {**FIELDS, **change, "file": file})
    assert answer.status_code == 422 and words in answer.content.decode() and not Document.objects.exists()


def test_a_region_by_name(client, analyst):
    client.force_login(analyst)
    answer = client.post("/dokumen/baru", {**FIELDS, "region": "talang baru", "file": upload()})
    assert answer.status_code == 302 and Document.objects.get().region.code == "91.01.01.2002"


def test_the_public_sees_what_is_published(client, operator, document):
    assert "0 dokumen tersimpan" in client.get("/dokumen").content.decode()
    address = f"/dokumen/{document.public_id}"
    assert client.get(address).url.startswith("/masuk?next=")
    assert client.get("/dokumen/00000000-0000-4000-8000-000000000000").url.startswith("/masuk?next=")
    publish(by=operator, document=document)
    page = client.get("/dokumen?q=stunting").content.decode()
    assert "1 dokumen cocok" in page
    assert "hlm. 2: Dana bagi pencegahan <mark>stunting</mark> &lt;b&gt;desa" in page or "pencegahan <mark>" in page
    assert "<b>desa" not in page
    page = client.get(address).content.decode()
    assert "diterbitkan" in page and "Kelola" not in page and "Riwayat" not in page and "operator" not in page
    assert "terbit" not in re.findall(r'name="(\w+)"', client.get("/dokumen").content.decode())


def test_a_file_is_only_ever_an_attachment(client, operator, document):
    client.force_login(operator)
    answer = client.get(f"/dokumen/{document.public_id}/berkas")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith('attachment; filename="dokumen.pdf"')
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"


def test_older_versions_are_not_public(client, operator, document):
    replace_file(by=operator, document=document, blocks=[make_pdf("Baru")], name="a\r\nX: b.pdf")
    document.refresh_from_db()
    publish(by=operator, document=document)
    address = f"/dokumen/{document.public_id}/berkas"
    assert client.get(f"{address}/1").status_code == 404 and client.get(f"{address}/2").status_code == 200
    assert client.get(f"{address}/3").status_code == 404
    client.force_login(operator)
    assert client.get(f"{address}/1").status_code == 200
    page = client.get(f"/dokumen/{document.public_id}").content.decode()
    assert "Versi 2" in page and "Versi 1" in page and "Berkas dokumen diganti" in page


def test_steps(client, operator, desa, document):
    client.force_login(operator)
    address = f"/dokumen/{document.public_id}"
    assert "siapa pun dapat membacanya" in client.post(f"{address}/terbit", follow=True).content.decode()
    assert "Penerbitan dibatalkan" in client.post(f"{address}/batal-terbit", follow=True).content.decode()
    answer = client.post(f"{address}/ubah", {**FIELDS, "title": "Judul lain"}, follow=True)
    assert "Judul lain" in answer.content.decode()
    assert client.post(f"{address}/ubah", {**FIELDS, "number": ""}).status_code == 422
    answer = client.post(f"{address}/ganti", {"file": upload("a.docx", b"MZ")})
    assert answer.status_code == 422 and "tidak diterima" in answer.content.decode()
    assert client.post(f"{address}/ganti", {"file": upload(content=make_pdf("Lain"))}).status_code == 302
    other = make_document(operator, desa, "lain", number="9/2024", title="Yang lama")
    answer = client.post(f"{address}/hubungan", {"hubungan": "REVOKES", "dokumen": "9/2024"}, follow=True)
    assert "Hubungan dicatat" in answer.content.decode() and "Yang lama" in answer.content.decode()
    assert "sudah dicabut" in client.get(f"/dokumen/{other.public_id}").content.decode()
    number = LegalRelation.objects.get().pk
    assert "dihapus" in client.post(f"{address}/hubungan", {"hapus": number}, follow=True).content.decode()
    assert "Tulis alasan" in client.post(f"{address}/tarik", follow=True).content.decode()
    answer = client.post(f"{address}/tarik", {"alasan": "keliru"}, follow=True)
    assert "keliru" in answer.content.decode() and "ditarik" in answer.content.decode()
    assert client.get(f"{address}/ubah").status_code == 404


def test_numbers_of_people_are_asked_about(client, operator, desa):
    document = make_document(operator, desa, "NIK 1705012345670001")
    client.force_login(operator)
    answer = client.post(f"/dokumen/{document.public_id}/terbit", follow=True)
    page = answer.content.decode()
    assert "16 digit" in page and 'name="yakin"' in page and "1705012345670001" not in page
    client.post(f"/dokumen/{document.public_id}/terbit", {"yakin": "1"})
    document.refresh_from_db()
    assert document.is_published


def test_queries(client, operator, analyst, regions, desa, django_assert_max_num_queries):
    for number in range(25):
        document = make_document(operator, desa, f"stunting {number}", title=f"Dokumen {number}")
    for _ in range(3):
        replace_file(by=operator, document=document, blocks=[make_pdf(f"versi {_}")], name="a.pdf")
    client.force_login(analyst)
    with django_assert_max_num_queries(12):
        assert "Halaman 1 dari 2" in client.get("/dokumen?q=stunting&wilayah=91.01").content.decode()
    with django_assert_max_num_queries(12):
        assert "Versi 4" in client.get(f"/dokumen/{document.public_id}").content.decode()
    client.force_login(make_user("tamu"))
    with django_assert_max_num_queries(12):
        client.get("/dokumen")


def test_filters_that_make_no_sense_find_nothing_and_break_nothing(client, operator, document):
    client.force_login(operator)
    for query in ("jenis=X", "tahun=abc", "tahun=99999999", "wilayah=zzz", "halaman=999", "terbit=x", "q=%00"):
        assert client.get(f"/dokumen?{query}").status_code == 200, query
