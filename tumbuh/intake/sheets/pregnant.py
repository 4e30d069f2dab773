"""KPM form 2A: a pregnant woman in a month as a line of it, under the headings of its definition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tumbuh.intake.sources.api import Source
from tumbuh.records.api import Person, Pregnancy

SERVICES = {"check": "pregnancy_check", "counselling": "nutrition_counselling", "home_visit": "home_visit",
            "postpartum": "postpartum_care", "iron": "iron_tablets"}  # fmt: skip
STATEMENTS = ("water", "latrine", "insurance")
TICK = {True: "v", False: "x", None: ""}
MONTH_DAYS = 30.4375


def write_woman(
    number: int,
    person: Person,
    pregnancy: Pregnancy,
    month: Mapping[str, Any],
    received: Mapping[str, int],
    nik: str,
    source: Source,
) -> list[Any]:
    """Her line; `month` is who she is in the month, `received` the quantity of each service in it."""
    home = person.household
    known: dict[str, Any] = {
        "number": number, "nik": nik, "name": person.name, "birth_date": person.birth_date,
        "status": write_status(pregnancy), "started_on": pregnancy.started_on, "due_on": pregnancy.due_on,
        "pregnancy_months": count_months(pregnancy, month["month_end"]),
        "delivered_on": pregnancy.ended_on if pregnancy.outcome == "LIVE" else None,
        "tablets": received.get("iron_tablets"), "posyandu": person.posyandu.name if person.posyandu else "",
        "address": home.address if home else "", "rt": home.rt if home else "", "rw": home.rw if home else "",
        "desa": person.desa.code,
    }  # fmt: skip
    known |= {field: TICK[code in received] for field, code in SERVICES.items()}
    known |= {code: TICK[month[code]] for code in STATEMENTS}
    return [known.get(field.name) for field in source.fields]


def write_status(pregnancy: Pregnancy) -> str:
    if "KEK" in pregnancy.risks:
        return "KEK"
    return "Risti" if pregnancy.is_risky else "Normal"


def count_months(pregnancy: Pregnancy, month_end: date) -> int | None:
    """Completed months of a pregnancy that goes on."""
    if pregnancy.ended_on is not None and pregnancy.ended_on <= month_end:
        return None
    return int((month_end - pregnancy.started_on).days / MONTH_DAYS)
