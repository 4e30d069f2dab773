"""CSV as people save it."""

import pytest

from tumbuh.lib.delimited import DelimitedError, parse_table, read_table

ROWS = [(2, {"kode": "17.01", "nama": "Séluma"}), (4, {"kode": "17.02", "nama": "Kaur, Timur"})]
TEXT = 'Kode,Nama\n17.01,Séluma\n\n17.02,"Kaur, Timur"\n'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        "Kode;Nama\n17.01;Séluma\n\n17.02;Kaur, Timur\n".encode(),
        "KODE\t nama \n17.01\t Séluma \n\n17.02\tKaur, Timur".encode(),
    ],
)
def test_all_ways_of_saving_read_the_same(data):
    table = parse_table(data, "wilayah.csv")
    assert table.header == ["kode", "nama"]
    assert table.rows == ROWS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tidak berisi baris data"),
        (b"kode,nama\n", "tidak berisi baris data"),
        (b"kode,Kode\n1,2\n", "berulang"),
        (b"PK\x03\x04\0\0,\n1\n", "bukan CSV"),
    ],
)
def test_useless_files_end_in_a_sentence(data, words):
    with pytest.raises(DelimitedError, match=words):
        parse_table(data, "wilayah.csv")


def test_missing_file(tmp_path):
    with pytest.raises(DelimitedError, match="tidak dapat dibaca"):
        read_table(tmp_path / "tidak-ada.csv")
