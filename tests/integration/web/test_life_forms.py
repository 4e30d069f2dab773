"""What happened to one person, recorded on screen: each form, what it writes and what it refuses."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.records import make_staged, save_rows
from tests.factories.village import CODE, DESA, enrol, make_village
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Event
from tumbuh.indicators.api import check, refresh
from tumbuh.records.api import PersonRow, list_desa_months
from tumbuh.records.models import Couple, HealthCheck, Person, Pregnancy, SourceBatch, Statement
from tumbuh.verification.models import Contribution, Package

pytestmark = pytest.mark.django_db
MOST_QUERIES = 18


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def village(province, today):
    """A month counts, so that what is recorded shows in figures."""
    village = make_village(province)
    with whole_country("a test"):
        refresh(save_rows(make_staged("BUDI", measured_on=today)).desa_months)
    return village


def read(client, user, person, **more) -> str:
    client.force_login(user)
    answer = client.get(f"/anak/{person.public_id}/catat", more)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, user, person, event: str, status: int = 200, **values) -> str:
    client.force_login(user)
    answer = client.post(f"/anak/{person.public_id}/catat/{event}", {"kiriman": "k1", **values}, follow=True)
    assert answer.status_code == status
    with whole_country("a test"):
        assert check() == []  # the kept figures follow every write
    return answer.content.decode()


def test_forms_are_those_that_make_sense(client, village):
    page = read(client, village.midwife, village.mothers[1])
    assert all(f'id="{name}"' in page for name in ("hamil", "lahir", "periksa", "keterangan", "catin", "pergi"))
    assert 'id="nikah"' not in page and 'id="kembali"' not in page and "Akta kelahiran" not in page
    page = read(client, village.midwife, village.children[0])
    assert 'id="keterangan"' in page and "Akta kelahiran" in page and 'id="hamil"' not in page


def test_the_page_asks_a_pinned_number_of_times(client, village):
    client.force_login(village.midwife)
    address = f"/anak/{village.mothers[0].public_id}/catat"
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    assert len(caught) <= MOST_QUERIES


def test_a_pregnancy_with_arm_and_blood(client, village, today):
    mother = village.mothers[1]
    values = {"started_on": today - timedelta(days=60), "checked_on": today, "muac_cm": "22,9", "hb_g_dl": "10.5"}
    page = send(client, village.midwife, mother, "hamil", **values, number="2", is_risky="on")
    assert "Kehamilan baru: tercatat." in page
    with whole_country("a test"):
        held, found = Pregnancy.objects.get(mother=mother), HealthCheck.objects.get(person=mother)
    assert (held.started_on, held.due_on - held.started_on) == (values["started_on"], timedelta(days=280))
    assert (held.number, held.is_risky, str(found.muac_cm), str(found.hb_g_dl)) == (2, True, "22.9", "10.5")
    assert Contribution.objects.filter(user=village.midwife, data_set="services").exists()
    page = send(client, village.midwife, mother, "hamil", **values, number="2", is_risky="on")
    assert "sudah tercatat sebelumnya" in page and SourceBatch.objects.filter(kind="FORM").count() == 1


def test_a_pregnancy_by_the_expected_day(client, village, today):
    send(client, village.midwife, village.mothers[1], "hamil", due_on=today + timedelta(days=100))
    with whole_country("a test"):
        assert Pregnancy.objects.get(mother=village.mothers[1]).started_on == today - timedelta(days=180)


# what is typed about a pregnancy (days from today), and what the page says
PREGNANCIES = [
    ("nothing", {}, "Isi HPHT, atau HPL di bawahnya."),
    ("to come", {"started_on": 1}, "Tanggal ini belum tiba."),
    ("long ago", {"started_on": -309}, "Lebih dari 44 minggu lalu"),
    ("due before it began", {"started_on": -10, "due_on": -20}, "HPL ini tidak cocok dengan HPHT"),
    ("an arm without a day", {"started_on": -10, "muac_cm": "23"}, "Isi hari pemeriksaannya."),
    ("an arm of a giant", {"started_on": -10, "muac_cm": "99"}, "Tulis angka dari 10 sampai 60."),
]


@pytest.mark.parametrize(("_name", "typed", "words"), PREGNANCIES, ids=[row[0] for row in PREGNANCIES])
def test_pregnancies_that_cannot_be(client, village, today, _name, typed, words):
    values = {key: today + timedelta(days=value) if isinstance(value, int) else value for key, value in typed.items()}
    assert words in send(client, village.midwife, village.mothers[1], "hamil", status=422, **values)
    with whole_country("a test"):
        assert not Pregnancy.objects.filter(mother=village.mothers[1]).exists()


def test_nobody_is_pregnant_twice_at_a_time(client, village, today):
    page = send(client, village.midwife, village.mothers[0], "hamil", status=422, started_on=today - timedelta(days=30))
    assert "masih tercatat hamil" in page


# the first day as it is put right (days from today), the reason, and what the page says; hers began 200 days ago
CORRECTIONS = [
    ("three weeks later", -179, "buku KIA", "tercatat."),
    ("the same again", -200, "buku KIA", "tercatat."),
    ("without a reason", -179, "", "Tulis dari mana yang benar diketahui."),
    ("to come", 1, "buku KIA", "Tanggal ini belum tiba."),
    ("within her earlier pregnancy", -450, "buku KIA", "tercatat hamil yang lain"),
]


@pytest.mark.parametrize(("_name", "day", "reason", "words"), CORRECTIONS, ids=[row[0] for row in CORRECTIONS])
def test_a_wrong_first_day_is_put_right(client, village, today, _name, day, reason, words):
    mother = village.mothers[1]
    earlier = today - timedelta(days=700)
    send(client, village.midwife, mother, "hamil", started_on=today - timedelta(days=200), number="2")
    with whole_country("a test"):
        held = Pregnancy.objects.get(mother=mother)
        other = Pregnancy.objects.create(
            mother=mother, desa=mother.desa, started_on=earlier, due_on=earlier + timedelta(days=280),
            ended_on=earlier + timedelta(days=275), outcome="LIVE", batch=held.batch,
        )  # fmt: skip
        refresh(list_desa_months([mother.pk]))
    is_right = words == "tercatat."
    typed = {"started_on": today + timedelta(days=day), "reason": reason, "is_risky": "on" if day == -179 else ""}
    page = send(client, village.midwife, mother, "hpht", status=200 if is_right else 422, **typed)
    assert words in page
    with whole_country("a test"):
        now = Pregnancy.objects.get(pk=held.pk)
    wanted = today + timedelta(days=day if is_right else -200)
    assert (now.started_on, now.due_on, now.number) == (wanted, wanted + timedelta(days=280), 2)
    assert now.is_risky == (is_right and day == -179)
    told = list(Event.objects.filter(action="records.pregnancy.corrected").values_list("reason", flat=True))
    assert told == (["buku KIA"] if is_right and day == -179 else [])
    with whole_country("a test"):
        other.refresh_from_db()
    assert other.started_on == earlier


def test_a_pregnancy_that_ended_began_before_it_and_not_long_before(client, village, today):
    mother, ended_on = village.mothers[1], today - timedelta(days=20)
    send(client, village.midwife, mother, "hamil", started_on=today - timedelta(days=290))
    send(client, village.midwife, mother, "lahir", **birth(ended_on, "STILL"))
    for day in (ended_on, ended_on - timedelta(days=309)):
        typed = {"started_on": day, "reason": "buku KIA"}
        assert "paling lama 44 minggu" in send(client, village.midwife, mother, "hpht", status=422, **typed)
    typed = {"started_on": ended_on - timedelta(days=308), "reason": "buku KIA"}
    assert "tercatat." in send(client, village.midwife, mother, "hpht", **typed)


def test_nobody_corrects_a_pregnancy_of_another_desa(client, village, province, today):
    elsewhere = make_user("lain", role="MIDWIFE", region=province["91.02.01.2001"])
    send(client, elsewhere, village.mothers[0], "hpht", status=404, started_on=today, reason="x")


def birth(day: date, outcome: str = "LIVE", **values) -> dict:
    return {"ended_on": day, "outcome": outcome, **values}


def test_a_birth_of_twins_hands_over(client, village, today):
    mother = village.mothers[0]
    twins = {"name_1": "RAHMAT HIDAYAT", "sex_1": "M", "weight_1": "2,4", "length_1": "46"}
    twins |= {"name_2": "RAHMAD HIDAYAT", "sex_2": "M", "weight_2": "2,3"}
    for _ in range(2):
        send(client, village.midwife, mother, "lahir", **birth(today, **twins))
    with whole_country("a test"):
        born = list(Person.objects.filter(mother=mother, birth_date=today).order_by("name"))
        held = Pregnancy.objects.get(mother=mother)
    assert [one.name for one in born] == ["RAHMAD HIDAYAT", "RAHMAT HIDAYAT"]
    assert [str(one.birth_weight_kg) for one in born] == ["2.300", "2.400"] and str(born[1].birth_length_cm) == "46.00"
    assert {(one.household_id, one.posyandu_id) for one in born} == {(mother.household_id, mother.posyandu_id)}
    assert (held.ended_on, held.outcome) == (today, "LIVE")


def test_a_loss_ends_the_pregnancy_and_registers_nobody(client, village, today):
    before = Person.objects.count()
    send(client, village.midwife, village.mothers[0], "lahir", **birth(today, "LOSS"))
    with whole_country("a test"):
        assert Pregnancy.objects.get(mother=village.mothers[0]).outcome == "LOSS"
    assert Person.objects.count() == before


BIRTHS = [
    ("no child", {}, "Lahir hidup: tulis anak yang lahir."),
    ("no sex", {"name_1": "ANI"}, "Pilih jenis kelaminnya."),
    ("no name", {"weight_1": "3"}, "Tulis namanya."),
    ("too heavy", {"name_1": "ANI", "sex_1": "F", "weight_1": "30"}, "Tulis angka dari 0,4 sampai 8."),
    ("stillborn with a child", {"outcome": "STILL", "name_1": "ANI", "sex_1": "F"}, "Hanya anak lahir hidup"),
    ("to come", {"ended_on": date(2999, 1, 1), "name_1": "ANI", "sex_1": "F"}, "Tanggal ini belum tiba."),
]


@pytest.mark.parametrize(("_name", "typed", "words"), BIRTHS, ids=[row[0] for row in BIRTHS])
def test_births_that_cannot_be(client, village, today, _name, typed, words):
    assert words in send(client, village.midwife, village.mothers[0], "lahir", status=422, **(birth(today) | typed))
    with whole_country("a test"):
        assert Pregnancy.objects.get(mother=village.mothers[0]).ended_on is None


def test_a_loss_without_a_pregnancy_is_said(client, village, today):
    page = send(client, village.midwife, village.mothers[1], "lahir", status=422, **birth(today, "LOSS"))
    assert "Tidak ada kehamilan yang tercatat" in page and not SourceBatch.objects.filter(kind="FORM").exists()


def test_a_check(client, village, today):
    values = {"checked_on": today, "weight_kg": "45", "height_cm": "150,5", "smoke": "tidak"}
    send(client, village.midwife, village.girls[0], "periksa", **values)
    with whole_country("a test"):
        held = HealthCheck.objects.get(person=village.girls[0])
    assert (str(held.weight_kg), str(held.height_cm), held.smoke, held.hb_g_dl) == ("45.00", "150.5", False, None)
    page = send(client, village.midwife, village.girls[0], "periksa", status=422, checked_on=today)
    assert "Isi sedikitnya satu hasil pemeriksaan." in page


def test_statements_of_person_and_household(client, village, today):
    child = village.children[0]
    send(client, village.midwife, child, "keterangan", stated_on=today, water="ya", birth_certificate="tidak")
    with whole_country("a test"):
        held = {one.code: one for one in Statement.objects.all()}
    assert (held["water"].household_id, held["water"].value) == (child.household_id, True)
    assert (held["birth_certificate"].person_id, held["birth_certificate"].value) == (child.pk, False)
    page = send(client, village.midwife, child, "keterangan", status=422, stated_on=today)
    assert "Jawab sedikitnya satu" in page


def test_leaving_and_coming_back(client, village, today):
    child = village.children[0]
    send(client, village.midwife, child, "pergi", left_on=today, reason="MOVED")
    page = read(client, village.midwife, child)
    assert "Tidak dihitung lagi sejak" in page and 'id="kembali"' in page and 'id="keterangan"' not in page
    send(client, village.midwife, child, "kembali", kiriman="k2")
    child.refresh_from_db()
    assert (child.left_on, child.left_reason) == (None, "")


def test_leaving_into_a_closed_month_is_refused(client, village, today):
    month = today.replace(day=1)
    closed = {"region_id": DESA, "month": month, "state": "SUBMITTED", "is_whole_open": False}
    Package.objects.create(data_set="growth", **closed)
    day = month - timedelta(days=3)
    page = send(client, village.midwife, village.children[0], "pergi", status=422, left_on=day, reason="DIED")
    assert "Minta paket bulan itu kembali" in page


def test_a_couple_from_the_desa(client, village, today):
    girl = village.mothers[2]
    with whole_country("a test"):
        groom, cousin = enrol([
            PersonRow(DESA, "ADI SAPUTRA", "M", date(1995, 1, 1), today),
            PersonRow(DESA, "ADI NUGRAHA", "M", date(1996, 1, 1), today),
        ])  # fmt: skip
    values = {"registered_on": today, "planned_on": today + timedelta(days=30), "partner_name": "adi"}
    page = send(client, village.midwife, girl, "catin", status=422, **values)
    assert "ADI SAPUTRA" in page and str(cousin.public_id) in page and "Pilih pasangannya" in page
    send(client, village.midwife, girl, "catin", **values, partner=groom.public_id)
    with whole_country("a test"):
        held = Couple.objects.get()
    assert (held.bride_id, held.groom_id, held.planned_on) == (girl.pk, groom.pk, values["planned_on"])
    page = send(client, village.midwife, groom, "nikah", how="MARRIED", ended_on=today, kiriman="k2")
    held.refresh_from_db()
    assert held.married_on == today and "tercatat" in page


def test_a_couple_whose_groom_is_new_or_from_elsewhere(client, village, today):
    new = {"registered_on": today, "partner_name": "ADI SAPUTRA"}
    page = send(client, village.midwife, village.mothers[1], "catin", status=422, **new)
    assert "Tidak ada yang bernama begitu" in page
    send(client, village.midwife, village.mothers[1], "catin", **new, partner_born=date(1995, 1, 1))
    send(client, village.midwife, village.mothers[2], "catin", registered_on=today)
    with whole_country("a test"):
        grooms = [one.groom and one.groom.name for one in Couple.objects.order_by("bride_id")]
    assert grooms == ["ADI SAPUTRA", None]


def test_a_couple_does_not_marry_before_it_registered(client, village, today):
    send(client, village.midwife, village.mothers[2], "catin", registered_on=today)
    values = {"how": "CALLED_OFF", "ended_on": today - timedelta(days=1)}
    assert "sebelum pasangan ini mendaftar" in send(
        client, village.midwife, village.mothers[2], "nikah", status=422, **values
    )


def test_forms_for_others_and_forms_that_are_none(client, province, village, today):
    mother = village.mothers[0]
    stranger = make_user("lain", role="MIDWIFE", region=province["91.01.01.2002"])
    reader = make_user("baca", role="KECAMATAN_VERIFIER", region=province["91.01.01"])
    for user in (stranger, reader):
        client.force_login(user)
        assert client.get(f"/anak/{mother.public_id}/catat").status_code == 404
        assert client.post(f"/anak/{mother.public_id}/catat/hamil").status_code == 404
    client.force_login(village.midwife)
    assert client.post(f"/anak/{mother.public_id}/catat/sulap").status_code == 404
    page = send(client, village.midwife, village.children[0], "hamil", started_on=today)
    assert "tidak lagi sesuai" in page


def test_the_page_of_a_grown_up_has_no_growth_charts(client, village):
    client.force_login(village.midwife)
    page = client.get(f"/anak/{village.mothers[0].public_id}").content.decode()
    assert "Grafik pertumbuhan" not in page and "belum pernah diukur" not in page and "Catat kejadian" in page
    page = client.get(f"/anak/{village.children[0].public_id}").content.decode()
    assert "Grafik pertumbuhan" in page


# --- people who are new

NEW = f"/wilayah/{CODE}/orang-baru"


def take_in(client, user, status: int = 200, **values) -> str:
    client.force_login(user)
    told = {"kiriman": "k1", "name": "NUR AINI", "sex": "F", "birth_date": date(1999, 2, 3), "rt": "2", **values}
    answer = client.post(NEW, told, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_somebody_new_counts_from_today_on(client, village, today):
    for words in ("Tercatat.", "Orang ini sudah tercatat."):
        assert words in take_in(client, village.midwife, nik="9101014302990001", posyandu=village.posyandu.pk)
    person = Person.objects.get(name="NUR AINI")
    assert (person.registered_on, person.posyandu_id) == (today, village.posyandu.pk)
    assert person.household_id is not None and person.nik_status == "VALID" and check() == []


def test_a_nik_of_another_desa_tells_nothing_of_its_owner(client, province, village):
    nik = "9101014302990001"
    with whole_country("a test"):
        enrol([PersonRow(9101012002, "ORANG JAUH", "F", date(1999, 2, 3), date(2026, 1, 1), nik=nik)])
    page = take_in(client, village.midwife, status=422, nik=nik, name="ORANG JAUH")
    assert "terdaftar di desa lain" in page and not Person.objects.filter(name="ORANG JAUH", desa_id=DESA).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"nik": "12345"}, "Tulis 16 angka"),
        ({"name": ""}, "Tulis namanya."),
        ({"birth_date": date(2999, 1, 1)}, "Tanggal ini belum tiba."),
        ({"birth_date": "besok"}, "Tulis tanggal yang ada."),
    ],
)
def test_newcomers_that_cannot_be(client, village, typed, words):
    assert words in take_in(client, village.midwife, status=422, **typed)


# --- lost sight of


def test_who_was_lost_sight_of_and_what_to_do(client, village, today):
    with whole_country("a test"):
        Pregnancy.objects.filter(mother=village.mothers[0]).update(started_on=today - timedelta(days=309))
        Person.objects.filter(pk=village.children[2].pk).update(left_on=today)
        Person.objects.filter(pk=village.children[1].pk).update(registered_on=today - timedelta(days=30))
    client.force_login(village.midwife)
    page = client.get(f"/wilayah/{CODE}/hilang-pantau").content.decode()
    assert "2 orang hilang dari pantauan" in page
    assert village.mothers[0].name in page and village.children[0].name in page
    assert f"/anak/{village.mothers[0].public_id}/catat?buka=lahir" in page
    assert "Cari 2 orang yang hilang dari pantauan" in client.get("/kerja").content.decode()


def test_couples_are_lost_three_months_after_the_planned_day(client, village, today):
    with whole_country("a test"):
        Person.objects.filter(pk__in=[one.pk for one in village.children]).update(left_on=today)
    batch = SourceBatch.objects.create(kind="form", name="form")
    held = {"desa_id": DESA, "batch": batch, "registered_on": today - timedelta(days=200)}
    late = {"planned_on": today - timedelta(days=100)}
    Couple.objects.create(bride=village.mothers[0], **late, **held)
    Couple.objects.create(bride=village.mothers[1], planned_on=today - timedelta(days=80), **held)
    Couple.objects.create(bride=village.mothers[2], called_off_on=today, **late, **held)
    client.force_login(village.midwife)
    page = client.get(f"/wilayah/{CODE}/hilang-pantau").content.decode()
    assert "1 orang hilang dari pantauan" in page and village.mothers[0].name in page


def test_nobody_lost_is_no_duty(client, province, village, today):
    with whole_country("a test"):
        Person.objects.filter(pk__in=[one.pk for one in village.children]).update(left_on=today)
    client.force_login(village.midwife)
    assert "Tidak ada yang hilang" in client.get(f"/wilayah/{CODE}/hilang-pantau").content.decode()
    assert "hilang dari pantauan" not in client.get("/kerja").content.decode()
