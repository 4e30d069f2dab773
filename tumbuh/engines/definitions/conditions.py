"""Conditions over the columns of a table, as definitions write them.

    {all: [...]}, {any: [...]}, {not: ...}            joined; {all: []} is everyone
    {column: haz, below: -200} / above / between / is / in / known: true

`between: [low, high]` takes both ends in. A test of a missing value is false (and `not` of it true), so that every
engine reads a condition the same way.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tumbuh.engines.definitions.errors import DefinitionError

Condition = Mapping[str, Any]
Columns = Mapping[str, type]  # the columns of a table by name

NUMBERS = ("below", "above", "between")
TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "known": lambda value, wanted: (value is not None) == wanted,
    "is": lambda value, wanted: value is not None and value == wanted,
    "below": lambda value, bound: value is not None and value < bound,
    "above": lambda value, bound: value is not None and value > bound,
    "between": lambda value, ends: value is not None and ends[0] <= value <= ends[1],
    "in": lambda value, wanted: value is not None and value in wanted,
}


def check_condition(condition: object, place: str, columns: Columns) -> Condition:
    """The condition itself, or DefinitionError naming the place in the file."""
    if not isinstance(condition, Mapping):
        raise DefinitionError(f"{place}: expected a condition such as {{column: {next(iter(columns))}, known: true}}")
    keys = set(condition)
    for joint in ("all", "any"):
        if keys == {joint} and isinstance(condition[joint], list):
            for number, part in enumerate(condition[joint]):
                check_condition(part, f"{place}.{joint}[{number}]", columns)
            return condition
    if keys == {"not"}:
        check_condition(condition["not"], f"{place}.not", columns)
        return condition
    check_test(condition, place, columns)
    return condition


def check_test(condition: Condition, place: str, columns: Columns) -> None:
    """One column, one test, a value of the column's type."""
    column = condition.get("column")
    if not isinstance(column, str) or column not in columns:
        raise DefinitionError(f"{place}.column: {column!r} is no column; there are {', '.join(columns)}")
    tests = [key for key in condition if key != "column"]
    if len(tests) != 1 or tests[0] not in TESTS:
        raise DefinitionError(f"{place}: write exactly one of {', '.join(TESTS)}, all, any or not")
    test, value, kind = tests[0], condition[tests[0]], columns[column]
    if test == "known":
        kind = bool
    elif test in NUMBERS and kind is not int:
        raise DefinitionError(f"{place}.{test}: {column} is not a number")
    values = value if test in ("in", "between") and isinstance(value, list) else [value]
    if not values or any(type(item) is not kind for item in values):
        raise DefinitionError(f"{place}.{test}: expected {kind.__name__}, found {value!r}")
    if test == "between" and (len(values) != 2 or values[0] > values[1]):
        raise DefinitionError(f"{place}.between: expected [low, high], found {value!r}")


def read_test(condition: Condition) -> tuple[str, str, Any]:
    """Column, test and value of a condition that is a test."""
    test, value = next((key, value) for key, value in condition.items() if key != "column")
    return condition["column"], test, value


def holds(condition: Condition, row: Mapping[str, Any]) -> bool:
    """Is the condition true of the row?"""
    if "all" in condition:
        return all(holds(part, row) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, row) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], row)
    column, test, value = read_test(condition)
    return TESTS[test](row[column], value)


def list_tests(condition: Condition) -> Iterator[tuple[str, str, Any]]:
    """Column, test and value of every test in the condition."""
    parts = condition.get("all", condition.get("any", [condition["not"]] if "not" in condition else None))
    if parts is None:
        yield read_test(condition)
        return
    for part in parts:
        yield from list_tests(part)
