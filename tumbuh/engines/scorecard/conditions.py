"""Conditions made ready once for many people: the same answers as `holds`, without reading the condition each time."""

from collections.abc import Callable, Mapping
from typing import Any

from tumbuh.engines.definitions.api import Condition, read_test

Row = Mapping[str, Any]
Test = Callable[[Row], bool]


def compile_condition(condition: Condition) -> Test:
    """The condition as a function of a row."""
    if "all" in condition:
        return join_all([compile_condition(part) for part in condition["all"]])
    if "any" in condition:
        return join_any([compile_condition(part) for part in condition["any"]])
    if "not" in condition:
        inner = compile_condition(condition["not"])
        return lambda row: not inner(row)
    return compile_test(*read_test(condition))


def join_all(parts: list[Test]) -> Test:
    if not parts:
        return lambda row: True
    return lambda row: all(part(row) for part in parts)


def join_any(parts: list[Test]) -> Test:
    return lambda row: any(part(row) for part in parts)


def compile_test(column: str, test: str, value: Any) -> Test:
    """One test of one column; a missing value passes none, but `known: false`."""
    if test == "known":
        return lambda row: (row[column] is not None) == value
    if test == "is":
        return lambda row: row[column] is not None and row[column] == value
    if test == "in":
        return lambda row: row[column] is not None and row[column] in value
    if test == "below":
        return lambda row: row[column] is not None and row[column] < value
    if test == "above":
        return lambda row: row[column] is not None and row[column] > value
    low, high = value
    return lambda row: row[column] is not None and low <= row[column] <= high
