"""Kinds as data, the cells of a table, numbers of people."""

from datetime import date, datetime

import pytest
import yaml

from tests.architecture.house import ROOT
from tumbuh.documents.rules import count_person_numbers, parse_kinds
from tumbuh.documents.rules.table import CellError, read_date, read_headings, read_kind, read_lines, read_year
from tumbuh.regions.api import Level

KINDS = parse_kinds(yaml.safe_load((ROOT / "definitions/documents/kinds.yaml").read_text(encoding="utf-8")))
ASKED_FOR = """RKPD APBD NOTA_KEUANGAN RENJA RENSTRA RPJMD RPJPD RKPDES APBDES RKA RKA_DESA PERDA
    PERATURAN_KEPALA_DAERAH
    PERATURAN_DESA SURAT_EDARAN INSTRUKSI KEPUTUSAN_GUBERNUR KEPUTUSAN_BUPATI KEPUTUSAN_KEPALA_DESA PEDOMAN JUKNIS MODUL
    NASKAH_AKADEMIK POLICY_BRIEF STRATEGI_KOMUNIKASI STRATEGI_ADVOKASI MATERI_KOMUNIKASI MATERI_ADVOKASI MOU_PKS LAPORAN
    LAPORAN_KEGIATAN LAPORAN_PENDAMPINGAN LAPORAN_KINERJA_ANGGARAN LAPORAN_MONEV LAPORAN_TPPPS KAJIAN RAD_PG
    RENCANA_AKSI NOTULEN PETA_SUMBER_ANGGARAN PUBLIKASI""".split()


def test_every_kind_that_the_annex_asks_for():
    assert set(ASKED_FOR) <= set(KINDS)


def test_kinds_are_whole_and_told_apart():
    assert all(kind.label and kind.label_en and kind.description and kind.levels for kind in KINDS.values())
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS) == len({kind.label_en for kind in KINDS.values()})


@pytest.mark.parametrize(
    "code", ["KEPUTUSAN_GUBERNUR", "KEPUTUSAN_BUPATI", "KEPUTUSAN_KEPALA_DESA", "NOTULEN", "MOU_PKS"]
)
def test_what_names_people_is_not_usually_published(code):
    assert not KINDS[code].is_open


def test_a_wrong_code_is_refused():
    with pytest.raises(ValueError, match="English capitals"):
        parse_kinds({"kinds": {"rkpd": {"levels": ["DESA"]}}})


@pytest.mark.parametrize(
    ("text", "code"),
    [("RKPDES", "RKPDES"), ("rkpdes", "RKPDES"), ("Rencana Kerja Pemerintah Desa (RKPDes)", "RKPDES"),
     ("apbdes", "APBDES"),
     ("nota keuangan", "NOTA_KEUANGAN"), ("Notulen", "NOTULEN"), ("RAD-PG", "RAD_PG"), ("MoU/PKS", "MOU_PKS")],
)  # fmt: skip
def test_kinds_as_people_write_them(text, code):
    assert read_kind(text, KINDS).code == code


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2025, 9, 30, 10, 0), date(2025, 9, 30)),  # noqa: DTZ001  as a cell comes
        (date(2025, 9, 30), date(2025, 9, 30)),
        ("30/09/2025", date(2025, 9, 30)), ("30-9-2025", date(2025, 9, 30)), ("2025-09-30", date(2025, 9, 30)),
        ("30 September 2025", date(2025, 9, 30)), ("", None), (None, None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(cell, day):
    assert read_date(cell) == day


@pytest.mark.parametrize("cell", ["31/02/2025", "besok", 45000, "09/2025", "30 sept 2025"])
def test_what_is_no_date(cell):
    with pytest.raises(CellError):
        read_date(cell)


@pytest.mark.parametrize(("cell", "year"), [(2026, 2026), (2026.0, 2026), ("2026", 2026), ("", None), (None, None)])
def test_years(cell, year):
    assert read_year(cell) == year


@pytest.mark.parametrize("cell", ["26", "dua ribu", 20260, "２０２６年"])
def test_what_is_no_year(cell):
    with pytest.raises(CellError):
        read_year(cell)


def test_headings_anywhere_and_in_any_order():
    rows = [["Daftar dokumen desa"], [], ["Nama  Berkas", "JENIS DOKUMEN", "x", "Kode Wilayah"],
            ["a.pdf", "RKPDES", 1, "91"],
            ["", "RKPDES", 1, "91"], ["b.pdf"]]  # fmt: skip
    lines = read_lines(enumerate(rows, 1))
    assert [(line.number, line.cells) for line in lines] == [
        (4, {"file": "a.pdf", "kind": "RKPDES", "region": "91"}), (6, {"file": "b.pdf"})]  # fmt: skip
    assert read_headings(["kode wilayah", "nama berkas"]) is None and read_lines([]) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("NIK 1705012345670001", 1),
        ("1705012345670001, 1705012345670002", 2),
        ("12345678901234567", 0),
        ("2026", 0),
        ("", 0),
    ],
)
def test_numbers_of_people(text, count):
    assert count_person_numbers(text) == count


def test_levels():
    assert KINDS["RKPDES"].levels == {Level.DESA} and KINDS["RKPD"].levels == {Level.PROVINSI, Level.KABUPATEN}
