"""How the cells of an e-PPGBM sheet are read: what stands there, what we understand. Readable as a reference."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tumbuh.intake.eppgbm.ages import format_age, read_age
from tumbuh.intake.eppgbm.dates import read_date, swap_day_and_month
from tumbuh.intake.eppgbm.nik import compare_nik, read_nik
from tumbuh.intake.eppgbm.numbers import read_hundredths, read_number
from tumbuh.intake.eppgbm.texts import find_gain, find_mode, find_sex, optional_text

OCT5 = date(2026, 10, 5)

DATES = [
    # what stands in the cell, the date, remark ("missing", "swapped")
    (OCT5, OCT5, ""),
    (datetime(2026, 10, 5, 8, 30), OCT5, ""),  # noqa: DTZ001
    ("2026-10-05", OCT5, ""),
    ("2026/10/05", OCT5, ""),
    ("2026-10-05 00:00:00", OCT5, ""),
    ("2026-10-05T08:30:00", OCT5, ""),
    ("05/10/2026", OCT5, ""),
    ("5/10/2026", OCT5, ""),
    ("05-10-2026", OCT5, ""),
    ("05.10.2026", OCT5, ""),
    ("05/10/26", OCT5, ""),
    ("5 - 10 - 2026", OCT5, ""),
    ("05/10/2026 08:30", OCT5, ""),
    ("\u00a005/10/2026 ", OCT5, ""),
    ("5 Oktober 2026", OCT5, ""),
    ("05 Okt 2026", OCT5, ""),
    ("05-Oct-26", OCT5, ""),
    ("5 OKTOBER 2026", OCT5, ""),
    ("Senin, 5 Oktober 2026", OCT5, ""),
    ("October 5, 2026", OCT5, ""),
    ("17 Agustus 2025", date(2025, 8, 17), ""),
    ("1 Pebruari 2024", date(2024, 2, 1), ""),
    ("10 Nopember 2023", date(2023, 11, 10), ""),
    ("3 Mei 2024", date(2024, 5, 3), ""),
    ("20261005", OCT5, ""),
    ("05102026", OCT5, ""),
    (20261005, OCT5, ""),
    (46300, OCT5, ""),
    (46300.5, OCT5, ""),
    ("46300", OCT5, ""),
    ("29/02/2024", date(2024, 2, 29), ""),
    ("10/25/2026", date(2026, 10, 25), "swapped"),
    ("2026-25-10", date(2026, 10, 25), "swapped"),
    ("29/02/2023", None, ""),
    ("31/11/2026", None, ""),
    ("45/10/2026", None, ""),
    ("Oktober", None, ""),
    ("kemarin", None, ""),
    ("2026", None, ""),
    (True, None, ""),
    (12.5, None, ""),
    ("05/10/0026", None, ""),
    (None, None, "missing"),
    ("", None, "missing"),
    ("-", None, "missing"),
    (0, None, "missing"),
    ("00/00/0000", None, "missing"),
    ("0000-00-00", None, "missing"),
    ("#N/A", None, "missing"),
]

NUMBERS = [
    ("8.5", "8.5", ""),
    ("8,5", "8.5", ""),
    (" 8,50 ", "8.5", ""),
    ("8, 5", "8.5", ""),
    (8.5, "8.5", ""),
    (8, "8", ""),
    (8.4000000000000004, "8.4", ""),
    ("8,5 kg", "8.5", ""),
    ("8.5kg.", "8.5", ""),
    ("85 cm", "85", ""),
    ("8500 gr", "8500", ""),
    ("0,85 m", "0.85", ""),
    (",5", "0.5", ""),
    ("10,125", "10.125", ""),
    ("1.234,5", "1234.5", ""),
    ("1,234.5", "1234.5", ""),
    ("8,", "8", ""),
    ("-2,13", "-2.13", ""),
    ("−2,13", "-2.13", ""),
    ("8..5", None, ""),
    ("8,5,0", None, ""),
    ("8 5", None, ""),
    ("delapan", None, ""),
    ("8.5/9", None, ""),
    ("1e3", None, ""),
    (True, None, ""),
    (float("nan"), None, ""),
    (OCT5, None, ""),
    (0, None, "missing"),
    ("0", None, "missing"),
    ("0,0", None, "missing"),
    ("-", None, "missing"),
    ("", None, "missing"),
    (None, None, "missing"),
    ("N/A", None, "missing"),
]

NIKS = [
    ("1701015205200001", "1701015205200001", "ok", ""),
    ("'1701015205200001", "1701015205200001", "ok", ""),
    (" 1701 0152 0520 0001 ", "1701015205200001", "ok", ""),
    ("1701.015205.20.0001", "1701015205200001", "ok", ""),
    (1701015205200001, "", "damaged", "NIK_DAMAGED"),
    (1.7010152052e15, "", "damaged", "NIK_DAMAGED"),
    ("1,70102E+15", "", "damaged", "NIK_DAMAGED"),
    ("1.70102E+15", "", "damaged", "NIK_DAMAGED"),
    ("170101520520000", "", "invalid", "NIK_INVALID"),
    ("17010152052000011", "", "invalid", "NIK_INVALID"),
    ("belum punya", "", "invalid", "NIK_INVALID"),
    ("17O1015205200001", "", "invalid", "NIK_INVALID"),
    ("9999999999999999", "", "invalid", "NIK_PLACEHOLDER"),
    ("1234567890123456", "", "invalid", "NIK_PLACEHOLDER"),
    (None, "", "missing", "NIK_MISSING"),
    ("", "", "missing", "NIK_MISSING"),
    ("-", "", "missing", "NIK_MISSING"),
    ("0", "", "missing", "NIK_MISSING"),
    (0, "", "missing", "NIK_MISSING"),
    ("0000000000000000", "", "missing", "NIK_MISSING"),
    ("tidak ada", "", "missing", "NIK_MISSING"),
]

NIK_AGAINST_ROW = [
    # NIK, sex, birth date, remarks
    ("1701011205200001", "M", date(2020, 5, 12), []),
    ("1701015205200001", "F", date(2020, 5, 12), []),
    ("1701015205200001", "M", date(2020, 5, 12), ["NIK_SEX_DIFFERS"]),
    ("1701011205200001", "F", date(2020, 5, 12), ["NIK_SEX_DIFFERS"]),
    ("1701011205200001", "M", date(2020, 12, 5), ["NIK_BIRTH_DIFFERS"]),
    ("1701011205200001", "F", date(2021, 5, 12), ["NIK_BIRTH_DIFFERS", "NIK_SEX_DIFFERS"]),
    ("1701019999990001", "", None, []),
]

AGES = [
    ("2 Tahun - 3 Bulan - 12 Hari", 834),
    ("0 Tahun - 0 Bulan - 5 Hari", 5),
    ("1 Tahun", 365),
    ("27 Bulan", 822),
    ("2 thn 3 bln 12 hr", 834),
    ("27", 822),
    ("2th3bl", 822),
    ("3 minggu", 21),
    ("dua tahun", None),
    ("", None),
]

AGE_TEXTS = [
    (date(2024, 7, 1), date(2026, 10, 13), "2 Tahun - 3 Bulan - 12 Hari"),
    (date(2026, 10, 5), date(2026, 10, 5), "0 Tahun - 0 Bulan - 0 Hari"),
    (date(2024, 2, 29), date(2025, 2, 28), "0 Tahun - 11 Bulan - 30 Hari"),
    (date(2026, 1, 31), date(2026, 3, 1), "0 Tahun - 1 Bulan - 1 Hari"),
    (date(2025, 12, 31), date(2026, 1, 1), "0 Tahun - 0 Bulan - 1 Hari"),
]

CODES = [
    (find_sex, "L", "M"),
    (find_sex, "p", "F"),
    (find_sex, "Laki-laki", "M"),
    (find_sex, "PEREMPUAN", "F"),
    (find_sex, "1", "M"),
    (find_sex, "2", "F"),
    (find_sex, "x", ""),
    (find_mode, "Terlentang", "L"),
    (find_mode, "TELENTANG", "L"),
    (find_mode, "berbaring", "L"),
    (find_mode, "Berdiri", "H"),
    (find_mode, "duduk", ""),
    (find_gain, "N", "N"),
    (find_gain, "t", "T"),
    (find_gain, "Tidak Naik", "T"),
    (find_gain, "O", "O"),
    (find_gain, "B", "B"),
    (find_gain, "Y", ""),
    (optional_text, "  Siti\u00a0 Nur\u200b ", "Siti Nur"),
    (optional_text, "#N/A", ""),
    (optional_text, 12.0, "12"),
    (optional_text, 7, "7"),
    (optional_text, None, ""),
    (read_hundredths, "-2,13", -213),
    (read_hundredths, -2.135, -214),
    (read_hundredths, 0, 0),
    (read_hundredths, "", None),
    (read_hundredths, "sangat pendek", None),
    (read_hundredths, 250, None),
]


@pytest.mark.parametrize(("cell", "expected", "remark"), DATES)
def test_dates(cell, expected, remark):
    read = read_date(cell)
    assert read.date == expected
    assert (read.is_missing, read.is_swapped) == (remark == "missing", remark == "swapped")


@pytest.mark.parametrize(("cell", "expected", "remark"), NUMBERS)
def test_numbers(cell, expected, remark):
    read = read_number(cell)
    assert read.value == (None if expected is None else Decimal(expected))
    assert read.is_missing == (remark == "missing")


@pytest.mark.parametrize(("cell", "digits", "status", "code"), NIKS)
def test_niks(cell, digits, status, code):
    read = read_nik(cell)
    assert (read.digits, read.status.value, read.code) == (digits, status, code)


@pytest.mark.parametrize(("nik", "sex", "birth", "codes"), NIK_AGAINST_ROW)
def test_nik_against_the_row(nik, sex, birth, codes):
    assert [code for code, _, _ in compare_nik(nik, sex, birth)] == codes


@pytest.mark.parametrize(("text", "days"), AGES)
def test_ages(text, days):
    read = read_age(text)
    assert (None if read is None else round(read.days)) == days


@pytest.mark.parametrize(("birth", "day", "text"), AGE_TEXTS)
def test_age_texts(birth, day, text):
    assert format_age(birth, day) == text


@pytest.mark.parametrize(("read", "cell", "expected"), CODES)
def test_codes_and_texts(read, cell, expected):
    assert read(cell) == expected


def test_day_and_month_exchanged():
    assert swap_day_and_month(date(2026, 10, 5)) == date(2026, 5, 10)
    assert swap_day_and_month(date(2026, 10, 25)) is None
    assert swap_day_and_month(date(2026, 5, 5)) is None


@pytest.mark.parametrize(
    ("cell", "told"),
    [("170101520520000", "1701•••••••••••"), ("17O1015205200001", "17O1••••••••••••"), ("belum punya", "belum punya")],
)
def test_a_remark_never_repeats_the_digits_of_a_nik(cell, told):
    assert read_nik(cell).found == told
