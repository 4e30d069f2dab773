"""The slow, obvious reading of an indicator definition: what the fast engines must agree with."""

from collections import defaultdict


def holds(condition, child) -> bool:
    """Is the condition true of the child (a dict of the columns of child_months)?"""
    if "all" in condition:
        return all(holds(part, child) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, child) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], child)
    value = child[condition["column"]]
    if "known" in condition:
        return (value is not None) == condition["known"]
    if value is None:
        return False
    if "is" in condition:
        return value == condition["is"]
    if "in" in condition:
        return value in condition["in"]
    if "below" in condition:
        return value < condition["below"]
    return value > condition["above"]


def count(definition, children) -> dict:
    """{(desa_id, month, sex, age_group): [numerator, denominator]}, without those where nobody is counted."""
    cells = defaultdict(lambda: [0, 0])
    for child in children:
        if holds(definition.denominator.where, child):
            cell = cells[child["desa_id"], child["month"], child["sex"], child["age_group"]]
            cell[1] += 1
            if holds(definition.numerator.where, child):
                cell[0] += 1
    return dict(cells)
