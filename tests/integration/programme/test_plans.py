"""Action plans: drawn up, filled, enacted; an enacted plan is not rewritten."""

import pytest

from tests.factories.accounts import make_user
from tests.factories.programme import SMALL, make_evidence, write_folder
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.programme.api import (
    ActionDetails,
    NotYoursError,
    PlanError,
    PlanKind,
    PlanState,
    UnknownClauseError,
    WorkState,
    enact_plan,
    list_own_documents,
    list_plan_actions,
    list_plans,
    load_regulation,
    tie_document,
    write_plan,
    write_plan_action,
)

pytestmark = pytest.mark.django_db
KABUPATEN, KECAMATAN, DESA = "91.01", "91.01.01", "91.01.01.2001"


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def analyst(regions):
    return make_user("pengelola", role="KABUPATEN_ANALYST", region=regions[KABUPATEN])


@pytest.fixture
def plan(regions, analyst):
    return draw_up(analyst, regions[KABUPATEN])


def draw_up(by, region, first=2026, last=2029, situation="Cakupan rendah di hulu."):
    return write_plan(by=by, region=region, first_year=first, last_year=last, situation=situation)


def fill(by, plan, kinds=tuple(PlanKind)):
    for kind in kinds:
        write_plan_action(by=by, plan=plan, details=ActionDetails(kind, f"Aksi {kind}", 2026))


def count_events(action: str) -> int:
    return Event.objects.filter(action=f"programme.plan.{action}").count()


def test_a_plan_is_kept_once_and_rewritten_while_it_is_a_draft(regions, analyst, plan):
    assert draw_up(analyst, regions[KABUPATEN]) == plan
    assert count_events("written") == 1
    assert draw_up(analyst, regions[KABUPATEN], situation="Lebih jelas.").pk == plan.pk
    assert [one.situation for one in list_plans(regions[KABUPATEN])] == ["Lebih jelas."]


@pytest.mark.parametrize(("place", "last"), [(DESA, 2029), (KABUPATEN, 2025)])
def test_no_plan_of_a_desa_nor_of_years_that_end_before_they_begin(regions, analyst, place, last):
    with pytest.raises(PlanError):
        draw_up(analyst, regions[place], last=last)


def test_the_years_cannot_leave_an_action_outside(regions, analyst, plan):
    write_plan_action(by=analyst, plan=plan, details=ActionDetails(PlanKind.PLANNING, "RKPD", 2029))
    with pytest.raises(PlanError):
        draw_up(analyst, regions[KABUPATEN], last=2028)


def test_an_action_is_kept_once_and_moves_on(analyst, plan):
    details = ActionDetails(PlanKind.PLANNING, "Menyusun RKPD", 2026, 2)
    first = write_plan_action(by=analyst, plan=plan, details=details)
    assert write_plan_action(by=analyst, plan=plan, details=details) == first
    done = ActionDetails(PlanKind.PLANNING, "Menyusun RKPD", 2026, 2, state=WorkState.DONE)
    assert write_plan_action(by=analyst, plan=plan, details=done, action=first).state == WorkState.DONE
    assert len(list_plan_actions(plan)) == 1
    assert count_events("action_written") == 2


def test_an_action_lies_in_the_years_of_its_plan(analyst, plan):
    with pytest.raises(PlanError):
        write_plan_action(by=analyst, plan=plan, details=ActionDetails(PlanKind.PLANNING, "RKPD", 2030))


def test_it_serves_outputs_that_there_are(analyst, plan, tmp_path):
    load_regulation(by=SYSTEM, folder=write_folder(tmp_path / "small", SMALL))
    details = ActionDetails(PlanKind.PLANNING, "Rapat", 2026, serves=("P1.S1.I1.K1",))
    assert write_plan_action(by=analyst, plan=plan, details=details).serves == ["P1.S1.I1.K1"]
    with pytest.raises(UnknownClauseError):
        write_plan_action(by=analyst, plan=plan, details=ActionDetails(PlanKind.PLANNING, "R", 2026, serves=("P9",)))


def test_it_is_enacted_when_it_holds_all_six_kinds(regions, analyst, plan):
    decision = make_evidence(analyst, regions[KABUPATEN], kind="KEPUTUSAN_BUPATI")
    fill(analyst, plan, tuple(PlanKind)[:5])
    with pytest.raises(PlanError, match="Publikasi"):
        enact_plan(by=analyst, plan=plan, document=decision)
    fill(analyst, plan)
    assert enact_plan(by=analyst, plan=plan, document=decision).state == PlanState.ENACTED
    enact_plan(by=analyst, plan=plan, document=decision)
    assert count_events("enacted") == 1
    with pytest.raises(PlanError):
        draw_up(analyst, regions[KABUPATEN], situation="Lain.")


@pytest.mark.parametrize(("place", "kind"), [(KABUPATEN, "NOTULEN"), (KECAMATAN, "KEPUTUSAN_CAMAT")])
def test_only_a_decision_of_the_region_enacts(regions, analyst, plan, place, kind):
    fill(analyst, plan)
    with pytest.raises(PlanError):
        enact_plan(by=analyst, plan=plan, document=make_evidence(analyst, regions[place], kind=kind))


def test_planning_documents_of_the_region_are_tied_once(regions, analyst, plan):
    document = make_evidence(analyst, regions[KABUPATEN], kind="RPJMD")
    tie_document(by=analyst, plan=plan, document=document)
    tie_document(by=analyst, plan=plan, document=document)
    assert list(plan.documents.all()) == [document]
    assert count_events("document_tied") == 1
    assert [one.public_id for one in list_own_documents(regions[KABUPATEN], ["RPJMD"])] == [document.public_id]
    with pytest.raises(PlanError):
        tie_document(by=analyst, plan=plan, document=make_evidence(analyst, regions[KABUPATEN], kind="MODUL"))


def test_only_those_who_plan_there(regions, plan):
    other = make_user("hilir", role="KABUPATEN_ANALYST", region=regions["91.02"])
    with pytest.raises(NotYoursError):
        draw_up(other, regions[KABUPATEN])
    with pytest.raises(NotYoursError):
        fill(other, plan)
    with pytest.raises(NotYoursError):
        enact_plan(by=other, plan=plan, document=make_evidence(other, regions[KABUPATEN], kind="KEPUTUSAN_BUPATI"))
