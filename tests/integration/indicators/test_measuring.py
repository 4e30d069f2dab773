"""Counts of measurement quality: kept by the write, read as grades of posyandu and recorders."""

from datetime import date, timedelta

import pytest

from tests.factories.accounts import make_user
from tests.factories.children import make_batch, make_person, measure
from tests.factories.regions import make_province
from tumbuh.accounts.api import Scope
from tumbuh.engines.measuring.api import PLACES, Doubt
from tumbuh.indicators.api import check_measuring, read_measuring, rebuild, refresh
from tumbuh.indicators.models import MeasuringCount
from tumbuh.records.api import SourceBatch, find_month_doubts, list_desa_months
from tumbuh.regions.api import Facility, Region, get_number, get_region

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
DESA = get_number("91.01.01.2001")
BORN = date(2025, 1, 10)


@pytest.fixture
def desa(db) -> Region:
    return make_province()["91.01.01.2001"]


def make_posyandu(desa, name="Melati") -> Facility:
    return Facility.objects.create(kind="POSYANDU", name=name, region=desa)


def fill(desa, posyandu, batch, *, children=40, step=0.1, month=SEPTEMBER):
    """Children seen on one day, each 3 cm and `step` kg apart from the one before."""
    people = []
    for number in range(children):
        person = make_person(desa.pk, BORN - timedelta(days=number * 31), batch)
        length = 60 + number % 37 + number % 10 / 10
        measure(
            person, month.replace(day=5), weight_kg=round(8 + number * step, 3), lenhei_cm=length,
            lenhei_corrected_cm=length, posyandu=posyandu, haz=-250 + number * 10, whz=-200 + number * 10,
            mode="L" if (month - person.birth_date).days < 720 else "H",
        )  # fmt: skip
        people.append(person)
    return people


def test_a_write_keeps_the_counts_of_its_posyandu(desa):
    good, bad = make_posyandu(desa), make_posyandu(desa, "Mawar")
    batch = make_batch()
    people = fill(desa, good, batch) + fill(desa, bad, batch, step=1)
    refresh(list_desa_months([person.pk for person in people]))
    assert check_measuring() == []
    found = {one.name: one for one in read_measuring(desa, SEPTEMBER).posyandu}
    assert {name: (one.now.rows, one.visits) for name, one in found.items()} == {"Melati": (40, 40), "Mawar": (40, 40)}
    assert found["Melati"].now.points > found["Mawar"].now.points
    assert found["Mawar"].before.letter is None
    assert [one.name for one in read_measuring(desa, SEPTEMBER).posyandu] == ["Mawar", "Melati"], "the worst first"


def test_what_is_above_is_the_sum_and_the_month_before_stands_beside(desa):
    posyandu, batch = make_posyandu(desa), make_batch()
    fill(desa, posyandu, batch, month=AUGUST)
    fill(desa, posyandu, batch)
    fill(Region.objects.get(code="91.01.01.2002"), None, batch)
    rebuild()
    above = read_measuring(get_region("91.01.01"), SEPTEMBER)
    assert (above.whole.now.rows, above.whole.before.rows, above.whole.visits) == (120, 40, 80)
    assert {(one.desa_code, one.name): one.now.rows for one in above.posyandu} == {
        ("91.01.01.2001", "Melati"): 80,
        ("91.01.01.2002", ""): 40,
    }
    kabupaten = read_measuring(get_region("91.01"), SEPTEMBER)
    assert {one.key: one.now.rows for one in kabupaten.parts} == {get_number("91.01.01"): 120}
    assert {one.key: one.now.rows for one in above.parts} == {DESA: 80, DESA + 1: 40}


def test_whoever_recorded_is_told_where_it_is_known(desa):
    kader = make_user("kader")
    kader.first_name, kader.last_name = "Siti", "A"
    kader.save()
    mine = SourceBatch.objects.create(kind="FORM", name="buku", by=kader)
    fill(desa, make_posyandu(desa), mine)
    fill(desa, None, make_batch(), children=31)
    rebuild()
    found = read_measuring(desa, SEPTEMBER).recorders
    assert {(one.key, one.name): one.now.rows for one in found} == {(kader.pk, "Siti A"): 40, (None, ""): 31}


def test_a_visit_is_compared_with_the_last_value_that_there_is(desa):
    """In August only the length was taken: the weight is compared with July's, too long ago to be a copy."""
    person = make_person(desa.pk, BORN, make_batch())
    measure(person, date(2026, 7, 20), weight_kg=9, lenhei_cm=75, lenhei_corrected_cm=75)
    measure(person, date(2026, 8, 20), weight_kg=None, lenhei_cm=77, lenhei_corrected_cm=77)
    seen = measure(person, date(2026, 9, 20), weight_kg=9, lenhei_cm=75, lenhei_corrected_cm=75)
    scope = Scope([desa.span])
    assert find_month_doubts(scope, desa.pk, SEPTEMBER) == {seen.pk: Doubt.SHRUNK}
    assert find_month_doubts(Scope([]), desa.pk, SEPTEMBER) == {}


def test_removing_visits_removes_their_counts(desa):
    people = fill(desa, make_posyandu(desa), make_batch(), children=3)
    keys = [person.pk for person in people]
    refresh(list_desa_months(keys))
    assert MeasuringCount.objects.get().counts[PLACES["rows"].start] == 3
    touched = list_desa_months(keys)
    for person in people:
        person.measurements.all().delete()
    refresh(touched)
    assert not MeasuringCount.objects.exists()


def test_a_wrong_count_is_found(desa):
    fill(desa, make_posyandu(desa), make_batch(), children=3)
    rebuild()
    held = MeasuringCount.objects.get()
    held.counts[0] += 1
    held.save()
    (difference,) = check_measuring()
    assert (difference.desa_id, difference.month, difference.kept[0], difference.rebuilt[0]) == (DESA, "2026-09", 4, 3)


def test_one_query_whatever_the_size(desa, django_assert_num_queries):
    fill(desa, make_posyandu(desa), make_batch())
    rebuild()
    with django_assert_num_queries(1):
        read_measuring(desa, SEPTEMBER)
