"""Plain Python, DuckDB and PostgreSQL count the same people as due, served and missing one thing."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from tests.factories.coverage_engines import DuckDB, PostgreSQL, count_by_python
from tests.factories.person_months import MONTHS, draw_village, make_person
from tests.spec.convergence.tables import list_lines
from tumbuh.engines.convergence.api import EVERYBODY, Content, read_content
from tumbuh.indicators.rules.coverage import list_keys

LAST_DAYS = [make_person(month)["month_end"] for month in MONTHS]
ENGINES = {"duckdb": DuckDB, "postgresql": PostgreSQL}


@cache
def make_engine(name: str, kind: str = "shipped"):
    return ENGINES[name](read_content() if kind == "shipped" else shift_content())


@cache
def shift_content() -> Content:
    """The shipped rules with an earlier version each, so that every month of the villages has a change in it."""
    content = read_content()
    rules = []
    for number, rule in enumerate(content.rules):
        first = rule.versions[0]
        first_day = [*MONTHS, *LAST_DAYS, *(day + timedelta(days=1) for day in LAST_DAYS)][number % (3 * len(MONTHS))]
        changed = replace(first, valid_from=first_day, bands=first.bands[1:])
        later = [version for version in rule.versions if version.valid_from > changed.valid_from]
        rules.append(replace(rule, versions=(first, changed, *later)))
    poor = (*content.poor, replace(content.poor[0], valid_from=date(2026, 2, 1), decile=6))
    groups = {
        group.code: replace(group, versions=(replace(group.versions[0], valid_from=date(2024, 1, 1)),))
        for group in content.groups
    }
    return replace(content, rules=tuple(replace(rule, group=groups[rule.group.code]) for rule in rules), poor=poor)


def draw_villages(seeds) -> list:
    """Villages side by side: each has its own people and its own desa."""
    return [
        ({**row, "person_id": row["person_id"] + 1000 * seed, "desa_id": row["desa_id"] * 10000 + seed}, receipts)
        for seed in seeds
        for row, receipts in draw_village(seed)
    ]


def compare(seeds, engine):
    """Fifty villages in one statement; what differs is told with its desa."""
    for start in range(seeds.start, seeds.stop, 50):
        villages = draw_villages(range(start, min(start + 50, seeds.stop)))
        found, expected = engine(villages), count_by_python(engine.content, villages)
        wrong = {key: (found.get(key), expected.get(key)) for key in {*found, *expected}}
        assert {key: values for key, values in wrong.items() if values[0] != values[1]} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENGINES)
def test_engines_agree_on_random_villages(name):
    compare(range(30), make_engine(name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENGINES)
def test_engines_agree_where_rules_groups_and_poverty_change_with_the_month(name):
    compare(range(100, 115), make_engine(name, "shifted"))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", ENGINES)
def test_engines_agree_on_a_thousand_random_villages(name):
    compare(range(1000, 2000), make_engine(name))


def test_random_villages_reach_every_rule():
    """A comparison of engines says nothing about a rule that nobody is due, served or alone missing."""
    due, received, alone = set(), set(), set()
    for seed in range(400):
        for (_, *key), counts in count_by_python(read_content(), draw_village(seed)).items():
            due.add(tuple(key))
            if counts[1]:
                received.add(tuple(key))
            if counts[2]:
                alone.add(tuple(key))
    keys = set(list_keys(read_content()))
    assert keys - due == set()
    assert {key for key in keys - received if key[1] != EVERYBODY} == set()
    assert len(alone) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENGINES)
def test_every_line_of_the_tables_holds_in_the_database(name):
    """Each line's person alone in a desa: is the service due to them, was it received?"""
    lines = list_lines()
    village = [({**line.row, "person_id": n, "desa_id": n}, line.receipts) for n, line in enumerate(lines)]
    found = {}
    for (stratum, group, service), counts in make_engine(name)(village).items():
        found[stratum[0], group, service] = counts[:2]
    expected = {"Y": (1, 1), "T": (1, 0), "TS": (0, 0)}
    wrong = [
        line.name
        for n, line in enumerate(lines)
        if found.get((n, line.group, line.service), (0, 0)) != expected[line.result]
    ]
    assert wrong == []
