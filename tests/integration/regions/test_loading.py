"""Loading lists of regions into the database."""

import pytest

from tests.factories.regions import TREE, make_province
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.regions.api import (
    ManyRemovalsError,
    Region,
    RegionError,
    RegionFileError,
    RegionRow,
    UnknownProvinceError,
    UnknownRegionError,
    add_local_region,
    find_expected_counts,
    get_number,
    get_span,
    iterate_rows,
    load_regions,
    read_rows,
    record_change,
)

pytestmark = pytest.mark.django_db
ROWS = [RegionRow(code, name) for code, name in TREE.items()]


def load(rows=ROWS, **options):
    return load_regions(by=SYSTEM, rows=rows, **options)


def without(*codes):
    return [row for row in ROWS if row.code not in codes]


def test_a_new_list_is_stored_parents_and_all():
    report = load()
    assert sorted(report.added) == sorted(TREE)
    desa = Region.objects.select_related("parent__parent__parent").get(code="91.01.02.1001")
    assert (desa.kind, desa.level, desa.pk) == ("KELURAHAN", 4, get_number("91.01.02.1001"))
    assert desa.parent.parent.parent.code == "91"


def test_the_same_list_again_changes_nothing():
    load()
    before = list(Region.objects.values())
    report = load()
    assert report.counts == dict.fromkeys(report.counts, 0) | {"unchanged": len(TREE)}
    assert list(Region.objects.values()) == before


def test_order_of_rows_does_not_matter():
    assert len(load(ROWS[::-1]).added) == len(TREE)


def test_what_a_list_lacks_is_deactivated_and_comes_back():
    load()
    report = load(without("91.01.01.2002"))
    assert report.deactivated == ["91.01.01.2002"]
    assert not Region.objects.get(code="91.01.01.2002").is_active
    assert load(without("91.01.01.2002")).deactivated == []
    assert load().reactivated == ["91.01.01.2002"]
    assert Region.objects.get(code="91.01.01.2002").is_active


def test_a_list_speaks_only_for_what_lies_below_its_topmost_rows():
    load([*ROWS, RegionRow("92", "Lain"), RegionRow("92.01", "Kabupaten Lain")])
    assert load().deactivated == []
    part = [row for row in ROWS if row.code in {"91.01", "91.01.01", "91.01.01.2001"}]
    assert load(part, allow_removals=True).deactivated == ["91.01.01.2002", "91.01.02", "91.01.02.1001"]
    assert Region.objects.get(code="91.02").is_active


def test_a_cut_off_list_is_refused():
    load()
    with pytest.raises(ManyRemovalsError, match="5 dari 13"):
        load([row for row in ROWS if not row.code.startswith("91.01.")])
    assert Region.objects.filter(is_active=True).count() == len(TREE)
    assert len(load([row for row in ROWS if not row.code.startswith("91.01.")], allow_removals=True).deactivated) == 5


def test_new_names_are_taken_and_reported():
    load()
    renamed = [row._replace(name="Sumber Makmur") if row.code == "91.02.01.2001" else row for row in ROWS]
    assert load(renamed).renamed == [("91.02.01.2001", "Sumber Jaya", "Sumber Makmur")]
    assert Region.objects.get(code="91.02.01.2001").name == "Sumber Makmur"


def test_a_list_without_postal_codes_takes_none_away():
    load([row._replace(postal_code="38111", legal_basis="SK 1") for row in ROWS])
    assert load().unchanged == len(TREE)
    assert Region.objects.get(code="91.01").postal_code == "38111"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RegionRow("91.03.01.2001", "X", line=3), "Baris 3: Wilayah 91.03.01.2001 tidak punya induk"),
        (RegionRow("91.01", "X", line=3), "Baris 3: Kode 91.01 muncul lebih dari sekali"),
        (RegionRow("9103", "X", line=3), "Baris 3: Kode wilayah “9103” tidak dikenali"),
    ],
)
def test_a_wrong_row_stops_the_whole_list(row, words):
    with pytest.raises(RegionFileError, match=words):
        load([*ROWS, row])
    assert not Region.objects.exists()
    assert not Event.objects.exists()


def test_a_parent_that_is_no_longer_active_is_no_parent():
    load()
    Region.objects.filter(code="91.02.01").update(is_active=False)
    with pytest.raises(RegionFileError, match=r"kode 91\.02\.01 belum ada"):
        load([RegionRow("91.02.01.2009", "Baru")])


def test_an_empty_list_is_refused():
    with pytest.raises(RegionFileError, match="kosong"):
        load([])


def test_counts_other_than_expected_are_refused():
    counts = find_expected_counts("17")
    with pytest.raises(RegionFileError, match="desa ada 1340, seharusnya 1341"):
        load([row for row in iterate_rows(["17"]) if row.code != "17.01.01.2001"], expected={"17": counts})
    assert not Region.objects.exists()


def test_a_real_province_and_its_event():
    report = load(iterate_rows(["17"]), expected={"17": find_expected_counts("17")})
    assert len(report.added) == 1653 == Region.objects.count()
    low, high = get_span("17.05")
    inside = set(Region.objects.filter(pk__range=(low, high)).values_list("code", flat=True))
    assert inside == {code for code in report.added if code == "17.05" or code.startswith("17.05.")}
    assert len(inside) == 1 + 14 + 182 + 20
    event = Event.objects.get(action="regions.load")
    assert (event.actor_name, event.after["added"]) == ("sistem", 1653)


def test_loading_takes_few_queries_whatever_the_number(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        load(iterate_rows(["17"]))


def test_unknown_province():
    with pytest.raises(UnknownProvinceError, match="Provinsi 99"):
        load(iterate_rows(["99"]))


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n91,Anu\n91.01,  Kabupaten   Hulu\n91.71,Kota Anu\n",
        "\ufeffKODE;Nama;Jenis\n91;Anu;provinsi\n91.01;Kabupaten Hulu;Kabupaten\n91.71;Kota Anu;KOTA\n",
        "kode\tnama wilayah\n91\tAnu\n91.01\tKabupaten Hulu\n91.71\tKota Anu\n",
    ],
)
def test_csv_lists(tmp_path, text):
    path = tmp_path / "wilayah.csv"
    path.write_text(text, encoding="utf-8")
    load(read_rows(path, "SK 1"))
    rows = list(Region.objects.values_list("code", "name", "kind", "legal_basis"))
    assert rows == [
        ("91", "Anu", "PROVINSI", "SK 1"),
        ("91.01", "Kabupaten Hulu", "KABUPATEN", "SK 1"),
        ("91.71", "Kota Anu", "KOTA", "SK 1"),
    ]


def test_csv_problems_name_their_lines(tmp_path):
    path = tmp_path / "wilayah.csv"
    path.write_text("code,name,kind\n91,Anu,\n91.01,,\n91.1,Hilir,\n91.02,Hilir,negara\n91.03.01,Jauh,\n")
    with pytest.raises(RegionFileError) as caught:
        load(read_rows(path))
    assert [problem.line for problem in caught.value.problems] == [3, 4, 5, 6]
    path.write_text("kode,keterangan\n91,Anu\n")
    with pytest.raises(RegionFileError, match=r"Kolom “name” tidak ada.*kode, keterangan"):
        read_rows(path)


def test_a_local_unit_survives_every_list_until_it_gets_a_code():
    load()
    unit = add_local_region(by=SYSTEM, parent_code="91.01.01", name="UPT Rimba", legal_basis="SK 2")
    assert (unit.code, unit.kind, unit.is_local) == ("91.01.01.9001", "UPT", True)
    assert load().deactivated == []
    assert Region.objects.get(code=unit.code).is_active
    adopted = RegionRow(unit.code, "UPT Rimba", "UPT")
    load([*ROWS, adopted])
    assert not Region.objects.get(code=unit.code).is_local


def test_local_units_are_numbered_and_never_doubled():
    load()
    add_local_region(by=SYSTEM, parent_code="91.01.01", name="UPT Rimba")
    assert add_local_region(by=SYSTEM, parent_code="91.01.01", name="UPT Lain").code == "91.01.01.9002"
    with pytest.raises(RegionError, match="sudah ada"):
        add_local_region(by=SYSTEM, parent_code="91.01.01", name="upt  rimba")
    with pytest.raises(UnknownRegionError, match=r"91\.09\.01"):
        add_local_region(by=SYSTEM, parent_code="91.09.01", name="UPT Rimba")


def test_a_change_of_codes_is_noted_once():
    from datetime import date

    make_province()
    details = {"predecessor_code": "91.01", "successor_code": "91.02", "legal_basis": "UU 24/2008"}
    Region.objects.filter(code="91.01").update(is_active=False)
    first = record_change(by=SYSTEM, changed_on=date(2008, 6, 24), **details)
    assert record_change(by=SYSTEM, changed_on=date(2008, 6, 24), **details) == first
    assert Region.objects.get(code="91.02").valid_from == Region.objects.get(code="91.01").valid_to == date(2008, 6, 24)
    assert Event.objects.filter(action="regions.change").count() == 1
    with pytest.raises(RegionError, match="tingkat yang sama"):
        record_change(by=SYSTEM, changed_on=date(2008, 6, 24), **details | {"successor_code": "91.01.01"})
    with pytest.raises(UnknownRegionError, match=r"91\.09"):
        record_change(by=SYSTEM, changed_on=date(2008, 6, 24), **details | {"successor_code": "91.09"})


@pytest.mark.slow
def test_the_whole_country():
    load(iterate_rows())
    assert Region.objects.count() == 91_599
    assert load(iterate_rows()).unchanged == 91_599
