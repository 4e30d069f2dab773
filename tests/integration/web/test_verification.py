"""The pages of verification: board, package, returned cells, deadlines, each as the roles see them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cells import make_cells
from tests.factories.packages import MONTH, make_holders, submit, verify
from tests.factories.records import make_staged, save_rows
from tumbuh.records.models import Measurement
from tumbuh.verification.api import Package, Recall, State, Tier

pytestmark = pytest.mark.django_db
BOARD = "/verifikasi/91.01.01/2026-03"
PACKAGE = "/verifikasi/paket/91.01.01.2001/2026-03"


@pytest.fixture
def holders(province):
    return make_holders(province)


@pytest.fixture
def desa(province):
    return province["91.01.01.2001"]


@pytest.fixture
def visit(desa):
    save_rows(
        make_staged("AISYAH", measured_on=date(2026, 2, 10), lenhei_cm=Decimal("86")),
        make_staged("AISYAH"), make_staged("BUDI", birth_date=date(2024, 5, 1)),
    )  # fmt: skip
    return Measurement.objects.get(person__name="AISYAH", month=MONTH)


def read(client, user, address: str, **more) -> str:
    client.force_login(user)
    answer = client.get(address, follow=True, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, user, address: str, **values) -> str:
    client.force_login(user)
    answer = client.post(address, values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_climb_by_hand(client, holders, desa, visit):
    package = {"langkah": "SUBMIT-1"}
    assert "dicatat" in post(client, holders[Tier.DESA], f"{PACKAGE}/langkah", **package)
    page = read(client, holders[Tier.KECAMATAN], "/verifikasi/91.01.01/2026-03")
    assert "1 paket pengukuran anak menunggu persetujuan" in page
    page = post(client, holders[Tier.KECAMATAN], f"{BOARD}/setujui-semua", tingkat="2")
    assert "pernyataan" in page and Package.objects.get().state == State.SUBMITTED
    post(client, holders[Tier.KECAMATAN], f"{BOARD}/setujui-semua", tingkat="2", pernyataan="1")
    assert Package.objects.get().state == State.VERIFIED_KECAMATAN
    page = post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/langkah", langkah="VERIFY-3")
    assert "1 desa yang belum selesai" in page
    post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/langkah", langkah="VERIFY-3", pengecualian="banjir")
    post(client, holders[Tier.PROVINSI], f"{PACKAGE}/langkah", langkah="VERIFY-4", pengecualian="banjir")
    assert Package.objects.get().state == State.ACCEPTED
    page = read(client, holders[Tier.PROVINSI], PACKAGE)
    assert "resmi" in page and "Pengecualian: banjir" in page
    assert "(Desa/kelurahan), operator, Operator desa" in page and "Verifikator kabupaten/kota" in page


def test_a_package_shows_what_is_odd_and_the_month_before(client, holders, desa, visit):
    page = read(client, holders[Tier.DESA], PACKAGE)
    assert "lebih pendek dari sebelumnya" in page and "AISYAH" in page and "Kegemaran angka, berat" in page
    assert "Kirim" in page and "Kembalikan isian" not in page


def test_one_cell_sent_back_answered_and_approved(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    marked = {
        f"c{visit.pk}": ["lenhei_cm"], f"r{visit.pk}": "shrinks", f"n{visit.pk}": "di buku 86,4",
        f"b{visit.pk}": SimpleUploadedFile("buku.png", b"\x89PNG\r\n\x1a\n..."), "versi": "1",
    }  # fmt: skip
    assert "1 isian dikembalikan" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/kembalikan", **marked)
    package = Package.objects.get()
    assert (package.state, package.is_whole_open) == (State.RETURNED_DESA, False)
    cell = package.cells.get()
    answer = f"/verifikasi/isian/{cell.public_id}"
    assert "84,5" in read(client, holders[Tier.DESA], answer)
    proof = client.get(f"{answer}/bukti")
    assert proof.content.startswith(b"\x89PNG")
    assert proof["Content-Disposition"].startswith("attachment") and proof["X-Content-Type-Options"] == "nosniff"
    assert "tidak dapat dibaca" in post(client, holders[Tier.DESA], answer, nilai="delapan", jawaban="x")
    assert "Nilai itu" in post(client, holders[Tier.DESA], answer, nilai="999", jawaban="x")
    page = post(client, holders[Tier.DESA], answer, nilai="86,4", jawaban="salah baca")
    assert "Diubah dari 84,5 menjadi 86,4" in page
    visit.refresh_from_db()
    assert visit.lenhei_cm == Decimal("86.40") and visit.haz is not None
    post(client, holders[Tier.DESA], f"{PACKAGE}/langkah", langkah="SUBMIT-1")
    page = read(client, holders[Tier.KECAMATAN], PACKAGE)
    assert "Diubah dari 84,5 menjadi 86,4" in page and "salah baca" in page
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    assert not package.cells.filter(closed_at__isnull=True).exists()


def test_nothing_marked_is_told(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    assert "Tandai paling sedikit satu" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/kembalikan")


def test_a_page_left_open_while_another_decided_is_told(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    page = post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", langkah="VERIFY-2", versi="7")
    assert "Orang lain baru saja" in page and Package.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize(
    "values", [{}, {"langkah": "FLY-2"}, {"langkah": "VERIFY-9"}, {"langkah": "VERIFY-2", "syarat_sampai": "x"}]
)
def test_a_step_that_is_none_is_told(client, holders, desa, visit, values):
    assert "tidak dikenal" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **values)


def test_the_board_of_a_province_counts_its_parts(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    page = read(client, holders[Tier.PROVINSI], "/verifikasi/91/2026-03")
    assert "Kabupaten Hulu" in page and "Kota Anu" in page and "melewati tenggat" in page


def test_deadlines_are_set_by_those_who_may(client, holders):
    form = {"tingkat": "1", "hari": "7", "alasan": "SE Gubernur 12/2026"}
    client.force_login(holders[Tier.KECAMATAN])
    assert client.post("/verifikasi/tenggat", form).status_code == 404
    assert "Tenggat disimpan" in post(client, holders[Tier.PROVINSI], "/verifikasi/tenggat", **form)
    assert "Pilih tingkat" in post(client, holders[Tier.PROVINSI], "/verifikasi/tenggat", tingkat="9", hari="x")


@pytest.mark.parametrize("address", [BOARD, PACKAGE, "/verifikasi/91/2026-03"])
def test_few_queries(client, holders, visit, address):
    submit(holders[Tier.DESA], visit.desa)
    client.force_login(holders[Tier.PROVINSI])
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    most = 20 if address == PACKAGE else 12
    assert len([query for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]]) <= most


def test_a_condition_is_set_and_met_on_the_page(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    form = {"langkah": "VERIFY-2", "syarat": "timbang ulang", "syarat_sampai": "2026-05-01"}
    page = post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **form)
    assert "Disetujui dengan syarat: timbang ulang" in page and "Syarat terpenuhi" in page
    assert "Syarat terpenuhi" not in read(client, holders[Tier.DESA], PACKAGE)
    page = post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/syarat", alasan="sudah")
    assert "Disetujui dengan syarat" not in page and not Package.objects.get().condition


def test_a_package_is_asked_back_declined_and_granted_on_the_page(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN)
    assert "Minta paket kembali" not in read(client, holders[Tier.KECAMATAN], PACKAGE)
    verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN)
    assert "Minta paket kembali" in read(client, holders[Tier.KECAMATAN], PACKAGE)
    asking = {"tingkat": "2", "alasan": "dua anak tertukar"}
    assert "Permintaan dicatat" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/minta-kembali", **asking)
    assert "Tolak permintaan" not in read(client, holders[Tier.KECAMATAN], PACKAGE)
    assert "Putuskan permintaan paket kembali Desa Sumber Jaya" in read(client, holders[Tier.KABUPATEN], "/kerja")
    page = read(client, holders[Tier.KABUPATEN], PACKAGE)
    assert "meminta paket ini kembali (camat)" in page and "Tolak permintaan" in page
    recall = str(Recall.objects.get().public_id)
    form = {"permintaan": recall, "alasan": "sudah benar"}
    assert "ditolak" in post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/tolak-permintaan", **form)
    assert "tidak ada pada paket" in post(
        client, holders[Tier.KABUPATEN], f"{PACKAGE}/tolak-permintaan", permintaan="x"
    )
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/minta-kembali", **asking)
    grant = {"langkah": "UNAPPROVE-3", "tujuan": "SUBMITTED", "alasan": "dua anak tertukar"}
    page = post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/langkah", **grant)
    assert "Dikabulkan" in page and Package.objects.get().state == State.SUBMITTED


def test_the_next_review_says_what_changed_since(client, holders, desa, visit):
    submit(holders[Tier.DESA], desa)
    assert "apa yang berubah" not in read(client, holders[Tier.KECAMATAN], PACKAGE)
    assert "pemeriksaan pertama" in read(client, holders[Tier.KECAMATAN], f"{PACKAGE}/perubahan")
    back = {"langkah": "RETURN-2", "tujuan": "RETURNED_DESA", "alasan": "unggah ulang"}
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **back)
    save_rows(make_staged("AISYAH", lenhei_cm=Decimal("86.4")), make_staged("CITRA", birth_date=date(2025, 1, 1)))
    submit(holders[Tier.DESA], desa)
    assert "Lihat apa yang berubah sejak “Kembalikan”" in read(client, holders[Tier.KECAMATAN], PACKAGE)
    page = read(client, holders[Tier.KECAMATAN], f"{PACKAGE}/perubahan")
    assert "3 perubahan sejak “Kembalikan”" in page and "Panjang/tinggi (cm): dari 84,5 menjadi 86,4" in page
    assert "CITRA" in page and "BUDI" not in page
    with CaptureQueriesContext(connection) as caught:
        client.get(f"{PACKAGE}/perubahan")
    assert len([query for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]]) <= 14


def test_the_pages_speak_english(client, holders, desa, visit):
    client.cookies["django_language"] = "en"
    page = read(client, holders[Tier.KECAMATAN], BOARD)
    assert "Progress board" in page and "villages are past their deadline" in page
    assert "Digit preference, weight" in read(client, holders[Tier.KECAMATAN], PACKAGE)


def test_the_home_at_work_says_what_waits(client, province, holders, desa, visit):
    make_cells(province, months=[MONTH])
    assert "Kirim data Desa Sumber Jaya, Maret 2026" in read(client, holders[Tier.DESA], "/kerja")
    submit(holders[Tier.DESA], desa)
    left = read(client, holders[Tier.DESA], "/kerja")
    assert "untuk diperiksa: layanan" in left and "untuk diperiksa: pengukuran anak" not in left
    page = read(client, holders[Tier.KECAMATAN], "/kerja")
    assert "Periksa 1 paket Kecamatan Hulu Satu, Maret 2026: pengukuran anak" in page and "10 April 2026" in page
    marked = {f"c{visit.pk}": ["lenhei_cm"], f"r{visit.pk}": "shrinks"}
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/kembalikan", **marked)
    assert "Jawab pengembalian Desa Sumber Jaya" in read(client, holders[Tier.DESA], "/kerja")
    assert "Periksa" not in read(client, holders[Tier.KABUPATEN], "/kerja")
