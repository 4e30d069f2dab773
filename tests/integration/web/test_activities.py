"""The pages of activities: planned, held, reviewed, followed up; who sees what; few queries; files for calendars."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from icalendar import Calendar

from tests.factories.activities import DESA, make_held, make_photo, make_plan, make_record, make_staff
from tumbuh.accounts.api import Institution
from tumbuh.activities.api import (
    Activity,
    FollowUp,
    Guest,
    State,
    add_photo,
    invite,
    plan_activity,
    record_held,
    submit_activity,
)
from tumbuh.activities.models import CalendarFeed, Survey
from tumbuh.verification.api import Review, ReviewState

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
PEOPLE = "Ani; PKK; P; pimpinan\nBudi; BPD; L; notulis\nCitra; Kader; P\nDedi; RT 1; L\nEka; Bidan; P"


@pytest.fixture
def staff(province):
    return make_staff(province)


@pytest.fixture
def operator(staff):
    return staff["DESA_OPERATOR"]


@pytest.fixture
def desa(province):
    return province[DESA]


def read(client, user, address: str, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, user, address: str, expect: int = 200, **values) -> str:
    client.force_login(user)
    answer = client.post(address, values, follow=True)
    assert answer.status_code == expect, answer.content.decode().split('role="alert"')[-1][:700]
    return answer.content.decode()


def write_plan(**changes) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=1)
    return {
        "kunci": str(uuid4()), "jenis": "REMBUK_STUNTING", "judul": "Rembuk stunting", "wilayah": DESA,
        "tanggal": day.isoformat(), "mulai": "09:00", "selesai": "12:00", "cara": "ONSITE", "tempat": "Balai desa",
        **changes,
    }  # fmt: skip


def write_record(**changes) -> dict[str, str]:
    return {
        "peserta": PEOPLE, "bagian_situation": "12 balita stunting", "bagian_agreement": "PMT lokal",
        "keputusan": "Dana desa untuk PMT\nPosyandu tiap bulan", "tugas0_apa": "Menyusun RAB",
        "tugas0_siapa": "Sekretaris desa", "tugas0_tenggat": "2026-01-31", **changes,
    }  # fmt: skip


def test_from_the_plan_to_the_last_follow_up(client, staff, operator):
    plan = write_plan()
    assert "Kegiatan direncanakan" in post(client, operator, "/kegiatan/baru", **plan)
    post(client, operator, "/kegiatan/baru", **plan)
    held = Activity.objects.get()
    address = f"/kegiatan/{held.public_id}"
    assert held.agenda[0] == "Pembukaan" and "Balai desa" in read(client, operator, address)
    assert "Pelaksanaan dicatat" in post(client, operator, f"{address}/catat", **write_record())
    page = read(client, operator, address)
    assert "5 orang hadir, 3 perempuan" in page and "12 balita stunting" in page and "Terlambat" in page
    assert "Posyandu tiap bulan" in page and "Sekretaris desa" in page

    assert "Langkah dicatat" in post(client, operator, f"{address}/langkah", langkah="ajukan")
    page = post(client, operator, f"{address}/langkah", langkah="rencana", alasan="keliru")
    assert "tidak dapat diubah" in page
    reviewer = staff["KECAMATAN_VERIFIER"]
    assert 'value="VERIFY"' in read(client, reviewer, address)
    assert "Keputusan dicatat" in post(client, reviewer, f"{address}/periksa", langkah="VERIFY")
    assert Review.objects.get(subject_id=held.public_id).state == ReviewState.VERIFIED
    assert "terverifikasi" in read(client, operator, "/kegiatan")

    task = FollowUp.objects.get()
    assert "1 dari 1 tindak lanjut sudah lewat tenggat" in read(client, operator, "/tindak-lanjut")
    page = post(client, operator, f"/tindak-lanjut/{task.public_id}", status="DONE", hasil="RAB disahkan")
    assert "Tindak lanjut dicatat" in page and "RAB disahkan" in page
    assert "Tidak ada tindak lanjut yang menunggu" in page


def test_what_was_written_is_not_lost_when_something_is_wrong(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}/catat"
    page = post(client, operator, address, 422, **write_record(peserta="Ani; PKK; P\nBudi, BPD, L"))
    assert "Baris 2: jenis kelamin belum ada" in page and "Budi, BPD, L" in page and "12 balita stunting" in page
    page = post(client, operator, address, 422, **write_record(keputusan="", tugas0_tenggat=""))
    assert "belum punya tenggat" in page and "Menyusun RAB" in page
    page = post(client, operator, address, 422, **write_record(keputusan="", peserta="Ani; PKK; P"))
    assert "Keputusan belum ditulis" in page and "Peserta hadir baru 1" in page
    planned.refresh_from_db()
    assert planned.state == State.PLANNED


def test_a_wrong_plan_comes_back_with_words(client, operator):
    page = post(client, operator, "/kegiatan/baru", 422, **write_plan(selesai="08:00"))
    assert "Waktu selesai tidak sesudah waktu mulai" in page and "Balai desa" in page
    assert "field" in post(client, operator, "/kegiatan/baru", 422, **write_plan(tanggal="2026-13-40"))
    assert "Tanggal ini di luar" in post(client, operator, "/kegiatan/baru", 422, **write_plan(tanggal="1999-01-01"))
    assert Activity.objects.count() == 0


def test_another_region_by_its_code_and_none_outside(client, staff, province):
    analyst = staff["KABUPATEN_ANALYST"]
    plan = write_plan(wilayah="91.01", kode=DESA)
    assert "direncanakan" in post(client, analyst, "/kegiatan/baru", **plan)
    assert Activity.objects.get().region.code == DESA
    page = post(client, analyst, "/kegiatan/baru", 422, **write_plan(wilayah="91.01", kode="91.02.01.2001"))
    assert "tidak ada di wilayah kerja Anda" in page
    page = post(client, analyst, "/kegiatan/baru", 422, **write_plan(wilayah="91.01", kode="99.99.99.9999"))
    assert "tidak dikenal" in page and Activity.objects.count() == 1


def test_one_plan_for_every_desa(client, staff, operator):
    plan = write_plan(dalam="91.01", tingkat="4")
    assert "3 kegiatan direncanakan, 0 sudah ada" in post(
        client, staff["KABUPATEN_ANALYST"], "/kegiatan/massal", **plan
    )
    assert "0 kegiatan direncanakan, 3 sudah ada" in post(
        client, staff["KABUPATEN_ANALYST"], "/kegiatan/massal", **plan
    )
    read(client, operator, "/kegiatan/massal", 404)
    mine = Activity.objects.get(region__code=DESA)
    assert "Direncanakan bersama wilayah lain" in read(client, operator, f"/kegiatan/{mine.public_id}")


def test_changed_and_called_off(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}"
    assert "Balai desa" in read(client, operator, f"{address}/ubah")
    page = post(client, operator, f"{address}/ubah", **write_plan(tempat="Balai dusun", versi="0"))
    assert "Rencana disimpan" in page and "Balai dusun" in page
    page = post(client, operator, f"{address}/ubah", 422, **write_plan(tempat="Masjid", versi="0"))
    assert "baru saja diubah orang lain" in page
    assert "Alasan belum ditulis" in post(client, operator, f"{address}/langkah", langkah="batal")
    page = post(client, operator, f"{address}/langkah", langkah="batal", alasan="banjir")
    assert "Dibatalkan" in page and "banjir" in page


def test_absent_and_not_yours_look_the_same(client, staff, province, operator):
    other = make_held(staff["PROVINSI_ADMIN"], province["91.02.01.2001"])
    for user in (operator, staff["ANALYST"]):
        for key in (other.public_id, uuid4()):
            for part in ("", "/notulen", "/notulen.docx", "/undangan.ics"):
                read(client, user, f"/kegiatan/{key}{part}", 404)
    assert "Rembuk stunting 2026" not in read(client, operator, "/kegiatan")
    assert "Peran Anda tidak mencakup kegiatan" in read(client, staff["ANALYST"], "/kegiatan")


def test_minutes_on_paper_and_as_a_document(client, operator, desa):
    held = make_held(operator, desa)
    page = read(client, operator, f"/kegiatan/{held.public_id}/notulen")
    assert "Isi situation" in page and "Dana desa untuk PMT disepakati" in page and "Peserta 0" in page
    client.force_login(operator)
    answer = client.get(f"/kegiatan/{held.public_id}/notulen.docx")
    document = Document(BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "NOTULEN" in text and "Isi agreement" in text and "Peserta 5" in cells and "Menyusun RAB PMT" in cells


def test_an_invitation_for_any_calendar(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan(title="Rembuk; tahap 1, akhir"))
    client.force_login(operator)
    answer = client.get(f"/kegiatan/{planned.public_id}/undangan.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["summary"] == "Rembuk; tahap 1, akhir (Desa Sumber Jaya)" and event["status"] == "CONFIRMED"
    assert event["dtstart"].dt == planned.starts_at and event["sequence"] == 0
    assert b"\r\n" in answer.content


def test_a_feed_opens_by_its_token_until_it_is_replaced(client, operator, desa, staff, province):
    plan_activity(by=operator, region=desa, plan=make_plan())
    plan_activity(by=staff["PROVINSI_ADMIN"], region=province["91.02.01.2001"], plan=make_plan(title="Lain"))
    assert "kunci=" not in read(client, operator, "/kegiatan")
    address = find_feed_address(post(client, operator, "/kegiatan/langganan", langkah="buka"))
    client.logout()
    events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Rembuk stunting 2026 (Desa Sumber Jaya)"]
    newer = find_feed_address(post(client, operator, "/kegiatan/langganan", langkah="buka"))
    client.logout()
    assert client.get(address).status_code == 404 and client.get(newer).status_code == 200
    assert client.get(newer + "x").status_code == 404 and client.get("/kegiatan/kalender.ics").status_code == 404
    post(client, operator, "/kegiatan/langganan", langkah="tutup")
    client.logout()
    assert client.get(newer).status_code == 404 and CalendarFeed.objects.count() == 1


def find_feed_address(page: str) -> str:
    return "/kegiatan" + page.split("/kegiatan/kalender.ics?kunci=")[1].split('"')[0].join(["/kalender.ics?kunci=", ""])


def test_photos_come_and_go(client, operator, staff, desa, province):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}"
    file = SimpleUploadedFile("foto.jpg", make_photo(), content_type="image/jpeg")
    assert "Foto disimpan" in post(client, operator, f"{address}/foto", foto=file, keterangan="Balai desa penuh")
    photo = planned.photos.get()
    client.force_login(operator)
    answer = client.get(f"{address}/foto/{photo.public_id}")
    assert answer["Content-Type"] == "image/jpeg" and answer.content.startswith(b"\xff\xd8")
    assert "sandbox" in answer["Content-Security-Policy"] and b"KAMERA" not in answer.content
    read(client, staff["ANALYST"], f"{address}/foto/{photo.public_id}", 404)
    file = SimpleUploadedFile("foto.jpg", b"bukan foto", content_type="image/jpeg")
    assert "bukan foto yang dapat dibaca" in post(client, operator, f"{address}/foto", foto=file, keterangan="x")
    page = post(client, operator, f"{address}/foto/{photo.public_id}/hapus", alasan="tidak berkenan")
    assert "Foto dihapus" in page and "Belum ada foto" in page


def test_a_campaign_is_measured(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan("KAMPANYE"))
    address = f"/kegiatan/{planned.public_id}"
    page = post(client, operator, f"{address}/jangkauan", saluran_RADIO="1200", saluran_TATAP_MUKA="80")
    assert "Menjangkau 1.280 orang" in page
    assert "tidak dapat dibaca" in post(client, operator, f"{address}/jangkauan", saluran_RADIO="banyak")
    answers = {f"jawaban_q{number}": "10" for number in range(1, 7)}
    day = timezone.localdate().isoformat()
    survey = {"instrumen": "PESAN_STUNTING-1", "tanggal": day, "responden": "100", **answers}
    assert "Survei disimpan" in post(client, operator, f"{address}/survei", waktu="PRE", **survey)
    survey |= {"jawaban_q1": "56", "jawaban_q6": "48"}
    page = post(client, operator, f"{address}/survei", waktu="POST", **survey)
    assert "10,0 (5,5–17,4)" in page and "56,0 (46,2–65,3)" in page and "46,0" in page
    page = post(client, operator, f"{address}/survei", waktu="POST", **{**survey, "jawaban_q1": "101"})
    assert "lebih dari jumlah responden" in page and Survey.objects.count() == 2


def test_the_month_as_days(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    day = timezone.localtime(planned.starts_at).date()
    page = read(client, operator, f"/kegiatan?tampilan=bulan&bulan={day:%Y-%m}")
    assert f"hari={day.isoformat()}" in page and "1 kegiatan di sekitar" in page
    assert "Rembuk stunting 2026" in read(client, operator, f"/kegiatan?hari={day.isoformat()}")
    for odd in ("bulan=9999-99", "bulan=0001-01", "hari=x", "halaman=-3", "jenis=x", "wilayah=91.02"):
        read(client, operator, f"/kegiatan?tampilan=bulan&{odd}")
        read(client, operator, f"/kegiatan?{odd}")


def test_filters(client, staff, operator, desa, province):
    make_held(operator, desa)
    plan_activity(
        by=staff["KECAMATAN_VERIFIER"], region=province["91.01.01"], plan=make_plan("RAPAT_KOORDINASI", title="Rapat")
    )
    analyst = staff["KABUPATEN_ANALYST"]
    assert "2 kegiatan" in read(client, analyst, "/kegiatan")
    assert "1 kegiatan" in read(client, analyst, "/kegiatan?jenis=RAPAT_KOORDINASI")
    assert "1 kegiatan" in read(client, analyst, "/kegiatan?status=HELD")
    assert "2 kegiatan" in read(client, analyst, "/kegiatan?wilayah=91.01.01")
    assert "0 kegiatan" in read(client, analyst, "/kegiatan?wilayah=91.01.02")
    assert "Menyusun RAB PMT" in read(client, analyst, "/tindak-lanjut?pemilik=sekretaris&status=OPEN")
    assert "Menyusun RAB PMT" not in read(client, analyst, "/tindak-lanjut?pemilik=camat")


def test_few_queries_whatever_the_size(client, staff, operator, desa):
    for kind in ("REMBUK_STUNTING", "PEMBINAAN", "REMBUK_STUNTING"):
        invited = plan_activity(by=operator, region=desa, plan=make_plan(kind))
        invite(by=operator, public_id=invited.public_id, guests=[Guest("Camat"), Guest("", "PKK")])
        held = record_held(by=operator, public_id=invited.public_id, record=make_record(kind))
        add_photo(by=operator, public_id=held.public_id, data=make_photo(), caption="foto")
    submit_activity(by=operator, public_id=held.public_id)
    campaign = plan_activity(by=operator, region=desa, plan=make_plan("KAMPANYE"))
    client.force_login(operator)
    pages = [
        "/kegiatan", "/kegiatan?tampilan=bulan", "/tindak-lanjut", "/kegiatan/baru",
        *(f"/kegiatan/{one.public_id}{part}" for one in (held, campaign) for part in ("", "/notulen", "/catat")),
        *(f"/kegiatan/{campaign.public_id}{part}" for part in ("/ubah", "/undangan", "/daftar-undangan")),
    ]  # fmt: skip
    for user in (operator, staff["PROVINSI_ADMIN"]):
        client.force_login(user)
        for address in pages:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200, address
            asked = [query for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]]
            assert len(asked) <= MOST_QUERIES, address


def test_english(client, operator, desa):
    held = make_held(operator, desa)
    client.cookies["django_language"] = "en"
    page = read(client, operator, f"/kegiatan/{held.public_id}")
    assert "Stunting consultation" in page and "6 people present, 3 of them women" in page


def test_a_record_may_have_no_follow_up(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    values = write_record(tugas0_apa="", tugas0_siapa="", tugas0_tenggat="")
    assert "Pelaksanaan dicatat" in post(client, operator, f"/kegiatan/{planned.public_id}/catat", **values)
    assert FollowUp.objects.count() == 0 and make_record().tasks


def test_an_owner_called_like_an_institution_is_that_institution(client, operator, desa, province):
    pkk = Institution.objects.create(
        code="pkk", name="TP-PKK Desa", kind="TEAM", region=desa, valid_from=timezone.localdate() - timedelta(days=9)
    )
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}/catat"
    assert "TP-PKK Desa" in read(client, operator, address)
    post(client, operator, address, **write_record(tugas0_siapa="tp-pkk desa", tugas0_wilayah="91.01.01"))
    task = FollowUp.objects.get()
    assert (task.owner_institution, task.owner_name, task.owner_region) == (pkk, "", province["91.01.01"])
    assert "TP-PKK Desa" in read(client, operator, "/tindak-lanjut?pemilik=pkk")


@pytest.mark.parametrize("odd", ["\0", "9" * 6000, "\u202e", "'; DROP TABLE", "<script>alert(1)</script>", "🙂" * 600])
def test_odd_values_get_an_answer(client, operator, desa, odd):
    planned = make_held(operator, desa)
    campaign = plan_activity(by=operator, region=desa, plan=make_plan("KAMPANYE"))
    task, key = FollowUp.objects.get(), {"versi": odd}
    sent = [
        (f"/kegiatan/{planned.public_id}/catat", dict.fromkeys(write_record(), odd)),
        (f"/kegiatan/{planned.public_id}/catat", write_record(bagian_situation=odd, tugas0_apa=odd, keputusan=odd)),
        (f"/kegiatan/{planned.public_id}/langkah", {"langkah": "rencana", "alasan": odd}),
        (f"/kegiatan/{planned.public_id}/langkah", {"langkah": odd}),
        (f"/kegiatan/{campaign.public_id}/ubah", dict.fromkeys(write_plan(), odd) | key),
        (f"/kegiatan/{campaign.public_id}/foto", {"keterangan": odd, "foto": odd}),
        (f"/kegiatan/{campaign.public_id}/jangkauan", {"saluran_RADIO": odd}),
        (f"/kegiatan/{campaign.public_id}/survei", {"instrumen": odd, "responden": odd, "waktu": odd, "tanggal": odd}),
        (f"/tindak-lanjut/{task.public_id}", {"status": "DONE", "hasil": odd, "kembali": odd}),
        (f"/tindak-lanjut/{task.public_id}", {"status": odd, "hasil": "x", "kembali": f"//{odd}"}),
        ("/kegiatan/baru", dict.fromkeys(write_plan(), odd)),
        ("/kegiatan/baru", write_plan(judul=odd, tempat=odd, agenda=odd)),
        ("/kegiatan/langganan", {"langkah": odd}),
    ]  # fmt: skip
    client.force_login(operator)
    for address, values in sent:
        answer = client.post(address, values)
        assert answer.status_code in (302, 422), address
        assert not answer.get("Location", "/").startswith("//")
    for address in ("/kegiatan", "/tindak-lanjut"):
        for name in ("jenis", "status", "wilayah", "pemilik", "halaman", "bulan", "hari"):
            answer = client.get(address, {name: odd, "tampilan": "bulan" if name == "bulan" else ""})
            assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()
    assert client.get("/kegiatan/kalender.ics", {"kunci": odd}).status_code == 404


def test_duties_at_work(client, operator, desa):
    assert "tindak lanjut kegiatan" not in read(client, operator, "/kerja")
    plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{plan_activity(by=operator, region=desa, plan=make_plan()).public_id}/catat"
    post(client, operator, address, **write_record())
    page = read(client, operator, "/kerja")
    assert "Selesaikan 1 tindak lanjut kegiatan" in page and "Catat pelaksanaan 1 kegiatan" in page
