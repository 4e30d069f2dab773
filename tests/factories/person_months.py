"""Rows of person_months and receipts made by hand or by chance."""

import random
from calendar import monthrange
from datetime import date, timedelta

from tumbuh.engines.convergence.api import COLUMNS, SEASONS, Receipt, read_content

MONTH = date(2026, 5, 1)
STORED = [name for name in COLUMNS if name not in SEASONS]
PLAIN = {
    **dict.fromkeys(STORED),
    "person_id": 1,
    "desa_id": 9101012001,
    "month": MONTH,
    "sex": "F",
    "age_months": 300,
    "is_risky": False,
    "children_born": 0,
    "oedema": False,
    "is_contact": False,
    "has_target": False,
}
CLOCKS = {"gestation_days": "pregnancy_on", "days_since_birth": "birth_on", "couple_days": "couple_on"}


def count_months(start: date, day: date) -> int:
    """Completed months."""
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def make_person(month: date = MONTH, **changes) -> dict:
    """A woman of 25 years in no group, with changes. Of an event's day and the time since, give either."""
    month_end = month.replace(day=monthrange(month.year, month.month)[1])
    assert set(changes) <= {*PLAIN, "born_on"}, set(changes) - set(PLAIN)
    row = {**PLAIN, "month": month, "month_end": month_end, **changes}
    for clock, event in CLOCKS.items():
        if row[clock] is not None:
            row[event] = month_end - timedelta(days=row[clock])
        elif row[event] is not None:
            row[clock] = (month_end - row[event]).days
    if row["birth_on"] is not None and row["months_since_birth"] is None:
        row["months_since_birth"] = count_months(row["birth_on"], month_end)
    if row.get("born_on"):
        row["age_months"] = count_months(row["born_on"], month_end)
    return row


def read_receipt(words: str | date) -> Receipt:
    """`2026-05-03 iron_tablets 30` as a receipt."""
    day, code, *quantity = words.split()
    return Receipt(date.fromisoformat(day), code, *map(int, quantity))


# Values at and around every boundary that a rule may have.
AGES = [*range(26), 59, 60, 119, 120, 121, 122, 180, 227, 228, 239, 240, 300, 431, 432, 700]
DAYS = [0, 2, 3, 7, 8, 28, 29, 30, 42, 43, 59, 60, 90, 91, 111, 112, 167, 168, 195, 196, 223, 224, 251, 252, 300]
SCORES = [None, None, -301, -300, -201, -200, -100, 0]
TRUTH = [None, False, True]
MONTHS = [date(2023, 12, 1), date(2024, 1, 1), date(2026, 1, 1), date(2026, 2, 1), MONTH, date(2026, 6, 1)]


def draw_person(chance: random.Random, person_id: int) -> dict:
    """Anybody: also people nobody would think of, such as a pregnant boy of one year."""

    def some(values, share):
        return chance.choice(values) if chance.random() < share else None

    return make_person(
        chance.choice(MONTHS),
        person_id=person_id,
        desa_id=chance.choice([9101012001, 9101012002]),
        sex=chance.choice("MF"),
        age_months=chance.choice(AGES),
        decile=some(range(1, 11), 0.7),
        gestation_days=some(DAYS, 0.4),
        days_since_birth=some([*DAYS, 150, 400, 730, 731, 1900], 0.4),
        couple_days=some(DAYS, 0.3),
        is_risky=chance.random() < 0.3,
        children_born=chance.randrange(5),
        birth_gap_months=some([10, 23, 24, 40], 0.4),
        muac_mm=some([200, 234, 235, 300], 0.6),
        hb_dg=some([109, 110, 130], 0.6),
        bmi_tenths=some([170, 220], 0.6),
        smoke=chance.choice(TRUTH),
        haz=chance.choice(SCORES),
        waz=chance.choice(SCORES),
        whz=chance.choice(SCORES),
        oedema=chance.random() < 0.1,
        is_contact=chance.random() < 0.4,
        has_target=chance.random() < 0.7,
        **{name: chance.choice(TRUTH) for name in ("water", "latrine", "insurance", "birth_certificate", "preschool")},
    )


def draw_receipts(chance: random.Random, row: dict) -> list[Receipt]:
    """Services received at any time about the windows, the same one on the same day twice often."""
    codes = [code.code for code in read_content().codes.values() if code.kind == "EVENT"]
    starts = [row["month"], row["month_end"], date(row["month"].year, 1, 1), date(row["month"].year, 7, 1)]
    starts += [row[event] for event in CLOCKS.values() if row[event]]
    found = []
    for _ in range(chance.choice([0, 0, 2, 8, 40])):
        day = chance.choice(starts) + timedelta(days=chance.choice([-400, -31, -1, 0, 0, 1, 10, 40]))
        found.append(Receipt(day, chance.choice(codes), chance.choice([1, 1, 1, 2, 4, 15, 30, 45])))
    return found + chance.sample(found, chance.choice([0, len(found) // 2]))


def draw_village(seed: int, people: int = 12) -> list[tuple[dict, list[Receipt]]]:
    """People with what they received. Some are there in several months, with the same receipts."""
    chance = random.Random(seed)
    village = []
    for person_id in range(1, people + 1):
        row = draw_person(chance, person_id)
        village.append((row, draw_receipts(chance, row)))
        if chance.random() < 0.3:
            other = chance.choice([month for month in MONTHS if month != row["month"]])
            again = draw_person(chance, person_id)
            again = make_person(other, **{key: again[key] for key in again if key not in ("month", "month_end")})
            village.append((again, village[-1][1]))
    return village
