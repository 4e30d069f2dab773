"""Tile grids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.regions.rules import Layout, Shape, lay_tiles
from tumbuh.regions.rules.tiles import add_missing
from tumbuh.regions.sources.definitions import find_tile_places

NEIGHBOURS = [
    ("17.06", "17.07"), ("17.06", "17.03"), ("17.03", "17.07"), ("17.03", "17.02"), ("17.03", "17.09"),
    ("17.07", "17.02"), ("17.02", "17.08"), ("17.02", "17.09"), ("17.09", "17.08"), ("17.09", "17.71"),
    ("17.09", "17.05"), ("17.71", "17.05"), ("17.05", "17.01"), ("17.01", "17.04"),
]  # fmt: skip


def test_the_grid_of_the_province_is_whole():
    places = find_tile_places("17")
    assert sorted(places) == ["17.01", "17.02", "17.03", "17.04", "17.05", "17.06", "17.07", "17.08", "17.09", "17.71"]
    assert len({place[:2] for place in places.values()}) == 10


@pytest.mark.parametrize(("a", "b"), [pair for pair in NEIGHBOURS if pair not in {("17.06", "17.07")}])
def test_real_neighbours_stand_side_by_side_or_corner_to_corner(a, b):
    places = find_tile_places("17")
    (row_a, column_a, _), (row_b, column_b, _) = places[a], places[b]
    assert max(abs(row_a - row_b), abs(column_a - column_b)) == 1


def test_other_regions_have_no_grid_file():
    assert find_tile_places("99") == {}


@given(st.integers(1, 300))
def test_a_grid_in_code_order_gives_each_region_its_own_place(count):
    codes = [f"91.01.{number // 100 + 1:02}.{2000 + number}" for number in range(count)]
    layout = lay_tiles(codes)
    spots = {(shape.x, shape.y) for shape in layout.shapes.values()}
    assert len(spots) == count == len(layout.shapes)
    assert all(0 < x < layout.width and 0 < y < layout.height for x, y in spots)
    assert layout.is_grid


def test_places_count_only_when_every_region_has_one():
    places = {"91.01": (0, 1, "Hulu")}
    assert lay_tiles(["91.01"], places).shapes["91.01"].short == "Hulu"
    assert lay_tiles(["91.01", "91.02"], places).shapes["91.01"].short == ""


def test_regions_without_an_outline_become_tiles_below():
    layout = Layout(600, 400, {"91.01": Shape("M0 0z", 5, 5, 5)}, False)
    assert add_missing(layout, ["91.01"]) is layout
    more = add_missing(layout, ["91.01", "91.02"])
    assert more.shapes["91.02"].y > 400
    assert more.height >= more.shapes["91.02"].y + 50
