"""How many regions the list has: counted in two separately made transcriptions of Kepmendagri 300.2.2-2138/2025."""

from collections import Counter

import pytest

from tumbuh.regions.rules import count_rows, list_row_problems
from tumbuh.regions.sources.definitions import find_expected_counts
from tumbuh.regions.sources.lokal import iterate_rows, list_provinces

# code, name, kecamatan, desa, kelurahan
PROVINCE = [
    ("17.01", "Kabupaten Bengkulu Selatan", 11, 142, 16),
    ("17.02", "Kabupaten Rejang Lebong", 15, 122, 34),
    ("17.03", "Kabupaten Bengkulu Utara", 19, 215, 5),
    ("17.04", "Kabupaten Kaur", 15, 192, 3),
    ("17.05", "Kabupaten Seluma", 14, 182, 20),
    ("17.06", "Kabupaten Mukomuko", 15, 148, 3),
    ("17.07", "Kabupaten Lebong", 12, 93, 11),
    ("17.08", "Kabupaten Kepahiang", 8, 105, 12),
    ("17.09", "Kabupaten Bengkulu Tengah", 11, 142, 1),
    ("17.71", "Kota Bengkulu", 9, 0, 67),
]


@pytest.fixture(scope="module")
def province():
    return list(iterate_rows(["17"]))


@pytest.mark.parametrize(("code", "name", "kecamatan", "desa", "kelurahan"), PROVINCE)
def test_kabupaten(province, code, name, kecamatan, desa, kelurahan):
    inside = [row for row in province if row.code.startswith(f"{code}.")]
    kinds = Counter(str(row.kind) for row in inside)
    assert next(row.name for row in province if row.code == code) == name
    assert (kinds["KECAMATAN"], kinds["DESA"], kinds["KELURAHAN"]) == (kecamatan, desa, kelurahan)


def test_province(province):
    assert len(province) == 1653
    assert count_rows(province) == (1, 9, 1, 129, 1341, 172) == find_expected_counts("17")
    assert all(len(row.postal_code) == 5 for row in province if row.code.count(".") == 3)
    assert {row.legal_basis for row in province} == {"Kepmendagri 300.2.2-2138/2025"}


@pytest.mark.slow
def test_country():
    rows = list(iterate_rows())
    kinds = Counter(str(row.kind) for row in rows)
    assert len(rows) == 91_599
    assert len(list_provinces()) == 38
    assert count_rows(rows) == (38, 416, 98, 7285, 75_266, 8496) == find_expected_counts("")
    assert (kinds["DESA"], kinds["DESA_ADAT"]) == (75_252, 14)
    assert list_row_problems(rows) == []
    provinces = [find_expected_counts(code) for code in list_provinces()]
    assert tuple(map(sum, zip(*provinces, strict=True))) == find_expected_counts("")
