"""Outlines: projecting, simplifying neighbours together, writing paths."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.lib.geo import (
    find_label_place,
    make_frame,
    make_path,
    measure_area,
    measure_gap,
    project,
    simplify_line,
    simplify_together,
)

SQUARE = [[[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]]]


def wavy(steps=40):
    """A common border from (1, 0) to (1, 1) that is anything but straight."""
    return [(1 + 0.05 * math.sin(step * 0.9), step / steps) for step in range(1, steps)]


def neighbours():
    border = [(1.0, 0.0), *wavy(), (1.0, 1.0)]
    west = [[[(0.0, 0.0), *border, (0.0, 1.0), (0.0, 0.0)]]]
    east = [[[(2.0, 1.0), *border[::-1], (2.0, 0.0), (2.0, 1.0)]]]
    return {"west": west, "east": east}


def test_frame_keeps_shapes_at_mid_latitude():
    outline = [[[(100.0, 59.0), (102.0, 59.0), (102.0, 61.0), (100.0, 61.0), (100.0, 59.0)]]]
    frame = make_frame([outline], 100)
    assert frame.height == pytest.approx(100)
    assert frame.width == pytest.approx(50, rel=1e-3)  # cos 60° = ½
    assert project(outline, frame)[0][0][0] == pytest.approx((0, 100))


def test_frame_needs_points():
    with pytest.raises(ValueError, match="no points"):
        make_frame([], 100)


def test_simplified_neighbours_still_share_their_border():
    simple = simplify_together(neighbours(), tolerance=0.02)
    west, east = (set(simple[name][0][0]) for name in ("west", "east"))
    assert len(west & east) < len(wavy())
    # nothing overlaps and nothing gapes: together they are the whole rectangle, exactly
    areas = [abs(measure_area(simple[name][0][0])) for name in ("west", "east")]
    assert sum(areas) == pytest.approx(2.0, abs=1e-12)
    between = {point for point in west if 0.5 < point[0] < 1.5}
    assert between == {point for point in east if 0.5 < point[0] < 1.5}


def test_an_island_keeps_an_area_whatever_the_tolerance():
    circle = [(math.cos(a / 20 * math.tau), math.sin(a / 20 * math.tau)) for a in range(20)]
    outline = [[[*circle, circle[0]]]]
    simple = simplify_together({"island": outline}, tolerance=50)
    assert abs(measure_area(simple["island"][0][0])) > 0


def test_islets_go_but_the_largest_part_stays():
    islet = [[(9.0, 9.0), (9.1, 9.0), (9.1, 9.1), (9.0, 9.0)]]
    assert len(simplify_together({1: [*SQUARE, islet]}, 0.0, smallest=0.1)[1]) == 1
    assert len(simplify_together({1: [islet]}, 0.0, smallest=0.1)[1]) == 1


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=40), st.floats(0.01, 20))
def test_no_point_left_out_is_farther_than_the_tolerance(line, tolerance):
    simple = simplify_line(line, tolerance)
    assert simple[0] == line[0] and simple[-1] == line[-1]
    pairs = list(pairwise(simple)) or [(simple[0], simple[0])]
    assert all(min(measure_gap(point, a, b) for a, b in pairs) <= tolerance + 1e-9 for point in line)


NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), min_size=3, max_size=20))
def test_path_says_the_points_to_one_decimal(points):
    path = make_path([[[*points, points[0]]]])
    assert re.fullmatch(r"M[^a-zA-Z]+(l[^a-zA-Z]+)?z", path)
    numbers = [float(number) for number in NUMBER.findall(path)]
    x, y = 0.0, 0.0
    written = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        written.append((round(x, 1), round(y, 1)))
    expected = [(round(x * 10) / 10, round(y * 10) / 10) for x, y in points]
    wanted = [point for index, point in enumerate(expected) if not index or point != expected[index - 1]]
    assert len(written) == len(wanted)
    assert all(math.dist(a, b) < 0.01 for a, b in zip(written, wanted, strict=True))


def test_label_stands_inside_where_there_is_room():
    horseshoe = [(0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10), (0, 0)]
    x, y, room = find_label_place([[[(float(a), float(b)) for a, b in horseshoe]]])
    assert (0 < x < 10 and 0 < y < 2 and room == 10) or (room == 2 and (x < 2 or x > 8))
