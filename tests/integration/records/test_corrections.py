"""Correcting sex and birth date on the child's page: who may, what is said before, what is refused and where."""

import re
from datetime import date

import pytest
from django.db import connection

from tests.factories.accounts import make_user
from tests.factories.packages import submit
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.models import Event
from tumbuh.indicators.api import rebuild
from tumbuh.records.models import Measurement, Person, PersonHistory

pytestmark = pytest.mark.django_db
DESA = "91.01.01.2001"
SUMMARY = "Perbaiki jenis kelamin atau tanggal lahir"
RIGHT = {"sex": "M", "birth_date": "2024-01-05", "reason": "buku KIA"}


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def person(regions):
    save_rows(make_staged("AISYAH"), make_staged("AISYAH", measured_on=date(2026, 4, 10)))
    rebuild()
    return Person.objects.get()


@pytest.fixture
def operator(regions):
    return make_user("operator", role="DESA_OPERATOR", region=regions[DESA])


@pytest.fixture
def at(client, operator):
    client.force_login(operator)
    return client


def send(client, person, **values):
    return client.post(f"/anak/{person.public_id}/identitas", {**RIGHT, **values})


def read_cells() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM indicators_cell c ORDER BY 1")
        return cursor.fetchall()


def test_what_it_will_compute_is_said_before(at, person):
    page = at.get(f"/anak/{person.public_id}").content.decode()
    assert SUMMARY in page and "status gizi pada 2 kunjungan anak ini" in page
    months = re.search(r"dalam (\d+) bulan", page)[1]
    assert int(months) >= 2 and "Maret 2026 – " in page
    assert 'value="2024-03-05"' in page and re.search(r'value="F" selected', page)


def test_it_is_saved_and_everything_below_and_above_is_computed_again(at, person, operator):
    before = list(Measurement.objects.order_by("pk").values_list("haz", flat=True))
    answer = send(at, person)
    assert (answer.status_code, answer.url) == (302, f"/anak/{person.public_id}")
    person.refresh_from_db()
    assert (person.sex, person.birth_date) == ("M", date(2024, 1, 5))
    assert list(Measurement.objects.order_by("pk").values_list("haz", flat=True)) != before
    event = Event.objects.get(action="records.child.corrected")
    assert (event.actor_name, event.reason) == ("operator", "buku KIA")
    assert PersonHistory.objects.get().birth_date == date(2024, 3, 5)
    kept = read_cells()
    rebuild()
    assert read_cells() == kept
    assert "dihitung ulang" in at.get(answer.url).content.decode()


def test_the_same_again_changes_nothing(at, person):
    answer = send(at, person, sex="F", birth_date="2024-03-05", reason="")
    assert "Tidak ada yang berubah." in at.get(answer.url).content.decode()
    assert not Event.objects.filter(action="records.child.corrected").exists()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"birth_date": "2026-03-11"}, "birth_date", "10 Maret 2026"),
        ({"birth_date": "31-02-2024"}, "birth_date", "Tulis tanggal yang ada."),
        ({"birth_date": ""}, "birth_date", ""),
        ({"reason": " "}, "reason", "Tulis alasan"),
        ({"sex": "X"}, "sex", ""),
    ],
)
def test_what_is_wrong_stands_beside_its_field(at, person, values, field, words):
    answer = send(at, person, **values)
    page = answer.content.decode()
    assert answer.status_code == 422 and '<details class="section" open>' in page
    assert list(answer.context["correction"].errors) == [field]
    assert words in page and f'id="perbaiki_{field}_error"' in page
    person.refresh_from_db()
    assert (person.sex, person.birth_date) == ("F", date(2024, 3, 5))
    assert page.count("5 Maret 2024") >= 1  # the page shows what holds, the form what was written


def test_closed_months_are_named_and_nothing_can_be_sent(at, person, operator, regions):
    submit(operator, regions[DESA], date(2026, 3, 1))
    page = at.get(f"/anak/{person.public_id}").content.decode()
    assert "Belum dapat diubah: Maret 2026 sudah dikirim" in page and "/identitas" not in page
    answer = send(at, person)
    assert answer.status_code == 422 and "angka Maret 2026, padahal" in answer.content.decode()
    person.refresh_from_db()
    assert person.sex == "F"


def test_the_database_stands_behind_a_month_that_closes_meanwhile(at, person, operator, regions, monkeypatch):
    submit(operator, regions[DESA], date(2026, 3, 1))
    monkeypatch.setattr("tumbuh.records.actions.identities.list_closed_months", lambda *_: [])
    answer = send(at, person)
    assert answer.status_code == 422 and "baru saja dikirim dan terkunci" in answer.content.decode()


@pytest.mark.parametrize(("role", "place"), [("KECAMATAN_VERIFIER", "91.01.01"), ("SUPERVISOR", "91.01")])
def test_who_may_only_read_is_offered_nothing(client, person, regions, role, place):
    client.force_login(make_user("pembaca", role=role, region=regions[place]))
    client.post(f"/anak/{person.public_id}/keperluan", {"purpose": "SUPERVISION", "detail": ""})
    page = client.get(f"/anak/{person.public_id}")
    assert page.status_code == 200 and SUMMARY not in page.content.decode()
    assert send(client, person).status_code == 404


def test_an_analyst_says_first_what_for(client, person, regions):
    client.force_login(make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"]))
    assert send(client, person).status_code == 302
    person.refresh_from_db()
    assert person.sex == "F"


def test_of_another_desa_it_does_not_exist(client, person, regions):
    client.force_login(make_user("lain", role="DESA_OPERATOR", region=regions["91.01.01.2002"]))
    assert send(client, person).status_code == 404
