"""Conditions on one line, for the reference pages."""

from tumbuh.engines.definitions.conditions import Condition, read_test

WORDS = {"below": "<", "above": ">", "is": "=", "in": "in"}


def write_condition(condition: Condition) -> str:
    """The condition on one line."""
    for joint, word in (("all", " and "), ("any", " or ")):
        if joint in condition:
            parts = [write_condition(part) for part in condition[joint]]
            return (f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)) or "everyone"
    if "not" in condition:
        return f"not {write_condition(condition['not'])}"
    column, test, value = read_test(condition)
    if test == "known":
        return f"{column} is {'known' if value else 'missing'}"
    if test == "between":
        return f"{column} {value[0]} to {value[1]}"
    return f"{column} {WORDS[test]} {str(value).lower() if isinstance(value, bool) else value}"
