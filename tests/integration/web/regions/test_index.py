"""The list of regions: searching and walking down the tree."""

import pytest
from django.conf import settings

from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM
from tumbuh.regions.api import Region, add_local_region, iterate_rows, load_regions

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8


@pytest.fixture
def province():
    return make_province()


def test_the_only_province_opens_at_once(client, province):
    page = client.get("/wilayah").content.decode()
    assert "Provinsi Anu: 1 provinsi, 2 kabupaten, 1 kota" in page
    assert 'href="/wilayah/91.01"' in page and 'href="/wilayah?di=91.01"' in page


def test_walking_down_to_the_desa(client, province):
    page = client.get("/wilayah", {"di": "91.01.01"}).content.decode()
    assert "Di dalam Kecamatan Hulu Satu" in page
    assert 'href="/wilayah/91.01.01.2001"' in page and "di=91.01.01.2001" not in page
    assert 'href="/wilayah?di=91.01"' in page  # the way back up


def test_several_provinces_are_listed(client, province):
    Region.objects.create(id=9200000000, code="92", name="Lain", level=1, kind="PROVINSI")
    page = client.get("/wilayah").content.decode()
    assert 'href="/wilayah?di=91"' in page and 'href="/wilayah?di=92"' in page


def test_search(client, province):
    page = client.get("/wilayah", {"q": "sumber jaya"}).content.decode()
    assert "2 wilayah ditemukan" in page
    assert "Kecamatan Hilir Satu, Kabupaten Hilir" in page
    page = client.get("/wilayah", {"q": "<script>"}).content.decode()
    assert "<script>&" not in page and "&lt;script&gt;" in page
    assert "Tidak ada wilayah dengan nama atau kode itu" in page


@pytest.mark.parametrize("code", ["99", "91.01.01.2001", "x", "91.1", "%00"])
def test_other_places_are_not_found(client, province, code):
    assert client.get("/wilayah", {"di": code}).status_code == 404


def test_nothing_loaded_is_no_dead_end(client):
    page = client.get("/wilayah").content.decode()
    assert "belum ada wilayah yang dimuat" in page and "tumbuh regions load" in page


def test_local_units_are_marked(client, province):
    add_local_region(by=SYSTEM, parent_code="91.01.01", name="UPT Rimba")
    assert "tanpa kode Kemendagri" in client.get("/wilayah", {"di": "91.01.01"}).content.decode()


def test_with_a_slash_or_without(client):
    assert client.get("/wilayah/?q=hulu")["Location"] == "/wilayah?q=hulu"
    assert client.post("/wilayah").status_code == 405


@pytest.mark.parametrize("query", [{}, {"di": "17"}, {"di": "17.01.01"}, {"q": "tanjung agung"}])
def test_few_queries_whatever_the_size(client, django_assert_max_num_queries, query):
    load_regions(by=SYSTEM, rows=iterate_rows(["17"]))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/wilayah", query).status_code == 200


def test_english(client, province):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/wilayah", {"q": "sumber"}).content.decode()
    assert "2 regions found" in page and "Name or code of a region" in page
