"""The convergence checklist in the database: attached pieces count once verified, and obligations follow."""

from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.activities import make_held
from tests.factories.programme import make_checklist_duty, make_evidence
from tests.factories.regions import make_province
from tests.factories.targets import make_targets
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.programme.api import (
    ChecklistEntry,
    NotYoursError,
    Obligation,
    PlanError,
    StepState,
    SubjectKind,
    attach_evidence,
    detach_evidence,
    expand_obligations,
    find_checklist_view,
    review_evidence,
    view_overview,
)
from tumbuh.verification.api import ReviewMove, submit_item

pytestmark = pytest.mark.django_db
KABUPATEN, KECAMATAN = "91.01", "91.01.01"
YEAR = timezone.localdate().year
DOCUMENT, ACTIVITY = SubjectKind.DOCUMENT, SubjectKind.ACTIVITY


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def analyst(regions):
    return make_user("pengelola", role="KABUPATEN_ANALYST", region=regions[KABUPATEN])


@pytest.fixture
def reviewer(regions):
    return make_user("provinsi", role="PROVINSI_VERIFIER", region=regions["91"])


@pytest.fixture
def owed(regions):
    """One of the supporting actions a year."""
    regulation = make_targets("91")
    make_checklist_duty(regulation, YEAR)
    expand_obligations(by=SYSTEM, regulation=regulation)
    return Obligation.objects.get(code="PS3.konvergensi", region=regions[KABUPATEN])


def put_forward(by, region, kind="PERATURAN_KEPALA_DAERAH", **more):
    document = make_evidence(by, region, kind=kind, **{"year": YEAR, **more})
    submit_item(by=by, kind=DOCUMENT, subject_id=document.public_id, region=region, makers={by.pk})
    return document


def attach(by, region, subject, step="regulation", source=DOCUMENT, year=YEAR):
    return attach_evidence(by=by, region=region, year=year, step=step, source=source, subject_id=subject.public_id)


def find_step(region, code="regulation"):
    return next(
        step for view in find_checklist_view(region.code, YEAR).actions for step in view.steps if step.step.code == code
    )


def verify(by, document, move=ReviewMove.VERIFY, **more):
    review_evidence(by=by, source=DOCUMENT, kind=document.kind, subject_id=document.public_id, move=move, **more)


def test_attaching_proves_nothing_until_it_is_verified(regions, analyst, reviewer, owed):
    document = put_forward(analyst, regions[KABUPATEN])
    attach(analyst, regions[KABUPATEN], document)
    owed.refresh_from_db()
    assert (find_step(regions[KABUPATEN]).state, owed.achieved, owed.waiting) == (StepState.WAITING, 0, 1)
    verify(reviewer, document)
    owed.refresh_from_db()
    assert (find_step(regions[KABUPATEN]).state, owed.achieved, owed.is_met) == (StepState.DONE, 1, True)


def test_an_approval_that_is_taken_back_takes_the_action_back(regions, analyst, reviewer, owed):
    document = put_forward(analyst, regions[KABUPATEN])
    attach(analyst, regions[KABUPATEN], document)
    verify(reviewer, document)
    verify(reviewer, document, ReviewMove.UNAPPROVE, reason="Salah berkas")
    owed.refresh_from_db()
    assert (owed.achieved, owed.is_met) == (0, False)


def test_what_was_not_put_forward_is_no_evidence(regions, analyst, owed):
    attach(analyst, regions[KABUPATEN], make_evidence(analyst, regions[KABUPATEN], kind="PERDA", year=YEAR))
    owed.refresh_from_db()
    assert (find_step(regions[KABUPATEN]).state, owed.waiting) == (StepState.OPEN, 0)
    assert len(find_step(regions[KABUPATEN]).entries) == 1


def test_it_is_kept_once_and_taken_off_once(regions, analyst, reviewer, owed):
    document = put_forward(analyst, regions[KABUPATEN])
    entry = attach(analyst, regions[KABUPATEN], document)
    assert attach(analyst, regions[KABUPATEN], document) == entry
    verify(reviewer, document)
    detach_evidence(by=analyst, entry=entry)
    detach_evidence(by=analyst, entry=entry)
    owed.refresh_from_db()
    assert (ChecklistEntry.objects.count(), owed.achieved) == (0, 0)
    events = Event.objects.filter(action__startswith="programme.checklist").values_list("action", flat=True)
    assert sorted(events) == ["programme.checklist.attached", "programme.checklist.detached"]


def test_a_step_of_every_kecamatan_needs_each(regions, analyst, reviewer):
    for place in (KECAMATAN, "91.01.02"):
        assert find_step(regions[KABUPATEN], "kecamatan-analysis").state != StepState.DONE
        maker = make_user(f"camat {place}", role="KECAMATAN_VERIFIER", region=regions[place])
        document = put_forward(maker, regions[place], "KAJIAN")
        attach(analyst, regions[KABUPATEN], document, "kecamatan-analysis")
        verify(make_user(f"kab {place}", role="KABUPATEN_VERIFIER", region=regions[KABUPATEN]), document)
    assert find_step(regions[KABUPATEN], "kecamatan-analysis").state == StepState.DONE


def test_a_meeting_counts_in_its_own_year(regions, analyst):
    held = make_held(analyst, regions[KABUPATEN], "REMBUK_STUNTING")
    attach(analyst, regions[KABUPATEN], held, "rembuk", ACTIVITY)
    with pytest.raises(PlanError):
        attach(analyst, regions[KABUPATEN], held, "rembuk", ACTIVITY, YEAR + 1)


def test_wrong_wishes_are_refused(regions, analyst, owed):
    here = make_evidence(analyst, regions[KABUPATEN], year=YEAR)
    later = make_evidence(analyst, regions[KABUPATEN], year=YEAR + 1)
    abroad = make_evidence(analyst, regions["91.02"], year=YEAR)
    for document, more in ((here, {"step": "tidak-ada"}), (later, {}), (abroad, {})):
        with pytest.raises(PlanError):
            attach(analyst, regions[KABUPATEN], document, **more)
    with pytest.raises(PlanError):
        attach(analyst, regions[KECAMATAN], here)
    with pytest.raises(PlanError):
        attach_evidence(by=analyst, region=regions[KABUPATEN], year=YEAR, step="regulation",
                        source=DOCUMENT, subject_id=uuid4())  # fmt: skip


def test_only_those_who_plan_there(regions, analyst):
    document = make_evidence(analyst, regions[KABUPATEN], year=YEAR)
    other = make_user("hilir", role="KABUPATEN_ANALYST", region=regions["91.02"])
    with pytest.raises(NotYoursError):
        attach(other, regions[KABUPATEN], document)
    entry = attach(analyst, regions[KABUPATEN], document)
    with pytest.raises(NotYoursError):
        detach_evidence(by=other, entry=entry)


def test_the_overview_of_a_province_takes_few_queries(regions, analyst, django_assert_max_num_queries):
    attach(analyst, regions[KABUPATEN], put_forward(analyst, regions[KABUPATEN]))
    with django_assert_max_num_queries(6):
        places, overview = view_overview(regions["91"].span, YEAR)
    assert [place.code for place in places][:3] == ["91", "91.01", "91.01.01"]
    assert sorted(overview) == [regions[code].pk for code in ("91.01", "91.02", "91.71")]
    states = [view.state for view in overview[regions[KABUPATEN].pk]]
    assert states == [StepState.OPEN] * 4 + [StepState.WAITING, StepState.OPEN]
