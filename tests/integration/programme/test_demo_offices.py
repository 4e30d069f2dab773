"""The made-up province's partnerships, teams, plans and checklist: made by the usual actions, and only once."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories.accounts import make_user
from tests.factories.partners import make_institution, make_partner
from tests.factories.programme import SMALL, make_evidence, write_folder
from tests.factories.regions import make_province
from tumbuh.accounts.api import Institution, InstitutionKind
from tumbuh.audit.api import SYSTEM
from tumbuh.partners.api import ITEM, Kind, find_reach, list_entries, make_demo_partners
from tumbuh.partners.models import Membership
from tumbuh.programme.api import (
    PlanState,
    find_regulation,
    find_team,
    list_members,
    list_plans,
    load_regulation,
    make_demo_plans,
)
from tumbuh.programme.models import ChecklistEntry
from tumbuh.regions.api import Level
from tumbuh.verification.models import Review

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
KINDS = (Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH, Kind.CONTRIBUTION)


@pytest.fixture
def people():
    regions = make_province()
    province = regions["91"]
    make_institution(province, "Dinas Kesehatan", InstitutionKind.OPD)
    make_institution(province, "Perusahaan Contoh")
    university = make_institution(province, "Universitas Contoh", InstitutionKind.UNIVERSITY)
    return SimpleNamespace(
        regions=regions,
        province=province,
        keeper=make_user("admin", role="PROVINSI_ADMIN", region=province),
        reviewer=make_user("verifikator", role="PROVINSI_VERIFIER", region=province),
        partner=make_partner(university),
    )


def make_partners(people) -> int:
    return make_demo_partners(
        by=people.keeper, partner=people.partner, reviewer=people.reviewer, province=people.province
    )


def test_partnerships_of_every_kind_are_there_once(people):
    assert make_partners(people) == 7
    assert make_partners(people) == 0
    reach = find_reach(people.keeper)
    assert [list_entries(kind, reach).count() for kind in KINDS] == [2, 2, 2, 1]
    assert Membership.objects.count() == 2


def test_some_partnerships_are_verified_and_the_rest_waits(people):
    make_partners(people)
    states = Review.objects.filter(subject_kind=ITEM).values_list("state", flat=True)
    assert sorted(states) == ["SUBMITTED"] * 4 + ["VERIFIED"] * 3


def test_without_the_institutions_there_are_no_partnerships(people):
    Institution.objects.filter(code="universitas-contoh").update(code="lain")
    assert make_partners(people) == 0


@pytest.fixture
def regulation(people, tmp_path):
    load_regulation(by=SYSTEM, folder=write_folder(tmp_path / "small", SMALL))
    return find_regulation()


def test_a_team_has_its_decree_and_members(people, regulation):
    decree = make_evidence(people.keeper, people.province, kind="KEPUTUSAN_GUBERNUR")
    made = make_demo_plans(by=people.keeper, regulation=regulation)
    team = find_team(people.province, DAY)
    assert made >= 1
    assert team.decree_id == decree.pk
    assert len(list_members(team, DAY)) == 6
    assert not any(one.name for one in list_members(team))
    assert make_demo_plans(by=people.keeper, regulation=regulation) == 0


@pytest.mark.parametrize(("is_enacted", "state"), [(True, PlanState.ENACTED), (False, PlanState.DRAFT)])
def test_a_plan_is_enacted_where_the_document_is_there(people, regulation, is_enacted, state):
    make_evidence(people.keeper, people.province, kind="RENCANA_AKSI")
    if is_enacted:
        make_evidence(people.keeper, people.province, kind="PERATURAN_KEPALA_DAERAH")
    make_demo_plans(by=people.keeper, regulation=regulation)
    [plan] = list_plans(people.province)
    assert (plan.state, plan.actions.count()) == (state, 7)


def test_a_region_without_its_document_has_no_plan(people, regulation):
    make_demo_plans(by=people.keeper, regulation=regulation)
    assert list_plans(people.province) == []


def test_the_checklist_takes_the_documents_of_the_kabupaten_itself(people, regulation):
    kabupaten = [one for one in people.regions.values() if one.level == Level.KABUPATEN]
    for region in kabupaten:
        make_evidence(people.keeper, region, kind="RKPD")
    make_demo_plans(by=people.keeper, regulation=regulation)
    entries = ChecklistEntry.objects.all()
    assert {entry.step for entry in entries} == {"targets"}
    assert {entry.region_id for entry in entries} <= {one.pk for one in kabupaten}
    assert entries
