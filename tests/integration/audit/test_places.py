"""Events of imports, of the register and of regions say where: administrators below the province see theirs."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import run, undo
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.records.api import SourceBatch, register_since
from tumbuh.regions.api import Facility, add_local_region, ensure_facilities, get_code, record_change, set_bps_codes

pytestmark = pytest.mark.django_db
HERE = "91.01.01.2001"


@pytest.fixture
def regions():
    return make_province()


def places(prefix: str) -> dict[str, str | None]:
    """Action → the code of the region of its latest event."""
    events = Event.objects.filter(action__startswith=prefix).order_by("id")
    return {event.action: get_code(event.region_id) if event.region_id else None for event in events}


def test_every_event_of_an_import_is_of_the_smallest_region_of_its_rows(regions, tmp_path):
    analyst = make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"])
    undo(analyst, run(analyst, write_xlsx(tmp_path / "a.xlsx", [make_row()])))
    assert places("intake.import") == {
        "intake.import.uploaded": "91.01",  # nobody has looked at the rows yet: where the analyst may import
        "intake.import.confirmed": "91.01",
        "intake.import.confirmed_save": HERE,
        "intake.import.saved": HERE,
        "intake.import.undo_asked": HERE,
    }
    assert places("records.batch") == {"records.batch.undone": HERE}


@pytest.mark.parametrize(
    ("desa", "place"),
    [
        (["91.01.01.2001"], "91.01.01.2001"),
        (["91.01.01.2001", "91.01.01.2002"], "91.01.01"),
        (["91.01.01.2001", "91.01.02.1001"], "91.01"),
        (["91.01.01.2001", "91.02.01.2001"], "91"),
    ],
)
def test_a_batch_is_of_the_smallest_region_of_its_rows(regions, desa, place):
    save_rows(*(make_staged(f"ANAK {code}", desa_id=regions[code].pk) for code in desa))
    register_since(by=SYSTEM, batch=SourceBatch.objects.get(), day=date(2025, 1, 1))
    assert places("records") == {
        "records.measurements.saved": place,
        "records.registration.backdated": place,
    }


def test_events_of_regions_are_of_the_regions_they_are_about(regions):
    ensure_facilities(by=SYSTEM, kind=Facility.FacilityKind.POSYANDU, names_by_region={regions[HERE].pk: ["Melati"]})
    local = add_local_region(by=SYSTEM, parent_code="91.01.02", name="Transmigrasi", kind="UPT", legal_basis="SK 1")
    set_bps_codes(by=SYSTEM, pairs=[(1, HERE, "9101010001"), (2, "91.01.02.1001", "9101020001")])
    record_change(
        by=SYSTEM, predecessor_code=HERE, successor_code="91.01.01.2002", changed_on=date(2026, 1, 1), legal_basis="x"
    )
    assert places("regions") == {
        "regions.add_facilities": HERE,
        "regions.add_local": local.code,
        "regions.bps": "91.01",
        "regions.change": "91.01.01",
    }


def test_an_administrator_below_the_province_reads_them(client, regions, tmp_path):
    operator = make_user("op", role="DESA_OPERATOR", region=regions[HERE])
    run(operator, write_xlsx(tmp_path / "a.xlsx", [make_row()]))
    for place, seen in (("91.01", True), ("91.01.01", True), ("91.02", False)):
        client.force_login(make_user(f"admin{place}", role="REGION_ADMIN", region=regions[place]))
        actions = {row["event"].action for row in client.get("/jejak").context["rows"]}
        assert ({"intake.import.uploaded", "intake.import.saved"} <= actions) == seen
