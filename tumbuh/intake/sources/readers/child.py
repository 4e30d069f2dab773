"""A child in a month: measured, immunised, visited; what holds of it and of its home."""

from tumbuh.intake.eppgbm.texts import find_mode, fold_word
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import add_home, read_somebody
from tumbuh.intake.sources.told import HOME, SELF, Told

COUNSELLING = ("counselling", "counselling_mother", "counselling_father")
MEASLES = {"1": False, "belum": False, "2": True, "sudah": True, "v": True, "x": False, "ya": True, "tidak": False}


def tell(cells: Cells) -> Told:
    told = Told()
    child = read_somebody(cells)
    if child is None:
        cells.say("name", "VALUE_MISSING")
        return told
    add_home(child, cells, family_name=child.mother_name)
    told.people[SELF] = child
    on = told.on = cells.event_day(child.birth_date)
    if on is None:
        cells.say("date", "DAY_MISSING")
        return told
    if child.birth_date and on < child.birth_date:
        cells.say("date", "DAY_BEFORE_BIRTH", value=f"{on:%d-%m-%Y}", other=f"{child.birth_date:%d-%m-%Y}")
        return told
    add_visit(told, cells)
    word = fold_word(cells.text("measles"))
    if word and word not in MEASLES:
        cells.say("measles", "ANSWER_UNREADABLE", value=cells.text("measles"))
    told.add_service("mr1", MEASLES.get(word), on)
    if cells.answer("basic_immunisation"):
        cells.say("basic_immunisation", "ANTIGEN_UNKNOWN")
    told.add_service("nutrition_counselling", True in [cells.answer(field) for field in COUNSELLING], on)
    for code in ("home_visit", "parenting_class"):
        told.add_service(code, cells.answer(code), on)
    for code in ("birth_certificate", "insurance"):
        told.add_answer(code, cells.answer(code), on)
    for code in ("water", "latrine"):
        told.add_answer(code, cells.answer(code), on, whom=HOME)
    return told


def add_visit(told: Told, cells: Cells) -> None:
    """Weight and length as measured; that it was done without what was read is said, and not counted."""
    weight, length = cells.number("weight_kg", 0.5, 60), cells.number("lenhei_cm", 25, 150)
    if weight is None and length is None:
        if cells.answer("weighed") or cells.answer("measured"):
            cells.say("weighed", "MEASURE_WITHOUT_VALUE")
        return
    mode = find_mode(cells.text("mode"))
    told.add("visit", SELF, measured_on=told.on, weight_kg=weight, lenhei_cm=length, mode=mode)
