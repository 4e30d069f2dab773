"""Cells kept by the write equal a rebuild, whatever was written and by how many at once."""

from collections import defaultdict
from contextvars import copy_context
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cells import keep_cells
from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.indicators.actions import refresh as module
from tumbuh.indicators.api import check, check_measuring, find_value, list_values, rebuild, refresh
from tumbuh.indicators.errors import IsolationError
from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import GROUPS
from tumbuh.records.api import Measurement, Person, list_desa_months
from tumbuh.regions.api import Level, get_number

DESAS = [get_number(code) for code in ("91.01.01.2001", "91.01.01.2002", "91.01.02.1001", "91.02.01.2001")]
SEPTEMBER = date(2026, 9, 1)


def read_cells():
    fields = ("region_id", "month", "indicator", "numerators", "denominators")
    return sorted(Cell.objects.values_list(*fields))


def check_sums():
    """Each region above desa is the sum of its children, in every cell; no cell is empty."""
    nothing = [0] * len(GROUPS)
    sums = defaultdict(lambda: [nothing, nothing])
    for cell in Cell.objects.filter(level__gt=1).select_related("region"):
        place = (cell.region.parent_id, cell.month, cell.indicator)
        parts = zip(sums[place], (cell.numerators, cell.denominators), strict=True)
        sums[place] = [[a + b for a, b in zip(old, new, strict=True)] for old, new in parts]
    cells = list(Cell.objects.filter(level__lt=4))
    kept = {(cell.region_id, cell.month, cell.indicator): [cell.numerators, cell.denominators] for cell in cells}
    assert kept == dict(sums)
    assert all((sum(c.numerators), sum(c.denominators)) == (c.numerator, c.denominator) for c in cells)
    assert not Cell.objects.filter(denominator=0).exists()


def check_stories():
    """In every region, month and group the stunted are the new, the found, and those of before who did not recover."""
    cells = {(c.region_id, c.month, c.indicator): (c.numerators, c.denominators) for c in Cell.objects.all()}
    nothing = ([0] * len(GROUPS), [0] * len(GROUPS))
    for region, month, indicator in list(cells):
        if indicator == "weighed_share":
            stunting, new, recovered, found = (
                cells.get((region, month, code), nothing)
                for code in ("stunting", "stunting_new", "stunting_recovered", "stunting_found")
            )
            still = [before - well for well, before in zip(*recovered, strict=True)]
            assert stunting[0] == [sum(parts) for parts in zip(new[0], still, found[0], strict=True)]
            assert stunting[1] == [sum(parts) for parts in zip(new[1], recovered[1], found[1], strict=True)]


def write(change, people):
    """What every action does: note the desa and months touched before and after, refresh once; then the worker."""
    with transaction.atomic():
        touched = set(list_desa_months(people))
        made = change() or []
        keep_cells(touched | set(list_desa_months([*people, *made])))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["child", "measure", "measure", "measure", "remeasure", "remove", "move", "leave", "delete"]),
        st.integers(0, 10**6),
        st.integers(0, 400),
        st.integers(-400, 400),
    ),
    min_size=1,
    max_size=25,
)


def delete_all(person):
    person.measurements.all().delete()
    person.delete()


def take_step(kind, number, days, z, batch):
    """One random write through `write`; some have nothing to work on and do nothing."""
    if kind == "child":
        birth = date(2021, 6, 1) + timedelta(days=number % 1900)
        registered = min(birth + timedelta(days=days), date(2026, 9, 30))
        sex = "MF"[number % 2]
        return write(
            lambda: [make_person(DESAS[number % 4], birth, batch, registered_on=max(birth, registered), sex=sex).pk], []
        )
    people = list(Person.objects.order_by("pk"))
    if not people:
        return None
    person = people[number % len(people)]
    measurements = list(person.measurements.order_by("measured_on"))
    if kind == "measure":
        on = date(2025, 10, 1) + timedelta(days=days % 365)
        if on >= person.birth_date and not person.measurements.filter(measured_on=on).exists():
            write(
                lambda: measure(person, on, haz=z, whz=-z, waz=z, haz_flag=z % 7 == 0, oedema=z % 11 == 0) and [],
                [person.pk],
            )
    elif kind == "remeasure" and measurements:
        chosen = measurements[number % len(measurements)].pk
        write(lambda: Measurement.objects.filter(pk=chosen).update(haz=z, weight_gain="T") and [], [person.pk])
    elif kind == "remove" and measurements:
        write(lambda: measurements[number % len(measurements)].delete() and [], [person.pk])
    elif kind == "move":
        write(lambda: Person.objects.filter(pk=person.pk).update(desa_id=DESAS[days % 4]) and [], [person.pk])
    elif kind == "leave":
        left = person.registered_on + timedelta(days=days)
        write(lambda: Person.objects.filter(pk=person.pk).update(left_on=left) and [], [person.pk])
    elif kind == "delete":
        write(lambda: delete_all(person), [person.pk])
    return None


@pytest.mark.django_db
@pytest.mark.parametrize("few", [0, 3], ids=["replaced", "merged"])
def test_kept_cells_equal_a_rebuild_after_random_writes(few, monkeypatch):
    monkeypatch.setattr(module, "FEW", few)
    make_province()
    batch = make_batch()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def run(steps):
        point = transaction.savepoint()
        for kind, number, days, z in steps:
            take_step(kind, number, days, z, batch)
        kept = read_cells()
        check_sums()
        check_stories()
        assert check() == []
        assert check_measuring() == []
        rebuild()
        assert read_cells() == kept
        assert check_measuring() == []
        transaction.savepoint_rollback(point)

    run()


@pytest.mark.django_db
def test_a_month_counts_from_its_first_measurement_to_its_last():
    make_province()
    batch = make_batch()
    here, there = make_person(DESAS[0], date(2025, 1, 1), batch), make_person(DESAS[3], date(2025, 1, 1), batch)
    refresh(list_desa_months([here.pk, there.pk]))
    assert read_cells() == []
    write(lambda: measure(here, date(2026, 9, 10)) and [], [here.pk])
    value = find_value("weighed_share", "91", SEPTEMBER)
    assert (value.numerator, value.denominator) == (1, 2), "the child of the silent village is in the register too"
    write(lambda: Measurement.objects.all().delete() and [], [here.pk])
    assert read_cells() == []


@pytest.mark.django_db
def test_check_tells_a_wrong_cell():
    make_province()
    measure(make_person(DESAS[0], date(2025, 1, 1), make_batch()), date(2026, 9, 10))
    rebuild()
    assert check() == []
    Cell.objects.filter(indicator="stunting", level=Level.DESA).update(numerators=F("denominators"))
    (difference,) = check()
    assert (difference.cell, difference.value, difference.kept, difference.rebuilt) == ("stunting", "numerators", 1, 0)
    assert rebuild(within="91.01.01") > 0
    assert check() == []


@pytest.mark.parametrize(
    "arrays",
    [
        ([2] + [0] * 11, [1] * 12),
        ([-1, 1] + [0] * 10, [1] * 12),
        ([0] * 11, [1] * 12),
        ([0] * 12, [1] * 13),
        ([0] * 12, [0] * 12),
        ([None] + [0] * 11, [1] * 12),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses_a_cell_that_cannot_be(arrays):
    regions = make_province()
    place = {"region": regions["91"], "level": 1, "month": SEPTEMBER, "indicator": "stunting"}
    Cell.objects.create(**place, numerators=[0] * 12, denominators=[1] * 12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cell.objects.filter(region=regions["91"]).update(numerators=arrays[0], denominators=arrays[1])


@pytest.mark.django_db
def test_regions_without_data_are_listed_with_null_and_two_queries(django_assert_num_queries):
    make_province()
    measure(make_person(DESAS[0], date(2025, 1, 1), make_batch(), sex="M"), date(2026, 9, 10), haz=-250)
    rebuild()
    with django_assert_num_queries(2):
        values = list_values(indicator="stunting", month=SEPTEMBER, level=Level.DESA)
    assert [(v.region_code, v.numerator, v.denominator, v.value) for v in values][:2] == [
        ("91.01.01.2001", 1, 1, 100),
        ("91.01.01.2002", 0, 0, None),
    ]
    by_sex = list_values(indicator="stunting", month=SEPTEMBER, level=Level.PROVINSI, by="sex")
    assert [(v.sex, v.denominator) for v in by_sex] == [("M", 1), ("F", 0)]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_lose_nothing():
    """The second writer waits for the first and counts what it wrote, in one village and in two."""
    for other in (0, 1):
        make_or_clear()
        first, second = (make_person(DESAS[i], date(2025, 1, 1), make_batch()) for i in (0, other))
        refreshed, done = Event(), []

        def write_second(person=second, refreshed=refreshed, done=done):
            assert refreshed.wait(10)
            with transaction.atomic():
                measure(person, date(2026, 9, 2), haz=-250)
                refresh([(person.desa_id, SEPTEMBER)])
            done.append(True)
            connection.close()

        thread = Thread(target=copy_context().run, args=(write_second,))
        thread.start()
        with transaction.atomic():
            measure(first, date(2026, 9, 1), haz=-250)
            refresh([(first.desa_id, SEPTEMBER)])
            refreshed.set()
            thread.join(0.5)
            assert not done, "the second writer must wait"
        thread.join(20)
        assert done
        value = find_value("stunting", "91", SEPTEMBER)
        assert (value.numerator, value.denominator) == (2, 2)
        assert check() == []


@pytest.mark.django_db(transaction=True)
def test_writers_of_several_months_never_block_each_other_for_good():
    """Months given in opposite order by many writers at once: all end, and the cells are right."""
    make_or_clear()
    months = [date(2026, month, 1) for month in range(4, 10)]
    people = [make_person(DESAS[n % 4], date(2025, 1, 1), make_batch()) for n in range(4)]
    failures = []

    def write_all(person, order):
        try:
            for day in range(1, 4):
                with transaction.atomic():
                    for month in order:
                        measure(person, month.replace(day=day), haz=-250)
                    refresh([(person.desa_id, month) for month in order])
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [
        Thread(target=copy_context().run, args=(write_all, p, months[:: 1 if n % 2 else -1]))
        for n, p in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert find_value("stunting", "91", SEPTEMBER).numerator == 4
    assert check() == []


@pytest.mark.django_db(transaction=True)
def test_a_stricter_isolation_level_is_refused():
    make_or_clear()
    with pytest.raises(IsolationError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        refresh([(DESAS[0], SEPTEMBER)])


def make_or_clear():
    """The small province without people or cells."""
    Cell.objects.all().delete()
    Measurement.objects.all().delete()
    Person.objects.all().delete()
    if not Cell._meta.get_field("region").related_model.objects.exists():
        make_province()
