"""Plane geometry of outlines: projecting, simplifying neighbours together, SVG paths. Pure Python, no domain words.

A ring is a closed list of points (the last equals the first), a polygon a list of rings (outer first), an outline a
list of polygons: GeoJSON's MultiPolygon. Degrees are longitude first.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeVar

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
Outline = list[Polygon]
Key = TypeVar("Key")
SCANLINES = 15


class Frame(NamedTuple):
    """A sheet `width` × `height` units onto which degrees are projected; `per_degree` units per degree of latitude."""

    west: float
    north: float
    shrink: float
    per_degree: float
    width: float
    height: float


def list_rings(outlines: Iterable[Outline]) -> list[Ring]:
    """All rings of some outlines."""
    return [ring for outline in outlines for polygon in outline for ring in polygon]


def make_frame(outlines: Iterable[Outline], size: float) -> Frame:
    """The frame around the outlines whose longer side has `size` units: equirectangular, true at mid latitude."""
    points = [point for ring in list_rings(outlines) for point in ring]
    if not points:
        raise ValueError("no points to frame")
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    per_degree = size / max(wide, high)
    return Frame(west, north, shrink, per_degree, wide * per_degree, high * per_degree)


def project(outline: Outline, frame: Frame) -> Outline:
    """The outline in the frame's units, y downwards."""
    across = frame.shrink * frame.per_degree
    return [
        [[((x - frame.west) * across, (frame.north - y) * frame.per_degree) for x, y in ring] for ring in polygon]
        for polygon in outline
    ]


def measure_area(ring: Ring) -> float:
    """The signed area of a closed ring: positive where it runs counter-clockwise (y upwards)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def simplify_line(line: Ring, tolerance: float) -> Ring:
    """Douglas–Peucker: the line without points that are nearer than `tolerance` to what remains; both ends stay."""
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, distance = 0, tolerance
        for index in range(first + 1, last):
            gap = measure_gap(line[index], line[first], line[last])
            if gap > distance:
                farthest, distance = index, gap
        if farthest:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(keep)]


def measure_gap(point: Point, start: Point, end: Point) -> float:
    """Distance from a point to the segment between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length:
        along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def find_junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where more than two edges meet, so where lines shared by neighbours begin and end."""
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for a, b in pairwise(ring):
            neighbours.setdefault(a, set()).add(b)
            neighbours.setdefault(b, set()).add(a)
    return {point for point, others in neighbours.items() if len(others) > 2}


def simplify_ring(ring: Ring, junctions: set[Point], tolerance: float) -> Ring:
    """The ring simplified line by line between junctions, each line alike whichever neighbour it belongs to."""
    body = ring[:-1]
    cuts = [index for index, point in enumerate(body) if point in junctions]
    start = cuts[0] if cuts else body.index(min(body))
    body = body[start:] + body[:start]
    if not cuts:  # no neighbour touches it: cut also at the far side, so that something remains between the ends
        far = max(range(len(body)), key=lambda index: math.dist(body[0], body[index]))
        stops = [0, far, len(body)]
    else:
        stops = [index - start for index in cuts] + [len(body)]
    body.append(body[0])
    result: Ring = [body[0]]
    for first, last in pairwise(stops):
        line = body[first : last + 1]
        turned = (line[-1], line[-2]) < (line[0], line[1])  # one direction for both neighbours
        simple = simplify_line(line[::-1] if turned else line, tolerance)
        result += (simple[::-1] if turned else simple)[1:]
    return result


def simplify_together(outlines: Mapping[Key, Outline], tolerance: float, smallest: float = 0.0) -> dict[Key, Outline]:
    """The outlines with fewer points; shared edges stay shared, rings under `smallest` area go, one always remains."""
    junctions = find_junctions(list_rings(outlines.values()))
    return {key: simplify_outline(outline, junctions, tolerance, smallest) for key, outline in outlines.items()}


def simplify_outline(outline: Outline, junctions: set[Point], tolerance: float, smallest: float) -> Outline:
    """One outline of simplify_together."""
    largest = max(outline, key=lambda polygon: abs(measure_area(polygon[0])), default=[])
    result = []
    for polygon in outline:
        rings = []
        for ring in polygon:
            simple = simplify_ring(ring, junctions, tolerance)
            if len(simple) >= 4 and abs(measure_area(simple)) > smallest:
                rings.append(simple)
            elif ring is polygon[0]:
                rings = [ring] if polygon is largest else []
                break
        if rings:
            result.append(rings)
    return result


def make_path(outline: Outline) -> str:
    """The outline as an SVG path: one decimal, relative after each ring's first point, no point twice in a row."""
    parts = []
    for polygon in outline:
        for ring in polygon:
            tenths = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
            steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths) if a != b]
            moves = "".join(write(dx, first=not index) + write(dy) for index, (dx, dy) in enumerate(steps))
            start = f"M{write(tenths[0][0], first=True)}{write(tenths[0][1])}"
            parts.append(f"{start}l{moves}z" if moves else f"{start}z")
    return "".join(parts)


def write(tenths: int, *, first: bool = False) -> str:
    """Tenths as a decimal number in the fewest letters, with a space in front unless it is the first or negative."""
    whole, part = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{part}" if part else str(whole)
    sign = "-" if tenths < 0 else "" if first else " "
    return sign + text


def find_label_place(outline: Outline) -> tuple[float, float, float]:
    """A point inside the largest polygon where a line of writing has most room: (x, y, free width)."""
    polygon = max(outline, key=lambda polygon: abs(measure_area(polygon[0])))
    top, bottom = min(p[1] for p in polygon[0]), max(p[1] for p in polygon[0])
    best, most = (polygon[0][0][0], polygon[0][0][1], 0.0), 0.0
    for step in range(1, SCANLINES + 1):
        share = step / (SCANLINES + 1)
        y = top + (bottom - top) * share
        crossings = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
            for ring in polygon
            for a, b in pairwise(ring)
            if (a[1] > y) != (b[1] > y)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            merit = (right - left) * (1 - abs(share - 0.5))  # the middle first: writing needs height as well as width
            if merit > most:
                best, most = ((left + right) / 2, y, right - left), merit
    return best
