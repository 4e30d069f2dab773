"""Where the header is and what each column means, in the sheets that exist."""

import json
from datetime import date

import pytest

from tests.factories.eppgbm_sheet import HEADINGS, make_row
from tumbuh.intake.eppgbm.api import Layout, guess_columns, list_fields, load_reading, split_visits
from tumbuh.intake.eppgbm.fields import get_spellings, guess_field

FIELDS_OF_EXPORT = [
    "number",
    "nik",
    "name",
    "sex",
    "birth_date",
    "birth_weight_kg",
    "birth_length_cm",
    "parent_name",
    "provinsi",
    "kabupaten",
    "kecamatan",
    "puskesmas",
    "desa",
    "posyandu",
    "rt",
    "rw",
    "address",
    "age_text",
    "measured_on",
    "weight_kg",
    "lenhei_cm",
    "mode",
    "muac_cm",
    "waz_status",
    "file_waz",
    "haz_status",
    "file_haz",
    "whz_status",
    "file_whz",
    "weight_gain",
    "pmt_kg",
    "vitamin_a",
    "kpsp",
    "kia",
    "detail",
]

SPELLINGS = [
    ("Pukesmas", "puskesmas"),
    ("Puskesmas", "puskesmas"),
    ("NAMA BALITA", "name"),
    ("Jenis Kelamin (L/P)", "sex"),
    ("TGL. LAHIR", "birth_date"),
    ("Tanggal Lahir (DD/MM/YYYY)", "birth_date"),
    ("tanggal_pengukuran", "measured_on"),
    ("Tgl Ukur", "measured_on"),
    ("Tanggal Pengkuran", "measured_on"),
    ("Berat Badan (Kg)", "weight_kg"),
    ("BB", "weight_kg"),
    ("PB/TB (cm)", "lenhei_cm"),
    ("Tinggi Badan", "lenhei_cm"),
    ("ZS BB/TB", "file_whz"),
    ("BB/TB", "whz_status"),
    ("BB Lahir", "birth_weight_kg"),
    ("Kelurahan/Desa", "desa"),
    ("Kab / Kota", "kabupaten"),
    ("Posiandu", "posyandu"),
    ("Lingkar Kepala", "head_cm"),
    ("NIK Ibu", "mother_nik"),
    ("MBG", ""),
    ("Status Bulan", ""),
    ("IMD", ""),
    ("", ""),
]


@pytest.mark.parametrize(("heading", "field"), SPELLINGS)
def test_spellings(heading, field):
    assert guess_field(heading)[0] == field


def test_no_spelling_is_claimed_twice():
    assert len(get_spellings()) > len(list_fields())


def test_the_real_header_is_read_without_a_doubt():
    reading = guess_columns([HEADINGS, make_row()], sheet="Sheet1")
    assert [column.field for column in reading.columns] == FIELDS_OF_EXPORT
    assert {column.confidence for column in reading.columns} == {1.0}
    assert (reading.layout, reading.header_row, reading.first_data_row) == (Layout.EPPGBM, 1, 2)
    assert reading.missing == () and reading.doubled == ()
    assert reading.is_usable


def test_titles_above_and_a_line_of_numbers_below():
    rows = [
        ["LAPORAN PENGUKURAN BALITA"],
        ["Kabupaten", "Bengkulu Selatan"],
        ["Bulan", "Oktober 2026"],
        [None],
        [None] * 3,
        [None],
        HEADINGS,
        list(range(1, len(HEADINGS) + 1)),
        make_row(),
    ]
    reading = guess_columns(rows)
    assert (reading.header_row, reading.first_data_row) == (7, 9)
    assert reading.is_usable


def test_reordered_and_extra_columns_are_kept():
    headings = [*reversed(HEADINGS), "MBG", "Kelas Ibu Balita", None, "Lingkar Kepala"]
    reading = guess_columns([headings, [None]])
    assert reading.is_usable
    assert reading.columns[0].field == "detail"
    extra = {column.heading: column.field for column in reading.columns[len(HEADINGS) :]}
    assert extra == {"MBG": "", "Kelas Ibu Balita": "", "Lingkar Kepala": "head_cm"}


def test_two_lines_of_headings():
    upper = ["No", "NIK", "Nama", "JK", "Tgl Lahir", "Desa/Kel", "Pengukuran", None, None, None, "BB/U", None]
    lower = [None, None, None, None, None, None, "Tanggal Ukur", "Berat", "Tinggi", "Cara Ukur", "Status", "ZS"]
    reading = guess_columns([["Judul"], upper, lower, [1, "x", "y"]])
    assert [column.field for column in reading.columns] == (
        [
            "number",
            "nik",
            "name",
            "sex",
            "birth_date",
            "desa",
            "measured_on",
            "weight_kg",
            "lenhei_cm",
            "mode",
            "waz_status",
            "file_waz",
        ]
    )
    assert (reading.header_row, reading.first_data_row) == (2, 4)
    assert reading.is_usable


def test_of_two_claimants_the_surest_is_taken():
    reading = guess_columns([["NIK", "Nama", "Nama Lengkap", "JK", "Tgl Lahir", "Tgl Ukur", "Beratt", "Berat"]])
    fields = [column.field for column in reading.columns]
    assert fields == ["nik", "name", "", "sex", "birth_date", "measured_on", "", "weight_kg"]
    assert set(reading.doubled) == {"name", "weight_kg"}


def test_missing_columns_are_named():
    reading = guess_columns([["NIK", "Nama", "Tgl Lahir", "Tanggal Pengukuran", "Alamat"]])
    assert reading.missing == ("sex", "weight_kg")
    assert not reading.is_usable


@pytest.mark.parametrize("rows", [[], [[]], [["a", "b", "c"]], [[1, 2, 3]], [["Nama", "Alamat"], ["Ani", "Jl."]]])
def test_a_sheet_without_a_header(rows):
    reading = guess_columns(rows)
    assert reading.layout is Layout.NONE
    assert not reading.is_usable
    assert load_reading(reading.to_json()) == reading


def test_a_confirmed_reading_survives_json_and_a_change():
    reading = guess_columns(
        [["NIK", "Nama", "Gndr", "Tgl Lahir", "Tanggal Pengukuran", "Berat"]], sheet="A", first_row=3
    )
    data = json.loads(json.dumps(reading.to_json()))
    assert load_reading(data) == reading
    assert reading.missing == ("sex",)
    data["columns"][2]["field"] = "sex"
    assert load_reading(data).missing == ()
    data["columns"][2]["field"] = "apa"
    with pytest.raises(ValueError, match="apa"):
        load_reading(data)


def test_the_two_sheets_of_the_community_template():
    base = "No. KK|NIK Anak|Nama Anak|Tanggal Lahir|Jenis Kelamin|Anak Ke|Berat Lahir (kg)|Panjang Lahir (cm)"
    base += "|NIK Ibu|NIK Ayah|Nama Ibu|Alamat|ID Posyandu|ID Puskesmas"
    visits = (
        "NIK Anak|Nama Anak|Bulan|Tanggal Penimbangan|BB|TB|Lingkar Kepala|LILA|Status BB/U|Status TB/U|Status BB/TB"
    )
    first, second = guess_columns([base.split("|")]), guess_columns([visits.split("|")])
    assert (first.layout, second.layout) == (Layout.BASE, Layout.VISITS)
    assert first.is_usable and second.is_usable
    assert all(column.field for column in (*first.columns, *second.columns))


@pytest.mark.parametrize(
    "rows",
    [
        [["No", "NIK", "nama_anak", "TANGGAL LAHIR", "JENIS_KELAMIN", "JANUARI_TANGGALUKUR", "JANUARI_UMUR",
          "JANUARI_BERAT", "JANUARI_TINGGI", "JANUARI_CARAUKUR", "FEBRUARI_TANGGALUKUR", "FEBRUARI_UMUR",
          "FEBRUARI_BERAT", "FEBRUARI_TINGGI", "FEBRUARI_CARAUKUR"]],
        [["No", "NIK", "Nama", "Tgl Lahir", "JK", "JANUARI", None, None, None, None, "FEBRUARI"],
         [None, None, None, None, None, *["TGL UKUR", "UMUR", "BERAT", "TINGGI", "CARA UKUR"] * 2]],
        [["No", "NIK", "Nama", "Tgl Lahir", "JK", date(2026, 1, 1), None, None, None, None, date(2026, 2, 1)],
         [None, None, None, None, None, *["TGL UKUR", "UMUR", "BERAT", "TINGGI", "CARA UKUR"] * 2]],
    ],
)  # fmt: skip
def test_the_monthly_field_sheet_is_read_month_by_month(rows):
    reading = guess_columns(rows)
    assert reading.layout is Layout.MONTHLY
    assert reading.is_usable
    january, february = split_visits(reading)
    assert [column.index for column in january.columns if column.field == "weight_kg"] == [7]
    assert [column.index for column in february.columns if column.field == "weight_kg"] == [12]
    assert {"name", "birth_date", "measured_on", "mode"} <= {column.field for column in february.columns}
