"""A child and the day of each immunisation and of vitamin A."""

from tumbuh.intake.eppgbm.texts import fold_word
from tumbuh.intake.sources.cells import NO, TICKS, YES, Cells
from tumbuh.intake.sources.people import add_home, read_somebody
from tumbuh.intake.sources.told import SELF, Told

CODES = (
    "hb0", "bcg", "opv1", "opv2", "opv3", "opv4", "penta1", "penta2", "penta3", "penta4", "ipv1", "ipv2", "pcv1",
    "pcv2", "pcv3", "rotavirus1", "rotavirus2", "rotavirus3", "mr1", "mr2", "vitamin_a",
)  # fmt: skip


def tell(cells: Cells) -> Told:
    """Each antigen with its day; a tick without a day is said and left out, for nobody knows when it was."""
    told, cells.is_day_told = Told(), True
    child = read_somebody(cells)
    if child is None:
        cells.say("name", "VALUE_MISSING")
        return told
    add_home(child, cells, family_name=child.mother_name)
    told.people[SELF] = child
    for code in CODES:
        word = fold_word(cells.text(code))
        if word in YES or (not word and cells.text(code) and set(cells.text(code)) <= TICKS):
            cells.say(code, "DAY_OF_SERVICE_MISSING")
        elif word not in NO:
            add_dose(told, cells, code)
    told.on = max((fact.values["received_on"] for fact in told.facts), default=cells.today)
    return told


def add_dose(told: Told, cells: Cells, code: str) -> None:
    on, born = cells.day(code), told.people[SELF].birth_date
    if on is not None and born is not None and on < born:
        cells.say(code, "DAY_BEFORE_BIRTH", value=f"{on:%d-%m-%Y}", other=f"{born:%d-%m-%Y}")
        return
    told.add_service(code, on is not None, on)
