"""What changed since a moment is right for every way of writing, and says nothing to those who may not see."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run, undo
from tests.factories.packages import MONTH
from tests.factories.records import make_batch, make_staged, save_rows
from tumbuh.accounts.api import READ_PEOPLE, acting_as, get_scope
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import Change, list_changes, record_measurement
from tumbuh.records.models import Measurement, Person, PersonHistory

pytestmark = pytest.mark.django_db
BUDI = {"birth_date": date(2024, 5, 1), "sex": "M"}


@pytest.fixture
def operator(regions):
    return make_user("op", role="DESA_OPERATOR", region=regions["91.01.01.2001"])


@pytest.fixture
def look(desa, operator):
    """Remembers the moment; called, what changed since: (whose, what happened, fields)."""

    def tell(change: Change) -> tuple:
        what = "added" if change.before is None else "removed" if change.after is None else "changed"
        kind = "visit" if change.is_measurement else "child"
        sides = [(field, getattr(change.before, field), getattr(change.after, field)) for field in change.fields]
        return change.person.name, kind, what, *sides

    def remember():
        since = timezone.now()
        return lambda: [
            tell(change) for change in list_changes(get_scope(operator, READ_PEOPLE), desa.pk, MONTH, since)
        ]

    save_rows(make_staged("AISYAH"), make_staged("BUDI", **BUDI))
    return remember


def test_nothing(look):
    changed = look()
    save_rows(make_staged("AISYAH"))
    assert changed() == []


def test_added_by_an_import(look):
    changed = look()
    save_rows(make_staged("CITRA", birth_date=date(2025, 1, 1)))
    assert changed() == [("CITRA", "child", "added"), ("CITRA", "visit", "added")]


def test_changed_by_an_import_and_changed_again(look):
    changed = look()
    save_rows(make_staged("AISYAH", weight_kg=Decimal("11.9"), mother_name="SITI"))
    save_rows(make_staged("AISYAH", weight_kg=Decimal("12.1"), lenhei_cm=Decimal("85")))
    assert changed() == [
        ("AISYAH", "child", "changed", ("mother_name", "", "SITI")),
        ("AISYAH", "visit", "changed", ("weight_kg", Decimal("11.2"), Decimal("12.1")),
         ("lenhei_cm", Decimal("84.5"), Decimal("85"))),
    ]  # fmt: skip


def test_changed_by_a_form(look):
    changed = look()
    child = Person.objects.get(name="BUDI")
    values = {"measured_on": date(2026, 3, 10), "weight_kg": Decimal("10.4"), "mode": "H"}
    record_measurement(by=SYSTEM, batch=make_batch("CORRECTION"), person=child, **values)
    assert changed() == [("BUDI", "visit", "changed", ("weight_kg", Decimal("11.2"), Decimal("10.4")))]


def test_changed_and_changed_back_is_no_change(look):
    changed = look()
    for weight in ("11.9", "11.2"):
        Measurement.objects.filter(person__name="AISYAH").update(weight_kg=Decimal(weight))
    assert changed() == []


def test_removed_with_the_child_and_visits_of_other_months_are_left_out(look):
    changed = look()
    save_rows(make_staged("AISYAH", measured_on=date(2026, 4, 10)))
    Measurement.objects.filter(person__name="BUDI").delete()
    Person.objects.filter(name="BUDI").delete()
    assert changed() == [("BUDI", "child", "removed"), ("BUDI", "visit", "removed")]


def test_taking_an_import_back(look, operator, tmp_path):
    run(operator, write_xlsx(tmp_path / "a.xlsx", [make_row(Nama="CITRA")]))
    before = look()
    more = [make_row(Nama="CITRA", Berat="11,9"), make_row(2, Nama="WULAN", Tgl_Lahir="01/01/2025")]
    taken = run(operator, write_xlsx(tmp_path / "b.xlsx", more))
    between = look()
    assert before() == [
        ("WULAN", "child", "added"),
        ("CITRA", "visit", "changed", ("weight_kg", Decimal("11.2"), Decimal("11.9"))),
        ("WULAN", "visit", "added"),
    ]
    undo(operator, taken)
    assert before() == []
    assert between() == [
        ("WULAN", "child", "removed"),
        ("CITRA", "visit", "changed", ("weight_kg", Decimal("11.9"), Decimal("11.2"))),
        ("WULAN", "visit", "removed"),
    ]


def test_taken_back_and_sent_again_the_same_is_no_change(look, operator, tmp_path):
    taken = run(operator, write_xlsx(tmp_path / "a.xlsx", [make_row(Nama="CITRA")]))
    changed = look()
    undo(operator, taken)
    run(operator, write_xlsx(tmp_path / "b.xlsx", [make_row(Nama="CITRA")]))
    assert Person.objects.filter(name="CITRA").exists() and changed() == []


def test_moved_to_another_desa(look, regions):
    changed = look()
    Person.objects.filter(name="BUDI").update(desa=regions["91.01.01.2002"])
    Measurement.objects.filter(person__name="BUDI").update(desa=regions["91.01.01.2002"])
    assert changed() == [("BUDI", "child", "removed"), ("BUDI", "visit", "removed")]


def test_a_visit_of_a_child_that_now_lives_out_of_reach_has_no_name(look, desa, regions, operator):
    Person.objects.filter(name="BUDI").update(desa=regions["91.02.01.2001"])
    PersonHistory.objects.all().delete()
    since, scope = timezone.now(), get_scope(operator, READ_PEOPLE)
    Measurement.objects.filter(person__name="BUDI").update(weight_kg=Decimal("11.9"))
    with acting_as(operator):
        [change] = list_changes(scope, desa.pk, MONTH, since)
    assert (change.person, change.fields) == (None, ("weight_kg",))


def test_outside_the_scope_there_is_nothing(look, desa, regions):
    since = timezone.now()
    Person.objects.update(mother_name="SITI")
    other = make_user("lain", role="DESA_OPERATOR", region=regions["91.01.01.2002"])
    assert list_changes(get_scope(other, READ_PEOPLE), desa.pk, MONTH, since) == []


def test_few_queries_however_much_changed(look, operator, desa):
    scope, since = get_scope(operator, READ_PEOPLE), timezone.now()
    days = [date(2025, 1, day) for day in range(1, 29)]
    save_rows(*(make_staged("DEWI", birth_date=day) for day in days))
    Measurement.objects.filter(person__name="BUDI").delete()
    Person.objects.filter(name="BUDI").delete()
    with CaptureQueriesContext(connection) as caught:
        assert len(list_changes(scope, desa.pk, MONTH, since)) == 58
    assert len(caught) <= 6
