"""Reading outlines from files."""

import json

import pytest

from tumbuh.lib.geojson import GeoFileError, GeometryError, read_features, read_outline, to_geometry

RING = [[101.0, -3.0], [102.0, -3.0], [102.0, -2.0], [101.0, -3.0]]  # counter-clockwise


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def write(tmp_path, content):
    path = tmp_path / "batas.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_rings_are_turned_as_rfc_7946_asks():
    hole = [[101.8, -2.8], [101.9, -2.8], [101.9, -2.7], [101.8, -2.8]]
    outer, inner = read_outline(polygon(RING[::-1], hole))[0]
    assert outer == [tuple(point) for point in RING]
    assert inner == [tuple(point) for point in hole[::-1]]


def test_open_rings_are_closed_and_doubled_points_dropped():
    assert read_outline(polygon([RING[0], RING[0], *RING[1:-1]]))[0][0] == [tuple(point) for point in RING]


def test_geometry_there_and_back():
    several = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    for geometry in (polygon(RING), several):
        assert json.loads(json.dumps(to_geometry(read_outline(geometry)))) == geometry


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "kosong"),
        ({"type": "Point", "coordinates": [1, 2]}, "Point"),
        (polygon(), "tanpa titik"),
        ({"type": "MultiPolygon", "coordinates": []}, "kosong"),
        (polygon(RING[:2]), "kurang dari tiga titik"),
        (polygon([[1, 1], [2, 2], [3, 3], [1, 1]]), "tidak punya luas"),
        (polygon([[1, 1], ["2", 2], [3, 3]]), "pasangan angka"),
        (polygon([[1, 1], [float("nan"), 2], [3, 3]]), "pasangan angka"),
        (polygon([[1, 1], [True, 2], [3, 3]]), "pasangan angka"),
        (polygon([[-3, 101], [-3, 102], [-2, 102], [-3, 101]]), "lintang"),
        (polygon([[700000, 9600000], [700001, 9600000], [700001, 9600001]]), "WGS 84"),
    ],
)
def test_wrong_geometry_is_described(geometry, words):
    with pytest.raises(GeometryError, match=words):
        read_outline(geometry)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "baris 1, kolom 2"),
        ("[]", "bukan GeoJSON"),
        ('{"type": "Polygon"}', "bukan GeoJSON"),
        ('{"type": "FeatureCollection", "features": [3]}', "Fitur ke-1"),
        ('{"type": "Topology", "arcs": [[[0]]], "objects": {}}', "tidak utuh"),
        ("[" * 100_000, "bukan JSON"),
    ],
)
def test_wrong_files_end_in_a_sentence(tmp_path, content, words):
    with pytest.raises(GeoFileError, match=words):
        read_features(write(tmp_path, content))


def test_missing_and_binary_files(tmp_path):
    with pytest.raises(GeoFileError, match="tidak dapat dibaca"):
        read_features(tmp_path / "tidak-ada.json")
    (tmp_path / "gambar.json").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(GeoFileError, match="UTF-8"):
        read_features(tmp_path / "gambar.json")


def test_feature_id_can_serve_as_code(tmp_path):
    feature = {"type": "Feature", "id": "17.01", "properties": None, "geometry": polygon(RING)}
    assert read_features(write(tmp_path, feature)) == [(1, {"id": "17.01"}, polygon(RING))]


def test_topojson_arcs_are_joined_in_both_directions(tmp_path):
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [100, -3]},
        "arcs": [[[0, 0], [2, 0]], [[2, 0], [0, 2]], [[0, 0], [2, 2]]],
        "objects": {
            "layer": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "arcs": [[0, 1, ~2]], "properties": {"code": "17"}}],
            }
        },
    }
    [(_, properties, geometry)] = read_features(write(tmp_path, topology))
    assert properties == {"code": "17"}
    assert read_outline(geometry) == [[[(100, -3), (101, -3), (101, -2), (100, -3)]]]
