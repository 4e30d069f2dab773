"""The pages of a package of services: who got anything, what is odd, cells sent back and answered, what changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cells import make_cells
from tests.factories.lives import enrol, make_woman, tell
from tests.factories.packages import MONTH, make_holders, submit, verify
from tests.factories.records import make_staged, save_rows
from tests.integration.web.test_verification import post, read
from tumbuh.records.api import CheckRow, CoupleRow, PersonRow, PregnancyRow, ServiceRow, StatementRow
from tumbuh.records.models import HealthCheck, Household, Person, ServiceReceived
from tumbuh.verification.api import GROWTH, SERVICES, Package, State, Tier

pytestmark = pytest.mark.django_db
BOARD = "/verifikasi/layanan/91.01.01/2026-03"
PACKAGE = "/verifikasi/layanan/paket/91.01.01.2001/2026-03"
DAY = date(2026, 3, 10)


@pytest.fixture
def holders(province):
    return make_holders(province)


@pytest.fixture
def desa(province):
    return province["91.01.01.2001"]


@pytest.fixture
def women(desa):
    """SITI is pregnant and got tablets (too many), DEWI is pregnant and got nothing; a man got tablets."""
    save_rows(make_staged("BUDI", measured_on=date(2026, 2, 10)), make_staged("BUDI"))
    man = PersonRow(desa.pk, "JOKO", "M", date(1990, 1, 1), date(2025, 1, 1))
    siti, dewi, joko = enrol(make_woman(desa.pk), make_woman(desa.pk, "DEWI", date(1995, 3, 1)), man)
    tell(
        pregnancies=[PregnancyRow(one, desa.pk, date(2025, 12, 1)) for one in (siti, dewi)],
        services=[
            ServiceRow(desa.pk, "iron_tablets", DAY, siti, quantity=900),
            ServiceRow(desa.pk, "iron_tablets", DAY, joko, quantity=10),
            ServiceRow(desa.pk, "pregnancy_check", date(2026, 2, 10), siti),
        ],
        checks=[CheckRow(siti, desa.pk, DAY, muac_cm=Decimal("23.5"), hb_g_dl=Decimal("11.2"))],
    )
    return Person.objects.get(pk=siti), Person.objects.get(pk=dewi)


def find_service() -> ServiceReceived:
    return ServiceReceived.objects.get(person__name="SITI", month=MONTH)


def count_queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([query for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_the_review_says_who_got_anything_who_is_due_and_what_is_odd(client, holders, women):
    page = read(client, holders[Tier.KECAMATAN], PACKAGE)
    assert '<th scope="row">Ibu hamil</th><td class="n">2</td><td class="n">1</td>' in page
    missed = page[page.index("terlewat") : page.index("baris")]
    assert "DEWI" in missed and "SITI" not in missed and "lainnya" in missed
    assert "jumlah tidak wajar" in page and "bukan sasaran layanan ini" in page
    assert "LiLA (cm) 23,5, Hb (g/dL) 11,2" in page and "Tablet tambah darah: 900" in page
    assert "sudah pernah diterima" not in page


def test_once_in_a_life_before_birth_and_what_nobody_knows_are_odd(client, holders, desa, women):
    child = Person.objects.get(name="BUDI")
    Person.objects.filter(pk=child.pk).update(left_on=date(2026, 3, 15), left_reason="MOVED")
    tell(
        services=[
            ServiceRow(desa.pk, "mr2", date(2026, 2, 1), child.pk), ServiceRow(desa.pk, "mr2", DAY, child.pk),
            ServiceRow(desa.pk, "no_such", date(2026, 3, 20), child.pk),
            ServiceRow(desa.pk, "family_accompaniment", DAY, household_id=Household.objects.first().pk),
        ]
    )  # fmt: skip
    page = read(client, holders[Tier.KECAMATAN], f"{PACKAGE}?semua=1")
    assert "seharusnya sekali seumur hidup" in page and "layanan tidak dikenal" in page
    assert "setelah keluar dari daftar" in page and "Pendampingan Tim Pendamping Keluarga: 1" in page


def test_the_whole_climb_of_both_side_by_side(client, holders, desa, women):
    for address in (PACKAGE, PACKAGE.replace("layanan/", "")):
        assert "dicatat" in post(client, holders[Tier.DESA], f"{address}/langkah", langkah="SUBMIT-1")
    page = read(client, holders[Tier.KECAMATAN], BOARD)
    assert "1 paket layanan menunggu persetujuan" in page and "Pengukuran anak</a>" in page
    page = post(client, holders[Tier.KECAMATAN], f"{BOARD}/setujui-semua", tingkat="2", pernyataan="1")
    assert "1 paket disetujui: Layanan." in page
    states = dict(Package.objects.values_list("data_set", "state"))
    assert states == {SERVICES: State.VERIFIED_KECAMATAN, GROWTH: State.SUBMITTED}
    post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/langkah", langkah="VERIFY-3", pengecualian="banjir")
    post(client, holders[Tier.PROVINSI], f"{PACKAGE}/langkah", langkah="VERIFY-4", pengecualian="banjir")
    assert "resmi" in read(client, holders[Tier.PROVINSI], PACKAGE)
    assert dict(Package.objects.values_list("data_set", "state"))[GROWTH] == State.SUBMITTED


# the kind and field sent back, what the desa writes, what the page then says
CELLS = [
    ("service", "quantity", "90", "Diubah dari 900 menjadi 90"),
    ("service", "received_on", "2026-03-12", "Diubah dari 10 Maret 2026 menjadi 12 Maret 2026"),
    ("service", "code", "home_visit", "Diubah dari Tablet tambah darah menjadi Kunjungan rumah"),
    ("service", "row", "hapus", "Diubah dari ada menjadi sudah dihapus"),
    ("check", "hb_g_dl", "10,9", "Diubah dari 11,2 menjadi 10,9"),
    ("check", "smoke", "ya", "Diubah dari – menjadi ya"),
]


@pytest.mark.parametrize(("kind", "field", "value", "told"), CELLS, ids=[f"{row[0]}-{row[1]}" for row in CELLS])
def test_one_cell_sent_back_answered_and_approved(client, holders, desa, women, kind, field, value, told):
    row = find_service() if kind == "service" else HealthCheck.objects.get()
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    marked = {f"c{kind}{row.pk}": [field], f"r{kind}{row.pk}": "differs_from_register", "versi": "1"}
    assert "1 isian dikembalikan" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/kembalikan", **marked)
    package = Package.objects.get()
    assert (package.state, package.is_whole_open, package.data_set) == (State.RETURNED_DESA, False, SERVICES)
    cell = f"/verifikasi/isian/{package.cells.get().public_id}"
    assert "SITI" in read(client, holders[Tier.DESA], cell)
    page = post(client, holders[Tier.DESA], cell, nilai="tidak jelas", jawaban="x")
    assert "tidak dapat dibaca" in page
    assert told in post(client, holders[Tier.DESA], cell, nilai=value, jawaban="salah catat")
    post(client, holders[Tier.DESA], f"{PACKAGE}/langkah", langkah="SUBMIT-1")
    page = read(client, holders[Tier.KECAMATAN], PACKAGE)
    assert told in page and "salah catat" in page
    assert read(client, holders[Tier.KECAMATAN], cell)
    verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN, data_set=SERVICES)
    assert not package.cells.filter(closed_at__isnull=True).exists()


def test_a_field_of_another_package_cannot_be_marked(client, holders, desa, women):
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    key = find_service().pk
    page = post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/kembalikan", **{f"cservice{key}": ["weight_kg"]})
    assert "Tandai paling sedikit satu" in page


def test_the_next_review_says_what_changed_since(client, holders, desa, women):
    siti, dewi = women
    tell(couples=[CoupleRow(desa.pk, date(2026, 3, 1), dewi.pk)])
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    assert "pemeriksaan pertama" in read(client, holders[Tier.KECAMATAN], f"{PACKAGE}/perubahan")
    back = {"langkah": "RETURN-2", "tujuan": "RETURNED_DESA", "alasan": "lengkapi"}
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **back)
    enrol(make_woman(desa.pk, "RINA", date(1999, 1, 1)))
    tell(
        services=[
            ServiceRow(desa.pk, "iron_tablets", DAY, siti.pk, quantity=90),
            ServiceRow(desa.pk, "nutrition_counselling", date(2026, 3, 11), dewi.pk),
            ServiceRow(desa.pk, "nutrition_counselling", date(2026, 4, 11), dewi.pk),
        ],
        pregnancies=[PregnancyRow(dewi.pk, desa.pk, date(2025, 12, 1), is_risky=True)],
        couples=[CoupleRow(desa.pk, date(2026, 3, 1), dewi.pk, married_on=date(2026, 3, 28))],
        statements=[StatementRow(desa.pk, "insurance", True, DAY, dewi.pk)],
    )
    HealthCheck.objects.all().delete()
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    assert "apa yang berubah sejak “Kembalikan”" in read(client, holders[Tier.KECAMATAN], PACKAGE)
    page = read(client, holders[Tier.KECAMATAN], f"{PACKAGE}/perubahan")
    assert "7 perubahan sejak “Kembalikan”" in page
    for words in (
        "RINA", "Jumlah: dari 900 menjadi 90", "layanan 11 Maret 2026: Konseling gizi, 1", "pemeriksaan 10 Maret 2026",
        "Berisiko tinggi: dari tidak menjadi ya", "Menikah pada: dari – menjadi 28 Maret 2026",
        "keterangan 10 Maret 2026: Jaminan kesehatan, ya",
    ):  # fmt: skip
        assert words in page, words
    assert "11 April" not in page
    assert count_queries(client, f"{PACKAGE}/perubahan") <= 24


def test_said_again_or_taken_out_and_put_in_again_is_no_change(client, holders, desa, women):
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    back = {"langkah": "RETURN-2", "tujuan": "RETURNED_DESA", "alasan": "lengkapi"}
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **back)
    find_service().delete()
    tell(services=[ServiceRow(desa.pk, "iron_tablets", DAY, women[0].pk, quantity=900)])
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    assert "0 perubahan sejak" in read(client, holders[Tier.KECAMATAN], f"{PACKAGE}/perubahan")


def test_a_request_for_one_package_is_not_answered_on_the_other(client, holders, desa, women):
    for data_set in (GROWTH, SERVICES):
        submit(holders[Tier.DESA], desa, data_set=data_set)
        verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN, data_set=data_set)
        verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN, data_set=data_set)
    asking = {"tingkat": "2", "alasan": "dua ibu tertukar"}
    assert "Permintaan dicatat" in post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/minta-kembali", **asking)
    assert "Maret 2026: layanan" in read(client, holders[Tier.KABUPATEN], "/kerja")
    recall = Package.objects.get(data_set=SERVICES).recalls.get()
    form = {"permintaan": str(recall.public_id), "alasan": "sudah benar"}
    growth = PACKAGE.replace("layanan/", "")
    assert "tidak ada pada paket" in post(client, holders[Tier.KABUPATEN], f"{growth}/tolak-permintaan", **form)
    assert "ditolak" in post(client, holders[Tier.KABUPATEN], f"{PACKAGE}/tolak-permintaan", **form)


def test_a_condition_is_set_and_met(client, holders, desa, women):
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    form = {"langkah": "VERIFY-2", "syarat": "lengkapi", "syarat_sampai": "2026-05-01"}
    page = post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/langkah", **form)
    assert "Disetujui dengan syarat: lengkapi" in page
    post(client, holders[Tier.KECAMATAN], f"{PACKAGE}/syarat", alasan="sudah")
    assert not Package.objects.get(data_set=SERVICES).condition


def test_the_home_at_work_says_which_data_wait(client, province, holders, desa, women):
    make_cells(province, months=[MONTH])
    submit(holders[Tier.DESA], desa, data_set=SERVICES)
    page = read(client, holders[Tier.KECAMATAN], "/kerja")
    assert "Periksa 1 paket Kecamatan Hulu Satu, Maret 2026: layanan" in page and BOARD in page


def test_the_package_of_another_desa_is_absent(client, holders, women):
    client.force_login(holders[Tier.DESA])
    assert client.get(PACKAGE.replace("2001", "2002")).status_code == 404


def test_few_queries_however_many_people(client, holders, desa, women):
    client.force_login(holders[Tier.PROVINSI])
    assert client.get(PACKAGE).status_code == 200
    few = count_queries(client, PACKAGE)
    more = enrol(*(make_woman(desa.pk, "IBU", date(1990, 1, day)) for day in range(1, 29)))
    tell(
        pregnancies=[PregnancyRow(one, desa.pk, date(2025, 12, 1)) for one in more],
        services=[ServiceRow(desa.pk, "home_visit", DAY, one) for one in more[:9]],
    )
    assert count_queries(client, PACKAGE) == few <= 26
    assert count_queries(client, BOARD) <= 12


def test_the_pages_speak_english(client, holders, women):
    client.cookies["django_language"] = "en"
    assert "Pregnant women" in read(client, holders[Tier.KECAMATAN], PACKAGE)
    page = read(client, holders[Tier.KECAMATAN], BOARD)
    assert "Services" in page and "Layanan" not in page
