"""The convergence of a region: the sentence, the groups, the regions below, and who may read it."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.indicators.api import refresh
from tumbuh.records.api import LifeRows, PersonRow, ServiceRow, enrol_people, list_desa_months, save_life

pytestmark = pytest.mark.django_db
DESA = 9101012001


@pytest.fixture
def regions():
    regions = make_province()
    with whole_country("a test"):
        refresh(save_rows(make_staged("BUDI")).desa_months)
        batch, rows = make_batch("form"), []
        for name, decile in (("ANI", 2), ("INA", 8)):
            rows.append(
                PersonRow(
                    DESA, name, "F", date(2012, 8, 9), date(2025, 1, 1), kk=f"910101010101000{decile}", decile=decile
                )
            )
        ani, ina = (one.person_id for one in enrol_people(by=SYSTEM, batch=batch, rows=rows))
        day = date(2026, 3, 9)
        services = [ServiceRow(DESA, "iron_tablets", day, ani, quantity=60)]
        saved = save_life(by=SYSTEM, batch=batch, rows=LifeRows(services=services))
        refresh(set(saved.desa_months) | set(list_desa_months([ani, ina])))
    return regions


@pytest.mark.parametrize("code", ["91", "91.01", "91.01.01", "91.01.01.2001"])
def test_every_level_tells_the_same_people(client, regions, code, django_assert_max_num_queries):
    client.force_login(make_user("gubernur", role="PROVINSI_ADMIN", region=regions["91"]))
    with django_assert_max_num_queries(12):
        page = client.get(f"/wilayah/{code}/konvergensi").content.decode()
    assert "sasaran lengkap layanannya" in page and "sementara" in page
    assert "Tablet tambah darah remaja putri" in page or "Remaja putri" in page
    assert "50,0" in page, "one of two girls has her tablets"


def test_poor_and_others_apart(client, regions):
    client.force_login(make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"]))
    page = client.get("/wilayah/91.01/konvergensi").content.decode()
    assert "Miskin" in page and "Kurang ini saja" in page


def test_no_data_and_not_yours(client, regions):
    client.force_login(make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"]))
    assert client.get("/wilayah/91.02/konvergensi").status_code == 404
    assert client.get("/wilayah/91.01.01.2001/konvergensi?bulan=2019-01").status_code == 404
    assert client.get("/wilayah/91.01.01.2001/konvergensi").status_code == 200
