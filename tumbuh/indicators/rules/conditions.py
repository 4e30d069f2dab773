"""Conditions over the columns of child_months, as definitions write them.

    {all: [...]}, {any: [...]}, {not: ...}            joined; {all: []} is everyone
    {column: haz, below: -200} / above / is / in / known: true

A test of a missing value is false (and `not` of it true), so that every engine reads a condition the same way.
"""

from collections.abc import Mapping
from typing import Any

from tumbuh.indicators.errors import DefinitionError

Condition = Mapping[str, Any]

# The columns of child_months: their types, and which may be missing (None).
COLUMNS: dict[str, type] = {
    "person_id": int,
    "desa_id": int,
    "sex": str,
    "age_group": str,
    "is_weighed": bool,
    "is_measured": bool,
    "oedema": bool,
    "weight_gain": str,
    "haz": int,
    "waz": int,
    "whz": int,
    "baz": int,
    "haz_flag": bool,
    "waz_flag": bool,
    "whz_flag": bool,
    "baz_flag": bool,
}
NULLABLE = frozenset({"haz", "waz", "whz", "baz"})
TESTS = ("known", "is", "below", "above", "in")


def check_condition(condition: object, place: str) -> Condition:
    """The condition itself, or DefinitionError naming the place in the file."""
    if not isinstance(condition, Mapping):
        raise DefinitionError(f"{place}: expected a condition such as {{column: haz, below: -200}}")
    keys = set(condition)
    for joint in ("all", "any"):
        if keys == {joint} and isinstance(condition[joint], list):
            for number, part in enumerate(condition[joint]):
                check_condition(part, f"{place}.{joint}[{number}]")
            return condition
    if keys == {"not"}:
        check_condition(condition["not"], f"{place}.not")
        return condition
    check_test(condition, place)
    return condition


def check_test(condition: Condition, place: str) -> None:
    """One column, one test, a value of the column's type."""
    column = condition.get("column")
    if column not in COLUMNS:
        raise DefinitionError(f"{place}.column: {column!r} is no column; there are {', '.join(COLUMNS)}")
    tests = [key for key in condition if key != "column"]
    if len(tests) != 1 or tests[0] not in TESTS:
        raise DefinitionError(f"{place}: write exactly one of {', '.join(TESTS)}, all, any or not")
    test, value, kind = tests[0], condition[tests[0]], COLUMNS[column]
    if test == "known":
        kind = bool
    elif test in ("below", "above") and kind is not int:
        raise DefinitionError(f"{place}.{test}: {column} is not a number")
    values = value if test == "in" and isinstance(value, list) else [value]
    if not values or any(type(item) is not kind for item in values):
        raise DefinitionError(f"{place}.{test}: expected {kind.__name__}, found {value!r}")
