"""Scorecards kept by the write equal a rebuild, and every region is the sum of those below it."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tests.factories.scorecard_desa import DESA, make_desa
from tumbuh.audit.api import SYSTEM
from tumbuh.indicators.api import check_scorecards, list_lives, list_quarters, rebuild_scorecards, refresh_scorecards
from tumbuh.indicators.models import ScorecardCell
from tumbuh.records.api import (
    LifeRows,
    Person,
    Pregnancy,
    PregnancyOverlapError,
    PregnancyRow,
    ServiceRow,
    StatementRow,
    list_desa_months,
    save_life,
)
from tumbuh.regions.api import get_number

DESAS = [get_number(code) for code in ("91.01.01.2001", "91.01.01.2002", "91.01.02.1001", "91.02.01.2001")]
CODES = ["pregnancy_check", "home_visit", "nutrition_counselling", "hb0", "mr1", "postpartum_care"]
START, LATEST = date(2025, 10, 1), date(2026, 11, 1)  # nothing is recorded of days to come


def read_cells():
    return sorted(ScorecardCell.objects.values_list("region_id", "month", "reading", "line", "counts"))


def check_sums():
    """Line by line, each region above desa is the sum of the regions below it."""
    sums, kept = defaultdict(lambda: [0, 0, 0]), {}
    for cell in ScorecardCell.objects.select_related("region"):
        key = (cell.month, cell.reading, cell.line)
        if cell.level > 1:
            place = sums[cell.region.parent_id, *key]
            place[:] = [a + b for a, b in zip(place, cell.counts, strict=True)]
        if cell.level < 4:
            kept[cell.region_id, *key] = cell.counts
    assert kept == dict(sums)


def write(change, people=()):
    """What every action does: note the desa and months touched before and after, refresh once, last."""
    with transaction.atomic():
        touched = set(list_desa_months(people))
        more, made = change()
        refresh_scorecards(touched | set(more) | set(list_desa_months([*people, *made])))


def add_person(number, on, batch):
    """A child of the last seven years, or a woman."""
    born = date(1995, 1, 1) if number % 3 == 0 else on - timedelta(days=number % 2600)
    registered = max(born, on - timedelta(days=number % 90))
    return [], [make_person(DESAS[number % 4], born, batch, registered_on=registered, sex="F").pk]


def tell(batch, **kinds):
    try:
        with transaction.atomic():
            return save_life(by=SYSTEM, batch=batch, rows=LifeRows(**kinds)).desa_months, []
    except PregnancyOverlapError:
        return [], []


def change_person(kind, number, on, batch, person):
    """One write about somebody who is there."""
    desa = person.desa_id
    if kind == "measure" and on >= person.birth_date and not person.measurements.filter(measured_on=on).exists():
        measure(person, on, haz=number % 600 - 400)
    if kind == "pregnancy" and person.birth_date.year < 2000:
        end = min(on + timedelta(days=number % 300 + 1), LATEST)
        ended = {"ended_on": end, "outcome": "LIVE"} if number % 2 else {}
        return tell(batch, pregnancies=[PregnancyRow(person.pk, desa, on, is_risky=number % 3 == 0, **ended)])
    if kind == "service":
        return tell(batch, services=[ServiceRow(desa, CODES[number % 6], on, person_id=person.pk)])
    if kind == "statement":
        return tell(batch, statements=[StatementRow(desa, "water", number % 2 == 0, on, person_id=person.pk)])
    if kind == "move":
        Person.objects.filter(pk=person.pk).update(desa_id=DESAS[number % 4])
    if kind == "leave" and on >= person.registered_on:
        Person.objects.filter(pk=person.pk).update(left_on=on)
    if kind == "remove":
        person.measurements.all().delete()
    return [], []


KINDS = [
    "person",
    "person",
    "measure",
    "measure",
    "pregnancy",
    "service",
    "service",
    "statement",
    "move",
    "leave",
    "remove",
]
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(0, 380)), min_size=1, max_size=25)


def take_step(kind, number, days, batch):
    on, people = START + timedelta(days=days), list(Person.objects.order_by("pk"))
    if kind == "person" or not people:
        return write(lambda: add_person(number, on, batch))
    person = people[number % len(people)]
    return write(lambda: change_person(kind, number, on, batch, person), [person.pk])


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_incremental_equals_rebuild(steps):
    with transaction.atomic():
        make_province()
        batch = make_batch()
        for step in steps:
            take_step(*step, batch)
        assert check_scorecards() == []
        check_sums()
        kept, quarters = read_cells(), list_quarters()
        rebuild_scorecards()
        assert (read_cells(), list_quarters()) == (kept, quarters)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_everybody_is_counted_in_a_quarter_that_begins_to_count():
    """A measurement in one desa makes the quarter count for the others too, its removal takes all lines away."""
    make_province()
    batch = make_batch()
    near, far = make_person(DESAS[0], date(2025, 5, 1), batch), make_person(DESAS[3], date(2025, 5, 1), batch)
    assert not ScorecardCell.objects.exists()
    write(lambda: ([], [measure(near, date(2026, 2, 3)).person_id]))
    assert list_quarters() == [(date(2026, 1, 1), date(2026, 2, 28))]
    assert ScorecardCell.objects.filter(region_id=far.desa_id, line="children").get().counts == [1, 0, 0]
    write(lambda: ([], [measure(near, date(2026, 3, 3)).person_id]))
    assert list_quarters() == [(date(2026, 1, 1), date(2026, 3, 31))]
    due = {
        cell.region_id: cell.counts
        for cell in ScorecardCell.objects.filter(reading="TABLE_3", line="CHILD_0_23.weighed")
    }
    assert due[near.desa_id] == [1, 1, 0] and due[get_number("91")] == [2, 2, 0]
    write(lambda: near.measurements.all().delete() and ([], []), [near.pk])
    assert not ScorecardCell.objects.exists() and list_quarters() == []


@pytest.mark.django_db
def test_check_tells_what_differs():
    make_province()
    make_desa()
    rebuild_scorecards()
    assert check_scorecards() == []
    ScorecardCell.objects.filter(region_id=DESA, month=date(2026, 1, 1), reading="QUARTER", line="MOTHER.water").update(
        counts=[3, 3, 3]
    )
    found = check_scorecards()
    assert [(one.region_id, one.month, one.cell, one.place, one.kept, one.rebuilt) for one in found] == [
        (DESA, "2026-01", "QUARTER MOTHER.water", 3, 3, 2)
    ]
    rebuild_scorecards(within="91.01.01.2001")
    assert check_scorecards() == []


@pytest.mark.django_db
def test_what_was_entered_after_a_quarter_was_sent_is_not_counted_in_it():
    """Ani's pregnancy, told of in April, belongs to April's quarter; a newborn registered then to no one's birth."""
    make_province()
    people = make_desa()
    Pregnancy.objects.filter(mother=people["ani"]).update(counts_from=date(2026, 4, 1))
    Pregnancy.objects.filter(mother=people["citra"]).update(counts_from=date(2026, 4, 1))
    Person.objects.filter(pk=people["dodi"].pk).update(registered_on=date(2026, 4, 2))
    lives = {life.person_id for life in list_lives([DESA], date(2026, 1, 1), date(2026, 3, 31))}
    assert {name for name, person in people.items() if person.pk in lives} == {"betty", "eka", "fani", "gita", "hadi"}
    later = {life.person_id for life in list_lives([DESA], date(2026, 4, 1), date(2026, 4, 30))}
    assert people["ani"].pk in later and people["dodi"].pk in later
