"""The trail in the application: who reads it, whose events they see, what is asked before a child is read."""

import re
import time
from uuid import uuid4

import pytest

from tests.factories.accounts import make_user
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM, Event, record_event
from tumbuh.records.models import Person
from tumbuh.web.records import purposes

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"
HERE, THERE = "91.01.01.2001", "91.02.01.2001"


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def person(regions):
    save_rows(make_staged("MAWAR RAHASIA", nik=NIK, mother_name="MELATI RAHASIA"))
    return Person.objects.get()


@pytest.fixture
def supervisor(client, regions):
    user = make_user("pengawas", role="SUPERVISOR", region=regions["91"])
    client.force_login(user)
    return user


def reads() -> list[tuple[str, str, str, int]]:
    events = Event.objects.filter(object_kind="person").order_by("id")
    return [(event.actor_name, event.action, event.reason, event.region_id) for event in events]


@pytest.mark.parametrize(
    ("role", "place"),
    [("KADER", HERE), ("MIDWIFE", HERE), ("DESA_OPERATOR", HERE), ("KECAMATAN_VERIFIER", "91.01.01")],
)
def test_daily_work_is_noted_and_not_asked(client, regions, person, role, place):
    client.force_login(make_user("rutin", role=role, region=regions[place]))
    assert "MAWAR RAHASIA" in client.get(f"/anak/{person.public_id}").content.decode()
    event = Event.objects.get(action="records.child.read")
    assert (event.role, event.reason, event.region_id) == (role, "", person.desa_id)


@pytest.mark.parametrize(
    ("role", "place"),
    [("SUPERVISOR", "91"), ("PROVINSI_ADMIN", "91"), ("PROVINSI_VERIFIER", "91"), ("KABUPATEN_VERIFIER", "91.01"),
     ("KABUPATEN_ANALYST", "91.01")],
)  # fmt: skip
def test_everybody_else_says_what_for(client, regions, person, role, place):
    client.force_login(make_user("lain", role=role, region=regions[place]))
    asked = client.get(f"/anak/{person.public_id}").content.decode()
    assert "Untuk apa" in asked and "RAHASIA" not in asked
    assert reads() == []
    answer = client.post(f"/anak/{person.public_id}/keperluan", {"purpose": "COMPLAINT", "detail": "pengaduan 12"})
    assert answer.url == f"/anak/{person.public_id}"
    assert "MAWAR RAHASIA" in client.get(answer.url).content.decode()
    assert reads() == [("lain", "records.child.read", "COMPLAINT: pengaduan 12", person.desa_id)]


@pytest.mark.parametrize("page", ["", "/layanan", "/keluarga"])
def test_a_purpose_leads_to_the_page_that_asked_for_it(client, supervisor, person, page):
    wanted = f"/anak/{person.public_id}{page}"
    asked = client.get(wanted).content.decode()
    (name,) = re.findall(r'name="halaman" value="([^"]*)"', asked)
    wrong = client.post(f"/anak/{person.public_id}/keperluan", {"halaman": name})
    assert f'name="halaman" value="{name}"' in wrong.content.decode(), "a wrong answer forgets it not"
    answer = client.post(f"/anak/{person.public_id}/keperluan", {"purpose": "SUPERVISION", "halaman": name})
    assert answer.url == wanted


@pytest.mark.parametrize("page", ["https://jahat.example/", "//jahat.example", "sign-out", "duplicates", ""])
def test_a_purpose_leads_to_no_other_page(client, supervisor, person, page):
    answer = client.post(f"/anak/{person.public_id}/keperluan", {"purpose": "SUPERVISION", "halaman": page})
    assert answer.url == f"/anak/{person.public_id}"


@pytest.mark.parametrize("answer", [{}, {"purpose": "CURIOSITY"}, {"purpose": "OTHER", "detail": " "}])
def test_an_answer_without_purpose_opens_nothing(client, supervisor, person, answer):
    asked = client.post(f"/anak/{person.public_id}/keperluan", answer)
    assert asked.status_code == 400 and "RAHASIA" not in asked.content.decode()
    assert "Untuk apa" in client.get(f"/anak/{person.public_id}").content.decode()


def test_a_purpose_holds_half_an_hour_and_for_one_child(client, supervisor, person, monkeypatch):
    save_rows(make_staged("KENANGA RAHASIA"))
    other = Person.objects.exclude(pk=person.pk).get()
    client.post(f"/anak/{person.public_id}/keperluan", {"purpose": "SUPERVISION"})
    assert "Untuk apa" in client.get(f"/anak/{other.public_id}").content.decode()
    now = time.time()
    monkeypatch.setattr(purposes.time, "time", lambda: now + 29 * 60)
    assert "MAWAR" in client.get(f"/anak/{person.public_id}").content.decode()
    monkeypatch.setattr(purposes.time, "time", lambda: now + 31 * 60)
    assert "MAWAR" not in client.get(f"/anak/{person.public_id}").content.decode()


def test_the_nik_is_masked_until_asked_for_and_that_is_noted(client, regions, person):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions[HERE]))
    page = client.get(f"/anak/{person.public_id}").content.decode()
    assert NIK not in page and "Tampilkan NIK" in page
    page = client.post(f"/anak/{person.public_id}/nik").content.decode()
    assert NIK in page and "Tampilkan NIK" not in page
    assert NIK not in client.get(f"/anak/{person.public_id}").content.decode()
    assert [action for _, action, _, _ in reads()] == ["records.child.read", "records.nik.shown", "records.child.read"]


def test_the_nik_needs_the_purpose_too(client, supervisor, person):
    assert client.post(f"/anak/{person.public_id}/nik").url == f"/anak/{person.public_id}"
    assert reads() == []


@pytest.mark.parametrize("page", ["keperluan", "nik"])
def test_not_yours_and_absent_look_the_same(client, regions, person, page):
    client.force_login(make_user("lain", role="MIDWIFE", region=regions[THERE]))
    assert client.post(f"/anak/{person.public_id}/{page}").status_code == 404
    assert client.post(f"/anak/{uuid4()}/{page}").status_code == 404
    assert reads() == []


def test_the_list_of_a_desa_is_noted(client, regions, person):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions[HERE]))
    client.get(f"/wilayah/{HERE}/anak")
    assert Event.objects.get(action="records.children.listed").object_id == HERE


@pytest.fixture
def events(regions):
    for name, place in (("satu", HERE), ("dua", THERE), ("tanpa", None)):
        record_event(
            by=SYSTEM, action="regions.load", object_kind="thing", object_id=name,
            region_id=regions[place].pk if place else None,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        ("PROVINSI_ADMIN", "91", {"satu", "dua", "tanpa"}),
        ("SUPERVISOR", "91.01", {"satu"}),
        ("REGION_ADMIN", "91.02", {"dua"}),
    ],
)
def test_the_trail_shows_the_events_of_ones_regions(
    client, regions, events, role, place, seen, django_assert_max_num_queries
):
    client.force_login(make_user("pembaca", role=role, region=regions[place]))
    with django_assert_max_num_queries(8):
        page = client.get("/jejak").content.decode()
    assert {name for name in ("satu", "dua", "tanpa") if f"thing {name}<" in page} == seen


def test_the_trail_is_searched(client, supervisor, events):
    def find(query: str) -> set[str]:
        page = client.get(f"/jejak?{query}").content.decode()
        return {name for name in ("satu", "dua", "tanpa") if f"thing {name}<" in page}

    today = Event.objects.get(object_id="satu").recorded_at
    from django.utils import timezone

    day = timezone.localtime(today).date().isoformat()
    assert find(f"hari={day}&pelaku=sistem&tindakan=regions.load") == {"satu", "dua", "tanpa"}
    assert find("hari=2001-01-01") == find("pelaku=orang") == find("tindakan=regions.bps") == set()
    assert find("objek=dua") == {"dua"}
    assert find("hari=kemarin&tindakan=tidak.ada&sebelum=x") == {"satu", "dua", "tanpa"}


def test_who_looked_at_a_child(client, regions, person):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions[HERE]))
    client.get(f"/anak/{person.public_id}")
    client.force_login(make_user("pengawas", role="SUPERVISOR", region=regions["91"]))
    page = client.get(f"/jejak?objek={person.public_id}").content.decode()
    assert "bidan" in page and "Halaman anak dibaca" in page and "Bidan desa" in page
    assert Event.objects.filter(action="audit.read", object_id=str(person.public_id)).count() == 1


def test_long_trails_have_pages(client, supervisor, regions):
    for number in range(60):
        record_event(by=SYSTEM, action="regions.load", object_kind="thing", object_id=f"n{number:02}")
    page = client.get("/jejak?tindakan=regions.load").content.decode()
    assert "thing n59<" in page and "thing n09<" not in page
    last = Event.objects.get(object_id="n10").pk
    assert f"?tindakan=regions.load&amp;sebelum={last}" in page
    page = client.get(f"/jejak?tindakan=regions.load&sebelum={last}").content.decode()
    assert "thing n09<" in page and "thing n10<" not in page


def test_my_own_trail(client, regions, person, django_assert_max_num_queries):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions[HERE]))
    client.get(f"/anak/{person.public_id}")
    with django_assert_max_num_queries(8):
        page = client.get("/akun/jejak-saya").content.decode()
    assert str(person.public_id) in page and "Halaman anak dibaca" in page and "Kepala" not in page
    assert 'href="/jejak"' not in page and client.get("/jejak").status_code == 404
    client.force_login(make_user("lain", role="MIDWIFE", region=regions[HERE]))
    assert str(person.public_id) not in client.get("/akun/jejak-saya").content.decode()
