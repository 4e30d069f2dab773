"""The pages of invitations: the list, the letter, who came of those invited, and the file for calendars."""

import pytest
from icalendar import Calendar

from tests.factories.activities import DESA, make_plan, make_staff
from tests.integration.web.test_activities import post, read, write_record
from tumbuh.activities.api import Guest, invite, plan_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(province):
    return make_staff(province)


@pytest.fixture
def operator(staff):
    return staff["DESA_OPERATOR"]


@pytest.fixture
def desa(province):
    return province[DESA]


def test_invited_held_and_shown_side_by_side(client, staff, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}"
    assert "Tulis daftar undangan" in read(client, operator, address)
    wrong = post(client, operator, f"{address}/daftar-undangan", 422, undangan="Camat\n;;P", versi="0")
    assert "Baris 2: nama, jabatan, atau lembaga belum ada" in wrong and "Camat" in wrong
    listed = "Camat\nAni; PKK; P\n; Puskesmas Hulu"
    post(client, operator, f"{address}/daftar-undangan", undangan=listed, versi="0")
    assert "Muat ulang halamannya" in post(client, operator, f"{address}/daftar-undangan", 422, undangan="x", versi="0")
    assert "3 undangan." in read(client, operator, address)
    letter = read(client, operator, f"{address}/undangan")
    assert "Puskesmas Hulu" in letter and "Dengan hormat" in letter and "Pembukaan" in letter
    camat, ani, puskesmas = planned.invitees.values_list("pk", flat=True)
    came = {f"undangan{camat}_hadir": "1", f"undangan{puskesmas}_hadir": "1", f"undangan{puskesmas}_jk": "P"}
    page = post(client, operator, f"{address}/catat", 422, **write_record(**came))
    assert "Undangan 1: jenis kelamin belum dipilih" in page and "Undangan 3: nama yang hadir belum ditulis" in page
    came |= {f"undangan{camat}_jk": "L", f"undangan{camat}_nama": "Sekcam Doni", f"undangan{puskesmas}_nama": "Eva"}
    page = post(client, operator, f"{address}/catat", **write_record(**came))
    assert "7 orang hadir" in page and "2 dari 3 undangan hadir; 5 orang hadir tanpa undangan." in page
    assert "mewakili Camat" in page and page.count("Tidak hadir") == 1
    form = read(client, operator, f"{address}/catat")
    assert form.count(" checked") == 2 and 'value="Sekcam Doni"' in form and "Citra; Kader; P" in form
    minutes = read(client, operator, f"{address}/notulen")
    assert "2 dari 3 undangan hadir, 5 orang hadir tanpa undangan" in minutes
    refused = post(client, operator, f"{address}/daftar-undangan", undangan="Camat")
    assert "hanya dapat diubah sebelum pelaksanaan" in refused
    assert read(client, staff["ANALYST"], f"{address}/daftar-undangan", 404)
    assert planned.participants.filter(invitee=ani).count() == 0


def test_the_calendar_file_names_institutions_and_nobody_else(client, operator, desa):
    planned = plan_activity(by=operator, region=desa, plan=make_plan())
    address = f"/kegiatan/{planned.public_id}/undangan.ics"
    assert "METHOD:PUBLISH" in read(client, operator, address)
    guests = [Guest("Camat Hulu", "Kecamatan"), Guest("", "Dinas Kesehatan"), Guest("", "PKK")]
    invite(by=operator, public_id=planned.public_id, guests=guests)
    text = read(client, operator, address)
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert [str(one.params["CN"]) for one in event["attendee"]] == ["Dinas Kesehatan", "PKK"]
    assert all(str(one).startswith("urn:uuid:") for one in [*event["attendee"], event["organizer"]])
    assert "METHOD" not in text and "mailto" not in text.lower() and "Camat Hulu" not in text
    assert event["organizer"].params["CN"] == "Pemerintah desa"
