"""New cases of stunting: each row is a child's measurements, and where it counts in September 2026."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.accounts import make_user
from tests.factories.cells import keep_cells
from tests.factories.child_months import count_by_duckdb, count_by_oracle, count_by_postgres
from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.indicators.api import check, find_value, get_definition
from tumbuh.indicators.rules.formula import make_table
from tumbuh.records.api import Person, correct_child, list_desa_months, merge_people
from tumbuh.records.models import ChildMonth

DESA, OTHER = 9101012001, 9101012002
BIRTH, MONTH = date(2024, 3, 5), date(2026, 9, 1)
WELL, STUNTED, FLAGGED = -150, -250, -650
KINDS = ("stunting_new", "stunting_recovered", "stunting_found")
NOWHERE = ("", 0)

# story, (day, HAZ) …, the indicator whose denominator counts the child, its numerator
TABLE = [
    ("first measurement, stunted", [("2026-09-10", STUNTED)], "stunting_found", 1),
    ("first measurement, well", [("2026-09-10", WELL)], "stunting_found", 0),
    ("well before, stunted now", [("2026-08-10", WELL), ("2026-09-10", STUNTED)], "stunting_new", 1),
    ("well before and now", [("2026-08-10", WELL), ("2026-09-10", WELL)], "stunting_new", 0),
    ("stunted before and now", [("2026-08-10", STUNTED), ("2026-09-10", STUNTED)], "stunting_recovered", 0),
    ("stunted before, well now", [("2026-08-10", STUNTED), ("2026-09-10", WELL)], "stunting_recovered", 1),
    ("a month left out", [("2026-07-10", WELL), ("2026-09-10", STUNTED)], "stunting_new", 1),
    ("183 days before", [("2026-03-11", WELL), ("2026-09-10", STUNTED)], "stunting_new", 1),
    ("184 days before", [("2026-03-10", WELL), ("2026-09-10", STUNTED)], "stunting_found", 1),
    ("flagged before, well before that",
     [("2026-07-10", WELL), ("2026-08-10", FLAGGED), ("2026-09-10", STUNTED)], "stunting_new", 1),
    ("only flagged before", [("2026-08-10", FLAGGED), ("2026-09-10", STUNTED)], "stunting_found", 1),
    ("flagged now", [("2026-08-10", WELL), ("2026-09-10", FLAGGED)], *NOWHERE),
    ("only weighed before",
     [("2026-07-10", STUNTED), ("2026-08-10", None), ("2026-09-10", STUNTED)], "stunting_recovered", 0),
    ("only weighed now", [("2026-08-10", WELL), ("2026-09-10", None)], *NOWHERE),
    ("absent now", [("2026-08-10", WELL)], *NOWHERE),
    ("twice this month, never before", [("2026-09-03", WELL), ("2026-09-20", STUNTED)], "stunting_found", 1),
    ("twice this month, well before",
     [("2026-08-10", WELL), ("2026-09-03", STUNTED), ("2026-09-20", STUNTED)], "stunting_new", 1),
    ("twice last month: its last counts",
     [("2026-08-03", WELL), ("2026-08-20", STUNTED), ("2026-09-10", STUNTED)], "stunting_recovered", 0),
    ("recovered, then stunted again",
     [("2026-07-10", STUNTED), ("2026-08-10", WELL), ("2026-09-10", STUNTED)], "stunting_new", 1),
    ("a later measurement is not before", [("2026-09-10", STUNTED), ("2026-10-10", WELL)], "stunting_found", 1),
    ("−2.00 before is well", [("2026-08-10", -200), ("2026-09-10", -201)], "stunting_new", 1),
]  # fmt: skip
ENGINES = {"python": count_by_oracle, "duckdb": count_by_duckdb, "postgresql": count_by_postgres}


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def batch(regions):
    return make_batch()


def give(person, visits):
    for day, haz in visits:
        flags = {"haz_flag": haz == FLAGGED} if haz is not None else {"lenhei_cm": None}
        measure(person, date.fromisoformat(day), haz=haz, **flags)


def read_before(visits):
    """The slow reading of the value before: (HAZ, days), None where the month's own value does not count."""
    days = [(date.fromisoformat(day), haz) for day, haz in visits]
    now = [(day, haz) for day, haz in days if day >= MONTH and day < date(2026, 10, 1)]
    good = [(day, haz) for day, haz in days if day < MONTH and haz not in (None, FLAGGED)]
    if not now or not good or max(now)[1] in (None, FLAGGED):
        return None, None
    return max(good)[1], (max(now)[0] - max(good)[0]).days


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ENGINES)
def test_each_child_counts_as_the_table_says(engine, batch):
    people = [make_person(DESA, BIRTH, batch) for _ in TABLE]
    for person, (_, visits, *_rest) in zip(people, TABLE, strict=True):
        give(person, visits)
    columns = list(make_table().schema())
    wrong = []
    for person, (story, visits, kind, numerator) in zip(people, TABLE, strict=True):
        (child,) = ChildMonth.objects.filter(person=person, month=MONTH).values(*columns)
        assert (child["haz_before"], child["haz_before_days"]) == read_before(visits), story
        counts = ENGINES[engine]([get_definition(code) for code in KINDS], [child])
        found = [(code, *cells) for code, groups in counts.items() for cells in groups.values()]
        if found != ([(kind, numerator, 1)] if kind else []):
            wrong.append((story, found))
    assert wrong == []


def read_kinds(region="91.01.01.2001", month=MONTH):
    """{indicator: (numerator, denominator)} of those that count anybody, from the kept cells, which equal a rebuild."""
    assert check() == []
    values = {code: find_value(code, region, month) for code in KINDS}
    return {code: (value.numerator, value.denominator) for code, value in values.items() if value}


def keep(*people, before=()):
    keep_cells({*before, *list_desa_months([person.pk for person in people])})


@pytest.mark.django_db
def test_an_earlier_measurement_entered_late_changes_later_months(batch):
    person = make_person(DESA, BIRTH, batch)
    give(person, [("2026-09-10", STUNTED)])
    keep(person)
    assert read_kinds() == {"stunting_found": (1, 1)}
    give(person, [("2026-07-10", WELL)])
    keep(person)
    assert read_kinds() == {"stunting_new": (1, 1)}
    person.measurements.filter(haz=WELL).update(haz=STUNTED)
    keep(person)
    assert read_kinds() == {"stunting_recovered": (0, 1)}
    before = list_desa_months([person.pk])
    person.measurements.filter(measured_on=date(2026, 7, 10)).delete()
    keep(person, before=before)
    assert read_kinds() == {"stunting_found": (1, 1)}


@pytest.mark.django_db
def test_a_child_that_moved_is_a_new_case_where_it_lives_now(batch):
    person = make_person(DESA, BIRTH, batch)
    give(person, [("2026-08-10", WELL), ("2026-09-10", STUNTED)])
    keep(person)
    before = list_desa_months([person.pk])
    Person.objects.filter(pk=person.pk).update(desa_id=OTHER)
    keep(person, before=before)
    assert read_kinds() == {}
    assert read_kinds("91.01.01.2002") == {"stunting_new": (1, 1)}
    assert read_kinds("91.01.01") == {"stunting_new": (1, 1)}


@pytest.mark.django_db
def test_merged_entries_give_the_child_its_measurement_before(regions, batch):
    one, two = (make_person(DESA, BIRTH, batch, name="AISYAH", name_key="AISYAH") for _ in range(2))
    for person, on, cm, haz in ((one, date(2026, 8, 10), 88, WELL), (two, date(2026, 9, 10), 82, STUNTED)):
        measure(person, on, haz=haz, lenhei_cm=cm, mode="H", weight_kg=11)
    keep(one, two)
    assert read_kinds() == {"stunting_found": (1, 1)}
    operator = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    joined = merge_people(by=operator, kept=one, absorbed=two, reason="satu anak")
    keep_cells(joined.desa_months)
    assert read_kinds() == {"stunting_new": (1, 1)}


@pytest.mark.django_db
def test_a_corrected_birth_date_changes_the_value_before(regions, batch):
    """With the right, later birth date the child was not stunted before: then it is no longer stunted now either."""
    person = make_person(DESA, BIRTH, batch, registered_on=date(2026, 7, 1))
    for on in (date(2026, 8, 10), date(2026, 9, 10)):
        measure(person, on, haz=STUNTED, lenhei_cm=82, mode="H", weight_kg=11)
    keep(person)
    assert read_kinds() == {"stunting_recovered": (0, 1)}
    before = list_desa_months([person.pk])
    operator = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    correct_child(by=operator, person=person, sex="F", birth_date=BIRTH + timedelta(days=500), reason="akta")
    keep(person, before=before)
    assert read_kinds() == {"stunting_new": (0, 1)}


@pytest.mark.django_db
def test_a_definition_that_allows_less_time_counts_fewer(batch):
    """The longest time between two measurements is the definition's, not the program's."""
    person = make_person(DESA, BIRTH, batch)
    give(person, [("2026-07-10", WELL), ("2026-09-10", STUNTED)])
    (child,) = ChildMonth.objects.filter(person=person, month=MONTH).values(*make_table().schema())
    shipped = get_definition("stunting_new")
    short = {"all": [shipped.denominator.where, {"column": "haz_before_days", "below": 60}]}
    tight = replace(shipped, denominator=replace(shipped.denominator, where=short))
    for count in ENGINES.values():
        assert list(count([shipped], [child])["stunting_new"].values()) == [[1, 1]]
        assert count([tight], [child])["stunting_new"] == {}
