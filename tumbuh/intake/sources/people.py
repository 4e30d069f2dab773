"""Who a line is about."""

from datetime import date

from tumbuh.engines.linkage.api import fold_name
from tumbuh.intake.eppgbm.nik import FEMALE_DAY, compare_nik
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.told import Somebody


def read_somebody(cells: Cells, prefix: str = "", *, sex: str = "") -> Somebody | None:
    """The person of fields `<prefix>name`, `<prefix>nik` …; None where the line names nobody there.

    Sex and birth date stand in the NIK too, and are taken from it where the line does not say them.
    """
    name, nik = cells.text(f"{prefix}name"), cells.digits(f"{prefix}nik")
    if not name and not nik:
        return None
    if name and not fold_name(name):
        cells.say(f"{prefix}name", "NAME_UNREADABLE", value=name)
    found = Somebody(
        name=name, nik=nik, birth_date=cells.day(f"{prefix}birth_date"), sex=sex or cells.sex(f"{prefix}sex"),
        mother_name=cells.text("mother_name") if not prefix else "",
    )  # fmt: skip
    if nik:
        complete(found, cells, prefix)
    return found


def complete(found: Somebody, cells: Cells, prefix: str) -> None:
    """Fill from the NIK what the line leaves out; say where they contradict each other."""
    day, month, year = int(found.nik[6:8]), int(found.nik[8:10]), int(found.nik[10:12])
    found.sex = found.sex or ("F" if day > FEMALE_DAY else "M")
    if found.birth_date is None:
        found.birth_date = make_birth(day % FEMALE_DAY, month, year, cells.today)
        if found.birth_date:
            cells.say(f"{prefix}nik", "BIRTH_FROM_NIK", value=f"{found.birth_date:%d-%m-%Y}")
        return
    for code, value, other in compare_nik(found.nik, found.sex, found.birth_date):
        cells.say(f"{prefix}nik", code, value=value, other=other)


def make_birth(day: int, month: int, year: int, today: date) -> date | None:
    """The latest day with these digits that is not in the future."""
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            return None
        if born <= today:
            return born
    return None


def add_home(somebody: Somebody, cells: Cells, *, family_name: str) -> None:
    """Where somebody lives."""
    somebody.kk, somebody.family_name = cells.digits("kk"), family_name
    somebody.posyandu, somebody.address = cells.text("posyandu"), cells.text("address")
    somebody.rt, somebody.rw = cells.text("rt"), cells.text("rw")
