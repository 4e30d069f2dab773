"""Outlines of the small province: each region a jagged rectangle that shares its borders with the next."""

from typing import Any

from tumbuh.audit.api import SYSTEM
from tumbuh.regions.api import load_boundaries

SOURCE = "Batas buatan untuk uji"


def make_border(x: float) -> list[list[float]]:
    """A line from south to north at a longitude, with small teeth."""
    return [[x + (0.0004 if step % 2 else 0), -3 + step / 50] for step in range(51)]


def make_feature(code: str, west: float, east: float, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature between two longitudes."""
    ring = [*make_border(east), *make_border(west)[::-1]]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": {"code": code} | properties, "geometry": geometry}


def make_features(codes: list[str]) -> list[dict[str, Any]]:
    """Neighbours from west to east."""
    return [make_feature(code, 102 + index * 0.3, 102.3 + index * 0.3) for index, code in enumerate(codes)]


def load_outlines(codes: list[str]) -> Any:
    """The neighbours stored as boundaries."""
    features = [(number, one["properties"], one["geometry"]) for number, one in enumerate(make_features(codes), 1)]
    return load_boundaries(by=SYSTEM, features=features, code_property="code", source=SOURCE)
