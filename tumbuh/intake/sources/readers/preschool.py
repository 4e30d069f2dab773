"""A child and the months of a year in which it went to preschool (PAUD)."""

from datetime import date

from tumbuh.intake.eppgbm.headings import MONTHS
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import read_somebody
from tumbuh.intake.sources.told import SELF, Told


def tell(cells: Cells) -> Told:
    """A statement for each month that says yes or no; the year is that of the list's month."""
    told = Told()
    child = read_somebody(cells)
    if child is None:
        cells.say("name", "VALUE_MISSING")
        return told
    told.people[SELF] = child
    if cells.month is None:
        cells.say("januari", "DAY_MISSING")
        return told
    told.on, cells.is_day_told = cells.month, True
    for number, field in enumerate(MONTHS, 1):
        first = date(cells.month.year, number, 1)
        goes = cells.answer(field)
        if goes is not None and first > cells.today:
            cells.say(field, "DAY_IN_FUTURE", value=f"{first:%m-%Y}")
        elif not (child.birth_date and first < child.birth_date):
            told.add_answer("preschool", goes, first)
    return told
