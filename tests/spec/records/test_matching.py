"""Which child does a line speak of? One line a case: what the register knows, what the file says, what we decide.

Every case is run with the file's lines in both orders: the decision must not depend on the order.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.records.api import close_staging, copy_staged, match_staged, open_staging
from tumbuh.records.rules.nearness import is_near

pytestmark = pytest.mark.django_db
OTHER = 9101012002
A, B = "9101014503240001", "9101014503240002"
APRIL = date(2026, 4, 10)

# name of the case: (lines the register was made from, lines of the file as {column: value}, verdict and action of each)
CASES = {
    "nobody knows the child": ([], [{}], ["new_child insert"]),
    "same child, another day": ([{}], [{"measured_on": APRIL}], ["known_child insert"]),
    "same child, same day, same values": ([{}], [{}], ["known_child same"]),
    "same child, same day, other weight": ([{}], [{"weight_kg": Decimal("11.9")}], ["known_child update"]),
    "the file leaves a value blank": ([{}], [{"lenhei_cm": None, "mode": ""}], ["known_child same"]),
    "found by NIK though the mother is written otherwise": (
        [{"nik": A, "mother_name": "SITI"}], [{"nik": A, "mother_name": "AMINAH"}], ["known_child same"]),
    "the file brings a NIK": ([{}], [{"nik": A}], ["known_child fill"]),
    "the file has no NIK, the register has": ([{"nik": A}], [{}], ["known_child same"]),
    "the file brings the mother's name": ([{}], [{"mother_name": "SITI"}], ["known_child fill"]),
    "a NIK that belongs to another name": ([{"nik": A}], [{"nik": A, "name": "BUDI"}], ["nik_other_identity "]),
    "a NIK that belongs to another birth date": (
        [{"nik": A}], [{"nik": A, "birth_date": date(2024, 3, 6)}], ["nik_other_identity "]),
    "a NIK that belongs to a child of the other sex": ([{"nik": A}], [{"nik": A, "sex": "M"}], ["nik_other_identity "]),
    "the child of this NIK lives in another desa": ([{"nik": A}], [{"nik": A, "desa_id": OTHER}], ["nik_other_desa "]),
    "another NIK than the register's": ([{"nik": A}], [{"nik": B}], ["nik_differs "]),
    "another mother than the register's": ([{"mother_name": "SITI"}], [{"mother_name": "AMINAH"}], ["mother_differs "]),
    "the mother's name with other signs": ([{"mother_name": "SITI"}], [{"mother_name": "Siti."}], ["known_child same"]),
    "two children of one name, told apart by the mother": (
        [{"nik": A, "mother_name": "SITI"}, {"nik": B, "mother_name": "AMINAH"}],
        [{"mother_name": "AMINAH"}], ["known_child same"]),
    "two children of one name, and the file does not say which": (
        [{"nik": A, "mother_name": "SITI"}, {"nik": B, "mother_name": "AMINAH"}], [{}], ["several_children "]),
    "the same name in another desa": ([{}], [{"desa_id": OTHER}], ["new_child insert"]),
    "a name like the register's": ([{}], [{"name": "AISYA"}], ["near_name "]),
    "a name like the register's, both with a NIK": ([{"nik": A}], [{"nik": B, "name": "AISYA"}], ["new_child insert"]),
    "a like name, born on another day": (
        [{}], [{"name": "AISYA", "birth_date": date(2024, 3, 6)}], ["new_child insert"]),
    "twins: one mother and birth date, two names": (
        [], [{"mother_name": "SITI", "name": "HASAN"}, {"mother_name": "SITI", "name": "UMAR"}],
        ["new_child insert", "new_child insert"]),
    "a second twin comes later": (
        [{"mother_name": "SITI", "name": "HASAN"}], [{"mother_name": "SITI", "name": "UMAR"}], ["new_child insert"]),
    "two visits of a new child": (
        [], [{}, {"measured_on": APRIL}], ["new_child insert", "new_child insert"]),
    "a new child, once with and once without NIK": (
        [], [{"nik": A}, {"measured_on": APRIL}], ["new_child insert", "new_child insert"]),
    "one NIK for two names in the file: the name with more lines stands": (
        [], [{"nik": A}, {"nik": A, "measured_on": APRIL}, {"nik": A, "name": "BUDI"}],
        ["new_child insert", "new_child insert", "nik_other_identity "]),
    "two NIK for one child in the file: the NIK with more lines stands": (
        [], [{"nik": B}, {"nik": B, "measured_on": APRIL}, {"nik": A, "measured_on": date(2026, 5, 5)}],
        ["new_child insert", "new_child insert", "nik_differs "]),
    "two NIK and two mothers are two children of one name": (
        [], [{"nik": A, "mother_name": "SITI"}, {"nik": B, "mother_name": "AMINAH"}],
        ["new_child insert", "new_child insert"]),
    "two mothers without NIK: the one with more lines stands": (
        [], [{"mother_name": "SITI"}, {"mother_name": "SITI", "measured_on": APRIL}, {"mother_name": "AMINAH"}],
        ["new_child insert", "new_child insert", "mother_differs "]),
    "like names in the file: the one with more lines stands": (
        [], [{"name": "AISYAH"}, {"name": "AISYAH", "measured_on": APRIL}, {"name": "AISYA"}],
        ["new_child insert", "new_child insert", "near_name "]),
    "the same line twice": ([], [{}, {}], ["new_child insert", "repeat_same "]),
    "one day, two weights, and the register has one of them": (
        [{}], [{"weight_kg": Decimal("13")}, {}], ["repeat_differs ", "known_child same"]),
}  # fmt: skip


def judge(lines: list[dict]) -> list[str]:
    """Verdict and action of each line, by the matching of the records room."""
    rows = [make_staged(**line) for line in lines]
    open_staging()
    copy_staged(rows)
    match_staged()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_id, verdict || ' ' || action FROM records_staged")
        found = dict(cursor.fetchall())
    close_staging()
    return [found[row[0]] for row in rows]


@pytest.mark.parametrize("case", CASES)
def test_decision(case):
    make_province()
    register, lines, expected = CASES[case]
    for line in register:
        save_rows(make_staged(**line))
    assert judge(lines) == expected
    if "the same line twice" not in case:
        assert judge(lines[::-1]) == expected[::-1]


def test_two_weights_on_one_day_without_a_stored_one():
    """Nothing tells which is right: the first stands and the second waits."""
    make_province()
    assert judge([{}, {"weight_kg": Decimal("13")}]) == ["new_child insert", "repeat_differs "]


NEAR = [
    ("AISYAH", "AISYA", True),
    ("AISYAH PUTRI", "PUTRI AISYAH", True),
    ("AISYAH PUTRI", "AISYAH", True),
    ("MUHAMMAD RIZKI", "MUHAMAD RISKI", True),
    ("MUHAMMAD RIZKI", "MUHAMMAD RIDHO", False),
    ("HASAN", "UMAR", False),
    ("ANI", "ANA", False),
    ("BUDI", "BUDI", False),
    ("DIMAS", "DIAMS", True),
    ("SITI NURHALIZA", "SITI NURHAYATI", False),
]


@pytest.mark.parametrize(("first", "second", "expected"), NEAR)
def test_near_names(first, second, expected):
    assert is_near(first, second) is is_near(second, first) is expected
