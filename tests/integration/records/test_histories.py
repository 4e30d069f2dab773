"""The database keeps what stood in the register before: one row for each row changed or deleted, none for a new one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run, undo
from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import acting_as
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.records.actions.retention import clear_history
from tumbuh.records.api import decrypt_nik
from tumbuh.records.models import Household, HouseholdHistory, Measurement, MeasurementHistory, Person, PersonHistory
from tumbuh.records.tasks import clear

pytestmark = pytest.mark.django_db
HISTORIES = (HouseholdHistory, PersonHistory, MeasurementHistory)
HOME = {"address": "Jl. Kebun", "rt": "1", "rw": "2", "mother_name": "SITI"}


@pytest.fixture
def regions(db):
    return make_province()


@pytest.fixture
def visit(regions):
    save_rows(make_staged("AISYAH", nik="1701012503240001", **HOME))
    return Measurement.objects.get()


def count() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in HISTORIES)


def test_a_new_row_leaves_no_history(visit):
    assert Household.objects.exists() and count() == (0, 0, 0)


def test_a_changed_row_leaves_its_former_content_once(visit):
    Household.objects.update(address="Jl. Sawah")
    Person.objects.update(name="AISYAH PUTRI")
    Measurement.objects.update(weight_kg=Decimal("11.9"))
    assert count() == (1, 1, 1)
    household, person, former = (model.objects.get() for model in HISTORIES)
    assert (household.address, person.name, former.weight_kg) == ("Jl. Kebun", "AISYAH", Decimal("11.2"))
    assert {household.pgh_label, person.pgh_label, former.pgh_label} == {"update"}
    assert former.pgh_obj_id == visit.pk and former.recorded_at == visit.recorded_at < former.pgh_created_at


def test_a_deleted_row_leaves_its_content_once(visit):
    Measurement.objects.all().delete()
    Person.objects.all().delete()
    Household.objects.all().delete()
    assert count() == (1, 1, 1)
    assert [model.objects.get().pgh_label for model in HISTORIES] == ["delete"] * 3


def test_the_nik_stays_encrypted(visit):
    person = Person.objects.get()
    Person.objects.update(nik_status="MISSING", nik_index=None, nik_encrypted=None)
    former = PersonHistory.objects.get()
    assert bytes(former.nik_encrypted) == bytes(person.nik_encrypted) != b"1701012503240001"
    assert decrypt_nik(former.nik_encrypted) == "1701012503240001"


def test_saying_the_same_again_or_computing_anew_is_no_change(visit):
    Person.objects.update(name="AISYAH")
    Measurement.objects.update(haz=-150, weight_gain="N")
    save_rows(make_staged("AISYAH", nik="1701012503240001", **HOME))
    assert count() == (0, 0, 0)


def test_many_rows_at_once_leave_one_each(regions):
    for weight in ("11.2", "11.8"):
        born = (date(2024, 1, day) for day in range(1, 6))
        save_rows(*(make_staged("AISYAH", birth_date=day, weight_kg=Decimal(weight)) for day in born))
    assert {row.weight_kg for row in MeasurementHistory.objects.all()} == {Decimal("11.2")}
    assert MeasurementHistory.objects.values("pgh_obj").distinct().count() == MeasurementHistory.objects.count() == 5


def test_an_import_that_is_taken_back_leaves_what_it_had_brought(regions, tmp_path):
    operator = make_user("op", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    taken = run(operator, write_xlsx(tmp_path / "a.xlsx", [make_row()]))
    undo(operator, taken)
    assert not Measurement.objects.exists() and not Person.objects.exists()
    assert [(row.weight_kg, row.pgh_label) for row in MeasurementHistory.objects.all()] == [
        (Decimal("11.200"), "delete")
    ]
    assert PersonHistory.objects.filter(pgh_label="delete").count() == 1


def test_another_regions_viewer_sees_none(visit, regions):
    Household.objects.update(address="Jl. Sawah")
    Person.objects.update(name="AISYAH PUTRI")
    Measurement.objects.update(weight_kg=Decimal("11.9"))
    for place, seen in (("91.01.01", (1, 1, 1)), ("91.02", (0, 0, 0))):
        level = {8: "KECAMATAN_VERIFIER", 5: "KABUPATEN_VERIFIER"}[len(place)]
        with acting_as(make_user(f"v{place}", role=level, region=regions[place])):
            assert count() == seen


def test_who_writes_in_a_scope_leaves_history_in_it(visit, regions):
    with acting_as(make_user("op", role="DESA_OPERATOR", region=regions["91.01.01.2001"])):
        save_rows(make_staged("AISYAH", weight_kg=Decimal("11.8")), batch=make_batch())
        assert MeasurementHistory.objects.count() == 1


def test_history_goes_when_its_time_is_over(visit):
    Person.objects.update(name="AISYAH PUTRI")
    Measurement.objects.update(weight_kg=Decimal("11.9"))
    PersonHistory.objects.update(pgh_created_at=timezone.now() - timedelta(days=1200))
    clear(timestamp=0)
    assert count() == (0, 0, 1)
    event = Event.objects.get(action="records.history.cleared")
    assert (event.actor_name, event.after) == ("sistem", {"rows": 1})
    assert clear_history(by=SYSTEM) == 0
    assert clear_history(by=SYSTEM, today=date(2030, 1, 1)) == 1


def test_no_trigger_compares_every_row_with_every_other(db):
    """A new migration of such a trigger makes its function anew: then it says this again (records 0011)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tgrelid::regclass::text, tgname FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
            WHERE t.tgnewtable <> '' AND t.tgoldtable <> '' AND tgrelid::regclass::text LIKE 'records%'
              AND NOT coalesce(f.proconfig @> '{enable_nestloop=off,jit=off}', false)"""
        )
        assert cursor.fetchall() == []
