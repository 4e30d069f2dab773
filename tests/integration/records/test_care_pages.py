"""The work list of a desa, the services of a person and the page of a household."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.records.api import (
    LifeRows,
    PersonRow,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    enrol_people,
    link_mothers,
    save_life,
)
from tumbuh.records.models import Person

pytestmark = pytest.mark.django_db
DESA = 9101012001
HOME = {"family_name": "SITI", "rt": "2", "registered_on": date(2025, 1, 1)}


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def mother(regions):
    """A pregnant woman with a child of 8 months; the month is March 2026."""
    with whole_country("a test"):
        save_rows(make_staged("BUDI"))
        batch = make_batch("form")
        rows = [
            PersonRow(DESA, "SITI", "F", date(1998, 6, 1), decile=2, **HOME),
            PersonRow(DESA, "ANI", "F", date(2025, 7, 9), **HOME),
        ]
        siti, ani = (one.person_id for one in enrol_people(by=SYSTEM, batch=batch, rows=rows))
        link_mothers(by=SYSTEM, batch=batch, pairs=[(ani, siti)])
        home = Person.objects.get(pk=siti).household_id
        services = [
            ServiceRow(DESA, "pregnancy_check", date(2026, 3, 3), siti),
            ServiceRow(DESA, "hb0", date(2025, 7, 9), ani),
        ]
        services.append(ServiceRow(DESA, "cash_aid", date(2026, 2, 2), household_id=home))
        said = [StatementRow(DESA, "water", True, date(2026, 1, 5), household_id=home)]
        rows = LifeRows([PregnancyRow(siti, DESA, date(2026, 1, 20))], services=services, statements=said)
        save_life(by=SYSTEM, batch=batch, rows=rows)
        return Person.objects.get(pk=siti)


@pytest.fixture
def midwife(client, regions):
    client.force_login(make_user("bidan", role="MIDWIFE", region=regions["91.01.01.2001"]))
    return client


def test_the_work_list_names_who_misses_what(midwife, mother, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = midwife.get("/wilayah/91.01.01.2001/layanan").content.decode()
    assert "SITI" in page and "ANI" in page and "MP-ASI" in page
    assert "0 dari 3 orang lengkap layanannya" in page
    only = midwife.get("/wilayah/91.01.01.2001/layanan?kelompok=PREGNANT").content.decode()
    assert "SITI" in only and "ANI" not in only
    assert Event.objects.filter(action="records.work.listed").count() == 2


def test_the_services_of_a_person_say_why(midwife, mother, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):  # six of them read a life, whatever is in it
        page = midwife.get(f"/anak/{mother.public_id}/layanan").content.decode()
    assert "Periksa kehamilan: 1 dari 1" in page and "Ibu hamil" in page
    assert "Air minum layak: ya" in page and "tidak berlaku" in page.lower()
    assert Event.objects.get(action="records.services.read").object_id == str(mother.public_id)


def test_a_household_with_its_people_and_what_is_missing(midwife, mother, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        page = midwife.get(f"/anak/{mother.public_id}/keluarga").content.decode()
    assert "2 orang terdaftar" in page and "SITI" in page and "ANI" in page and "munisasi dasar" in page
    assert page.count("Bantuan tunai") == 1, "what the household received stands once"


def test_another_month_and_an_unknown_one(midwife, mother):
    assert midwife.get("/wilayah/91.01.01.2001/layanan?bulan=2026-02").status_code == 200
    assert midwife.get("/wilayah/91.01.01.2001/layanan?bulan=2019-02").status_code == 404
    assert midwife.get(f"/anak/{mother.public_id}/layanan?bulan=oktober").status_code == 404


def test_nothing_yet(midwife):
    page = midwife.get("/wilayah/91.01.01.2001/layanan").content.decode()
    assert "Belum ada data bulanan" in page


def test_outside_daily_work_the_purpose_is_asked(client, regions, mother):
    client.force_login(make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"]))
    for kind in ("layanan", "keluarga"):
        page = client.get(f"/anak/{mother.public_id}/{kind}").content.decode()
        assert "Keperluan" in page and "SITI" not in page
