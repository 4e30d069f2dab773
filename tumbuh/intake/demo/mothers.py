"""Pregnancies, births and bridal couples of the made-up lives, with the checks and services that go with them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tumbuh.intake.demo.kin import Family
from tumbuh.intake.demo.life import Life
from tumbuh.records.api import CheckRow, CoupleRow, PregnancyRow

TERM = 273
MONTH_DAYS = 30.4375
THIN_CM = Decimal("23.5")


def tell_mother(rng: Random, life: Life, family: Family) -> None:
    """The pregnancies that the youngest children came from, and perhaps one that goes on."""
    for born in sorted({child.birth_date for child in family.children}):
        if born >= life.since:
            start = born - timedelta(days=TERM + rng.randrange(-9, 10))
            tell_pregnancy(rng, life, family, start, born)
            tell_days(rng, life, family, "postpartum", born, life.until)
    old_enough = (life.until - family.youngest.birth_date).days > 10 * MONTH_DAYS
    if old_enough and rng.random() < life.plan["pregnant"]:
        tell_pregnancy(rng, life, family, life.until - timedelta(days=rng.randrange(20, 268)), None)


def tell_pregnancy(rng: Random, life: Life, family: Family, start: date, end: date | None) -> None:
    risky = rng.random() < life.plan["risky"]
    wanted = rng.random() >= life.plan["unwanted"]
    number = 1 + sum(child.birth_date < start for child in family.children)
    row = PregnancyRow(
        family.mother_id, family.desa_id, start, ended_on=end, outcome="LIVE" if end else "", number=number,
        is_risky=risky, risks=("OTHER",) if risky else (), is_wanted=wanted,
    )  # fmt: skip
    life.pregnancies.append(row)
    until = min(end or life.until, life.until)
    tell_days(rng, life, family, "pregnancy", start, until)
    arms = [
        tell_check(rng, life, family.desa_id, family.mother_id, start + timedelta(days=day), until) for day in (62, 200)
    ]
    tell_extra_care(rng, life, family, start, until, risky, any(arm is not None and arm < THIN_CM for arm in arms))


def tell_extra_care(
    rng: Random, life: Life, family: Family, start: date, until: date, is_risky: bool, is_thin: bool
) -> None:
    """Visits at home of a pregnancy at risk or with a thin arm, and food for the latter."""
    for day in range(75, 260, 30):
        on = start + timedelta(days=day)
        if (is_risky or is_thin) and rng.random() < family.chance and on <= until:
            life.give(family, family.mother_id, "home_visit", on)
        if is_thin and rng.random() < life.plan["thin"]["chance"] * family.chance and on <= until:
            life.give(family, family.mother_id, "supplementary_food", on, life.plan["thin"]["quantity"])


def tell_days(rng: Random, life: Life, family: Family, part: str, start: date, until: date) -> None:
    """The services of a part of life on their usual days, some days late."""
    for entry in life.plan[part]:
        for days in entry["days"]:
            day = start + timedelta(days=days + rng.randrange(0, 6 if days > 20 else 1))
            if day <= until and rng.random() < entry["chance"] * (0.6 + 0.4 * family.chance):
                life.give(family, family.mother_id, entry["code"], day, entry.get("quantity", 1))


def tell_check(rng: Random, life: Life, desa_id: int, person_id: int, day: date, until: date) -> Decimal | None:
    """The arm that was measured, in cm; None where the day is past `until`."""
    if day > until or day > life.until:
        return None
    weight, height = draw(rng, 54, 8, 34), draw(rng, 153, 5, 138)
    arm, blood = draw(rng, 26, 2.4, 18.5), draw(rng, 11.7, 1.3, 6.5)
    life.checks.append(CheckRow(person_id, desa_id, day, weight, height, arm, blood, rng.random() < 0.45))
    return arm


def draw(rng: Random, mean: float, spread: float, least: float) -> Decimal:
    return Decimal(f"{max(rng.gauss(mean, spread), least):.1f}")


def tell_couple(rng: Random, life: Life, family: Family, bride: int, groom: int) -> None:
    """A couple registered in the last months; the earlier ones are married by now."""
    registered = life.until - timedelta(days=rng.randrange(5, 170))
    planned = registered + timedelta(days=rng.randrange(45, 130))
    married = planned if planned <= life.until and rng.random() < 0.9 else None
    life.couples.append(CoupleRow(family.desa_id, registered, bride, groom, planned, married))
    for entry in life.plan["couple"]:
        for person in (bride, groom) if entry.get("only") != "F" else (bride,):
            if rng.random() < entry["chance"] * (0.6 + 0.4 * family.chance):
                day = registered + timedelta(days=entry["day"] + rng.randrange(0, 8))
                life.give(family, person, entry["code"], day, entry.get("quantity", 1))
    for person in (bride, groom):
        if rng.random() < 0.85:
            tell_check(rng, life, family.desa_id, person, registered + timedelta(days=rng.randrange(1, 9)), life.until)
