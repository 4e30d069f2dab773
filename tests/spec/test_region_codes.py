"""Region codes as Kemendagri writes them. Source: Kepmendagri 300.2.2-2138/2025, structure PP.KK.CC.DDDD."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumbuh.regions.api import (
    RegionCodeError,
    check_code,
    get_code,
    get_kind,
    get_level,
    get_number,
    get_parent_code,
    get_span,
)

# code, level, kind, number, last number below it, parent
CODES = [
    ("17", 1, "PROVINSI", 1700000000, 1799999999, None),
    ("17.01", 2, "KABUPATEN", 1701000000, 1701999999, "17"),
    ("17.69", 2, "KABUPATEN", 1769000000, 1769999999, "17"),
    ("17.71", 2, "KOTA", 1771000000, 1771999999, "17"),
    ("11.10", 2, "KABUPATEN", 1110000000, 1110999999, "11"),
    ("17.01.01", 3, "KECAMATAN", 1701010000, 1701019999, "17.01"),
    ("91.03.01", 3, "KECAMATAN", 9103010000, 9103019999, "91.03"),
    ("17.01.01.2001", 4, "DESA", 1701012001, 1701012001, "17.01.01"),
    ("17.01.01.1001", 4, "KELURAHAN", 1701011001, 1701011001, "17.01.01"),
    ("91.03.01.3001", 4, "DESA_ADAT", 9103013001, 9103013001, "91.03.01"),
    ("17.03.01.9001", 4, "UPT", 1703019001, 1703019001, "17.03.01"),
]
WRONG = [
    "",
    "1",
    "1701",
    "17.1",
    "17.01.",
    ".17",
    "17.01.01.201",
    "17.01.01.20011",
    "17,01",
    " 17",
    "17\n",
    "AA.01",
    "１７",
]


@pytest.mark.parametrize(("code", "level", "kind", "low", "high", "parent"), CODES)
def test_code(code, level, kind, low, high, parent):
    assert (get_level(code), get_kind(code), get_number(code)) == (level, kind, low)
    assert get_span(code) == (low, high)
    assert get_parent_code(code) == parent
    assert get_code(low) == code


@pytest.mark.parametrize("text", WRONG)
def test_wrong_codes_are_refused_with_an_example(text):
    with pytest.raises(RegionCodeError, match=r"17\.01\.01\.2001"):
        check_code(text)


def test_a_fourth_part_must_tell_its_kind():
    with pytest.raises(RegionCodeError, match="kelurahan"):
        get_kind("17.01.01.5001")


PART = st.integers(1, 99).map("{:02}".format)
ANY_CODE = st.one_of(
    st.tuples(st.integers(11, 99).map(str)),
    st.tuples(st.integers(11, 99).map(str), PART),
    st.tuples(st.integers(11, 99).map(str), PART, PART),
    st.tuples(st.integers(11, 99).map(str), PART, PART, st.integers(1001, 9999).map(str)),
).map(".".join)


@given(ANY_CODE)
def test_number_and_code_are_each_others_reverse(code):
    assert get_code(get_number(code)) == code


@given(ANY_CODE, ANY_CODE)
def test_span_holds_exactly_the_region_and_what_is_below_it(above, code):
    low, high = get_span(above)
    assert (low <= get_number(code) <= high) == (code == above or code.startswith(f"{above}."))
