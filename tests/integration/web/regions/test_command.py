"""tumbuh regions."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.outlines import make_features
from tests.factories.regions import TREE, make_province
from tumbuh.regions.api import Boundary, Population, Region

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command("regions", *map(str, arguments), stdout=out)
    return out.getvalue()


def write_regulation(settings, tmp_path, text):
    settings.REGULATIONS = tmp_path
    (tmp_path / "anu").mkdir()
    (tmp_path / "anu/regulation.yaml").write_text(text)


STATED = """
type: Peraturan Gubernur
number: "1"
year: 2030
province_code: "91"
stated_counts:
  - {level: desa/kelurahan, count: 6}
  - {level: kabupaten/kota, count: 3}
  - {level: posyandu, count: 9}
"""


def test_list_prints_exactly_the_five_columns():
    make_province()
    text = run("list", "--csv")
    lines = text.split("\n")
    assert lines[:4] == [
        "code,name,level,parent_code,kind",
        "91,Anu,1,,provinsi",
        "91.01,Kabupaten Hulu,2,91,kabupaten",
        "91.01.01,Hulu Satu,3,91.01,kecamatan",
    ]
    assert lines[-1] == "" and "\r" not in text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["code"] for row in rows] == list(TREE)
    assert json.loads(run("list", "--json")) == [row | {"level": int(row["level"])} for row in rows]


def test_list_within_and_by_level():
    make_province()
    assert run("list", "--csv", "--within", "91.01", "--level", 4).splitlines()[1:] == [
        "91.01.01.2001,Sumber Jaya,4,91.01.01,desa",
        "91.01.01.2002,Talang Baru,4,91.01.01,desa",
        "91.01.02.1001,Pasar Hulu,4,91.01.02,kelurahan",
    ]
    assert "  91.01  Kabupaten Hulu (kabupaten)" in run("list")


def test_load_takes_the_provinces_of_the_regulations(settings, tmp_path):
    write_regulation(settings, tmp_path, 'province_code: "17"\n')
    assert "1653 baru" in run("load")
    assert json.loads(run("load", "--json"))["unchanged"] == 1653


def test_load_without_a_regulation_says_what_to_do(settings, tmp_path):
    settings.REGULATIONS = tmp_path
    with pytest.raises(CommandError, match="--province KODE atau --all"):
        run("load")


def test_load_a_csv_and_read_the_difference(tmp_path):
    path = tmp_path / "wilayah.csv"
    make_province()
    run("list", "--csv")
    path.write_text(run("list", "--csv").replace("Sumber Jaya,4,91.02", "Sumber Makmur,4,91.02"))
    words = run("load", "--csv", path)
    assert "1 berganti nama, 12 tetap" in words
    assert "91.02.01.2001 berganti nama: Sumber Jaya → Sumber Makmur" in words


def test_count_stands_beside_the_regulation(settings, tmp_path):
    write_regulation(settings, tmp_path, STATED)
    make_province()
    words = run("count")
    assert "5 dimuat,       6 menurut peraturan  ← berbeda" in words
    assert "Peraturan Gubernur 1/2030 (provinsi 91)" in words
    result = json.loads(run("count", "--json"))
    assert result["loaded"]["desa/kelurahan"] == 5
    assert result["stated"][0]["counts"] == {
        "desa/kelurahan": {"loaded": 5, "stated": 6},
        "kabupaten/kota": {"loaded": 3, "stated": 3},
    }


@pytest.mark.parametrize(
    "text", ["[]", "stated_counts: 5\nprovince_code: '91'", "province_code: '91'\nstated_counts: [3]"]
)
def test_count_bears_other_regulation_files(settings, tmp_path, text):
    write_regulation(settings, tmp_path, text)
    make_province()
    assert json.loads(run("count", "--json"))["stated"] == []


def test_show():
    make_province()
    region = json.loads(run("show", "91.01", "--json"))
    assert (region["name"], region["above"], region["children"]) == ("Kabupaten Hulu", ["91"], ["91.01.01", "91.01.02"])
    assert "2 desa" in run("show", "91.01")
    with pytest.raises(CommandError, match=r"Wilayah 91\.09 belum dimuat"):
        run("show", "91.09")
    with pytest.raises(CommandError, match="tidak dikenali"):
        run("show", "sembilan")


def test_attributes_and_changes(tmp_path):
    make_province()
    path = tmp_path / "berkas.csv"
    path.write_text("code,bps_code\n91.01,9102\n91.09,9109\n")
    words = run("bps", path)
    assert "1 ditulis" in words and "1 wilayah dalam berkas belum dimuat: 91.09" in words
    path.write_text("id,balita\n91.01,50\n")
    words = run(
        "population", path, "--year", 2024, "--source", "uji", "--column", "code=id", "--count", "balita=L:0-59"
    )
    assert "1 baru" in words
    assert Population.objects.get().sex == "M"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": make_features(["91.01", "91.02"])}))
    assert json.loads(run("boundaries", path, "--source", "uji", "--json")) == {"loaded": 2, "unknown": [], "sheets": 1}
    assert Boundary.objects.count() == 2
    assert "91.01.01.9001" in run("add-local", "91.01.01", "UPT Rimba")
    assert Region.objects.get(code="91.01.01.9001").is_local
    assert "digantikan 91.02" in run("change", "91.01", "91.02", "--on", "2008-06-24", "--legal-basis", "UU 24/2008")


@pytest.mark.parametrize(
    "arguments",
    [
        ("bps", "tidak-ada.csv"),
        ("boundaries", "tidak-ada.json"),
        ("population", "x.csv", "--year", "2024", "--source", "uji", "--count", "balita"),
        ("population", "x.csv", "--year", "2024", "--source", "uji", "--column", "balita"),
        ("load", "--province", "99"),
        ("load", "--csv", "tidak-ada.csv"),
    ],
)
def test_failures_are_sentences(arguments):
    with pytest.raises(CommandError, match=r"\w+ .*\."):
        run(*arguments)
