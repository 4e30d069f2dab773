"""Weight and height of one row: units put right, impossible values refused, exchanged columns seen.

Decided: what can only mean one thing is put right with a warning (grams, metres, millimetres). Weight and height in
each other's column are read exchanged but the row goes to review: a person must agree before a record says so.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tumbuh.intake.eppgbm.numbers import ReadNumber
from tumbuh.intake.eppgbm.plausible import Bounds, get_possible, get_usual
from tumbuh.intake.eppgbm.reasons import Reason, make_reason
from tumbuh.intake.eppgbm.texts import clean_text
from tumbuh.lib.spreadsheets.api import Cell

GRAMS, METRES, MILLIMETRES = ("g", "gr", "gram", "grams"), ("m", "mtr", "meter"), ("mm",)
LIKELY_GRAMS = Bounds(Decimal(500), Decimal(45_000))
LIKELY_METRES = Bounds(Decimal("0.3"), Decimal("1.4"))
LIKELY_MILLIMETRES = Bounds(Decimal(300), Decimal(1400))
CENTIMETRES_IN_METRE = 100
NO_RANGE = Bounds(Decimal(1), Decimal(0))


class Measures(NamedTuple):
    """Weight in kg and height in cm as understood, None where there is none or it was refused."""

    weight_kg: Decimal | None
    lenhei_cm: Decimal | None
    reasons: list[Reason]


def judge_measures(
    weight: ReadNumber, height: ReadNumber, age_days: int | None, headings: tuple[str, str], cells: tuple[Cell, Cell]
) -> Measures:
    """The two values with their remarks. `headings` and `cells`: weight first, then height."""
    if is_plain(weight, "weight_kg", age_days) and is_plain(height, "lenhei_cm", age_days):
        return Measures(weight.value, height.value, [])
    if is_swapped(weight.value, height.value, age_days):
        reason = make_reason(
            headings[0], "WEIGHT_HEIGHT_SWAPPED", value=clean_text(cells[0]), other=clean_text(cells[1])
        )
        return Measures(height.value, weight.value, [reason])
    reasons: list[Reason] = []
    weight_kg = judge_weight(weight, age_days, headings[0], cells[0], reasons)
    lenhei_cm = judge_height(height, age_days, headings[1], cells[1], reasons)
    if weight.is_missing and height.is_missing:
        reasons.append(make_reason(headings[0], "NOTHING_MEASURED"))
    return Measures(weight_kg, lenhei_cm, reasons)


def is_plain(number: ReadNumber, field: str, age_days: int | None) -> bool:
    """Whether the value means what it says and there is nothing to remark: so it is with almost every one."""
    if number.value is None or number.unit:
        return False
    low, high = get_plain(field, age_days)
    return low <= number.value <= high


@lru_cache(maxsize=8192)
def get_plain(field: str, age_days: int | None) -> Bounds:
    """What is possible, usual at the age, and in no other unit's range; where that is no single range, none at all."""
    possible, usual = get_possible(field), get_limits(field, age_days)
    low, high = max(possible.low, usual.low), min(possible.high, usual.high)
    others = (LIKELY_GRAMS,) if field == "weight_kg" else (LIKELY_METRES, LIKELY_MILLIMETRES)
    return NO_RANGE if any(low <= other.high and other.low <= high for other in others) else Bounds(low, high)


def is_swapped(weight: Decimal | None, height: Decimal | None, age_days: int | None) -> bool:
    """Whether both values are impossible where they stand and fitting in each other's place."""
    if weight is None or height is None or weight <= height:
        return False
    heavy, tall = get_limits("weight_kg", age_days), get_limits("lenhei_cm", age_days)
    stays = heavy.contains(weight) or tall.contains(height)
    return not stays and heavy.contains(height) and tall.contains(weight)


def get_limits(field: str, age_days: int | None) -> Bounds:
    """Bounds at the age, or for any age when it is not known."""
    return get_possible(field) if age_days is None else get_usual(field, age_days)


def judge_weight(
    number: ReadNumber, age_days: int | None, heading: str, cell: Cell, reasons: list[Reason]
) -> Decimal | None:
    """Weight in kg; adds what there is to say."""
    value = number.value
    if value is None:
        judge_nothing(number, heading, cell, reasons)
        return None
    if number.unit in GRAMS or (not number.unit and LIKELY_GRAMS.contains(value)):
        value = value / 1000
        reasons.append(make_reason(heading, "WEIGHT_IN_GRAMS", value=clean_text(cell), other=show(value)))
    return judge_bounds("weight_kg", "WEIGHT", value, age_days, heading, reasons)


def judge_height(
    number: ReadNumber, age_days: int | None, heading: str, cell: Cell, reasons: list[Reason]
) -> Decimal | None:
    """Length or height in cm; adds what there is to say."""
    value = number.value
    if value is None:
        judge_nothing(number, heading, cell, reasons)
        return None
    if number.unit in METRES or (not number.unit and LIKELY_METRES.contains(value)):
        value = value * CENTIMETRES_IN_METRE
        reasons.append(make_reason(heading, "LENGTH_IN_METRES", value=clean_text(cell), other=show(value)))
    elif number.unit in MILLIMETRES or (not number.unit and LIKELY_MILLIMETRES.contains(value)):
        value = value / 10
        reasons.append(make_reason(heading, "LENGTH_IN_MILLIMETRES", value=clean_text(cell), other=show(value)))
    return judge_bounds("lenhei_cm", "LENGTH", value, age_days, heading, reasons)


def judge_nothing(number: ReadNumber, heading: str, cell: Cell, reasons: list[Reason]) -> None:
    """No value: nothing to say of an empty cell, a refusal of one that cannot be read."""
    if not number.is_missing:
        reasons.append(make_reason(heading, "NUMBER_UNREADABLE", value=clean_text(cell)))


def judge_bounds(
    field: str, code: str, value: Decimal, age_days: int | None, heading: str, reasons: list[Reason]
) -> Decimal | None:
    """The value, None with a refusal when it is impossible, with a warning when it is far from usual."""
    possible = get_possible(field)
    if not possible.low <= value <= possible.high:
        reasons.append(make_reason(heading, f"{code}_IMPOSSIBLE", value=show(value), other=possible))
        return None
    usual = get_limits(field, age_days)
    if not usual.low <= value <= usual.high:
        reasons.append(make_reason(heading, f"{code}_UNUSUAL", value=show(value), other=usual))
    return value


def show(value: Decimal) -> str:
    """The number as Indonesians write it, without zeros at the end."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
