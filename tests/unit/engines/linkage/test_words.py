"""Names as they are compared: what is one name, and what stays two."""

import pytest

from tumbuh.engines.linkage.words import UNKNOWN, read_mother, read_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muhammad Rizki", "M. Rizki"),
        ("Muhammad Rizki", "MOH. RIZKI"),
        ("Mochammad Rizki", "Muh Rizki"),
        ("Soekarno", "Sukarno"),
        ("Djoko Tjahjono", "Joko Cahjono"),
        ("Nur Aini", "Noeraini"),
        ("Azzahra", "Azahrah"),
        ("Syifa", "Sifa"),
        ("Fitri", "Pitri"),
        ("Rizky", "Riski"),
        ("Qanita", "Kanita"),
        ("Ny. Sulastri", "SOELASTRI"),
        ("Nu'man", "Numan"),
    ],
)
def test_one_name_written_in_two_ways_sounds_alike(one, other):
    assert read_name(one).sound == read_name(other).sound != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Rani", "Rina"), ("Hasan", "Husein"), ("Putra", "Putri"), ("Andi", "Andika"), ("Siti", "Sinta")]
)
def test_two_names_stay_two(one, other):
    assert read_name(one).sound != read_name(other).sound


@pytest.mark.parametrize("text", ["", "  ", "By. Ny. Wati", "BAYI NY SRI", "Bayi", "?", "Belum ada nama"])
def test_a_child_without_a_name_has_none(text):
    assert read_name(text) == UNKNOWN


def test_a_newborn_says_its_mother():
    assert read_mother("By. Ny. Wati", "").sound == "uati"
    assert read_mother("By. Ny. Wati", "Sri").sound == "sri"
    assert read_mother("Adi", "") == UNKNOWN


def test_common_words_and_initials_tell_nobody_apart():
    assert read_name("Muhammad Rizki P.").words == ("riski",)
    assert read_name("Siti").words == ("siti",)
