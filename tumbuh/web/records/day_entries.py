"""What was typed on a posyandu day, line by line; whatever is wrong stands beside its field and nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext

from tumbuh.records.api import CheckRow, Mode, ServiceRow
from tumbuh.regions.api import Region
from tumbuh.web.records.day_choice import Choice
from tumbuh.web.records.day_list import Box, Line
from tumbuh.web.records.fields import make_number

MEASURED = ("weight_kg", "lenhei_cm")
CHECKED = ("muac_cm", "hb_g_dl")


@dataclass
class Entered:
    """What the lines say: services, checks of grown-ups, and children's values by person id."""

    services: list[ServiceRow] = field(default_factory=list)
    checks: list[CheckRow] = field(default_factory=list)
    visits: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.services) + len(self.checks) + len(self.visits)


def read_lines(values: QueryDict, lines: Sequence[Line], desa: Region, choice: Choice) -> Entered:
    """Read the form into the lines and into rows; lines with errors have them in their fields."""
    entered = Entered()
    for line in lines:
        for box in line.boxes:
            read_box(values, box)
            if box.is_ticked and not box.error:
                entered.services.append(make_service(box, line.person, desa, choice))
        numbers = read_blanks(values, line)
        if any(numbers.get(name) is not None for name in MEASURED):
            entered.visits[line.person["person_id"]] = {name: numbers[name] for name in (*MEASURED, "mode")}
        found = {name: numbers.get(name) for name in CHECKED}
        if any(value is not None for value in found.values()):
            entered.checks.append(CheckRow(line.person["person_id"], desa.pk, choice.day, **found))
    return entered


def read_box(values: QueryDict, box: Box) -> None:
    """The tick and the amount as typed, and what is wrong with them."""
    box.is_ticked = box.name in values
    box.amount = values.get(f"n-{box.name}", box.amount).strip()[:6]
    if not box.is_ticked:
        return
    low, high = box.code.quantity
    if not box.is_open:
        box.error = gettext("Tidak dapat diberikan pada hari ini: %(told)s.") % {
            "told": box.told or gettext("umurnya tidak sesuai")
        }
    elif box.has_amount and not (box.amount.isdecimal() and low <= int(box.amount) <= high):
        words = gettext("Tulis jumlah dari %(low)s sampai %(high)s %(unit)s.")
        box.error = words % {"low": low, "high": high, "unit": box.unit}


def make_service(box: Box, person: Mapping[str, Any], desa: Region, choice: Choice) -> ServiceRow:
    is_home = box.code.holder == "HOUSEHOLD"
    return ServiceRow(
        desa.pk, box.code.code, choice.day,
        person_id=None if is_home else person["person_id"],
        household_id=person["household_id"] if is_home else None,
        posyandu_id=person["posyandu_id"],
        quantity=int(box.amount) if box.has_amount else 1,
    )  # fmt: skip


def read_blanks(values: QueryDict, line: Line) -> dict[str, Any]:
    """The values of a line as the register keeps them; those that cannot be read are None and have their error."""
    numbers: dict[str, Any] = {}
    for name, blank in line.blanks.items():
        blank.value = values.get(blank.name, "").strip()[:8]
        if name == "mode":
            numbers[name] = blank.value if blank.value in Mode.values else Mode.UNKNOWN.value
            continue
        numbers[name], blank.error = read_number(name, blank.value)
    return numbers


def read_number(name: str, text: str) -> tuple[Decimal | None, str]:
    """The number, or what is wrong with it."""
    try:
        return make_number(name).clean(text), ""
    except ValidationError as error:
        return None, error.messages[0]
