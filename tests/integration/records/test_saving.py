"""Matching and saving in bulk, row by row."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
NIK = "9101014503240001"


@pytest.fixture(autouse=True)
def province():
    return make_province()


def counts() -> tuple[int, int]:
    return Person.objects.count(), Measurement.objects.count()


def test_a_new_child_with_two_visits():
    saved = save_rows(
        make_staged(nik=NIK), make_staged(nik=NIK, measured_on=date(2026, 4, 10), weight_kg=Decimal("11.6"))
    )
    assert (saved.children_new, saved.measurements_new) == counts() == (1, 2)
    person = Person.objects.get()
    assert person.registered_on == date(2026, 3, 10)
    first, second = Measurement.objects.order_by("measured_on")
    assert (first.weight_gain, second.weight_gain) == ("B", "N")
    assert first.haz is not None and first.waz is not None and first.whz is not None
    assert second.month == date(2026, 4, 1)
    assert saved.desa_months and {desa for desa, _ in saved.desa_months} == {9101012001}


def test_saying_it_again_changes_nothing():
    rows = [make_staged(), make_staged(measured_on=date(2026, 4, 10))]
    save_rows(*rows)
    again = save_rows(*reversed(rows))
    assert counts() == (1, 2)
    assert (again.children_new, again.children_changed, again.measurements_new, again.measurements_changed) == (0,) * 4


def test_a_changed_weight_is_a_change_and_a_blank_is_not():
    save_rows(make_staged(muac_cm=Decimal("14.5")))
    blank = save_rows(make_staged(lenhei_cm=None, mode=""))
    assert blank.measurements_changed == 0
    changed = save_rows(make_staged(weight_kg=Decimal("12.4")))
    assert changed.measurements_changed == 1
    visit = Measurement.objects.get()
    assert (visit.weight_kg, visit.muac_cm) == (Decimal("12.4"), Decimal("14.5"))


def test_blanks_of_a_known_child_are_filled():
    save_rows(make_staged())
    save_rows(make_staged(nik=NIK, mother_name="SITI", birth_weight_kg=Decimal("2.9")))
    person = Person.objects.get()
    assert (person.nik_status, person.mother_name, person.birth_weight_kg) == ("VALID", "SITI", Decimal("2.9"))


def test_an_earlier_visit_comes_later():
    save_rows(make_staged(measured_on=date(2026, 4, 10), weight_kg=Decimal("11.6")))
    save_rows(make_staged())
    assert Person.objects.get().registered_on == date(2026, 3, 10)
    assert list(Measurement.objects.order_by("measured_on").values_list("weight_gain", flat=True)) == ["B", "N"]
