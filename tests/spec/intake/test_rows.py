"""What becomes of a row: the value we take, and what we say about it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.eppgbm_sheet import GOOD, HEADINGS, TODAY, make_row
from tumbuh.intake.eppgbm.ages import format_age
from tumbuh.intake.eppgbm.api import (
    Kind,
    NikStatus,
    ParsedRow,
    Severity,
    guess_columns,
    join_base,
    read_row,
    render_reason,
    split_visits,
)
from tumbuh.intake.eppgbm.reasons import list_sentences

READING = guess_columns([HEADINGS])
WARN, REVIEW, REFUSE = Severity.WARN, Severity.REVIEW, Severity.REFUSE

TABLE = [
    # cells changed, codes, worst severity, values that must come out
    ({}, [], None, {"weight_kg": Decimal("11.2"), "lenhei_cm": Decimal("86.5"), "mode": "H", "sex": "F"}),
    ({"Nama": None}, ["VALUE_MISSING"], REFUSE, {}),
    ({"Nama": "..."}, ["NAME_UNREADABLE"], REFUSE, {}),
    ({"JK": "X"}, ["SEX_UNREADABLE"], REFUSE, {"sex": ""}),
    ({"JK": None}, ["VALUE_MISSING"], REFUSE, {}),
    ({"JK": "L"}, ["NIK_SEX_DIFFERS"], WARN, {"sex": "M"}),
    ({"NIK": None}, ["NIK_MISSING"], WARN, {"nik": ""}),
    ({"NIK": 1701014107240001}, ["NIK_DAMAGED"], WARN, {"nik": "", "nik_status": NikStatus.DAMAGED}),
    ({"NIK": "17010141072400"}, ["NIK_INVALID"], WARN, {"nik": ""}),
    ({"NIK": "1701014207240001"}, ["NIK_BIRTH_DIFFERS"], WARN, {"nik": "1701014207240001"}),
    ({"Tgl Lahir": "01/07/2024"}, [], None, {"birth_date": date(2024, 7, 1)}),
    ({"Tgl Lahir": 45474}, [], None, {"birth_date": date(2024, 7, 1)}),
    ({"Tgl Lahir": "entah"}, ["DATE_UNREADABLE"], REFUSE, {"birth_date": None}),
    ({"Tgl Lahir": None}, ["VALUE_MISSING"], REFUSE, {}),
    ({"Tgl Lahir": "2027-01-01"}, ["BIRTH_IN_FUTURE", "NIK_BIRTH_DIFFERS"], REFUSE, {}),
    ({"Tgl Lahir": "2020-01-01", "NIK": "-"}, ["NIK_MISSING", "TOO_OLD"], REFUSE, {}),
    ({"Tgl Lahir": "2024-01-07"}, ["DATE_MAYBE_SWAPPED", "NIK_BIRTH_DIFFERS"], REVIEW, {}),
    ({"Tanggal Pengukuran": "2026-12-10"}, ["MEASURED_IN_FUTURE_SWAPPED"], REFUSE, {}),
    ({"Tanggal Pengukuran": "2026-12-25"}, ["MEASURED_IN_FUTURE"], REFUSE, {}),
    ({"Tanggal Pengukuran": "2024-06-30"}, ["MEASURED_BEFORE_BIRTH"], REFUSE, {}),
    ({"Tanggal Pengukuran": "2024-02-09"}, ["MEASURED_BEFORE_BIRTH_SWAPPED"], REFUSE, {}),
    ({"Tanggal Pengukuran": "2026-05-10"}, ["DATE_MAYBE_SWAPPED"], REVIEW, {}),
    ({"Tanggal Pengukuran": "10/25/2026"}, ["DATE_SWAPPED"], WARN, {"measured_on": date(2026, 10, 25)}),
    ({"Usia Saat Ukur": "1 Tahun - 1 Bulan - 0 Hari"}, ["AGE_DIFFERS"], WARN, {}),
    ({"Usia Saat Ukur": "27"}, [], None, {}),
    ({"Berat": "11,2", "Tinggi": "86,5 cm"}, [], None, {"weight_kg": Decimal("11.2"), "lenhei_cm": Decimal("86.5")}),
    ({"Berat": 11200}, ["WEIGHT_IN_GRAMS"], WARN, {"weight_kg": Decimal("11.2")}),
    ({"Berat": "11.200 gr"}, ["WEIGHT_IN_GRAMS", "WEIGHT_IMPOSSIBLE"], REFUSE, {"weight_kg": None}),
    ({"Tinggi": "0,865"}, ["LENGTH_IN_METRES"], WARN, {"lenhei_cm": Decimal("86.5")}),
    ({"Tinggi": 865}, ["LENGTH_IN_MILLIMETRES"], WARN, {"lenhei_cm": Decimal("86.5")}),
    ({"Berat": "86.5", "Tinggi": "11.2"}, ["WEIGHT_HEIGHT_SWAPPED"], REVIEW,
     {"weight_kg": Decimal("11.2"), "lenhei_cm": Decimal("86.5")}),
    ({"Berat": "112"}, ["WEIGHT_IMPOSSIBLE"], REFUSE, {"weight_kg": None}),
    ({"Berat": "-11,2"}, ["WEIGHT_IMPOSSIBLE"], REFUSE, {"weight_kg": None}),
    ({"Berat": "30"}, ["WEIGHT_UNUSUAL"], WARN, {"weight_kg": Decimal(30)}),
    ({"Tinggi": "200"}, ["LENGTH_IMPOSSIBLE"], REFUSE, {"lenhei_cm": None}),
    ({"Tinggi": "120"}, ["LENGTH_UNUSUAL"], WARN, {"lenhei_cm": Decimal(120)}),
    ({"Berat": "sebelas"}, ["NUMBER_UNREADABLE"], REFUSE, {}),
    ({"Berat": "0"}, [], None, {"weight_kg": None, "lenhei_cm": Decimal("86.5")}),
    ({"Tinggi": "-"}, [], None, {"lenhei_cm": None}),
    ({"Berat": "0", "Tinggi": "-"}, ["NOTHING_MEASURED"], WARN, {}),
    ({"Cara Ukur": "TELENTANG"}, [], None, {"mode": "L"}),
    ({"Cara Ukur": None}, [], None, {"mode": ""}),
    ({"Cara Ukur": "duduk"}, ["MODE_UNREADABLE"], WARN, {"mode": ""}),
    ({"BB Lahir": "3100"}, [], None, {"birth_weight_kg": Decimal("3.1")}),
    ({"BB Lahir": "banyak"}, ["NUMBER_IGNORED"], WARN, {"birth_weight_kg": None}),
    ({"LiLA": "145"}, ["NUMBER_IGNORED"], WARN, {"muac_cm": None}),
    ({"Naik Berat Badan": "T"}, [], None, {"weight_gain": "T"}),
    ({}, [], None, {"file_waz": -61, "file_haz": -52, "file_whz": -40, "name_key": "siti nurhaliza"}),
]  # fmt: skip

KINDS = [
    ([], Kind.EMPTY),
    ([None] * 35, Kind.EMPTY),
    (["", "  ", "\u00a0"], Kind.EMPTY),
    ([15], Kind.EMPTY),
    (HEADINGS, Kind.HEADER),
    ([text.upper() for text in HEADINGS], Kind.HEADER),
    (list(range(1, 36)), Kind.HEADER),
    ([f"({n})" for n in range(1, 36)], Kind.HEADER),
    (["Jumlah", None, None, None, None, 12.5], Kind.TOTAL),
    (["JUMLAH BALITA", 250], Kind.TOTAL),
    (["Jumlah", 250, "laki-laki", 120, 130], Kind.TOTAL),
    ([None, None, "TOTAL", 120, 250], Kind.TOTAL),
    ([None, None, "TOTAL", *[None] * 16, 812.5], Kind.TOTAL),
    ([None, None, "Rata-rata", *[None] * 16, 11.2, 85.1], Kind.TOTAL),
    ([*[None] * 19, 812.5, 8000], Kind.TOTAL),
    ([*[None] * 16, "Mengetahui,"], Kind.TOTAL),
    ([None, None, "Kepala Puskesmas"], Kind.TOTAL),
    (make_row(), Kind.DATA),
    ([None, None, "Jumlah Sari", "P", "2024-07-01"], Kind.DATA),
    ([None, "1701014107240001"], Kind.DATA),
    ([1, None, "Budi"], Kind.DATA),
]


def read(**changes):
    return read_row(make_row(**changes), READING, today=TODAY)


@pytest.mark.parametrize(("changes", "codes", "severity", "values"), TABLE)
def test_rows(changes, codes, severity, values):
    row = read(**changes)
    assert row.kind is Kind.DATA
    assert sorted(reason.code for reason in row.reasons) == sorted(codes)
    assert row.severity == severity
    assert {name: getattr(row, name) for name in values} == values


@pytest.mark.parametrize(("cells", "kind"), KINDS)
def test_kinds_of_lines(cells, kind):
    assert read_row(cells, READING, today=TODAY).kind is kind


def test_reasons_name_the_column_as_the_file_does_and_speak_both_languages():
    (reason,) = read(Berat="112").reasons
    assert reason.to_json() == {
        "column": "Berat",
        "code": "WEIGHT_IMPOSSIBLE",
        "severity": "refuse",
        "message": "Berat 112 kg tidak mungkin untuk balita (batasnya 0,5–45 kg); periksa satuan dan koma, "
        "lalu perbaiki.",
        "values": {"value": "112", "other": "0,5–45"},
    }
    assert render_reason(reason.column, reason.code, reason.values) == reason.message
    assert render_reason(reason.column, reason.code, reason.values, "en").startswith("A weight of 112 kg")


def test_every_sentence_can_be_filled():
    for code, sentence in list_sentences().items():
        for language, template in (("id", sentence.id), ("en", sentence.en)):
            names = {name for _, name, _, _ in Formatter().parse(template) if name} - {"column"}
            text = render_reason("Kolom", code, dict.fromkeys(names, "A"), language)
            assert text.endswith("."), code
            assert "{" not in text
        assert sentence.id != sentence.en


def test_unknown_columns_are_kept_as_extras():
    reading = guess_columns([[*HEADINGS, "MBG", "Status Desa"]])
    row = read_row([*make_row(), "ya", None], reading, today=TODAY)
    assert row.extras == {
        "BB/U": "Normal",
        "TB/U": "Normal",
        "BB/TB": "Gizi Baik",
        "Jml Vit A": "1",
        "KIA": "Ya",
        "MBG": "ya",
    }


@pytest.mark.parametrize(
    ("cell", "kk", "codes"),
    [
        ("1701010101200001", "1701010101200001", []),
        ("1701 0101 0120 0001", "1701010101200001", []),
        (None, "", []),
        ("-", "", []),
        (1701010101200001, "", ["KK_DAMAGED"]),
        ("1,7010101012E+15", "", ["KK_DAMAGED"]),
        ("17010101012", "", ["KK_INVALID"]),
        ("1111111111111111", "", ["KK_INVALID"]),
    ],
)
def test_the_kk_number(cell, kk, codes):
    row = read_row([*make_row(), cell], guess_columns([[*HEADINGS, "No. KK"]]), today=TODAY)
    assert (row.kk, [reason.code for reason in row.reasons], row.nik) == (kk, codes, "1701014107240001")


def test_the_last_day_under_five_years():
    for days, codes in ((1826, []), (1827, ["TOO_OLD"])):
        birth = date(2026, 10, 5) - timedelta(days=days)
        row = read(**{"Tgl Lahir": birth, "NIK": "-", "Usia Saat Ukur": None, "Berat": 17, "Tinggi": 105})
        assert [reason.code for reason in row.reasons] == ["NIK_MISSING", *codes]


def test_months_of_the_field_sheet_without_a_visit_are_empty():
    headings = ["NIK", "Nama", "Tgl Lahir", "JK"]
    for month in ("JANUARI", "FEBRUARI"):
        headings += [f"{month}_{part}" for part in ("TANGGALUKUR", "UMUR", "BERAT", "TINGGI", "CARAUKUR")]
    cells = ["1701014107240001", "Siti", "2024-07-01", "P", *[None] * 5, "05/02/2026", 19, "10,1", "80", "Telentang"]
    january, february = (read_row(cells, part, today=TODAY) for part in split_visits(guess_columns([headings])))
    assert january.kind is Kind.EMPTY
    assert (february.measured_on, february.weight_kg, february.mode) == (date(2026, 2, 5), Decimal("10.1"), "L")
    assert february.severity is None


def test_child_and_visit_of_two_sheets_are_joined():
    base = guess_columns([["NIK Anak", "Nama Anak", "Tanggal Lahir", "Jenis Kelamin", "Nama Ibu"]])
    visits = guess_columns([["NIK Anak", "Nama Anak", "Bulan", "Tanggal Penimbangan", "BB", "TB"]])
    child = read_row(["1701014107240001", "Siti", "01/07/2024", "P", "Ani"], base, today=TODAY)
    visit = read_row(["1701014107240001", None, "2026-10", "05/10/2026", "11,2", "86,5"], visits, today=TODAY)
    assert child.reasons == [] and visit.reasons == []
    row = join_base(child, visit)
    assert (row.name, row.birth_date, row.measured_on) == ("Siti", date(2024, 7, 1), date(2026, 10, 5))
    assert (row.weight_kg, row.lenhei_cm, row.parent_name) == (Decimal("11.2"), Decimal("86.5"), "Ani")
    heavy = read_row(["1701014107240001", None, "2026-10", "05/10/2026", "35", "86,5"], visits, today=TODAY)
    assert [reason.code for reason in join_base(child, heavy).reasons] == ["WEIGHT_UNUSUAL"]
    lost = join_base(ParsedRow(), visit)
    assert ([reason.code for reason in lost.reasons], lost.severity) == (["CHILD_NOT_IN_BASE"], REFUSE)
    early = read_row(["1701014107240001", None, "2024-06", "05/06/2024", "3", "50"], visits, today=TODAY)
    assert [reason.code for reason in join_base(child, early).reasons] == ["MEASURED_BEFORE_BIRTH"]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("0123456789-/.,: eE+'", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from([value for value in GOOD.values() if value is not None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=40))
def test_reading_a_row_never_raises(cells):
    row = read_row(cells, READING, today=TODAY)
    assert row.severity in (None, *Severity)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.lists(CELLS, max_size=40))
def test_reading_many_rows_never_raises(cells):
    row = read_row(cells, READING, today=TODAY)
    assert row.severity in (None, *Severity)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=12), max_size=12))
def test_guessing_columns_never_raises(rows):
    reading = guess_columns(rows)
    for cells in rows:
        read_row(cells, reading, today=TODAY)


@settings(deadline=None)
@given(
    birth=st.dates(date(2021, 12, 1), date(2026, 10, 31)),
    tenths=st.tuples(st.integers(30, 200), st.integers(450, 1100)),
    comma=st.sampled_from([",", "."]),
    form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "date", "datetime"]),
)
def test_what_is_written_is_what_is_read(birth, tenths, comma, form):
    measured = date(2026, 11, 1)

    def write(day):
        if form.startswith("date"):
            return day if form == "date" else datetime(day.year, day.month, day.day)  # noqa: DTZ001
        return day.strftime(form)

    weight, height = (Decimal(value) / 10 for value in tenths)
    row = read(
        **{
            "Tgl Lahir": write(birth),
            "Tanggal Pengukuran": write(measured),
            "Usia Saat Ukur": format_age(birth, measured),
            "Berat": str(weight).replace(".", comma),
            "Tinggi": str(height).replace(".", comma),
            "NIK": None,
        }
    )
    assert (row.birth_date, row.measured_on) == (birth, measured)
    assert (row.weight_kg, row.lenhei_cm) == (weight, height)
    assert {reason.code for reason in row.reasons} <= {"NIK_MISSING", "WEIGHT_UNUSUAL", "LENGTH_UNUSUAL"}
