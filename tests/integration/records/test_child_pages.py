"""A child's page and the list of a desa: who may see them, what they show, what the trail keeps."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.factories.accounts import make_user
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.models import Event
from tumbuh.records.models import Person

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def person(regions):
    save_rows(
        make_staged(nik=NIK, mother_name="SITI"),
        make_staged(nik=NIK, measured_on=date(2026, 4, 10), weight_kg=Decimal("11.6"), mode="L"),
        make_staged(nik=NIK, measured_on=date(2026, 5, 10), weight_kg=Decimal("11.9"), lenhei_cm=Decimal("140")),
    )
    return Person.objects.get()


def test_the_page_of_a_child(client, regions, person, django_assert_max_num_queries):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"]))
    with django_assert_max_num_queries(12):
        answer = client.get(f"/anak/{person.public_id}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert NIK not in page and "9101••••••••••01" in page
    assert page.count("<svg") >= 3 and "tidak wajar" in page and "10 April 2026" in page
    event = Event.objects.get(action="records.child.read")
    assert event.actor_name == "bidan" and event.object_id == str(person.public_id)


@pytest.mark.parametrize(("role", "place"), [("MIDWIFE", "91.02.01.2001"), ("PROVINSI_ANALYST", "91")])
def test_not_yours_and_absent_look_the_same(client, regions, person, role, place):
    client.force_login(make_user("lain", role=role, region=regions[place]))
    theirs = client.get(f"/anak/{person.public_id}")
    absent = client.get(f"/anak/{uuid4()}")
    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert client.get("/wilayah/91.01.01.2001/anak").status_code == 404
    assert client.get("/wilayah/99.99.99.9999/anak").status_code == 404


def test_visitors_sign_in_first(client, person):
    assert client.get(f"/anak/{person.public_id}").url.startswith("/masuk?next=")


def test_the_children_of_a_desa(client, regions, person, django_assert_max_num_queries):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"]))
    with django_assert_max_num_queries(10):
        page = client.get("/wilayah/91.01.01.2001/anak").content.decode()
    assert person.name in page and str(person.public_id) in page and NIK not in page
