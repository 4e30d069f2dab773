"""A pregnant woman in a month, or on the day of a visit."""

from datetime import date, timedelta

from tumbuh.intake.eppgbm.texts import fold_word
from tumbuh.intake.sources.cells import Cells
from tumbuh.intake.sources.people import add_home, read_somebody
from tumbuh.intake.sources.told import HOME, SELF, Told

TERM_DAYS = 280  # from the last menses to the expected birth (Naegele's rule)
LONGEST_DAYS = 308
MONTH_DAYS = 30.4375
SERVICES = {"check": "pregnancy_check", "counselling": "nutrition_counselling", "home_visit": "home_visit"}
RISKY = frozenset(("risti", "kek", "2", "3", "resti", "risiko tinggi", "resiko tinggi", "kek risti", "risti kek"))
NORMAL = frozenset(("normal", "1", "n"))


def tell(cells: Cells) -> Told:
    """Mother, pregnancy, check of health, services and what holds of her home."""
    told = Told()
    mother = read_somebody(cells, sex="F")
    if mother is None:
        cells.say("name", "VALUE_MISSING")
        return told
    add_home(mother, cells, family_name=mother.name)
    told.people[SELF] = mother
    delivered_on, said = cells.day("delivered_on"), cells.event_day()
    started_on = find_start(cells, delivered_on or said)
    on = told.on = cells.event_day(started_on)
    if on is None:
        cells.say("date", "DAY_MISSING")
        return told
    add_pregnancy(told, cells, started_on, delivered_on)
    add_services(told, cells, on, delivered_on)
    add_check(told, cells, on)
    for code in ("water", "latrine"):
        told.add_answer(code, cells.answer(code), on, whom=HOME)
    told.add_answer("insurance", cells.answer("insurance"), on)
    return told


def find_start(cells: Cells, on: date | None) -> date | None:
    """First day of the last menses: as written, by the expected birth, or by the months pregnant."""
    started_on, due_on = cells.day("started_on"), cells.day("due_on", is_past=False)
    months = cells.number("pregnancy_months", 0, 10)
    if started_on is None and due_on is not None:
        started_on = due_on - timedelta(days=TERM_DAYS)
    if started_on is None and months is not None and on is not None:
        started_on = on - timedelta(days=round(float(months) * MONTH_DAYS))
        cells.say("pregnancy_months", "START_FROM_MONTHS", value=f"{started_on:%d-%m-%Y}")
    if started_on is not None and on is not None and not 0 <= (on - started_on).days <= LONGEST_DAYS + 92:
        cells.say("due_on" if due_on else "started_on", "START_UNLIKELY", value=f"{started_on:%d-%m-%Y}")
        return None
    return started_on


def add_pregnancy(told: Told, cells: Cells, started_on: date | None, delivered_on: date | None) -> None:
    """The pregnancy; without its start the one that the register knows is meant."""
    word = fold_word(cells.text("status"))
    if word and word not in RISKY | NORMAL:
        cells.say("status", "ANSWER_UNREADABLE", value=cells.text("status"))
    if delivered_on is not None:
        cells.say("delivered_on", "OUTCOME_ASSUMED")
    told.add(
        "pregnancy", SELF, started_on=started_on, is_exact="started_on" in cells.places or "due_on" in cells.places,
        ended_on=delivered_on, outcome="LIVE" if delivered_on else "", number=cells.whole("gravida", 1, 20),
        is_risky=word in RISKY, risks=["KEK"] if "kek" in word or word == "3" else [],
    )  # fmt: skip


def add_services(told: Told, cells: Cells, on: date, delivered_on: date | None) -> None:
    """What she received; care after birth not before the birth."""
    for field, code in SERVICES.items():
        told.add_service(code, cells.answer(field), on)
    tablets, has_iron = cells.whole("tablets", 1, 180), cells.answer("iron")
    if tablets is not None and has_iron is not False:
        told.add_service("iron_tablets", True, on, quantity=tablets)
    elif has_iron:
        cells.say("iron", "TABLETS_UNCOUNTED")
        told.add_service("iron_tablets", True, on)
    told.add_service("postpartum_care", cells.answer("postpartum"), max(on, delivered_on) if delivered_on else on)


def add_check(told: Told, cells: Cells, on: date) -> None:
    """Weight, height, arm, haemoglobin and smoke, where any of them was looked at."""
    found = {
        "weight_kg": cells.number("weight_kg", 15, 250), "height_cm": cells.number("height_cm", 80, 230),
        "muac_cm": cells.number("muac_cm", 10, 60), "hb_g_dl": cells.number("hb_g_dl", 2, 25),
        "smoke": cells.answer("smoke"),
    }  # fmt: skip
    if any(value is not None for value in found.values()):
        told.add("check", SELF, checked_on=on, **found)
