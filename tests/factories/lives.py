"""Grown-ups in the register and what happens to them."""

from datetime import date

from tests.factories.records import make_batch
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import LifeRows, PersonRow, enrol_people, save_life

BIRTHDAY = date(1998, 6, 1)


def make_woman(desa_id: int, name: str = "SITI", birth_date: date = BIRTHDAY, **values) -> PersonRow:
    values = {"registered_on": date(2025, 1, 1), "family_name": name, "rt": "1", **values}
    return PersonRow(desa_id=desa_id, name=name, sex="F", birth_date=birth_date, **values)


def enrol(*rows: PersonRow) -> list[int]:
    """The numbers of the people."""
    return [one.person_id for one in enrol_people(by=SYSTEM, batch=make_batch("form"), rows=rows)]


def tell(by=SYSTEM, **kinds):
    """What `save_life` says of the rows."""
    return save_life(by=by, batch=make_batch("form"), rows=LifeRows(**kinds))
