"""The specification tables of this folder, read into people, receipts and what is expected."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.factories.person_months import MONTH, make_person
from tumbuh.engines.convergence.api import Receipt

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Line:
    """One line of a table. `found` and `needed` are None where nothing is due."""

    group: str
    service: str
    show: str
    row: dict[str, Any]
    receipts: tuple[Receipt, ...]
    written: dict[str, Any]
    always: dict[str, Any]
    result: str
    found: int | None
    needed: int | None

    @property
    def name(self) -> str:
        return f"{self.group} {self.service}: {self.show}"


@cache
def list_lines() -> tuple[Line, ...]:
    """Every line of every table."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert table["group"].lower() == path.stem, path.name
        for service, lines in table["services"].items():
            found += [read_line(table, service, line) for line in lines]
    return tuple(found)


def read_line(table: dict[str, Any], service: str, line: dict[str, Any]) -> Line:
    """A line with its person: what always holds, changed by what the line says."""
    assert set(line) <= {"show", "month", "person", "received", "expect", "due", "unknown"}, line
    person = {**table["always"], **line.get("person", {})}
    if "born_on" in person:
        del person["age_months"]
    if "couple_days" in person:
        person.pop("couple_on", None)
    row = make_person(line.get("month", MONTH), **person)
    receipts = tuple(read_receipt(words, row["month_end"]) for words in line.get("received", ()))
    result, _, numbers = line["expect"].partition(" ")
    found, needed = map(int, numbers.split("/")) if numbers else (None, None)
    return Line(table["group"], service, line["show"], row, receipts, line, table["always"], result, found, needed)


def read_receipt(words: str, month_end: date) -> Receipt:
    """`2026-05-03 iron_tablets 30`, or `5 days ago iron_tablets 30` before the month's last day."""
    day, *rest = words.split()
    if rest[:2] == ["days", "ago"]:
        received_on, rest = month_end - timedelta(days=int(day)), rest[2:]
    else:
        received_on = date.fromisoformat(day)
    return Receipt(received_on, rest[0], *map(int, rest[1:]))
