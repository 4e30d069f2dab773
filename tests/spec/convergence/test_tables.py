"""What is due to whom, and why: the tables of this folder, read by plain Python."""

import pytest

from tests.spec.convergence.tables import list_lines
from tumbuh.engines.convergence.api import answer, explain, list_groups, read_content

CONTENT = read_content()
RULES = {rule.key: rule for rule in CONTENT.rules}


@pytest.mark.parametrize("line", list_lines(), ids=lambda line: line.name)
def test_line(line):
    found = answer(RULES[line.group, line.service], line.row, line.receipts)
    assert found.result == line.result, explain(found).en
    if line.found is not None:
        assert (found.found, found.needed) == (line.found, line.needed), explain(found).en
    if "due" in line.written:
        assert found.due_on == line.written["due"]
    if "unknown" in line.written:
        assert bool(found.unknown) == line.written["unknown"]


def test_every_rule_has_lines_for_each_result_it_can_have():
    """A rule without an example of received and missing is a rule that nobody has thought through."""
    results = {}
    for line in list_lines():
        results.setdefault((line.group, line.service), set()).add(line.result)
    assert set(RULES) - set(results) == set()
    thin = {key for key, found in results.items() if found == {"TS"}}
    assert thin == set()
    assert len(list_lines()) >= 150


def test_every_boundary_of_a_band_has_a_line_on_each_side():
    """For each number a band asks for, a line stands just inside and one just outside."""
    missing = []
    for rule in CONTENT.rules:
        for band in rule.versions[-1].bands:
            for column, low, high in list_bounds(band.where):
                seen = {line.row.get(column) for line in list_lines() if line.service == rule.service.code}
                missing += [(*rule.key, column, value) for value in (low, high) if value not in seen]
    assert missing == []


def list_bounds(condition):
    """Column and the two numbers on each side of a bound, of the tests on numbers."""
    if "all" in condition or "any" in condition:
        return [found for part in condition.get("all", condition.get("any")) for found in list_bounds(part)]
    column, value = condition.get("column"), None
    if column is None or column.startswith("month_of"):
        return []
    if "below" in condition:
        value = condition["below"]
        return [(column, value - 1, value)]
    if "above" in condition:
        value = condition["above"]
        return [(column, value, value + 1)]
    if "between" in condition:
        low, high = condition["between"]
        return [(column, low - 1, low), (column, high, high + 1)] if low else [(column, high, high + 1)]
    return []


def test_groups_of_a_person_follow_the_life_line():
    """Bride, pregnant, after birth, breastfeeding: the same woman, month by month, without anybody moving her."""
    from datetime import date

    from tests.factories.person_months import make_person

    life = [
        (date(2025, 2, 1), {"couple_on": date(2025, 2, 10)}, ["COUPLE"]),
        (date(2025, 9, 1), {"pregnancy_on": date(2025, 8, 1)}, ["PREGNANT"]),
        (date(2026, 5, 1), {"birth_on": date(2026, 5, 6)}, ["POSTPARTUM"]),
        (date(2026, 6, 1), {"birth_on": date(2026, 5, 6)}, ["BREASTFEEDING"]),
        (date(2028, 4, 1), {"birth_on": date(2026, 5, 6)}, ["BREASTFEEDING"]),
        (date(2028, 5, 1), {"birth_on": date(2026, 5, 6)}, []),
        (
            date(2027, 6, 1),
            {"birth_on": date(2026, 5, 6), "pregnancy_on": date(2027, 4, 1)},
            ["PREGNANT", "BREASTFEEDING"],
        ),
    ]
    for month, changes, expected in life:
        found = [group.code for group in list_groups(make_person(month, **changes), CONTENT.groups)]
        assert found == expected, month
