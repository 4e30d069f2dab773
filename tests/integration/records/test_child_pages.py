"""A child's page and the list of a desa: who may see them, what they show, what the trail keeps."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.models import Event
from tumbuh.records.api import encrypt_nik, index_nik
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
    with django_assert_max_num_queries(15):  # three of them foresee a correction
        answer = client.get(f"/anak/{person.public_id}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert NIK not in page and "9101••••••••••01" in page
    assert page.count("<svg") >= 3 and "tidak wajar" in page and "10 April 2026" in page
    event = Event.objects.get(action="records.child.read")
    assert event.actor_name == "bidan" and event.object_id == str(person.public_id)


@pytest.mark.parametrize(("role", "place"), [("MIDWIFE", "91.02.01.2001"), ("ANALYST", "91")])
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
    with django_assert_max_num_queries(12):  # two of them write down who looked
        page = client.get("/wilayah/91.01.01.2001/anak").content.decode()
    assert person.name in page and str(person.public_id) in page and NIK not in page


def test_the_household_of_a_child(client, regions, django_assert_max_num_queries):
    home = {"mother_name": "SITI", "address": "Jl. Kebun No. 3", "rt": "001", "rw": "02"}
    kk = {"kk_encrypted": encrypt_nik(NIK), "kk_index": index_nik(NIK)}
    save_rows(
        make_staged("ADI", **home, **kk), make_staged("BUDI", **home, birth_date=date(2022, 1, 5)),
        make_staged("CITRA", desa_id=9101012002, **kk),
    )  # fmt: skip
    adi, budi, citra = Person.objects.order_by("name")
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"]))
    with django_assert_max_num_queries(15):
        page = client.get(f"/anak/{adi.public_id}").content.decode()
    assert "Jl. Kebun No. 3, RT 1, RW 2" in page and "9101••••••••••01" in page and NIK not in page
    assert f"/anak/{budi.public_id}" in page and 'href="/wilayah/91.01.01.2001"' in page
    assert str(citra.public_id) not in page  # of the household, but in a desa that is not hers


def test_a_desa_page_leads_to_its_children_and_imports(client, regions, person, tmp_path):
    admin = make_user("admin", role="PROVINSI_ADMIN", region=regions["91"])
    taken = run(admin, write_xlsx(tmp_path / "april.xlsx", [make_row(), make_row(Desa_Kel="TALANG BARU")]))
    desa = "/wilayah/91.01.01.2001"
    public = client.get(desa).content.decode()
    assert '/anak"' not in public and "/data-masuk/" not in public
    client.force_login(admin)
    page = client.get(desa).content.decode()
    assert f'href="{desa}/anak"' in page and f'href="/data-masuk/{taken.pk}"' in page
    assert 'href="/wilayah/91.01.01"' in client.get("/data-masuk").content.decode()
    client.force_login(make_user("lain", role="KABUPATEN_ANALYST", region=regions["91.02"]))
    page = client.get(desa).content.decode()
    assert '/anak"' not in page and "/data-masuk/" not in page
