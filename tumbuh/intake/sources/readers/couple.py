"""A bridal couple with the bride's check of health."""

from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import add_home, read_somebody
from tumbuh.intake.sources.readers.pregnant import add_check
from tumbuh.intake.sources.told import PARTNER, SELF, Told

SERVICES = {"guidance": "marriage_guidance", "reproductive": "reproductive_counselling"}


def tell(cells: Cells) -> Told:
    told = Told()
    bride, groom = read_somebody(cells, sex="F"), read_somebody(cells, "partner_", sex="M")
    on, cells.is_day_told = cells.day("date"), True
    told.on = on
    if bride is None:
        cells.say("name", "VALUE_MISSING")
        return told
    add_home(bride, cells, family_name="")
    told.people[SELF] = bride
    if groom is not None:
        told.people[PARTNER] = groom
    if on is None:
        cells.say("date", "DAY_MISSING")
        return told
    married_on = cells.day("married_on")
    if married_on is not None and married_on < on:
        cells.say("married_on", "MARRIED_BEFORE", value=f"{married_on:%d-%m-%Y}", other=f"{on:%d-%m-%Y}")
        married_on = None
    planned_on = cells.day("planned_on", is_past=False)
    told.add("couple", SELF, registered_on=on, planned_on=planned_on, married_on=married_on)
    add_check(told, cells, on)
    tablets = cells.whole("tablets", 1, 180)
    told.add_service("iron_tablets", tablets is not None, on, quantity=tablets or 1)
    for field, code in SERVICES.items():
        told.add_service(code, cells.answer(field), on)
    return told
