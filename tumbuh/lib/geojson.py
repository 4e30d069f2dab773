"""Reading outlines from GeoJSON (RFC 7946) and TopoJSON files, checked point by point."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tumbuh.lib.geo import Outline, Polygon, Ring, measure_area

LARGEST_BYTES = 256 * 1024 * 1024
MOST_POINTS = 4_000_000
DECIMALS = 5  # about one metre


class GeoFileError(ValueError):
    """The file cannot be used; the message says why and what to do."""


class GeometryError(ValueError):
    """One geometry is wrong; the message says how."""


def read_features(path: Path) -> list[tuple[int, dict[str, Any], Any]]:
    """(number from 1, properties with `id` among them, geometry as GeoJSON) of each feature in the file."""
    content = read_json(path)
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Topology":
        features = list(iterate_topology(content, path.name))
    elif kind == "FeatureCollection" and isinstance(content.get("features"), list):
        features = content["features"]
    elif kind == "Feature":
        features = [content]
    else:
        raise GeoFileError(
            f"Berkas {path.name} bukan GeoJSON FeatureCollection atau TopoJSON. "
            "Ekspor batas wilayah sebagai GeoJSON (WGS 84)."
        )
    result = []
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise GeoFileError(f"Fitur ke-{number} di {path.name} bukan objek. Ekspor ulang berkasnya.")
        properties = feature.get("properties")
        known = {"id": feature["id"]} if feature.get("id") is not None else {}
        result.append((number, known | (properties if isinstance(properties, dict) else {}), feature.get("geometry")))
    return result


def read_json(path: Path) -> Any:
    """The JSON in a file; GeoFileError when it is missing, too large or no JSON."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise GeoFileError(
                f"Berkas {path.name} terlalu besar: paling besar {LARGEST_BYTES >> 20} MB. Sederhanakan batasnya."
            )
        return json.loads(path.read_bytes())
    except OSError as error:
        raise GeoFileError(
            f"Berkas {path} tidak dapat dibaca: {error.strerror}. Periksa nama dan tempatnya."
        ) from error
    except json.JSONDecodeError as error:
        place = f"baris {error.lineno}, kolom {error.colno}"
        raise GeoFileError(f"Berkas {path.name} bukan JSON yang utuh ({place}). Ekspor ulang berkasnya.") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise GeoFileError(f"Berkas {path.name} bukan JSON dalam UTF-8. Ekspor ulang berkasnya.") from error


def read_outline(geometry: Any) -> Outline:
    """The checked outline of a Polygon or MultiPolygon: closed rings, outer counter-clockwise, holes clockwise."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise GeometryError(f"geometrinya {kind or 'kosong'}, seharusnya Polygon atau MultiPolygon")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise GeometryError("koordinatnya kosong")
    return [read_polygon(polygon) for polygon in polygons]


def read_polygon(rings: Any) -> Polygon:
    """A checked polygon."""
    if not isinstance(rings, list) or not rings:
        raise GeometryError("ada poligon tanpa titik")
    polygon = []
    for index, points in enumerate(rings):
        ring = read_ring(points)
        if len(ring) < 4 or not measure_area(ring):
            if index == 0:
                raise GeometryError("ada poligon yang tidak punya luas")
            continue  # a hole smaller than a metre
        turns_left = measure_area(ring) > 0
        polygon.append(ring if turns_left == (index == 0) else ring[::-1])
    return polygon


def read_ring(points: Any) -> Ring:
    """A closed ring of points in degrees, rounded to about a metre, without doubled points."""
    if not isinstance(points, list) or len(points) < 3:
        raise GeometryError("ada garis batas dengan kurang dari tiga titik")
    ring: Ring = []
    for point in points:
        if not isinstance(point, list) or len(point) < 2 or not all(is_number(value) for value in point[:2]):
            raise GeometryError("ada titik yang bukan pasangan angka")
        longitude, latitude = float(point[0]), float(point[1])
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise GeometryError(
                f"titik {longitude:g}, {latitude:g} di luar bujur ±180 dan lintang ±90; "
                "simpan dalam WGS 84, bujur lebih dahulu"
            )
        place = (round(longitude, DECIMALS), round(latitude, DECIMALS))
        if not ring or ring[-1] != place:
            ring.append(place)
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def count_points(outline: Outline) -> int:
    """How many points an outline has."""
    return sum(len(ring) for polygon in outline for ring in polygon)


def to_geometry(outline: Outline) -> dict[str, Any]:
    """The outline as a GeoJSON geometry."""
    if len(outline) == 1:
        return {"type": "Polygon", "coordinates": outline[0]}
    return {"type": "MultiPolygon", "coordinates": outline}


def iterate_topology(content: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The polygons of all layers of a TopoJSON as GeoJSON features."""
    try:
        arcs = [unfold_arc(arc, content.get("transform")) for arc in content["arcs"]]
        for layer in content["objects"].values():
            members = layer["geometries"] if layer["type"] == "GeometryCollection" else [layer]
            for member in members:
                geometry = unfold_geometry(member, arcs)
                yield {"id": member.get("id"), "properties": member.get("properties"), "geometry": geometry}
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise GeoFileError(f"TopoJSON di {name} tidak utuh. Ekspor sebagai GeoJSON, lalu coba lagi.") from error


def unfold_arc(arc: list[list[float]], transform: Mapping[str, Any] | None) -> list[list[float]]:
    """An arc in degrees: quantised arcs hold differences in steps of `scale` from `translate`."""
    if not transform:
        return [[float(x), float(y)] for x, y, *_ in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0.0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append([x * scale_x + move_x, y * scale_y + move_y])
    return points


def unfold_geometry(member: Mapping[str, Any], arcs: list[list[list[float]]]) -> dict[str, Any] | None:
    """A TopoJSON polygon as GeoJSON; None for other sorts."""
    if member.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    polygons = [member["arcs"]] if member["type"] == "Polygon" else member["arcs"]
    return {
        "type": "MultiPolygon",
        "coordinates": [[join_arcs(indexes, arcs) for indexes in polygon] for polygon in polygons],
    }


def join_arcs(indexes: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """One ring of several arcs; ~index is the arc backwards."""
    ring: list[list[float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc if not ring else arc[1:]
    return ring
