"""Which desa a row means."""

import pytest
from lokal import wilayah

from tumbuh.intake.eppgbm.api import Place, build_index, match_desa
from tumbuh.intake.eppgbm.desa import fold_region

PLACES = build_index(
    [
        Place(1701012001, "Padang Niur", "DESA", "Kota Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701011002, "Pasar Baru", "KELURAHAN", "Kota Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701012003, "Sukamaju I", "DESA", "Kota Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701012004, "Sukamaju II", "DESA", "Kota Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701012005, "Gunung Sakti", "DESA", "Kota Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701022001, "Tanjung Raman", "DESA", "Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701022002, "Jeranglah", "DESA", "Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701021003, "Jeranglah", "KELURAHAN", "Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701022004, "Talang Baru", "DESA", "Manna", "Kabupaten Bengkulu Selatan"),
        Place(1701022005, "Talang Bara", "DESA", "Manna", "Kabupaten Bengkulu Selatan"),
        Place(1771011001, "Anggut", "KELURAHAN", "Ratu Samban", "Kota Bengkulu"),
        Place(1704012001, "Padang Niur", "DESA", "Kaur Selatan", "Kabupaten Kaur"),
        Place(1704012002, "Air Dingin", "DESA", "Kaur Selatan", "Kabupaten Kaur"),
    ]
)
SELATAN = "BENGKULU SELATAN"
TABLE = [
    # kabupaten, kecamatan, desa, id, code
    (SELATAN, "KOTA MANNA", "PADANG NIUR", 1701012001, ""),
    ("Kab. Bengkulu Selatan", "Kec. Kota Manna", "Padang Niur", 1701012001, ""),
    ("KABUPATEN BENGKULU SELATAN", "kota manna", "Desa Padang Niur", 1701012001, ""),
    (SELATAN, "KOTA MANNA", "Ds. PadangNiur", 1701012001, ""),
    (SELATAN, "KOTA MANNA", "padang-niur", 1701012001, ""),
    (SELATAN, "KOTA MANNA", "Kel. Pasar Baru", 1701011002, ""),
    (SELATAN, "KOTA MANNA", "SUKA MAJU 2", 1701012004, ""),
    (SELATAN, "KOTA MANNA", "Sukamaju ii", 1701012004, ""),
    (SELATAN, "KOTA MANNA", "Sukamaju I", 1701012003, ""),
    (SELATAN, "KOTA MANNA", "Padang Nuir", 1701012001, "DESA_MISSPELT"),
    (SELATAN, "KOTA MANNA", "Padang Niurr", 1701012001, "DESA_MISSPELT"),
    (SELATAN, "KOTA MANNA", "Gunung Sakit", 1701012005, "DESA_MISSPELT"),
    (SELATAN, "KOTA MANNA", "Sukamaju", None, "DESA_AMBIGUOUS"),
    (SELATAN, "KOTA MANA", "PADANG NIUR", 1701012001, "KECAMATAN_MISSPELT"),
    ("BENGKULU SELTAN", "KOTA MANNA", "PADANG NIUR", 1701012001, ""),
    (SELATAN, "MANNA", "Desa Jeranglah", 1701022002, ""),
    (SELATAN, "MANNA", "Kelurahan Jeranglah", 1701021003, ""),
    (SELATAN, "MANNA", "Jeranglah", None, "DESA_AMBIGUOUS"),
    (SELATAN, "MANNA", "Talang Baro", None, "DESA_AMBIGUOUS"),
    (SELATAN, "MANNA", "Padang Niur", None, "DESA_OTHER_KECAMATAN"),
    (SELATAN, "Seginim", "Padang Niur", None, "DESA_OTHER_KECAMATAN"),
    (SELATAN, "", "Padang Niur", 1701012001, ""),
    ("", "", "Gunung Sakti", 1701012005, ""),
    ("", "", "Padang Niur", None, "DESA_AMBIGUOUS"),
    ("KAUR", "KAUR SELATAN", "Padang Niur", 1704012001, ""),
    ("KOTA BENGKULU", "RATU SAMBAN", "ANGGUT", 1771011001, ""),
    ("BENGKULU", "RATU SAMBAN", "ANGGUT", 1771011001, ""),
    (SELATAN, "KOTA MANNA", "17.01.01.2001", 1701012001, ""),
    (SELATAN, "KOTA MANNA", "Entah Di Mana", None, "DESA_UNKNOWN"),
    (SELATAN, "KOTA MANNA", "", None, "DESA_MISSING"),
    (SELATAN, "KOTA MANNA", "-", None, "DESA_MISSING"),
]
FOLDED = [
    ("Ds. Suka Maju II", "sukamaju2"),
    ("KEL. PASAR BARU", "pasarbaru"),
    ("Desa", "desa"),
    ("V Koto", "vkoto"),
    ("Koto V", "koto5"),
    ("Kelapa Gading", "kelapagading"),
]


@pytest.mark.parametrize(("kabupaten", "kecamatan", "desa", "expected", "code"), TABLE)
def test_desa(kabupaten, kecamatan, desa, expected, code):
    match = match_desa("Bengkulu", kabupaten, kecamatan, desa, PLACES)
    assert match.desa_id == expected
    assert (match.reason.code if match.reason else "") == code
    assert match_desa("Bengkulu", kabupaten, kecamatan, desa, PLACES) is match


def test_an_unknown_desa_comes_with_the_nearest_names():
    match = match_desa("", SELATAN, "MANNA", "Tanjungg Rahmann", PLACES)
    assert match.desa_id in (None, 1701022001)
    match = match_desa("", SELATAN, "MANNA", "Tajung Rama Ya", PLACES)
    assert match.suggestions == ("Tanjung Raman (Kec. Manna)",)
    assert "Tanjung Raman" in match.reason.message


@pytest.mark.parametrize(("text", "key"), FOLDED)
def test_folded_region_names(text, key):
    assert fold_region(text) == key


def list_real_places(provinsi):
    for kabupaten in wilayah.list_wilayah(provinsi):
        for kecamatan in wilayah.list_wilayah(kabupaten.code):
            for desa in wilayah.list_wilayah(kecamatan.code):
                number = int(desa.code.replace(".", ""))
                yield Place(number, desa.name, desa.type.upper(), kecamatan.name, kabupaten.name)


def test_every_real_desa_finds_itself_in_capitals_and_without_blanks():
    places = list(list_real_places("17"))
    index = build_index(places)
    assert len(places) > 1500
    for place in places:
        for name in (place.name.upper(), f"Ds. {place.name.replace(' ', '  ')}"):
            match = match_desa("", place.kabupaten.upper(), place.kecamatan, name, index)
            assert (match.desa_id, match.reason) == (place.id, None)
