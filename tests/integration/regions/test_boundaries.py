"""Loading outlines, and the sheets prepared from them."""

from pathlib import Path

import pytest

from tests.factories.outlines import SOURCE, load_outlines, make_feature, make_features
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.lib.geojson import read_features
from tumbuh.regions.api import (
    Boundary,
    Region,
    RegionError,
    RegionFileError,
    find_boundary,
    get_layout,
    iterate_rows,
    load_boundaries,
    load_regions,
)
from tumbuh.regions.models import MapSheet

pytestmark = pytest.mark.django_db
KABUPATEN = ["91.01", "91.02", "91.71"]
PLACES = [folder / "shared/data/bengkulu" for folder in Path(__file__).resolve().parents]
REAL = next((place for place in PLACES if place.is_dir()), None)


def load(features, code_property="code"):
    numbered = [(number, one["properties"], one["geometry"]) for number, one in enumerate(features, 1)]
    return load_boundaries(by=SYSTEM, features=numbered, code_property=code_property, source=SOURCE)


def test_outlines_are_stored_and_a_sheet_is_prepared():
    make_province()
    report = load_outlines(KABUPATEN)
    assert (report.loaded, report.unknown, report.sheets) == (3, [], 1)
    assert find_boundary(Region.objects.get(code="91.02")).source == SOURCE
    layout, source = get_layout(KABUPATEN)
    assert (layout.is_grid, source, sorted(layout.shapes)) == (False, SOURCE, KABUPATEN)
    assert max(layout.width, layout.height) == 600
    assert layout.shapes["91.01"].x < layout.shapes["91.02"].x < layout.shapes["91.71"].x
    assert all(len(shape.path) < 200 for shape in layout.shapes.values())  # the teeth are smaller than can be seen
    assert Event.objects.get(action="regions.boundaries").after["loaded"] == 3


def test_outlines_again_replace_the_old_ones():
    make_province()
    load_outlines(KABUPATEN)
    before = get_layout(KABUPATEN)[0].shapes["91.01"].path
    load([make_feature("91.01", 101.0, 102.3)])
    assert Boundary.objects.count() == 3
    assert MapSheet.objects.count() == 1
    assert get_layout(KABUPATEN)[0].shapes["91.01"].path != before


def test_unknown_codes_are_reported_and_codes_without_dots_understood():
    make_province()
    report = load([make_feature("9101", 102, 103), make_feature("91.05", 103, 104)])
    assert (report.loaded, report.unknown) == (1, ["91.05"])
    assert load([make_feature("x", 102, 103, kode="91.02")], "kode").loaded == 1


def test_a_file_of_another_place_is_refused():
    make_province()
    with pytest.raises(RegionError, match="Muat daftar wilayah dahulu"):
        load([make_feature("92.01", 102, 103)])


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ({"properties": {"kode": "91.02"}, "geometry": None}, "Fitur ke-2: properti “code” tidak ada.*kode"),
        (make_feature("91/02", 102, 103), "Fitur ke-2: Kode wilayah “91/02”"),
        ({"properties": {"code": "91.02"}, "geometry": {"type": "Point"}}, r"Fitur ke-2 \(wilayah 91.02\)"),
        (make_feature("91.01", 102, 103), "Fitur ke-2: wilayah 91.01 ada dua kali"),
    ],
)
def test_a_wrong_feature_stops_the_file(feature, words):
    make_province()
    with pytest.raises(RegionFileError, match=words):
        load([make_feature("91.01", 102, 103), feature])
    assert not Boundary.objects.exists()


def test_without_enough_outlines_the_tiles_stay():
    make_province()
    assert get_layout(KABUPATEN)[0].is_grid
    load_outlines(["91.01"])
    assert get_layout(KABUPATEN)[0].is_grid
    load_outlines(["91.01", "91.02"])
    layout = get_layout(KABUPATEN)[0]
    assert not layout.is_grid and layout.shapes["91.71"].is_tile


def test_kecamatan_are_prepared_for_two_maps():
    make_province()
    load_outlines(["91.01.01", "91.01.02", "91.02.01"])
    sheets = MapSheet.objects.values_list("region__code", "level").order_by("region")
    assert list(sheets) == [("91", 3), ("91.01", 3), ("91.02", 3)]
    assert not get_layout(["91.01.01", "91.01.02", "91.02.01"])[0].is_grid


def test_inactive_regions_leave_the_sheet():
    make_province()
    load_outlines(KABUPATEN)
    Region.objects.filter(code="91.71").update(is_active=False)
    load(make_features(KABUPATEN)[:1])
    assert sorted(MapSheet.objects.get().shapes) == ["91.01", "91.02"]


def test_a_layout_takes_one_query(django_assert_num_queries):
    make_province()
    load_outlines(KABUPATEN)
    with django_assert_num_queries(1):
        get_layout(KABUPATEN)


@pytest.mark.slow
@pytest.mark.skipif(REAL is None, reason="the real outlines are not on this machine")
@pytest.mark.parametrize(
    ("name", "count", "sheets"),
    [
        ("kabupaten.geojson", 10, 1),
        ("kecamatan.geojson", 129, 11),
        ("desa.geojson", 1513, 129),
        ("bengkulu.topo.json", 140, 12),
    ],
)
def test_real_outlines(name, count, sheets):
    load_regions(by=SYSTEM, rows=iterate_rows(["17"]))
    report = load_boundaries(by=SYSTEM, features=read_features(REAL / name), code_property="code", source="uji")
    assert (report.loaded, report.unknown, report.sheets) == (count, [], sheets)
    for sheet in MapSheet.objects.all():
        assert all(path.startswith("M") and 0 < x < 600 and 0 < y < 600 for path, x, y, _ in sheet.shapes.values())
