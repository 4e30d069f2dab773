"""How the counts of other systems are read: what a cell may say, what must hold between the columns."""

from datetime import date

import pytest

from tumbuh.intake.sources.api import find_source, guess_list, read_line

TODAY, MONTH = date(2026, 11, 24), date(2026, 3, 1)
FAMILIES = ["Desa", "Jumlah Keluarga Sasaran", "Jumlah Keluarga Berisiko Stunting"]


def read(name, headings, cells, *, month=MONTH):
    source = find_source(name)
    return read_line(cells, guess_list([headings, cells], source), source, today=TODAY, month=month)


def list_counts(line):
    return {name: count for fact in line.told.facts for name, count in fact.values.items()}


def list_codes(line):
    return [reason.code for reason in line.reasons]


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (120, 120), (120.0, 120), ("120", 120), ("1.234", 1234), ("1,234", 1234), ("12.345.678", None), ("0", 0),
        (0, 0), (" 12 ", 12), ("12,0", 12), ("", None), ("-", None), (None, None), ("12,5", None), (12.5, None),
        ("12%", None), ("-3", None), (-3, None), ("banyak", None), ("12 kg", None),
    ],
)  # fmt: skip
def test_a_count_is_a_whole_number_and_a_blank_is_no_zero(cell, count):
    line = read("aksi_bangda", ["Desa", "Jumlah Ibu Hamil", "Jumlah Balita Diukur"], ["SUMBER JAYA", cell, 10])
    assert list_counts(line).get("pregnant") == count
    is_silent = count is not None or cell in ("", "-", None)
    assert bool(list_codes(line)) != is_silent


@pytest.mark.parametrize(
    ("headings", "cells", "code"),
    [
        (FAMILIES, ["A", 20, 30], "PART_EXCEEDS"),
        (FAMILIES, ["A", 20, 20], ""),
        (FAMILIES, ["A", "", 30], ""),
        (FAMILIES, ["A", "", ""], "COUNTS_MISSING"),
        (["Desa", "Jumlah Balita Diukur", "Jumlah Sangat Pendek", "Jumlah Pendek"], ["A", 10, 6, 5], "PARTS_EXCEED"),
        (["Desa", "Jumlah Balita Diukur", "Jumlah Pendek", "Jumlah Sangat Pendek"], ["A", 11, 6, 5], ""),
        (
            ["Desa", "Jumlah Ibu Hamil", "Indikator 1: Terlayani", "Indikator 1: Sasaran"],
            ["A", 1, 5, 4],
            "PART_EXCEEDS",
        ),
    ],
)
def test_what_must_hold_between_figures_of_aksi_bangda(headings, cells, code):
    assert list_codes(read("aksi_bangda", headings, cells)) == ([code] if code else [])


CHILDREN = ["Desa", "Laki-laki 0-4 tahun", "Perempuan 0-4 tahun", "Jumlah 0-4 tahun"]


@pytest.mark.parametrize(
    ("headings", "cells", "code", "under_five"),
    [
        (CHILDREN, ["A", 40, 38, 78], "", 78),
        (CHILDREN, ["A", 40, 38, 80], "SUM_DIFFERS", 80),
        (CHILDREN, ["A", 40, 38, ""], "", 78),
        (["0-4 L", "Desa", "0-4 P"], [40, "A", 38], "", 78),
        (["Desa", *(f"{sex} {age}" for age in range(5) for sex in "LP")], ["A", *range(1, 11)], "", 55),
        (["Desa", "Laki-laki 0-4 tahun", *(f"L {age}" for age in range(5))], ["A", 16, 1, 2, 3, 4, 5], "SUM_DIFFERS",
         None),
        (["Desa", "Laki-laki 0-4 tahun", "Jumlah Laki-laki", "Jumlah Perempuan", "Jumlah Penduduk"],
         ["A", 40, "1.600", "1.590", "3.191"], "SUM_DIFFERS", None),
    ],
)  # fmt: skip
def test_groups_add_up_to_their_totals(headings, cells, code, under_five):
    line = read("dukcapil", headings, cells)
    assert (list_codes(line), list_counts(line).get("under_five")) == ([code] if code else [], under_five)


@pytest.mark.parametrize(
    "heading", ["Laki-laki 6 tahun", "Laki-laki 54 tahun", "Laki-laki (sisanya)", "Laki-laki 0-5 tahun"]
)
def test_a_heading_that_is_only_alike_is_another_age(heading):
    reading = guess_list([[*CHILDREN, heading]], find_source("dukcapil"))
    assert [column.field for column in reading.columns] == ["desa", "m_0_4", "f_0_4", "t_0_4", ""]


@pytest.mark.parametrize(
    ("semester", "year", "month", "period", "code"),
    [
        ("", "", date(2026, 3, 1), date(2026, 6, 1), ""),
        ("1", "2026", None, date(2026, 6, 1), ""),
        ("Semester II 2025", "", None, date(2025, 12, 1), ""),
        ("II", "2025", date(2025, 8, 1), date(2025, 12, 1), ""),
        ("2", "2025", date(2026, 3, 1), date(2025, 12, 1), "PERIOD_DIFFERS"),
        ("1", "2025", date(2026, 3, 1), date(2025, 6, 1), "PERIOD_DIFFERS"),
        ("3", "2025", None, None, "PERIOD_UNREADABLE"),
        ("1", "2031", None, None, "PERIOD_UNREADABLE"),
        ("1", "1826", None, None, "PERIOD_UNREADABLE"),
        ("2", "2026", None, date(2026, 12, 1), "PERIOD_IN_FUTURE"),
    ],
)
def test_the_half_year_is_the_one_that_was_chosen(semester, year, month, period, code):
    line = read("dukcapil", [*CHILDREN, "Semester", "Tahun"], ["A", 40, 38, 78, semester, year], month=month)
    assert (line.told.on, list_codes(line)) == (period, [code] if code else [])
