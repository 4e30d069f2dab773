"""Random sequences of steps by everybody on a few desa and both data sets, against a small reference model of each."""

import os
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.packages import MONTH, make_holders
from tests.factories.regions import make_province
from tumbuh.audit.api import SYSTEM
from tumbuh.verification.api import (
    Approval,
    DataSet,
    Move,
    Package,
    State,
    Tier,
    VerificationError,
    Wish,
    get_status,
    lapse_conditions,
    list_rows,
    summarise,
    take_step,
)

SPEC = Path(__file__).parents[2] / "spec/verification"
TABLE, LAPSES = (yaml.safe_load((SPEC / name).read_text()) for name in ("moves.yaml", "lapses.yaml"))
DESA = ("91.01.01.2001", "91.01.01.2002", "91.01.02.1001", "91.02.01.2001")
PASSED = {
    "DRAFT": 0, "RETURNED_DESA": 0, "SUBMITTED": 1, "RETURNED_KECAMATAN": 1, "VERIFIED_KECAMATAN": 2,
    "RETURNED_KABUPATEN": 2, "VERIFIED_KABUPATEN": 3, "ACCEPTED": 4,
}  # fmt: skip
SETS = st.sampled_from(DataSet)
STEP = st.tuples(
    SETS, st.sampled_from(DESA), st.sampled_from(Tier), st.sampled_from(Move), st.sampled_from(State), st.booleans(),
    st.sampled_from(["", "sebab"]), st.booleans(),
)  # fmt: skip
ON_CONDITION = Approval(condition="timbang ulang", condition_due=date(2026, 5, 1))
LAPSE = st.just(date(2026, 5, 2)) | st.just(date(2026, 5, 1))  # the system looks, on that day
# Most random steps are refused; these weigh towards those that lead upwards.
UPWARDS = st.builds(
    lambda data_set, place, tier, on: (
        data_set, place, tier, Move.SUBMIT if tier == Tier.DESA else Move.VERIFY, None, True, "", on
    ),
    SETS,
    st.sampled_from(DESA[:3]),
    st.sampled_from(Tier),
    st.booleans(),
)  # fmt: skip
FEW, MANY = 25, int(os.environ.get("TUMBUH_TEST_SEQUENCES", "300"))


class Model:
    """What should happen, as plainly as it can be said; the people are those of kabupaten 91.01."""

    def __init__(self):
        self.states = dict.fromkeys(DESA, "DRAFT")
        self.conditions = {}  # desa → the tier that approved on a condition

    def step(self, place, tier, move, target, excepted, reason, on_condition) -> bool:
        """Whether the step is allowed; if so it is done."""
        allowed = TABLE[self.states[place]].get(tier.name, {}).get(move, [])
        if not self.is_at_home(place, tier) or not allowed or (target and target not in allowed):
            return False
        if move in ("RETURN", "UNAPPROVE") and not reason:
            return False
        if move == "VERIFY" and not excepted and not self.is_done_below(place, tier):
            return False
        if move == "VERIFY" and on_condition and place in self.conditions:
            return False
        self.states[place] = str(target or allowed[0])
        if move == "VERIFY" and on_condition:
            self.conditions[place] = tier
        elif PASSED[self.states[place]] < self.conditions.get(place, 0):
            del self.conditions[place]
        return True

    def lapse(self, day) -> int:
        """The system looks for conditions that were due on 1 May; how many it found."""
        late = dict(self.conditions) if day > ON_CONDITION.condition_due else {}
        for place, tier in late.items():
            self.states[place] = LAPSES[self.states[place]][tier.name]
            del self.conditions[place]
        return len(late)

    def is_at_home(self, place, tier) -> bool:
        return place.startswith({1: "91.01.01.2001", 2: "91.01.01", 3: "91.01", 4: "91"}[tier])

    def is_done_below(self, place, tier) -> bool:
        above = {2: place, 3: place[:8], 4: place[:5]}[tier]
        return all(PASSED[self.states[desa]] >= tier - 1 for desa in DESA if desa.startswith(above))

    def passed(self, region) -> int:
        # the province has one desa more, which nobody ever sends
        return 0 if region == "91" else min(PASSED[s] for desa, s in self.states.items() if desa.startswith(region))


@pytest.fixture(scope="module")
def world(once_for_all):
    with once_for_all():
        regions = make_province()
        return regions, make_holders(regions)


def play(world, steps) -> None:
    regions, holders = world
    models = {data_set: Model() for data_set in DataSet}  # neither knows of the other
    for one in steps:
        if isinstance(one, date):
            lapsed = [step for step in lapse_conditions(by=SYSTEM, today=one) if step.by_id is None]
            assert len(lapsed) == sum(model.lapse(one) for model in models.values())
            continue
        data_set, place, tier, move, target, excepted, reason, on_condition = one
        expected = models[data_set].step(*one[1:])
        wish = Wish(move, tier, target, reason, "sebab" if excepted else "")
        try:
            with transaction.atomic():
                take_step(
                    by=holders[tier],
                    region=regions[place],
                    month=MONTH,
                    wish=wish,
                    data_set=data_set,
                    approval=ON_CONDITION if on_condition and move == Move.VERIFY else None,
                )
            done = True
        except VerificationError:
            done = False
        assert done == expected, (data_set, place, tier, move, target)
    for data_set, model in models.items():
        compare(regions, data_set, model)
    for package in Package.objects.all():
        targets = list(package.steps.values_list("target", flat=True))
        assert (targets[-1] if targets else "DRAFT") == package.state


def compare(regions, data_set, model) -> None:
    """The packages of a data set against what should have happened to them."""
    packages = Package.objects.filter(data_set=data_set)
    held = {package.region.code: package.state for package in packages.select_related("region")}
    assert {desa: held.get(desa, "DRAFT") for desa in DESA} == model.states
    for region in ("91.01.01", "91.01", "91.02", "91"):
        status = get_status(regions[region], MONTH, data_set)
        assert status.passed == model.passed(region)
        assert status == summarise(list_rows(regions[region], MONTH, data_set))
    held = packages.exclude(condition="").values_list("region__code", "condition_tier")
    assert dict(held) == model.conditions


def play_and_forget(world, steps) -> None:
    with transaction.atomic():
        play(world, steps)
        transaction.set_rollback(True)


SEQUENCES = given(st.lists(STEP | UPWARDS | UPWARDS | UPWARDS | LAPSE, max_size=40))
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.mark.django_db
def test_sequences(world):
    settings(max_examples=FEW, **QUIET)(SEQUENCES(lambda steps: play_and_forget(world, steps)))()


@pytest.mark.slow
@pytest.mark.django_db
def test_many_sequences(world):
    settings(max_examples=MANY, **QUIET)(SEQUENCES(lambda steps: play_and_forget(world, steps)))()
