"""Households of people who come without a measurement: by KK number, else by mother and address in a desa.

The keys are those of `households.py`, which does the same for imports of measurements in bulk.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from tumbuh.accounts.api import whole_country
from tumbuh.records.models import Household
from tumbuh.records.nik import encrypt_nik, index_nik

HomeKey = tuple[int, bytes | str] | None
FILL = """
UPDATE records_household h SET decile = t.decile, head_name = t.head
FROM unnest(%s::bigint[], %s::smallint[], %s::text[]) AS t(id, decile, head) WHERE h.id = t.id
"""
STREET = re.compile("^(JALAN|JLN|JL)")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line about somebody. `nik` and `kk` are digits or None; `chosen_id`: a person decided whom it is about,
    `is_apart`: a person decided that it is nobody whom the register knows.

    `family_name` is the mother by whose name the household is known: a mother's own name, a child's mother's.
    """

    desa_id: int
    name: str
    sex: str
    birth_date: date
    registered_on: date
    nik: str | None = None
    kk: str | None = None
    posyandu_id: int | None = None
    mother_id: int | None = None
    mother_name: str = ""
    family_name: str = ""
    head_name: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    decile: int | None = None
    chosen_id: int | None = None
    birth_weight_kg: Decimal | None = None
    birth_length_cm: Decimal | None = None
    is_apart: bool = False


def get_home_key(row: PersonRow) -> HomeKey:
    """What a line's household is known by: (0, keyed KK number) or (desa, family key); None if the line cannot tell."""
    if row.kk:
        return 0, index_nik(row.kk)
    family = write_family_key(row)
    return (row.desa_id, family) if family else None


def write_family_key(row: PersonRow) -> str:
    """Mother, address, RT and RW, folded; "" unless the mother and one of address and RT are known."""
    mother = "".join(sign for sign in row.family_name.upper() if sign.isalpha())[:150]
    street = STREET.sub("", "".join(sign for sign in row.address.upper() if sign.isalnum()))
    if not mother or not (street or row.rt):
        return ""
    return "|".join((mother, street, fold_number(row.rt), fold_number(row.rw)))


def fold_number(text: str) -> str:
    """RT and RW as numbers where there is one: "RT 003" is "3"."""
    digits = re.search(r"\d+", text)
    return ((digits[0].lstrip("0") if digits else text) or text)[:5]


def find_homes(rows: Sequence[PersonRow]) -> dict[HomeKey, Household]:
    """The households of the lines by their key; the missing ones are made, blanks of the others are filled."""
    wanted = {key: row for row in rows if (key := get_home_key(row)) is not None}
    niks = [key[1] for key in wanted if key[0] == 0]
    families = [key[1] for key in wanted if key[0] != 0]
    with whole_country("matching"):  # a family card may be known elsewhere
        known = Household.objects.filter(
            Q(kk_index__in=niks) | Q(family_key__in=families, desa_id__in={key[0] for key in wanted})
        )
        found: dict[HomeKey, Household] = {}
        for home in known.order_by("-pk"):
            if home.kk_index is not None:
                found[0, bytes(home.kk_index)] = home
            if home.family_key:
                found[home.desa_id, home.family_key] = home
        missing = {key: make_home(row) for key, row in wanted.items() if key not in found}
        Household.objects.bulk_create(missing.values())
        homes = {key: found.get(key) or missing[key] for key in wanted}
        fill_homes(wanted, homes)
    return homes


def make_home(row: PersonRow) -> Household:
    return Household(
        desa_id=row.desa_id, head_name=row.head_name, address=row.address, rt=fold_number(row.rt),
        rw=fold_number(row.rw), decile=row.decile, family_key=write_family_key(row),
        kk_index=index_nik(row.kk) if row.kk else None, kk_encrypted=encrypt_nik(row.kk) if row.kk else None,
    )  # fmt: skip


def fill_homes(rows: dict[HomeKey, PersonRow], homes: dict[HomeKey, Household]) -> None:
    """A newer decile is taken, a head's name where there is none; households just made have both."""
    changed: dict[int, Household] = {}
    for key, row in rows.items():
        home = homes[key]
        decile = row.decile if row.decile is not None else home.decile
        head = home.head_name or row.head_name
        if (decile, head) != (home.decile, home.head_name):
            home.decile, home.head_name = decile, head
            changed[home.pk] = home
    if changed:
        with connection.cursor() as cursor:
            deciles, heads = zip(*((home.decile, home.head_name) for home in changed.values()), strict=True)
            cursor.execute(FILL, [list(changed), list(deciles), list(heads)])
