"""The welfare decile of a family that is in the register; nobody is taken in by it."""

from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import read_somebody
from tumbuh.intake.sources.told import HOME, SELF, Told


def tell(cells: Cells) -> Told:
    told = Told(on=cells.today, only_known=True)
    told.kk, somebody = cells.digits("kk"), read_somebody(cells)
    if somebody is not None:
        told.people[SELF] = somebody
    if not told.kk and not (somebody and somebody.nik):
        cells.say("kk", "VALUE_MISSING")
    if not read_decile(told, cells):
        cells.say("decile", "VALUE_MISSING")
    return told


def read_decile(told: Told, cells: Cells) -> bool:
    """Add the decile, 1 to 10; whether there was one."""
    decile = cells.whole("decile", 1, 10)
    if decile is not None:
        told.add("decile", HOME, decile=decile)
    return decile is not None
