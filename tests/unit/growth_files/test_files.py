"""Whole files: what is read, what is kept, what is refused."""

import csv
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tumbuh.engines.growth_files import run
from tumbuh.engines.growth_files.api import GrowthFileError, compute_file

HEADER = "id,sex,age_days,measure,weight_kg,lenhei_cm,head_cm,muac_cm,oedema,name"
GOOD = "0007,1,400,l,9.0,75.0,45,14.2,n,Ani"
Z = ("haz", "waz", "whz", "baz", "headz", "muacz")
GOOD_Z = {"haz": "-0.86", "waz": "-0.87", "whz": "-0.66", "baz": "-0.51", "headz": "-1.06", "muacz": "-0.43"}


def compute(tmp_path, text, source="in.csv", target="out.csv", encoding="utf-8", **options):
    path = tmp_path / source
    path.write_bytes(text.encode(encoding))
    summary = compute_file(path, tmp_path / target, **options)
    return summary, read(tmp_path / target) if target.endswith("csv") else None


def read(path, delimiter=","):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def pick(row):
    return {name: row[name] for name in Z}


def test_results_stand_beside_the_columns_as_they_were(tmp_path):
    summary, rows = compute(tmp_path, f"{HEADER}\n{GOOD}\n")
    assert list(rows[0]) == [*HEADER.split(","), *Z, *(f"{name}_flag" for name in Z)]
    assert rows[0]["id"] == "0007"
    assert pick(rows[0]) == GOOD_Z
    assert {rows[0][f"{name}_flag"] for name in Z} == {"0"}
    assert (summary.rows, summary.rows_with_errors) == (1, 0)


@pytest.mark.parametrize(
    ("sex", "measure", "oedema"),
    [
        ("L", "L", "N"),
        ("m", "lying", ""),
        ("Laki-laki", "Terlentang", "tidak"),
        ("1.0", " l ", "0"),
        ("male", "l", "no"),
    ],
)
def test_words_for_the_same_thing(tmp_path, sex, measure, oedema):
    _, rows = compute(tmp_path, f"{HEADER}\n1,{sex},400,{measure},9.0,75.0,45,14.2,{oedema},x\n")
    assert pick(rows[0]) == GOOD_Z


@pytest.mark.parametrize("dates", ["2025-01-01,2026-02-05", "01/01/2025,05/02/2026", "01-01-2025,2026-02-05"])
def test_dates_instead_of_age(tmp_path, dates):
    text = f"sex,birth_date,measured_on,measure,weight_kg,lenhei_cm\n1,{dates},l,9.0,75.0\n1,{dates},l,9.0,75.0\n"
    _, rows = compute(tmp_path, text)
    assert (rows[1]["haz"], rows[1]["waz"], rows[1]["whz"]) == ("-0.86", "-0.87", "-0.66")


def test_oedema_voids_weight(tmp_path):
    _, rows = compute(tmp_path, f"{HEADER}\n1,1,400,l,9.0,75.0,45,14.2,y,x\n")
    assert pick(rows[0]) == GOOD_Z | {"waz": "", "whz": "", "baz": ""}


def test_flags(tmp_path):
    _, rows = compute(tmp_path, "sex,age_days,weight_kg,lenhei_cm\n1,600,4.0,103\n")
    assert (rows[0]["haz_flag"], rows[0]["waz_flag"], rows[0]["headz_flag"]) == ("1", "1", "0")


def test_completed_months_are_another_rule(tmp_path):
    text = "sex,age_days,weight_kg,measure,lenhei_cm\n2,90,5.0,l,57.0\n"
    _, by_day = compute(tmp_path, text)
    summary, by_month = compute(tmp_path, text, age_rule="completed-months")
    assert (by_day[0]["haz"], by_month[0]["haz"]) == ("-1.28", "-0.04")
    assert summary.age_rule == "completed-months"


@pytest.mark.parametrize(
    ("cells", "column", "empty"),
    [
        ("1,x,400,l,9.0,75.0,45,14.2,n,x", "sex", Z),
        ("1,,400,l,9.0,75.0,45,14.2,n,x", "sex", Z),
        ("1,1,-1,l,9.0,75.0,45,14.2,n,x", "age_days", Z),
        ("1,1,13 bln,l,9.0,75.0,45,14.2,n,x", "age_days", Z),
        ("1,1,400,q,9.0,75.0,45,14.2,n,x", "measure", ("haz", "whz", "baz")),
        ("1,1,400,l,9 kg,75.0,45,14.2,n,x", "weight_kg", ("waz", "whz", "baz")),
        ("1,1,400,l,0,75.0,45,14.2,n,x", "weight_kg", ("waz", "whz", "baz")),
        ("1,1,400,l,9.0,-75.0,45,14.2,n,x", "lenhei_cm", ("haz", "whz", "baz")),
        ("1,1,400,l,9.0,75.0,0,14.2,n,x", "head_cm", ("headz",)),
        ("1,1,400,l,9.0,75.0,45,?,n,x", "muac_cm", ("muacz",)),
        ("1,1,400,l,9.0,75.0,45,14.2,perhaps,x", "oedema", ("waz", "whz", "baz")),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_computed(tmp_path, cells, column, empty):
    summary, rows = compute(tmp_path, f"{HEADER}\n{GOOD}\n{cells}\n{GOOD}\n")
    assert pick(rows[1]) == GOOD_Z | dict.fromkeys(empty, "")
    assert pick(rows[0]) == pick(rows[2]) == GOOD_Z
    assert [(row, name) for row, name, _ in summary.errors] == [(2, column)]
    assert (summary.rows, summary.rows_with_errors) == (3, 1)


def test_measured_before_birth_and_unreadable_dates(tmp_path):
    text = (
        "sex,birth_date,measured_on,weight_kg\n1,2025-01-01,2024-12-31,9\n1,2025-02-30,2026-01-01,9\n1,,2026-01-01,9\n"
    )
    summary, rows = compute(tmp_path, text)
    assert [row["waz"] for row in rows] == ["", "", ""]
    assert [(row, name) for row, name, _ in summary.errors] == [(1, "measured_on"), (2, "birth_date")]


def test_errors_never_show_what_a_cell_holds(tmp_path):
    summary, _ = compute(tmp_path, f"{HEADER}\n1,SECRET,400,l,SECRET,75.0,45,14.2,n,SECRET\n")
    assert "SECRET" not in str(summary)


def test_other_spellings_of_csv(tmp_path):
    text = "\ufeffNama; SEX ;Age_Days;weight_kg;lenhei_cm;measure\nJosé;1;400;9,0;75,0;l\n"
    compute(tmp_path, text)
    row = read(tmp_path / "out.csv", ";")[0]
    assert (row["Nama"], row["weight_kg"], row["haz"], row["waz"]) == ("José", "9,0", "-0.86", "-0.87")
    compute(tmp_path, text.lstrip("\ufeff"), encoding="cp1252")
    assert read(tmp_path / "out.csv", ";")[0]["Nama"] == "José"


def test_cells_with_quotes_commas_and_new_lines_are_kept(tmp_path):
    name = 'Ani, "B"\nC'
    quoted = '"Ani, ""B""\nC"'
    _, rows = compute(tmp_path, f"{HEADER}\n{GOOD.replace('Ani', quoted)}\n{GOOD}\n")
    assert [row["name"] for row in rows] == [name, "Ani"]


def test_parquet_and_csv_agree(tmp_path, monkeypatch):
    table = pa.table(
        {
            "id": [1, 2, 3],
            "sex": pa.array(["L", "P", None]).dictionary_encode(),
            "birth_date": [date(2025, 1, 1), date(2024, 2, 1), None],
            "measured_on": [date(2026, 2, 5), date(2026, 2, 5), None],
            "measure": ["l", None, "h"],
            "weight_kg": pa.array([9.0, 12.1, None], pa.float32()),
            "lenhei_cm": pa.array([75.0, 84.8, 90], pa.float32()),
            "oedema": [False, None, True],
            "tags": [["a"], [], None],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    compute_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    out = pq.read_table(tmp_path / "out.parquet")
    assert out.select(table.schema.names).equals(table)
    assert out["haz"].to_pylist()[0] == -0.86
    assert out["haz"].to_pylist()[2] is None
    assert out["haz_flag"].to_pylist() == [0, 0, 0]
    with pytest.raises(GrowthFileError, match="cannot hold tags"):
        compute_file(tmp_path / "in.parquet", tmp_path / "out.csv")
    pq.write_table(table.drop_columns("tags"), tmp_path / "in.parquet")
    compute_file(tmp_path / "in.parquet", tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert [row["haz"] for row in rows] == ["" if z is None else f"{z:.2f}" for z in out["haz"].to_pylist()]
    assert rows[0]["birth_date"] == "2025-01-01"


def test_many_batches_give_the_same_and_rows_are_counted_through(tmp_path, monkeypatch):
    monkeypatch.setattr("tumbuh.engines.growth_files.formats.BLOCK_BYTES", 4096)
    bad = GOOD.replace(",1,", ",9,")
    lines = [bad if i == 900 else GOOD for i in range(1000)]
    seen = []
    path = tmp_path / "in.csv"
    path.write_text("\n".join([HEADER, *lines]))
    summary = compute_file(path, tmp_path / "out.csv", report=seen.append)
    assert len(seen) > 5
    assert seen[-1] == summary.rows == 1000
    assert [row for row, _, _ in summary.errors] == [901]
    assert [i for i, row in enumerate(read(tmp_path / "out.csv")) if pick(row) != GOOD_Z] == [900]


def test_only_so_many_errors_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "ERRORS_KEPT", 5)
    summary, _ = compute(tmp_path, HEADER + "\n" + "1,9,400,l,9,75,45,14,n,x\n" * 50)
    assert len(summary.errors) == 5
    assert summary.rows_with_errors == summary.errors_by_column["sex"] == 50


def test_results_already_there_are_replaced(tmp_path):
    _, rows = compute(tmp_path, f"haz,{HEADER}\n9.99,{GOOD}\n")
    assert pick(rows[0]) == GOOD_Z


def test_a_file_without_rows_gets_its_columns(tmp_path):
    summary, rows = compute(tmp_path, HEADER + "\n")
    assert (summary.rows, rows) == (0, [])
    assert (tmp_path / "out.csv").read_text().startswith(HEADER + ",haz")


def test_the_file_may_replace_itself(tmp_path):
    _, rows = compute(tmp_path, f"{HEADER}\n{GOOD}\n", target="in.csv")
    assert pick(rows[0]) == GOOD_Z


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("in.csv", "", "is empty"),
        ("in.csv", "id,age_days,weight_kg\n1,2,3\n", "lacks sex"),
        ("in.csv", "sex,weight_kg,birth_date\n1,2,3\n", "lacks age_days \\(birth_date, measured_on\\)"),
        ("in.csv", "sex,age_days\n1,2\n", "lacks weight_kg / lenhei_cm / head_cm / muac_cm"),
        ("in.csv", "sex,SEX,age_days,weight_kg\n1,1,2,3\n", "has the column sex twice"),
        ("in.csv", "sex,age_days,weight_kg\n1,2,3\n1,2\n", "Line 3 .* has 2 cells where the first line has 3"),
        ("in.csv", "PK\x00\x01", "is not a text file"),
        ("in.parquet", "sex,age_days\n", "cannot be read as parquet"),
        ("in.xlsx", "sex,age_days\n", "must end in .csv or .parquet"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, name, text, sentence):
    with pytest.raises(GrowthFileError, match=sentence) as refusal:
        compute(tmp_path, text, source=name)
    assert "\n" not in str(refusal.value)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_no_file_and_no_folder(tmp_path):
    with pytest.raises(GrowthFileError, match="does not exist"):
        compute_file(tmp_path / "no.csv", tmp_path / "out.csv")
    with pytest.raises(GrowthFileError, match="cannot be written"):
        compute(tmp_path, f"{HEADER}\n{GOOD}\n", target="no/out.csv")
    with pytest.raises(GrowthFileError, match="must end in"):
        compute(tmp_path, f"{HEADER}\n{GOOD}\n", target="out.xlsx")
