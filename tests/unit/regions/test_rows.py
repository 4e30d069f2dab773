"""Checking a list of regions and comparing it with what is stored."""

from tumbuh.regions.rules import (
    Counts,
    RegionRow,
    Stored,
    compare_rows,
    fold_name,
    list_count_problems,
    list_roots,
    list_row_problems,
)

GOOD = [RegionRow("91", "Anu"), RegionRow("91.01", "Hulu"), RegionRow("91.01.01", "Satu")]


def problems_of(*rows, stored=()):
    return [str(problem) for problem in list_row_problems([*GOOD, *rows], stored)]


def test_a_sound_list_has_no_problems():
    assert problems_of() == []
    assert list_row_problems([RegionRow("91.01", "Hulu")], {"91"}) == []


def test_each_problem_names_its_line():
    assert problems_of(RegionRow("91.1", "X", line=7))[0].startswith("Baris 7: Kode wilayah “91.1” tidak dikenali")
    assert "Baris 8: Nama wilayah 91.02" in problems_of(RegionRow("91.02", "", line=8))[0]
    assert "KABUPATEN" in problems_of(RegionRow("91.02", "X", "KOTA", line=9))[0]
    assert "lebih dari sekali" in problems_of(RegionRow("91.01", "X", line=9))[0]
    assert "kode 91.05.01 belum ada" in problems_of(RegionRow("91.05.01.2001", "X", line=9))[0]
    assert "Kode pos" in problems_of(RegionRow("91.02", "X", postal_code="123", line=9))[0]


def test_all_problems_come_at_once_in_order():
    wrong = [RegionRow("x", "X", line=9), RegionRow("91.02", "", line=5)]
    assert [problem.line for problem in list_row_problems([*GOOD, *wrong])] == [5, 9]


def test_counts_that_differ_are_named():
    one = list_count_problems(Counts(1, 9, 1, 129, 1341, 171), Counts(1, 9, 1, 129, 1341, 172), "Provinsi 17")
    assert [str(problem) for problem in one] == [
        "Provinsi 17: kelurahan ada 171, seharusnya 172. Periksa versi daftar wilayah."
    ]


def test_roots_are_the_topmost_rows():
    assert list_roots({"91", "91.01", "91.01.01"}) == ["91"]
    assert list_roots({"91.01.01", "91.02", "91.02.01"}) == ["91.01.01", "91.02"]


def stored(name, kind="DESA", *, active=True, local=False):
    return Stored(name, kind, "", "", active, local)


def test_differences():
    old = {
        "1": stored("Sama"),
        "2": stored("Lama"),
        "3": stored("Jadi kelurahan"),
        "4": stored("Hilang"),
        "5": stored("Kembali", active=False),
        "6": stored("Lokal", local=True),
        "7": stored("Sudah lama hilang", active=False),
        "8": stored("Bersumber"),
    }
    new = [
        RegionRow("1", "Sama", "DESA"),
        RegionRow("2", "Baru", "DESA"),
        RegionRow("3", "Jadi kelurahan", "KELURAHAN"),
        RegionRow("5", "Kembali", "DESA"),
        RegionRow("8", "Bersumber", "DESA", "38000", "SK 1"),
        RegionRow("9", "Tambah", "DESA"),
    ]
    report = compare_rows({row.code: row for row in new}, old)
    assert report.added == ["9"]
    assert report.renamed == [("2", "Lama", "Baru")]
    assert report.changed_kind == [("3", "DESA", "KELURAHAN")]
    assert report.deactivated == ["4"]
    assert report.reactivated == ["5"]
    assert report.updated == ["8"]
    assert report.unchanged == 1
    assert report.counts["renamed"] == 1


def test_names_fold_to_what_a_person_would_call_the_same():
    assert fold_name("  MELATI   1 ") == fold_name("Melati-1") == "melati 1"
    assert fold_name("Bedeng SS.") == fold_name("Bedeng SS")
    assert fold_name("Séluma") == "seluma"
    assert fold_name("–") == ""
