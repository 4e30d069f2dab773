"""An approval on a condition that was not met by its day is taken back by the system."""

from datetime import date

import pytest

from tests.factories.packages import MONTH, climb, submit, verify
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.verification.api import (
    Approval,
    Move,
    Package,
    State,
    Tier,
    Wish,
    clear_condition,
    lapse_conditions,
    take_step,
)
from tumbuh.verification.errors import MoveError, ReasonError
from tumbuh.verification.tasks import lapse

pytestmark = pytest.mark.django_db
DUE = date(2026, 5, 1)
AFTER = date(2026, 5, 2)
CONDITION = Approval(condition="timbang ulang lima anak", condition_due=DUE)


def approve_on_condition(holders, desa, tier: Tier):
    wish = Wish(Move.VERIFY, tier, exception="desa lain menyusul")
    return take_step(by=holders[tier], region=desa, month=MONTH, wish=wish, approval=CONDITION)


def test_the_cascade_and_its_trail(holders, desa):
    submit(holders[Tier.DESA], desa)
    approve_on_condition(holders, desa, Tier.KECAMATAN)
    verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN)
    verify(holders[Tier.PROVINSI], desa, Tier.PROVINSI)
    assert lapse_conditions(by=SYSTEM, today=DUE) == []
    [step] = lapse_conditions(by=SYSTEM, today=AFTER)
    package = Package.objects.get()
    assert (package.state, package.condition, package.condition_due) == (State.SUBMITTED, "", None)
    lapsed = package.steps.filter(move="LAPSE").values_list("tier", "target", "by", "role", "reason")
    assert list(lapsed) == [(tier, "SUBMITTED", None, "SYSTEM", CONDITION.condition) for tier in (4, 3, 2)]
    event = Event.objects.get(action="verification.lapse")
    assert (event.actor_name, event.reason, event.region_id) == ("sistem", CONDITION.condition, desa.pk)
    assert (event.before, event.after["undone"]) == ({"state": "ACCEPTED"}, [4, 3, 2])
    assert lapse_conditions(by=SYSTEM, today=AFTER) == [] and step.package.version == 5
    assert verify(holders[Tier.KECAMATAN], desa, Tier.KECAMATAN).target == State.VERIFIED_KECAMATAN


@pytest.mark.parametrize(
    ("tier", "state"), [(Tier.KABUPATEN, State.VERIFIED_KECAMATAN), (Tier.PROVINSI, State.VERIFIED_KABUPATEN)]
)
def test_what_was_approved_below_stands(holders, desa, tier, state):
    climb(holders, desa, Tier(tier - 1))
    approve_on_condition(holders, desa, tier)
    lapse_conditions(by=SYSTEM, today=AFTER)
    assert Package.objects.get().state == state


def test_a_condition_that_was_met_holds_nothing_back(holders, desa):
    submit(holders[Tier.DESA], desa)
    step = approve_on_condition(holders, desa, Tier.KECAMATAN)
    clear_condition(by=holders[Tier.KECAMATAN], package=step.package, reason="sudah ditimbang")
    lapse(timestamp=0)
    assert Package.objects.get().state == State.VERIFIED_KECAMATAN


def test_the_daily_job_goes_by_the_calendar(holders, desa):
    submit(holders[Tier.DESA], desa)
    approve_on_condition(holders, desa, Tier.KECAMATAN)
    lapse(timestamp=0)  # long after May 2026
    assert Package.objects.get().state == State.SUBMITTED


def test_nobody_takes_the_systems_step(holders, desa):
    submit(holders[Tier.DESA], desa)
    approve_on_condition(holders, desa, Tier.KECAMATAN)
    with pytest.raises(MoveError):
        take_step(
            by=holders[Tier.KECAMATAN], region=desa, month=MONTH, wish=Wish(Move.LAPSE, Tier.KECAMATAN, reason="x")
        )


def test_a_condition_stays_while_its_approval_stands_and_is_not_pushed_aside(holders, desa):
    submit(holders[Tier.DESA], desa)
    approve_on_condition(holders, desa, Tier.KECAMATAN)
    with pytest.raises(ReasonError, match="masih bersyarat"):
        approve_on_condition(holders, desa, Tier.KABUPATEN)
    verify(holders[Tier.KABUPATEN], desa, Tier.KABUPATEN)
    back = Wish(Move.UNAPPROVE, Tier.KABUPATEN, State.VERIFIED_KECAMATAN, "keliru")
    take_step(by=holders[Tier.KABUPATEN], region=desa, month=MONTH, wish=back)
    assert Package.objects.get().condition_tier == Tier.KECAMATAN
    take_step(
        by=holders[Tier.KECAMATAN], region=desa, month=MONTH,
        wish=Wish(Move.UNAPPROVE, Tier.KECAMATAN, State.SUBMITTED, "keliru"),
    )  # fmt: skip
    assert Package.objects.get().condition == ""
