"""How the sheets of other systems are read: headings, the shift of OpenSID, cells in every spelling."""

from datetime import date

import pytest

from tumbuh.intake.sources.api import find_source, guess_list, guess_source, list_sources, read_line
from tumbuh.intake.sources.told import load_told

TODAY, MONTH = date(2026, 11, 24), date(2026, 3, 1)
# The three exports of OpenSID exactly as its program writes them: headings, and a line of values.
PREGNANT = (
    ["No KIA", "Nama Ibu", "Status Kehamilan", "Hari Perkiraan Lahir", "Usia Kehamilan (Bulan)", "Tanggal Melahirkan",
     "Pemeriksaan Kehamilan", "Konsumsi Pil Fe", "Pemeriksaan Nifas", "Kunjungan Rumah", "Kepemilikan Akses Air Bersih",
     "Kepemilikan jamban", "Jaminan Kesehatan"],
    ["1", "SITI AMINAH", "KEK", "05 Agustus 2026", "4", "-", "v", "v", "x", "v", "x", "v", "x", "v"],
)  # fmt: skip
CHILD = (
    ["No KIA", "Nama Anak", "Jenis Kelamin", "Tanggal Lahir", "Status Gizi", "Umur (Bulan)", "Hasil (M/K/H)",
     "Pemberian Imunisasi Dasar", "Pengukuran Berat Badan", "Pengukuran Tinggi Badan", "Konseling Gizi Ayah",
     "Konseling Gizi Ibu", "Kunjungan Rumah", "Kepemilikan Akses Air Bersih", "Kepemilikan Jamban", "Akta Lahir",
     "Jaminan Kesehatan", "Pengasuhan PAUD"],
    ["1", "AISYAH", "PEREMPUAN", "05 Maret 2025", "N", "12", "H", "v", "v", "v", "x", "x", "v", "x", "v", "x", "v", "x",
     "v"],
)  # fmt: skip


def read(name, rows, *, month=MONTH):
    """What the last of the rows says, read as that list."""
    source = find_source(name)
    return read_line(rows[-1], guess_list(rows, source), source, today=TODAY, month=month)


def list_facts(line) -> dict[str, object]:
    """code → quantity or value of services and statements."""
    facts = [fact.values for fact in line.told.facts if fact.kind in ("service", "statement")]
    return {fact["code"]: fact.get("quantity", fact.get("value")) for fact in facts}


def test_the_missing_heading_of_opensid_is_put_back():
    line = read("opensid_pregnant", PREGNANT)
    assert list_facts(line) == {
        "pregnancy_check": 1, "nutrition_counselling": 1, "iron_tablets": 1, "water": True, "latrine": False,
        "insurance": True,
    }  # fmt: skip
    child = read("opensid_child", CHILD)
    assert list_facts(child) == {
        "nutrition_counselling": 1, "parenting_class": 1, "water": True, "latrine": False, "birth_certificate": True,
        "insurance": False,
    }  # fmt: skip


@pytest.mark.parametrize("source", list_sources(), ids=lambda source: source.name)
def test_a_template_is_known_by_its_headings_and_its_example_is_whole(source):
    rows = [[field.label for field in source.fields], [source.example.get(field.name) for field in source.fields]]
    reading = guess_list(rows, source)
    assert guess_source([rows]) == source.name and reading.is_usable
    assert set(source.example) <= {column.field for column in reading.columns}
    assert read_line(rows[1], reading, source, today=TODAY).skipped == "contoh"
    rows[1][0] = "1"
    line = read_line(rows[1], reading, source, today=TODAY, month=MONTH)
    assert line.told.facts and not [reason for reason in line.reasons if reason.severity != "warn"]
    assert load_told(line.told.to_json()) == line.told


def write(list_name, /, **values):
    """A sheet with the columns of the values."""
    source = find_source(list_name)
    return [[source.labels[field] for field in values], list(values.values())]


WOMAN = {"name": "SITI", "birth_date": "01/07/1995", "status": "Normal", "check": "v"}
DAYS = [
    ("05/08/2026", date(2026, 8, 5)), ("2026-08-05", date(2026, 8, 5)), ("5 Agustus 2026", date(2026, 8, 5)),
    (date(2026, 8, 5), date(2026, 8, 5)), ("05-08-26", date(2026, 8, 5)), ("08/25/2026", date(2026, 8, 25)),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), DAYS)
def test_days_either_way(cell, day):
    line = read("kpm_pregnant", write("kpm_pregnant", **WOMAN, due_on=cell))
    (found,) = [fact.values for fact in line.told.facts if fact.kind == "pregnancy"]
    assert (day - found["started_on"]).days == 280


BIRTHS = [("01/07/95", date(1995, 7, 1)), ("01/07/1995", date(1995, 7, 1)), ("01/07/99", date(1999, 7, 1))]


@pytest.mark.parametrize(("cell", "day"), BIRTHS)
def test_a_short_year_of_a_grown_up_is_not_in_the_future(cell, day):
    line = read("kpm_pregnant", write("kpm_pregnant", **{**WOMAN, "birth_date": cell}, due_on="05/08/2026"))
    assert line.told.people["self"].birth_date == day


NUMBERS = [("22,4", "22.4"), ("22.4", "22.4"), (22.4, "22.4"), ("22,4 cm", "22.4"), ("224", None), ("dua", None)]


@pytest.mark.parametrize(("cell", "value"), NUMBERS)
def test_decimal_comma_and_point(cell, value):
    line = read("elisimil_pregnant", write("elisimil_pregnant", name="SITI", birth_date="01/07/1995", date="10/03/2026",
                                           started_on="29/10/2025", hb_g_dl="11", muac_cm=cell))  # fmt: skip
    (check,) = [fact.values for fact in line.told.facts if fact.kind == "check"]
    assert (str(check["muac_cm"]) if check["muac_cm"] else None) == value
    assert ("NUMBER_IGNORED" in [reason.code for reason in line.reasons]) is (value is None)


ANSWERS = [("v", True), ("✓", True), ("Ya", True), (1, True), ("x", False), ("Tidak", False), (0, False), ("-", None),
           ("", None), ("mungkin", None)]  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), ANSWERS)
def test_yes_and_no(cell, value):
    line = read("kpm_pregnant", write("kpm_pregnant", **WOMAN, due_on="05/08/2026", water=cell))
    assert list_facts(line).get("water") is value
    assert ("ANSWER_UNREADABLE" in [reason.code for reason in line.reasons]) is (cell == "mungkin")


def test_a_nik_that_is_a_number_is_not_used_and_the_line_is():
    line = read("kpm_pregnant", write("kpm_pregnant", **WOMAN, nik=9101014107950001, due_on="05/08/2026"))
    assert line.told.people["self"].nik == "" and "NIK_DAMAGED" in [reason.code for reason in line.reasons]


def test_a_nik_tells_sex_and_birth():
    line = read("opensid_child", write("opensid_child", nik="9101014503250001", name="AISYAH", weight_kg="9"))
    assert (line.told.people["self"].sex, line.told.people["self"].birth_date) == ("F", date(2025, 3, 5))
    assert [reason.code for reason in line.reasons] == ["BIRTH_FROM_NIK"]


def test_unknown_columns_stay_and_missing_ones_are_named():
    source = find_source("opensid_pregnant")
    headings = ["No KIA", "Nama Ibu", "Golongan Darah", "Konsumsi Pil Fe"]
    reading = guess_list([headings, ["1", "SITI", "O", "v"]], source)
    assert [column.heading for column in reading.columns if not column.field] == ["Golongan Darah"]
    assert reading.missing == ("pregnancy_months",) and not reading.is_usable


SKIPPED = [(["Jumlah", "", "", "12"], "total"), (["", "", "", ""], "empty"),
           (["CONTOH", "SITI", "Normal", "v"], "contoh"),
           (["No", "Nama Ibu Hamil", "Status Kehamilan", "Periksa Kehamilan"], "header")]  # fmt: skip


@pytest.mark.parametrize(("cells", "kind"), SKIPPED)
def test_lines_without_data_are_skipped(cells, kind):
    headings = ["No", "Nama Ibu Hamil", "Status Kehamilan", "Periksa Kehamilan"]
    source = find_source("kpm_pregnant")
    assert read_line(cells, guess_list([headings, cells], source), source, today=TODAY, month=MONTH).skipped == kind


def test_a_day_that_is_not_yet_refuses_the_line():
    line = read("opensid_pregnant", write("opensid_pregnant", **WOMAN, due_on="05/08/2026", date="10/03/2027"))
    assert "DAY_IN_FUTURE" in [reason.code for reason in line.reasons]


def test_without_a_month_and_a_day_the_line_is_refused():
    line = read("kpm_pregnant", write("kpm_pregnant", **WOMAN, due_on="05/08/2026"), month=None)
    assert "DAY_MISSING" in [reason.code for reason in line.reasons]
