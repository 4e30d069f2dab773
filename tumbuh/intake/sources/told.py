"""What one line of a list says: who it is about and what happened to them. Kept encrypted with the row as JSON."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

SELF, PARTNER, HOME = "self", "partner", "home"
NUMBERS = ("_kg", "_cm", "_dl")


@dataclass(slots=True)
class Somebody:
    """A person as the line names them; without a birth date they can only be looked up."""

    name: str = ""
    sex: str = ""
    birth_date: date | None = None
    nik: str = ""
    kk: str = ""
    mother_name: str = ""
    family_name: str = ""
    posyandu: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""


@dataclass(slots=True)
class Fact:
    """One thing that a line says: kind (service, statement, pregnancy, check, couple, visit, decile), of whom."""

    kind: str
    whom: str
    values: dict[str, Any]


@dataclass(slots=True)
class Told:
    """All that a line says. `on` is the day it speaks of; `kk` where it is about a family as a whole."""

    on: date | None = None
    kk: str = ""
    people: dict[str, Somebody] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    is_day_told: bool = False  # else only the month is known
    only_known: bool = False  # nobody is taken into the register by this line
    place: tuple[str, str, str, str] = ("", "", "", "")  # provinsi, kabupaten, kecamatan, desa as written

    def add(self, kind: str, whom: str, **values: Any) -> None:
        self.facts.append(Fact(kind, whom, values))

    def add_answer(self, code: str, answer: bool | None, on: date | None, *, whom: str = SELF) -> None:
        """A statement where the line answers yes or no."""
        if answer is not None and on is not None:
            self.add("statement", whom, code=code, value=answer, stated_on=on)

    def add_service(self, code: str, answer: bool | None, on: date | None, *, quantity: int = 1) -> None:
        """A service received where the line says yes; "no" says that nothing was received."""
        if answer and on is not None:
            self.add("service", SELF, code=code, received_on=on, quantity=quantity)

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=str, ensure_ascii=False, separators=(",", ":"))


def load_told(text: str) -> Told:
    """What `to_json` wrote."""
    data = json.loads(text)
    people = {role: Somebody(**load_values(values)) for role, values in data["people"].items()}
    facts = [Fact(fact["kind"], fact["whom"], load_values(fact["values"])) for fact in data["facts"]]
    return Told(
        read_day(data["on"]), data["kk"], people, facts, data["is_day_told"], data["only_known"], tuple(data["place"])
    )


def load_values(values: dict[str, Any]) -> dict[str, Any]:
    """Days and decimal numbers as such: known by the end of their names."""
    return {
        name: read_day(value) if name.endswith(("_on", "_date"))
        else Decimal(value) if name.endswith(NUMBERS) and value is not None else value
        for name, value in values.items()
    }  # fmt: skip


def read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
