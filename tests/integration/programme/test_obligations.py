"""Obligations in the database: made, made again, met by verified evidence, read otherwise, waived."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.activities import make_held, make_staff
from tests.factories.programme import load_here
from tests.factories.regions import make_province, make_region
from tumbuh.activities.api import submit_activity
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.programme.api import (
    EvidenceLink,
    Interpretation,
    Measure,
    Obligation,
    Status,
    SubjectKind,
    choose_reading,
    confirm_evidence,
    count_board,
    count_by_child,
    drop_evidence,
    expand_obligations,
    list_owed,
    recompute,
    refresh_evidence,
    review_evidence,
    units_of,
    waive_obligation,
)
from tumbuh.programme.errors import NotYoursError, ReasonError, UnknownClauseError, UnknownReadingError
from tumbuh.programme.queries.boards import say_status
from tumbuh.programme.rules import find_status
from tumbuh.regions.api import Region
from tumbuh.verification.api import ReviewMove, VerificationError

pytestmark = pytest.mark.django_db
DESA = "91.01.01.2001"
FORUM, FORUM_CODE = "FORUM_KOORDINASI", "P3.S3.I3.K1"
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def regulation(regions):
    return load_here()


@pytest.fixture
def staff(regions):
    return make_staff(regions)


def find(regulation, key: str) -> Obligation:
    return Obligation.objects.get(regulation=regulation, key=key)


def find_forum(regulation, region) -> Obligation:
    """The forum that a desa owes this year."""
    return find(regulation, f"{FORUM_CODE}/2/{THIS_YEAR}/{region.pk}")


def put_forward(user, region, kind: str = FORUM):
    """An activity that was held and put forward."""
    held = make_held(user, region, kind)
    submit_activity(by=user, public_id=held.public_id)
    refresh_evidence(source=SubjectKind.ACTIVITY, kind=kind, subject_id=held.public_id)
    return held


def review(user, held, move=ReviewMove.VERIFY, reason: str = ""):
    return review_evidence(
        by=user, source=SubjectKind.ACTIVITY, kind=held.kind, subject_id=held.public_id, move=move, reason=reason
    )


def test_expanding_again_changes_nothing_and_leaves_one_event(regulation):
    again = expand_obligations(by=SYSTEM, regulation=regulation)
    assert not again
    assert again.unchanged == Obligation.objects.count() > 300
    assert Event.objects.filter(action="programme.obligations.expanded").count() == 1


def test_without_regions_nothing_is_owed(db):
    make_region("91", "Anu")
    assert Obligation.objects.filter(regulation=load_here()).count() == 0


def test_a_new_desa_owes_and_one_that_ended_no_longer_does(regulation, regions):
    before = Obligation.objects.filter(region=regions[DESA]).count()
    new = make_region("91.01.01.2003", "Desa Baru")
    added = expand_obligations(by=SYSTEM, regulation=regulation)
    assert len(added.added) == Obligation.objects.filter(region=new).count() == before
    Region.objects.filter(pk=new.pk).update(is_active=False)
    gone = expand_obligations(by=SYSTEM, regulation=regulation)
    assert sorted(gone.retired) == sorted(added.added)
    Region.objects.filter(pk=new.pk).update(is_active=True)
    assert sorted(expand_obligations(by=SYSTEM, regulation=regulation).revived) == sorted(added.added)


def test_evidence_counts_when_the_level_above_has_verified_it(regulation, regions, staff):
    held = put_forward(staff["DESA_OPERATOR"], regions[DESA])
    waiting = find_forum(regulation, regions[DESA])
    assert (waiting.achieved, waiting.waiting, waiting.is_met) == (0, 1, False)
    with pytest.raises(VerificationError):
        review(staff["DESA_OPERATOR"], held)
    review(staff["KECAMATAN_VERIFIER"], held)
    met = find_forum(regulation, regions[DESA])
    assert (met.achieved, met.waiting, met.proofs, met.is_met) == (1, 0, 1, True)
    assert not find_forum(regulation, regions["91.01.01.2002"]).is_met
    review(staff["KECAMATAN_VERIFIER"], held, ReviewMove.UNAPPROVE, "bukan forum ini")
    assert not find_forum(regulation, regions[DESA]).is_met


def test_a_person_confirms_what_a_kind_alone_does_not_say(regulation, regions, staff):
    admin, key = staff["PROVINSI_ADMIN"], f"P2.S1.I5.K1/1/{THIS_YEAR}/{regions['91'].pk}"
    held = put_forward(admin, regions["91"], "FORUM_MULTIPIHAK")
    review(staff["PROVINSI_VERIFIER"], held)
    assert not find(regulation, key).is_met
    wish = {"regulation": regulation, "source": SubjectKind.ACTIVITY, "subject_id": held.public_id}
    for _twice in range(2):
        confirm_evidence(by=admin, code="P2.S1.I5.K1", region=regions["91"], passage="forum", **wish)
    assert find(regulation, key).is_met
    assert Event.objects.filter(action="programme.evidence.confirmed").count() == 1
    with pytest.raises(UnknownClauseError):
        confirm_evidence(by=admin, code="P9.S9", region=regions["91"], **wish)
    drop_evidence(by=admin, code="P2.S1.I5.K1", reason="keliru", **wish)
    assert not find(regulation, key).is_met
    assert EvidenceLink.objects.count() == 0


def test_expanding_keeps_evidence_and_achievement(regulation, regions, staff):
    review(staff["KECAMATAN_VERIFIER"], put_forward(staff["DESA_OPERATOR"], regions[DESA]))
    make_region("91.01.01.2004", "Desa Lain")
    expand_obligations(by=SYSTEM, regulation=regulation)
    assert find_forum(regulation, regions[DESA]).is_met


def test_another_reading_is_chosen_with_a_reason_and_can_be_taken_back(regulation, regions, staff):
    note = Interpretation.objects.get(regulation=regulation, code="premusrenbang-2026")
    before = set(Obligation.objects.filter(code="P1.S2.I2.K1").values_list("key", "quantity"))
    for wish, error in (
        ({"by": staff["PROVINSI_ADMIN"], "alternative": "A", "reason": " "}, ReasonError),
        ({"by": staff["PROVINSI_ADMIN"], "alternative": "Z", "reason": "x"}, UnknownReadingError),
        ({"by": staff["KABUPATEN_ANALYST"], "alternative": "A", "reason": "x"}, NotYoursError),
    ):
        with pytest.raises(error):
            choose_reading(interpretation=note, **wish)
    result = choose_reading(by=staff["PROVINSI_ADMIN"], interpretation=note, alternative="A", reason="surat biro hukum")
    assert result
    live = Obligation.objects.filter(code="P1.S2.I2.K1", retired_at__isnull=True)
    assert set(live.values_list("key", "quantity")) != before
    assert not choose_reading(by=staff["PROVINSI_ADMIN"], interpretation=note, alternative="A", reason="lagi")
    choose_reading(by=staff["PROVINSI_ADMIN"], interpretation=note, alternative="", reason="kembali ke naskah")
    assert set(live.values_list("key", "quantity")) == before
    assert Event.objects.filter(action="programme.reading.chosen").count() == 2


def test_an_obligation_can_be_declared_not_applicable(regulation, regions, staff):
    row = find_forum(regulation, regions[DESA])
    with pytest.raises(NotYoursError):
        waive_obligation(by=staff["DESA_OPERATOR"], obligation=row, reason="tidak perlu")
    for _twice in range(2):
        waive_obligation(by=staff["PROVINSI_ADMIN"], obligation=row, reason="desa digabung")
    today = timezone.localdate()
    assert count_board(regulation, regions[DESA], today).total[Status.NOT_APPLICABLE] == 1
    assert Event.objects.filter(action="programme.obligation.waived").count() == 1
    waive_obligation(by=staff["PROVINSI_ADMIN"], obligation=row, reason="")
    assert count_board(regulation, regions[DESA], today).total[Status.NOT_APPLICABLE] == 0


def test_computing_all_anew_equals_what_came_step_by_step(regulation, regions, staff):
    chance, held = random.Random(3), []
    recompute(regulation)
    for _round in range(12):
        if held and chance.random() < 0.4:
            move = chance.choice([ReviewMove.VERIFY, ReviewMove.RETURN, ReviewMove.UNAPPROVE])
            try:
                review(staff["KECAMATAN_VERIFIER"], chance.choice(held), move, "periksa")
            except VerificationError:
                continue
        else:
            held.append(put_forward(staff["DESA_OPERATOR"], regions[DESA], chance.choice([FORUM, "KAP"])))
    assert recompute(regulation) == 0


def test_the_database_says_the_same_status_as_the_rule(regulation, regions):
    """Every combination of what decides a status, on one obligation each."""
    today, chance = date(2027, 6, 1), random.Random(1)
    rows = list(Obligation.objects.filter(regulation=regulation).exclude(measure=Measure.CEILING)[:300])
    for row in rows:
        row.achieved = chance.choice([None, Decimal(0), Decimal(1), row.quantity])
        row.waiting = chance.choice([0, 2])
        row.is_met = row.achieved is not None and row.achieved >= row.quantity
    Obligation.objects.bulk_update(rows, ["achieved", "waiting", "is_met"])
    seen = set()
    for row in Obligation.objects.filter(pk__in=[row.pk for row in rows]).annotate(said=say_status(today)):
        meant = find_status(
            measure=Measure(row.measure), quantity=row.quantity, achieved=row.achieved, waiting=row.waiting,
            due_on=row.due_on, is_waived=row.waived_at is not None, today=today,
        )  # fmt: skip
        assert row.said == meant
        seen.add(meant)
    assert seen >= {Status.FULFILLED, Status.RUNNING, Status.OVERDUE, Status.NOT_DUE}


def test_a_board_adds_up(regulation, regions):
    """What a kabupaten's parts owe, and what it owes itself, is what its board shows; doubles are counted once."""
    today = timezone.localdate()
    for code, size in (("91", 10**6), ("91.01", 10**4), ("91.01.01", 1)):
        region = regions[code]
        parts = sum(sum(tally.values()) for tally in count_by_child(regulation, region, today, size=size).values())
        own = Obligation.objects.filter(region=region, counts=True, retired_at__isnull=True).count()
        assert sum(count_board(regulation, region, today).total.values()) == parts + own
    assert Obligation.objects.filter(counts=False).exists()


def test_owed_is_gathered_without_losing_any(regulation, regions):
    owed = list_owed(regulation, timezone.localdate(), regions=units_of(regions["91"], with_below=True))
    assert sum(one.units for one in owed) == Obligation.objects.count()
    assert [one.status for one in owed] == sorted(
        (one.status for one in owed), key=[Status.OVERDUE, Status.RUNNING, Status.NOT_DUE, Status.FULFILLED].index
    )
    desa = list_owed(regulation, timezone.localdate(), regions=units_of(regions[DESA]))
    assert all(one.units == 1 and one.key for one in desa)
