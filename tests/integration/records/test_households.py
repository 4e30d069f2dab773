"""Who lives together: by KK number, else by mother and address; the order of the rows makes no difference."""

from datetime import date
from itertools import permutations

import pytest
from django.db import transaction

from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.records.api import decrypt_nik, encrypt_nik, index_nik
from tumbuh.records.models import Household, Person

pytestmark = pytest.mark.django_db
K1, K2 = "9101010101200001", "9101010101200002"
HOME = {"mother_name": "SITI AMINAH", "address": "Jl. Kebun No. 3", "rt": "001", "rw": "02"}


@pytest.fixture(autouse=True)
def province():
    return make_province()


def lives(name: str, kk: str = "", **values) -> tuple:
    if kk:
        values |= {"kk_encrypted": encrypt_nik(kk), "kk_index": index_nik(kk)}
    return make_staged(name, **values)


def read_homes() -> set[tuple]:
    """(names of the children, KK number, address, RT, RW) of every household, and of everybody without one."""
    homes = {
        (tuple(sorted(home.people.values_list("name", flat=True))),
         decrypt_nik(home.kk_encrypted) if home.kk_encrypted else "", home.address, home.rt, home.rw)
        for home in Household.objects.all()
    }  # fmt: skip
    return homes | {((name,),) for name in Person.objects.filter(household=None).values_list("name", flat=True)}


CASES = {
    "the same KK in two desa": (
        [lives("ADI", K1), lives("BUDI", K1, desa_id=9101012002)],
        {(("ADI", "BUDI"), K1, "", "", "")},
    ),
    "the same mother and address, written a little differently": (
        [lives("ADI", **HOME),
         lives("BUDI", mother_name="Siti  Aminah", address="JALAN KEBUN NO 3", rt="RT 1", rw="2",
               measured_on=date(2026, 2, 1))],
        {(("ADI", "BUDI"), "", "Jl. Kebun No. 3", "1", "2")},
    ),
    "another RT, another desa, another mother": (
        [lives("ADI", **HOME), lives("BUDI", **HOME | {"rt": "2"}), lives("CITRA", desa_id=9101012002, **HOME),
         lives("DIMAS", **HOME | {"mother_name": "ANI"})],
        {((name,), "", "Jl. Kebun No. 3", rt, "2")
         for name, rt in (("ADI", "1"), ("BUDI", "2"), ("CITRA", "1"), ("DIMAS", "1"))},
    ),
    "a brother without KK number follows his sister's": (
        [lives("ADI", K1, **HOME), lives("BUDI", **HOME)],
        {(("ADI", "BUDI"), K1, "Jl. Kebun No. 3", "1", "2")},
    ),
    "two families at one address with a KK number each": (
        [lives("ADI", K1, **HOME), lives("BUDI", K2, **HOME)],
        {(("ADI",), K1, "Jl. Kebun No. 3", "1", "2"), (("BUDI",), K2, "Jl. Kebun No. 3", "1", "2")},
    ),
    "a child that moved lives at the later address": (
        [lives("ADI", **HOME), lives("ADI", **HOME | {"address": "Jl. Laut"}, measured_on=date(2026, 4, 1))],
        {(("ADI",), "", "Jl. Laut", "1", "2")},
    ),
    "two KK numbers for one child count as none": (
        [lives("ADI", K1, **HOME), lives("ADI", K2, **HOME, measured_on=date(2026, 4, 1))],
        {(("ADI",), "", "Jl. Kebun No. 3", "1", "2")},
    ),
    "an address alone, or a mother alone, is no household": (
        [lives("ADI", address="Jl. Kebun"), lives("BUDI", mother_name="SITI")], {(("ADI",),), (("BUDI",),)},
    ),
    "the row that repeats another one counts too": (
        [lives("ADI", mother_name="SITI AMINAH"), lives("ADI", **HOME)],
        {(("ADI",), "", "Jl. Kebun No. 3", "1", "2")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_lives_together(case):
    rows, expected = CASES[case]
    for order in permutations(rows):
        with transaction.atomic():
            save_rows(*order)
            assert read_homes() == expected
            transaction.set_rollback(True)


def test_files_one_after_the_other_come_to_the_same():
    rows = [lives("ADI", K1), lives("ADI", **HOME, measured_on=date(2026, 4, 1)), lives("BUDI", **HOME)]
    for order in permutations(rows[:2]):
        with transaction.atomic():
            for row in (*order, rows[2]):
                save_rows(row)
            assert read_homes() == {(("ADI", "BUDI"), K1, "Jl. Kebun No. 3", "1", "2")}
            transaction.set_rollback(True)


def test_a_household_that_is_there_stays():
    save_rows(lives("ADI", K1, **HOME))
    before = read_homes()
    again = save_rows(lives("ADI", K1, **HOME), lives("ADI", K2, **HOME | {"address": "Jl. Laut"}))
    assert (again.children_changed, read_homes()) == (0, before)


def test_saying_an_unusable_kk_again_changes_nothing():
    save_rows(lives("ADI", **HOME), lives("BUDI", **HOME))
    rows = [lives("ADI", K1), lives("BUDI", K2)]
    for _ in range(2):
        assert save_rows(*rows).children_changed == 0
    assert read_homes() == {(("ADI", "BUDI"), "", "Jl. Kebun No. 3", "1", "2")}
