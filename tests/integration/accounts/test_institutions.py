"""Loading institutions, adding them, and holding roles for them."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import (
    Institution,
    InstitutionError,
    NotGrantableError,
    Scope,
    TakenError,
    add_institution,
    assign_role,
    grant_role,
    list_institutions,
    list_serving,
    load_institutions,
)
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.regions.api import Facility, get_span

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    found = make_province()
    Facility.objects.create(kind="PUSKESMAS", name="Puskesmas Hulu", region=found["91.01.01"])
    return found


@pytest.fixture
def loaded(regions):
    load_institutions(by=SYSTEM, province="91")
    return regions


def test_each_region_gets_those_of_its_level_once(loaded):
    assert Institution.objects.get(code="dinas-kesehatan", region=loaded["91"]).name.startswith("Dinas Kesehatan Prov")
    names = Institution.objects.filter(code="dinas-kesehatan-kabupaten").values_list("name", flat=True)
    assert sorted(names) == [f"Dinas Kesehatan {loaded[code].full_name}" for code in ("91.02", "91.01", "91.71")]
    assert Institution.objects.filter(code="tppps-desa").count() == 5
    assert Institution.objects.filter(code="bpd").count() == 3  # a kelurahan has none
    assert Institution.objects.get(kind="PUSKESMAS").region == loaded["91.01.01"]
    assert not Institution.objects.filter(kind="GENERAL").exists()


def test_loading_again_changes_nothing_and_repairs_what_was_changed(loaded):
    before = Institution.objects.count()
    again = load_institutions(by=SYSTEM, province="91")
    assert (again.added, again.changed, again.same) == (0, 0, before)
    assert Event.objects.filter(action="accounts.institutions.loaded").count() == 1
    Institution.objects.filter(code="bpsdm").update(name="X")
    assert load_institutions(by=SYSTEM, province="91").changed == 1


def test_the_command_loads_every_province(regions, capsys):
    call_command("institutions", "load")
    call_command("institutions", "load", "--province", "91")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("91:") and " 0 instansi baru, 0 berubah" in second


def test_only_what_exists_today_is_offered(loaded):
    scope = Scope((get_span("91.01"),))
    count = list_institutions(scope).count()
    Institution.objects.filter(code="bapperida-kabupaten").update(valid_to="2025-06-30")
    assert list_institutions(scope).count() == count - 1
    offered = list_serving("OPD_OFFICER", loaded["91.01"])
    assert "bapperida-kabupaten" not in {one.code for one in offered} and len(offered) > 5


def test_a_role_that_needs_an_institution_is_refused_without(loaded):
    admin = make_user("admin", role="PROVINSI_ADMIN", region=loaded["91"])
    user, today = make_user("pj"), timezone.localdate()
    wanted = {"by": admin, "user": user, "role": "OPD_OFFICER", "region": loaded["91.01"], "valid_from": today}
    with pytest.raises(InstitutionError):
        grant_role(**wanted)
    with pytest.raises(InstitutionError):
        grant_role(**wanted, institution=Institution.objects.get(code="dinas-kesehatan"))
    agency = Institution.objects.get(code="dinas-kesehatan-kabupaten", region=loaded["91.01"])
    assert grant_role(**wanted, institution=agency).institution == agency
    with pytest.raises(InstitutionError):  # the platform itself keeps to the kinds as well
        assign_role(by=SYSTEM, user=user, role="PARTNER", region=loaded["91"], valid_from=today, institution=agency)


def test_administrators_add_partners_in_their_regions(loaded):
    admin = make_user("admin", role="REGION_ADMIN", region=loaded["91.01"])
    wanted = {"by": admin, "name": "Universitas Hulu", "kind": "UNIVERSITY", "region": loaded["91.01"]}
    assert add_institution(**wanted).code == "universitas-hulu"
    with pytest.raises(TakenError):
        add_institution(**wanted)
    with pytest.raises(NotGrantableError):
        add_institution(**wanted | {"region": loaded["91"]})
    with pytest.raises(InstitutionError):
        add_institution(**wanted | {"kind": "OPD", "name": "Dinas Baru"})
