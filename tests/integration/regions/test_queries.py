"""Finding regions."""

import pytest

from tests.factories.regions import make_province
from tumbuh.accounts.api import Scope
from tumbuh.regions.api import (
    Facility,
    Level,
    Region,
    count_regions,
    get_span,
    list_ancestors,
    list_children,
    list_regions,
    search_regions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province():
    return make_province()


def codes(regions):
    return [region.code for region in regions]


def test_search_puts_the_best_first(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = search_regions("hulu")
        assert all(region.parent.name for region in found)
    # the beginning of a name, then the beginning of a word; larger regions first
    assert codes(found) == ["91.01.02", "91.01.01", "91.01", "91.01.02.1001"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sumber jaya", ["91.01.01.2001", "91.02.01.2001"]),
        ("JAYA sumber", ["91.01.01.2001", "91.02.01.2001"]),
        ("91.71", ["91.71", "91.71.01", "91.71.01.1001"]),
        ("917101", ["91.71.01", "91.71.01.1001"]),
        ("x", []),
        ("", []),
        ("tidak ada", []),
        ("%", []),
        ("99999999999999", []),
    ],
)
def test_search(text, found):
    assert codes(search_regions(text)) == found


def test_search_stays_in_scope():
    assert codes(search_regions("sumber", spans=[get_span("91.02")])) == ["91.02.01.2001"]
    assert search_regions("sumber", spans=[]) == []


def test_inactive_regions_are_not_found():
    Region.objects.filter(code="91.02.01.2001").update(is_active=False)
    assert codes(search_regions("sumber")) == ["91.01.01.2001"]
    assert "91.02.01.2001" not in codes(list_regions(within="91.02"))


def test_children_know_how_many_they_hold(django_assert_num_queries):
    Region.objects.filter(code="91.01.02").update(is_active=False)
    with django_assert_num_queries(1):
        children = list(list_children(Region(id=9100000000, code="91")))
    assert [(child.code, child.child_count) for child in children] == [("91.01", 1), ("91.02", 1), ("91.71", 1)]
    assert [(top.code, top.child_count) for top in list_children(None)] == [("91", 3)]


def test_ancestors_and_counts():
    assert codes(list_ancestors(Region.objects.get(code="91.01.01.2001"))) == ["91", "91.01", "91.01.01"]
    assert count_regions(within="91.01") == {"KABUPATEN": 1, "KECAMATAN": 2, "DESA": 2, "KELURAHAN": 1}
    assert codes(list_regions(level=Level.KABUPATEN)) == ["91.01", "91.02", "91.71"]


def test_a_scope_bounds_foreign_keys_too():
    desa = Region.objects.get(code="91.01.01.2001")
    Facility.objects.create(kind="POSYANDU", name="Melati", region=desa)
    assert Facility.objects.filter(Scope((get_span("91.01"),)).q("region_id")).count() == 1
    assert Facility.objects.filter(Scope((get_span("91.02"),)).q("region_id")).count() == 0
    assert Facility.objects.filter(Scope().q("region_id")).count() == 0
