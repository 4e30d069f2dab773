"""What other systems report, on the pages where officials compare: Aksi Bangda by indicator, Dukcapil by child."""

import pytest

from tests.factories.accounts import make_user
from tests.factories.lists import MONTH, preview_list, run_list, write_list
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.indicators.models import Cell, ServiceCell
from tumbuh.regions.api import Level, list_regions

pytestmark = pytest.mark.django_db
DESA = 9101012001


@pytest.fixture
def official(client):
    regions = make_province()
    user = make_user(role="PROVINSI_ADMIN", region=regions["91"])
    client.force_login(user)
    return user


def count_children(stunted, measured):
    """Figures of the month in every level of the desa's line."""
    rest = [0] * 11
    for level, region in ((1, 9100000000), (2, 9101000000), (3, 9101010000), (4, DESA)):
        for indicator, number, all_ in (("stunting", stunted, measured), ("weighed_share", measured, 90)):
            Cell.objects.create(region_id=region, level=level, month=MONTH, indicator=indicator,
                                numerators=[number, *rest], denominators=[all_, *rest])  # fmt: skip
        ServiceCell.objects.create(region_id=region, level=level, month=MONTH, target_group="GIRL_10_18",
                                   service="girl_iron_tablets", due=[30, 0, 0, 0, 0, 0], received=[20, 0, 0, 0, 0, 0],
                                   only_missing=[0] * 6)  # fmt: skip


def test_aksi_bangda_stands_beside_the_register_down_to_the_desa(
    client, official, tmp_path, django_assert_max_num_queries
):
    with whole_country("a test"):
        count_children(8, 70)
        line = {"code": "91.01.01.2001", "families": 100, "measured": 80, "i01_due": 30, "i01_served": 25}
        run_list(official, write_list(tmp_path / "a.xlsx", "aksi_bangda", [line]))
    with django_assert_max_num_queries(12):
        page = client.get("/wilayah/91/himpunan/aksi-bangda-29").content.decode()
    assert "2 dari 3 angka yang ada di keduanya berbeda." in page
    assert "+10" in page and "+5" in page and "a.xlsx" in page and "belum dihitung dari register" in page
    assert "/wilayah/91.01/himpunan/aksi-bangda-29?bulan=2026-03&amp;angka=measured" in page
    served = client.get("/wilayah/91.01.01/himpunan/aksi-bangda-29?angka=i01_served&bulan=2026-03").content.decode()
    assert "/wilayah/91.01.01.2001/himpunan/aksi-bangda-29?bulan=2026-03&amp;angka=i01_served" in served
    assert client.get("/wilayah/91/himpunan/aksi-bangda-29?angka=x").status_code == 200
    assert "Yang dilaporkan" not in client.get("/wilayah/91/himpunan/perpres-72-2021").content.decode()


def test_without_a_file_the_section_says_how_to_send_one(client, official):
    page = client.get("/wilayah/91/himpunan/aksi-bangda-29").content.decode()
    assert "Belum ada berkas Web Aksi Bangda" in page and "/data-masuk/jenis" in page


def test_the_two_numbers_say_whose_count_of_children_they_use(
    client, official, tmp_path, django_assert_max_num_queries
):
    with whole_country("a test"):
        count_children(8, 70)
        codes = [one.code for one in list_regions(within="91", level=Level.DESA).order_by("pk")]
        run_list(official, write_list(tmp_path / "a.xlsx", "dukcapil", [{"code": codes[0], "t_0_4": 100}]))
    newest = "/wilayah/{}/dua-angka?bulan=2026-03"
    page = client.get(newest.format("91")).content.decode()
    assert "semester 1 2026" in page, "the half-year in which the month lies"
    with whole_country("a test"):
        older = {"code": codes[0], "semester": "2", "year": "2025", "t_0_4": 100}
        run_list(official, write_list(tmp_path / "b.xlsx", "dukcapil", [older]), month=None)
    page = client.get(newest.format("91")).content.decode()
    assert f"1 dari {len(codes)} desa/kelurahan, jadi tidak dipakai" in page
    with django_assert_max_num_queries(12):
        page = client.get(newest.format("91.01.01.2001")).content.decode()
    assert "Dukcapil, semester 1 2026" in page and "register memuat" in page and "30 dari 100 balita" in page


def test_the_preview_names_the_desa_that_are_missing_and_what_saving_does(client, official, tmp_path):
    with whole_country("a test"):
        codes = [one.code for one in list_regions(within="91", level=Level.DESA).order_by("pk")]
        lines = [{"code": code, "t_0_4": 5} for code in (codes[0], codes[-1])]
        taken = preview_list(official, write_list(tmp_path / "a.xlsx", "dukcapil", lines))
    page = client.get(f"/data-masuk/{taken.pk}").content.decode()
    assert f"{len(codes) - 2} desa/kelurahan di wilayah ini tidak disebut" in page
    assert "disimpan sebagai laporan sistem lain" in page
