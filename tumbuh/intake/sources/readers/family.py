"""A family: its welfare, water and sanitation. The wife, where she is named, is taken into the register."""

from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import add_home, read_somebody
from tumbuh.intake.sources.readers.decile import read_decile
from tumbuh.intake.sources.told import HOME, SELF, Told


def tell(cells: Cells) -> Told:
    told = Told()
    wife = read_somebody(cells, sex="F")
    told.kk, on = cells.digits("kk"), cells.event_day()
    told.on = on
    if wife is not None:
        add_home(wife, cells, family_name=wife.name)
        told.people[SELF] = wife
    elif not told.kk:
        cells.say("kk", "VALUE_MISSING")
    if on is None:
        cells.say("date", "DAY_MISSING")
        return told
    read_decile(told, cells)
    for code in ("water", "latrine"):
        told.add_answer(code, cells.answer(code), on, whom=HOME)
    if cells.answer("accompaniment"):
        told.add("service", HOME, code="family_accompaniment", received_on=on, quantity=1)
    return told
