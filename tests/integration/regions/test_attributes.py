"""BPS codes, populations and facilities."""

import pytest

from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.regions.api import (
    Facility,
    Population,
    Region,
    RegionError,
    RegionFileError,
    ensure_facilities,
    find_population,
    fold_name,
    get_number,
    list_facilities,
    load_populations,
    read_bps_codes,
    read_populations,
    set_bps_codes,
)

pytestmark = pytest.mark.django_db
POSYANDU = Facility.FacilityKind.POSYANDU


@pytest.fixture(autouse=True)
def province():
    return make_province()


def write(tmp_path, text):
    path = tmp_path / "berkas.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_bps_codes_are_set_and_set_again(tmp_path):
    path = write(tmp_path, "kode;kode_bps\n91.01;9199\n91.01.01;9199010\n92.01;9201\n91.02;\n")
    first = set_bps_codes(by=SYSTEM, pairs=read_bps_codes(path))
    assert (first.changed, first.unchanged, first.unknown) == (2, 0, ["92.01"])
    assert Region.objects.get(code="91.01").bps_code == "9199"
    second = set_bps_codes(by=SYSTEM, pairs=read_bps_codes(path))
    assert (second.changed, second.unchanged) == (0, 2)


def test_wrong_bps_codes_name_their_lines(tmp_path):
    path = write(tmp_path, "code,bps_code\n91.01,91990\n91.02,9102\n91.71,9102\n9101,9101\n91.02,9103\n")
    with pytest.raises(RegionFileError) as caught:
        set_bps_codes(by=SYSTEM, pairs=read_bps_codes(path))
    assert sorted({problem.line for problem in caught.value.problems}) == [2, 3, 4, 5, 6]
    assert not Region.objects.exclude(bps_code="").exists()


def load(path, columns=None, counts=None, year=2024, source="Dukcapil 2024-S2"):
    figures = read_populations(path, columns, counts)
    return load_populations(by=SYSTEM, figures=figures, year=year, source=source)


WIDE = "code,name,population_male,population_female,population_total\n91,Anu,1.200,1300,2500\n91.01,Hulu,,40,\n"


def test_one_column_for_each_sex(tmp_path):
    report = load(write(tmp_path, WIDE))
    assert vars(report) == {"added": 4, "changed": 0, "unchanged": 0}
    stored = Population.objects.values_list("region__code", "sex", "group", "people").order_by("region", "sex")
    assert list(stored) == [
        ("91", "ALL", "ALL", 2500), ("91", "F", "ALL", 1300), ("91", "M", "ALL", 1200), ("91.01", "F", "ALL", 40),
    ]  # fmt: skip


def test_one_line_for_each_figure(tmp_path):
    text = "kode\tjk\tkelompok\tjumlah\n91.01\tL\t0-59 bulan\t30\n91.01\tP\t0-59 bulan\t31\n91.01\t\t\t900\n"
    load(write(tmp_path, text))
    hulu = Region.objects.get(code="91.01")
    assert find_population(hulu, group="0-59 bulan", sex="F").people == 31
    assert find_population(hulu).people == 900


def test_named_columns(tmp_path):
    load(
        write(tmp_path, "id_desa,balita\n91.01.01.2001,55\n"),
        columns={"code": "id_desa"},
        counts={"balita": ("ALL", "0-59")},
    )
    assert Population.objects.get().group == "0-59"


def test_the_same_file_again_and_a_corrected_one(tmp_path):
    load(write(tmp_path, WIDE))
    assert vars(load(write(tmp_path, WIDE))) == {"added": 0, "changed": 0, "unchanged": 4}
    assert vars(load(write(tmp_path, WIDE.replace("2500", "2501")))) == {"added": 0, "changed": 1, "unchanged": 3}
    assert Population.objects.count() == 4


def test_years_and_sources_stand_beside_each_other(tmp_path):
    load(write(tmp_path, WIDE))
    load(write(tmp_path, WIDE.replace("2500", "2600")), year=2025)
    load(write(tmp_path, WIDE), source="BPS")
    region = Region.objects.get(code="91")
    assert Population.objects.count() == 12
    assert find_population(region).people == 2600
    assert find_population(region, year=2024).year == 2024
    assert find_population(region, year=2023) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,people\n91.09,5\n", "Baris 2: Wilayah “91.09” belum dimuat"),
        ("code,people\n91,5\n91,6\n", "Baris 3: Jumlah penduduk 91 diberikan dua kali"),
        ("code,people\n91,banyak\n", "Baris 2: Jumlah “banyak” pada kolom people bukan bilangan bulat"),
        ("code,people\n91,-5\n", "bukan bilangan bulat"),
        ("code,people\n91,12.5\n", "bukan bilangan bulat"),
        ("code,people,sex\n91,5,X\n", "Baris 2: Jenis kelamin “X”"),
        ("code,nama\n91,Anu\n", "Tidak ada kolom jumlah penduduk"),
        ("nama,people\nAnu,5\n", "Kolom “code” tidak ada"),
    ],
)
def test_wrong_figures_name_their_line_and_nothing_is_stored(tmp_path, text, words):
    with pytest.raises(RegionFileError, match=words):
        load(write(tmp_path, text))
    assert not Population.objects.exists()


def test_year_and_source_are_needed(tmp_path):
    for details in ({"year": 24}, {"source": " "}):
        with pytest.raises(RegionError, match="Tahun dan sumber"):
            load(write(tmp_path, WIDE), **details)


def test_facilities_are_made_once_and_found_by_folded_name(django_assert_num_queries):
    desa, other = get_number("91.01.01.2001"), get_number("91.01.01.2002")
    made = ensure_facilities(
        by=SYSTEM, kind=POSYANDU, names_by_region={desa: ["Melati 1", " MELATI  1", "", "Mawar"], other: ["Melati 1"]}
    )
    assert set(made) == {(desa, "melati 1"), (desa, "mawar"), (other, "melati 1")}
    assert Facility.objects.count() == 3
    with django_assert_num_queries(3):  # one query within a savepoint
        again = ensure_facilities(by=SYSTEM, kind=POSYANDU, names_by_region={desa: ["melati-1"], other: ["MELATI 1"]})
    assert again[desa, fold_name("Melati 1")] == made[desa, "melati 1"]
    assert Event.objects.filter(action="regions.add_facilities").count() == 1
    assert set(list_facilities(within="91.01.01")) == set(made.values())
    assert not list_facilities(within="91.02").exists()


def test_a_puskesmas_is_no_posyandu():
    kecamatan = get_number("91.01.01")
    first = ensure_facilities(by=SYSTEM, kind=POSYANDU, names_by_region={kecamatan: ["Melati"]})
    second = ensure_facilities(by=SYSTEM, kind=Facility.FacilityKind.PUSKESMAS, names_by_region={kecamatan: ["Melati"]})
    assert first[kecamatan, "melati"] != second[kecamatan, "melati"]
