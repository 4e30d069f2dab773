"""Many documents at once: each line has its outcome, nothing is lost, nothing is doubled."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.accounts import make_user
from tests.factories.attachments import make_pdf, make_xlsx, make_zip
from tests.factories.documents import make_document
from tumbuh.audit.api import Event
from tumbuh.documents.actions.bulk import archive as archives
from tumbuh.documents.actions.text import read_text
from tumbuh.documents.api import (
    Document,
    NotAllowedError,
    TableError,
    check_batch,
    get_reach,
    list_publishable,
    publish_batch,
    save_batch,
    write_template,
)
from tumbuh.lib.spreadsheets.api import read_sheets

pytestmark = pytest.mark.django_db
HEADINGS = ["kode wilayah", "nama wilayah", "jenis dokumen", "judul", "nomor", "tanggal", "tahun", "nama berkas"]
FILES = {
    "a.pdf": make_pdf("Rencana A"),
    "map/B.PDF": make_pdf("Rencana B"),
    "jahat.pdf": b"MZ",
    "lebih.pdf": make_pdf("X"),
}


def line(region="91.01.01.2001", kind="RKPDES", number="3/2025", day="30/09/2025", year=2026, file="a.pdf"):
    return [region, "", kind, "", number, day, year, file]


def check(by, tmp_path, *lines, files=FILES, headings=HEADINGS):
    table = tmp_path / "tabel.xlsx"
    table.write_bytes(make_xlsx([["Daftar dokumen"], headings, *lines]))
    return check_batch(by=by, archive=io.BytesIO(make_zip(files)), table=table, name="kiriman.zip")


def test_a_batch_is_looked_at_and_saved_once(analyst, regions, tmp_path):
    batch = check(analyst, tmp_path, line(), line("91.01.01.2002", "RKPDes", "4", "2025-10-01", "2026", "b.pdf"))
    assert [entry["outcome"] for entry in batch.rows] == ["NEW", "NEW"] and not Document.objects.exists()
    assert batch.unused == ["jahat.pdf", "lebih.pdf"]
    assert save_batch(by=analyst, batch=batch) == (2, 0)
    assert save_batch(by=analyst, batch=batch) == (0, 0)
    first = Document.objects.get(region=regions["91.01.01.2001"])
    assert first.title == "Rencana Kerja Pemerintah Desa (RKPDes) Desa Sumber Jaya 2026"
    assert (first.issued_on, first.year, first.number) == (date(2025, 9, 30), 2026, "3/2025")
    again = check(analyst, tmp_path, line(), line("91.01.01.2002", "RKPDES", "4", "2025-10-01", 2026, "b.pdf"))
    assert [entry["outcome"] for entry in again.rows] == ["ALREADY_THERE", "ALREADY_THERE"]
    assert save_batch(by=analyst, batch=again) == (0, 2) and Document.objects.count() == 2
    assert Event.objects.filter(action="documents.document.added").count() == 2
    assert Event.objects.filter(action="documents.batch.saved").count() == 2


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"region": "91.02.01.2001"}, "kode wilayah", "tidak ada di lingkup Anda"),
        ({"region": "17"}, "kode wilayah", "tidak ada di lingkup Anda"),
        ({"kind": "Surat cinta"}, "jenis dokumen", "“Surat cinta” tidak dikenal"),
        ({"kind": "RKPD"}, "kode wilayah", "tidak dibuat di tingkat wilayah ini"),
        ({"number": ""}, "nomor", "mempunyai nomor"),
        ({"day": "31/02/2025"}, "tanggal", "tidak terbaca"),
        ({"day": "besok"}, "tanggal", "tidak terbaca"),
        ({"year": "dua ribu"}, "tahun", "tidak terbaca"),
        ({"year": None}, "tahun", "tahun yang dilayani"),
        ({"file": "tidak-ada.pdf"}, "nama berkas", "tidak ada di dalam arsip"),
        ({"file": "jahat.pdf"}, "nama berkas", "tidak diterima"),
    ],
)
def test_what_is_wrong_with_a_line(analyst, tmp_path, cells, column, words):
    batch = check(analyst, tmp_path, line(**cells), line("91.01.01.2002", file="b.pdf"))
    bad, good = batch.rows
    assert bad["outcome"] == "REFUSED" and good["outcome"] == "NEW" and bad["line"] == 3
    assert [(reason["column"], words in reason["text"]) for reason in bad["reasons"]] == [(column, True)]
    assert save_batch(by=analyst, batch=batch) == (1, 0), "the others are not lost"


def test_the_same_line_twice(analyst, tmp_path):
    batch = check(analyst, tmp_path, line(), line(number="9/2025"))
    assert [entry["outcome"] for entry in batch.rows] == ["NEW", "REFUSED"]
    assert "Sama dengan baris 3" in batch.rows[1]["reasons"][0]["text"]


def test_one_file_for_several_desa_is_looked_into_once(analyst, tmp_path, monkeypatch):
    seen = []
    examine = archives.examine_file
    monkeypatch.setattr(archives, "examine_file", lambda *given: seen.append(given[2]) or examine(*given))
    batch = check(analyst, tmp_path, line(kind="MOU_PKS"), line("91.01.01.2002", kind="MOU_PKS"))
    assert save_batch(by=analyst, batch=batch) == (2, 0) and seen == ["a.pdf"]


def test_somebody_who_lost_the_role_meanwhile_saves_nothing(analyst, tmp_path):
    batch = check(analyst, tmp_path, line(), line("91.01.01.2002", file="b.pdf"))
    analyst.assignments.all().delete()
    with pytest.raises(NotAllowedError):
        save_batch(by=analyst, batch=batch)
    assert not Document.objects.exists()


def test_a_batch_is_its_makers(analyst, regions, tmp_path):
    batch = check(analyst, tmp_path, line())
    other = make_user("lain", role="KABUPATEN_ANALYST", region=regions["91.01"])
    for step in (save_batch, publish_batch):
        with pytest.raises(NotAllowedError):
            step(by=other, batch=batch)


def test_publishing_waits_for_the_words(analyst, tmp_path):
    files = {"a.pdf": make_pdf("Rencana"), "b.pdf": make_pdf("NIK 1705012345670001")}
    batch = check(analyst, tmp_path, line(), line("91.01.01.2002", file="b.pdf"), files=files)
    save_batch(by=analyst, batch=batch)
    batch.refresh_from_db()
    assert publish_batch(by=analyst, batch=batch) == (0, 2)
    for document in list_publishable(batch):
        read_text(document.files.get().pk)
    assert publish_batch(by=analyst, batch=batch) == (1, 1)
    assert [document.is_published for document in Document.objects.order_by("region_id")] == [True, False]


@pytest.mark.parametrize(
    ("table", "archive", "words"),
    [
        (make_xlsx([["apa", "saja"]]), make_zip({}), "tidak mempunyai judul kolom"),
        (make_xlsx([HEADINGS, ["91", "", "", "", "", "", "", ""]]), make_zip({}), "tidak menyebut satu berkas"),
        (make_xlsx([HEADINGS, line()]), b"bukan zip", "bukan berkas ZIP"),
        (make_pdf(), make_zip({}), "bukan lembar kerja"),
    ],
)
def test_what_cannot_be_used_as_a_whole(analyst, tmp_path, table, archive, words):
    path = tmp_path / "tabel"
    path.write_bytes(table)
    with pytest.raises(TableError) as caught:
        check_batch(by=analyst, archive=io.BytesIO(archive), table=path, name="a.zip")
    assert words in str(caught.value)


def test_two_files_of_one_name(analyst, tmp_path):
    batch = check(analyst, tmp_path, line(), files={"x/a.pdf": make_pdf("1"), "y/a.pdf": make_pdf("2")})
    assert "beberapa berkas dengan nama ini" in batch.rows[0]["reasons"][0]["text"]


def test_the_table_to_begin_with(analyst, regions, tmp_path):
    path = tmp_path / "tabel.xlsx"
    write_template(path, get_reach(analyst), kind="APBDES", year=2026)
    chunks = list(read_sheets(path))
    rows = [row for chunk in chunks if chunk.sheet == "Dokumen" for row in chunk.rows]
    assert rows[0] == HEADINGS
    assert [row[:3] + row[6:7] for row in rows[1:]] == [
        [region.code, region.full_name, "APBDES", 2026]
        for code, region in regions.items() if code.startswith("91.01.") and region.level == 4
    ]  # fmt: skip
    kinds = [row[0] for chunk in chunks if chunk.sheet == "Jenis dokumen" for row in chunk.rows]
    assert "RKPDES" in kinds and len(kinds) > 40


def test_the_pages(client, analyst, regions, tmp_path, django_assert_max_num_queries):
    client.force_login(analyst)
    assert "Unduh tabel" in client.get("/dokumen/massal").content.decode()
    assert client.get("/dokumen/massal/contoh.xlsx?jenis=RKPDES&tahun=2026").content.startswith(b"PK")
    assert client.post("/dokumen/massal").status_code == 422
    files = {
        "arsip": SimpleUploadedFile("kiriman.zip", make_zip(FILES)),
        "tabel": SimpleUploadedFile("tabel.xlsx", make_xlsx([HEADINGS, line(), line(file="jahat.pdf")])),
    }
    answer = client.post("/dokumen/massal", files)
    address = answer.url
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "1 dokumen baru, 0 sudah ada, 1 ditolak. Belum ada yang disimpan." in page and "nama berkas:" in page
    assert "1 dokumen disimpan" in client.post(address, {"langkah": "simpan"}, follow=True).content.decode()
    page = client.post(address, {"langkah": "terbit"}, follow=True).content.decode()
    assert "0 dokumen diterbitkan, 1 perlu dilihat" in page
    client.force_login(make_user("lain", role="PROVINSI_ADMIN", region=regions["91"]))
    assert client.get(address).status_code == 404


def test_a_batch_that_is_let_go(client, analyst, tmp_path):
    batch = check(analyst, tmp_path, line())
    client.force_login(analyst)
    page = client.post(f"/dokumen/massal/{batch.public_id}", {"langkah": "batal"}, follow=True).content.decode()
    assert "tidak ada yang disimpan" in page
    batch.refresh_from_db()
    assert batch.rows == [] and save_batch(by=analyst, batch=batch) == (0, 0)
    assert make_document(analyst, analyst.assignments.get().region, kind="RKPD").pk
