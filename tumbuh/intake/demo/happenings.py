"""What happens in the made-up lives, drawn from definitions/demo/lives.yaml: services, aid and statements."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tumbuh.intake.demo.kin import Child, Family
from tumbuh.intake.demo.life import Life
from tumbuh.intake.demo.mothers import MONTH_DAYS, tell_check, tell_mother
from tumbuh.records.api import StatementRow


def tell_family(rng: Random, life: Life, family: Family) -> None:
    """Everything of a family whose mother and big daughter are in the register."""
    tell_statements(rng, life, family)
    for child in family.children:
        tell_child(rng, life, family, child)
    tell_mother(rng, life, family)
    if family.girl_id and rng.random() < life.plan["girl_check"] * family.chance:
        day = life.months[0] + timedelta(days=rng.randrange(0, 60))
        tell_check(rng, life, family.desa_id, family.girl_id, day, life.until)
    tell_monthly(rng, life, family)
    tell_aid(rng, life, family)


def tell_statements(rng: Random, life: Life, family: Family) -> None:
    ease = 0.8 + 0.025 * family.decile
    for entry in life.plan["statements"]:
        holders: dict[str, list[tuple[int | None, int | None, date]]] = {
            "HOUSEHOLD": [(None, family.household_id, life.since)],
            "MOTHER": [(family.mother_id, None, life.since)],
            "CHILD": [(child.id, None, child.birth_date) for child in family.children],
        }
        for person, home, since in holders[entry["holder"]]:
            day = max(life.since, since + timedelta(days=int(entry.get("from_months", 0) * MONTH_DAYS) + 20))
            if rng.random() < entry["known"] and day <= life.until:
                value = rng.random() < entry["chance"] * ease
                life.statements.append(StatementRow(family.desa_id, entry["code"], value, day, person, home))


def tell_child(rng: Random, life: Life, family: Family, child: Child) -> None:
    """What is given once in a life, and vitamin A in its months."""
    plan = life.plan["immunisation"]
    reached = plan["chance"] if rng.random() < family.chance else 0.75
    is_young = count_months(child.birth_date, life.months[0]) < plan["under_months"]
    for code, days in plan["days"].items():
        if (is_young or code in plan["later"]) and rng.random() < reached:
            life.give(family, child.id, code, child.birth_date + timedelta(days=days + int(rng.expovariate(1 / 8))))
    drops = life.plan["vitamin_a"]
    for month in life.months:
        age = (month - child.birth_date).days / MONTH_DAYS
        if month.month in drops["months"] and drops["from_months"] <= age < 59 and rng.random() < drops["chance"]:
            life.give(family, child.id, "vitamin_a", month + timedelta(days=rng.randrange(3, 25)))


def tell_monthly(rng: Random, life: Life, family: Family) -> None:
    """What comes month by month, to whom it is due in that month."""
    for month in life.months:
        for entry in life.plan["monthly"]:
            for person in list_due(family, entry, month):
                if rng.random() < entry["chance"] * (0.5 + 0.5 * family.chance):
                    day = month + timedelta(days=rng.randrange(2, 26))
                    life.give(family, person, entry["code"], day, entry.get("quantity", 1))


def list_due(family: Family, entry: dict[str, Any], month: date) -> Iterator[int | None]:
    """The family's people the entry speaks of; None for the household as a whole."""
    kind, (low, high) = entry["of"], entry.get("months", (0, 10**4))
    if kind == "FAMILY" and family.decile <= 5:
        yield None
    elif kind == "GIRL" and family.girl_id:
        yield family.girl_id
    elif kind == "MOTHER" and low <= count_months(family.youngest.birth_date, month) <= high:
        yield family.mother_id
    for child in family.children:
        if low <= count_months(child.birth_date, month) <= high and is_meant(child, kind):
            yield child.id


def count_months(born: date, month: date) -> int:
    return (month.year - born.year) * 12 + month.month - born.month


def is_meant(child: Child, kind: str) -> bool:
    whz, haz = child.worst_whz, child.worst_haz
    return (
        kind == "CHILD"
        or (kind == "UNDERNOURISHED" and ((whz or 0) < -200 or (haz or 0) < -200))
        or (kind == "WASTED" and (whz or 0) < -200)
        or (kind == "SEVERELY_WASTED" and (whz or 0) < -300)
    )


def tell_aid(rng: Random, life: Life, family: Family) -> None:
    """Cash and food by quarter for the poor, promotion once a year."""
    for entry in life.plan["quarterly"]:
        for month in life.months:
            if month.month % 3 == 1 and family.decile <= entry["deciles"] and rng.random() < entry["chance"]:
                life.give(family, None, entry["code"], month + timedelta(days=rng.randrange(5, 25)))
    for entry in life.plan["yearly"]:
        if family.decile <= 5 and rng.random() < entry["chance"] * family.chance:
            life.give(family, None, entry["code"], life.months[0] + timedelta(days=rng.randrange(0, 120)))
