"""Where each region stands on a map: outlines when there are boundaries, a grid of tiles when there are none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SIDE, GAP = 100, 4


@dataclass(frozen=True)
class Shape:
    """One region on the sheet: an SVG path, the point for its label, the width free there, and a short name."""

    path: str
    x: float
    y: float
    room: float
    short: str = ""
    is_tile: bool = False


@dataclass(frozen=True)
class Layout:
    """A sheet `width` × `height` units with one shape for each code."""

    width: float
    height: float
    shapes: dict[str, Shape]
    is_grid: bool


def make_tile(row: int, column: int, *, short: str = "", top: float = 0) -> Shape:
    """The square in a row (0 north) and column (0 west), moved down by `top`."""
    step, side = SIDE + GAP, SIDE
    x, y = column * step, top + row * step
    return Shape(f"M{x} {y:g}h{side}v{side}h-{side}z", x + side / 2, y + side / 2, side, short, True)


def lay_tiles(codes: Sequence[str], places: dict[str, tuple[int, int, str]] | None = None) -> Layout:
    """A grid for the codes: at their places (row, column, short name) if all have one, else in code order."""
    if places and set(codes) <= set(places):
        placed = {code: places[code] for code in codes}
    else:
        columns = max(1, math.ceil(math.sqrt(len(codes) * 1.3)))
        placed = {code: (*divmod(index, columns), "") for index, code in enumerate(sorted(codes))}
    shapes = {code: make_tile(row, column, short=short) for code, (row, column, short) in placed.items()}
    rows = max((place[0] for place in placed.values()), default=0) + 1
    columns = max((place[1] for place in placed.values()), default=0) + 1
    return Layout(columns * (SIDE + GAP) - GAP, rows * (SIDE + GAP) - GAP, shapes, True)


def add_missing(layout: Layout, codes: Sequence[str]) -> Layout:
    """The layout with a row of small tiles below it for codes that have no outline; unchanged when all have one."""
    missing = sorted(set(codes) - set(layout.shapes))
    if not missing:
        return layout
    columns = max(1, int((layout.width + GAP) // (SIDE + GAP)))
    top = layout.height + 2 * GAP
    tiles = {code: make_tile(*divmod(index, columns), top=top) for index, code in enumerate(missing)}
    height = top + math.ceil(len(missing) / columns) * (SIDE + GAP)
    return Layout(max(layout.width, SIDE), height, {**layout.shapes, **tiles}, layout.is_grid)
